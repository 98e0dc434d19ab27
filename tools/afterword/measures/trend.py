"""Trend: a straight line through the values of a series, and whether its slope says anything."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from afterword.measures.base import Better

TREND_FROM = 5
"""With fewer periods than this a slope says nothing, so none is given."""


class Direction(StrEnum):
    """Where a measure is going, by the way that is better for it."""

    IMPROVING = "improving"
    DEGRADING = "degrading"
    STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Trend:
    """A fitted line.

    ``slope`` is in units of the measure per period; ``low`` and ``high`` bound its 95 % confidence interval;
    ``change`` is the fitted change from the first to the last period as a fraction of the fitted first value,
    ``None`` where that first value is not above zero; ``n`` is the number of periods that had a value.
    """

    n: int
    slope: float
    low: float
    high: float
    change: float | None
    direction: Direction


def fit(points: Iterable[tuple[int, float]], better: Better) -> Trend | None:
    """Ordinary least squares through (period number, value); ``None`` below five points.

    slope = Sxy / Sxx, interval = slope ± t(0.975, n − 2) · √(SSE / (n − 2) / Sxx); see Draper and Smith,
    *Applied Regression Analysis*, 3rd ed., section 1.4. The numbers of the periods must differ.
    """
    ordered = sorted(points)
    n = len(ordered)
    if n < TREND_FROM:
        return None
    mean_x = math.fsum(x for x, _ in ordered) / n
    mean_y = math.fsum(y for _, y in ordered) / n
    sxx = math.fsum((x - mean_x) ** 2 for x, _ in ordered)
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in ordered) / sxx
    intercept = mean_y - slope * mean_x
    error = math.fsum((y - intercept - slope * x) ** 2 for x, y in ordered)
    half = t_quantile(n - 2) * math.sqrt(error / (n - 2) / sxx)
    first, last = (intercept + slope * ordered[at][0] for at in (0, -1))
    largest = max(abs(y) for _, y in ordered)
    if abs(last - first) <= 1e-9 * largest:  # a flat line, but for the last bits of the arithmetic
        slope, half, last = 0.0, abs(half), first
    change = (last - first) / first if first > 1e-9 * largest else None
    return Trend(n, slope, slope - half, slope + half, change, _direction(slope, half, better))


def _direction(slope: float, half: float, better: Better) -> Direction:
    if slope - half <= 0 <= slope + half:
        return Direction.STABLE
    return Direction.IMPROVING if (slope < 0) is (better is Better.LOWER) else Direction.DEGRADING


@cache
def t_quantile(df: int) -> float:
    """The 0.975 quantile of Student's t with ``df`` ≥ 1 degrees of freedom, to about twelve digits.

    The central probability A(t|df) has a closed form for whole degrees of freedom (Abramowitz and Stegun,
    *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4); it grows with t, so halving finds A = 0.95.
    """
    low, high = 0.0, 16.0
    for _ in range(60):
        middle = (low + high) / 2
        if _central(middle, df) < 0.95:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _central(t: float, df: int) -> float:
    """P(−t ≤ T ≤ t)."""
    theta = math.atan(t / math.sqrt(df))
    cosine = math.cos(theta)
    odd = df % 2
    term = cosine if odd else 1.0
    total = term if df > 1 else 0.0
    for k in range(2 + odd, df - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    if odd:
        return 2 / math.pi * (theta + math.sin(theta) * total)
    return math.sin(theta) * total
