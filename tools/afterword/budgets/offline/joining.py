"""Joining: answers of PromQL, and what operators make of two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import promql_parser as pql

from afterword.budgets.offline.series import Flags, Floats, Vector
from afterword.budgets.offline.unanswered import UnansweredError

Labels: TypeAlias = frozenset[tuple[str, str]]
NAME = "__name__"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One series of an answer: its labels, the name among them, and a value for each instant that has one."""

    labels: Labels
    vector: Vector


Rows: TypeAlias = list[Row]
Answer: TypeAlias = float | Rows

_ARITHMETIC: dict[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}
_COMPARISONS: dict[str, Callable[[Floats, Floats], Flags]] = {
    "==": np.equal,
    "!=": np.not_equal,
    ">": np.greater,
    "<": np.less,
    ">=": np.greater_equal,
    "<=": np.less_equal,
}


def unnamed(labels: Labels) -> Labels:
    """Labels without the name, as most results have them."""
    return frozenset(item for item in labels if item[0] != NAME)


def constant(value: float, size: int) -> Vector:
    """The same value at each of ``size`` instants."""
    return Vector(np.full(size, value), np.ones(size, np.bool_))


def mapped(rows: Rows, change: Callable[[Floats], Floats]) -> Rows:
    """Rows with other values; the name no longer fits them."""
    return [Row(unnamed(row.labels), Vector(change(row.vector.values), row.vector.present)) for row in rows]


def distinct(rows: Rows) -> Rows:
    """Rows that differ in their labels, as an answer has to; names that fell away may have been all the difference."""
    if len({row.labels for row in rows}) != len(rows):
        raise UnansweredError("series that differ in their names alone")
    return rows


def joined(node: pql.BinaryExpr, left: Answer, right: Answer) -> Answer:
    """What an operator makes of two answers; as a rule rows meet by equal labels. Raises ``UnansweredError``."""
    operator = str(node.op)
    modifier = node.modifier
    if modifier is not None and (modifier.matching is not None or modifier.group_labels):
        raise UnansweredError("matching by labels")
    if operator in ("or", "and", "unless"):
        if isinstance(left, float) or isinstance(right, float):
            raise UnansweredError("a number where series are wanted")
        return _combined(operator, left, right)
    as_bool = modifier is not None and modifier.return_bool
    if operator not in _ARITHMETIC and operator not in _COMPARISONS:
        raise UnansweredError(f"the operator {operator}")
    return _computed(operator, left, right, as_bool=as_bool)


def _computed(operator: str, left: Answer, right: Answer, *, as_bool: bool) -> Answer:
    if isinstance(left, float) and isinstance(right, float):
        compute = _ARITHMETIC.get(operator) or _COMPARISONS[operator]
        return float(compute(np.array([left]), np.array([right]))[0])
    keep = operator in _COMPARISONS and not as_bool
    return distinct([_cell(operator, *pair, keep=keep) for pair in _pairs(left, right)])


_Pair: TypeAlias = tuple[Labels, Vector, Vector, bool]
"""Labels, both sides, and whether the right side is the one with series."""


def _pairs(left: Answer, right: Answer) -> Iterable[_Pair]:
    """The rows that meet: by the same labels, names aside; a number meets all."""
    if isinstance(right, float):
        rows = [] if isinstance(left, float) else left
        return [(row.labels, row.vector, constant(right, len(row.vector.values)), False) for row in rows]
    if isinstance(left, float):
        return [(row.labels, constant(left, len(row.vector.values)), row.vector, True) for row in right]
    others = {unnamed(row.labels): row for row in right}
    if len(others) != len(right) or len({unnamed(row.labels) for row in left}) != len(left):
        raise UnansweredError("series that differ in their names alone")
    return [
        (row.labels, row.vector, others[unnamed(row.labels)].vector, False)
        for row in left
        if unnamed(row.labels) in others
    ]


def _cell(operator: str, labels: Labels, left: Vector, right: Vector, from_right: bool, *, keep: bool) -> Row:
    present = left.present & right.present
    if operator in _ARITHMETIC:
        return Row(unnamed(labels), Vector(_ARITHMETIC[operator](left.values, right.values), present))
    met = _COMPARISONS[operator](left.values, right.values)
    if keep:
        return Row(labels, Vector((right if from_right else left).values, present & met))
    return Row(unnamed(labels), Vector(met.astype(np.float64), present))


def _combined(operator: str, left: Rows, right: Rows) -> Rows:
    """Set operators, instant by instant: a row counts only where it has a value."""
    there = _presence(right)
    if operator == "or":
        before = _presence(left)
        rest = [Row(row.labels, _masked(row, before.get(unnamed(row.labels)), inside=False)) for row in right]
        return _merged([*left, *rest])
    return [Row(row.labels, _masked(row, there.get(unnamed(row.labels)), inside=operator == "and")) for row in left]


def _presence(rows: Rows) -> dict[Labels, Flags]:
    found: dict[Labels, Flags] = {}
    for row in rows:
        key = unnamed(row.labels)
        found[key] = found[key] | row.vector.present if key in found else row.vector.present
    return found


def _masked(row: Row, other: Flags | None, *, inside: bool) -> Vector:
    mask = np.zeros(len(row.vector.values), np.bool_) if other is None else other
    return Vector(row.vector.values, row.vector.present & (mask if inside else ~mask))


def _merged(rows: Rows) -> Rows:
    """One row for each set of labels; they never have values at the same instant."""
    found: dict[Labels, Row] = {}
    for row in rows:
        known = found.get(row.labels)
        if known is None:
            found[row.labels] = row
            continue
        values = np.where(known.vector.present, known.vector.values, row.vector.values)
        found[row.labels] = Row(row.labels, Vector(values, known.vector.present | row.vector.present))
    return list(found.values())
