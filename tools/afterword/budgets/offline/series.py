"""Series: samples of one time series, and what Prometheus 2.x says about them. Vectorised over many windows.

The semantics are those of Prometheus 2.42 (its ``promql/functions.go``: ``extrapolatedRate``): a window holds the
samples of ``[start, end]``, with both borders. From 3.0 on the sample at ``start`` is left out. We keep the closed
window: where scrapes fall on the borders of steps, neighbours share the border's sample, so that the steps of a
stable series add up to its window exactly, and a server of Debian stable says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Times: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

LOOKBACK = 300_000
"""For so many milliseconds a sample stands for its series: Prometheus's default."""
STALE = 0x7FF0000000000002
"""The bits of the NaN by which Prometheus marks the end of a series."""


@dataclass(frozen=True, eq=False)
class Series:
    """Samples of one series: times in milliseconds since 1970, ascending. ``ends``: where it was marked as stale."""

    labels: Mapping[str, str]
    times: Times
    values: Floats
    ends: Times

    @cached_property
    def grown(self) -> Floats:
        """The counter as if it had never been reset; kept, because each window asks for it."""
        fell = self.values[1:] < self.values[:-1]
        if not fell.any():
            return self.values
        lost = np.zeros(len(self.values))
        lost[1:] = np.where(fell, self.values[:-1], 0.0)
        return self.values + np.cumsum(lost)


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """One value per window or instant; ``present`` tells which have one. A value may be NaN all the same."""

    values: Floats
    present: Flags


def of(labels: Mapping[str, str], times: Times, values: Floats) -> Series:
    """A series from raw samples: marks of staleness are taken out of the values."""
    stale = values.view(np.int64) == STALE if len(values) else np.zeros(0, np.bool_)
    if not stale.any():
        return Series(labels, times, values, times[:0])
    return Series(labels, times[~stale], values[~stale], times[stale])


def before(series: Series, until: int) -> Series:
    """The series as it was known at an instant (ms): without all that came later. Itself, where nothing did."""
    count, marks = (int(np.searchsorted(item, until, "right")) for item in (series.times, series.ends))
    if count == len(series.times) and marks == len(series.ends):
        return series
    return Series(series.labels, series.times[:count], series.values[:count], series.ends[:marks])


def increase(series: Series, starts: Times, ends: Times) -> Vector:
    """``increase()`` of a counter over the windows ``[starts[i], ends[i]]``; at least two samples give a value.

    Resets add the value before them. The result is stretched to the borders of the window as Prometheus does: all
    the way where the next sample is missing by no more than 1.1 mean intervals, else by half an interval, and at
    the start never beyond where the counter would have been zero.
    """
    times, values = series.times, series.values
    low = np.searchsorted(times, starts, "left")
    high = np.searchsorted(times, ends, "right") - 1
    present = high > low
    if not present.any():
        return Vector(np.zeros(len(starts)), present)
    low, high = np.where(present, low, 0), np.where(present, high, 1)
    result = series.grown[high] - series.grown[low]
    covered = (times[high] - times[low]) / 1000.0
    mean = covered / (high - low)
    to_start = (times[low] - starts) / 1000.0
    to_end = (ends - times[high]) / 1000.0
    first = values[low]
    with np.errstate(divide="ignore", invalid="ignore"):
        to_zero = np.where((result > 0) & (first >= 0), covered * (first / result), np.inf)
    to_start = np.minimum(to_start, to_zero)
    limit = mean * 1.1
    stretch = np.where(to_start < limit, to_start, mean / 2) + np.where(to_end < limit, to_end, mean / 2)
    return Vector(np.where(present, result * ((covered + stretch) / covered), 0.0), present)


def lookup(series: Series, instants: Times) -> Vector:
    """The value at each instant: of the last sample, unless it is older than ``LOOKBACK`` or the series has ended."""
    index = np.searchsorted(series.times, instants, "right") - 1
    present = index >= 0
    index = np.where(present, index, 0)
    if not len(series.times):
        return Vector(np.zeros(len(instants)), present)
    seen = series.times[index]
    present &= seen >= instants - LOOKBACK
    if len(series.ends):
        mark = np.searchsorted(series.ends, instants, "right") - 1
        present &= ~((mark >= 0) & (series.ends[np.maximum(mark, 0)] > seen))
    return Vector(np.where(present, series.values[index], 0.0), present)


def total(vectors: Iterable[Vector], size: int) -> Vector:
    """``sum()``: of the vectors that have a value; absent where none has."""
    values, present = np.zeros(size), np.zeros(size, np.bool_)
    for vector in vectors:
        values += np.where(vector.present, vector.values, 0.0)
        present |= vector.present
    return Vector(values, present)


def sum_over(series: Series, starts: Times, ends: Times) -> Vector:
    """``sum_over_time()`` of the windows ``[starts[i], ends[i]]``."""
    return _reduced(np.add, series, starts, ends)


def least_over(series: Series, starts: Times, ends: Times) -> Vector:
    """``min_over_time()``: NaN counts only where there is nothing else."""
    return _reduced(np.fmin, series, starts, ends)


def most_over(series: Series, starts: Times, ends: Times) -> Vector:
    """``max_over_time()``, the same."""
    return _reduced(np.fmax, series, starts, ends)


def count_over(series: Series, starts: Times, ends: Times) -> Vector:
    """``count_over_time()``: how many samples a window holds."""
    low, high = np.searchsorted(series.times, starts, "left"), np.searchsorted(series.times, ends, "right")
    return Vector((high - low).astype(np.float64), high > low)


def mean_over(series: Series, starts: Times, ends: Times) -> Vector:
    """``avg_over_time()``: each sample weighs the same."""
    whole, count = sum_over(series, starts, ends), count_over(series, starts, ends)
    return Vector(np.where(whole.present, whole.values / np.maximum(count.values, 1), 0.0), whole.present)


def _reduced(reduce: np.ufunc, series: Series, starts: Times, ends: Times) -> Vector:
    low, high = np.searchsorted(series.times, starts, "left"), np.searchsorted(series.times, ends, "right")
    present = high > low
    if not present.any():
        return Vector(np.zeros(len(starts)), present)
    # reduceat takes pairs of borders: every second result is that of a window; a border may not lie at the very end
    padded = np.append(series.values, 0.0)
    pairs = np.stack([low, np.where(present, high, low)], axis=1).ravel()
    return Vector(np.where(present, reduce.reduceat(padded, pairs)[::2], 0.0), present)
