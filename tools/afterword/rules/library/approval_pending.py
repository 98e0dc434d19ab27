"""AW609: published postmortems that wait for an approval."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem, Status
from afterword.rules.base import Example, File, Rule


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if not postmortem.is_internal or postmortem.status is not Status.PUBLISHED or postmortem.merged_into:
        return
    given = {_folded(item.role) for item in postmortem.approvals if item.on}
    for at, approval in enumerate(postmortem.approvals):
        if _folded(approval.role) not in given:
            whom = f" by {approval.by}" if approval.by else ""
            message = f"the approval of {approval.role}{whom} is pending"
            hint = "Add `on:`, the day on which it was given."
            yield RULE.finding(postmortem, postmortem.mark(f"approvals/{at}"), message, hint)
    severity = file.settings.severities.get(postmortem.severity or "")
    asked = severity.approvals if severity else ()
    listed = {_folded(item.role) for item in postmortem.approvals}
    missing = [role for role in asked if _folded(role) not in listed]
    if severity and missing:
        message = f"a {severity.key} asks for the approval of {' and '.join(missing)}"
        hint = f"Add `{{role: {missing[0]}, by: …, on: …}}` under `approvals`; without `on` it shows as pending."
        yield RULE.finding(postmortem, postmortem.mark("approvals"), message, hint)


def _folded(role: str) -> str:
    return " ".join(role.casefold().replace("-", " ").replace("_", " ").split())


_ROLES = "  - {role: tech-lead, by: '@tech-lead-payments', on: 2026-03-10}\n"

RULE = Rule(
    code="AW609",
    name="approval-pending",
    level=Level.HINT,
    summary="A published postmortem has the approvals that its severity asks for.",
    rationale="An approval says that somebody who can give the actions their time has read it. Which roles a severity "
    "asks for stands in afterword.yml: `severities: {SEV1: {approvals: [tech-lead, executive]}}`; without it none. An "
    "approval that is listed without its day is pending and shows as such on the site. It is a hint, since a "
    "postmortem is often published before the last of them has read it.",
    good=(
        Example(f"severity: SEV1\napprovals:\n{_ROLES}  - {{role: Executive, by: '@head', on: 2026-03-10}}"),
        Example("severity: SEV3", note="A severity that asks for none."),
        Example("severity: SEV1\nstatus: in-review", note="Not published yet."),
    ),
    bad=(
        Example(f"severity: SEV1\napprovals:\n{_ROLES}  - {{role: executive, by: '@head'}}"),
        Example(f"severity: SEV1\napprovals:\n{_ROLES}", note="Here a SEV1 asks for tech-lead and executive."),
    ),
    check=_check,
)
