"""AW313: a timeline that is no table."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule

_SAYS_SOMETHING = 12
"""A sentence that leads to a chart or a chat is no timeline yet."""


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    if not postmortem.is_internal or postmortem.timeline:
        return
    for section in postmortem.body.sections:
        if section.part == "timeline" and section.words >= _SAYS_SOMETHING:
            message = "the timeline is no table, so it is neither drawn nor held against the milestones"
            hint = "Write a row for each event: `| Time (UTC) | Event | Action |`."
            yield RULE.finding(postmortem, section.span, message, hint)


RULE = Rule(
    code="AW313",
    name="timeline-table",
    level=Level.HINT,
    summary="The timeline of an incident of ours is a table: time, event, action.",
    rationale="Of a list or of paragraphs nobody can tell which words are a time. The rows of a table are put in "
    "order, held against the milestones and drawn at the head of the page. Other organisations wrote theirs as they "
    "liked.",
    good=(
        Example("## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-04 09:12 | First errors |", Form.BODY),
        Example("## Timeline\n\nSee the export of the channel.", Form.BODY, "Nothing to draw yet."),
    ),
    bad=(
        Example(
            "## Timeline\n\n- 09:12 UTC: first errors at checkout\n- 09:16 UTC: the alert fires and wakes the on-call\n"
            "- 09:44 UTC: the pool is raised, errors end",
            Form.BODY,
        ),
    ),
    check=_check,
)
