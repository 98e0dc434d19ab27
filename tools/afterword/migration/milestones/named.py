"""Named: milestones that a page states by name: ``**Start time:** 2024-03-04 14:02 UTC``, cState's ``resolvedWhen``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from afterword.migration.fields.names import folded
from afterword.migration.milestones.durations import read
from afterword.migration.milestones.names import KEYS, LENGTHS, STRETCHES
from afterword.migration.page import Field
from afterword.migration.reading import Reading
from afterword.migration.times.events import Event
from afterword.migration.times.stamps import Stamp, stamp_at_start
from afterword.migration.words import plain
from afterword.timing import Moment

_FRONT_DATES = frozenset(("cState",))
"""Forms whose ``date`` in the front matter is when it began; with others it is the day of publication."""
_OF_NOTICES = frozenset(("affected", "affectedsystems", "resolved", "resolvedwhen"))
"""Keys of a status page's notice, beside ``severity``: its ``date`` is when it began, too."""

_SEEN = re.compile(r"\s{0,3}\((?:first )?(?:detected|discovered|noticed|found|reported)\)", re.IGNORECASE)
"""What stands behind a date that is that of the detection: “2024-03-04 (discovered)”."""


@dataclass(frozen=True, slots=True)
class Said:
    """A milestone as a page states it. ``how`` and ``line`` as of facts."""

    moment: Moment
    line: int
    how: str

    @property
    def exact(self) -> bool:
        """Whether it has a time and a zone."""
        return self.moment.at is not None


def moment(day: date | None, clock: time | None, zone: tzinfo | None) -> Moment | None:
    """As the events of a timeline have it: only a day where the time or its zone is not known."""
    return Event("", 0, day, clock, zone).moment


def named(reading: Reading) -> dict[str, Said]:
    """The milestones that a page states by name, and as ``whole`` the day of all of it; the first of each counts."""
    found: dict[str, Said] = {}
    timed: list[tuple[str, Field, Stamp]] = []
    keys = {folded(field.key) for field in reading.fields if field.front}
    notice = reading.page.form in _FRONT_DATES or ("severity" in keys and not keys.isdisjoint(_OF_NOTICES))
    for field in reading.fields:
        key = KEYS.get(folded(field.key)) or ("stretch" if folded(field.key) in STRETCHES else None)
        if key is None or (field.front and key == "whole" and not notice):
            continue
        if field.front and key == "whole":
            key = "started"
        stamp = stamp_at_start(plain(field.value[:200]), reading.calendar)
        if stamp is None or not _whole_value(stamp):
            continue
        if key == "stretch":
            if stamp.clock is None or stamp.until is None or stamp.about:
                continue
            key = "whole"
        if stamp.day is None:
            timed.append((key, field, stamp))
            continue
        for each, said in _read(key, field, stamp, reading):
            found.setdefault(each, said)
    _add_times(found, timed, reading)
    return _with_duration(found, reading)


def _whole_value(stamp: Stamp) -> bool:
    """Whether nothing but a remark follows: “2024-03-04 (detected by users)”, but not “2 of 5 were fixed”."""
    return not stamp.text or not stamp.text[0].isalnum() or len(stamp.text) <= 40


def _zone(stamp: Stamp, reading: Reading) -> tzinfo | None:
    return stamp.zone if stamp.zoned else reading.calendar.zone


def _read(key: str, field: Field, stamp: Stamp, reading: Reading) -> Iterator[tuple[str, Said]]:
    how = f"“{field.key}”"
    zone = _zone(stamp, reading)
    at = moment(stamp.day, stamp.clock, zone)
    if at is None or stamp.holed:
        at = moment(stamp.day, None, None)
    if at is None:
        return
    if key != "whole":
        yield key, Said(at, field.line, how)
        return
    if _SEEN.match(stamp.text):
        yield "detected", Said(at, field.line, how)
        return
    yield "whole", Said(at, field.line, how)
    end = moment(end_day(stamp, stamp.day), stamp.until, zone) if stamp.until else None
    if at.at and end and end.at and end.at >= at.at:
        yield "started", Said(at, field.line, f"{how}, its beginning")
        yield "resolved", Said(end, field.line, f"{how}, its end")


def end_day(stamp: Stamp, start: date | None) -> date | None:
    """The day of the end of a stretch that begins on a day; a time before the first is one of the next day."""
    day = stamp.until_day or stamp.last or start
    if day == start and day and stamp.clock and stamp.until and stamp.until < stamp.clock:
        return day + timedelta(days=1) if day < date.max else None
    return day


def _add_times(found: dict[str, Said], timed: list[tuple[str, Field, Stamp]], reading: Reading) -> None:
    """Times without a day are of the day that the page states for the whole."""
    whole = found.get("whole")
    day = whole.moment.day if whole else reading.calendar.day
    start = None
    for key, field, stamp in timed:
        if day is None or stamp.clock is None:
            continue
        if key == "whole":
            for each, said in _read(key, field, replace(stamp, day=day), reading):
                found.setdefault(each, said) if each != "whole" else None
            continue
        start = stamp.clock if key == "started" else start
        over = key != "started" and start is not None and stamp.clock < start
        at = moment(day + timedelta(days=1) if over and day < date.max else day, stamp.clock, _zone(stamp, reading))
        if at and key not in found:
            found[key] = Said(at, field.line, f"“{field.key}”, on the day that the page states")


def _with_duration(found: dict[str, Said], reading: Reading) -> dict[str, Said]:
    """The end by the stated duration, where the page states the beginning, and no end, by name."""
    started = found.get("started")
    if started is None or started.moment.at is None or "resolved" in found:
        return found
    for field in reading.fields:
        length = read(field.value, field.line) if folded(field.key) in LENGTHS else None
        if length and length.slack <= timedelta(minutes=1):
            end: datetime = started.moment.at + length.length
            at = moment(end.date(), end.timetz().replace(tzinfo=None), end.tzinfo)
            if at:
                found["resolved"] = Said(at, field.line, f"“{field.key}”, counted from “started”")
            break
    return found
