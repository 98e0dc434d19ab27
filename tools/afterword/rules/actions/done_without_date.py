"""AW503: actions that are done without a date, or dated without being done."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import ActionStatus, Postmortem
from afterword.rules.base import Example, File, Rule


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    for action in postmortem.actions:
        where = f"actions/{action.index}"
        if action.status is ActionStatus.DONE and action.completed is None:
            message = f"action {action.id} is done, but not dated"
            hint = "Add `completed:`, the day on which it was done."
            if not postmortem.is_internal:
                hint = "Add `completed:`, or make the status `unknown` when the source gives no day."
            yield RULE.finding(postmortem, postmortem.mark(f"{where}/status"), message, hint)
        elif action.status is not ActionStatus.DONE and action.completed is not None:
            message = f"action {action.id} was completed on {action.completed}, but its status is {action.status}"
            hint = "Make the status `done`, or remove `completed`."
            yield RULE.finding(postmortem, postmortem.mark(f"{where}/completed"), message, hint, Level.WARNING)


_ACTION = (
    "actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n"
    '    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n'
)

RULE = Rule(
    code="AW503",
    name="done-without-date",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    milder="A warning when there is a date, but the status is another.",
    summary="An action that is done says when, and only such an action does.",
    rationale="Completion is measured by days, and an action without its day drops out. A date on an open action "
    "means that it was reopened, or that somebody forgot the status.",
    good=(Example(f"{_ACTION}    status: done\n    completed: 2026-03-11"),),
    bad=(
        Example(f"{_ACTION}    status: done"),
        Example(f"{_ACTION}    status: open\n    completed: 2026-03-11"),
    ),
    check=_check,
)
