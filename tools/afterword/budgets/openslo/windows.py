"""OpenSLO windows, slices and targets: over which time, how it is cut, and what share is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from afterword.budgets.objective import DAY, Indicator, Method, Threshold
from afterword.budgets.openslo.documents import Document, Report
from afterword.budgets.window import Calendar, Rolling, Unit, Window, seconds_of, units_of
from afterword.findings import Level
from afterword.timing import zone_of

DEFAULT = Rolling(30 * DAY)
_SHORTEST = 3_600
_LONGEST = 400 * DAY
_LENGTHS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.QUARTER: 90, Unit.YEAR: 365}
"""The shortest that a unit can be, in days."""


def window(document: Document, report: Report) -> Window:
    """The window of an SLO; rolling 30 days when it names none, or after a finding."""
    entries = document.spec.get("timeWindow")
    if not entries:
        return DEFAULT
    entry = document.below("spec", "timeWindow", 0)
    calendar = entry.raw.get("calendar")
    rolling = entry.raw.get("isRolling", calendar is None)
    if rolling and calendar is not None:
        message = "a window cannot both be rolling and follow the calendar"
        report.add("AW616", entry, entry.key("calendar"), message, "Remove `calendar`, or say `isRolling: false`.")
        return DEFAULT
    if not rolling and calendar is None:
        message = "a window that is not rolling follows a calendar, and none is given"
        report.add("AW616", entry, entry.key("isRolling"), message, "Add `calendar:` with startTime and timeZone.")
        return DEFAULT
    return _rolling(entry, report) if rolling else _calendar(entry, report)


def _rolling(entry: Document, report: Report) -> Window:
    written = entry.raw["duration"]
    seconds = seconds_of(written)
    if seconds is None:
        message, hint = f"a rolling window of {written} has no fixed length", "Write it in days: 30d, 90d, 365d."
    elif seconds < _SHORTEST:
        message, hint = f"a window of {written} is too short to judge", "A small m is a minute, a month is 1M."
    elif seconds > _LONGEST:
        message, hint = f"a window of {written} is too long", "At most 400 days."
    else:
        return Rolling(seconds)
    report.add("AW616", entry, entry.span("duration"), message, hint)
    return DEFAULT


def _calendar(entry: Document, report: Report) -> Window:
    written, calendar = entry.raw["duration"], entry.raw["calendar"]
    units = units_of(written)
    if units is None:
        message, hint = f"no calendar has windows of {written}", "A small m is a minute: write 1M for a month."
    elif _LENGTHS[units[0]] * units[1] * DAY > _LONGEST:
        message, hint = f"a window of {written} is too long", "At most 400 days."
    else:
        anchor = _anchor(entry, calendar.get("startTime"), report)
        return _plain(Calendar(units[0], units[1], _zone(entry, calendar.get("timeZone", "UTC"), report), anchor))
    report.add("AW616", entry, entry.span("duration"), message, hint)
    return DEFAULT


def _zone(entry: Document, name: str, report: Report) -> str:
    try:
        zone_of(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"time zone “{name}” is not known here"
        where = entry.span("calendar", "timeZone")
        report.add("AW616", entry, where, message, "Use an IANA name such as Europe/Lisbon, or UTC.")
        return "UTC"
    return name


def _anchor(entry: Document, written: str | None, report: Report) -> datetime | None:
    if written is None:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or not 1970 <= found.year <= 2200:
        where = entry.span("calendar", "startTime")
        report.add("AW616", entry, where, f"startTime “{written}” does not exist", "For example: 2026-01-01 00:00:00")
        return None
    return found


def _plain(found: Calendar) -> Calendar:
    """Without its anchor where that is where the calendar's own periods begin."""
    anchor = found.anchor
    if anchor is None or found.count != 1:
        return found
    bare = Calendar(found.unit, 1, found.zone)
    zone = zone_of(found.zone)
    begins = bare.span(anchor.replace(tzinfo=zone)).start
    return bare if begins == anchor.replace(tzinfo=zone) and anchor.day <= 28 else found


@dataclass(frozen=True, slots=True)
class Slices:
    """How time is cut: ``seconds`` of a slice, and the share that makes it good."""

    seconds: int = 60
    target: Fraction | None = None


def slices(entry: Document, method: Method, measured: Indicator, over: Window, report: Report) -> Slices | None:
    """How an objective cuts time; ``None`` after a finding."""
    length, share = entry.raw.get("timeSliceWindow"), entry.raw.get("timeSliceTarget")
    if method is Method.OCCURRENCES:
        for key in ("timeSliceWindow", "timeSliceTarget"):
            if key in entry.raw:
                message = f"“{key}” has no effect where events are counted"
                report.add("AW616", entry, entry.key(key), message, "Remove it.", Level.WARNING)
        return Slices()
    seconds = _slice_seconds(length)
    fault = _slice_fault(method, measured, seconds, over, has_target=share is not None)
    if fault is not None or seconds is None:
        where = entry.span("timeSliceWindow") if length is not None else entry.span()
        report.add("AW616", entry, where, *(fault or ("slices have no length", None)))
        return None
    keeps = method is Method.TIMESLICES and share is not None and not isinstance(measured, Threshold)
    return Slices(seconds, Fraction(str(share)) if keeps else None)


def _slice_fault(
    method: Method, measured: Indicator, seconds: int | None, over: Window, *, has_target: bool
) -> tuple[str, str] | None:
    """What is wrong, and what to do."""
    if isinstance(measured, Threshold) and method is Method.RATIO_TIMESLICES:
        return "a value against a threshold has no ratio", "Write `budgetingMethod: Timeslices`."
    if seconds is None:
        return "slices have no length: “timeSliceWindow” is missing", "Add `timeSliceWindow: 5m`."
    if seconds > _length(over):
        return "a slice is longer than the window", "Make it shorter."
    if method is Method.TIMESLICES and not has_target and not isinstance(measured, Threshold):
        return "nothing says which slice is good: “timeSliceTarget” is missing", "Add `timeSliceTarget: 0.99`."
    return None


def _slice_seconds(length: Any) -> int | None:
    if isinstance(length, int):
        return length * 60
    return seconds_of(length) if isinstance(length, str) else None


def _length(over: Window) -> int:
    return over.seconds if isinstance(over, Rolling) else _LENGTHS[over.unit] * over.count * DAY


def target(entry: Document, report: Report, *, zero: bool) -> Fraction | None:
    """The share that is promised, exact; ``None`` after a finding. ``zero``: whether 1 may be promised."""
    given = [key for key in ("target", "targetPercent") if key in entry.raw]
    if len(given) != 1:
        message = "an objective has both target and targetPercent" if given else "an objective has no target"
        hint = "Keep one of them." if given else "Add `target: 0.999`."
        report.add("AW612", entry, entry.span(), message, hint)
        return None
    key, written = given[0], entry.raw[given[0]]
    share = Fraction(str(written)) / (100 if key == "targetPercent" else 1)
    if 0 < share < 1 or (share == 1 and zero):
        return share
    if share == 1:
        message = f"{key} {written} leaves no budget at all"
        hint = 'Where any loss counts, say so with the annotation `afterword/zero-budget: "true"`.'
    elif key == "target" and 1 < share <= 100:
        message, hint = f"target {written} is no share", f"Did you mean `targetPercent: {written}`?"
    else:
        message = f"{key} {written} does not lie between 0 and {100 if key == 'targetPercent' else 1}"
        hint = "For example: 0.999" if key == "target" else "For example: 99.9"
    report.add("AW612", entry, entry.span(key), message, hint)
    return None
