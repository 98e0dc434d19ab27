"""AW501: actions without owner, due date or priority."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import ActionStatus, Postmortem
from afterword.rules.base import Example, File, Rule

_NEEDED = {"owner": "owner", "due": "due date", "priority": "priority"}


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        if action.status in (ActionStatus.WONT_DO, ActionStatus.MOVED):
            continue  # nobody has to do it here
        missing = [word for key, word in _NEEDED.items() if getattr(action, key) is None]
        if missing:
            message = f"action {action.id} has no {' and no '.join(missing)}"
            hint = "Name a team or a person, a day and a priority such as P1."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}"), message, hint)


RULE = Rule(
    code="AW501",
    name="action-incomplete",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    summary="An action of ours has an owner, a due date and a priority.",
    rationale="What nobody owns and nothing dates is not done. Actions that were dropped or moved need none of them, "
    "and of other organisations' actions we cannot know.",
    good=(
        Example(
            "actions:\n  - id: A1\n    title: Alert when the pool is over 80 % for 5 minutes\n"
            '    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n    status: open'
        ),
    ),
    bad=(
        Example(
            "actions:\n  - id: A1\n    title: Alert when the pool is over 80 % for 5 minutes\n"
            '    owner: "@team-payments"\n    status: open'
        ),
    ),
    check=_check,
)
