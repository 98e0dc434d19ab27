"""The line through a series, and what may be said of it."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.measures import Better, Direction
from afterword.measures.trend import fit, t_quantile

points = st.lists(st.integers(0, 10**6), min_size=5, max_size=20).map(lambda ys: list(enumerate(map(float, ys))))


@pytest.mark.parametrize(
    ("df", "quantile"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799)],
)
def test_the_quantiles_of_t_are_those_of_the_tables(df: int, quantile: float) -> None:
    assert t_quantile(df) == pytest.approx(quantile, abs=5e-5)


def test_four_points_give_no_trend() -> None:
    assert fit([(0, 1.0), (1, 2.0), (2, 3.0), (3, 4.0)], Better.LOWER) is None


def test_a_line_computed_by_hand() -> None:
    # x 0..4, y 1 3 2 5 4: Sxy = 8, Sxx = 10, SSE = 10 − 6.4 = 3.6, so slope 0.8 ± 3.1824 · √(1.2 / 10)
    found = fit([(0, 1.0), (1, 3.0), (2, 2.0), (3, 5.0), (4, 4.0)], Better.LOWER)
    assert found is not None
    assert found.slope == pytest.approx(0.8)
    assert found.high - found.slope == pytest.approx(3.18245 * math.sqrt(0.12), abs=1e-4)
    assert found.change == pytest.approx((4.6 - 1.4) / 1.4)
    assert found.direction is Direction.STABLE


def test_the_direction_follows_what_is_better_for_the_measure() -> None:
    rising = [(at, 10.0 * at + (at % 2)) for at in range(8)]
    falling = [(at, 100 - y) for at, y in rising]
    assert [fit(rising, better).direction for better in Better] == [Direction.DEGRADING, Direction.IMPROVING]  # type: ignore[union-attr]  # eight points
    assert [fit(falling, better).direction for better in Better] == [Direction.IMPROVING, Direction.DEGRADING]  # type: ignore[union-attr]  # eight points


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 1e9 + 0.1])
def test_a_flat_series_is_stable_whatever_the_last_bits_say(value: float) -> None:
    found = fit([(at, value) for at in range(9)], Better.HIGHER)
    assert found is not None
    assert (found.slope, found.direction) == (0, Direction.STABLE)


def test_periods_without_a_value_keep_their_place_on_the_line() -> None:
    found = fit([(0, 0.0), (1, 1.0), (2, 2.0), (6, 6.0), (9, 9.0)], Better.LOWER)
    assert found is not None
    assert found.slope == pytest.approx(1)


@given(points, st.randoms(use_true_random=False))
def test_the_order_of_points_changes_nothing(series: list[tuple[int, float]], shuffled: random.Random) -> None:
    other = series.copy()
    shuffled.shuffle(other)
    assert fit(series, Better.LOWER) == fit(other, Better.LOWER)


@given(points)
def test_the_interval_holds_the_slope_and_a_mirrored_series_mirrors_it(series: list[tuple[int, float]]) -> None:
    found = fit(series, Better.LOWER)
    mirrored = fit([(at, 10.0**6 - y) for at, y in series], Better.HIGHER)
    assert found is not None
    assert mirrored is not None
    assert found.low <= found.slope <= found.high
    assert mirrored.slope == pytest.approx(-found.slope, abs=1e-3)
    assert mirrored.direction is found.direction
