"""Corrections: announced maintenance, whose events count neither as good nor as bad. ``budgets/corrections.yml``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from afterword import marks, validation, yamltree
from afterword.budgets import recurrence
from afterword.budgets.objective import Objective
from afterword.budgets.recurrence import Recurrence
from afterword.findings import START, Finding, Level, Span
from afterword.source import decode
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
    data: bytes, path: str = FILE, objectives: Collection[Objective] | None = None
) -> tuple[Corrections, list[Finding]]:
    """The maintenance windows that a file's bytes describe, and what is wrong with them. Never raises for content.

    What is at fault is left out. With ``objectives`` a name that none of them bears is a finding, too.
    """
    raw, spans, findings = tree(data, path, "corrections")
    entries: list[Correction] = []
    for number, item in enumerate(raw.get("corrections") or ()):
        place = _Place(path, spans, f"corrections/{number}")
        found = place.unknown(item, objectives)
        entry, faults = _entry(item, place)
        findings += found + faults
        if entry is not None:
            entries.append(entry)
    return Corrections(tuple(entries)), findings


def tree(data: bytes, path: str, schema: str) -> tuple[dict[str, Any], dict[str, Span], list[Finding]]:
    """A file's values, where each stands, and what keeps it from its schema; without values when it is at fault."""
    source, findings = decode(path, data)
    if source is None:
        return {}, {}, findings
    node, found = yamltree.parse(source)
    findings = [*findings, *found]
    if node is None:
        return {}, {}, findings
    faults = validation.validate(validation.validator(schema), path, node)
    raw = yamltree.plain(node)
    return raw if isinstance(raw, dict) and not faults else {}, marks.spans(node), [*findings, *faults]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one entry of a list stands."""

    path: str
    spans: dict[str, Span]
    base: str

    def fault(self, key: str, message: str, hint: str | None = None) -> Finding:
        """What is wrong with a value of the entry."""
        span = self.spans.get(f"{self.base}/{key}") or self.spans.get(self.base) or START
        return Finding("AW101", "schema-value", Level.ERROR, message, self.path, span, hint)

    def unknown(self, item: dict[str, Any], objectives: Collection[Objective] | None) -> list[Finding]:
        """Names of objectives and services that nobody bears."""
        if objectives is None:
            return []
        known = {"objectives": {each.id for each in objectives}, "services": {each.service for each in objectives}}
        return [
            self.fault(f"{key}/{number}", f"no objective is “{name}”" if key == "objectives" else
                       f"no objective belongs to the service “{name}”", f"Known: {', '.join(sorted(names)) or 'none'}.")
            for key, names in known.items()
            for number, name in enumerate(item.get(key) or ())
            if name not in names
        ]  # fmt: skip


def _entry(item: dict[str, Any], place: _Place) -> tuple[Correction | None, list[Finding]]:
    common: dict[str, Any] = {
        "reason": item["reason"],
        "approver": item["approver"],
        "objectives": tuple(item.get("objectives") or ()),
        "services": tuple(item.get("services") or ()),
    }
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
