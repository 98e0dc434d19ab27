"""Corrections: announced maintenance, whose events count neither as good nor as bad. ``budgets/corrections.yml``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from afterword.budgets import recurrence
from afterword.budgets.objective import Objective
from afterword.budgets.recurrence import Recurrence
from afterword.budgets.register import Place, registered, suggested
from afterword.findings import Finding
from afterword.timing import parse_time

FILE = "budgets/corrections.yml"

Interval = tuple[datetime, datetime]
"""From an instant up to another, both aware and in UTC."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One maintenance window: once (``start`` to ``end``, in UTC), or as often as ``repeats`` says.

    It holds for the objectives that it names and for those of the services that it names.
    """

    reason: str
    approver: str
    objectives: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    repeats: Recurrence | None = None

    def covers(self, objective: Objective) -> bool:
        """Whether it holds for an objective."""
        return objective.id in self.objectives or objective.service in self.services

    def between(self, start: datetime, end: datetime) -> list[Interval]:
        """Its occurrences that touch a stretch of time, as they are, in order."""
        if self.repeats is not None:
            return self.repeats.between(start, end)
        if self.start is None or self.end is None or self.end <= start or self.start >= end:
            return []
        return [(self.start, self.end)]


@dataclass(frozen=True, slots=True)
class Corrections:
    """All maintenance windows of a library."""

    entries: tuple[Correction, ...] = ()

    def intervals(self, objective: Objective, start: datetime, end: datetime) -> tuple[Interval, ...]:
        """When an objective was under maintenance within a stretch of time: clipped, merged, in order."""
        found = [span for item in self.entries if item.covers(objective) for span in item.between(start, end)]
        return merged((max(first, start), min(last, end)) for first, last in found)

    def during(self, objective: Objective, start: datetime, end: datetime) -> tuple[Correction, ...]:
        """The windows that touch a stretch of time for an objective, in the order of the file."""
        return tuple(item for item in self.entries if item.covers(objective) and item.between(start, end))


NONE = Corrections()
"""No maintenance."""


def merged(intervals: Iterable[Interval], gap: timedelta = timedelta(0)) -> tuple[Interval, ...]:
    """Intervals in order, those that touch, overlap or lie no more than ``gap`` apart made one."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def read(
    data: bytes, path: str = FILE, objectives: Collection[Objective] | None = None, *, judged: bool = False
) -> tuple[Corrections, list[Finding]]:
    """The maintenance windows that a file's bytes describe, and what is wrong with them. Never raises for content.

    What is at fault is left out. With ``objectives`` a name that none of them bears is a finding, too. ``judged``:
    these very bytes have been held against the schema before, and were found good.
    """
    items, findings = registered(data, path, "corrections", judged=judged)
    entries: list[Correction] = []
    for item, place in items:
        entry, faults = _entry(item, place)
        findings += [*_unknown(item, place, objectives), *faults]
        if entry is not None:
            entries.append(entry)
    return Corrections(tuple(entries)), findings


def _unknown(item: dict[str, Any], place: Place, objectives: Collection[Objective] | None) -> list[Finding]:
    """Names of objectives and services that nobody bears."""
    if objectives is None:
        return []
    known = {"objectives": {each.id for each in objectives}, "services": {each.service for each in objectives}}
    words = {"objectives": "no objective is called", "services": "no objective belongs to a service"}
    return [
        place.fault(f"{key}/{number}", f"{words[key]} “{name}”", suggested(name, names))
        for key, names in known.items()
        for number, name in enumerate(item.get(key) or ())
        if name not in names
    ]


def _entry(item: dict[str, Any], place: Place) -> tuple[Correction | None, list[Finding]]:
    common: dict[str, Any] = {
        "reason": item["reason"],
        "approver": item["approver"],
        "objectives": tuple(item.get("objectives") or ()),
        "services": tuple(item.get("services") or ()),
    }
    wrong = {"end": "duration"} if "rrule" in item else {"duration": "end", "zone": "rrule"}
    for key, instead in wrong.items():
        if key in item:
            how = "a repeated one lasts for its duration" if key == "end" else "it belongs to a repeated one"
            return None, [place.fault(key, f"{key} does not fit here: {how}", f"Give {instead}, and no {key}.")]
    if "rrule" in item:
        repeats, faults = recurrence.read(item["start"], item["rrule"], item["duration"], item.get("zone", "UTC"))
        found = [place.fault(fault.key, fault.message, fault.hint) for fault in faults]
        return (Correction(**common, repeats=repeats) if repeats else None), found
    start, end = parse_time(item["start"]), parse_time(item["end"])
    for key, value in (("start", start), ("end", end)):
        if value is None:
            hint = "Write it as 2026-03-04T09:12:00Z."
            return None, [place.fault(key, f"{key} is “{item[key]}”, not a time with offset (RFC 3339)", hint)]
    if start is None or end is None or end <= start:
        return None, [
            place.fault("end", "the maintenance ends before it has begun", "Swap start and end, or mend one.")
        ]
    return Correction(**common, start=recurrence.utc(start), end=recurrence.utc(end)), []
