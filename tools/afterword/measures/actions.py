"""Actions: what share was done in time, and how long that took.

Completion: over postmortems published at least 30 days ago, the share of their actions due within 30 days of
publication that were done within 30 days of publication. Longer ones (due later): once due, the share done by
their due date. ``wont-do`` with a reason and ``moved`` with its new place leave both; the place an action moved
to is judged there. An action that is ``done`` without a date cannot be shown to have been in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from afterword.measures.base import (
    Better,
    Distribution,
    Observation,
    Reason,
    Scope,
    Share,
    Target,
    Unit,
    distribution,
    excluded,
    is_draft,
)
from afterword.model import ActionItem, ActionStatus, Postmortem

SHORT_DAYS = 30
"""Actions due within so many days of publication are short ones, and are judged after so many."""


def completion(postmortems: Iterable[Postmortem], scope: Scope) -> Share:
    """The share of short actions done within 30 days of publication."""
    return _share(
        (item, action, limit)
        for item, action, published in _judgeable(postmortems, scope)
        if (limit := published + timedelta(days=SHORT_DAYS)) <= scope.today
        and action.due is not None
        and action.due <= limit
    )


def longer_completion(postmortems: Iterable[Postmortem], scope: Scope) -> Share:
    """The share of longer actions, once their due date has passed, that were done by it."""
    longer = [
        (item, action, action.due)
        for item, action, published in _judgeable(postmortems, scope)
        if action.due is not None and action.due > published + timedelta(days=SHORT_DAYS)
    ]
    past = [entry for entry in longer if entry[2] < scope.today]
    share = _share(past)
    waiting = [Reason.NOT_DUE] * (len(longer) - len(past))
    return Share(share.hits, share.of, share.missing, excluded(waiting))


def time_to_implement(postmortems: Iterable[Postmortem], scope: Scope) -> Distribution:
    """Days from ``created`` to ``completed`` of actions that are done; drafts excluded."""
    observations: list[Observation] = []
    reasons: list[Reason] = []
    for item in postmortems:
        if not scope.is_own_incident(item) or is_draft(item):
            continue
        for action in item.actions:
            if action.status is ActionStatus.DONE:
                days = action.time_to_implement
                if days is None or not done_by(action, scope.today):
                    reasons.append(Reason.NO_DATE)
                else:
                    name = f"{item.id}#{action.id}"
                    observations.append(Observation(name, scope.day(item), days, action.title, item.severity))
    return distribution(Unit.DAYS, observations, reasons=reasons)


def completion_target(scope: Scope) -> Target:
    """The library's target: over so large a share."""
    value = scope.settings.targets.action_completion
    return Target(value, Unit.SHARE, Better.HIGHER, strict=value < 1)


def done_by(action: ActionItem, day: date) -> bool:
    """Whether it was done, with a date to show it, on or before a day."""
    return action.status is ActionStatus.DONE and action.completed is not None and action.completed <= day


def has_left(action: ActionItem) -> bool:
    """Whether nobody owes it here any more: given up with a reason, or moved to a named place."""
    if action.status is ActionStatus.WONT_DO:
        return action.reason is not None
    return action.status is ActionStatus.MOVED and action.moved_to is not None


def _judgeable(postmortems: Iterable[Postmortem], scope: Scope) -> Iterator[tuple[Postmortem, ActionItem, date]]:
    """The actions of our own published incidents that have not left, with the day of publication."""
    for item in postmortems:
        if item.published and scope.is_own_incident(item) and scope.is_published(item):
            for action in item.actions:
                if not has_left(action):
                    yield item, action, item.published


def _share(entries: Iterable[tuple[Postmortem, ActionItem, date]]) -> Share:
    judged = list(entries)
    missing = sorted(f"{item.id}#{action.id}" for item, action, limit in judged if not done_by(action, limit))
    return Share(len(judged) - len(missing), len(judged), tuple(missing))
