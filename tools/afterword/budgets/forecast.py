"""Forecast: when a budget will be spent, and when a spent one comes back.

The naive answer is R · window / burn, as if nothing ever left the window. The simulated one moves the window on, step
by step: events at the pace of the last three days come in, and what happened long ago falls out. Three days hold
every hour of the day, so that neither a quiet night nor a busy noon is taken for what lies ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import accumulate
from typing import TypeAlias

from afterword.budgets.budget import Budget, Thresholds
from afterword.budgets.burn import DAY, HOUR
from afterword.budgets.corrections import NONE, Corrections
from afterword.budgets.judging import Taken, shares
from afterword.budgets.snapshot import STEP, Measurement, Snapshot
from afterword.budgets.window import Rolling

NAIVE = (HOUR, 6 * HOUR, 3 * DAY)
"""The paces of the naive answers, in seconds."""
PACE = 3 * DAY
"""The pace with which the simulation goes on."""


class Never(Enum):
    """At this pace it does not happen."""

    NEVER = "never"


NEVER = Never.NEVER

Days: TypeAlias = float | Never | None
"""Days from the snapshot on (0: it has happened), never, or ``None``: nobody can tell."""
Day: TypeAlias = date | Never | None
"""A day in UTC, never, or ``None``: it does not apply, or nobody can tell."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a budget is spent.

    ``naive``: days until then at the pace of so many seconds. ``simulated``: the same with the window moved on at the
    pace of ``PACE``. ``back_on``: the day on which a spent budget is above nothing again; ``lifted_on``: on which one
    below the freeze is above that again.
    """

    naive: Mapping[int, Days]
    simulated: Days = None
    back_on: Day = None
    lifted_on: Day = None


def forecast(
    measurement: Measurement,
    budget: Budget,
    snapshot: Snapshot,
    *,
    thresholds: Thresholds | None = None,
    corrections: Corrections = NONE,
) -> Forecast:
    """The forecast of a budget that was judged from this measurement of this snapshot, with the same corrections."""
    naive = {seconds: _naive(budget, seconds) for seconds in NAIVE}
    if budget.count is None or (budget.remaining is None and not budget.infinite):
        return Forecast(naive)
    path = _path(measurement, budget, snapshot, corrections)
    spent = budget.infinite or (budget.remaining is not None and budget.remaining < 0)
    freeze = (thresholds or Thresholds()).freeze
    below = spent or (budget.remaining is not None and budget.remaining < freeze)
    if path is None:
        return Forecast(naive, simulated=0.0 if spent else None)
    return Forecast(
        naive,
        simulated=0.0 if spent else path.falls_below(),
        back_on=path.rises_to(0.0) if spent else None,
        lifted_on=path.rises_to(float(freeze)) if below else None,
    )


def _naive(budget: Budget, seconds: int) -> Days:
    """R · window / burn, in days."""
    if budget.infinite:
        return 0.0
    burn = next((item for item in budget.burns if item.seconds == seconds), None)
    if budget.remaining is None or burn is None:
        return None
    if budget.remaining < 0 or burn.infinite:
        return 0.0
    if burn.rate is None:
        return None
    return float(budget.remaining) * budget.span.seconds / burn.rate / DAY if burn.rate > 0 else NEVER


@dataclass(frozen=True, slots=True)
class _Path:
    """How bad and total of the window go on.

    ``bad[i]`` and ``total[i]`` are what is left after ``i`` steps of what is in it today; each step brings
    ``new_bad`` of ``new_total``. ``renewed``: at the end it starts anew, as the period of a calendar does.
    """

    at: datetime
    budget: float
    bad: list[float]
    total: list[float]
    new_bad: float
    new_total: float
    renewed: bool

    def remaining(self, step: int) -> float | None:
        """R after so many steps; ``None``: a budget of zero of which something is lost."""
        bad = self.bad[step] + self.new_bad * step
        total = self.total[step] + self.new_total * step
        if not self.budget or total <= 0:
            return None if bad > 0 else 1.0
        return 1 - bad / (self.budget * total)

    def falls_below(self) -> Days:
        """Days until the budget is spent. Beyond the whole window all is new, and nothing changes any more."""
        for step in range(1, len(self.bad)):
            left = self.remaining(step)
            if left is None or left < 0:
                return step * STEP / DAY
        return NEVER

    def rises_to(self, share: float) -> Day:
        """The day on which so much is left."""
        for step in range(1, len(self.bad)):
            left = self.remaining(step)
            if left is not None and left >= share:
                return self._day(step)
        return self._day(len(self.bad)) if self.renewed else NEVER

    def _day(self, step: int) -> date:
        return (self.at + timedelta(seconds=step * STEP)).date()


def _path(measurement: Measurement, budget: Budget, snapshot: Snapshot, corrections: Corrections) -> _Path | None:
    """``None`` without a recent pace, or without the steps that say when what happened falls out."""
    pace, count, span = measurement.windows.get(PACE), budget.count, budget.span
    if pace is None or count is None or not pace.total > 0:
        return None
    taken = Taken.of(snapshot, measurement, corrections)
    recent = taken.without(pace, span.at - timedelta(seconds=PACE), span.at)
    new_bad, new_total = (float(value) * STEP / PACE for value in (recent.bad, recent.total))
    target = float(budget.objective.budget)
    if not isinstance(budget.objective.window, Rolling):
        steps = int((span.ends - span.at).total_seconds() // STEP)
        flat = [count.bad] * (steps + 1), [count.total] * (steps + 1)
        return _Path(span.at, target, *flat, new_bad, new_total, renewed=True)
    steps = int(span.seconds // STEP)
    bad, total = _steps(measurement, snapshot, corrections, budget, steps)
    left_bad, left_total = _leaving(bad, count.bad), _leaving(total, count.total)
    if left_bad is None or left_total is None:
        return None
    return _Path(span.at, target, left_bad, left_total, new_bad, new_total, renewed=False)


def _steps(
    measurement: Measurement, snapshot: Snapshot, corrections: Corrections, budget: Budget, steps: int
) -> tuple[list[float], list[float]]:
    """Bad and total of the last steps of the grid, without maintenance; what the grid lacks is nothing."""
    first = snapshot.steps - steps
    bad, total = (
        [(values[index] or 0.0) if 0 <= index < len(values) else 0.0 for index in range(first, snapshot.steps)]
        for values in (measurement.bad, measurement.total)
    )
    for index, share in shares(snapshot, corrections.intervals(budget.objective, budget.span.start, budget.span.at)):
        if index >= first:
            bad[index - first] *= float(1 - share)
            total[index - first] *= float(1 - share)
    return bad, total


def _leaving(steps: list[float], now: float) -> list[float] | None:
    """What is left of ``now`` events after each step, as the oldest steps fall out; ``None`` when nobody can tell.

    The steps are scaled to the window's own total, from which they differ a little.
    """
    sums = [0.0, *accumulate(reversed(steps))][::-1]  # summed from the newest on, so that the last is exactly none
    if sums[0] <= 0:
        return sums if now <= 0 else None
    return [value * now / sums[0] for value in sums]
