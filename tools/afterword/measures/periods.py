"""Periods: calendar months, calendar quarters, and the stretch of days that a number speaks of."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Step(StrEnum):
    """How long each period of a series is."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included. ``first`` is ``None`` when it is open to the past."""

    last: date
    first: date | None
    label: str

    def __contains__(self, day: date) -> bool:
        return day <= self.last and (self.first is None or day >= self.first)


def month_of(day: date) -> Period:
    """The calendar month of a day, labelled ``2026-03``."""
    return _months(day.year, day.month, day.month, f"{day.year:04}-{day.month:02}")


def quarter_of(day: date) -> Period:
    """The calendar quarter of a day, labelled ``2026 Q1``."""
    number = (day.month + 2) // 3
    return _months(day.year, number * 3 - 2, number * 3, f"{day.year:04} Q{number}")


@lru_cache(maxsize=1024)
def _months(year: int, first: int, last: int, label: str) -> Period:
    return Period(date(year, last, calendar.monthrange(year, last)[1]), date(year, first, 1), label)


def period_of(day: date, step: Step) -> Period:
    """The month or quarter of a day."""
    return month_of(day) if step is Step.MONTH else quarter_of(day)


def run(first: date, last: date, step: Step) -> tuple[Period, ...]:
    """All periods from the one of ``first`` to the one of ``last``, without holes; none when ``last`` is earlier."""
    found: list[Period] = []
    day = first
    while day <= last:
        period = period_of(day, step)
        found.append(period)
        if period.last >= last:  # also keeps the last period of the calendar from stepping past its end
            break
        day = period.last + timedelta(days=1)
    return tuple(found)


def last_year(today: date) -> Period:
    """The 12 months that end with ``today``: from the day after the same day a year before.

    On 29 February the same day a year before is 28 February.
    """
    day = today.day - (today.month == 2 and today.day == 29)
    before = date(max(today.year - 1, 1), today.month, day)
    return Period(today, before + timedelta(days=1), "last 12 months")


def bounded(first: date | None, last: date | None, today: date) -> Period:
    """The period that a reader asked for; its end is never after ``today``."""
    end = today if last is None else min(last, today)
    label = f"until {end}" if first is None else f"{first} to {end}"
    return Period(end, first, label)
