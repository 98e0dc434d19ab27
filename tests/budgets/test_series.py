"""Series: the vectorised arithmetic says what a slow, plain restatement of Prometheus's rules says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.offline import series

MINUTE = 60_000
STALE = float(np.array([series.STALE], np.int64).view(np.float64)[0])


def build(samples: Sequence[tuple[int, float]], marks: Sequence[int] = ()) -> series.Series:
    times = [time for time, _ in samples]
    return series.Series(
        {}, np.array(times, np.int64), np.array([value for _, value in samples], float), np.array(marks, np.int64)
    )


def plain_increase(samples: Sequence[tuple[int, float]], start: int, end: int) -> float | None:
    """Sample by sample, as one would explain it."""
    inside = [(time, value) for time, value in samples if start <= time <= end]
    if len(inside) < 2:
        return None
    result = inside[-1][1] - inside[0][1]
    for (_, before), (_, after) in pairwise(inside):
        if after < before:
            result += before
    covered = (inside[-1][0] - inside[0][0]) / 1000
    mean = covered / (len(inside) - 1)
    to_start, to_end = (inside[0][0] - start) / 1000, (end - inside[-1][0]) / 1000
    if result > 0 and inside[0][1] >= 0:
        to_start = min(to_start, covered * inside[0][1] / result)
    stretched = covered
    for gap in (to_start, to_end):
        stretched += gap if gap < mean * 1.1 else mean / 2
    return result * stretched / covered


def plain_lookup(samples: Sequence[tuple[int, float]], marks: Sequence[int], at: int) -> float | None:
    known = sorted([(time, 0, value) for time, value in samples] + [(time, 1, math.nan) for time in marks])
    known = [item for item in known if item[0] <= at]
    if not known or known[-1][1] == 1 or known[-1][0] < at - series.LOOKBACK:
        return None
    return known[-1][2]


walks = st.lists(
    st.tuples(st.integers(1, 12 * MINUTE), st.one_of(st.integers(0, 50), st.just(-1))), min_size=0, max_size=40
)


def walk(steps: Sequence[tuple[int, int]]) -> list[tuple[int, float]]:
    """Counters: a gap in time and a growth each; −1 is a restart."""
    samples, time, value = [], 0, 0.0
    for gap, growth in steps:
        time += gap
        value = 0.0 if growth < 0 else value + growth
        samples.append((time, value))
    return samples


@given(walks, st.lists(st.tuples(st.integers(-MINUTE, 400 * MINUTE), st.integers(1, 90 * MINUTE)), min_size=1))
def test_increase_says_what_the_plain_rules_say(steps: list[tuple[int, int]], windows: list[tuple[int, int]]) -> None:
    samples = walk(steps)
    starts = np.array([start for start, _ in windows], np.int64)
    ends = np.array([start + length for start, length in windows], np.int64)
    found = series.increase(build(samples), starts, ends)
    for index, (start, length) in enumerate(windows):
        expected = plain_increase(samples, start, start + length)
        assert found.present[index] == (expected is not None)
        if expected is not None:
            assert found.values[index] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(walks, st.sets(st.integers(0, 400 * MINUTE), max_size=5), st.lists(st.integers(0, 500 * MINUTE), min_size=1))
def test_lookup_says_what_the_plain_rules_say(
    steps: list[tuple[int, int]], marks: set[int], instants: list[int]
) -> None:
    samples = walk(steps)
    ends = sorted(marks - {time for time, _ in samples})
    found = series.lookup(build(samples, ends), np.array(instants, np.int64))
    for index, at in enumerate(instants):
        expected = plain_lookup(samples, ends, at)
        assert found.present[index] == (expected is not None)
        if expected is not None:
            assert found.values[index] == expected


def test_steps_of_aligned_scrapes_add_up_to_the_window() -> None:
    samples = [(minute * MINUTE, float(7 * minute)) for minute in range(61)]
    edges = np.arange(0, 61, 5, dtype=np.int64) * MINUTE
    steps = series.increase(build(samples), edges[:-1], edges[1:])
    assert steps.values.sum() == pytest.approx(420)
    assert series.increase(build(samples), edges[:1], edges[-1:]).values[0] == pytest.approx(420)


def test_a_reset_adds_what_was_counted_before_it() -> None:
    samples = [(0, 10.0), (MINUTE, 40.0), (2 * MINUTE, 5.0), (3 * MINUTE, 8.0)]
    found = series.increase(build(samples), np.array([0]), np.array([3 * MINUTE]))
    assert found.values[0] == pytest.approx(38)


def test_a_young_counter_is_not_stretched_beyond_its_zero() -> None:
    samples = [(10 * MINUTE, 1.0), (11 * MINUTE, 61.0)]
    found = series.increase(build(samples), np.array([10 * MINUTE - 59_000]), np.array([11 * MINUTE]))
    assert found.values[0] == pytest.approx(61)


def test_marks_of_staleness_end_a_series_and_are_no_values() -> None:
    one = series.of({}, np.array([0, MINUTE, 2 * MINUTE]), np.array([1.0, 2.0, STALE]))
    assert one.values.tolist() == [1.0, 2.0]
    found = series.lookup(one, np.array([MINUTE, 2 * MINUTE, 3 * MINUTE]))
    assert found.present.tolist() == [True, False, False]


def test_a_sum_is_absent_only_where_all_are_absent() -> None:
    one = build([(0, 1.0)])
    two = build([(10 * MINUTE, 2.0)])
    instants = np.array([0, 7 * MINUTE, 10 * MINUTE])
    found = series.total([series.lookup(one, instants), series.lookup(two, instants)], 3)
    assert found.present.tolist() == [True, False, True]
    assert found.values.tolist() == [1.0, 0.0, 2.0]
    assert not series.total([], 2).present.any()


@given(walks, st.lists(st.tuples(st.integers(-MINUTE, 400 * MINUTE), st.integers(0, 90 * MINUTE)), min_size=1))
def test_windows_are_reduced_as_the_plain_rules_say(
    steps: list[tuple[int, int]], windows: list[tuple[int, int]]
) -> None:
    samples = walk(steps)
    starts = np.array([start for start, _ in windows], np.int64)
    ends = np.array([start + length for start, length in windows], np.int64)
    plain: dict[Callable[..., series.Vector], Callable[[list[float]], float]] = {
        series.sum_over: math.fsum,
        series.least_over: min,
        series.most_over: max,
        series.count_over: len,
        series.mean_over: lambda values: math.fsum(values) / len(values),
    }
    for reduce, expected in plain.items():
        found = reduce(build(samples), starts, ends)
        for index, (start, length) in enumerate(windows):
            inside = [value for time, value in samples if start <= time <= start + length]
            assert found.present[index] == bool(inside)
            if inside:
                assert found.values[index] == pytest.approx(expected(inside))


def test_the_least_of_samples_is_a_number_where_there_is_one() -> None:
    one = build([(0, math.nan), (MINUTE, 3.0)])
    found = series.least_over(one, np.array([0, 0]), np.array([MINUTE, 1]))
    assert found.values[0] == 3.0
    assert math.isnan(found.values[1])
