"""Effects: what incidents and other events did to the shop's telemetry, read from the library and effects.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from afterword import library, settings
from afterword.errors import AfterwordError
from afterword.model import Postmortem
from afterword.source import decode
from afterword.timing import parse_moment
from afterword.yamltree import parse, plain

MINUTE = 60
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Effect:
    """What was different for one service, from the minute ``start`` until before ``end`` (minutes since 1970).

    ``failed``: requests that failed in all of it. ``all_fail``: no other came; ``failed`` is then how many came, or 0
    for as many as usual. ``slow`` and ``probes`` are shares, ``traffic`` a factor.
    """

    service: str
    start: int
    end: int
    failed: int = 0
    all_fail: bool = False
    code: int = 503
    failed_slow: bool = False
    slow: float = 0.0
    probes: float = 0.0
    traffic: float = 1.0
    poor_ratings: bool = False
    lost: int = 0

    def holds(self, minute: int) -> bool:
        """Whether it was so in that minute."""
        return self.start <= minute < self.end


@dataclass(frozen=True, slots=True)
class History:
    """All that happened: effects and gaps by service, in the order of the file."""

    effects: Mapping[str, tuple[Effect, ...]]
    gaps: Mapping[str, tuple[Effect, ...]]

    def of(self, service: str, first: int, last: int) -> tuple[Effect, ...]:
        """The effects that reach into the minutes from ``first`` to before ``last``."""
        return tuple(item for item in self.effects.get(service, ()) if item.start < last and item.end > first)


def load(root: Path, path: Path, until: datetime) -> History:
    """Reads the library at ``root`` and the file of effects. Weekly ones are repeated until ``until``.

    Raises ``AfterwordError`` when the two do not fit.
    """
    incidents = library.load(root, settings.load(root), use_cache=False, workers=1).by_id
    raw = _read(path)
    effects = [_effect(item, incidents.get(name), name) for name, items in raw["incidents"].items() for item in items]
    effects += [_effect(item, None, path.name) for item in raw["others"]]
    for item in raw["weekly"]:
        effects += _weekly(_effect(item, None, path.name), until)
    gaps = [_effect(item, None, path.name) for item in raw["gaps"]]
    return History(_by_service(effects), _by_service(gaps))


def minute_of(moment: datetime) -> int:
    """Minutes since 1970."""
    return int(moment.timestamp()) // MINUTE


def _read(path: Path) -> dict[str, Any]:
    source, findings = decode(path.name, path.read_bytes())
    tree = None
    if source:
        tree, findings = parse(source)
    if tree is None or findings:
        raise AfterwordError(f"{path.name}: {findings[0].message}")
    raw = plain(tree)
    if not isinstance(raw, dict):
        raise AfterwordError(f"{path.name} is not a mapping")
    return raw


def _effect(raw: Mapping[str, Any], incident: Postmortem | None, name: str) -> Effect:
    failed = raw.get("failed", 0)
    impact = incident.impact.requests_failed if incident and incident.impact else None
    if failed == "impact" and impact is None:
        raise AfterwordError(f"{name}: effects.yml counts on its impact.requests_failed, and it has none")
    count = (impact or 0) if failed in ("impact", "all") else int(failed)
    return Effect(
        service=raw["service"],
        start=_minute(raw["from"], incident, name),
        end=_minute(raw["until"], incident, name),
        failed=count,
        all_fail=failed == "all",
        code=raw.get("code", 503),
        failed_slow=raw.get("failed_slow", False),
        slow=raw.get("slow", 0.0),
        probes=raw.get("probes", 0.0),
        traffic=raw.get("traffic", 1.0),
        poor_ratings=raw.get("ratings") == "poor",
        lost=raw.get("lost", 0),
    )


def _minute(text: str, incident: Postmortem | None, name: str) -> int:
    """A milestone's minute, or a written time's."""
    moment = parse_moment(text) or (incident and incident.milestone(text))
    if not moment or not moment.at:
        raise AfterwordError(f"{name}: “{text}” in effects.yml is neither a time nor a milestone of that postmortem")
    return minute_of(moment.at)


def _weekly(first: Effect, until: datetime) -> Iterator[Effect]:
    step = int(WEEK.total_seconds()) // MINUTE
    for start in range(first.start, minute_of(until), step):
        yield Effect(first.service, start, start + first.end - first.start, slow=first.slow, traffic=first.traffic)


def _by_service(effects: list[Effect]) -> dict[str, tuple[Effect, ...]]:
    services = sorted({item.service for item in effects})
    return {name: tuple(item for item in effects if item.service == name) for name in services}
