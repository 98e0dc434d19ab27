"""AW505: actions that ended otherwise than done."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import ActionItem, ActionStatus, Postmortem
from afterword.rules.base import Example, File, Rule


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    for action in postmortem.actions:
        found = _fault(action, postmortem)
        if found:
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/status"), *found)


def _fault(action: ActionItem, postmortem: Postmortem) -> tuple[str, str] | None:
    if action.status is ActionStatus.WONT_DO and not (action.reason or "").strip():
        return f"action {action.id} will not be done, and nothing says why", "Add `reason:`."
    if action.status is ActionStatus.MOVED and action.moved_to is None:
        return f"action {action.id} has moved, and nothing says where", "Add `moved_to: <id of the postmortem>#A1`."
    if action.status is ActionStatus.UNKNOWN and postmortem.is_internal:
        return (
            f"action {action.id} is ours, and its status is unknown",
            "Ask its owner; only other organisations' actions may be unknown.",
        )
    return None


_ACTION = (
    "actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n"
    '    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n'
)
_OTHER = f"title: Carts were empty\nstarted: 2026-02-01\n{_ACTION.replace('A1', 'A2')}    status: open"

RULE = Rule(
    code="AW505",
    name="action-outcome",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    summary="An action that will not be done says why, and one that moved says where.",
    rationale="Such actions leave the count of what has to be done. The reason and the new place keep that honest.",
    good=(
        Example(f"{_ACTION}    status: wont-do\n    reason: The service was retired in May"),
        Example(
            f"{_ACTION}    status: moved\n    moved_to: 2026-02-01-carts-were-empty#A2",
            beside=(("2026/2026-02-01-carts-were-empty.md", _OTHER),),
        ),
    ),
    bad=(
        Example(f"{_ACTION}    status: wont-do"),
        Example(f"{_ACTION}    status: moved"),
        Example(f"{_ACTION}    status: unknown"),
    ),
    check=_check,
)
