"""Durations: how long it took by the page's own words: ``Time to detection: 5 minutes``, ``Duration: 2 h 5 min``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from afterword.migration.reading import Reading
from afterword.phrases import durations as labelled
from afterword.timing import parse_duration

_NAMES = {
    "detect": (
        "time to detection", "time to detect", "ttd", "mttd", "detection time", "time till detection",
        "detection delay",
        "tempo de detecção", "tempo até a detecção", "tempo até detecção", "tempo para detecção", "thời gian phát hiện",
    ),
    "recover": (
        "time to recovery", "time to recover", "time to restore", "time to restoration", "time to resolution",
        "time to resolve", "ttr", "mttr", "recovery time", "resolution time", "time to fix", "incident duration",
        "duration", "outage duration", "duration of incident", "duration of outage", "total duration",
        "impact duration", "total impact duration", "total outage duration", "total incident duration",
        "duration of impact",
        "tempo de resolução", "tempo até a resolução", "tempo de recuperação", "duração", "duração do incidente",
        "thời gian khắc phục", "thời gian khôi phục", "thời lượng", "thời gian gián đoạn",
    ),
}  # fmt: skip
_KEYS = {name: key for key, names in _NAMES.items() for name in names}
_MOST = 20
"""Durations in prose that are read: a page has one of a kind."""
_LABELS = {"ttd": "detect", "restore": "recover", "ttr": "recover"}
_LEAD = re.compile(
    r"[\s~≈<>]*(?:(?:about|around|approx(?:imately)?\.?|ca\.?|circa|roughly|cerca de|khoảng)\s+)?", re.IGNORECASE
)
_ROUGH = re.compile(
    r"[~≈<>]|about|around|approx|ca\.|circa|roughly|cerca|khoảng|almost|nearly|over|more|less", re.IGNORECASE
)
_FINE = re.compile(r"\d\s?(?:m|s|phút|giây)|[.,]\d", re.IGNORECASE)
_HOURS = re.compile(r"\d\s?(?:h|giờ)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A duration as the page states it. ``slack``: how far from it may lie what it was rounded from."""

    length: timedelta
    slack: timedelta
    line: int

    def fits(self, apart: timedelta | None) -> bool:
        """Whether it is that long, as exactly as it was stated."""
        return apart is not None and abs(apart - self.length) <= self.slack

    def agrees(self, apart: timedelta | None) -> bool:
        """Whether it is about that long: within 5 %, as the check of stated durations allows."""
        return apart is not None and (self.fits(apart) or abs(apart - self.length) <= self.length * 0.05)


@dataclass(frozen=True, slots=True)
class Durations:
    """From the beginning to the detection, and to the end; ``None`` where the page does not state it as a number."""

    detect: Stated | None = None
    recover: Stated | None = None


def durations(reading: Reading) -> Durations:
    """Those of a page; one that is stated twice and differently is none."""
    found: dict[str, set[Stated]] = {"detect": set(), "recover": set()}
    for key, stated in _all(reading):
        found[key].add(stated)
    single = {key: _single(values) for key, values in found.items()}
    return Durations(single["detect"], single["recover"])


def _single(values: set[Stated]) -> Stated | None:
    first = min(values, key=lambda one: (one.slack, one.line), default=None)
    return (
        first if first and all(other.agrees(first.length) or first.agrees(other.length) for other in values) else None
    )


def _all(reading: Reading) -> Iterator[tuple[str, Stated]]:
    named = False
    for field in reading.fields:
        key = _KEYS.get(re.sub(r"\s*\([^()]*\)\s*", " ", field.key[:80]).strip(" :*_").casefold())
        stated = read(field.value, field.line) if key else None
        if key and stated:
            named = True
            yield key, stated
    if named:
        return
    text = reading.page.text
    for start, end, label, _ in islice(labelled(text), _MOST):
        stated = read(text[start:end], reading.line(text.count("\n", 0, start)))
        if stated and label in _LABELS:
            yield _LABELS[label], stated


def read(text: str, line: int) -> Stated | None:
    """A duration with nothing but a remark behind it: ``1 hour 5 minutes (approximately)``."""
    text = text[:120]
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    duration = parse_duration(text[at:])
    if duration is None:
        return None
    length, end = duration
    rest = text[at + end :].strip()
    if rest[:1].isalnum() or rest[:1] in {"-", "–", "/"}:
        return None
    said = text[at : at + end]
    slack = (
        timedelta(seconds=59)
        if _FINE.search(said)
        else timedelta(minutes=30)
        if _HOURS.search(said)
        else timedelta(hours=12)
    )
    return Stated(length, max(slack, length * 0.1) if _ROUGH.search(text) else slack, line)
