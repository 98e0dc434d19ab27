"""Entries: what a timeline lists, as written: stamps and texts, and the headings and lines that give days to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from itertools import pairwise

from afterword.migration.outline import Block
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.dates import days_in
from afterword.migration.times.stamps import Stamp, names_other_day, stamp_at_start
from afterword.migration.times.timetables import rows_of
from afterword.migration.times.zones import zone_in, zone_of_all
from afterword.migration.words import plain

_LABEL = re.compile(r"[*_]{0,3}(?P<label>[^\W\d][^:\n|]{0,60}?)[*_]{0,3}\s?(?::|\s[–—-]\s)[*_]{0,3}\s*")
"""A name in front of a time: ``**Detected:** 14:05``."""
_TRAIL = re.compile(r"(?:\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}[^\n]{0,24}|\[[^\[\]\n]{8,40}\])\W{0,4}\Z")
_WRAPPED = re.compile(
    r"(?:\b(?:at|by|until|till|from|to|since|around|about|and|on|the|of|before|after)|,)\s*\Z", re.IGNORECASE
)
"""A line that ends so runs on: the time that begins the next one is a part of its sentence."""
_BREAK = re.compile(r"<br ?/?>")
_LONGEST = 40
_DOTTED = re.compile(r"[^\w+-]{0,4}(?:c\. )?\d{1,2}\.[0-5]\d(?![\d.%])\s")
_MANY = 3
"""Blocks that begin with ``10.30`` are times, if there are so many; one alone is the number of a release."""
_REST = re.compile(
    r"\bunless\s(?:otherwise\s)?(?:noted|stated|specified|mentioned|indicated|given)(?:\sotherwise)?,?\s"
    r"(?:all\s)?(?:events?|times?|entries|rows)\b[^.;]{0,30}\b(?:on|of|from)\s(?=\S)",
    re.IGNORECASE,
)
"""A sentence that gives a day to all entries without one, whatever day the one above has."""
_LASTED = re.compile(
    r"\btime to\b|\bduration\b|\bmean\b|\bmtt[a-z]\b|\btt[a-z]\b|\btotal\b|\blength\b|\bdowntime\b|"
    r"\btook\b|\btempo\b|\bduração\b|\bthời gian (?:phát|khắc|giảm|xử)",
    re.IGNORECASE,
)
"""Names of how long something took, whose value is no time of day."""


@dataclass(slots=True)
class Entry:
    """One entry. ``written``: its day and time as written. ``zone``: that of its column.

    ``heads`` is set for what is no event and stands above some: ``main`` for the heading of the timeline. ``lost``: it
    says that another day begins, and not which. ``trails``: the time stood at the end;
    ``aside``: it stood in a sentence, so that it is no day for what follows. ``close``: below a heading, the last
    paragraph of several.
    """

    at: int
    stamp: Stamp = field(default_factory=Stamp)
    text: str = ""
    written: str = ""
    zone: tzinfo | None = None
    heads: bool = False
    main: bool = False
    lost: bool = False
    trails: bool = False
    aside: bool = False
    depth: int = 0
    days: tuple[date, ...] = ()
    kind: str = ""
    close: str = ""


def entries(blocks: Iterable[Block], calendar: Calendar, homes: frozenset[int]) -> list[Entry]:
    """The entries of some blocks, in order. Linear.

    ``homes``: the sections whose headings are those of a timeline. Without any, only what begins or ends with a time
    is an entry: nothing says that the rest is a timeline.
    """
    found = _Reader(calendar, homes).read(blocks)
    if not homes and any(entry.trails for entry in found):  # a time on a line of its own ends what stands above it
        found = [entry for entry in found if entry.trails or not entry.stamp.alone]
    logs = any(not entry.heads and entry.kind != "code" for entry in found)
    return [entry for entry in found if entry.kind != "code" or not logs]


class _Reader:
    def __init__(self, calendar: Calendar, homes: frozenset[int]) -> None:
        self.calendar, self.homes = calendar, homes
        self.found: list[Entry] = []
        self.dots: bool | None = None
        self.loose = False
        """A day stands above: what follows without a time happened on it."""

    def read(self, blocks: Iterable[Block]) -> list[Entry]:
        blocks = list(blocks)
        if sum(1 for block in blocks if _DOTTED.match(block.text)) >= _MANY:
            self.dots = True
        table: list[Block] = []
        for block in blocks:
            if table and (block.kind != "row" or block.heads != table[0].heads or block.first > table[-1].last + 1):
                self._table(table)
                table = []
            if block.kind == "row":
                table.append(block)
            elif block.kind == "heading":
                self._heading(block)
            elif block.kind == "code" and self.homes:
                self._code(block)
            elif block.kind in ("paragraph", "item"):
                self._prose(block)
        if table:
            self._table(table)
        return self.found

    def _stamp(self, text: str) -> Stamp | None:
        stamp = stamp_at_start(text, self.calendar, dots=self.dots)
        if stamp and stamp.day and stamp.day != self.calendar.near:
            self.calendar = replace(self.calendar, near=stamp.day)
        return stamp

    def _heading(self, block: Block) -> None:
        text = plain(block.text)
        stamp = self._stamp(text)
        main = block.section in self.homes
        if stamp and (stamp.timed or (stamp.why and not main)):
            self._add(block.first, stamp, text, block)
            self.loose = False
            return
        found = [written for written in days_in(text, self.calendar) if written.day]
        exact = [written for written in found if not written.yearless]
        if exact and len(exact) < len(found) and exact[0].day:
            near = replace(self.calendar, near=exact[0].day)
            found = [written for written in days_in(text, near) if written.day]
        days = sorted({day for written in found for day in (written.day, written.last) if day})
        zone = zone_in(text)
        lost = not days and names_other_day(text) and len(text) <= _LONGEST
        if main or days or zone or lost:
            shown = Stamp(zoned=zone is not None, zone=zone.zone if zone else None, about="approx" in text.casefold())
            self.found.append(
                Entry(block.first, shown, text, heads=True, main=main, lost=lost, days=tuple(days), kind="heading")
            )
            if days:
                self.calendar = replace(self.calendar, near=days[0])
        self.loose = bool(days) and not main

    def _prose(self, block: Block) -> None:
        lines = block.text.split("\n")
        stamp = self._stamp(lines[0])
        if stamp is None and len(lines) > 2 and lines[0].rstrip(" *_").endswith(":") and self._stamp(lines[1]):
            block = replace(block, first=block.first + 1, text="\n".join(lines[1:]))  # “Timeline:” on a line of its own
            lines = lines[1:]
            stamp = self._stamp(lines[0])
        if stamp is None:
            self._unstamped(block, lines)
            return
        # “14:05 - It broke.<br> 14:20 - Reverted.” may stand on one line
        pieces = [(step, piece) for step, line in enumerate(lines) for piece in _BREAK.split(line)]
        stamp = (self._stamp(pieces[0][1]) or stamp) if len(pieces) > len(lines) else stamp
        self._line(block, block.first, stamp, pieces[0][1])
        for (_, before), (step, line) in pairwise(pieces):
            wrapped = _WRAPPED.search(before[-20:])
            later = None if wrapped else self._stamp(line)
            if later and (later.timed or later.text):
                self._line(block, block.first + step, later, line)
            else:
                self._more(line)

    def _line(self, block: Block, at: int, stamp: Stamp, line: str) -> None:
        """A line that begins with a stamp: an event, or the day of those that follow."""
        if not stamp.timed and stamp.alone and block.kind != "row":
            entry = Entry(at, stamp, heads=True, written=line, depth=block.depth, kind="day")
            entry.days = tuple(day for day in (stamp.day, stamp.last) if day)
            self.found.append(entry)
            self.loose = True
            return
        self._add(at, stamp, line, block)
        self.loose = False

    def _add(self, at: int, stamp: Stamp, line: str, block: Block) -> None:
        written = line[: len(line) - len(stamp.text)] if stamp.text and line.endswith(stamp.text) else line[: stamp.end]
        self.found.append(Entry(at, stamp, stamp.text, written, depth=block.depth, kind=block.kind))

    def _more(self, text: str) -> None:
        """A text that goes on with what stands above."""
        if not self.found or not text.strip():
            return
        last = self.found[-1]
        text = text.strip().removeprefix(": ").strip()
        if last.heads and last.kind == "day":
            last.heads, last.text, last.kind = False, text, "paragraph"
            self.loose = False
        elif not last.heads:
            last.text = f"{last.text}\n{text}" if last.text else text

    def _unstamped(self, block: Block, lines: list[str]) -> None:
        last = self.found[-1] if self.found else None
        entry = self._elsewhere(block)
        if entry:
            self.found.append(entry)
            self.loose = False
        elif last and not last.heads and not last.text:
            self._more(block.text)
        elif self._of_day(block, last):
            self.found.append(Entry(block.first, Stamp(), block.text, depth=block.depth, kind=block.kind))
        elif len(lines) == 1 and len(block.text) <= _LONGEST and names_other_day(block.text):
            self.found.append(Entry(block.first, heads=True, lost=True, kind="day"))
        else:
            if last and last.kind == "heading" and not last.heads and block.kind == "paragraph" and not block.quoted:
                last.close = block.text
            zone = zone_of_all(block.text[:400])
            days = {written.day for written in days_in(block.text[:400], self.calendar) if written.day}
            if _REST.search(block.text[:400]) and len(days) == 1:
                stamp = Stamp(zoned=zone is not None, zone=zone.zone if zone else None)
                self.found.append(Entry(block.first, stamp, heads=True, days=tuple(days), kind="rest"))
            elif zone:
                self.found.append(Entry(block.first, Stamp(zoned=True, zone=zone.zone), heads=True, kind="zone"))

    def _elsewhere(self, block: Block) -> Entry | None:
        """The event of a text whose time stands behind a name, at its end or inside of it."""
        found = self._labelled(block.text) if self.homes else None
        entry = Entry(block.first, written=block.text, depth=block.depth, kind=block.kind)
        if found is None:
            found = self._trailing(block.text)
            entry.trails = found is not None
        if found is None and self.homes and not block.quoted:
            found = self._inside(block.text)
            entry.aside = found is not None
        if found is None:
            return None
        entry.stamp, entry.text = found
        return entry

    def _of_day(self, block: Block, last: Entry | None) -> bool:
        """Whether a text without a time stands right below a day, and not in an event of it."""
        if not (self.loose and self.homes):
            return False
        nested = last is not None and not last.heads and last.depth < block.depth
        return (block.kind == "item" or not block.depth) and not nested

    def _labelled(self, text: str) -> tuple[Stamp, str] | None:
        label = _LABEL.match(text)
        stamp = self._stamp(text[label.end() :]) if label and not _LASTED.search(label["label"]) else None
        return (stamp, label["label"]) if label and stamp and stamp.alone and stamp.timed else None

    def _trailing(self, text: str) -> tuple[Stamp, str] | None:
        """A stamp at the end, as pages of a service's status have it."""
        *before, last = text.split("\n")
        stamp = self._stamp(last) if before and len(last) <= _LONGEST else None
        if stamp and stamp.alone and stamp.timed and stamp.dated:
            return stamp, "\n".join(before)
        trail = _TRAIL.search(text[-60:])
        if trail is None:
            return None
        stamp = self._stamp(trail[0])
        cut = len(text) - len(trail[0])
        return (stamp, text[:cut].rstrip(" ([-–—")) if stamp and stamp.alone and stamp.timed and stamp.dated else None

    def _inside(self, text: str) -> tuple[Stamp, str] | None:
        """The one full day and time that a sentence holds: “Attack started at 4 February 2021, 21:12 UTC with …”."""
        days = [written for written in days_in(text[:200], self.calendar) if written.day and not written.yearless]
        stamp = self._stamp(text[days[0].start :]) if len(days) == 1 else None
        return (stamp, text) if stamp and stamp.timed and stamp.clock else None

    def _code(self, block: Block) -> None:
        """Lines of a log or a timeline in a block of code, if most begin with a time."""
        lines = block.text.rstrip("\n").split("\n")
        fenced = 1 if block.last - block.first > len(lines) else 0
        stamps = [self._stamp(line) if line.strip() else None for line in lines]
        if sum(1 for stamp in stamps if stamp and stamp.timed) * 2 <= sum(1 for line in lines if line.strip()):
            return
        for step, (line, stamp) in enumerate(zip(lines, stamps, strict=True)):
            if stamp and (stamp.timed or stamp.text):
                self._add(block.first + fenced + step, stamp, line, block)
            elif stamp is None:
                self._more(line)

    def _table(self, table: list[Block]) -> None:
        days = {found.day for head in table[0].heads[:2] for found in days_in(plain(head), self.calendar) if found.day}
        if len(days) == 1 and not any(stamp_at_start(plain(head), self.calendar) for head in table[0].heads[:2]):
            at = table[0].first
            self.found.append(Entry(at, Stamp(), plain(table[0].heads[0]), heads=True, days=(*days,), kind="heading"))
        for row in rows_of(table, self.calendar):
            self.found.append(Entry(row.at, row.stamp, row.text, row.written, zone=row.zone, lost=row.lost, kind="row"))
            if row.stamp.day and row.stamp.day != self.calendar.near:
                self.calendar = replace(self.calendar, near=row.stamp.day)
        self.loose = False
