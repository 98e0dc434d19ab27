"""Judging: from what was measured to what is left of a budget, exactly.

With B = 1 − target, the remainder is R = 1 − bad / (B · total): a fraction, unclamped, computed without rounding,
because a state begins at exactly 80 %, 50 %, 20 % and 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from math import isfinite

from afterword.budgets import burn
from afterword.budgets.budget import Budget, Burn, State, Thresholds
from afterword.budgets.corrections import NONE, Corrections, Interval
from afterword.budgets.objective import LowTraffic, Objective, Silence
from afterword.budgets.snapshot import STEP, Count, Measurement, Snapshot
from afterword.budgets.window import Span

PARTIAL = "PARTIAL"
"""The server said that its answer is not all."""
LOW_TRAFFIC = "LOW-TRAFFIC"
"""So few events that the ratio says little."""
UNCOUNTED = "UNCOUNTED"
"""Series may have counted before their first scrape, and that could matter."""
RETENTION = "RETENTION"
"""The server keeps less than the window."""
NO_DATA = "NO-DATA"
"""Nothing was counted, and the objective says what that means."""
UNCORRECTED = "UNCORRECTED"
"""Maintenance lies in the window where the snapshot holds no steps, so that it could not be taken out."""

_WORDS = {
    Silence.GOOD: (State.NORMAL, "no data, which this objective counts as good"),
    Silence.BAD: (State.EXHAUSTED, "no data, which this objective counts as down"),
    Silence.UNCHECKED: (State.UNCHECKED, "no data in the window"),
}
_NOISE = 100
"""A hundredth: by so much the steps may differ from the window's own total, because both are extrapolated."""


@dataclass(frozen=True, slots=True)
class Exact:
    """Events without rounding."""

    bad: Fraction
    total: Fraction

    def remaining(self, budget: Fraction) -> Fraction | None:
        """R = 1 − bad / (B · total); ``None`` for a budget of zero of which something was lost, or without events."""
        if not budget or not self.total:
            return None if self.bad or not self.total else Fraction(1)
        return 1 - self.bad / (budget * self.total)


def all(snapshot: Snapshot, thresholds: Thresholds, corrections: Corrections = NONE) -> tuple[Budget, ...]:  # noqa: A001  # read as judging.all
    """The budget of each objective of a snapshot, in its order."""
    return tuple(
        judge(item, snapshot.at, snapshot=snapshot, thresholds=thresholds, corrections=corrections)
        for item in snapshot.measurements
    )


def judge(
    measurement: Measurement,
    at: datetime,
    *,
    snapshot: Snapshot,
    thresholds: Thresholds,
    corrections: Corrections = NONE,
) -> Budget:
    """One objective's budget. ``at`` is the instant at which the snapshot's windows end."""
    objective = measurement.objective
    span = objective.window.span(at)
    budget = Budget(
        objective, span, State.UNCHECKED, None, raw=measurement.own, marks=_marks(measurement, span, snapshot)
    )
    if measurement.error is not None:
        return replace(budget, reason=measurement.error)
    budget = replace(budget, coverage=_coverage(snapshot, measurement, span))
    if measurement.own is None or not measurement.own.total > 0:
        return _silent(budget)
    if not all_finite(measurement.own):
        return replace(budget, reason="the counts of the window are not finite numbers")
    taken = Taken.of(snapshot, measurement, corrections)
    exact = taken.without(measurement.own, span.start, span.at)
    if not exact.total:
        return replace(_silent(budget), count=Count(0.0, 0.0), reason="nothing is left beside the maintenance")
    if taken.misses(span.start, span.at):
        budget = replace(budget, marks=(*budget.marks, UNCORRECTED))
    counted = _counted(budget, exact, measurement.own)
    burns = tuple(_burn(taken, measurement, seconds, span.at) for seconds in burn.WINDOWS)
    return _stated(replace(counted, burns=burns), thresholds)


def all_finite(count: Count) -> bool:
    """Whether all of a count's numbers are numbers."""
    return isfinite(count.bad + count.total + count.uncounted_bad + count.uncounted_total)


def state_of(remaining: Fraction | None, infinite: bool, thresholds: Thresholds) -> State:
    """The state of a remainder: each begins where the one above it ends, and 80 % itself is CAUTION."""
    if infinite:
        return State.EXHAUSTED
    if remaining is None:
        return State.UNCHECKED
    if remaining > thresholds.caution:
        return State.NORMAL
    if remaining > thresholds.warning:
        return State.CAUTION
    if remaining >= thresholds.freeze:
        return State.WARNING
    return State.FREEZE if remaining >= 0 else State.EXHAUSTED


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out of an objective's counts: maintenance, cut to the steps of a snapshot's grid."""

    snapshot: Snapshot
    measurement: Measurement
    corrections: Corrections

    @classmethod
    def of(cls, snapshot: Snapshot, measurement: Measurement, corrections: Corrections) -> Taken:
        """What the corrections take from a measurement."""
        return cls(snapshot, measurement, corrections)

    def _intervals(self, start: datetime, end: datetime) -> tuple[Interval, ...]:
        return self.corrections.intervals(self.measurement.objective, start, end)

    def misses(self, start: datetime, end: datetime) -> bool:
        """Whether maintenance in a window lies where there are no steps; the last one may still be running."""
        first, last = self.snapshot.start, self.snapshot.end + timedelta(seconds=STEP)
        known = bool(self.measurement.total)
        return any(not known or begins < first or ends > last for begins, ends in self._intervals(start, end))

    def without(self, count: Count, start: datetime, end: datetime) -> Exact:
        """A window's events less those of the steps under maintenance; steps that it cuts give their part.

        The steps are extrapolated one by one and the window as a whole. What is left of the bad events when all
        that the steps know of lie in the maintenance is that difference, and not an event: up to a hundredth of
        them is nothing, or a budget of zero would be exhausted by rounding.
        """
        bad, total = max(Fraction(count.bad), Fraction(0)), Fraction(count.total)
        intervals = self._intervals(start, end)
        if not intervals:
            return Exact(bad, total)
        taken = self._sum(intervals)
        left = Exact(max(bad - taken.bad, Fraction(0)), max(total - taken.total, Fraction(0)))
        if left.bad * _NOISE <= bad and self._sum([(start, end)]).bad == taken.bad:
            left = Exact(Fraction(0), left.total)
        if left.total * _NOISE <= total and self._sum([(start, end)]).total == taken.total:
            return Exact(Fraction(0), Fraction(0))
        return Exact(min(left.bad, left.total), left.total)

    def _sum(self, intervals: tuple[Interval, ...] | list[Interval]) -> Exact:
        bad = total = Fraction(0)
        for index, share in shares(self.snapshot, intervals):
            events = self.measurement.total[index] if index < len(self.measurement.total) else None
            if events is not None:
                total += Fraction(events) * share
                bad += Fraction(self.measurement.bad[index] or 0) * share
        return Exact(bad, total)


def shares(snapshot: Snapshot, intervals: tuple[Interval, ...] | list[Interval]) -> list[tuple[int, Fraction]]:
    """The steps of a snapshot that disjoint intervals touch, by number, and how much of each they cover (0 to 1)."""
    found: dict[int, Fraction] = {}
    for start, end in intervals:
        first, last = (_seconds(edge - snapshot.start) for edge in (start, end))
        for index in range(max(int(first // STEP), 0), min(int(-(-last // STEP)), snapshot.steps)):
            covered = min(last, Fraction((index + 1) * STEP)) - max(first, Fraction(index * STEP))
            if covered > 0:
                found[index] = found.get(index, Fraction(0)) + covered / STEP
    return sorted(found.items())


def _seconds(value: timedelta) -> Fraction:
    return Fraction(value // timedelta(microseconds=1), 1_000_000)


def _marks(measurement: Measurement, span: Span, snapshot: Snapshot) -> tuple[str, ...]:
    kept = snapshot.source.retention_seconds
    short = kept is not None and kept < span.seconds
    marks = ((PARTIAL, measurement.partial), (RETENTION, short))
    return tuple(mark for mark, holds in marks if holds)


def _coverage(snapshot: Snapshot, measurement: Measurement, span: Span) -> float | None:
    """The share of the window's steps that have data; steps before the grid count as without."""
    wanted = int(span.seconds // STEP)
    if not snapshot.steps or not wanted:
        return None
    last = snapshot.steps
    first = max(last - wanted, 0)
    return sum(value is not None for value in measurement.total[first:last]) / wanted


def _silent(budget: Budget) -> Budget:
    """Without data: what the objective says that silence means."""
    means = budget.objective.no_data
    state, reason = _WORDS[means]
    left = Fraction(1) if means is Silence.GOOD else None
    return replace(budget, state=state, remaining=left, reason=reason, marks=(*budget.marks, NO_DATA))


def _counted(budget: Budget, exact: Exact, own: Count) -> Budget:
    """With everything that follows from the counts alone."""
    share = budget.objective.budget
    remaining = exact.remaining(share)
    unseen = Exact(exact.bad + Fraction(own.uncounted_bad), exact.total + Fraction(own.uncounted_total))
    left = None if remaining is None else remaining * share
    return replace(
        budget,
        remaining=remaining,
        infinite=not share and exact.bad > 0,
        count=Count(float(exact.bad), float(exact.total), own.uncounted_bad, own.uncounted_total),
        raw_remaining=Exact(Fraction(own.bad), Fraction(own.total)).remaining(share),
        corrected_remaining=unseen.remaining(share),
        events_left=None if left is None else float(left * exact.total),
        seconds_left=None if left is None else float(left * Fraction(budget.span.seconds)),
    )


def _stated(budget: Budget, thresholds: Thresholds) -> Budget:
    """With its state, and the marks that stand on it."""
    objective, count = budget.objective, budget.count
    state = state_of(budget.remaining, budget.infinite, thresholds)
    marks, reason = list(budget.marks), budget.reason
    if count is not None:
        lost = budget.corrected_remaining is None
        worst = state_of(budget.corrected_remaining, lost, thresholds)
        if worst is not state or count.uncounted_bad * 100 > count.bad:
            marks.append(UNCOUNTED)
        few = too_few(objective, count)
        if few is not None:
            marks.append(LOW_TRAFFIC)
            state, reason = _with_few(objective, budget, state, few)
    return replace(budget, state=state, marks=tuple(marks), reason=reason)


def too_few(objective: Objective, count: Count) -> str | None:
    """Why the traffic is low, or ``None``: under the objective's minimum, or not one bad event would be allowed."""
    allowed = objective.budget * Fraction(count.total)
    if count.total < objective.minimum_events:
        return f"{count.total:.0f} {objective.unit} in the window, fewer than the minimum of {objective.minimum_events}"
    if 0 < allowed < 1:
        return f"{count.total:.0f} {objective.unit} in the window, so that not one bad one would be allowed"
    return None


def _with_few(objective: Objective, budget: Budget, state: State, few: str) -> tuple[State, str | None]:
    """What low traffic makes of a state. A loss against a budget of zero is a loss however little goes on."""
    if objective.low_traffic is LowTraffic.JUDGE or budget.infinite:
        return state, budget.reason
    if objective.low_traffic is LowTraffic.PASS:
        return State.NORMAL, f"low traffic, which this objective lets pass: {few}"
    return State.UNCHECKED, f"low traffic: {few}"


def _burn(taken: Taken, measurement: Measurement, seconds: int, at: datetime) -> Burn:
    """The pace over a short window, without the maintenance in it."""
    count = measurement.windows.get(seconds)
    if count is not None and all_finite(count) and count.total > 0:
        exact = taken.without(count, at - timedelta(seconds=seconds), at)
        counted: Count | None = Count(float(exact.bad), float(exact.total))
    else:
        counted = None
    return burn.burn(counted, measurement.objective.budget, seconds)
