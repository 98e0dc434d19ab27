"""AW312: times of day in a text that names no zone."""

from __future__ import annotations

from collections.abc import Iterator

from afterword import phrases
from afterword.findings import Finding, Level, Span
from afterword.model import Postmortem
from afterword.prose import Passage
from afterword.rules.base import Example, File, Form, Judged, Rule


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    rows = [row for row in postmortem.timeline if row.moment and row.moment.at]
    if postmortem.body.zone or rows:  # a zone is named there, or the rule of the timeline says that none is
        return
    times = [time for passage in file.passages for time in _times(passage)]
    if not times or any(phrases.names_zone(passage.text) for passage in file.passages):
        return
    text, span = times[0]
    more = f" (and {len(times) - 1} more)" if len(times) > 1 else ""
    hint = "Name the zone once, for example in the heading of the timeline: `Time (UTC)`."
    yield RULE.finding(postmortem, span, f"“{text}” is a local time, and no zone is named anywhere{more}", hint)


def _times(passage: Passage) -> Iterator[tuple[str, Span]]:
    if passage.part == "timeline" and passage.kind == "cell":
        return
    if phrases.may_hold_clock_times(passage.text):
        for start, end in phrases.clock_times(passage.prose):
            yield passage.prose[start:end], passage.span(start, end)


RULE = Rule(
    code="AW312",
    name="local-time",
    level=Level.HINT,
    summary="A text that gives times of day names their zone, once.",
    rationale="“At 14:05 we rolled back” is another moment for a reader in another place, and for the same team after "
    "the clocks change. A zone named anywhere, best in the timeline, covers the whole text. Times behind a word "
    "such as “at”, with am or pm, and forms like “às 14h05” and “lúc 14 giờ 05” are known: all 181 that are "
    "found so in 72 published reports and the example's own are times of day.",
    judged=(
        Judged("72 reports of two organisations", 0, 0),
        Judged("some 115 reports of eleven other organisations, read afterwards", 15, 15),
    ),
    good=(
        Example("## Detection\n\nAt 09:16 the alert fired, four minutes in.", Form.BODY, "The timeline names UTC."),
        Example("## Timeline\n\nAll times in UTC.\n\n- At 09:12 the first errors.", Form.BODY),
    ),
    bad=(
        Example("## Timeline\n\n- At 09:12 the first errors.\n- At 09:50 all was well.", Form.BODY),
        Example("## Timeline\n\n- Às 14h05 os primeiros erros.", Form.BODY, "In Portuguese."),
        Example("## Timeline\n\n- Lúc 14 giờ 05 có lỗi đầu tiên.", Form.BODY, "In Vietnamese."),
    ),
    check=_check,
)
