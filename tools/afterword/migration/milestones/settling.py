"""Settling: one value for each milestone, none of which contradicts the order in which they happen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from itertools import combinations

from afterword.migration.milestones.sources import Candidate
from afterword.timing import surely_before

KEYS = ("started", "detected", "acknowledged", "mitigated", "resolved")
"""In the order in which they happen."""


def settle(candidates: Iterable[Candidate]) -> tuple[dict[str, Candidate], dict[str, str]]:
    """The values that stay, and why others do not."""
    by_key: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_key.setdefault(one.key, []).append(one)
    chosen = {key: _best(by_key[key]) for key in KEYS if key in by_key}
    gaps: dict[str, str] = {}
    while wrong := _least_certain(chosen):
        one, other = wrong
        gaps[one.key] = f"{one.how} says {one.moment.text}, which lies {_side(one, other)} “{other.key}”"
        rest = [item for item in by_key[one.key] if item is not one and item.rank <= one.rank]
        by_key[one.key] = rest
        if rest:
            chosen[one.key] = _best(rest)
        else:
            del chosen[one.key]
    return chosen, {key: why for key, why in gaps.items() if key not in chosen}


def _best(found: list[Candidate]) -> Candidate:
    """The most certain; a time of the same day from a less certain one says more than a day alone."""
    best = max(found, key=lambda one: one.rank)
    if best.exact:
        return best
    closer = [one for one in found if one.exact and one.moment.day == best.moment.day]
    return max(closer, key=lambda one: one.rank, default=best)


def _least_certain(chosen: dict[str, Candidate]) -> tuple[Candidate, Candidate] | None:
    """The less certain of two that contradict each other, and the other."""
    for first, second in combinations((chosen[key] for key in KEYS if key in chosen), 2):
        if surely_before(second.moment, first.moment, UTC):
            return (first, second) if first.rank < second.rank else (second, first)
    return None


def _side(one: Candidate, other: Candidate) -> str:
    return "after" if KEYS.index(one.key) < KEYS.index(other.key) else "before"
