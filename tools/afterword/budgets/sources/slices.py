"""Slices: those that are longer than a step of the grid, laid over all the steps that they cover.

A question for one step finds the slice that ends in it. Left there, the steps between two ends would seem to know
nothing: an hour's slice would leave eleven steps of twelve without data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from afterword.budgets.objective import Method
from afterword.budgets.snapshot import STEP, Measurement


def spread(item: Measurement, first: int) -> Measurement:
    """The same measurement with each long slice shared out among its steps, by the time that each has of it.

    ``first``: where the first step ends, in seconds since 1970. Sums over whole slices stay what they are. Of the
    slice that is running at the end nothing is known yet.
    """
    length = item.objective.slice_seconds
    if item.objective.method is Method.OCCURRENCES or length <= STEP or not item.total:
        return item
    return replace(item, bad=_spread(item.bad, first, length), total=_spread(item.total, first, length))


def _spread(values: Sequence[float | None], first: int, length: int) -> tuple[float | None, ...]:
    """``values[i]``: of the slice of ``length`` seconds that ends in step ``i``; step 0 ends at second ``first``."""
    found: list[float | None] = [None] * len(values)
    for index, value in enumerate(values):
        if value is None:
            continue
        ends = (first + index * STEP) // length * length
        for step in range(index, -1, -1):
            step_ends = first + step * STEP
            if step_ends <= ends - length:
                break
            part = min(ends, step_ends) - max(ends - length, step_ends - STEP)
            found[step] = (found[step] or 0.0) + value * part / length
    return tuple(found)
