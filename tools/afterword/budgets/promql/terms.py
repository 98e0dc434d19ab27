"""PromQL as sums: selectors, and queries that only add and subtract what selectors count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import promql_parser as pql
from promql_parser import Expr

from afterword.budgets.promql.text import STAND_IN, Fault, bound_pattern, parse, quoted

_OPERATORS = {"MatchOp.Equal": "=", "MatchOp.NotEqual": "!=", "MatchOp.Re": "=~", "MatchOp.NotRe": "!~"}


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition on a label. ``op``: ``=``, ``!=``, ``=~`` or ``!~`` (the whole value has to match)."""

    name: str
    op: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}{self.op}{quoted(self.value)}"


@dataclass(frozen=True, slots=True)
class Selector:
    """Series by their name and labels. ``name`` is ``None`` when it stands as ``__name__`` among the matchers."""

    name: str | None
    matchers: tuple[Matcher, ...] = ()

    def __str__(self) -> str:
        inside = ",".join(map(str, self.matchers))
        return f"{self.name or ''}{{{inside}}}" if inside or not self.name else self.name

    def of(self, label: str) -> str | None:
        """The value that a label has to equal, if one is asked for."""
        return next((item.value for item in self.matchers if item.name == label and item.op == "="), None)

    def without(self, label: str) -> Selector:
        """The same series whatever that label says."""
        return replace(self, matchers=tuple(item for item in self.matchers if item.name != label))

    def widened(self) -> Selector:
        """A bucket's bound in every way that it may be written."""
        return replace(self, matchers=tuple(map(_widened, self.matchers)))


def _widened(matcher: Matcher) -> Matcher:
    pattern = bound_pattern(matcher.value) if (matcher.name, matcher.op) == ("le", "=") else None
    return matcher if pattern is None else Matcher("le", "=~", pattern)


@dataclass(frozen=True, slots=True)
class Term:
    """``factor`` times the sum of the increases of all series of a selector."""

    factor: float
    selector: Selector


@dataclass(frozen=True, slots=True)
class Linear:
    """A query that adds terms. ``windowed``: it says so itself, with its placeholder; else it names counters."""

    terms: tuple[Term, ...]
    windowed: bool


def selector(query: str) -> Selector | None:
    """The selector that a query is, bounds widened; ``None`` when it is anything more."""
    found = parse(query)
    while isinstance(found, pql.ParenExpr):
        found = found.expr
    plain = _selector(found) if isinstance(found, pql.VectorSelector) else None
    return plain.widened() if plain else None


@lru_cache(maxsize=4096)
def linear(query: str) -> Linear | None:
    """The terms of a query, bounds widened; ``None`` when it does more than to add.

    Selectors, sums of them, and their sums, differences and multiples count; so do increases and rates over the
    placeholder. ``or vector(0)`` changes nothing. Matching labels is no adding, so both sides of a sign are sums.
    """
    found = parse(query)
    if isinstance(found, Fault):
        return None
    read = _linear(found)
    if read is None:
        return None
    terms, windowed, _ = read
    return Linear(tuple(Term(term.factor, term.selector.widened()) for term in terms), windowed)


_Read = tuple[tuple[Term, ...], bool, bool]
"""Terms, whether they bring their window, and whether they are a sum: one number without labels."""


def _linear(node: Expr) -> _Read | None:
    if isinstance(node, pql.ParenExpr):
        return _linear(node.expr)
    if isinstance(node, pql.VectorSelector):
        plain = _selector(node)
        return ((Term(1.0, plain),), False, False) if plain else None
    if isinstance(node, pql.Call):
        return _increase(node)
    if isinstance(node, pql.UnaryExpr):
        return _times(_linear(node.expr), -1.0)
    if isinstance(node, pql.AggregateExpr):
        inner = _linear(node.expr) if str(node.op) == "sum" else None
        return (inner[0], inner[1], node.modifier is None) if inner else None
    return _binary(node) if isinstance(node, pql.BinaryExpr) else None


def _increase(node: pql.Call) -> _Read | None:
    inner = node.args[0] if node.func.name in ("increase", "rate") and node.args else None
    if not isinstance(inner, pql.MatrixSelector) or inner.range.total_seconds() != STAND_IN:
        return None
    plain = _selector(inner.vector_selector)
    return ((Term(1.0, plain),), True, False) if plain else None


def _binary(node: pql.BinaryExpr) -> _Read | None:
    sign = str(node.op)
    if sign in "*/":
        factor = number(node.rhs)
        if factor is not None:
            return _times(_linear(node.lhs), factor if sign == "*" else 1 / factor) if factor else None
        factor = number(node.lhs)
        return _times(_linear(node.rhs), factor) if factor and sign == "*" else None
    left = _linear(node.lhs)
    if sign == "or":
        return left if _is_zero(node.rhs) and left and left[2] else None
    right = _linear(node.rhs) if sign in "+-" else None
    if left is None or right is None or not (left[2] and right[2]) or left[1] != right[1]:
        return None
    more = right if sign == "+" else _times(right, -1.0)
    return (left[0] + more[0], left[1], True) if more else None


def _times(read: _Read | None, factor: float) -> _Read | None:
    if read is None:
        return None
    return tuple(Term(term.factor * factor, term.selector) for term in read[0]), read[1], read[2]


def _is_zero(node: Expr) -> bool:
    return isinstance(node, pql.Call) and node.func.name == "vector" and number(node.args[0]) == 0


def number(node: Expr) -> float | None:
    """The value of a literal number."""
    if isinstance(node, pql.ParenExpr):
        return number(node.expr)
    if isinstance(node, pql.UnaryExpr):
        inner = number(node.expr)
        return None if inner is None else -inner
    return node.val if isinstance(node, pql.NumberLiteral) else None


def _selector(node: pql.VectorSelector) -> Selector | None:
    """``None`` for one that looks at another time, or that offers alternatives, as only some servers know them."""
    if node.offset is not None or node.at is not None or node.matchers.or_matchers:
        return None
    return Selector(
        node.name or None,
        tuple(Matcher(item.name, _OPERATORS[str(item.op)], item.value) for item in node.matchers.matchers),
    )


def per_second(query: str) -> bool:
    """Whether a query gives events per second, by the rates in it, and not events."""
    found = parse(query)
    return not isinstance(found, Fault) and _time(found) == -1


def _time(node: Expr) -> int:
    """The power of seconds in a value: −1 for a rate, 0 for a number of events."""
    if isinstance(node, pql.ParenExpr | pql.UnaryExpr | pql.AggregateExpr | pql.SubqueryExpr):
        return _time(node.expr)
    if isinstance(node, pql.Call):
        if node.func.name in ("rate", "irate", "deriv"):
            return -1
        return min((_time(item) for item in node.args), default=0) if node.func.name not in _SHARES else 0
    if isinstance(node, pql.BinaryExpr):
        left, right = _time(node.lhs), _time(node.rhs)
        return {"*": left + right, "/": left - right}.get(str(node.op), min(left, right))
    return 0


_SHARES = frozenset({"histogram_fraction", "histogram_quantile", "histogram_avg", "absent", "sgn", "time"})


def series(query: str) -> Iterator[tuple[Selector, Expr]]:
    """Every selector of a query, in the order of the text."""
    found = parse(query)
    if not isinstance(found, Fault):
        yield from _series(found)


def _series(node: Expr) -> Iterator[tuple[Selector, Expr]]:
    if isinstance(node, pql.VectorSelector):
        plain = _selector(node)
        if plain:
            yield plain, node
    for child in children(node):
        yield from _series(child)


def children(node: Expr) -> Iterator[Expr]:
    """The nodes right beneath one."""
    if isinstance(node, pql.BinaryExpr):
        yield from (node.lhs, node.rhs)
    elif isinstance(node, pql.Call):
        yield from node.args
    elif isinstance(node, pql.MatrixSelector):
        yield node.vector_selector
    elif isinstance(node, pql.ParenExpr | pql.UnaryExpr | pql.SubqueryExpr | pql.AggregateExpr):
        yield node.expr
