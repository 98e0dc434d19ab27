"""Fitting: the rows between which as much time lies as the page states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from afterword.migration.milestones.durations import Durations
from afterword.migration.milestones.rows import Row, apart

_MOST = 120
"""So many rows are held against each other; what is longer is a log."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Rows that agree with the stated durations; ``None`` for the one that no duration was stated for."""

    started: Row
    detected: Row | None
    resolved: Row | None

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The more durations it agrees with, and the more its rows say by their words, the better."""
        begins = self.started.starts or self.started.fails or (1 if not self.started.detects else 0)
        detects, resolves = _strength(self.detected, "detects"), _strength(self.resolved, "resolves")
        return (self.detected is not None) + (self.resolved is not None), begins, resolves, detects


def _strength(row: Row | None, name: str) -> int:
    return int(getattr(row, name)) if row else 0


def fit(found: Sequence[Row], stated: Durations, detected: Row | None, resolved: Row | None) -> Fit | None:
    """The rows that fit best; none where no row does, or where only one duration fits and its rows may be others, too.

    ``detected`` and ``resolved``: the rows that say so by their words alone.
    """
    fits = list(_fits([row for row in found if row.when][:_MOST], stated))
    if not fits:
        return None
    best = max(fits, key=lambda one: one.rank)
    both = stated.detect is not None and stated.recover is not None
    equal = {one.started.when for one in fits if one.rank == best.rank}
    if not both or best.rank[0] < 2:
        # one duration alone says little about rows that do not speak for themselves
        end = max(_strength(best.detected, "detects"), _strength(best.resolved, "resolves"))
        named = best.detected is not None and best.detected is detected
        if best.resolved is not None and best.resolved is resolved:
            named = named or detected is None or (apart(best.started, detected) or timedelta()) > timedelta()
        if end < 2 or len(equal) > 1 or (best.rank[1] < 2 and not named):
            return None
    return best


def _fits(found: Sequence[Row], stated: Durations) -> Iterator[Fit]:
    noticing = [row for row in found if row.detects]
    ending = [row for row in found if row.resolves or row.mitigates]
    for row in found:
        at_once = stated.detect is not None and stated.detect.length == timedelta()
        seen = [row] if at_once else []
        if stated.detect and not at_once:
            seen = [other for other in noticing if stated.detect.fits(apart(row, other))]
        over = [other for other in ending if stated.recover and stated.recover.fits(apart(row, other))]
        detected = max(seen, key=lambda other: other.detects, default=None)
        resolved = max(over, key=lambda other: max(other.resolves, other.mitigates), default=None)
        if detected or resolved:
            yield Fit(row, detected, resolved)
