"""What all measures are made of: observations, distributions, shares, targets, and the measure that is shown.

Definitions that hold everywhere:

* Process measures count ``origin: internal`` and ``kind: incident``; a draft counts in frequency alone, except
  that one which is late counts as a miss of time to postmortem.
* A postmortem with ``merged_into`` tells of the same incident as the other one, so only the other one counts.
* An incident belongs to the day of ``started`` in the library's zone; one that starts after the clock, or was
  published after it, has not started or been published yet.
* The median of an even number of values is the midpoint of the middle two. The 90th percentile is by nearest
  rank (the smallest value that at least 90 % of the values do not exceed), so it is one that really occurred.
* A mean stands only beside its median and n.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from statistics import median

from afterword.model import Breach, Kind, Postmortem, Status
from afterword.settings import Settings
from afterword.timing import format_days, format_duration

P90_FROM = 10
"""With fewer values the nearest rank of 90 % is the largest value, which is no percentile but an incident."""


class Unit(StrEnum):
    """What a value counts."""

    SECONDS = "seconds"
    DAYS = "days"
    SHARE = "share"
    COUNT = "count"

    def write(self, value: float) -> str:
        """A value for readers: ``38 min``, ``6.5 days``, ``83 %``, ``14``.

        A share is rounded to whole per cents, but only nothing is 0 % and only all is 100 %.
        """
        if self is Unit.SECONDS:
            return format_duration(timedelta(seconds=value))
        if self is Unit.SHARE:
            percent = math.floor(value * 100 + 0.5)
            percent = min(percent, 99) if value < 1 else percent
            return f"{max(percent, 1) if value > 0 else percent} %"
        whole = round(value, 1)
        if self is Unit.DAYS:
            return format_days(int(whole)) if whole == int(whole) else f"{whole:.1f} days"
        return f"{int(whole)}" if whole == int(whole) else f"{whole:.1f}"


class Better(StrEnum):
    """Which way a measure should go."""

    LOWER = "lower"
    HIGHER = "higher"


class Reason(StrEnum):
    """Why something that belongs to a measure's incidents gives it no value."""

    BARE_DATE = "bare date"
    UNKNOWN = "unknown"
    ONGOING = "ongoing"
    NOT_STATED = "not stated"
    NOT_DUE = "not due yet"
    DRAFT = "draft"
    NO_DATE = "without a date"


Excluded = tuple[tuple[Reason, int], ...]
"""How many give no value, by reason, in the order of ``Reason``; reasons that nobody had are left out."""


def excluded(reasons: Iterable[Reason]) -> Excluded:
    """Reasons, counted."""
    counts = Counter(reasons)
    return tuple((reason, counts[reason]) for reason in Reason if counts[reason])


@dataclass(frozen=True, slots=True)
class Target:
    """What a value is held against. ``strict``: being equal is not enough (“under 1 h”)."""

    value: float
    unit: Unit
    better: Better
    strict: bool = False

    def met_by(self, value: float) -> bool:
        """Whether a value reaches it."""
        if value == self.value:
            return not self.strict
        return (value < self.value) is (self.better is Better.LOWER)

    def __str__(self) -> str:
        written = self.unit.write(self.value)
        if self.better is Better.LOWER:
            return f"under {written}" if self.strict else f"at most {written}"
        if self.strict:
            return f"over {written}"
        return written if self.value == 1 and self.unit is Unit.SHARE else f"at least {written}"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value and whose it is. ``day`` is the day the incident started, ``title`` its title."""

    id: str
    day: date
    value: float
    title: str = ""
    severity: str | None = None


@dataclass(frozen=True)
class Distribution:
    """Many values of one kind, in seconds or days. ``observations`` are sorted by value, day and id.

    ``misses`` have no value and count as beyond the target: postmortems that nobody has published in time.
    """

    unit: Unit
    observations: tuple[Observation, ...] = ()
    target: Target | None = None
    excluded: Excluded = ()
    misses: int = 0

    @property
    def n(self) -> int:
        """How many values there are."""
        return len(self.observations)

    @property
    def counted(self) -> int:
        """How many are judged against the target: values and misses."""
        return self.n + self.misses

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The values, ascending."""
        return tuple(item.value for item in self.observations)

    @cached_property
    def median(self) -> float | None:
        """The middle value, or the midpoint of the middle two; ``None`` without values."""
        return median(self.values) if self.values else None

    @cached_property
    def p90(self) -> float | None:
        """The 90th percentile by nearest rank; ``None`` below ten values."""
        return self.values[-(-9 * self.n // 10) - 1] if self.n >= P90_FROM else None

    @cached_property
    def mean(self) -> float | None:
        """The mean, to be shown beside median and n only; ``None`` without values."""
        return math.fsum(self.values) / self.n if self.values else None

    @cached_property
    def within(self) -> int:
        """How many values reach the target; 0 without a target."""
        return sum(1 for value in self.values if self.target and self.target.met_by(value))

    @property
    def share_within(self) -> float | None:
        """The share within target of values and misses together; ``None`` without a target or anything to judge."""
        return self.within / self.counted if self.target and self.counted else None

    @property
    def met(self) -> bool | None:
        """Whether the median reaches the target, every miss being later than every value; ``None`` if unknowable."""
        if self.target is None or not self.counted:
            return None
        middle = median((*self.values, *(math.inf for _ in range(self.misses))))
        return self.target.met_by(middle)


def distribution(
    unit: Unit,
    observations: Iterable[Observation],
    *,
    target: Target | None = None,
    reasons: Iterable[Reason] = (),
    misses: int = 0,
) -> Distribution:
    """A distribution of observations in any order."""
    ordered = tuple(sorted(observations, key=lambda item: (item.value, item.day, item.id)))
    return Distribution(unit, ordered, target, excluded(reasons), misses)


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``of``. ``missing`` names those that are in ``of`` and no hit, sorted: ids, or ``id#A1``.

    ``beside``: how many of ``of`` are not in the library, and known from telemetry alone.
    """

    hits: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()
    excluded: Excluded = ()
    beside: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1; ``None`` of nothing."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a measure is taken with: the library's words and the clock. ``today`` is ``as_of``'s day in its zone.

    ``breaches`` are those in telemetry that the measure may count.
    """

    settings: Settings
    as_of: datetime
    breaches: tuple[Breach, ...] = ()
    today: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.as_of.astimezone(self.settings.zone).date())

    def within(self, first: date | None, last: date) -> Scope:
        """The same with only the breaches that began on these days of the library's zone."""
        if not self.breaches:
            return self
        days = [(item, item.start.astimezone(self.settings.zone).date()) for item in self.breaches]
        kept = tuple(item for item, day in days if (first is None or first <= day) and day <= last)
        return replace(self, breaches=kept)

    def day(self, postmortem: Postmortem) -> date:
        """The day an incident belongs to. Raises ``ValueError`` for one that does not say it: none has ``began``."""
        if postmortem.started is None:
            raise ValueError(f"nobody has said when it started: {postmortem.id}")
        return postmortem.started.day_in(self.settings.zone)

    def began(self, postmortem: Postmortem) -> bool:
        """Whether it had started by the clock, on a day that it says, and stands for itself."""
        known = postmortem.merged_into is None and postmortem.started is not None
        return known and self.day(postmortem) <= self.today

    def is_own_incident(self, postmortem: Postmortem) -> bool:
        """Whether process measures may count it: internal, an incident, begun; drafts too."""
        return postmortem.is_internal and postmortem.kind is Kind.INCIDENT and self.began(postmortem)

    def is_published(self, postmortem: Postmortem) -> bool:
        """Whether it was published by the clock."""
        return (
            postmortem.status is Status.PUBLISHED
            and postmortem.published is not None
            and postmortem.published <= self.today
        )

    def observe(self, postmortem: Postmortem, value: float) -> Observation:
        """A value of a postmortem."""
        return Observation(postmortem.id, self.day(postmortem), value, postmortem.title, postmortem.severity)


def is_draft(postmortem: Postmortem) -> bool:
    """Whether it counts in frequency alone."""
    return postmortem.status is Status.DRAFT


def plural(count: int, one: str, many: str = "") -> str:
    """``1 incident``, ``2 incidents``."""
    return f"{count} {one if count == 1 else many or one + 's'}"
