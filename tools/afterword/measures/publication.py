"""Publication: time to postmortem (TTP), from the end of an incident to the day its postmortem was published.

Whole days from the day of ``resolved`` in the library's zone to ``published``; a bare date is that day.
A postmortem published before the end, as an interim report, gives a negative number and is within the target.
One that is unpublished past the target is a miss, whatever its status: a draft too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afterword.measures.base import (
    Better,
    Distribution,
    Observation,
    Reason,
    Scope,
    Target,
    Unit,
    distribution,
    is_draft,
)
from afterword.model import Postmortem
from afterword.timing import business_days


@dataclass(frozen=True, slots=True)
class Late:
    """An incident that ended ``days`` ago and has no published postmortem, though the target has passed."""

    postmortem: Postmortem
    days: int


def publication_target(scope: Scope) -> Target:
    """The library's target: at most so many days."""
    return Target(scope.settings.targets.time_to_postmortem_days, Unit.DAYS, Better.LOWER)


def time_to_postmortem(postmortems: Iterable[Postmortem], scope: Scope, *, business: bool = False) -> Distribution:
    """TTP of our own incidents, in calendar days against the target, or in business days, which have none."""
    observations: list[Observation] = []
    reasons: list[Reason] = []
    misses = 0
    for postmortem in postmortems:
        if not scope.is_own_incident(postmortem):
            continue
        found = _days(postmortem, scope, business=business)
        if found is None:
            misses += 1
        elif isinstance(found, Reason):
            reasons.append(found)
        else:
            observations.append(scope.observe(postmortem, found))
    target = None if business else publication_target(scope)
    return distribution(Unit.DAYS, observations, target=target, reasons=reasons, misses=misses)


def late(postmortems: Iterable[Postmortem], scope: Scope) -> tuple[Late, ...]:
    """The misses, the longest first."""
    found = [
        Late(item, (scope.today - resolved).days)
        for item in postmortems
        if scope.is_own_incident(item) and (resolved := _resolved(item, scope)) and _is_miss(item, resolved, scope)
    ]
    return tuple(sorted(found, key=lambda item: (-item.days, item.postmortem.id)))


def _days(postmortem: Postmortem, scope: Scope, *, business: bool) -> int | Reason | None:
    """The days, ``None`` for a miss, or why neither can be said."""
    resolved = _resolved(postmortem, scope)
    if resolved is None:
        return Reason.UNKNOWN if "resolved" in postmortem.unknown else Reason.ONGOING
    if _is_miss(postmortem, resolved, scope):
        return None
    if is_draft(postmortem):
        return Reason.DRAFT
    if not scope.is_published(postmortem):
        return Reason.NOT_DUE
    published = postmortem.published or scope.today
    if business:
        return business_days(resolved, published, scope.settings.holidays)
    return (published - resolved).days


def _is_miss(postmortem: Postmortem, resolved: date, scope: Scope) -> bool:
    past = (scope.today - resolved).days > scope.settings.targets.time_to_postmortem_days
    return past and not scope.is_published(postmortem)


def _resolved(postmortem: Postmortem, scope: Scope) -> date | None:
    resolved = postmortem.milestone("resolved")
    return resolved.day_in(scope.settings.zone) if resolved else None
