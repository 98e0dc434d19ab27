"""Reckoning: the day and zone of each entry of a timeline, from itself, from what stands above it, or from the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

from afterword.migration.times.calendar import Calendar
from afterword.migration.times.entries import Entry
from afterword.timing import fits_every_zone

_SLIP = timedelta(hours=1)
"""Two rows that stand the wrong way round by no more than this are of one day."""
_NIGHT = timedelta(hours=12)
"""A time so much earlier than the one above it is of the next day."""
_WRITTEN = 40
"""Signs of a day as written, with those around it."""
_WEEK = 3
"""Days. A day of the week that lies further ahead may as well lie back."""
_CUT = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{3})(?!\d)")
"""A day whose year lacks its last figure: ``11/03/202``."""
_LOCAL = re.compile(r"\blocal\b|\bđịa phương\b", re.IGNORECASE)
_HEAD = 200
"""Signs of an entry in which its zone is written."""
_STRETCH = timedelta(hours=6)
"""An end before its start lies past midnight if the stretch is no longer; else a half of the day is missing."""


@dataclass(slots=True)
class Known:
    """What is known of an entry. ``assumed``: its day is that of the page."""

    entry: Entry
    day: date | None = None
    zone: tzinfo | None = None
    until: time | None = None
    until_day: date | None = None
    about: bool = False
    assumed: bool = False
    unsure: bool = False
    """The time may be one of the other half of the day."""
    why: str | None = None


def reckon(found: list[Entry], calendar: Calendar) -> list[Known]:
    """The events among some entries with their days and zones, in order."""
    known = list(_Days(found, calendar).read())
    _leave_out(found, known)
    _zones(found, known, calendar)
    for item in known:
        _ends(item)
    return known


class _Days:
    def __init__(self, found: list[Entry], calendar: Calendar) -> None:
        self.found, self.calendar = found, calendar
        self.day: date | None = calendar.day
        self.assumed = calendar.day is not None
        self.why: str | None = None if calendar.day else "the timeline names no day"
        self.last: datetime | None = None
        self.range_end: date | None = None
        """The last day of a heading that names several, while nothing below it has named one."""
        self.ranged: list[Known] = []
        self.named: tuple[date, ...] = ()
        """The days that the heading of the timeline names."""
        self.rest: date | None = None
        """The day of all entries that name none, by a sentence that says so: not that of the one above."""
        self.own = False
        self.backwards = _backwards(found)
        self.halves = _halves(found)

    def read(self) -> Iterator[Known]:
        for entry in self.found:
            if entry.heads:
                self._above(entry)
                continue
            known = Known(entry, about=entry.stamp.about)
            if entry.lost and not entry.stamp.dated:
                self._set(None, "the day is another one than above, and not written")
            if entry.aside:
                known.day, known.why = entry.stamp.day, entry.stamp.why
            elif entry.stamp.dated:
                self._own(known)
            else:
                self._carried(known)
            yield known
        self._close(None)

    def _above(self, entry: Entry) -> None:
        """A heading or line that gives a day to what follows."""
        if entry.lost or entry.stamp.why:
            self._close(None)
            self._set(None, entry.stamp.why or "the day is another one than above, and not written")
        if entry.main:
            self.named = entry.days
        if entry.days:
            self._close(entry.days[0])
            self._set(entry.days[0], None)
            self.range_end = entry.days[-1] if len(entry.days) > 1 else None
            self.rest = entry.days[0] if entry.kind == "rest" else None
        elif entry.main:
            self._close(None)
            self._set(self.calendar.day, None if self.calendar.day else "the timeline names no day")
            self.assumed = self.calendar.day is not None

    def _set(self, day: date | None, why: str | None) -> None:
        self.day, self.why, self.last, self.assumed, self.range_end = day, why, None, False, None

    def _own(self, known: Known) -> None:
        stamp = known.entry.stamp
        cut = _CUT.search(known.entry.written[:_WRITTEN]) if stamp.day is None else None
        day = _whole(cut, self.named) if cut else None
        if day:
            stamp.day, stamp.why = day, None
        self._close(stamp.day)
        last = self.last
        self._set(stamp.day, stamp.why)
        self.last = last if last and last.date() == stamp.day else None
        known.day, known.why, self.own = stamp.day, stamp.why, True
        if stamp.day and stamp.clock and not self._half_missing(known, stamp.day, stamp.clock):
            self.last = datetime.combine(stamp.day, stamp.clock)

    def _carried(self, known: Known) -> None:
        """A time without a day: that of what stands above, and past midnight the next one."""
        if self.rest and self.own:
            self._set(self.rest, None)
            self.own = False
        clock, weekday = known.entry.stamp.clock, known.entry.stamp.weekday
        if self.day and weekday is not None and weekday != self.day.weekday():
            self._forward(weekday)
        if self.day and clock and self._half_missing(known, self.day, clock):
            self._set(None, "AM or PM is missing")
        elif self.day and clock:
            day, why = self._next(self.day, clock)
            if day is None:
                self._set(None, why)
            else:
                self.day, self.last = day, datetime.combine(day, clock)
        known.day, known.why, known.assumed = self.day, self.why, self.assumed
        if self.range_end:
            self.ranged.append(known)

    def _half_missing(self, known: Known, day: date, clock: time) -> bool:
        """Whether a time lies before that above it because it is one of twelve hours: “1:34pm”, and then “2:00”."""
        stamp = known.entry.stamp
        if not self.halves or stamp.halved or not 1 <= clock.hour <= 12 or not self.last:
            return False
        known.unsure = datetime.combine(day, clock) < self.last - (timedelta() if self.halves == "some" else _SLIP)
        return known.unsure

    def _forward(self, weekday: int) -> None:
        """A day of the week without a date: the next of that name, where the day above is that of the timeline."""
        step = ((weekday - self.day.weekday()) % 7) if self.day else 0
        if self.day and self.last and not self.backwards and step <= _WEEK and fits_every_zone(self.day):
            self.day, self.last = self.day + timedelta(days=step), None
        else:
            self._set(None, "only the day of the week is written")

    def _next(self, day: date, clock: time) -> tuple[date | None, str | None]:
        """The day of a time that stands below others of a day, or why it is not known."""
        step = datetime.combine(day, clock) - self.last if self.last else timedelta()
        if self.backwards:
            return (day, None) if step <= timedelta() else (None, "the times run backwards, and its day is not written")
        if step < -_NIGHT:
            return (day + timedelta(days=1), None) if fits_every_zone(day) else (None, "there is no day after that")
        return (day, None) if step >= -_SLIP else (None, "the time lies before the one above it, without a day")

    def _close(self, following: date | None) -> None:
        """The rows below a heading of several days: sure when they end on the last of these, or a day follows."""
        ended = self.ranged[-1].day if self.ranged else None
        if self.range_end and ended and (ended != self.range_end if following is None else following < ended):
            for known in self.ranged:
                known.day, known.why = None, "the heading names several days, and the row none"
        self.ranged = []


def _whole(cut: re.Match[str], named: tuple[date, ...]) -> date | None:
    """The day of a heading that one with a year cut short can be; ``None`` when none or several can."""
    first, second = int(cut[1]), int(cut[3])
    found = [
        day
        for day in named
        if str(day.year).startswith(cut[4]) and (day.month, day.day) in ((first, second), (second, first))
    ]
    return found[0] if len(found) == 1 else None


def _leave_out(found: list[Entry], known: list[Known]) -> None:
    """The days that stand in no order with the others of their timeline: slips of the pen, whichever were meant."""
    place = {id(item.entry): item for item in known}
    stretch: list[Known] = []
    for entry in (*found, None):
        if entry is None or (entry.heads and entry.main):
            _leave_out_of(stretch)
            stretch = []
        elif not entry.heads and not entry.aside and place[id(entry)].day:
            stretch.append(place[id(entry)])


def _leave_out_of(stretch: list[Known]) -> None:
    days = [item.day.toordinal() for item in stretch if item.day]
    kept = _rising(days)
    if len(kept) == len(days):
        return
    clocks = [item.entry.stamp.clock or time() for item in stretch]
    times = [day * 1440 + clock.hour * 60 + clock.minute for day, clock in zip(days, clocks, strict=True)]
    if len(_rising(times)) < len(_rising(times[::-1])):  # the newest stands first
        return
    for at, item in enumerate(stretch):
        place = bisect_left(kept, at)
        if kept[place : place + 1] == [at]:
            continue
        low = days[kept[place - 1]] if place else days[at]
        high = days[kept[place]] if place < len(kept) else days[at]
        if not low - 1 <= days[at] <= high + 1:
            item.day, item.why = None, "its day lies before that of a row above, or after that of one below"


def _rising(days: list[int]) -> list[int]:
    """The places of the most days none of which lies before the one above it; of as many, those that come first."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    last = -1
    for at, day in enumerate(days):
        place = bisect_right(tails, day)
        before.append(ends[place - 1] if place else -1)
        last = at if place == len(tails) else last
        tails[place : place + 1], ends[place : place + 1] = [day], [at]
    found: list[int] = []
    while last >= 0:
        found.append(last)
        last = before[last]
    return found[::-1]


def _backwards(found: list[Entry]) -> bool:
    """Whether the newest stands first, by the times that have no days of their own."""
    clocks = [entry.stamp.clock for entry in found if not entry.heads and entry.stamp.clock and not entry.stamp.dated]
    downs = sum(1 for first, second in pairwise(clocks) if second < first)
    ups = sum(1 for first, second in pairwise(clocks) if second > first)
    return downs >= 2 and downs > ups


def _halves(found: list[Entry]) -> Literal["some", "maybe"] | None:
    """Whether times are of twelve hours: ``some`` say their half, or all could be."""
    stamps = [entry.stamp for entry in found if not entry.heads and entry.stamp.clock]
    if any(stamp.halved for stamp in stamps):
        return "some"
    if any(stamp.padded for stamp in stamps):
        return None
    return "maybe" if all(stamp.clock and 1 <= stamp.clock.hour <= 12 for stamp in stamps) else None


def _zones(found: list[Entry], known: list[Known], calendar: Calendar) -> None:
    """The zone of each: its own, its column's, that of what stands above, that of the page, that of all others."""
    common = calendar.zone if calendar.stated else _common(known) or calendar.zone
    main = inner = None
    heading = False
    about = False
    place = {id(item.entry): item for item in known}
    for entry in found:
        if entry.heads:
            if entry.main:
                main, inner, heading = None, None, False
                about = entry.stamp.about
            if entry.stamp.zoned:
                zone = _zone_of(entry, calendar)
                main, inner, heading = (zone, None, True) if entry.main or main is None else (main, zone, True)
            continue
        item = place[id(entry)]
        item.about = item.about or about
        if entry.stamp.zoned:
            item.zone = _zone_of(entry, calendar)
        else:
            item.zone = entry.zone or inner or main or (None if heading else common)


def _zone_of(entry: Entry, calendar: Calendar) -> tzinfo | None:
    """The zone that an entry writes. Local time is of the one that somebody named for the source."""
    if entry.stamp.zone is None and not calendar.stated and _LOCAL.search(f"{entry.written} {entry.text}"[:_HEAD]):
        return calendar.zone
    return entry.stamp.zone


def _common(known: list[Known]) -> tzinfo | None:
    """The zone that some rows name, the first among them, and no other row contradicts."""
    named = [item.entry.stamp for item in known if item.entry.stamp.zoned]
    first = next((item.entry.stamp for item in known if item.entry.stamp.timed), None)
    if not named or first is None or not first.zoned:
        return None
    return first.zone if all(stamp.zone == first.zone for stamp in named) else None


def _ends(item: Known) -> None:
    """The end of a stretch, where it can be one of its start only."""
    stamp = item.entry.stamp
    if stamp.until is None or item.day is None or stamp.clock is None:
        return
    start = datetime.combine(item.day, stamp.clock)
    if stamp.until_day:
        end = datetime.combine(stamp.until_day, stamp.until)
    else:
        end = datetime.combine(item.day, stamp.until)
        if end < start and fits_every_zone(item.day):
            end += timedelta(days=1)
            if end - start > _STRETCH:
                return
    if end >= start:
        item.until, item.until_day = end.time(), end.date()
