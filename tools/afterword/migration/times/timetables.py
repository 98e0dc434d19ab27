"""Timetables: the rows of a table that is a timeline, whichever of its columns hold days, times and what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import tzinfo

from afterword.migration.outline import Block
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.stamps import Stamp, is_weekday, names_other_day, stamp_at_start
from afterword.migration.times.zones import zone_in
from afterword.migration.words import plain

_TIME = re.compile(
    r"\b(?:time|times|timestamp|clock|when|datetime|hora|horário|quando|giờ|thời gian|thời điểm|uhrzeit|zeit|heure|"
    r"start(?:ed)?|begin|from|início|utc|gmt)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(?:date|dates|day|days|data|dia|ngày|datum|jour)\b", re.IGNORECASE)
_END = re.compile(r"\b(?:end(?:ed)?|until|finish(?:ed)?|fim|kết thúc)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\btime (?:to|spent|taken|lost|since|between)\b|\b(?:duration|elapsed|delta|downtime|due|zone|timezone)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SAME = frozenset(("", "-", "–", "—", '"', "''", "″", "”", "//", "same", "same day"))
"""Cells that say: as above."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a timeline: ``zone`` is that of its column. ``lost``: it is of another day, and does not say which."""

    at: int
    stamp: Stamp
    text: str
    written: str
    zone: tzinfo | None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of columns: days, times, ends; those that hold nothing but a day of the week or a time again."""

    day: int | None
    time: int | None
    end: int | None
    beside: frozenset[int]


def rows_of(table: list[Block], calendar: Calendar) -> Iterator[Row]:
    """The rows of one table; none when it is no timeline."""
    heads = tuple(plain(head) for head in table[0].heads)
    body = table[1:] if table[0].cells == table[0].heads else table
    columns = _by_names(heads, body, calendar) or _by_cells(table, calendar)
    if columns is None:
        return
    if table[0] not in body and _stamped(table[0], columns, calendar):
        body = table  # a table without heads, written with its first row in their place
    places = [place for place in (columns.time, columns.day) if place is not None]
    zone = next((found.zone for place in places if place < len(heads) and (found := zone_in(heads[place]))), None)
    year = next(
        (int(named[0]) for place in places if place < len(heads) and (named := _YEAR.search(heads[place]))), None
    )
    calendar = replace(calendar, near=None, year=year) if year else calendar
    for block in body:
        row = _row(block, columns, calendar, zone)
        if row:
            if row.stamp.day and row.stamp.day != calendar.near:
                calendar = replace(calendar, near=row.stamp.day)
            yield row


def _by_names(heads: tuple[str, ...], body: list[Block], calendar: Calendar) -> _Columns | None:
    day = time = end = None
    again: set[int] = set()
    for place, head in enumerate(heads):
        if _NOT.search(head) or len(head) > 60:
            continue
        if _DAY.search(head) and not _weekdays(body, place):
            day = place if day is None else day
        elif _DAY.search(head):
            again.add(place)
        elif _END.search(head):
            end = place if end is None else end
        elif _TIME.search(head):
            time, again = (place, again) if time is None else (time, again | {place})
    if day is None and time is None:
        return None
    again = {place for place in again if _weekdays(body, place) or _share(body, place, calendar) > 0.5}
    columns = _Columns(
        day, time, end if end is not None and _share(body, end, calendar) > 0.5 else None, frozenset(again)
    )
    places = [place for place in (day, time) if place is not None]
    return columns if max(_share(body, place, calendar) for place in places) > 0.3 else None


def _by_cells(table: list[Block], calendar: Calendar) -> _Columns | None:
    """The first column that most rows have a time in, and one of days in front of it."""
    width = max(len(block.cells) for block in table)
    for place in range(min(width, 4)):
        if _share(table[1:] or table, place, calendar, whole=True) > 0.6:
            stamps = [stamp for block in table if (stamp := _stamp(_cell(block, place), calendar))]
            if any(stamp.timed for stamp in stamps):
                return _Columns(None, place, None, frozenset())
            beside = place + 1
            if _share(table[1:] or table, beside, calendar, whole=True) > 0.6:
                return _Columns(place, beside, None, frozenset())
    return None


def _share(body: list[Block], place: int, calendar: Calendar, *, whole: bool = False) -> float:
    """How many of the cells of a column begin with a stamp (``whole``: are one), of those that hold something."""
    cells = [cell for block in body if (cell := _cell(block, place)) not in _SAME]
    stamps = [_stamp(cell, calendar) for cell in cells[:40]]
    good = sum(1 for stamp in stamps if stamp and (stamp.alone or not whole))
    return good / len(stamps) if stamps else 0.0


def _weekdays(body: list[Block], place: int) -> bool:
    cells = [cell for block in body[:40] if (cell := _cell(block, place))]
    return bool(cells) and all(is_weekday(cell) for cell in cells)


def _cell(block: Block, place: int) -> str:
    return plain(block.cells[place]) if place < len(block.cells) else ""


def _stamp(cell: str, calendar: Calendar) -> Stamp | None:
    return stamp_at_start(cell, calendar, column=True)


def _stamped(block: Block, columns: _Columns, calendar: Calendar) -> bool:
    places = [place for place in (columns.day, columns.time) if place is not None]
    return all(_stamp(_cell(block, place), calendar) is not None for place in places)


def _row(block: Block, columns: _Columns, calendar: Calendar, zone: tzinfo | None) -> Row | None:
    taken = [place for place in (columns.day, columns.time, columns.end) if place is not None]
    others = [cell for place, cell in enumerate(block.cells) if place not in taken and place not in columns.beside]
    text = " | ".join(cell.strip() for cell in others if cell.strip())
    stamp, left, lost = _joined(block, columns, calendar)
    if columns.end is not None:
        end = _stamp(_cell(block, columns.end), calendar)
        if end and end.clock and end.alone:
            stamp.until, stamp.until_day = end.clock, end.day
        elif _cell(block, columns.end) not in _SAME:
            left.append(block.cells[columns.end].strip())
    text = " | ".join([*left, *([text] if text else [])])
    if not text and not (stamp.timed or stamp.dated):
        return None
    written = " ".join(
        block.cells[place].strip() for place in sorted({*taken, *columns.beside}) if place < len(block.cells)
    )
    return Row(block.first, stamp, text, written, zone, lost)


def _joined(block: Block, columns: _Columns, calendar: Calendar) -> tuple[Stamp, list[str], bool]:
    """The stamp of a row from its cells, what of them is no stamp, and whether the day is another one not told."""
    stamp, left, lost = Stamp(), [], False
    for place in (columns.day, columns.time):
        cell = _cell(block, place) if place is not None else ""
        if cell in _SAME:
            continue
        found = _stamp(cell, calendar)
        if found is None:
            left.append(cell)
            lost = lost or names_other_day(cell) or place == columns.day
            stamp.why = f"“{cell[:40]}” is no time"
            continue
        left += [found.text] if found.text and not is_weekday(found.text) else []
        stamp = _both(stamp, found)
    return stamp, left, lost


def _both(day: Stamp, clock: Stamp) -> Stamp:
    """Two stamps of one row as one. A day beside the time counts more than one in a column of its own."""
    if not day.dated:
        return clock
    if clock.dated:
        return clock
    return replace(
        clock, dated=True, day=day.day, last=day.last, why=day.why, yearless=day.yearless,
        zone=clock.zone or day.zone, zoned=clock.zoned or day.zoned, about=clock.about or day.about,
    )  # fmt: skip
