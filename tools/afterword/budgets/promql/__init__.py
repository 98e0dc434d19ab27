"""PromQL of objectives: the queries that count events over a window, and what may be asked beside them.

All results are instants without labels. Windows of sub-queries are a second short of the window: their points lie
at multiples of the step, servers before Prometheus 3 count both ends, and a point belongs to one window only.
"""

from __future__ import annotations

from dataclasses import dataclass

import promql_parser as pql

from afterword.budgets.objective import Method, Objective, Op, Ratio, Raw
from afterword.budgets.promql.terms import (
    Linear,
    Matcher,
    Selector,
    Term,
    children,
    linear,
    number,
    per_second,
    selector,
    series,
)
from afterword.budgets.promql.text import Fault, filled, has_window, parse, quoted
from afterword.errors import AfterwordError

__all__ = [
    "SAMPLE", "Fault", "LatencyQuery", "Linear", "Matcher", "Selector", "Term", "bad", "bounds_query", "check",
    "fault", "filled", "good", "has_window", "latency", "linear", "quoted", "selector", "total", "uncountable",
    "uncounted",
]  # fmt: skip

SAMPLE = 60
"""Seconds between two samples of what is no counter."""

_NUMBERS = frozenset({"sum", "count", "avg", "min", "max"})
"""Aggregations that leave one series."""
_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">="}


def check(query: str) -> Fault | None:
    """What is wrong with a query, and where in it; ``None`` when it can be sent."""
    found = parse(query)
    return found if isinstance(found, Fault) else None


def fault(query: str) -> str | None:
    """What is wrong with a query, in words that follow its name; ``None`` when it can be sent."""
    found = check(query)
    return found.message if found else None


def uncountable(query: str) -> str | None:
    """Why the increase of a query over a window cannot be told, when it is meant to name counters."""
    if has_window(query) or fault(query) or linear(query):
        return None
    return "is neither a counter nor a sum of counters, so nobody can tell its increase over a window"


def total(objective: Objective, seconds: int) -> str:
    """The query for all events of the ``seconds`` before an instant. Raises ``AfterwordError``."""
    indicator = objective.indicator
    if isinstance(indicator, Ratio) and objective.method is Method.OCCURRENCES:
        return _events(indicator.total, seconds, counter=indicator.counter)
    if _is_whole(objective):
        return f"sum({_share(objective, seconds)} * 0 + {_samples(seconds)})"
    step = _step(objective)
    return f"sum(count_over_time(({_slice(objective)})[{seconds - 1}s:{step}s]))"


def bad(objective: Objective, seconds: int) -> str:
    """The query for the bad events of the ``seconds`` before an instant; nothing bad may be no answer at all.

    Raises ``AfterwordError``.
    """
    indicator = objective.indicator
    if isinstance(indicator, Ratio) and objective.method is Method.OCCURRENCES:
        return _bad_events(indicator, seconds)
    if _is_whole(objective):
        return f"sum({_share(objective, seconds)} * {_samples(seconds)})"
    step = _step(objective)
    return f"sum(sum_over_time(({_slice(objective)})[{seconds - 1}s:{step}s]))"


def good(objective: Objective, seconds: int) -> str:
    """The query for the good events of the ``seconds`` before an instant. Raises ``AfterwordError``."""
    indicator = objective.indicator
    if isinstance(indicator, Ratio) and indicator.good is not None and objective.method is Method.OCCURRENCES:
        return _events(indicator.good, seconds, counter=indicator.counter)
    return _less(total(objective, seconds), bad(objective, seconds))


def _bad_events(ratio: Ratio, seconds: int) -> str:
    if ratio.bad is not None:
        return _events(ratio.bad, seconds, counter=ratio.counter)
    if ratio.good is None:
        raise AfterwordError("a ratio has neither good nor bad events", "Give one of them beside total.")
    everything = _events(ratio.total, seconds, counter=ratio.counter)
    # extrapolation may count a hair more good events than there are
    return f"clamp_min({_less(everything, _events(ratio.good, seconds, counter=ratio.counter))}, 0)"


def _less(whole: str, part: str) -> str:
    return f"({whole}) - (({part}) or vector(0))"


def _events(query: str, seconds: int, *, counter: bool) -> str:
    """Events of one query over a window."""
    if has_window(query):
        text = filled(query, seconds)
        text = text if _is_sum(query) else f"sum({text})"
        return f"({text}) * {seconds}" if per_second(query) else text
    if not counter:
        text = filled(query, seconds)
        return f"sum_over_time({text if _is_sum(query) else f'sum({text})'}[{seconds - 1}s:{SAMPLE}s])"
    terms = linear(query)
    if terms is None:
        raise AfterwordError(
            f"the query “{query}” {fault(query) or uncountable(query)}",
            "Write the increase yourself, with [{{.window}}] for the window.",
        )
    return _added(terms.terms, f"sum(increase({{}}[{seconds}s]))")


def _added(terms: tuple[Term, ...], form: str) -> str:
    """The sum of terms; where there are several, those without series count as none."""
    parts = [form.replace("{}", str(term.selector)) for term in terms]
    if len(parts) == 1 and terms[0].factor == 1:
        return parts[0]
    if len(parts) == 1:
        return f"{parts[0]} * {terms[0].factor:g}"
    written = [f"({part} or vector(0))" for part in parts]
    signs = [" + " if term.factor > 0 else " - " for term in terms]
    scaled = [
        part if abs(term.factor) == 1 else f"{part} * {abs(term.factor):g}"
        for part, term in zip(written, terms, strict=True)
    ]
    first = scaled[0] if terms[0].factor > 0 else f"-{scaled[0]}"
    return first + "".join(sign + part for sign, part in zip(signs[1:], scaled[1:], strict=True))


def _is_sum(query: str) -> bool:
    """Whether a query gives one number without labels as it stands: to sum that once more costs each sample."""
    found = parse(query)
    return isinstance(found, pql.AggregateExpr) and str(found.op) in _NUMBERS and found.modifier is None


def _step(objective: Objective) -> int:
    """Seconds from one judgement to the next."""
    return SAMPLE if objective.method is Method.OCCURRENCES else objective.slice_seconds


def _is_whole(objective: Objective) -> bool:
    """Whether a ratio is asked for the whole window at once, because its query leaves the window open."""
    indicator = objective.indicator
    return isinstance(indicator, Raw) and objective.method is Method.OCCURRENCES and has_window(indicator.query)


def _samples(seconds: int) -> str:
    return f"{seconds / SAMPLE:g}"


def _slice(objective: Objective) -> str:
    """What one slice, or one sample, loses: from 0 to 1; no answer without data."""
    step = _step(objective)
    share = _share(objective, step)
    if objective.method is not Method.TIMESLICES or objective.slice_target is None:
        return share
    return f"({share}) > bool {float(1 - objective.slice_target)!r}"


def _share(objective: Objective, seconds: int) -> str:
    indicator = objective.indicator
    if isinstance(indicator, Ratio):
        events = _events(indicator.total, seconds, counter=indicator.counter)
        return f"(({_bad_events(indicator, seconds)}) or vector(0)) / (({events}) > 0)"
    if isinstance(indicator, Raw):
        value = _value(indicator.query, seconds)
        return f"(1 - {value})" if indicator.success else value
    return f"(1 - ({_value(indicator.query, seconds)} {_SIGNS[indicator.op]} bool {indicator.value!r}))"


def _value(query: str, seconds: int) -> str:
    """The value of a query over a slice: its own, or the mean of its samples. NaN is no value."""
    # over a minute few rates have the two samples that they need
    text = f"(({filled(query, max(seconds, 300) if seconds <= SAMPLE else seconds)}) >= -Inf)"
    if seconds <= SAMPLE or has_window(query):
        return text
    return f"avg_over_time({text}[{seconds - 1}s:{SAMPLE}s])"


def uncounted(objective: Objective, seconds: int, role: str) -> str | None:
    """The query for what series may have counted before their first scrape in a window.

    ``role``: ``bad``, ``good`` or ``total``. An increase begins at the first sample that it sees: the smallest value
    of each series that was not there when the window began. ``None`` where the question makes no sense: gauges,
    slices, and queries that do more than to add.
    """
    indicator = objective.indicator
    if not isinstance(indicator, Ratio) or not indicator.counter or objective.method is not Method.OCCURRENCES:
        return None
    terms = _terms(indicator, role)
    if not terms:
        return None
    return _added(terms, f"sum(min_over_time({{}}[{seconds}s]) unless {{}} offset {seconds}s)")


def _terms(ratio: Ratio, role: str) -> tuple[Term, ...] | None:
    query = {"bad": ratio.bad, "good": ratio.good, "total": ratio.total}[role]
    if query is not None:
        found = linear(query)
        return found.terms if found else None
    known = ratio.good if role == "bad" else ratio.bad
    whole, part = linear(ratio.total), linear(known) if known is not None else None
    if whole is None or part is None:
        return None
    return whole.terms + tuple(Term(-term.factor, term.selector) for term in part.terms)


@dataclass(frozen=True, slots=True)
class LatencyQuery:
    """The histogram behind an objective that counts fast events. ``threshold`` in the unit of its buckets."""

    threshold: float
    histogram: Selector
    native: bool = False

    def query(self, quantile: float, seconds: int) -> str:
        """The quantile of durations over a window: for display only, it is an interpolation."""
        by = "" if self.native else " by (le)"
        return f"histogram_quantile({quantile:g}, sum{by} (rate({self.histogram}[{seconds}s])))"


def latency(objective: Objective) -> LatencyQuery | None:
    """The histogram of an objective, by the bucket or the fraction that its queries name; ``None`` without one."""
    indicator = objective.indicator
    if not isinstance(indicator, Ratio):
        return None
    for query in (indicator.good, indicator.bad):
        if query is None:
            continue
        found = _bucket(query) or _fraction(query)
        if found:
            return found
    return None


def _bucket(query: str) -> LatencyQuery | None:
    for found, _ in series(query):
        bound = found.of("le")
        threshold = _finite(bound) if bound is not None else None
        if threshold is not None:
            return LatencyQuery(threshold, found.without("le"))
    return None


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value - value == 0 else None


def _fraction(query: str) -> LatencyQuery | None:
    found = parse(query)
    rest = [] if isinstance(found, Fault) else [found]
    while rest:
        node = rest.pop(0)
        if isinstance(node, pql.Call) and node.func.name == "histogram_fraction":
            threshold = number(node.args[1])
            if threshold is not None:
                # the selectors of the whole query hold those of the fraction
                return next((LatencyQuery(threshold, item, native=True) for item, _ in series(query)), None)
        rest += children(node)
    return None


def bounds_query(objective: Objective, seconds: int) -> str | None:
    """The query for the bounds of an objective's buckets, one series for each ``le``; ``None`` without buckets.

    A threshold that is no bound counts nothing, silently. The whole window is looked at: a service that is down at
    its end has no series then, and what it counted before would all be taken for bad.
    """
    found = latency(objective)
    if found is None or found.native:
        return None
    return f"count by (le) (count_over_time({found.histogram}[{seconds}s]))"
