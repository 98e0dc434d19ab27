"""Distributions, shares, targets and how values are written."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.measures import Better, Distribution, Observation, Reason, Share, Target, Unit
from afterword.measures.base import distribution
from tests.measuring import scope, shop

DAY = date(2026, 3, 4)
HOUR = Target(3600, Unit.SECONDS, Better.LOWER, strict=True)
WEEK = Target(7, Unit.DAYS, Better.LOWER)
values = st.lists(st.integers(-1000, 10**7), min_size=1, max_size=60)


def of(*numbers: float, target: Target | None = None, misses: int = 0) -> Distribution:
    items = (Observation(f"i{at}", DAY, number) for at, number in enumerate(numbers))
    return distribution(Unit.DAYS, items, target=target, misses=misses)


def test_the_median_of_an_even_number_is_the_midpoint_of_the_middle_two() -> None:
    assert of(1, 2, 10, 100).median == 6
    assert of(100, 2, 1).median == 2


def test_p90_is_the_nearest_rank_and_only_given_from_ten_values() -> None:
    assert of(*range(1, 10)).p90 is None
    assert of(*range(1, 11)).p90 == 9
    assert of(*range(1, 12)).p90 == 10
    assert of(*range(1, 21)).p90 == 18


def test_without_values_there_is_no_number() -> None:
    empty = of(target=WEEK)
    assert (empty.n, empty.median, empty.mean, empty.p90, empty.share_within, empty.met) == (0, *[None] * 5)


def test_a_value_equal_to_the_target_is_within_unless_the_target_is_strict() -> None:
    assert of(7, 8, target=WEEK).within == 1
    assert not HOUR.met_by(3600)
    assert HOUR.met_by(3599)
    assert Target(0.9, Unit.SHARE, Better.HIGHER, strict=True).met_by(27 / 30) is False
    assert Target(1.0, Unit.SHARE, Better.HIGHER).met_by(5 / 5)


def test_misses_count_against_the_share_and_are_later_than_every_value() -> None:
    found = of(3, 5, 6, target=WEEK, misses=1)
    assert (found.within, found.counted, found.share_within, found.met) == (3, 4, 0.75, True)
    assert of(3, 5, 6, target=WEEK, misses=3).met is False
    assert of(target=WEEK, misses=1).met is False


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_observations_changes_nothing(numbers: list[int], shuffled: random.Random) -> None:
    items = [Observation(f"i{at}", DAY, number) for at, number in enumerate(numbers)]
    other = items.copy()
    shuffled.shuffle(other)
    assert distribution(Unit.DAYS, items) == distribution(Unit.DAYS, other)


@given(values)
def test_median_p90_and_mean_lie_between_the_extremes(numbers: list[int]) -> None:
    found = of(*numbers)
    assert found.median is not None
    assert found.mean is not None
    assert min(numbers) <= found.median <= max(numbers)
    assert min(numbers) - 1e-6 <= found.mean <= max(numbers) + 1e-6
    if found.p90 is not None:
        assert found.p90 in numbers
        assert found.median <= found.p90
        assert sum(number <= found.p90 for number in numbers) >= 0.9 * len(numbers)


@given(values, st.integers(0, 20), st.integers(-1000, 10**7))
def test_the_share_within_is_a_share_and_grows_with_the_target(numbers: list[int], misses: int, goal: int) -> None:
    near = of(*numbers, target=Target(goal, Unit.DAYS, Better.LOWER), misses=misses).share_within
    far = of(*numbers, target=Target(goal + 10, Unit.DAYS, Better.LOWER), misses=misses).share_within
    assert near is not None
    assert far is not None
    assert 0 <= near <= far <= 1


def test_exclusions_are_counted_by_reason() -> None:
    found = distribution(Unit.DAYS, (), reasons=[Reason.DRAFT, Reason.BARE_DATE, Reason.DRAFT])
    assert found.excluded == ((Reason.BARE_DATE, 1), (Reason.DRAFT, 2))


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.SECONDS, 2280, "38 min"),
        (Unit.DAYS, 1, "1 day"),
        (Unit.DAYS, 6.5, "6.5 days"),
        (Unit.COUNT, 14.0, "14"),
        (Unit.SHARE, 0.875, "88 %"),
        (Unit.SHARE, 0.999, "99 %"),
        (Unit.SHARE, 0.001, "1 %"),
        (Unit.SHARE, 0, "0 %"),
        (Unit.SHARE, 1, "100 %"),
    ],
)
def test_values_are_written_for_readers(unit: Unit, value: float, text: str) -> None:
    assert unit.write(value) == text


def test_targets_say_whether_being_equal_is_enough() -> None:
    assert str(HOUR) == "under 1 h"
    assert str(WEEK) == "at most 7 days"
    assert str(Target(0.9, Unit.SHARE, Better.HIGHER, strict=True)) == "over 90 %"
    assert str(Target(1.0, Unit.SHARE, Better.HIGHER)) == "100 %"


def test_a_share_of_nothing_has_no_value() -> None:
    assert Share().value is None
    assert Share(0, 3).value == 0


def test_today_is_the_day_of_the_clock_in_the_zone_of_the_library() -> None:
    clock = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert scope(shop(), clock).today == date(2026, 3, 31)
    assert scope(shop(timezone(timedelta(hours=7))), clock).today == date(2026, 4, 1)
