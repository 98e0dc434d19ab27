"""Events: the timeline of a page: rows of tables, items of lists, paragraphs or headings that begin with a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, tzinfo
from itertools import pairwise

from afterword.migration.headings import part_of
from afterword.migration.outline import Block, Outline
from afterword.migration.times.calendar import Calendar
from afterword.migration.times.entries import Entry, entries
from afterword.migration.times.reckoning import Known, reckon
from afterword.migration.times.stamps import stamp_at_start
from afterword.migration.times.zones import instant
from afterword.timing import Moment

_ELSEWHERE = frozenset(("actions", "process", "approvals", "attachments", "lessons"))
"""Parts whose days are those of something else: when a measure is due, when somebody approved."""
_FIGURE = re.compile(r"\d")
_FEWEST = 2
"""Times that make a timeline of a page without such a heading."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened when. ``at`` is its line in the page's text, from 0; ``text`` says what happened, without the time.

    ``day``, ``clock`` and ``zone`` as written, for the event or for the timeline as a whole; ``None``: not said.
    ``until``: the end of a stretch such as ``09:00–11:00``, on ``until_day``. ``about``: marked as approximate.
    ``written``: the day and time as the block has them. ``assumed``: the day is that of the page as a whole, for the
    timeline names none. ``why``: why ``day`` is ``None`` though something was written, in words for people.
    ``close``: the last of the paragraphs below a heading with a time, which tells how it went on.
    """

    text: str
    at: int
    day: date | None
    clock: time | None = None
    zone: tzinfo | None = None
    until: time | None = None
    about: bool = False
    until_day: date | None = None
    written: str = ""
    assumed: bool = False
    why: str | None = None
    close: str = ""

    @property
    def moment(self) -> Moment | None:
        """As front matter writes it: RFC 3339 with the zone's offset, or the day when clock or zone is not known."""
        return _moment(self.day, self.clock, self.zone)

    @property
    def ending(self) -> Moment | None:
        """The end of a stretch; ``None`` for an event that has none."""
        return _moment(self.until_day, self.until, self.zone) if self.until else None


def events(outline: Outline, calendar: Calendar) -> tuple[Event, ...]:
    """The events of a page's timeline, in the order of the text; none when it has no timeline."""
    sections = outline.sections
    homes = frozenset(at for at, section in enumerate(sections) if part_of(section.heading) == "timeline")
    found = entries(_below(outline, homes, calendar), calendar, homes) if homes else []
    if all(entry.heads for entry in found):
        found = _longest_run(outline, calendar)
    return tuple(_event(known) for known in reckon(found, calendar))


def _event(known: Known) -> Event:
    entry = known.entry
    clock = None if known.unsure else entry.stamp.clock
    return Event(
        entry.text, entry.at, known.day, clock, known.zone, known.until, known.about, known.until_day, entry.written,
        known.assumed, known.why, entry.close,
    )  # fmt: skip


def _below(outline: Outline, homes: frozenset[int], calendar: Calendar) -> Iterator[Block]:
    """The blocks below the headings of a timeline, those headings among them, and headings of days beside them."""
    sections = outline.sections
    inside = [
        section.part not in _ELSEWHERE and (at in homes or not homes.isdisjoint(section.above))
        for at, section in enumerate(sections)
    ]
    places = range(len(sections))
    for at, beside in (*pairwise(places), *pairwise(reversed(places))):
        # a title that begins with a day stands above all of the page, and not beside its timeline
        if inside[at] and not inside[beside] and beside not in sections[at].above:
            inside[beside] = stamp_at_start(sections[beside].heading, calendar) is not None
    return (block for block in outline.blocks if inside[block.section])


def _longest_run(outline: Outline, calendar: Calendar) -> list[Entry]:
    """The entries of the stretch with the most times, among those that headings without a time divide."""
    best: list[Entry] = []
    stretch: list[Block] = []
    for block in (*outline.blocks, None):
        if block is None or (block.kind == "heading" and not stamp_at_start(block.text, calendar)):
            best = max(best, _run(stretch, calendar), key=_weight)
            stretch = []
        if block is not None and outline.sections[block.section].part not in _ELSEWHERE:
            stretch.append(block)
    return best


def _run(stretch: list[Block], calendar: Calendar) -> list[Entry]:
    """The entries of a stretch, if it is a list of times rather than prose that happens to hold some."""
    if sum(map(_figures, stretch)) < _FEWEST:
        return []
    found = entries(stretch, calendar, frozenset())
    if _weight(found) < _FEWEST:
        return []
    first, last = found[0].at, max(entry.at for entry in found if entry.stamp.timed)
    blocks = [block for block in stretch if first <= block.first <= last and block.depth <= 1 and not block.quoted]
    return found if len(found) * 2 >= len(blocks) else []


def _figures(block: Block) -> int:
    """How many lines of a block may begin with a time, or whether it may end with one."""
    lines = sum(1 for line in block.text.split("\n") if _FIGURE.search(line[:40]))
    return lines or (1 if _FIGURE.search(block.text[-40:]) else 0)


def _weight(found: list[Entry]) -> int:
    return sum(1 for entry in found if not entry.heads and entry.stamp.timed)


def _moment(day: date | None, clock: time | None, zone: tzinfo | None) -> Moment | None:
    if day is None:
        return None
    if clock is None or zone is None:
        return Moment(day.isoformat(), day)
    at = instant(day, clock, zone)
    if at is None:
        return Moment(day.isoformat(), day)
    return Moment(at.isoformat().replace("+00:00", "Z"), day, at)
