"""Waivers: breaches that need no postmortem, why, and who decided it. ``budgets/waivers.yml``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from afterword.budgets.objective import Objective
from afterword.budgets.register import Place, registered, suggested
from afterword.findings import Finding
from afterword.timing import parse_date, parse_time

FILE = "budgets/waivers.yml"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One decision: breaches of ``objective`` that touch ``start`` to ``end`` (UTC; the same for an instant)."""

    objective: str
    start: datetime
    end: datetime
    reason: str
    by: str
    on: date

    def covers(self, objective: str, start: datetime, end: datetime) -> bool:
        """Whether it holds for a breach."""
        return self.objective == objective and self.start <= end and self.end >= start


@dataclass(frozen=True, slots=True)
class Waivers:
    """All waivers of a library."""

    entries: tuple[Waiver, ...] = ()

    def of(self, objective: str, start: datetime, end: datetime) -> Waiver | None:
        """The first that covers a breach."""
        return next((item for item in self.entries if item.covers(objective, start, end)), None)


NONE = Waivers()
"""No waivers."""


def read(
    data: bytes, path: str = FILE, objectives: Collection[Objective] | None = None
) -> tuple[Waivers, list[Finding]]:
    """The waivers that a file's bytes hold, and what is wrong with them. Never raises for content.

    What is at fault is left out. With ``objectives`` a name that none of them bears is a finding, too.
    """
    items, findings = registered(data, path, "waivers")
    entries: list[Waiver] = []
    for item, place in items:
        if objectives is not None and item["objective"] not in (known := {each.id for each in objectives}):
            message = f"no objective is called “{item['objective']}”"
            findings.append(place.fault("objective", message, suggested(item["objective"], known)))
        entry, faults = _entry(item, place)
        findings += faults
        if entry is not None:
            entries.append(entry)
    return Waivers(tuple(entries)), findings


def _entry(item: dict[str, Any], place: Place) -> tuple[Waiver | None, list[Finding]]:
    for key in ("start", "end"):
        if "at" in item and key in item:
            hint = f"Give start and end, or at without {key}."
            return None, [place.fault(key, f"{key} does not fit here: at names an instant already", hint)]
    first, last = (parse_time(item.get(key, item.get("at", ""))) for key in ("start", "end"))
    on = parse_date(item["on"])
    if first is None or last is None or on is None:  # the schema has refused these
        return None, [place.fault("on", "a time of the waiver cannot be read")]
    start, end = first.astimezone(UTC), last.astimezone(UTC)
    if end < start:
        return None, [place.fault("end", "the waiver ends before it has begun", "Swap start and end, or mend one.")]
    return Waiver(item["objective"], start, end, item["reason"], item["by"], on), []
