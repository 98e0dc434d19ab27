"""Months, quarters and stretches of days."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.measures.periods import Step, bounded, last_year, month_of, period_of, quarter_of, run

days = st.dates(date(1, 1, 1), date.max)


def test_months_and_quarters_are_those_of_the_calendar() -> None:
    assert month_of(date(2024, 2, 10)).last == date(2024, 2, 29)
    quarter = quarter_of(date(2026, 11, 1))
    assert (quarter.label, quarter.first, quarter.last) == ("2026 Q4", date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize("step", list(Step))
@given(first=days, last=days)
def test_a_run_of_periods_has_neither_holes_nor_overlaps(step: Step, first: date, last: date) -> None:
    last = min(last, first + timedelta(days=3000)) if last > first else last
    found = run(first, last, step)
    if first > last:
        assert found == ()
        return
    assert first in found[0]
    assert last in found[-1]
    for one, following in itertools.pairwise(found):
        assert following.first == one.last + timedelta(days=1)


@pytest.mark.parametrize("step", list(Step))
@given(day=days)
def test_a_day_is_in_its_own_period(step: Step, day: date) -> None:
    assert day in period_of(day, step)


def test_twelve_months_begin_the_day_after_the_same_day_of_the_year_before() -> None:
    assert last_year(date(2026, 11, 1)).first == date(2025, 11, 2)
    assert last_year(date(2024, 2, 29)).first == date(2023, 3, 1)
    assert last_year(date(2025, 2, 28)).first == date(2024, 2, 29)


def test_a_period_that_was_asked_for_ends_today_at_the_latest() -> None:
    found = bounded(date(2026, 1, 1), date(2027, 1, 1), date(2026, 11, 1))
    assert (found.last, found.label) == (date(2026, 11, 1), "2026-01-01 to 2026-11-01")
    open_start = bounded(None, date(2025, 12, 31), date(2026, 11, 1))
    assert date(1, 1, 1) in open_start
    assert date(2026, 1, 1) not in open_start
