"""Rows of the timeline in order of time, where every time can be read and none depends on a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from afterword.findings import Span
from afterword.fixes.base import Facts, Fix, Page, Proposal
from afterword.timeline import points
from afterword.timing import Moment, parse_moment

SLIP = timedelta(hours=3)
"""A row without a date that lies further back than this may belong to the next day, or to another clock."""


def go_back(moments: Iterable[Moment | None]) -> bool:
    """Whether a row lies before one above it."""
    times = [moment.at.astimezone(UTC) for moment in moments if moment and moment.at]
    return any(second < first for first, second in pairwise(times))


def _propose(page: Page) -> Iterator[Proposal]:
    rows, times = page.parsed.body.rows, _times(page)
    if not page.movable or times is None or times == sorted(times) or not _is_plain(page, times):
        return
    order = sorted(range(len(rows)), key=lambda number: times[number])
    first, last = rows[0].span.line, rows[-1].span.line
    lines = [page.lines[rows[number].span.line - 1] for number in order]
    edit = page.edit(Span(first, 1, last, len(page.lines[last - 1]) + 1), "\n".join(lines))
    yield Proposal((edit,), "order of rows", lambda facts: _claim(facts, order))


def _times(page: Page) -> list[datetime] | None:
    """The time of each row in UTC; ``None`` when one cannot be read, or could be two."""
    times = [moment.at for moment in page.moments if moment and moment.at]
    if not times or len(times) < len(page.moments) or any(map(_is_double, times)):
        return None
    return [time.astimezone(UTC) for time in times]


def _is_double(time: datetime) -> bool:
    """Whether it lies in the hour that comes twice when clocks go back."""
    return time.replace(fold=0).utcoffset() != time.replace(fold=1).utcoffset()


def _is_plain(page: Page, times: Sequence[datetime]) -> bool:
    """Whether each row is one line of one table, and no day was guessed: no row without a date rolled over midnight."""
    rows = page.parsed.body.rows
    numbers = [row.span.line for row in rows]
    lines = [page.lines[number - 1] for number in numbers]
    indents = {line[: len(line) - len(line.lstrip())] for line in lines}
    if numbers != list(range(numbers[0], numbers[0] + len(rows))) or len(indents) > 1:
        return False
    if not all("|" in line for line in lines) or any(line.lstrip().startswith(">") for line in lines):
        return False
    day = _first_day(page)
    for number, row in enumerate(rows):
        moment = page.moments[number]
        if moment is None:
            return False
        if points((row.time,), page.facts.zone, None)[0].moment is None:  # without a start only a date tells the day
            back = times[number - 1] - times[number] if number else timedelta()
            if moment.day != day or back > SLIP:
                return False
        day = moment.day
    return True


def _first_day(page: Page) -> date | None:
    """The day of the start in the zone of the table: the day of a first row without a date."""
    front = page.facts.front
    given = front.get("started") if isinstance(front, dict) else None
    started = parse_moment(given) if isinstance(given, str) else None
    first = page.moments[0]
    if started is None or started.at is None or first is None or first.at is None:
        return started.day if started else None
    return started.at.astimezone(first.at.tzinfo).date()


def _claim(facts: Facts, order: Sequence[int]) -> Facts:
    moments = facts.moments or ()
    return replace(
        facts,
        rows=tuple(facts.rows[number] for number in order),
        moments=tuple(moments[number] for number in order),
    )


FIX = Fix("timeline", "Rows of the timeline are in order of time.", ("AW303",), _propose)
