"""AW608: postmortems whose day of review has passed without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from afterword.brief import Brief, brief_of
from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.record import Record
from afterword.rules.base import Context, Example, Rule, Scope
from afterword.timing import format_days


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    brief = brief_of(postmortem, context.settings.zone)
    if brief.review_on is None or not _is_missed(brief, context.today):
        return
    late = format_days(context.today.toordinal() - brief.review_on)
    count = len(brief.open_actions)
    left = (
        f"{count} action{'s are' if count > 1 else ' is'} open" if count else "nothing was noted since it was published"
    )
    message = f"the day of review passed {late} ago, and {left}"
    hint = "Note under `updates` what the review found, or set `review_on` to the next day."
    yield RULE.finding(postmortem, postmortem.mark("review_on"), message, hint)


def _concerns(_record: Record, brief: Brief, context: Context) -> bool:
    return _is_missed(brief, context.today)


def _is_missed(brief: Brief, today: date) -> bool:
    """Whether the day is over, nothing has happened since, and there is something of ours left to look at."""
    if brief.origin != "internal" or brief.status == "draft":
        return False
    if brief.review_on is None or brief.review_on >= today.toordinal():
        return False
    if brief.latest is not None and brief.latest >= brief.review_on:
        return False
    return bool(brief.open_actions) or (brief.published is not None and brief.latest == brief.published)


_OPEN = (
    "actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n"
    '    owner: "@team-payments"\n    due: 2026-12-11\n    priority: P1\n    status: open\n'
)

RULE = Rule(
    code="AW608",
    name="review-passed",
    level=Level.HINT,
    scope=Scope.CLOCK,
    summary="On its day of review somebody returns to a postmortem and leaves a trace.",
    rationale="A month later it shows whether the actions were done and whether they helped. The day counts as kept "
    "when anything was noted on it or later: an update, an approval, an action completed. Where all actions had come "
    "to their end before that day, and after publication, there is nothing left to ask. This depends on the day of "
    "the check, so it never fails one.",
    good=(
        Example(f"{_OPEN}review_on: 2026-12-31"),
        Example(f"{_OPEN}review_on: 2026-03-20\nupdates: [{{on: 2026-03-20, note: A1 waits for the new driver}}]"),
    ),
    bad=(Example(f"{_OPEN}review_on: 2026-03-20"),),
    compare=_compare,
    concerns=_concerns,
)
