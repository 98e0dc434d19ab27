"""Series: one value per month or quarter, without holes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Groups:
    """Postmortems by the period in which they started; each period once, in order, also the empty ones."""

    step: Step
    periods: tuple[tuple[Period, tuple[Postmortem, ...]], ...]
    today: date

    def series(self, take: Callable[[Period, Sequence[Postmortem]], tuple[float | None, int]]) -> Series:
        """A value for each period; ``take`` gives it, and from how many it comes."""
        points = ((period, take(period, items)) for period, items in self.periods)
        return Series(
            self.step,
            tuple(SeriesPoint(period, value, n, period.last > self.today) for period, (value, n) in points),
        )


def grouped(items: Iterable[Postmortem], scope: Scope, step: Step = Step.QUARTER, span: Period | None = None) -> Groups:
    """Postmortems by period, from the first to the clock; ``span`` sets both ends instead."""
    found: defaultdict[Period, list[Postmortem]] = defaultdict(list)
    for item in items:
        found[period_of(scope.day(item), step)].append(item)
    first = span.first if span and span.first else min((period.first for period in found if period.first), default=None)
    periods = run(first, span.last if span else scope.today, step) if first else ()
    return Groups(step, tuple((period, tuple(found.get(period, ()))) for period in periods), scope.today)
