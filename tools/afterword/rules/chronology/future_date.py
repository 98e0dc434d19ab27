"""AW302: something that is said to have happened, in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from afterword.findings import Finding, Level
from afterword.model import MILESTONES, Kind, Postmortem, Status
from afterword.rules.base import Context, Example, Rule, Scope


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    if postmortem.kind is Kind.DRILL and postmortem.status is Status.DRAFT:
        return  # a drill is planned before it is held
    for path, what in _in_future(postmortem, context):
        hint = "Look at the year and the offset, or leave it out until it has happened."
        yield RULE.finding(postmortem, postmortem.mark(path), f"{what} lies in the future", hint)


def _in_future(postmortem: Postmortem, context: Context) -> Iterator[tuple[str, str]]:
    """Where it stands, and what it is called."""
    for name in MILESTONES:
        moment = postmortem.milestone(name)
        if moment and (moment.at.astimezone(UTC) > context.as_of if moment.at else moment.day > context.today):
            yield name, name
    days = [("published", "published", postmortem.published)]
    days += [(f"updates/{at}/on", "the day of an update", item.on) for at, item in enumerate(postmortem.updates)]
    days += [(f"approvals/{at}/on", "the day of an approval", item.on) for at, item in enumerate(postmortem.approvals)]
    days += [
        (f"actions/{item.index}/completed", f"the completion of action {item.id}", item.completed)
        for item in postmortem.actions
    ]
    yield from ((path, what) for path, what, day in days if day and day > context.today)


RULE = Rule(
    code="AW302",
    name="future-date",
    level=Level.WARNING,
    scope=Scope.CLOCK,
    summary="What is said to have happened lies in the past.",
    rationale="A year or an offset is easily mistyped. Milestones, publication, updates, approvals and completed "
    "actions are looked at; due and review dates are plans. A drill may be drafted before it is held.",
    good=(Example("resolved: 2026-03-04T09:50:00Z\nreview_on: 2027-04-08"),),
    bad=(
        Example("resolved: 2027-03-04T09:50:00Z"),
        Example("updates:\n  - {on: 2027-01-20, note: Added the vendor's findings}"),
    ),
    compare=_compare,
    concerns=lambda _, brief, context: brief.latest is not None and brief.latest >= context.today.toordinal(),
)
