"""AW303: rows of the timeline out of order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from afterword.findings import Finding, Level
from afterword.model import Postmortem, TimelineEvent
from afterword.rules.base import Example, File, Form, Rule, shortened
from afterword.timing import surely_before


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    rows = [row for row in postmortem.timeline if row.moment]
    back = [(above, row) for above, row in pairwise(rows) if _goes_back(above, row, file)]
    if len(back) > 1 and len(back) * 2 > len(rows):
        message = "the timeline runs from the latest row to the earliest"
        yield RULE.finding(postmortem, postmortem.body.timeline_span, message, "Begin with the earliest.")
        return
    for above, row in back:
        message = f"the row “{shortened(row.text, 30)}” lies before the one above it, “{shortened(above.text, 30)}”"
        hint = "Put the rows in order, or write the date when it is another day."
        yield RULE.finding(postmortem, row.span, message, hint)


def _goes_back(above: TimelineEvent, row: TimelineEvent, file: File) -> bool:
    first, second = above.moment, row.moment
    if first is None or second is None or not surely_before(second, first, file.settings.zone):
        return False
    # the hour that comes twice when clocks go back: the second reading may be in order
    return not (first.at and second.at and _later(second.at) >= first.at.astimezone(UTC))


def _later(at: datetime) -> datetime:
    return at.replace(fold=1).astimezone(UTC)


RULE = Rule(
    code="AW303",
    name="timeline-order",
    level=Level.WARNING,
    summary="The rows of the timeline are in order of time.",
    rationale="A row out of order is often a mistyped hour or a forgotten date. A time without a date belongs to "
    "the day of the row above, and rolls over past midnight.",
    good=(
        Example(
            "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-04 23:50 | First errors |\n"
            "| 00:10 | Page (the next day) |",
            Form.BODY,
        ),
    ),
    bad=(
        Example(
            "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-04 09:12 | First errors |\n"
            "| 09:40 | Rolled back |\n| 09:16 | Page |",
            Form.BODY,
        ),
    ),
    check=_check,
)
