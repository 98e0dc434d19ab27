"""Calendar: how a page means its dates: which figure comes first, near which day, in which zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Literal

from afterword.migration.outline import Outline
from afterword.migration.page import Field, Page
from afterword.migration.times.dates import YEARS, days_in
from afterword.migration.times.zones import zone_named_in, zone_of_all
from afterword.migration.words import plain

Order = Literal["month", "day"]

_FIGURES = re.compile(r"(\d{1,2})([-/])(\d{1,2})(?:\2(\d{4}|(?<=/)\d{2})(?!\d)(?!\2\d)|[ T]{1,3}\d{1,2}:\d{2})")
"""A date in figures, or one without a year before a time."""
_SURE = 0.95
"""The share of the pages that tell an order which has to tell the same one. The rest are slips."""
_DATED = frozenset((
    "date", "incident date", "date of incident", "date of the incident", "day", "start", "started", "started at",
    "start time", "start date", "start date/time", "incident start", "incident started", "incident start time",
    "impact started at", "impact start", "begin", "began", "beginning", "when", "date/time", "date and time",
    "incident date (time)", "occurred", "occurred at", "occurred on", "detected", "detected at", "detection time",
    "incident began", "incident started at", "outage began", "outage start", "outage started", "issue started",
    "time started", "date started", "impact started",
    "event start", "date of event", "event date", "date of outage", "outage date", "start of incident",
    "data", "data do incidente", "início", "início do incidente", "ngày", "ngày xảy ra", "thời gian bắt đầu",
))  # fmt: skip
_STATUS = "cState"
"""A form whose date is that of the incident."""
_ZONED = frozenset(("timezone", "time zone", "tz", "fuso horário", "múi giờ"))
_FAR = 60
"""Days. A summary whose only day lies further before that of the file's name tells of what led to the incident."""
_BESIDE = 40
"""Signs between a day and the time that belongs to it."""
_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}(?::[0-5]\d(?!\d)| ?[ap]\.?m\b)", re.IGNORECASE)
_LATER = frozenset(("actions", "approvals", "attachments", "process", "communication", "lessons"))
"""Parts that tell of what came later."""
_ASIDE = re.compile(
    r"[\s*_|>-]{0,8}(?:[^\W\d]+\s){0,4}?(?:meeting|review|call|published|updated|created|reported|written|due|modified)\b"
    r"[^:\n|]{0,30}[:|]",
    re.IGNORECASE,
)
"""A line about the report, its meeting or its measures."""
_READ = 20_000
"""Signs of a page in which a day is looked for that others lie close to."""

_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ENDING = re.compile(r"(?:\.[A-Za-z]\w{0,9})+\Z")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])[-_.](0[1-9]|[12]\d|3[01])(?!\d)")
_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Calendar:
    """How dates and times of a page are meant.

    ``order``: which comes first in ``3/4/2021``, ``None`` while nobody can tell. ``near``: a day that dates without
    a year lie close to; ``year``: the year of such dates when no more is known. ``day``: the one day that the
    page as a whole is of, for times without any. ``zone``: of times that name none, ``None`` when nobody has said;
    ``stated``: the page itself says so.
    """

    order: Order | None = None
    near: date | None = None
    zone: tzinfo | None = None
    year: int | None = None
    day: date | None = None
    stated: bool = False


def order_of(texts: Iterable[str]) -> Order | None:
    """The order that a collection writes its dates in; ``None`` when its pages tell none, or not the same."""
    counted = Counter(order for text in texts if (order := _order(text)))
    order, most = max(counted.items(), key=lambda item: item[1], default=(None, 0))
    return order if most >= _SURE * sum(counted.values()) else None


def calendar_of(
    page: Page, outline: Outline, fields: tuple[Field, ...], order: Order | None, zone: tzinfo | None
) -> Calendar:
    """The calendar of a page. ``order``: that of its collection; ``zone``: that of times which name none."""
    named = day_in_name(page.path)
    calendar = Calendar(order=_order(page.text) or _order_by(page, named) or order)
    year, month = _year_and_month(page.path)
    near = named[0] if named else date(year, month, 15) if year and month else None
    calendar = replace(calendar, near=near, year=year)
    stated = next(_in_fields(fields, calendar, front=False), None)
    heading = day_in_heading(outline, calendar)
    front = next(_in_fields(fields, calendar, front=True), None)
    # the year of “on 5 March” may stand beside the text alone
    summary = _of_summary(outline, replace(calendar, near=near or front), named)
    title = _only_day(page.title or "", calendar) or (heading[0] if heading else None)
    if front and named and page.form != _STATUS:
        front = min(front, named[0])  # the later one is the day of publication
    day = stated or title or summary or front or (named[0] if named else None)
    day = day or _beside_times(outline, calendar)
    near = day or next(_of_timeline(outline, calendar), None) or near or _first(page.text[:_READ], calendar)
    own = _zone(page.text, fields)
    return replace(calendar, near=near, day=day, zone=own or zone, stated=own is not None)


def day_in_name(path: str) -> tuple[date, str] | None:
    """The day that the name of a file tells, also together with its folders, and the part of the path that tells it."""
    *folders, name = path.split("/")
    name = _ENDING.sub("", name)
    found = _full(name) or (_split(folders, name) if folders else None) or (_in_folders(folders) if folders else None)
    if found is None:
        written = [found for found in days_in(re.sub(r"[-_]+", " ", name), Calendar()) if found.day]
        return (written[0].day, name) if len(written) == 1 and written[0].day else None
    return found


def day_in_heading(outline: Outline, calendar: Calendar) -> tuple[date, str, int] | None:
    """The one day that the page's title tells: the day, the heading and its line in the text."""
    for section in outline.sections[1:3]:
        if section.part is not None or section.level > 2:
            break
        day = _only_day(plain(section.heading), calendar)
        if day:
            return day, section.heading, section.first
    return None


def _only_day(text: str, calendar: Calendar) -> date | None:
    found = {written.day for written in days_in(text, calendar)}
    return found.pop() if len(found) == 1 else None


def _full(name: str) -> tuple[date, str] | None:
    found = _FULL.search(name)
    day = _date(*map(int, found.group(1, 3, 4))) if found else None
    return (day, found[0]) if found and day else None


def _in_folders(folders: list[str]) -> tuple[date, str] | None:
    """The day that the folder of a file tells, also as ``2023/04/25``."""
    return _full(folders[-1]) or (_split(folders[:-1], folders[-1]) if len(folders) > 1 else None)


def _split(folders: list[str], name: str) -> tuple[date, str] | None:
    """A day whose year, or year and month, a folder tells: ``2023-04/04-25-outage``, ``2023/04/25``, ``2023/04-25``."""
    above = "/".join(folders[-2:])
    month_day, day = _MONTH_DAY.match(name), _DAY.match(name)
    both = re.search(_YEAR_MONTH.pattern + r"\Z", above)
    year = re.search(_YEAR.pattern + r"\Z", above)
    made = None
    if both and month_day and month_day[1] == both[2]:
        made = _date(int(both[1]), int(both[2]), int(month_day[2]))
    elif both and day and not month_day:
        made = _date(int(both[1]), int(both[2]), int(day[1]))
    elif year and month_day:
        made = _date(int(year[1]), int(month_day[1]), int(month_day[2]))
    return (made, f"{above}/{name}") if made else None


def _year_and_month(path: str) -> tuple[int | None, int | None]:
    both = _YEAR_MONTH.search(path)
    year = _YEAR.search(path)
    if both and int(both[1]) in YEARS:
        return int(both[1]), int(both[2])
    return (int(year[1]), None) if year and int(year[1]) in YEARS else (None, None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _order(text: str) -> Order | None:
    """What the figures of a page tell that are no month; ``None`` when there are none, or they contradict."""
    told: set[Order] = set()
    for found in _figures(text):
        first, second = int(found[1]), int(found[3])
        if 12 < first <= 31 and second <= 12:
            told.add("day")
        elif 12 < second <= 31 and first <= 12:
            told.add("month")
    return told.pop() if len(told) == 1 else None


def _figures(text: str) -> Iterator[re.Match[str]]:
    """The dates in figures that stand by themselves: not in an address, a version or a longer number."""
    for found in _FIGURES.finditer(text):
        before = text[found.start() - 1] if found.start() else " "
        if not (before.isalnum() or before in "_/.-"):
            yield found


def _order_by(page: Page, named: tuple[date, str] | None) -> Order | None:
    """The order in which a date of the page is the day in its name."""
    if named is None:
        return None
    told: set[Order] = set()
    for found in _figures(page.text[:_READ]):
        figures = int(found[1]), int(found[3])
        if found[4] and int(found[4]) % 100 == named[0].year % 100 and figures[0] != figures[1]:
            told |= {"month"} if figures == (named[0].month, named[0].day) else set()
            told |= {"day"} if figures == (named[0].day, named[0].month) else set()
    return told.pop() if len(told) == 1 else None


def _in_fields(fields: tuple[Field, ...], calendar: Calendar, *, front: bool) -> Iterator[date]:
    for item in fields:
        if item.front is front and " ".join(item.key.casefold().split()) in _DATED:
            yield from (found.day for found in days_in(item.value[:200], calendar) if found.day)


def _of_summary(outline: Outline, calendar: Calendar, named: tuple[date, str] | None) -> date | None:
    """The day of a summary, or of what stands in its place, that tells only one."""
    opening = {at for at, section in enumerate(outline.sections[:2]) if section.part is None and section.level < 2}
    opening |= {at for at, section in enumerate(outline.sections) if section.part == "summary"}
    texts = (block.text for block in outline.blocks if block.section in opening and block.kind in ("paragraph", "item"))
    lines = (line for text in texts for line in text[:2000].split("\n") if not _ASIDE.match(line))
    found = {written.day for line in lines for written in days_in(line, calendar)}
    day = found.pop() if len(found) == 1 else None
    return None if day and named and (named[0] - day).days > _FAR else day


def _beside_times(outline: Outline, calendar: Calendar) -> date | None:
    """The one day with a year that the page tells beside times of day: “from 10:00 to 12:05 UTC on 2 May 2022”."""
    found: set[date] = set()
    room = _READ
    for block in outline.blocks:
        text = block.text[:room]
        room -= len(text)
        part = outline.sections[block.section].part
        if part in _LATER or _ASIDE.match(text) or _CLOCK.search(text) is None:
            continue
        for written in days_in(text, calendar):
            before = text[max(written.start - _BESIDE, 0) : written.start].rpartition(". ")[2]
            near = f"{before} {text[written.end : written.end + _BESIDE].partition('. ')[0]}"
            if written.day and not written.yearless and _CLOCK.search(near):
                found.add(written.day)
    return found.pop() if len(found) == 1 else None


def _of_timeline(outline: Outline, calendar: Calendar) -> Iterator[date]:
    """Days with a year in the headings of the timeline, and in its text."""
    for section in outline.sections:
        if section.part == "timeline":
            yield from (found.day for found in days_in(section.heading, calendar) if found.day and not found.yearless)
    for block in outline.of("timeline"):
        yield from (found.day for found in days_in(block.text[:200], calendar) if found.day and not found.yearless)


def _first(text: str, calendar: Calendar) -> date | None:
    return next((found.day for found in days_in(text, calendar) if found.day and not found.yearless), None)


def _zone(text: str, fields: tuple[Field, ...]) -> tzinfo | None:
    """The zone that the page says its times are in."""
    for item in fields:
        if " ".join(item.key.casefold().split()) in _ZONED:
            return zone_named_in(item.value)
    found = zone_of_all(text)
    return found.zone if found else None
