"""Evaluation: the part of PromQL that objectives are written in, for many instants at once and without a server.

Selectors, sums and counts, increases and rates, ``…_over_time`` of ranges and sub-queries, arithmetic, comparisons,
``or``, ``and``, ``unless`` and quantiles of histograms. Whatever goes beyond raises ``UnansweredError``, so that a
real Prometheus is asked: an answer is the same as the server's, or there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import promql_parser as pql
from promql_parser import Expr

from afterword.budgets.offline import series as samples
from afterword.budgets.offline.joining import (
    NAME,
    Answer,
    Labels,
    Row,
    Rows,
    constant,
    distinct,
    joined,
    mapped,
    unnamed,
)
from afterword.budgets.offline.quantile import quantile
from afterword.budgets.offline.series import Series, Times, Vector
from afterword.budgets.offline.unanswered import UnansweredError
from afterword.budgets.promql.terms import children

MOST_POINTS = 4_000_000
"""More points of one sub-query are left to the server."""


_OVER_TIME = {
    "sum_over_time": samples.sum_over,
    "count_over_time": samples.count_over,
    "avg_over_time": samples.mean_over,
    "min_over_time": samples.least_over,
    "max_over_time": samples.most_over,
    "increase": samples.increase,
}


@dataclass(slots=True)
class Evaluator:
    """Answers queries about the series that ``select`` finds by the matchers of a selector (the name among them)."""

    select: Callable[[tuple[pql.Matcher, ...]], list[Series]]
    _inner: dict[tuple[str, int], tuple[int, int, list[Series]]] = field(default_factory=dict)

    def ask(self, query: str, instants: Times) -> Rows:
        """The answer at each instant (ms, ascending). Raises ``UnansweredError``, and ``ValueError`` for no PromQL."""
        with np.errstate(all="ignore"):
            answer = self._answer(pql.parse(query), instants)
        return [Row(frozenset(), constant(answer, len(instants)))] if isinstance(answer, float) else answer

    def _answer(self, node: Expr, at: Times) -> Answer:
        if isinstance(node, pql.ParenExpr):
            return self._answer(node.expr, at)
        if isinstance(node, pql.NumberLiteral):
            return float(node.val)
        if isinstance(node, pql.UnaryExpr):
            inner = self._answer(node.expr, at)
            return -inner if isinstance(inner, float) else mapped(inner, lambda values: -values)
        if isinstance(node, pql.VectorSelector):
            return self._selected(node, at)
        if isinstance(node, pql.Call):
            return self._called(node, at)
        if isinstance(node, pql.AggregateExpr):
            return _aggregated(node, self._rows(node.expr, at), len(at))
        if isinstance(node, pql.BinaryExpr):
            return joined(node, self._answer(node.lhs, at), self._answer(node.rhs, at))
        raise UnansweredError(type(node).__name__)

    def _rows(self, node: Expr, at: Times) -> Rows:
        answer = self._answer(node, at)
        if isinstance(answer, float):
            raise UnansweredError("a number where series are wanted")
        return answer

    def _found(self, node: pql.VectorSelector) -> list[Series]:
        if node.at is not None or node.matchers.or_matchers:
            raise UnansweredError("a selector with “@” or “or”")
        matchers = tuple(node.matchers.matchers)
        if node.name:
            matchers = (pql.Matcher(pql.MatchOp.Equal, NAME, node.name), *matchers)
        return self.select(matchers)

    def _selected(self, node: pql.VectorSelector, at: Times) -> Rows:
        instants = at - _milliseconds(node.offset)
        found = [Row(_labels(one), samples.lookup(one, instants)) for one in self._found(node)]
        return [row for row in found if row.vector.present.any()]

    def _called(self, node: pql.Call, at: Times) -> Answer:
        name, arguments = node.func.name, node.args
        if name in _OVER_TIME or name == "rate":
            return self._over_time(name, arguments[0], at)
        if name == "vector":
            value = self._answer(arguments[0], at)
            if isinstance(value, float):
                return [Row(frozenset(), constant(value, len(at)))]
        if name in ("clamp_min", "clamp_max"):
            bound = self._answer(arguments[1], at)
            if isinstance(bound, float):
                clamp = np.maximum if name == "clamp_min" else np.minimum
                return mapped(self._rows(arguments[0], at), lambda values: clamp(values, bound))
        if name == "histogram_quantile":
            share = self._answer(arguments[0], at)
            if isinstance(share, float) and 0 <= share <= 1:
                return _quantiles(share, self._rows(arguments[1], at), len(at))
        raise UnansweredError(f"the function {name}")

    def _over_time(self, name: str, node: Expr, at: Times) -> Rows:
        if isinstance(node, pql.MatrixSelector):
            length, offset = _milliseconds(node.range), _milliseconds(node.vector_selector.offset)
            found = self._found(node.vector_selector)
        elif isinstance(node, pql.SubqueryExpr) and node.step and node.at is None and node.range:
            length, offset = _milliseconds(node.range), _milliseconds(node.offset)
            found = self._points(node, int(at[0]) - offset - length, int(at[-1]) - offset)
        else:
            raise UnansweredError("a range of this kind")
        ends = at - offset
        reduce = _OVER_TIME["increase" if name == "rate" else name]
        rows = [Row(unnamed(_labels(one)), reduce(one, ends - length, ends)) for one in found]
        rows = distinct([row for row in rows if row.vector.present.any()])
        return mapped(rows, lambda values: values / (length / 1000)) if name == "rate" else rows

    def _points(self, node: pql.SubqueryExpr, start: int, end: int) -> list[Series]:
        """The points of a sub-query, at the multiples of its step, as series; kept for the next window."""
        step = _milliseconds(node.step)
        key = (node.expr.prettify(), step)
        known = self._inner.get(key)
        if known and known[0] <= start and end <= known[1]:
            return known[2]
        points = np.arange(-(-start // step), end // step + 1, dtype=np.int64) * step
        if len(points) > MOST_POINTS:
            raise UnansweredError("a sub-query of so many points")
        rows = self._rows(node.expr, points) if len(points) else []
        found = [_series(row, points) for row in rows]
        self._inner[key] = (start, end, found)
        return found


def reach(query: str) -> int:
    """How many milliseconds a query looks back from an instant; 0 for what is no PromQL."""
    try:
        return _reach(pql.parse(query))
    except ValueError:
        return 0


def _reach(node: Expr) -> int:
    if isinstance(node, pql.VectorSelector):
        return max(samples.LOOKBACK + _milliseconds(node.offset), 0)
    more = max(map(_reach, children(node)), default=0)
    if isinstance(node, pql.MatrixSelector):
        return more + _milliseconds(node.range)
    if isinstance(node, pql.SubqueryExpr):
        return max(more + _milliseconds(node.range) + _milliseconds(node.offset), 0)
    return more


def _milliseconds(value: timedelta | None) -> int:
    return 0 if value is None else round(value / timedelta(milliseconds=1))


def _labels(one: Series) -> Labels:
    return frozenset(one.labels.items())


def _series(row: Row, points: Times) -> Series:
    present = row.vector.present
    return Series(dict(row.labels), points[present], row.vector.values[present], points[:0])


def _aggregated(node: pql.AggregateExpr, rows: Rows, size: int) -> Rows:
    operator = str(node.op)
    if operator not in ("sum", "count"):
        raise UnansweredError(f"the aggregation {operator}")
    groups: dict[Labels, list[Vector]] = {}
    for row in rows:
        vector = row.vector if operator == "sum" else Vector(np.ones(size), row.vector.present)
        groups.setdefault(_group(node, row.labels), []).append(vector)
    return [Row(labels, samples.total(vectors, size)) for labels, vectors in groups.items()]


def _group(node: pql.AggregateExpr, labels: Labels) -> Labels:
    if node.modifier is None:
        return frozenset()
    named = frozenset(node.modifier.labels)
    if str(node.modifier.type).endswith("By"):
        return frozenset(item for item in labels if item[0] in named)
    return frozenset(item for item in labels if item[0] not in named and item[0] != NAME)


def _quantiles(share: float, rows: Rows, size: int) -> Rows:
    groups: dict[Labels, dict[float, Vector]] = {}
    for row in rows:
        bound = dict(row.labels).get("le")
        try:
            upper = float(bound) if bound is not None else None
        except ValueError:
            upper = None
        if upper is not None:
            rest = frozenset(item for item in unnamed(row.labels) if item[0] != "le")
            buckets = groups.setdefault(rest, {})
            buckets[upper] = samples.total([row.vector, *([buckets[upper]] if upper in buckets else [])], size)
    return [Row(labels, _quantile(share, buckets, size)) for labels, buckets in groups.items()]


def _quantile(share: float, buckets: dict[float, Vector], size: int) -> Vector:
    present = np.logical_or.reduce([vector.present for vector in buckets.values()])
    bounds = sorted(buckets)
    if len(bounds) < 2 or bounds[-1] != np.inf:
        return Vector(np.full(size, np.nan), present)
    counts = np.array([np.where(buckets[bound].present, buckets[bound].values, 0.0) for bound in bounds])
    return Vector(quantile(share, np.array(bounds), counts), present)
