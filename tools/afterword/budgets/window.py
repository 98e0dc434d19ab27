"""Window: the time over which an objective is judged, rolling or by the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from afterword.timing import zone_of


class Unit(StrEnum):
    """What a calendar window counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A window laid on the clock, all aware and in UTC.

    ``ends`` is where the window itself will end: ``at`` for a rolling one, later for a running calendar one.
    """

    start: datetime
    at: datetime
    ends: datetime

    @property
    def seconds(self) -> float:
        """Length of what has passed, in seconds."""
        return (self.at - self.start).total_seconds()


@dataclass(frozen=True, slots=True)
class Rolling:
    """The last ``seconds`` before an instant."""

    seconds: int

    def span(self, at: datetime) -> Span:
        """The window that ends at ``at`` (aware)."""
        end = at.astimezone(UTC)
        return Span(end - timedelta(seconds=self.seconds), end, end)


@dataclass(frozen=True, slots=True)
class Calendar:
    """``count`` units of the calendar in an IANA zone: months are as long as they are, days may have 23 hours.

    Periods of several units are counted from the year's first day (from ISO weeks' Monday for weeks), so that
    ``3 month`` is the quarter.
    """

    unit: Unit
    count: int = 1
    zone: str = "UTC"

    def span(self, at: datetime) -> Span:
        """The period that holds ``at`` (aware), as far as it has passed. Raises ``ValueError`` for a bad zone."""
        zone = zone_of(self.zone)
        local = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        start, end = _period(local, self.unit, self.count)
        first, last = (edge.replace(tzinfo=zone).astimezone(UTC) for edge in (start, end))
        return Span(first, at.astimezone(UTC), last)


Window: TypeAlias = Rolling | Calendar

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def _period(day: datetime, unit: Unit, count: int) -> tuple[datetime, datetime]:
    """First instant of the period of a local day, and of the one after it; both naive."""
    if unit in _MONTHS:
        length = _MONTHS[unit] * count
        index = day.year * 12 + day.month - 1
        first = index - (index % 12) % length if length <= 12 else index - index % length
        last = first + length
        if length < 12:
            last = min(last, (first // 12 + 1) * 12)  # periods start anew with the year
        return _month(first), _month(last)
    days = (7 if unit is Unit.WEEK else 1) * count
    # 1970-01-05 is a Monday; days are counted from it, so that weeks begin on Mondays
    origin = datetime(1970, 1, 5)  # noqa: DTZ001  # a local day, whose zone is put on by the caller
    start = day - timedelta(days=(day - origin).days % days)
    return start, start + timedelta(days=days)


def _month(index: int) -> datetime:
    return datetime(index // 12, index % 12 + 1, 1)  # noqa: DTZ001  # see above
