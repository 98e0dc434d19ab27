"""Burn: the pace at which a budget is spent, and the factors of alerts for windows of any length."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.budget import Burn
from afterword.budgets.burn import DAY, PACES, WINDOWS, burn, can_fire, factor, largest
from afterword.budgets.snapshot import Count

MILLE = Fraction(1, 1000)


@pytest.mark.parametrize(
    ("days", "factors"), [(30, [14.4, 6, 3, 1]), (28, [13.44, 5.6, 2.8, 28 / 30]), (7, [3.36, 1.4, 0.7, 7 / 30])]
)
def test_factors_are_rescaled_to_the_window(days: int, factors: list[float]) -> None:
    assert [float(pace.factor(days * DAY)) for pace in PACES] == pytest.approx(factors)


def test_the_pace_is_shown_over_an_hour_six_hours_a_day_and_three_days() -> None:
    assert WINDOWS == (3600, 21_600, 86_400, 259_200)


def test_the_short_window_is_a_twelfth_of_the_long_one() -> None:
    assert [pace.confirmed_over for pace in PACES] == [300, 1800, 7200, 21_600]


def test_no_burn_is_larger_than_one_over_the_budget() -> None:
    assert largest(MILLE) == 1000
    assert largest(Fraction(0)) is None
    assert can_fire(Fraction(144, 10), MILLE)
    assert not can_fire(Fraction(144, 10), Fraction(1, 10))
    assert can_fire(Fraction(144, 10), Fraction(0))


def test_a_pace_without_data_is_none_and_of_a_budget_of_zero_infinite() -> None:
    assert burn(None, MILLE, 3600) == burn(Count(0, 0), MILLE, 3600) == Burn(3600, None)
    assert burn(Count(1, 10), Fraction(0), 3600) == Burn(3600, None, infinite=True)
    assert burn(Count(0, 10), Fraction(0), 3600) == Burn(3600, 0.0)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 100))
def test_a_pace_does_not_depend_on_the_scale_and_grows_with_what_goes_wrong(bad: int, total: int, scale: int) -> None:
    one = burn(Count(bad, total), MILLE, 3600).rate
    more = burn(Count(bad + 1, total), MILLE, 3600).rate
    assert one == burn(Count(bad * scale, total * scale), MILLE, 3600).rate
    assert one is not None
    assert more is not None
    assert more > one


@given(st.fractions(Fraction(1, 100), 1), st.integers(1, 90), st.integers(1, 90))
def test_at_its_factor_a_pace_spends_its_share_in_its_window(share: Fraction, days: int, hours: int) -> None:
    window, seconds = days * DAY, hours * 3600
    assert factor(share, window, seconds) * seconds / window == share
