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
    """All of our own postmortems, the earliest first. Of two that tell of the same incident only one counts.

    One that does not say when it started lies nowhere on the clock, and is not among them.
    """
    own = ((item, item.started) for item in postmortems if _counts(item))
    found = (_incident(item, started) for item, started in own if started is not None)
    return tuple(sorted(found, key=lambda item: (item.start, item.id)))


def undated(postmortems: Iterable[Postmortem], objective: Objective) -> tuple[Silent, ...]:
    """What is said of those of our own that concern an objective and do not say when they started."""
    found = sorted(
        item.id for item in postmortems if _counts(item) and item.started is None and objective.service in item.services
    )
    return tuple(Silent(name, objective.id, "nobody has said when it started") for name in found)


def _counts(item: Postmortem) -> bool:
    return item.is_internal and item.merged_into is None


def _incident(item: Postmortem, started: Moment) -> Incident:
    resolved = item.milestone("resolved")
    known = [moment for name in ("detected", "acknowledged", "mitigated") if (moment := item.milestone(name))]
    fault = None
    end: datetime | None = None
    if resolved is None and "resolved" in item.unknown:
        fault = "nobody knows when it was resolved"
        end = max(_last(moment) for moment in (started, *known))
    elif resolved is not None:
        end = _last(resolved)
        fault = "it was resolved on a day without a time" if resolved.at is None else None
    if started.at is None:
        fault = "it started on a day without a time"
    start = _first(started)
    if end is not None and end < start:
        fault, end = "it ends before it has begun", start
    return Incident(item.id, item.services, start, end, fault)


def _first(moment: Moment) -> datetime:
    return moment.sort_key.astimezone(UTC)


def _last(moment: Moment) -> datetime:
    """A bare date lasts until its end."""
    return moment.at.astimezone(UTC) if moment.at else moment.sort_key + timedelta(days=1)
