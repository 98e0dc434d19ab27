"""AW308: a postmortem past its target."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.brief import Brief
from afterword.findings import Finding, Level
from afterword.model import Kind, Postmortem, Status
from afterword.record import Record
from afterword.rules.base import Context, Example, Rule, Scope
from afterword.timing import days_between, format_days


def _may_be_late(_: Record, brief: Brief, context: Context) -> bool:
    end = brief.published if brief.status == Status.PUBLISHED else context.today.toordinal()
    if brief.resolved is None or end is None:
        return False
    return end - brief.resolved > context.settings.targets.time_to_postmortem_days


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    if not postmortem.is_internal or postmortem.kind is not Kind.INCIDENT or postmortem.merged_into:
        return
    is_out = postmortem.status is Status.PUBLISHED
    end = postmortem.published if is_out else context.today
    days = days_between(postmortem.milestone("resolved"), end, context.settings.zone)
    target = context.settings.targets.time_to_postmortem_days
    if days is None or days <= target:
        return
    if is_out:
        message = f"published {format_days(days)} after it was resolved; the target is {format_days(target)}"
        hint = "Nothing to mend here: it counts as late in the time to postmortem."
        yield RULE.finding(postmortem, postmortem.mark("published"), message, hint, Level.HINT)
    else:
        message = f"resolved {format_days(days)} ago and not published; the target is {format_days(target)}"
        hint = "Finish it and run `afterword publish`."
        yield RULE.finding(postmortem, postmortem.mark("resolved"), message, hint)


RULE = Rule(
    code="AW308",
    name="late-postmortem",
    level=Level.WARNING,
    scope=Scope.CLOCK,
    milder="A hint once it is published: what is past cannot be mended.",
    summary="A postmortem of an incident of ours is published within the target after it is resolved.",
    rationale="Memory fades within days. The target is `time_to_postmortem_days` in afterword.yml, in calendar days "
    "of the library's zone. Drills, near-misses and other organisations' incidents have no target.",
    good=(Example("resolved: 2026-03-04T09:50:00Z\npublished: 2026-03-11", note="The seventh day."),),
    bad=(
        Example("resolved: 2026-03-04T09:50:00Z\npublished: 2026-03-12"),
        Example("status: in-review\nresolved: 2026-03-04T09:50:00Z", note="Checked weeks later."),
    ),
    compare=_compare,
    concerns=_may_be_late,
)
