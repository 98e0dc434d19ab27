"""Snapshot: what telemetry said about the objectives at one instant. What follows needs no server and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from afterword.budgets.objective import Objective

FORMAT = 1
STEP = 300
"""Seconds of one step of the grid. Steps end at multiples of it since 1970, so that snapshots fit together."""


@dataclass(frozen=True, slots=True)
class Count:
    """Events in a window, in the objective's unit; fractions arise from extrapolation.

    ``uncounted_bad`` and ``uncounted_total`` are what series may have counted before their first scrape: shown
    beside the figure and never added to it.
    """

    bad: float
    total: float
    uncounted_bad: float = 0.0
    uncounted_total: float = 0.0


@dataclass(frozen=True, slots=True)
class Latency:
    """A quantile of durations, in seconds, for display only.

    One value for each ``step`` seconds, the last one ending with the grid. ``threshold``: the bound that the
    objective itself counts by.
    """

    quantile: float
    threshold: float
    step: int
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Measurement:
    """One objective, measured. ``bad[i]`` and ``total[i]`` cover step ``i`` of the snapshot's grid.

    ``total[i] is None``: no sample. ``bad[i]`` is then ``None`` too; a bad series that is absent while there are
    events is 0. Slices count in the step that they end in, and those longer than a step in all that they cover.
    ``windows``: events of windows that end exactly at the snapshot's ``at``, by their length in seconds; ``own`` is
    the objective's own window (calendar ones as far as they have passed), ``None`` for no data.
    ``queries``: those that give the figures, verbatim, by role.
    ``error``: why it could not be measured; the rest is empty then.
    """

    objective: Objective
    bad: tuple[float | None, ...] = ()
    total: tuple[float | None, ...] = ()
    own: Count | None = None
    windows: Mapping[int, Count] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)
    latency: Latency | None = None
    warnings: tuple[str, ...] = ()
    partial: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a snapshot was taken: ``kind`` is live, tsdb, openmetrics or answers; ``url`` holds no credentials."""

    kind: str
    flavour: str = "prometheus"
    version: str | None = None
    retention_seconds: int | None = None
    url: str | None = None


@dataclass(frozen=True)
class Snapshot:
    """All objectives at one instant. ``start`` is where the first step begins; all times are aware and in UTC.

    ``specs``: the digest of the files in ``budgets/slos`` when all of them could be read and were measured. While it
    is theirs, the objectives in here are those of the library.
    """

    captured_at: datetime
    at: datetime
    start: datetime
    steps: int
    source: Source
    measurements: tuple[Measurement, ...]
    warnings: tuple[str, ...] = ()
    specs: str | None = None

    @property
    def end(self) -> datetime:
        """Where the grid ends: the last multiple of ``STEP`` at or before ``at``."""
        return self.start + timedelta(seconds=self.steps * STEP)

    def of(self, objective: str) -> Measurement | None:
        """The measurement of an objective, by its id."""
        return next((item for item in self.measurements if item.objective.id == objective), None)

    def instant(self, index: int) -> datetime:
        """Where step ``index`` ends."""
        return self.start + timedelta(seconds=(index + 1) * STEP)
