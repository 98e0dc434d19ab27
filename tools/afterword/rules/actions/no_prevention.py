"""AW509: critical incidents after which nothing prevents or detects a repetition."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import ActionStatus, Kind, Postmortem, Status
from afterword.rules.base import Example, File, Rule

GUARDS = ("prevent", "detect")
"""Types of actions that keep an incident from coming back, or from coming back unseen."""


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    severity = file.settings.severities.get(postmortem.severity or "")
    if not postmortem.is_internal or postmortem.kind is not Kind.INCIDENT or not severity or not severity.critical:
        return
    if postmortem.status is Status.DRAFT or postmortem.merged_into or not postmortem.marks.get("actions#key"):
        return  # a draft is still looking for its actions; without the key AW102 speaks
    kept = [action for action in postmortem.actions if action.status is not ActionStatus.WONT_DO]
    if any(action.type in GUARDS for action in kept):
        return
    message = f"no action of this {severity.key} prevents or detects a repetition"
    untyped = [action.id for action in kept if action.type is None]
    hint = "Add one, with `type: prevent` or `type: detect`."
    if untyped:
        hint = f"Add one, or give {' and '.join(untyped[:3])} a type: prevent, detect, mitigate or process."
    yield RULE.finding(postmortem, postmortem.mark("actions"), message, hint, Level.HINT if untyped else None)


def _actions(kind: str) -> str:
    return (
        "severity: SEV1\nactions:\n  - id: A1\n    title: Write the runbook for a full pool\n"
        f'    type: {kind}\n    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n    status: open'
    )


RULE = Rule(
    code="AW509",
    name="no-prevention",
    level=Level.WARNING,
    milder="A hint where an action has no type.",
    summary="A critical incident has at least one action that prevents or detects a repetition.",
    rationale="A better runbook shortens the next outage; it does not spare anybody the outage. After an incident of "
    "a severity that afterword.yml calls critical, at least one action, done, open or moved, has `type: prevent` or "
    "`type: detect`. Asked from in-review on.",
    good=(Example(_actions("prevent")), Example(_actions("detect"))),
    bad=(Example(_actions("mitigate")), Example("severity: SEV1\nactions: []")),
    check=_check,
)
