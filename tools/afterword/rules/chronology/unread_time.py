"""AW310: times of the timeline that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule, shortened
from afterword.timeline import points
from afterword.timing import Moment


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    rows = [row for row in postmortem.timeline if row.moment is None and any(map(str.isdigit, row.text))]
    if postmortem.started is None:  # an hour waits for its day, and AW102 asks for that
        rows = [row for row in rows if points((row.text,), postmortem.body.zone, _ANY_DAY)[0].moment is None]
    if rows:
        more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
        message = f"the time “{shortened(rows[0].text, 30)}” cannot be read{more}"
        hint = "Write 2026-03-04 09:12, or 09:12 on the day of the row above; the row is neither drawn nor compared."
        yield RULE.finding(postmortem, rows[0].span, message, hint)


_ANY_DAY = Moment("2026-03-04", date(2026, 3, 4))


def _table(time: str) -> str:
    return f"## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| {time} | First errors |"


RULE = Rule(
    code="AW310",
    name="unread-time",
    level=Level.HINT,
    summary="The time of each row of the timeline can be read.",
    rationale="A mistyped year or a range of days takes its row out of the drawn timeline and out of every comparison. "
    "Cells without a digit, such as “later”, are left alone.",
    good=(
        Example(_table("2026-03-04 09:12"), Form.BODY),
        Example(_table("~09:12"), Form.BODY, "About; on the day the incident started."),
        Example(_table("2026-03-04"), Form.BODY, "Only the day is known."),
    ),
    bad=(
        Example(_table("20226-03-04 09:12"), Form.BODY, "Mistyped."),
        Example(_table("4 March, 9 o'clock"), Form.BODY),
    ),
    check=_check,
)
