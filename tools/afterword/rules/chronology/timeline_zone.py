"""AW305: times in the timeline without a zone."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    bare = [row for row in postmortem.timeline if row.moment and row.moment.at and not row.zoned]
    if bare:
        count = "a row has a time" if len(bare) == 1 else f"{len(bare)} rows have times"
        hint = "Name it once, in the heading of the column: `Time (UTC)`."
        yield RULE.finding(postmortem, postmortem.body.timeline_span, f"{count}, but no zone is named", hint)


RULE = Rule(
    code="AW305",
    name="timeline-zone",
    level=Level.WARNING,
    summary="The timeline names the zone of its times.",
    rationale="Readers in another place, and the same team after the clocks change, cannot place a time without a "
    "zone. Naming it once, in the column's heading or above the table, covers all rows.",
    good=(
        Example("## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-04 09:12 | First errors |", Form.BODY),
        Example("## Timeline\n\n| Time | Event |\n| --- | --- |\n| 2026-03-04 10:12 CET | First errors |", Form.BODY),
    ),
    bad=(Example("## Timeline\n\n| Time | Event |\n| --- | --- |\n| 2026-03-04 09:12 | First errors |", Form.BODY),),
    check=_check,
)
