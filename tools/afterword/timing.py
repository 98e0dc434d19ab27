"""Timing: the arithmetic of one incident. Moments, durations, whole days, lateness, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt](?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:[0-5]\d)\Z", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A milestone: an instant with its offset, or only a day. ``text`` is what the file says."""

    text: str
    day: date
    at: datetime | None = None

    def day_in(self, zone: tzinfo) -> date:
        """The calendar day in a zone; a bare date is that day everywhere."""
        return self.day if self.at is None else self.at.astimezone(zone).date()

    @property
    def sort_key(self) -> datetime:
        """For ordering only: a bare date counts as its first instant in UTC."""
        return self.at or datetime.combine(self.day, time(), UTC)


def parse_date(text: str) -> date | None:
    """``2026-03-04`` → date; anything else, also an impossible date, → ``None``."""
    if not _DATE.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_time(text: str) -> datetime | None:
    """RFC 3339 with an offset → aware datetime; anything else → ``None``."""
    if not _TIME.match(text):
        return None
    try:
        value = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return value if fits_every_zone(value) else None


def fits_every_zone(day: date) -> bool:
    """Whether a day or time has a place in each zone: the first and last year overflow in some."""
    return 1 < day.year < 9999


def parse_moment(text: str) -> Moment | None:
    """A bare date or an RFC 3339 time with offset → moment; anything else → ``None``."""
    at = parse_time(text)
    if at is not None:
        return Moment(text, at.date(), at)
    day = parse_date(text)
    return None if day is None else Moment(text, day)


def parse_as_of(text: str) -> datetime | None:
    """The clock of a command: RFC 3339, or a date, which means its last second in UTC."""
    at = parse_time(text)
    if at is not None:
        return at.astimezone(UTC)
    day = parse_date(text)
    return datetime.combine(day, time(23, 59, 59), UTC) if day and fits_every_zone(day) else None


def between(start: Moment | None, end: Moment | None) -> timedelta | None:
    """Duration between two instants; ``None`` when either is missing or only a day."""
    if start is None or end is None or start.at is None or end.at is None:
        return None
    return end.at - start.at


def surely_before(first: Moment, second: Moment, zone: tzinfo) -> bool:
    """Whether ``first`` lies before ``second``, however a bare date is read.

    Two instants compare exactly. Beside a bare date an instant stands on the day as written, in UTC and in
    ``zone``, and all of these have to agree: nobody is told of a wrong order that a zone explains.
    """
    if first.at is not None and second.at is not None:
        if first.at.tzinfo is second.at.tzinfo and first.at.tzinfo is not UTC:
            # within one zone Python compares what the clocks show, also when they were set back in between
            return first.at.astimezone(UTC) < second.at.astimezone(UTC)
        return first.at < second.at
    return max(_days(first, zone)) < min(_days(second, zone))


def _days(moment: Moment, zone: tzinfo) -> set[date]:
    return {moment.day, moment.day_in(UTC), moment.day_in(zone)}


def days_between(start: Moment | None, end: date | None, zone: tzinfo) -> int | None:
    """Whole days from the day of ``start`` in ``zone`` to ``end``."""
    return None if start is None or end is None else (end - start.day_in(zone)).days


def business_days(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """Days after ``start`` up to and including ``end`` that are neither weekend nor holiday; negative backwards."""
    if end < start:
        return -business_days(end, start, holidays)
    weeks, rest = divmod((end - start).days, 7)
    count = weeks * 5 + sum((start.weekday() + step) % 7 < 5 for step in range(1, rest + 1))
    return count - sum(start < day <= end and day.weekday() < 5 for day in set(holidays))


def zone_of(name: str) -> tzinfo:
    """An IANA zone. Raises ``KeyError``-like ``ZoneInfoNotFoundError`` or ``ValueError`` for unknown names."""
    return UTC if name == "UTC" else ZoneInfo(name)


def format_duration(value: timedelta) -> str:
    """``45 s``, ``38 min``, ``4 h 05 min``, ``2 d 3 h``: the one formatter of durations."""
    seconds = round(value.total_seconds())
    sign = "−" if seconds < 0 else ""
    seconds = abs(seconds)
    if 0 < seconds < 60:
        return f"{sign}{seconds} s"
    minutes = (seconds + 30) // 60
    if minutes < 60:
        return f"{sign}{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{sign}{hours} h {minutes:02d} min" if minutes else f"{sign}{hours} h"
    days, hours = divmod((seconds + 1800) // 3600, 24)
    return f"{sign}{days} d {hours} h" if hours else f"{sign}{days} d"


def format_days(days: int) -> str:
    """``1 day``, ``12 days``."""
    return f"{days} day" if abs(days) == 1 else f"{days} days"


_PART = re.compile(
    r"(?P<n>(?P<grouped>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?)|\d+(?:[.,]\d+)?)\s*(?:(?P<d>days?|d|dias?|ngày)|(?P<h>hours?|hrs?|hr|h|horas?|giờ)|"
    r"(?P<m>minutes?|mins?|min|m|minutos?|phút)|(?P<s>seconds?|secs?|sec|s|segundos?|giây))(?![^\W\d_])",
    re.IGNORECASE,
)
_JOIN = re.compile(r"[\s,]*(?:and|e|và|&)?\s*", re.IGNORECASE)


def parse_duration(text: str) -> tuple[timedelta, int] | None:
    """A duration at the start of ``text`` (``4 h 05 min``, ``1.5 hours``, ``2d 3h``) and how far it reaches."""
    total = timedelta()
    at = 0
    while True:
        joined = _JOIN.match(text, at) if at else None
        found = _PART.match(text, joined.end() if joined else at)
        if found is None:
            return (total, at) if at else None
        try:
            number = float(found["n"].replace(",", "" if found["grouped"] else "."))
            total += timedelta(
                days=number if found["d"] else 0,
                hours=number if found["h"] else 0,
                minutes=number if found["m"] else 0,
                seconds=number if found["s"] else 0,
            )
        except OverflowError:
            return None
        at = found.end()
