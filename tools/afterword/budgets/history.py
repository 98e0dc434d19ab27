"""History: what all committed snapshots say together, on one grid that begins in 1970.

Step ``k`` of it lasts from ``k · 300 s`` to ``(k + 1) · 300 s``. Where snapshots overlap the one captured later wins,
except that a step of which it no longer knows anything stays as it was: servers forget. When the definition of what
is counted has changed, what was counted before is left out, because it cannot be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias, cast

from afterword.budgets.burn import DAY
from afterword.budgets.corrections import Corrections
from afterword.budgets.objective import Indicator, Method, Objective
from afterword.budgets.snapshot import STEP, Count, Measurement, Snapshot

Sums: TypeAlias = tuple[Sequence[float], Sequence[float], Sequence[int]]

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_HAIR = 1e-12
"""By so much a share may differ from what it is, as a float."""


@dataclass(frozen=True, slots=True)
class Point:
    """Compliance over the window that ends at ``at``: 1 − bad / total; ``None`` where too little is known."""

    at: datetime
    compliance: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """One month of an objective. ``met`` by its target; ``coverage``: the share of the month that is known."""

    first: date
    count: Count | None
    compliance: float | None
    met: bool | None
    coverage: float


@dataclass(frozen=True)
class Track:
    """One objective's steps, from step ``first`` on; ``None``: nothing is known of the step.

    ``objective`` is as the newest snapshot defines it. Floats: sums are for figures that are shown, and for charges.
    """

    objective: Objective
    first: int
    bad: tuple[float | None, ...]
    total: tuple[float | None, ...]

    @cached_property
    def start(self) -> datetime:
        """Where the first step begins, in UTC."""
        return instant(self.first)

    @property
    def end(self) -> datetime:
        """Where the last step ends, in UTC."""
        return instant(self.first + len(self.total))

    @cached_property
    def sums(self) -> Sums:
        """Bad events, events and known steps before each step, and before the one that would follow."""
        return _accumulated(self.bad), _accumulated(self.total), _known(self.total)

    def sum(self, start: datetime, end: datetime) -> Count | None:
        """Events between two instants (aware), steps that they cut in proportion; ``None`` when no step is known."""
        return self._sum(self._position(start), self._position(end))

    def _sum(self, first: float, last: float) -> Count | None:
        """Events between two positions."""
        bad, total, known = self.sums
        if self._between(known, first, last) <= 0:
            return None
        return Count(self._between(bad, first, last), self._between(total, first, last))

    def coverage(self, start: datetime, end: datetime) -> float:
        """The share of the time between two instants that is known, 0 to 1."""
        length = (end - start) / timedelta(seconds=STEP)
        known = self._between(self.sums[2], self._position(start), self._position(end))
        return min(known / length, 1.0) if length > 0 else 0.0

    def _between(self, sums: Sequence[float], first: float, last: float) -> float:
        """The sum between two positions."""
        if last <= first:
            return 0.0
        low, high = int(first), int(last)
        if low == first and high == last:  # nearly always, and nothing has to be cut
            return sums[high] - sums[low]
        if low == high:
            return (last - first) * self._step(sums, low)
        inside = sums[high] - sums[low]
        return inside - (first - low) * self._step(sums, low) + (last - high) * self._step(sums, high)

    def _position(self, at: datetime) -> float:
        """An instant in steps from the first one, within the track."""
        steps = (at - self.start).total_seconds() / STEP
        return min(max(steps, 0.0), float(len(self.total)))

    @staticmethod
    def _step(sums: Sequence[float], index: int) -> float:
        return sums[index + 1] - sums[index] if index + 1 < len(sums) else 0.0

    def without(self, corrections: Corrections) -> Track:
        """The same without the events of maintenance; its steps count as known, and as empty as it covers them."""
        bad, total = list(self.bad), list(self.total)
        for start, end in corrections.intervals(self.objective, self.start, self.end):
            first, last = self._position(start), self._position(end)
            for index in range(int(first), min(int(last) + 1, len(total))):
                left = 1 - (min(last, index + 1) - max(first, index))
                bad[index], total[index] = _scaled(bad[index], left), _scaled(total[index], left)
        return Track(self.objective, self.first, tuple(bad), tuple(total))

    def rolling(self, seconds: int, every: int = DAY, least: float = 0.9) -> tuple[Point, ...]:
        """Compliance over the last ``seconds``, at each multiple of ``every`` seconds, and at the end.

        ``None`` where less than the share ``least`` of a window is known, or nothing happened in it.
        """
        points, known, length = [], self.sums[2], seconds / STEP
        for at in _ticks(self.start, self.end, every):
            last = self._position(at)
            first = max(last - length, 0.0)
            enough = self._between(known, first, last) / length >= least
            points.append(Point(at, _compliance(self._sum(first, last)) if enough else None))
        return tuple(points)

    def months(self, zone: tzinfo = UTC) -> tuple[Month, ...]:
        """Each month of a zone that the track touches, the oldest first, as far as it is known."""
        if not self.total:
            return ()
        found, first = [], self.start.astimezone(zone).date().replace(day=1)
        while (begins := _midnight(first, zone)) < self.end:
            after = (first + timedelta(days=32)).replace(day=1)
            ends = _midnight(after, zone)
            count = self.sum(begins, ends)
            compliance = _compliance(count)
            met = None if compliance is None else meets(compliance, self.objective)
            found.append(Month(first, count, compliance, met, self.coverage(begins, ends)))
            first = after
        return tuple(found)


@dataclass(frozen=True)
class History:
    """The tracks of a library's objectives, by their ids."""

    tracks: Mapping[str, Track] = field(default_factory=dict)

    def of(self, objective: str) -> Track | None:
        """The track of an objective."""
        return self.tracks.get(objective)

    def sum(self, objective: str, start: datetime, end: datetime) -> Count | None:
        """Events of an objective between two instants; ``None`` when nothing is known."""
        track = self.tracks.get(objective)
        return track.sum(start, end) if track else None

    def without(self, corrections: Corrections) -> History:
        """The same without the events of maintenance."""
        if not corrections.entries:
            return self
        return History({key: track.without(corrections) for key, track in self.tracks.items()})


def merge(snapshots: Iterable[Snapshot]) -> History:
    """All that some snapshots know, in whatever order they are given."""
    ordered = sorted(snapshots, key=lambda item: (item.captured_at, item.at))
    names = sorted({item.objective.id for shot in ordered for item in shot.measurements})
    tracks = {name: track for name in names if (track := _track(name, ordered)) is not None}
    return History(tracks)


def instant(step: int) -> datetime:
    """Where a step of the grid begins."""
    return _ZERO + timedelta(seconds=step * STEP)


def counted(objective: Objective) -> tuple[Indicator, Method, int, object]:
    """What an objective counts: of equals the counts can be added. Target and window are no part of it."""
    sliced = objective.method is not Method.OCCURRENCES
    return objective.indicator, objective.method, objective.slice_seconds if sliced else 0, objective.slice_target


def _track(name: str, ordered: list[Snapshot]) -> Track | None:
    """Written from the oldest capture to the newest, begun anew where the definition changes."""
    parts: list[tuple[int, Measurement]] = []
    newest: Objective | None = None
    for shot in ordered:
        item = shot.of(name)
        if item is None:
            continue
        if newest is not None and counted(newest) != counted(item.objective):
            parts = []
        newest = item.objective
        if item.total:
            parts.append(((shot.start - _ZERO) // timedelta(seconds=STEP), item))
    if newest is None:
        return None
    origin = min((first for first, _ in parts), default=0)
    length = max((first + len(item.total) - origin for first, item in parts), default=0)
    bad: list[float | None] = [None] * length
    total: list[float | None] = [None] * length
    for first, item in parts:
        _write(bad, total, first - origin, item)
    known = next((index for index, value in enumerate(total) if value is not None), None)
    if known is None:
        return None
    unknown = next(index for index, value in enumerate(reversed(total)) if value is not None)
    steps = slice(known, length - unknown)
    return Track(newest, origin + known, tuple(bad[steps]), tuple(total[steps]))


def _write(bad: list[float | None], total: list[float | None], first: int, item: Measurement) -> None:
    """Puts a measurement's steps in; those of which it knows nothing stay as they are. Whole slices are quicker."""
    if None in item.total:
        for index, (lost, value) in enumerate(zip(item.bad, item.total, strict=True), first):
            if value is not None:
                bad[index], total[index] = lost or 0.0, value
        return
    steps = slice(first, first + len(item.total))
    total[steps] = item.total
    bad[steps] = [lost or 0.0 for lost in item.bad] if None in item.bad else item.bad


def _accumulated(values: Sequence[float | None]) -> list[float]:
    """The sum before each value, and after the last; ``None`` counts as 0."""
    numbers = [value or 0.0 for value in values] if None in values else values
    return list(accumulate(cast("Sequence[float]", numbers), initial=0.0))


def _known(values: Sequence[float | None]) -> Sequence[int]:
    """How many values before each are known."""
    if None not in values:
        return range(len(values) + 1)
    return list(accumulate([value is not None for value in values], initial=0))


def meets(compliance: float, objective: Objective) -> bool:
    """Whether a compliance reaches a target; what is lost in 1 − bad / total does not make it miss."""
    return compliance >= float(objective.target) - _HAIR


def _scaled(value: float | None, share: float) -> float | None:
    return None if value is None else value * max(share, 0.0)


def _compliance(count: Count | None) -> float | None:
    return 1 - count.bad / count.total if count and count.total > 0 else None


def _ticks(start: datetime, end: datetime, every: int) -> list[datetime]:
    step = timedelta(seconds=every)
    first = _ZERO + ((start - _ZERO) // step + 1) * step
    ticks = [first + number * step for number in range(max((end - first) // step + 1, 0))]
    return ticks if ticks and ticks[-1] == end else [*ticks, end]


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
