"""AW506: two actions with one id."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Rule


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for action in postmortem.actions:
        before = first.setdefault(action.id, action.index)
        if before != action.index:
            line = postmortem.mark(f"actions/{before}/id").line
            message = f"a second action is called {action.id} (first in line {line})"
            hint = "Give it the next free number."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/id"), message, hint)


def _action(key: str, title: str) -> str:
    return f'  - {{id: {key}, title: {title}, owner: "@team-payments", due: 2026-12-11, priority: P1, status: open}}'


RULE = Rule(
    code="AW506",
    name="duplicate-action-id",
    level=Level.ERROR,
    summary="Each action of a postmortem has an id of its own.",
    rationale="`afterword action done ID#A1` and links from other postmortems have to mean one action.",
    good=(Example(f"actions:\n{_action('A1', 'Cap the pool')}\n{_action('A2', 'Alert on a full pool')}"),),
    bad=(Example(f"actions:\n{_action('A1', 'Cap the pool')}\n{_action('A1', 'Alert on a full pool')}"),),
    check=_check,
)
