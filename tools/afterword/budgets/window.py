"""Window: the time over which an objective is judged, rolling or by the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
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
    ``3 month`` is the quarter. With an ``anchor``, a local time without zone, they are counted from it instead, in
    both directions: months then begin on its day, or on their last one where they are shorter.
    """

    unit: Unit
    count: int = 1
    zone: str = "UTC"
    anchor: datetime | None = None

    def span(self, at: datetime) -> Span:
        """The period that holds ``at`` (aware), as far as it has passed. Raises ``ValueError`` for a bad zone."""
        zone, instant = zone_of(self.zone), at.astimezone(UTC)
        local = instant.astimezone(zone).replace(tzinfo=None)
        if self.anchor is None:
            day = local.replace(hour=0, minute=0, second=0, microsecond=0)
            first, last = (_instant(edge, zone) for edge in _period(day, self.unit, self.count))
            return Span(first, instant, last)
        number = _number(self.anchor, local, self.unit, self.count)
        first, last = (_instant(self._edge(number + step), zone) for step in (0, 1))
        # where clocks change, the local time may lie on the other side of an edge than the instant
        while last <= instant:
            number, first, last = number + 1, last, _instant(self._edge(number + 2), zone)
        while first > instant:
            number, first, last = number - 1, _instant(self._edge(number - 1), zone), first
        return Span(first, instant, last)

    def _edge(self, number: int) -> datetime:
        """Where period ``number`` begins, counted from the anchor; a local time."""
        anchor = self.anchor or _MONDAY
        return _later(anchor, self.unit, self.count * number)


Window: TypeAlias = Rolling | Calendar

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001  # a local day: days are counted from it, so that weeks begin on Mondays


def _instant(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _number(anchor: datetime, local: datetime, unit: Unit, count: int) -> int:
    """How many whole periods lie between an anchor and a local time; negative before it."""
    if unit in _DAYS:
        return (local - anchor) // timedelta(days=_DAYS[unit] * count)
    months = (local.year - anchor.year) * 12 + local.month - anchor.month
    number = months // (_MONTHS[unit] * count)
    return number if _later(anchor, unit, count * number) <= local else number - 1


def _later(anchor: datetime, unit: Unit, count: int) -> datetime:
    """A local time so many units after another: on the same day of the month, or on its last."""
    if unit in _DAYS:
        return anchor + timedelta(days=_DAYS[unit] * count)
    index = anchor.year * 12 + anchor.month - 1 + _MONTHS[unit] * count
    year, month = index // 12, index % 12 + 1
    return anchor.replace(year=year, month=month, day=min(anchor.day, monthrange(year, month)[1]))


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
    days = _DAYS[unit] * count
    start = day - timedelta(days=(day - _MONDAY).days % days)
    return start, start + timedelta(days=days)


def _month(index: int) -> datetime:
    return datetime(index // 12, index % 12 + 1, 1)  # noqa: DTZ001  # see above


_SHORTHAND = re.compile(r"([1-9][0-9]{0,5})([mhdwMQY])", re.ASCII)
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_UNITS = {"d": Unit.DAY, "w": Unit.WEEK, "M": Unit.MONTH, "Q": Unit.QUARTER, "Y": Unit.YEAR}


def seconds_of(shorthand: str) -> int | None:
    """The seconds of a duration in OpenSLO's shorthand, ``5m``, ``12h``, ``30d`` or ``4w``.

    ``None`` for anything else, months, quarters and years among it: they have no fixed length.
    """
    found = _SHORTHAND.fullmatch(shorthand)
    return int(found[1]) * _SECONDS[found[2]] if found and found[2] in _SECONDS else None


def units_of(shorthand: str) -> tuple[Unit, int] | None:
    """The calendar's units of a duration in OpenSLO's shorthand, ``1d``, ``1w``, ``1M``, ``1Q`` or ``1Y``."""
    found = _SHORTHAND.fullmatch(shorthand)
    return (_UNITS[found[2]], int(found[1])) if found and found[2] in _UNITS else None
