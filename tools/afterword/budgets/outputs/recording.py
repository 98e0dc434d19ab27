"""Recording: the rules by which a Prometheus keeps what alerts and dashboards ask of objectives.

Names follow Prometheus' convention, ``level:metric:operations``; the level is the objective, in the label ``slo``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from afterword.budgets import burn, promql
from afterword.budgets.objective import DAY, Method, Objective
from afterword.budgets.window import Rolling, Unit

HOUR = 3600
HISTORY = (7 * DAY, 30 * DAY)
"""Windows of the compliance that a dashboard draws."""
LATENCY = 300

BUDGET = "slo:error_budget:ratio"
REMAINING = "slo:error_budget_remaining:ratio"
WINDOW = "slo:window:seconds"
QUANTILE = "slo:latency_seconds:p95_rate5m"
THRESHOLD = "slo:latency_threshold_seconds:bound"

_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.QUARTER: 91, Unit.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording rule."""

    record: str
    expr: str
    labels: Mapping[str, str] = field(default_factory=dict)


def length(objective: Objective) -> int:
    """Seconds of an objective's window; a period of the calendar counts as long as it usually is."""
    window = objective.window
    return window.seconds if isinstance(window, Rolling) else _DAYS[window.unit] * window.count * DAY


def written(seconds: int) -> str:
    """A duration as PromQL writes it, in the largest unit that fits: ``5m``, ``2h``, ``30d``."""
    for unit, size in (("d", DAY), ("h", HOUR), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def effective(objective: Objective, seconds: int) -> int:
    """The window that is asked for: no shorter than one slice, since less holds none."""
    return seconds if objective.method is Method.OCCURRENCES else max(seconds, objective.slice_seconds)


def paces(objective: Objective) -> tuple[burn.Pace, ...]:
    """The paces that make sense for an objective: those over no more than its own window."""
    return tuple(pace for pace in burn.PACES if pace.seconds <= length(objective))


def share(seconds: int) -> str:
    """The name of the share of bad events over a window."""
    return f"slo:bad_events:ratio_increase{written(seconds)}"


def selected(objective: Objective, seconds: int) -> str:
    """The series of an objective's share of bad events over a window."""
    return f"{share(effective(objective, seconds))}{{slo={promql.quoted(objective.id)}}}"


def labels(objective: Objective) -> dict[str, str]:
    """What every series of an objective bears."""
    return {"slo": objective.id, "service": objective.service}


def short(objective: Objective) -> Iterator[Recording]:
    """The shares over the windows of the alerts, the shortest first. Raises ``AfterwordError`` for bad queries."""
    windows = {HOUR, 6 * HOUR}
    for pace in paces(objective):
        windows |= {pace.seconds, pace.confirmed_over}
    windows |= {alert.window for alert in objective.alerts if alert.query is None}
    for seconds in sorted({effective(objective, item) for item in windows} - _long(objective)):
        yield _share(objective, seconds)


def long(objective: Objective) -> Iterator[Recording]:
    """What is asked for more rarely, because it reads many days: the budget, and what a dashboard draws of it.

    Raises ``AfterwordError`` for bad queries.
    """
    own, known = length(objective), labels(objective)
    for seconds in sorted(_long(objective)):
        yield _share(objective, seconds)
    yield Recording(BUDGET, f"vector({number(float(objective.budget))})", known)
    yield Recording(WINDOW, f"vector({own})", known)
    used = selected(objective, own)
    if objective.budget:
        yield Recording(REMAINING, f"1 - {used} / {number(float(objective.budget))}", known)
    else:  # there is no part of nothing: 1 as long as nothing is bad, then -1, which counts as exhausted
        yield Recording(REMAINING, f"1 - 2 * ({used} > bool 0)", known)
    histogram = promql.latency(objective)
    if histogram:
        yield Recording(QUANTILE, histogram.query(0.95, LATENCY), known)
        yield Recording(THRESHOLD, f"vector({number(histogram.threshold)})", known)


def _long(objective: Objective) -> set[int]:
    return {effective(objective, item) for item in (*HISTORY, length(objective))}


def _share(objective: Objective, seconds: int) -> Recording:
    bad, total = promql.bad(objective, seconds), promql.total(objective, seconds)
    return Recording(share(seconds), f"(({bad}) or vector(0)) / (({total}) > 0)", labels(objective))


def number(value: float) -> str:
    """A number for PromQL, without digits that say nothing."""
    return f"{value:.12g}"
