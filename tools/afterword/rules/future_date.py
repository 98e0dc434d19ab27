"""AW302: something that is said to have happened, in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from afterword.findings import Finding, Level
from afterword.model import MILESTONES, Kind, Postmortem, Status
from afterword.rules.base import Context, Example, Rule, Scope


def _check(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    if postmortem.kind is Kind.DRILL and postmortem.status is Status.DRAFT:
        return  # a drill is planned before it is held
    for path in _in_future(postmortem, context):
        name = path.split("/", maxsplit=1)[0]
        what = path if name == path else f"{path.rsplit('/', 1)[-1]} of {name} {int(path.split('/')[1]) + 1}"
        hint = "Look at the year and the offset, or leave it out until it has happened."
        yield RULE.finding(postmortem, postmortem.mark(path), f"{what} lies in the future", hint)


def _in_future(postmortem: Postmortem, context: Context) -> Iterator[str]:
    for name in MILESTONES:
        moment = postmortem.milestone(name)
        if moment and (moment.at.astimezone(UTC) > context.as_of if moment.at else moment.day > context.today):
            yield name
    days = [("published", postmortem.published)]
    days += [(f"updates/{at}/on", update.on) for at, update in enumerate(postmortem.updates)]
    days += [(f"approvals/{at}/on", approval.on) for at, approval in enumerate(postmortem.approvals)]
    days += [(f"actions/{action.index}/completed", action.completed) for action in postmortem.actions]
    yield from (path for path, day in days if day and day > context.today)


RULE = Rule(
    code="AW302",
    name="future-date",
    level=Level.WARNING,
    scope=Scope.CLOCK,
    summary="What has happened lies in the past: milestones, publication, updates, approvals, completed actions.",
    rationale="In January people still write last year, and in December sometimes next year. A drill may be drafted "
    "before it is held. Due and review dates are plans and not looked at.",
    good=(Example("resolved: 2026-03-04T09:50:00Z\nreview_on: 2027-04-08"),),
    bad=(
        Example("resolved: 2027-03-04T09:50:00Z"),
        Example("updates:\n  - {on: 2027-01-20, note: Added the vendor's findings}"),
    ),
    check=_check,
)
