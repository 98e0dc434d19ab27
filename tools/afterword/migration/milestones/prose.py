"""Prose: milestones that sentences state with a full moment: “was resolved at 15:10 UTC on 4 March 2024”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from afterword.migration.milestones.durations import read as stated_length
from afterword.migration.milestones.lists import pattern
from afterword.migration.milestones.named import end_day
from afterword.migration.milestones.rows import Row, row
from afterword.migration.outline import Block
from afterword.migration.reading import Reading
from afterword.migration.times.calendar import day_in_heading, day_in_name
from afterword.migration.times.dates import day_at, days_in
from afterword.migration.times.events import Event
from afterword.migration.times.stamps import Stamp, stamp_at_start
from afterword.migration.words import plain

_PARTS = ("summary", "detection", "resolution")
_BLOCKS, _SIGNS, _STAMPS = 60, 2000, 6
"""Blocks of a page, signs of a block and stamps of a sentence that are read; what is longer tells no summary."""
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "ept", "Oct", "Nov", "Dec")
_MONTHS = "".join(rf"(?<!{name}\.)" for name in _SHORT)
_SENTENCE = re.compile(rf"(?<=[^\d\s][.!?]){_MONTHS}\s+(?=[^a-z\s])|\n{{2,}}")
_LEAD = re.compile(
    r"(?<!\w)(?:(?P<day>(?:on|in|during)\s+the\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night)\s+of(?:\s+the)?)|"
    r"between|from|at|on|since|around|approximately|by|entre|das|de|às|em|từ|lúc|vào)\s+(?=\S)",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(?<!\w)(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?day\b|\b(next|following) (?:day|morning)\b", re.IGNORECASE
)
_NEW_CLAUSE = re.compile(r"(?:\b(?:and|but|then|while|e|mas|và)|;)\s*\Z", re.IGNORECASE)
_COMMA = re.compile(r"[,;:]\s|\s[–—]\s")
_HINT = re.compile(
    r"\d(?:[:hH.]\d\d|\s?[apAP]\.?[mM]\b|\d\d|(?:st|nd|rd|th|ST|ND|RD|TH)\b|\.?\s+[A-Za-z]{3}|(?<=[A-Za-z]{3} \d)"
    r"|(?<=[A-Za-z]{3}\. \d)|(?<=[Tt]háng \d))"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d\w{0,2} ['’]\d\d(?!\w)")
_FAILS = pattern(r"""
    {trouble}|unavailab\w+|unable|unreachable|down|fail\w*|errors?|time ?outs?|timed out|degrad\w*|slow\w*|interrupt\w*
    duration|stuck|blocked|frozen|offline|out of service|delays?|delayed|affected|impacted|lost
    could ?n[o']t|cannot|not (available|able|accessible|reachable|working)|broke|broken|crash\w*
    disrupt\w*|stopped|stalled|ran out|indispon\w*|afetad\w*|falh\w*|không|ảnh hưởng
""")
_LONGEST = timedelta(days=31)
_LASTED = re.compile(
    r"\b(?:(?:was|were|is|went|became|be)\s(?:\w+\s){0,4}?for|last(?:ed|ing)(?:\sfor)?|"
    r"for(?=\s\d[^.;]{2,30}\s(?:starting|beginning)\b))"
    r"(?:\s(?:a total of|exactly))?\s+(?=\d)",
    re.IGNORECASE,
)
"""What stands before how long it took: “was unavailable for 47 minutes”, “lasting 47 minutes”."""
_GOES_ON = re.compile(r"\s(?:starting|beginning|on|from|at|due|because|while|as)\b")
"""What follows a length in the same sentence."""
_HAD_FAILED = re.compile(r"\b(?:had|been|already|by then|after|ago|before|earlier|until|next|would)\b", re.IGNORECASE)
"""Words of what was over then, or was to come."""
_PLANNED = pattern(r"""
    planned|scheduled|maintenance|would|will|should|drill|exercise|manutenção|planejad\w*|bảo trì
""")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One with a time, read as a row of a timeline; without a moment where its day is not known.

    ``span``: it tells from when till when something failed.
    """

    row: Row
    text: str
    span: bool = False
    leads: bool = False
    """Whether the words stand before the moment: “was restored at 15:10 UTC”, and not after “At 15:10 UTC”."""
    by: bool = False
    """Whether it tells how things were by then: “By 15:10 UTC traffic was back to normal”."""


def sentences(reading: Reading, day: date | None) -> Iterator[Sentence]:
    """Those of the parts that tell of the whole. ``day``: that of times without one, if the page states it.

    Where neither that nor the name of the file, nor the title, nor a timeline has a day, the year has to be told.
    """
    anchored = bool(day or reading.events or day_in_name(reading.page.path))
    anchored = anchored or day_in_heading(reading.outline, reading.calendar) is not None
    for block in _blocks(reading):
        text = plain(block.text[:_SIGNS])
        before: Event | None = None
        for sentence in _SENTENCE.split(text):
            if sentence and _HINT.search(sentence):
                for found in _read(sentence[:600], block, reading, day, before, anchored=anchored):
                    before = found.row.event if found.row.event.day else before
                    yield found


def _blocks(reading: Reading) -> Iterator[Block]:
    """Paragraphs and items of summary, detection and resolution, and those in front of the first part."""
    found = 0
    for block in reading.outline.blocks:
        section = reading.outline.sections[block.section]
        opening = section.part is None and block.section <= 1
        if block.kind in ("paragraph", "item") and not block.quoted and (opening or section.part in _PARTS):
            found += 1
            yield block
        if found == _BLOCKS:
            return


def _read(
    sentence: str, block: Block, reading: Reading, day: date | None, earlier: Event | None, *, anchored: bool
) -> Iterator[Sentence]:  # fmt: skip
    """The stamps of a sentence. ``earlier``: the time told before it in the same paragraph."""
    stamps = list(_stamps(sentence, reading))
    written = {found.day for found in days_in(sentence, reading.calendar) if found.day}
    written_here = bool(written)
    only = written.pop() if len(written) == 1 else day if not written else None
    for number, (start, end, stamp) in enumerate(stamps):
        before = sentence[stamps[number - 1][1] if number else 0 : start]
        after = sentence[end : stamps[number + 1][0] if number + 1 < len(stamps) else None]
        at = stamp.day or (only if written_here or not _other_weekday(sentence, only) else None)
        if at is None and not written_here:
            at = _day_before(sentence, stamp, earlier)
        if not anchored and not earlier and not _YEAR.search(sentence):
            continue
        zone = stamp.zone if stamp.zoned else reading.calendar.zone
        lead = sentence[start:end].split(" ", 1)[0].casefold()
        leads = len(before.split()) > 1 and not _NEW_CLAUSE.search(before)
        text = _last_clause(before) if leads else after
        failing = bool(_FAILS.search(sentence.casefold()))
        span = stamp.until is not None and failing
        if _PLANNED.search(sentence.casefold()):
            continue
        event = Event(text, block.first, at, stamp.clock, zone, about=stamp.about)
        if span and at:
            event = replace(event, until=stamp.until, until_day=end_day(stamp, at))
        elif at and failing and stamp.last and stamp.clock is None and lead in ("between", "from"):
            event, span = replace(event, until_day=stamp.last), True  # “Between 4 and 9 March 2024 logins failed”
        elif at and failing and len(stamps) == 1 and not stamp.about:
            event = _with_length(event, sentence)
            span = event.until is not None
        by = not leads and lead == "by"
        yield Sentence(row(event), sentence, span and at is not None, leads, by)


def _with_length(event: Event, sentence: str) -> Event:
    """The event with its end, where the sentence says to the minute how long that which failed then lasted."""
    said = _LASTED.search(sentence)
    length = stated_length(_GOES_ON.split(sentence[said.end() :], maxsplit=1)[0], 0) if said else None
    if length is None or length.slack > timedelta(minutes=1) or length.length > _LONGEST or event.zone is None:
        return event
    if event.day is None or event.clock is None or row(event).resolves or _HAD_FAILED.search(sentence):
        return event
    end = datetime.combine(event.day, event.clock) + length.length
    return replace(event, until=end.time(), until_day=end.date())


def _day_before(sentence: str, stamp: Stamp, earlier: Event | None) -> date | None:
    """The day told before, for a time of the same day: not one of the week, and none past midnight."""
    if earlier is None or stamp.clock is None or _other_weekday(sentence, earlier.day):
        return None
    if earlier.clock is None:
        return None if earlier.until_day else earlier.day
    zone = stamp.zone if stamp.zoned else earlier.zone
    return earlier.day if stamp.clock >= earlier.clock and zone == earlier.zone else None


def _other_weekday(sentence: str, day: date | None) -> bool:
    """Whether a sentence names days of the week, and not that of a day: “restored on Friday”."""
    named = {(found[1] or found[2]).casefold() for found in _WEEKDAY.finditer(sentence)}
    return bool(named) and (day is None or named != {_WEEKDAYS[day.weekday()]})


def _last_clause(text: str) -> str:
    """What leads to a moment: “Upon discovery, the upgrade was pulled” tells of the second."""
    clause = _COMMA.split(text)[-1]
    return clause if len(clause.split()) > 2 else text


def _stamps(sentence: str, reading: Reading) -> Iterator[tuple[int, int, Stamp]]:
    """Where stamps stand, from the word that leads to them, and what they say."""
    at, found = 0, 0
    while found < _STAMPS:
        lead = _LEAD.search(sentence, at)
        if lead is None:
            return
        begin = lead.end() if lead["day"] else lead.start()
        stamp = stamp_at_start(sentence[begin : begin + 200], reading.calendar)
        if stamp is None or not (stamp.dated or stamp.timed):
            at = lead.end()
            continue
        end = begin + stamp.end
        if stamp.day is None:  # “between 14:02 and 15:10 UTC on 4 March 2024”
            late = re.compile(r",?\s+(?:on\s+|em\s+|ngày\s+)?(?:the\s+)?(?:\w{6,9},?\s+)?").match(sentence, end)
            written = day_at(sentence, late.end(), reading.calendar) if late else None
            if written and written.day:
                stamp.day, end = written.day, written.end
        found += 1
        yield lead.start(), end, stamp
        at = end
