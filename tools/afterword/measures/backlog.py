"""Backlog: the actions that somebody still owes, from every internal postmortem that is past its draft.

Near-misses and drills are in it too, because their actions are owed as much as those of an incident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from afterword.measures.base import Scope, is_draft
from afterword.model import ActionItem, Postmortem, teams_of

NOT_STATED = "not stated"
_BANDS = ((30, "up to 30 days"), (90, "31 to 90 days"))
_OLDEST = "over 90 days"


@dataclass(frozen=True, slots=True)
class OpenAction:
    """One open action. ``overdue`` is in days past ``due``, 0 when it is not; ``age`` in days since ``created``."""

    postmortem: Postmortem
    action: ActionItem
    overdue: int
    age: int | None
    teams: tuple[str, ...]

    @property
    def id(self) -> str:
        """``2026-03-04-checkout#A1``."""
        return f"{self.postmortem.id}#{self.action.id}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open actions one owner, team, priority or band of age has, and how many of them are overdue."""

    key: str
    title: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """``actions``: the most overdue first, then the next due, then those without a due date."""

    actions: tuple[OpenAction, ...] = ()
    owners: tuple[Tally, ...] = ()
    teams: tuple[Tally, ...] = ()
    priorities: tuple[Tally, ...] = ()
    ages: tuple[Tally, ...] = field(default=())

    @property
    def overdue(self) -> tuple[OpenAction, ...]:
        """Those past their due date."""
        return tuple(item for item in self.actions if item.overdue)


def backlog(postmortems: Iterable[Postmortem], scope: Scope) -> Backlog:
    """What is open by the clock."""
    found = [
        OpenAction(item, action, action.days_overdue(scope.today), _age(action, scope), _teams(item, action, scope))
        for item in postmortems
        if item.is_internal and not is_draft(item) and scope.began(item)
        for action in item.actions
        if action.is_open
    ]
    actions = tuple(sorted(found, key=_order))
    titles = scope.settings.teams
    ages = {tally.key: tally for tally in _tally(actions, lambda item: (_band(item.age),))}
    bands = (*(name for _, name in _BANDS), _OLDEST, NOT_STATED)
    return Backlog(
        actions,
        _tally(actions, lambda item: (item.action.owner or NOT_STATED,)),
        _tally(actions, lambda item: item.teams, lambda key: titles.get(key, key)),
        tuple(sorted(_tally(actions, lambda item: (item.action.priority or NOT_STATED,)), key=lambda item: item.key)),
        tuple(ages[name] for name in bands if name in ages),
    )


def _order(item: OpenAction) -> tuple[object, ...]:
    due = item.action.due
    return due is None, due.toordinal() if due else 0, item.action.priority or "P~", item.postmortem.id, item.action.id


def _age(action: ActionItem, scope: Scope) -> int | None:
    return max((scope.today - action.created).days, 0) if action.created else None


def _teams(postmortem: Postmortem, action: ActionItem, scope: Scope) -> tuple[str, ...]:
    """The owner, when it is a team; otherwise the teams whose services failed."""
    owner = (action.owner or "").removeprefix("@")
    if owner in scope.settings.teams:
        return (owner,)
    return teams_of(postmortem, scope.settings) or (NOT_STATED,)


def _band(age: int | None) -> str:
    if age is None:
        return NOT_STATED
    return next((name for limit, name in _BANDS if age <= limit), _OLDEST)


def _tally(
    actions: Iterable[OpenAction],
    keys: Callable[[OpenAction], tuple[str, ...]],
    title: Callable[[str], str] = str,
) -> tuple[Tally, ...]:
    """The most overdue first, then the most open, then by name."""
    counts: dict[str, list[int]] = {}
    for item in actions:
        for key in keys(item):
            count = counts.setdefault(key, [0, 0])
            count[0] += 1
            count[1] += item.overdue > 0
    found = [Tally(key, title(key), *count) for key, count in counts.items()]
    return tuple(sorted(found, key=lambda item: (-item.overdue, -item.open, item.key)))
