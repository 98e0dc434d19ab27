"""Stamps: the day, time and zone that a line of a timeline begins with, in whatever order they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, tzinfo
from typing import TYPE_CHECKING

from afterword.migration.times.clocks import NAMED, clock_at
from afterword.migration.times.dates import day_at
from afterword.migration.times.zones import zone_alone, zone_at

if TYPE_CHECKING:
    from afterword.migration.times.calendar import Calendar

_REACH = 160
"""Signs: a day, two times and their zones with markup around them are never longer."""
_LEAD = re.compile(
    r"(?::[a-z_]{2,30}:(?=\s)|~~[^~\n]{1,60}~~|[^\w+<–—-]|<[^<>]{0,80}>|[-–—](?=\s|[*_`\[]|\d{1,2}/)|(?<![^\W_])_+)*"
)
"""Signs, marks of Markdown and emoji in front of a stamp. ``+`` and ``-`` make a time a difference: ``+00:10``."""
_WORDS = re.compile(
    r"(?:(?P<about>approx(?:imately|\.)?|circa|ca?\.|about|around|roughly|cerca de|por volta d[aeo]s?|khoảng)|"
    r"(?P<span>between|from|entre|das|từ)|at|on|by|às|em|a|lúc|vào)(?:\s+(?:lúc|the))?\s+~?\s*(?=[\w*_`~\[])",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:(?P<d0>mon(?:day)?|segunda|thứ hai)|(?P<d1>tue(?:s|sday)?|terça|thứ ba)|"
    r"(?P<d2>wed(?:s|nesday)?|quarta|thứ tư)|(?P<d3>thu(?:rs?|rsday)?|quinta|thứ năm)|"
    r"(?P<d4>fri(?:day)?|sexta|thứ sáu)|(?P<d5>sat(?:urday)?|sábado|thứ bảy)|"
    r"(?P<d6>sun(?:day)?|domingo|chủ nhật))(?:-feira)?\b\.?,?\s*",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:(?:next|following|previous) (?:\w{1,9}day|day|morning|evening|night|week)|day \d{1,3}|day (?:after|before)|"
    r"(?:\w{1,9} )?(?:days?|weeks?|months?) (?:later|after|before|earlier)|(?:dia|manhã) seguinte|"
    r"(?:hôm|ngày) (?:sau|trước))\b",
    re.IGNORECASE,
)
_MARKS = r"(?:[\s*_`~≈\[\](),|@]|<[^<>]{0,80}>)"
_TO_CLOCK = re.compile(
    rf"{_MARKS}*(?:[:\-–—@]{_MARKS}*)?(?:(?:at|às|lúc|kl\.?|um|(?P<about>ca?\.|circa|approx\.?|around|about))\s+)?{_MARKS}*"
)
_FIGURES = re.compile(r"([01]\d|2[0-3])([0-5]\d)(?=\s?[:–—-]{1,8}\s)")
"""Right behind a day, and before a sign, four figures are a time: ``2022-02-02 2021: it broke``."""
_TO_DAY = re.compile(rf"{_MARKS}*(?:(?:on|em|ngày|on the|the)\s+)?")
_TO_END = re.compile(
    rf"{_MARKS}{{0,9}}(?:(?P<sign>[-–—]|\.\.)|(?P<word>to|until|till|até|đến|às|and|e|và)\b){_MARKS}{{0,9}}",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:\(?(?:approx(?:imately|\.)?|circa|ca\.|ish|-ish|~|≈)\)?)(?!\w)", re.IGNORECASE)
_URL = re.compile(r"\]\([^()\s]{0,500}\)")
_SEPARATOR = re.compile(
    r"(?:\[\^[^\[\]\s]{1,20}\]|"
    r"[\s:–—−\u2012|,;)\]>→•·]|-(?![\w-])|-(?=\w)(?<=\s-)|=>|->|\.(?=\s|\Z)|</[a-z]{1,8}>|<br ?/?>)"
)
_MARK = re.compile(r"[*_`~]")
_MARKUP = re.compile(r"[*_`~]{1,3}")
_OPENING = re.compile(r"\s?[(,]?\s?")
_PAIRS = ("**", "__", "*", "_", "`", "~")


@dataclass(slots=True)
class Stamp:
    """What was read up to ``end``. ``dated`` and ``zoned`` tell whether a day and a zone were written at all.

    ``holed``: a time was written with signs in its place. ``why``: why the written day is no day.
    """

    end: int = 0
    day: date | None = None
    last: date | None = None
    clock: time | None = None
    until: time | None = None
    until_day: date | None = None
    zone: tzinfo | None = None
    dated: bool = False
    timed: bool = False
    holed: bool = False
    halved: bool = False
    """The time says which half of the day it is in."""
    padded: bool = False
    """The hour has a zero in front, as clocks of 24 hours have it."""
    zoned: bool = False
    about: bool = False
    yearless: bool = False
    weekday: int | None = None
    """From 0 for Monday, where a day of the week is written."""
    why: str | None = None
    text: str = field(default="", repr=False)
    """What follows, without what divides it from the stamp."""

    @property
    def alone(self) -> bool:
        """Whether nothing follows."""
        return not self.text


def stamp_at_start(text: str, calendar: Calendar, *, column: bool = False, dots: bool | None = None) -> Stamp | None:
    """The stamp at the beginning of a text; ``None`` when it begins with something else. Linear.

    ``column``: the text is a cell of a column of days or times. ``dots``: as ``clock_at`` has it.
    """
    head = text[:_REACH]
    if head.startswith("!["):  # a picture
        return None
    figures = any(sign.isdigit() or sign in "?-" for sign in head[:60])
    if not figures and not (column and ":" in head) and not NAMED.search(head[:20]):
        return None
    return _Reader(head, calendar, column=column, dots=dots).read(text)


def names_other_day(text: str) -> bool:
    """Whether a text says that it is another day, without saying which: ``Day 2``, ``The next morning``."""
    return _OTHER_DAY.search(text) is not None


def is_weekday(text: str) -> bool:
    """Whether a text is the name of a day of the week and nothing else."""
    found = _WEEKDAY.match(text.strip(" ()"))
    return found is not None and found.end() == len(text.strip(" ()"))


class _Reader:
    def __init__(self, head: str, calendar: Calendar, *, column: bool, dots: bool | None) -> None:
        self.head, self.calendar, self.column, self.dots = head, calendar, column, dots
        self.stamp = Stamp()

    def read(self, text: str) -> Stamp | None:
        at, span = self._lead()
        stamp = self.stamp
        if self._day(at, bare=True):
            self._range_of_days()
            self._weekday_behind()
            self._clock_behind()
        elif self._clock(at, first=True):
            after = self._weekday(_end(_TO_DAY, self.head, stamp.end))
            self._late_day(after)
        else:
            return None
        if stamp.clock is not None or stamp.holed:
            self._until(span)
        elif span and stamp.last is None:
            return None
        self._about()
        stamp.text = _rest(text, stamp.end)
        remark = zone_alone(stamp.text) if stamp.text and not stamp.timed and not stamp.zoned else None
        if remark:
            stamp.zone, stamp.zoned, stamp.text = remark.zone, True, ""
        return stamp

    def _lead(self) -> tuple[int, bool]:
        """Where the stamp begins, and whether words in front say that it is one from here to there."""
        at, span = 0, False
        for _ in range(3):
            at = _end(_LEAD, self.head, at)
            self.stamp.about = self.stamp.about or "~" in self.head[:at].replace("~~", "") or "≈" in self.head[:at]
            word = _WORDS.match(self.head, at)
            if word is None:
                break
            at = word.end()
            self.stamp.about = self.stamp.about or word["about"] is not None
            span = span or word["span"] is not None
        return self._weekday(at), span

    def _weekday(self, at: int) -> int:
        found = _WEEKDAY.match(self.head, at)
        if found is None:
            return at
        self.stamp.weekday = int(str(found.lastgroup)[1:])
        return found.end()

    def _day(self, at: int, *, bare: bool) -> bool:
        found = day_at(self.head, at, self.calendar, bare=self.column)
        if found is None and bare and not self.column:
            found = day_at(self.head, at, self.calendar, bare=True)
            # “10/31” is a day where a time follows, “3/4 of the pods” is none
            if found and clock_at(self.head, _end(_TO_CLOCK, self.head, found.end), dots=False) is None:
                found = None
        if found is None:
            return False
        stamp = self.stamp
        stamp.dated, stamp.day, stamp.last, stamp.why = True, found.day, found.last, found.why
        stamp.end, stamp.yearless = found.end, found.yearless
        zone = zone_at(self.head, found.end)
        if zone:
            stamp.zone, stamp.zoned, stamp.end = zone.zone, True, zone.end
        return True

    def _range_of_days(self) -> None:
        stamp = self.stamp
        to = _TO_END.match(self.head, stamp.end)
        found = day_at(self.head, self._weekday(to.end()), self.calendar) if to else None
        if found and found.day and stamp.day and found.day >= stamp.day:
            stamp.last, stamp.end = found.day, found.end

    def _weekday_behind(self) -> None:
        """“2024-03-04 (Monday)”."""
        stamp = self.stamp
        at = _end(_OPENING, self.head, stamp.end)
        end = self._weekday(at)
        if end > at:
            stamp.end = end

    def _clock_behind(self) -> None:
        stamp = self.stamp
        found = _TO_CLOCK.match(self.head, stamp.end)
        at = found.end() if found else stamp.end
        block = _FIGURES.match(self.head, at) if self.head[stamp.end : at].isspace() else None
        if block:
            stamp.clock, stamp.timed, stamp.end = time(int(block[1]), int(block[2])), True, block.end()
            self._zone(precise=False)
        elif self._clock(at, first=False) and found and found["about"]:
            stamp.about = True

    def _clock(self, at: int, *, first: bool) -> bool:
        """A time at a place, and its zone behind it. Behind a day and a dash ``10.30`` is the number of a release."""
        stamp = self.stamp
        dashed = not first and any(sign in "-–—:" for sign in self.head[stamp.end : at])
        if self.head[stamp.end : stamp.end + 1] in ("T", "t") and not first:
            at, dashed = stamp.end + 1, False
        found = clock_at(self.head, at, column=self.column, dots=False if dashed else self.dots)
        if found is None:
            return False
        midnight = (
            found.time == time() and self.head[found.end - 1].isalpha() and self.head[at : at + 1].casefold() == "m"
        )
        clock = None if midnight and not first else found.time  # that of a day may be its beginning or its end
        stamp.clock, stamp.timed, stamp.holed, stamp.end = clock, True, clock is None, found.end
        stamp.halved, stamp.padded = found.halved, found.padded
        self._zone(precise=found.precise or self.head[at - 1 : at] in ("T", "t"))
        return True

    def _zone(self, *, precise: bool) -> None:
        stamp = self.stamp
        zone = zone_at(self.head, stamp.end, precise=precise)
        if zone is None:  # behind marks: “**14:05** UTC”
            marks = _MARKUP.match(self.head, stamp.end)
            zone = zone_at(self.head, marks.end()) if marks else None
        if zone:
            stamp.zone, stamp.zoned, stamp.end = zone.zone, True, zone.end

    def _late_day(self, at: int) -> None:
        """A day behind the time, unless it is the first word of what happened: “14:05 March 4 build deployed”."""
        found = day_at(self.head, at, self.calendar)
        if found is None or not re.match(r"\s*(?:\Z|[^\w\s(]|\n)", self.head[found.end : found.end + 9]):
            return
        stamp = self.stamp
        stamp.dated, stamp.day, stamp.why, stamp.end = True, found.day, found.why, found.end
        stamp.yearless = found.yearless
        zone = zone_at(self.head, stamp.end) if not stamp.zoned else None
        if zone:
            stamp.zone, stamp.zoned, stamp.end = zone.zone, True, zone.end

    def _until(self, span: bool) -> None:
        stamp = self.stamp
        to = _TO_END.match(self.head, stamp.end)
        if to is None or ((to["word"] or "").lower() in ("and", "e", "và") and not span):
            return
        at = to.end()
        day = day_at(self.head, self._weekday(at), self.calendar)
        if day:
            at = _end(_TO_CLOCK, self.head, day.end)
        found = clock_at(self.head, at, dots=False)
        if found is None:
            return
        stamp.until, stamp.end = found.time, found.end
        stamp.until_day = day.day if day else None
        if not stamp.zoned:
            self._zone(precise=False)
        else:
            zone = zone_at(self.head, stamp.end)
            stamp.end = zone.end if zone else stamp.end

    def _about(self) -> None:
        stamp = self.stamp
        found = _AFTER.match(self.head, stamp.end)
        if found:
            stamp.about, stamp.end = True, found.end()


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _rest(text: str, at: int) -> str:
    """What follows a stamp: without the signs between, and with the marks closed that it leaves open."""
    head = text[:at]
    opened: list[str] = []
    for mark in _PAIRS if _MARK.search(head) else ():
        count = head.count(mark)
        head = head.replace(mark, "")
        if count % 2:
            opened.append(mark)
    end = min(len(text), at + _REACH)
    while at < end:
        url = _URL.match(text, at)
        closing = next((mark for mark in opened if text.startswith(mark, at)), None)
        sign = None if closing or url else _SEPARATOR.match(text, at)
        if url:
            at = url.end()
        elif closing:
            opened.remove(closing)
            at += len(closing)
        elif sign and sign.end() > at:
            at = sign.end()
        else:
            break
    rest = text[at:].strip()
    if not any(sign.isalnum() or sign not in "*_`~ " for sign in rest):
        return ""
    return "".join(mark for mark in opened if mark in rest) + rest
