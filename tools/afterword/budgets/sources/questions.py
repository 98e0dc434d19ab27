"""Questions: what to ask about one objective, so that its answers measure it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from afterword.budgets import promql
from afterword.budgets.objective import Method, Objective, Ratio
from afterword.budgets.snapshot import STEP
from afterword.budgets.sources.capture import Grid, own_seconds
from afterword.budgets.sources.replies import INSTANT, RANGE, Question

QUANTILE = 0.95
HOUR = 3600
FIRSTS = "uncounted_total"
"""The role of what was never counted among all events: asked only where bad events were missed, since without these
it could but raise the budget.
"""
WIDE = 2
"""Steps over which seldom scraped counters are measured: two samples lie in them up to one scrape in 5 minutes."""
_POINTS = 10_080
"""Points of one range: 35 days of steps. Servers refuse more than 11,000."""


@dataclass(frozen=True)
class Plan:
    """All questions about one objective. ``part``: by which role its bad events are told, ``bad`` or ``good``.

    ``wide``: the steps of counters once more, each over ``WIDE`` steps, for those that are seldom scraped.
    """

    objective: Objective
    part: str
    own: int
    instants: Mapping[tuple[str, int], Question]
    ranges: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    wide: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    threshold: float | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of every objective."""
        first = (asked for (role, _), asked in self.instants.items() if role != FIRSTS)
        return (*first, *(item for items in self.ranges.values() for item in items))


def plan(objective: Objective, grid: Grid, at: datetime) -> Plan:
    """What to ask. Raises ``AfterwordError`` for queries that cannot be built."""
    indicator, moment = objective.indicator, int(at.timestamp())
    by_good = isinstance(indicator, Ratio) and indicator.good is not None and objective.method is Method.OCCURRENCES
    part = "good" if by_good else "bad"
    server = objective.source.name if objective.source else ""
    build = {"total": promql.total, "good": promql.good, "bad": promql.bad}
    own = own_seconds(objective, at)
    instants = {}
    for seconds in dict.fromkeys((*grid.windows, *([own] if own else []))):
        for role in ("total", part):
            instants[role, seconds] = Question(build[role](objective, seconds), INSTANT, moment, moment, 0, server)
    for role in ("total", "bad") if own else ():
        query = promql.uncounted(objective, own, role)
        if query:
            instants[f"uncounted_{role}", own] = Question(query, INSTANT, moment, moment, 0, server)
    ranges, wide, latency = {}, {}, promql.latency(objective)
    if grid.steps:
        last = grid.first + (grid.steps - 1) * STEP
        for role in ("total", part):
            ranges[role] = _chunks(build[role](objective, STEP), grid.first, last, STEP, server)
            if isinstance(indicator, Ratio) and indicator.counter and objective.method is Method.OCCURRENCES:
                wide[role] = _chunks(build[role](objective, WIDE * STEP), grid.first, last, STEP, server)
        hours = grid.steps * STEP // HOUR
        if latency and hours:
            query = latency.query(QUANTILE, HOUR)
            ranges["latency"] = _chunks(query, last - (hours - 1) * HOUR, last, HOUR, server)
    return Plan(objective, part, own, instants, ranges, wide, latency.threshold if latency else None)


def _chunks(query: str, first: int, last: int, step: int, server: str) -> tuple[Question, ...]:
    """A range in pieces that servers answer."""
    length = _POINTS * step
    return tuple(
        Question(query, RANGE, start, min(start + length - step, last), step, server)
        for start in range(first, last + 1, length)
    )
