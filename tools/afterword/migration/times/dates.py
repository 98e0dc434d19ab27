"""Dates: days as people write them, at a place in a text or anywhere in it. What can mean two days is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from afterword.timeline import MONTHS

if TYPE_CHECKING:
    from afterword.migration.times.calendar import Calendar

YEARS = range(1970, 2100)
"""Four figures that may be a year; others are the number of something."""
_SHORT = frozenset(("fev", "abr", "mai", "ago", "set", "out", "dez"))
"""Portuguese short names. “Set 5 replicas” and “3 out of 5” name no day: they count with ``de``, a sign or a year."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_FIRST_MONTH = "|".join(sorted(MONTHS.keys() - _SHORT, key=len, reverse=True))

_YEAR_FIRST = re.compile(r"(\d{4})([-\u2010\u2011/._])(\d{1,2})\2(\d{1,2})(?!\d)(?!\2\d)")
_FIGURES = re.compile(r"(\d{1,2})([-\u2010\u2011/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(?!\2\d)")
_NO_YEAR = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?![\d/-])")
_BROKEN = re.compile(
    r"\d{5,8}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}([/-])\d{1,2}\1(?:\d{3}|\d{5,8})(?!\d)|"
    r"(?:\d{4}(?:/\d{2,4})?|\d{3}[\dxX?]|20[xX]{2}|[?Y]{4})[-/](?:\d{1,2}|[?MmXx]{1,2})[-/](?:\d{1,2}|[?DdXx]{1,2})(?!\w)"
)
"""What was meant to be a day: a year with too many figures, or signs in the place of what nobody knew."""
_TH = r"(?:st|nd|rd|th|[ºª])?"
_Y = r"(?:(?:\s?,\s?|\s{1,3}|[-/]|\s?['’](?=\d\d\b))(?:of\s|de\s|do\s)?(\d{4}(?!\d)(?!:\d)|(?<=['’])\d{2}(?!\d)))?"
_DAY_FIRST = re.compile(
    rf"(?:the\s|ngày\s|dia\s)?(\d{{1,2}}){_TH}(?:\s?(?:[-–—]|to|and|a|e)\s?(\d{{1,2}}){_TH})?"
    rf"(\s{{1,3}}(?:of\s|de\s)?|[-/]|\.\s?)({_MONTH})(?![^\W\d_])\.?{_Y}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"({_FIRST_MONTH})(?![^\W\d_])\.?(?:\s{{1,3}}|-)(?:the\s)?(\d{{1,2}}){_TH}(?![\d:.]\d|\d|%)"
    rf"(?:\s?(?:[-–—]|to|and)\s?(\d{{1,2}}){_TH}(?![\d:./-]))?{_Y}",
    re.IGNORECASE,
)
_YEAR_WORD = re.compile(rf"(\d{{4}})[\s-]({_MONTH})[\s-](\d{{1,2}}){_TH}(?!\d)(?!:\d)", re.IGNORECASE)
_VIETNAMESE = re.compile(
    r"(?:ngày\s)?(\d{1,2})\stháng\s(\d{1,2})(?!\d)(?:\s?,?\s?(?:năm\s)?(\d{4})(?!\d)(?!:\d))?|"
    r"ngày\s(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_MAYBE = re.compile(rf"(?<![^\W_])(?<![/.@#$%=-])(?:\d|(?:ngày)\s\d|(?:{_FIRST_MONTH})(?=[\s.-]))", re.IGNORECASE)
_LONGEST = 48
_CLOSE = 120
"""Days. Half a year away a day without a year may as well be one of the year before, or after."""


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written, from ``start`` to ``end`` of a text.

    ``day`` is ``None`` when it is no one day, and ``why`` says why not, in words for people. ``last``: the last day of
    several: ``4–6 March``. ``yearless``: the year was told from the days near by.
    """

    start: int
    end: int
    day: date | None
    why: str | None = None
    last: date | None = None
    yearless: bool = False


def day_at(text: str, at: int, calendar: Calendar, *, bare: bool = False) -> Written | None:
    """The day that is written right at a place of a text; ``None`` when none is.

    ``bare``: also ``10/31``, which is a share as often as a day.
    """
    text = text[at : at + _LONGEST]
    if not text:
        return None
    found = _figures(text, calendar, bare=bare) if text[0].isdigit() else None
    found = found or _worded(text, calendar)
    if found is None:
        broken = _BROKEN.match(text)
        found = _none(text[: broken.end()], f"“{broken[0]}” is no day of the calendar") if broken else None
    if found is None:
        return None
    return Written(at, at + found.end, found.day, found.why, found.last, found.yearless)


def days_in(text: str, calendar: Calendar) -> Iterator[Written]:
    """The days in a text, in order. Linear."""
    at = 0
    while found := _MAYBE.search(text, at):
        written = day_at(text, found.start(), calendar)
        at = found.end()
        while written:
            yield written
            at = written.end
            written = day_at(text, at + 1, calendar) if text[at : at + 1] in ("-", "–") else None


def _figures(text: str, calendar: Calendar, *, bare: bool) -> Written | None:
    """A day in figures at the beginning of a text."""
    found = _YEAR_FIRST.match(text)
    if found and (found[2] not in "._" or len(found[3]) == len(found[4]) == 2):
        return _made(found[0], int(found[1]), int(found[3]), int(found[4]))
    found = _FIGURES.match(text)
    if found and (found[2] != "." or len(found[4]) == 4 or len(found[1]) == len(found[3]) == 2):
        return _either(found, calendar)
    found = _NO_YEAR.match(text) if bare else None
    if found and calendar.near and calendar.order:
        first, second = int(found[1]), int(found[3])
        month, day = (first, second) if calendar.order == "month" else (second, first)
        return _near(found[0], month, day, calendar)
    return None


def _either(found: re.Match[str], calendar: Calendar) -> Written:
    """A day whose month may stand first or second."""
    first, second, year = int(found[1]), int(found[3]), _century(found[4], calendar)
    if year is None or (found[2] == "-" and len(found[4]) == 2 and first > 12 and calendar.near is None):
        return _none(found[0], f"“{found[0]}” does not tell which figures are the year")
    if found[2] == "." or first > 12 or first == second:
        return _made(found[0], year, second, first)
    if second > 12 or calendar.order == "month":
        return _made(found[0], year, first, second)
    if calendar.order == "day":
        return _made(found[0], year, second, first)
    return _none(found[0], f"“{found[0]}” can mean two days")


def _worded(text: str, calendar: Calendar) -> Written | None:
    """A day with its month in words at the beginning of a text."""
    found = _DAY_FIRST.match(text)
    if found and (found[4].casefold() not in _SHORT or found[5] or found[3].strip()):
        return _named(found[0], found[5], found[4], (found[1], found[2]), calendar)
    found = _MONTH_FIRST.match(text)
    if found:
        return _named(found[0], found[4], found[1], (found[2], found[3]), calendar)
    found = _YEAR_WORD.match(text)
    if found:
        return _named(found[0], found[1], found[2], (found[3], None), calendar)
    found = _VIETNAMESE.match(text)
    if found is None:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
    if year:
        return _made(found[0], int(year), int(month), int(day))
    return _near(found[0], int(month), int(day), calendar)


def _named(text: str, year: str | None, month: str, days: tuple[str, str | None], calendar: Calendar) -> Written | None:
    number = MONTHS[month.casefold()]
    if year is not None and len(year) == 4 and int(year) not in YEARS:  # the number or time behind a day
        text, year = text[: text.rindex(year)].rstrip(" ,"), None
    made = [
        _made(text, _century(year, calendar) or 0, number, int(day))
        if year
        else _near(text, number, int(day), calendar)
        for day in days
        if day
    ]
    first, last = made[0], made[-1]
    if len(made) > 1 and first.day and last.day and last.day > first.day:
        return Written(0, first.end, first.day, last=last.day, yearless=first.yearless)
    return first if len(made) == 1 else None


def _made(text: str, year: int, month: int, day: int) -> Written:
    if year not in YEARS:
        return _none(text, f"“{text}” is no day of our time")
    try:
        return Written(0, len(text), date(year, month, day))
    except ValueError:
        return _none(text, f"“{text}” is no day of the calendar")


def _near(text: str, month: int, day: int, calendar: Calendar) -> Written:
    """A day without a year: that of the page's year, or the one close to the days that the page is about."""
    near = calendar.near
    years = [near.year + step for step in (0, -1, 1)] if near else [calendar.year] if calendar.year else []
    if not years:
        return _none(text, f"“{text}” has no year, and the page names none")
    found = [made.day for year in years if (made := _made(text, year, month, day)).day is not None]
    if not found:
        return _none(text, f"“{text}” is no day of the calendar")
    best = min(found, key=lambda made: abs((made - near).days) if near else 0)
    if near and abs((best - near).days) > _CLOSE:
        return _none(text, f"“{text}” has no year, and lies far from {near.isoformat()}")
    return Written(0, len(text), best, yearless=True)


def _none(text: str, why: str) -> Written:
    return Written(0, len(text), None, why)


def _century(figures: str, calendar: Calendar) -> int | None:
    """The year of two or four figures; ``None`` for two that lie far from the days that the page is about."""
    if len(figures) == 4:
        return int(figures)
    year = 2000 + int(figures)
    near = calendar.near.year if calendar.near else calendar.year
    return year if (year < 2060 if near is None else abs(year - near) <= 4) else None
