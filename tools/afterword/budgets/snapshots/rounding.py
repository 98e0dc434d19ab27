"""Rounding: fewer digits in each step of a snapshot, and none lost over many of them.

Extrapolation gives sixteen digits where four would do. Each step is rounded to a unit, and what was cut off is carried
to the next step with events: the sum over any steps differs by one unit or two from the exact one, never by more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

Steps: TypeAlias = tuple[float | None, ...]

SHARE = 1e-6
"""The largest unit, as a share of all events of the steps."""


def digits(values: Sequence[float | None]) -> int:
    """Decimals that are kept: the unit is at most one event, and at most ``SHARE`` of all of them."""
    unit = math.fsum(value for value in values if value is not None) * SHARE
    return 0 if unit <= 0 else max(0, min(12, -math.floor(math.log10(unit))))


def rounded(bad: Sequence[float | None], total: Sequence[float | None]) -> tuple[Steps, Steps]:
    """Bad events and all events of each step, rounded; no step gets more bad events than it has events."""
    whole = carried(total, digits(total), None)
    return carried(bad, digits(bad), whole), whole


def carried(values: Sequence[float | None], places: int, limits: Sequence[float | None] | None) -> Steps:
    """Values to so many decimals. ``None`` and 0 stay what they are; the rest goes on to the next value."""
    if all(value is None or value == int(value) for value in values) and limits is None:
        return tuple(None if value is None else int(value) for value in values)
    scale = 10**places
    found: list[float | None] = []
    carry = 0.0
    for index, value in enumerate(values):
        if not value:
            found.append(None if value is None else 0)
            continue
        carry += value * scale
        limit = limits[index] if limits is not None else None
        units = max(0, round(carry))
        if limit is not None and units > limit * scale:
            units = math.floor(limit * scale)
        carry -= units
        found.append(units if places == 0 else _plain(units / scale))
    return tuple(found)


def _plain(value: float) -> float:
    """Whole numbers without a point: two bytes less, some ten thousand times."""
    return int(value) if value == int(value) else value
