"""Incidents: when each of our own postmortems says that its services were in trouble."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from afterword.budgets.objective import Objective
from afterword.model import Postmortem
from afterword.timing import Moment


@dataclass(frozen=True, slots=True)
class Incident:
    """One postmortem on the clock, in UTC. ``end`` is ``None`` while it goes on.

    ``fault``: why its times are not known well enough to charge it for anything; ``start`` and ``end`` then bound it
    by whole days.
    """

    id: str
    services: tuple[str, ...]
    start: datetime
    end: datetime | None
    fault: str | None = None

    def concerns(self, objective: Objective) -> bool:
        """Whether the objective belongs to one of its services."""
        return objective.service in self.services

    def until(self, now: datetime) -> datetime:
        """Where it ends; what goes on lasts until now."""
        return now if self.end is None else self.end

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether it touches a stretch of time."""
        return self.start <= end and (self.end is None or self.end >= start)


@dataclass(frozen=True, slots=True)
class Silent:
    """Why nothing is said of what an incident used of an objective's budget."""

    postmortem: str
    slo: str
    reason: str


def incidents(postmortems: Iterable[Postmortem]) -> tuple[Incident, ...]:
    """All of our own postmortems, the earliest first. Of two that tell of the same incident only one counts."""
    own = (item for item in postmortems if item.is_internal and item.merged_into is None)
    return tuple(sorted((_incident(item) for item in own), key=lambda item: (item.start, item.id)))


def _incident(item: Postmortem) -> Incident:
    resolved = item.milestone("resolved")
    known = [moment for name in ("detected", "acknowledged", "mitigated") if (moment := item.milestone(name))]
    fault = None
    end: datetime | None = None
    if resolved is None and "resolved" in item.unknown:
        fault = "nobody knows when it was resolved"
        end = max(_last(moment) for moment in (item.started, *known))
    elif resolved is not None:
        end = _last(resolved)
        fault = "it was resolved on a day without a time" if resolved.at is None else None
    if item.started.at is None:
        fault = "it started on a day without a time"
    start = _first(item.started)
    if end is not None and end < start:
        fault, end = "it ends before it has begun", start
    return Incident(item.id, item.services, start, end, fault)


def _first(moment: Moment) -> datetime:
    return moment.sort_key.astimezone(UTC)


def _last(moment: Moment) -> datetime:
    """A bare date lasts until its end."""
    return moment.at.astimezone(UTC) if moment.at else moment.sort_key + timedelta(days=1)
