"""Recurrence: when something happens that repeats, by an RFC 5545 rule on the clock of an IANA zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import dropwhile, islice, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from dateutil.rrule import rrule, rrulestr

from afterword.timing import fits_every_zone, parse_duration, parse_time, zone_of

OFTEN = 31 * 288
"""No rule may give more occurrences in its first 31 days: one for each step of a snapshot."""

LONGEST = timedelta(days=366)

_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6})?(Z?)(?=;|$)", re.IGNORECASE)
_LOCAL = "%Y-%m-%dT%H:%M:%S"
_LENGTHS = {
    "MINUTELY": timedelta(minutes=1), "HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}  # fmt: skip
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")
_FORMS = {
    key: re.compile(form)
    for key, form in {
        "INTERVAL": r"[1-9]\d{0,4}",
        "COUNT": r"[1-9]\d{0,5}",
        "WKST": r"MO|TU|WE|TH|FR|SA|SU",
        "BYDAY": r"(?:[+-]?(?:[1-9]|[1-4]\d|5[0-3]))?(?:MO|TU|WE|TH|FR|SA|SU)",
        "BYMONTH": r"[1-9]|1[0-2]",
        "BYMONTHDAY": r"[+-]?(?:[1-9]|[12]\d|3[01])",
        "BYYEARDAY": r"[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])",
        "BYWEEKNO": r"[+-]?(?:[1-9]|[1-4]\d|5[0-3])",
        "BYSETPOS": r"[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])",
        "BYHOUR": r"1?\d|2[0-3]",
        "BYMINUTE": r"[1-5]?\d",
    }.items()
}
_REFUSALS = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
"""What the parser raises over a rule that it does not understand."""


class Fault(NamedTuple):
    """What is wrong with one of the keys, and what to do."""

    key: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """``rule`` on the clock of ``zone``, from ``start`` (what its clock shows) on; each time for ``duration``.

    Clocks that are set forward and back leave the local hour of the start as it is. A start that falls into the
    hour that is skipped is read with the offset before it, and of an hour that comes twice the first is meant, as
    RFC 5545 (3.3.5) says. The duration is elapsed time.
    """

    start: datetime
    rule: str
    zone: str
    duration: timedelta

    def between(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The occurrences that touch a stretch of time (aware), in UTC and in order."""
        zone = zone_of(self.zone)
        slack = timedelta(days=1)  # an offset never differs by more
        first = start.astimezone(zone).replace(tzinfo=None) - self.duration - slack
        last = end.astimezone(zone).replace(tzinfo=None) + slack
        found = []
        rule = _leapt(self.rule, self.start, first)
        near = dropwhile(lambda local: local < first, takewhile(lambda local: local <= last, rule))
        for local in near:
            begins = local.replace(tzinfo=zone).astimezone(UTC)
            if begins < end and begins + self.duration > start:
                found.append((begins, begins + self.duration))
        return found


def utc(value: datetime) -> datetime:
    """The same instant in UTC."""
    return value.astimezone(UTC)


def read(start: str, rule: str, duration: str, zone: str) -> tuple[Recurrence | None, list[Fault]]:
    """A recurrence from its four texts, or what is wrong with them."""
    faults: list[Fault] = []
    try:
        tz = zone_of(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "Use an IANA name such as Europe/Lisbon, or UTC."
        return None, [Fault("zone", f"the time zone “{zone}” is not known here", hint)]
    local = _local(start)
    if local is None:
        given = parse_time(start)
        local = given.astimezone(tz).replace(tzinfo=None) if given else None
    if local is None:
        hint = "Write what the clock of the zone shows (2026-03-04T02:00:00), or a time with offset."
        faults.append(Fault("start", f"start is “{start}”, which is no time", hint))
    length = parse_duration(duration)
    if length is None or duration[length[1] :].strip() or length[0] <= timedelta(0):
        faults.append(Fault("duration", f"duration is “{duration}”, which is no length of time", "For example: 2 h"))
    elif length[0] > LONGEST:
        faults.append(Fault("duration", f"duration is “{duration}”, longer than a year", "For example: 2 h"))
    text = _localized(rule, zone)
    fault = _fault(text, local or datetime(2026, 1, 1))  # noqa: DTZ001  # what a clock shows has no zone
    if fault:
        faults.append(Fault("rrule", f"the rule “{rule}” cannot be used: {fault}", "For example: FREQ=WEEKLY;BYDAY=SU"))
    if faults or local is None or length is None:
        return None, faults
    return Recurrence(local, text, zone, length[0]), []


def _local(text: str) -> datetime | None:
    try:
        shown = datetime.strptime(text, _LOCAL)  # noqa: DTZ007  # what a clock shows has no zone
    except ValueError:
        return None
    return shown if fits_every_zone(shown) else None


def _localized(rule: str, zone: str) -> str:
    """The rule with its ``UNTIL`` on the clock of the zone; a bare day there means all of it."""

    def replaced(found: re.Match[str]) -> str:
        day, time, is_utc = found[1], found[2] or "T235959", found[3]
        if not is_utc:
            return f"UNTIL={day}{time}"
        try:
            until = datetime.strptime(f"{day}{time}+0000", "%Y%m%dT%H%M%S%z")
        except ValueError:
            return found[0]
        return f"UNTIL={until.astimezone(zone_of(zone)):%Y%m%dT%H%M%S}"

    return _UNTIL.sub(replaced, rule.strip().removeprefix("RRULE:"))


def _parsed(rule: str, start: datetime) -> rrule:
    parsed = rrulestr(rule, dtstart=start)
    if not isinstance(parsed, rrule):
        raise ValueError("it is more than one rule")  # noqa: TRY004  # what a text says is a value, not a type
    return parsed


def _fault(rule: str, start: datetime) -> str | None:
    """Why a rule cannot be used; ``None`` for a good one."""
    said = _parts(rule)
    fault = _misspelt(said)
    if fault:
        return fault
    try:
        parsed = _parsed(rule, start)
        # the same weekdays come again after 400 years; there the search for a first match ends soon, at the year 9999
        later = start.replace(year=start.year + (9999 - start.year) // 400 * 400)
        bare = ";".join(f"{key}={value}" for key, value in said.items() if key not in ("COUNT", "UNTIL"))
        if next(iter(_parsed(bare, later)), None) is None:
            return "no day ever fits it"
    except _REFUSALS as error:
        return " ".join(str(error).split()) or "it does not parse"
    soon = takewhile(lambda local: local < start + timedelta(days=31), islice(parsed, OFTEN + 1))
    return "it repeats more often than every 5 minutes" if sum(1 for _ in soon) > OFTEN else None


def _misspelt(said: dict[str, str]) -> str | None:
    """What of a rule is not as RFC 5545 (3.3.10) has it, or is more than maintenance needs."""
    frequency = said.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        return f"FREQ is one of {', '.join(_FREQUENCIES)}"
    for key, value in said.items():
        if key in ("FREQ", "UNTIL"):
            continue
        if key not in _FORMS:
            return f"“{key}” has no meaning here"
        by_week = key == "BYWEEKNO" and frequency != "YEARLY"
        if by_week or (key.startswith("BY") and frequency in ("HOURLY", "MINUTELY")):
            return f"{key} does not go with {frequency}"
        if not all(_FORMS[key].fullmatch(item) for item in value.split(",")):
            return f"{key} cannot be “{value}”"
    return None


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().split(";"))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _leapt(text: str, start: datetime, first: datetime) -> rrule:
    """The rule from nearer by, where it allows that: whole intervals later, so that the rhythm stays."""
    said = _parts(text)
    length = _LENGTHS.get(said["FREQ"])
    if length is None or "COUNT" in said or start >= first:
        return _parsed(text, start)  # by month and year there are few; a count has to be counted from its start
    beat = length * int(said.get("INTERVAL", "1"))
    # what the start says by itself (the weekday, the minute) stays with it, because it moves by whole beats
    return _parsed(text, start + max((first - start) // beat - 1, 0) * beat)
