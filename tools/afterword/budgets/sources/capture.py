"""Capture: what a telemetry source has to tell, and how a snapshot is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from afterword.budgets.objective import DAY, Objective
from afterword.budgets.snapshot import STEP, Measurement, Snapshot, Source
from afterword.budgets.snapshots.rounding import rounded
from afterword.budgets.sources.slices import spread
from afterword.budgets.window import Rolling

BURNS = (3600, 21_600, DAY, 3 * DAY)
"""Seconds of the windows by which paces are told."""
WINDOWS = (*BURNS, 7 * DAY, 30 * DAY)
"""Seconds of the windows that each snapshot measures, beside the objective's own."""
LEAST_DAYS = 35


@dataclass(frozen=True, slots=True)
class Grid:
    """The steps of a snapshot: ``steps`` times ``STEP`` seconds from ``start`` on (aware, a multiple of ``STEP``).

    Without steps only totals are wanted, as by a gate that asks a live server.
    """

    start: datetime
    steps: int

    @property
    def end(self) -> datetime:
        """Where the last step ends."""
        return self.start + timedelta(seconds=self.steps * STEP)

    @property
    def first(self) -> int:
        """Where the first step ends, in seconds since 1970; each following one ends ``STEP`` seconds later."""
        return int(self.start.timestamp()) + STEP

    @property
    def windows(self) -> tuple[int, ...]:
        """The windows to measure: those of paces alone where no steps are wanted."""
        return WINDOWS if self.steps else BURNS


class Telemetry(Protocol):
    """A source of telemetry. It measures everything as of ``at``: nothing later may count."""

    @property
    def source(self) -> Source:
        """Where the figures come from; known after ``measure``, in parts before."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What concerns all objectives, such as clocks that differ; known after ``measure``."""

    def measure(self, objectives: Sequence[Objective], grid: Grid, at: datetime) -> tuple[Measurement, ...]:
        """One measurement for each objective, in their order.

        What keeps one of them from being measured stands in its ``error``. Raises ``AfterwordError`` when that is true
        of the source as a whole.
        """


def whole(at: datetime) -> datetime:
    """An instant in UTC without fractions of a second, as snapshots count."""
    return at.astimezone(UTC).replace(microsecond=0)


def grid(at: datetime, days: float) -> Grid:
    """The steps of the ``days`` before ``at``; none for 0. The last one ends at or before ``at``."""
    end = int(at.timestamp()) // STEP * STEP
    steps = int(days * DAY) // STEP
    return Grid(datetime.fromtimestamp(end - steps * STEP, UTC), steps)


def days_for(objectives: Sequence[Objective], at: datetime) -> int:
    """Days that a snapshot should cover: the longest window of an objective and five days more, at least 35."""
    longest = max((_length(item, at) for item in objectives), default=0.0)
    return max(LEAST_DAYS, -(-int(longest) // DAY) + 5)


def _length(objective: Objective, at: datetime) -> float:
    if isinstance(objective.window, Rolling):
        return objective.window.seconds
    span = objective.window.span(at)
    return (span.ends - span.start).total_seconds()


def own_seconds(objective: Objective, at: datetime) -> int:
    """Seconds of an objective's own window at ``at``: of a calendar one, what has passed of it."""
    return int(objective.window.span(at).seconds)


def take(
    telemetry: Telemetry, objectives: Sequence[Objective], at: datetime, grid: Grid, captured_at: datetime
) -> Snapshot:
    """Measures objectives, sorted by their ids. Raises ``AfterwordError`` when the source as a whole fails."""
    ordered = sorted(objectives, key=lambda item: item.id)
    instant = whole(at)
    measured = (spread(item, grid.first) for item in telemetry.measure(ordered, grid, instant))
    return Snapshot(
        captured_at=whole(captured_at),
        at=instant,
        start=grid.start,
        steps=grid.steps,
        source=telemetry.source,
        measurements=tuple(map(_rounded, measured)),
        warnings=telemetry.warnings,
    )


def _rounded(item: Measurement) -> Measurement:
    bad, total = rounded(item.bad, item.total)
    latency = item.latency
    if latency is not None:
        values = tuple(None if value is None else float(f"{value:.4g}") for value in latency.values)
        latency = replace(latency, values=values)
    return replace(item, bad=bad, total=total, latency=latency)
