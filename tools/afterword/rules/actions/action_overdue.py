"""AW502: actions that are overdue."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Context, Example, Rule, Scope
from afterword.timing import format_days


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        days = action.days_overdue(context.today)
        if days:
            message = f"action {action.id} is overdue by {format_days(days)}"
            hint = "Close it with `afterword action done`, agree on a new day, or drop it and say why."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/due"), message, hint)


RULE = Rule(
    code="AW502",
    name="action-overdue",
    level=Level.WARNING,
    scope=Scope.CLOCK,
    summary="An open action of ours is done by its due date.",
    rationale="An incident comes back through the action that was put off. This depends on the day of the check, so "
    "it never fails one.",
    good=(
        Example(
            "actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n"
            '    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n    status: open'
        ),
    ),
    bad=(
        Example(
            "actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n"
            '    owner: "@team-payments"\n    due: 2026-03-11\n    priority: P1\n    status: open'
        ),
    ),
    compare=_compare,
    concerns=lambda _, brief, context: brief.due is not None and brief.due < context.today.toordinal(),
)
