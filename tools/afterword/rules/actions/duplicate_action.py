"""AW511: open actions that an earlier postmortem has open already."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.brief import Brief
from afterword.findings import Finding, Level
from afterword.model import Postmortem, id_of
from afterword.record import Record
from afterword.rules.base import Context, Example, Judged, Rule, Scope, shortened
from afterword.similarity import Index, Text, words

LEAST = 0.8
"""The least cosine of two actions that are told to be the same, when they have a service in common."""

SAME = 0.999
"""That of two with the same words; these may have the owner in common instead."""


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    opened = [action for action in postmortem.actions if action.is_open]
    for place, action in enumerate(opened):
        found = _twin(_key(postmortem.path, place), context)
        if found:
            path, other, title = found
            message = f"action {action.id} is much like {id_of(path)}#{other}, which is open: “{shortened(title)}”"
            hint = f"Keep one: make this one `moved` with `moved_to: {id_of(path)}#{other}`, or say what is different."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/title"), message, hint)


def _concerns(record: Record, brief: Brief, context: Context) -> bool:
    if brief.origin != "internal":
        return False
    return any(_twin(_key(record.path, place), context) for place in range(len(brief.open_actions)))


def _twin(key: str, context: Context) -> tuple[str, str, str] | None:
    """Path, id and title of the earlier open action that is like another, by its key."""
    actions = context.once(_actions)
    found = actions.index.nearest(key, LEAST)
    if found is None:
        return None
    own, other = actions.texts[key], actions.texts[found.key]
    if _numbers(own) != _numbers(other):
        return None  # 80 % is another limit than 90 %
    services = {bucket for bucket in own.buckets if bucket.startswith(_SERVICE)}
    if found.score < SAME and services.isdisjoint(other.buckets):
        return None
    return other.kin, *actions.names[found.key]


def _numbers(text: Text) -> set[str]:
    return {word for word in text.title if word.isdigit()}


_SERVICE = "service "


class _Actions:
    """All open actions of ours: their texts and an index of them, their ids and titles by key."""

    def __init__(self, context: Context) -> None:
        self.texts: dict[str, Text] = {}
        self.names: dict[str, tuple[str, str]] = {}
        for record in context.library.records:
            if record.brief and record.brief.origin == "internal":
                self._add(record.path, record.brief)
        self.index = Index(self.texts.values())

    def _add(self, path: str, brief: Brief) -> None:
        services = tuple(_SERVICE + name for name in brief.services)
        for place, (name, title, owner) in enumerate(brief.open_actions):
            key = _key(path, place)
            buckets = (*services, f"owner {owner.casefold()}") if owner else services
            self.texts[key] = Text(key, brief.order, path, buckets, tuple(sorted(words(title, numbers=True))))
            self.names[key] = (name, title)


def _actions(context: Context) -> _Actions:
    return _Actions(context)


def _key(path: str, place: int) -> str:
    return f"{path}#{place:06}"


def _action(key: str, title: str, status: str = "open") -> str:
    return (
        f'actions:\n  - id: {key}\n    title: {title}\n    owner: "@team-payments"\n'
        f"    due: 2026-12-11\n    priority: P1\n    status: {status}"
    )


def _beside(status: str = "open") -> tuple[tuple[str, str], ...]:
    text = _action("A3", "Cap the pool of checkout at 300 connections", status)
    return (("2026/2026-02-01-carts-were-empty.md", f"title: Carts were empty\nstarted: 2026-02-01\n{text}"),)


RULE = Rule(
    code="AW511",
    name="duplicate-action",
    level=Level.HINT,
    scope=Scope.LIBRARY,
    summary="An open action of ours is open in one postmortem only.",
    rationale="Two entries for one piece of work are closed once, and the other one is overdue for ever. Titles are "
    "held against those of the open actions in earlier postmortems: the same words with the same owner or a service "
    "in common, or nearly the same with a service in common (a cosine of 0.8 or more, rare words weighing more) and "
    "the same numbers. Tried on 329 actions of 72 reports and the example library, all taken for open and for one "
    "service.",
    judged=(Judged("pairs of actions", 5, 5),),
    good=(
        Example(_action("A1", "Cap the pool of checkout at 200 connections"), note="Another limit.", beside=_beside()),
        Example(
            _action("A1", "Cap the pool of checkout at 300 connections"),
            note="The other one moved here.",
            beside=_beside("moved\n    moved_to: 2026-03-04-checkout-answered-503#A1"),
        ),
    ),
    bad=(
        Example(_action("A1", "Cap the pool of checkout at 300 connections"), beside=_beside()),
        Example(_action("A1", "Cap the connections of the pool of checkout at 300"), beside=_beside()),
    ),
    compare=_compare,
    concerns=_concerns,
)
