"""Fitting: the rows between which as much time lies as the page states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from afterword.migration.milestones.durations import Durations, Stated
from afterword.migration.milestones.rows import Row, apart

_MOST = 120
"""So many rows are held against each other; what is longer is a log."""
_MINUTE, _LONG = timedelta(minutes=1), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Fit:
    """Rows that agree with the stated durations; ``None`` for the one that no duration was stated for.

    ``late``: the time to recovery was counted from the detection.
    """

    started: Row
    detected: Row | None
    resolved: Row | None
    late: bool = False

    @property
    def both(self) -> bool:
        """Whether it agrees with two durations."""
        return self.detected is not None and self.resolved is not None

    @property
    def rank(self) -> tuple[bool, bool, int, int, int]:
        """The more durations it agrees with, and the more its rows say by their words, the better."""
        begins = self.started.starts or self.started.fails or (1 if not self.started.detects else 0)
        detects = self.detected.detects if self.detected else 0
        return self.both, not self.late, begins, _ends(self.resolved), detects

    @property
    def said(self) -> int:
        """How strongly the words of its later rows say what it takes them for."""
        return max(_ends(self.resolved), self.detected.detects if self.detected else 0)


def _ends(row: Row | None) -> int:
    return max(row.resolves, row.mitigates) if row else 0


def fit(found: Sequence[Row], stated: Durations, detected: Row | None, resolved: Row | None) -> Fit | None:
    """The rows that fit best; none where no row does, or where only one duration fits and its rows may be others, too.

    ``detected`` and ``resolved``: the rows that say so by their words alone.
    """
    fits = list(_fits([row for row in found if row.when][:_MOST], stated))
    best = max(fits, key=lambda one: one.rank, default=None)
    if best is None or best.both:
        return best if best and best.said else None
    # one duration alone says little about rows that do not speak for themselves
    if best.said < 2 or len({one.started.when for one in fits if one.rank == best.rank}) > 1:
        return None
    return best if best.rank[2] > 1 or _sure(best, stated, detected, resolved) else None


def _sure(best: Fit, stated: Durations, detected: Row | None, resolved: Row | None) -> bool:
    """Whether a row before the detection, whatever it says, is the beginning because of one duration that fits."""
    if best.detected and stated.detect:
        exact = _off(stated.detect, best.started, best.detected) < _MINUTE and stated.detect.length >= _LONG
        return best.detected is detected or exact
    before = detected is None or (apart(best.started, detected) or timedelta()) > timedelta()
    return best.resolved is resolved and before


def _fits(found: Sequence[Row], stated: Durations) -> Iterator[Fit]:
    for row in found:
        if row.resolves > 1:  # what is over does not begin
            continue
        at_once = stated.detect is not None and stated.detect.length == timedelta()
        detected = row if at_once else _nearest(found, row, stated.detect, "detects")
        resolved = _nearest(found, row, stated.recover, "resolves")
        if detected is resolved and not _same(stated):
            detected = None
        if detected or resolved:
            yield Fit(row, detected, resolved)
        later = _nearest(found, detected, stated.recover, "resolves") if detected and not resolved else None
        if later and detected is not row:
            yield Fit(row, detected, later, late=True)


def _same(stated: Durations) -> bool:
    """Whether it was noticed when it was over, by what is stated."""
    return stated.detect is not None and stated.recover is not None and stated.detect.length == stated.recover.length


def _nearest(found: Sequence[Row], start: Row, stated: Stated | None, name: str) -> Row | None:
    """The row that fits best; one that does not say so by its words only where the duration is exact to the minute."""
    if stated is None:
        return None
    least = 0 if stated.slack <= _MINUTE else 1
    fits = [row for row in found if stated.fits(apart(start, row)) and _says(row, name) >= least]
    return min(fits, key=lambda row: (_off(stated, start, row), -_says(row, name)), default=None)


def _says(row: Row, name: str) -> int:
    return row.detects if name == "detects" else _ends(row)


def _off(stated: Stated, start: Row, row: Row) -> timedelta:
    """How far from the stated duration a row lies; within a minute is exact, for rows have no seconds."""
    off = abs((apart(start, row) or timedelta()) - stated.length)
    return off if off >= _MINUTE else timedelta()
