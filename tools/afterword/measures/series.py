"""Series: one value per month or quarter, without holes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from afterword.measures.base import Better, Scope
from afterword.measures.periods import Period, Step, period_of, run
from afterword.measures.trend import Trend, fit
from afterword.model import Postmortem

SHOWN = 12
"""Trends and charts look at the last twelve periods: what was long ago says little about now."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """The value of one period, ``None`` where there is nothing to count, and from how many it comes.

    ``partial``: the period had not ended by the clock.
    """

    period: Period
    value: float | None
    n: int
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The points of neighbouring periods, the oldest first."""

    step: Step
    points: tuple[SeriesPoint, ...] = ()

    @property
    def values(self) -> tuple[float | None, ...]:
        """The values alone."""
        return tuple(point.value for point in self.points)

    def last(self, count: int) -> Series:
        """The newest ``count`` periods."""
        return Series(self.step, self.points[-count:] if count > 0 else ())

    def trend(self, better: Better, *, whole: bool = False) -> Trend | None:
        """The line through the last twelve periods; ``whole`` leaves out one that has not ended (for counts)."""
        points = [point for point in self.points if not (whole and point.partial)][-SHOWN:]
        return fit(((at, point.value) for at, point in enumerate(points) if point.value is not None), better)


Taken = tuple[float | None, int]
"""A value and from how many it comes."""


def by_period(
    items: Iterable[Postmortem],
    scope: Scope,
    take: Callable[[Sequence[Postmortem]], Taken],
    step: Step = Step.QUARTER,
    span: Period | None = None,
) -> Series:
    """A value for each period, from the first item to the clock; ``span`` sets both ends instead."""
    groups: defaultdict[Period, list[Postmortem]] = defaultdict(list)
    for item in items:
        groups[period_of(scope.day(item), step)].append(item)
    known = [period.first for period in groups if period.first]
    first = span.first if span and span.first else min(known, default=None)
    if first is None:
        return Series(step)
    points = []
    for period in run(first, span.last if span else scope.today, step):
        value, n = take(groups.get(period, ()))
        points.append(SeriesPoint(period, value, n, period.last > scope.today))
    return Series(step, tuple(points))
