"""AW304: rows of the timeline far from the incident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from afterword.findings import Finding, Level
from afterword.model import Postmortem, TimelineEvent
from afterword.rules.base import Example, File, Form, Rule, shortened
from afterword.timing import format_days

DAYS = 7
"""So far a row may lie before the start or after the end."""


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    started = postmortem.started
    if started is None:  # far from what?
        return
    rows = [(row, _distance(postmortem, started.day, row.moment.day)) for row in postmortem.timeline if row.moment]
    if rows and all(days for _, days in rows):
        nearest = min((days for _, days in rows), key=abs)
        message = f"every row of the timeline lies {_away(nearest, ' or more')}"
        hint = "Compare the dates in the table with `started`; look at the year first."
        yield RULE.finding(postmortem, postmortem.body.timeline_span, message, hint)
        return
    for far, group in groupby(rows, key=lambda item: bool(item[1])):
        run = list(group)
        if far and (run[0] is not rows[0] or _in_another_year(started.day, run[-1][0])):
            yield _run(postmortem, run)


def _in_another_year(start: date, row: TimelineEvent) -> bool:
    """Whether a row above all others is a mistyped year: else a table may well begin with what led to it."""
    if row.moment is None:
        return False
    day = row.moment.day
    years = start.year - day.year
    return years != 0 and abs((start - day).days - years * 365.25) <= DAYS


def _run(postmortem: Postmortem, rows: list[tuple[TimelineEvent, int]]) -> Finding:
    row, days = rows[0]
    more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
    message = f"the row “{shortened(row.text, 30)}” lies {_away(days)}{more}"
    hint = "Fine when it tells what led to it or what followed; else look at the date."
    return RULE.finding(postmortem, row.span, message, hint, Level.HINT)


def _distance(postmortem: Postmortem, start: date, day: date) -> int:
    """Days before the start (negative) or after the end; 0 within a week. Days as written: zones matter less."""
    before = (day - start).days
    if before < -DAYS:
        return before
    end = postmortem.milestone("resolved") or (None if postmortem.is_ongoing else postmortem.milestone("mitigated"))
    after = (day - end.day).days if end else 0
    return after if after > DAYS else 0


def _away(days: int, more: str = "") -> str:
    return f"{format_days(abs(days))}{more} {'before the incident started' if days < 0 else 'after it ended'}"


RULE = Rule(
    code="AW304",
    name="timeline-far",
    level=Level.WARNING,
    milder="A hint for single rows. Rows above all others that lie long before the start are taken for what led to "
    "it, unless only the year differs.",
    summary="The timeline is about the days of the incident.",
    rationale="A table whose every row lies over seven days away has the wrong year, or belongs to another incident.",
    good=(
        Example(
            "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-01-12 | Limit raised |\n"
            "| 2026-03-04 09:12 | First errors |",
            Form.BODY,
        ),
    ),
    bad=(
        Example(
            "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2025-03-04 09:12 | First errors |\n"
            "| 09:16 | Page |",
            Form.BODY,
            "Last year's date in every row.",
        ),
        Example(
            "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 2026-03-04 09:12 | First errors |\n"
            "| 2026-04-04 09:50 | Over |",
            Form.BODY,
            "A hint: the next month.",
        ),
    ),
    check=_check,
)
