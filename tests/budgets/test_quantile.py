"""Quantiles of histograms, as Prometheus interpolates them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from afterword.budgets.offline.quantile import quantile

BOUNDS = [0.1, 0.5, 1.0, math.inf]


def of(share: float, *counts: float, bounds: list[float] | None = None) -> float:
    """The quantile of one histogram with so many events at or below each bound."""
    return float(quantile(share, np.array(bounds or BOUNDS), np.array(counts, dtype=float)[:, np.newaxis])[0])


@pytest.mark.parametrize(
    ("share", "counts", "expected"),
    [
        pytest.param(0.5, (0, 100, 100, 100), 0.3, id="in the middle of a bucket"),
        pytest.param(0.95, (60, 80, 100, 100), 0.875, id="in the third bucket"),
        pytest.param(0.5, (100, 100, 100, 100), 0.05, id="the lowest bucket begins at 0"),
        pytest.param(0.6, (60, 80, 100, 100), 0.1, id="at a bound"),
        pytest.param(0.9, (0, 10, 10, 100), 1.0, id="beyond the last finite bound"),
        pytest.param(0.95, (0, 50, 40, 100), 1.0, id="counts that were read a moment apart"),
        pytest.param(0.5, (0, 80, 60, 80), 0.3, id="a bucket below the one before"),
    ],
)
def test_events_are_spread_evenly_within_their_bucket(share: float, counts: tuple[float, ...], expected: float) -> None:
    assert of(share, *counts) == pytest.approx(expected)


def test_of_nothing_there_is_no_quantile() -> None:
    assert math.isnan(of(0.95, 0, 0, 0, 0))


def test_a_lowest_bound_below_zero_is_not_interpolated() -> None:
    assert of(0.5, 10, 10, 10, bounds=[-1.0, 1.0, math.inf]) == -1.0


def test_each_column_is_a_histogram_of_its_own() -> None:
    counts = np.array([[0, 0, 60], [100, 0, 80], [100, 0, 100], [100, 0, 100]], dtype=float)
    found = quantile(0.5, np.array(BOUNDS), counts)
    assert found[0] == pytest.approx(0.3)
    assert math.isnan(found[1])
    assert found[2] == pytest.approx(0.1 * 50 / 60)
