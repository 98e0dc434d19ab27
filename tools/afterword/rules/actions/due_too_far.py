"""AW508: actions that are due later than their severity allows."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import ActionItem, Postmortem
from afterword.rules.base import Example, File, Rule
from afterword.settings import Settings
from afterword.timing import format_days


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        if action.is_open and too_far(postmortem, action, file.settings) and action.due and action.created:
            limit = file.settings.due_within(postmortem.severity)
            whose = f"one of a {postmortem.severity}" if postmortem.severity else "an action"
            message = (
                f"action {action.id} is due {format_days((action.due - action.created).days)} after it was agreed; "
                f"{whose} may take {limit}"
            )
            hint = "Bring the day forward, or split off what can be done by then."
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/due"), message, hint)


def too_far(postmortem: Postmortem, action: ActionItem, settings: Settings) -> bool:
    """Whether an action is due after the last day that its severity allows."""
    if action.due is None or action.created is None:
        return False
    return action.due > settings.last_day(action.created, settings.due_within(postmortem.severity))


def _action(due: str) -> str:
    return (
        'actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n    owner: "@team-payments"\n'
        f"    created: 2026-03-09\n    due: {due}\n    priority: P2\n    status: open"
    )


RULE = Rule(
    code="AW508",
    name="due-too-far",
    level=Level.WARNING,
    in_draft=Level.HINT,
    summary="An open action of ours is due within the limit of its severity.",
    rationale="What is due in a year is not planned, and the incident can come back until then. The limit counts from "
    "`created` and is the longest horizon, three months (92 days), unless afterword.yml gives the severity its own: "
    "`severities: {SEV1: {due_within_days: 30}}`. A limit that ends on a weekend or holiday ends on the next business "
    "day.",
    good=(Example(_action("2026-06-09")),),
    bad=(Example(_action("2027-03-09")),),
    check=_check,
)
