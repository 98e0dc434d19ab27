"""Timeline: the written times of the table's rows, as moments. A leaf beside ``timing``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfoNotFoundError

from afterword.timing import Moment, fits_every_zone, parse_date, zone_of

_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5,
    "EDT": -4, "CET": 1, "CEST": 2, "WEST": 1, "BST": 1, "EET": 2, "EEST": 3, "JST": 9, "ICT": 7, "BRT": -3,
    "AEST": 10, "AEDT": 11,
}  # fmt: skip
_ALIASES = {"PT": "America/Los_Angeles", "ET": "America/New_York"}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+−–-])(\d{1,2}):?(\d{2})?\Z")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?![\d:])(?:\s*[AaPp]\.?[Mm]\b\.?)?"
_NOISE = re.compile(r"~~[^~]*~~|<[^<>]*>|[*`~≈()\[\],]|(?<![^\W_])_|_(?![^\W_])")
"""Markup around a time, and signs beside it that do not change it."""
_TIME = re.compile(
    r"[^\w+-]*(?:(?P<date>\d{4}-\d{2}-\d{2})(?:(?P<t>T)|:?(?:\s+|\Z)))?"
    r"(?:(?:ca?|circa|about|around|approx(?:imately)?|at|by|cerca de|por volta d[ae]s?|às|khoảng|lúc)\b\.?\s*)?"
    r"(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?(?![\d:])(?:\s*(?P<ampm>[AaPp]\.?[Mm]\b\.?))?)?"
)
_NUMERIC = re.compile(r"\s*(?P<zone>[+-]\d{2}:?\d{2})(?![\d:])")
_NAMED = re.compile(
    rf"(?:\s*(?:[–—-]|(?:to|até|đến)\b)\s*{_CLOCK})?\s*"
    r"(?P<zone>[A-Z][a-z]+/[A-Za-z_/-]+|[A-Z]{1,5}(?:\s?[+−-]\d{1,2}(?::?\d{2})?)?)(?!\w)(?P<more>\s*\w)?"
)
"""A zone by name, after the end of a range if there is one: ``09:12–09:20 CET``."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janeiro", "feb february fev fevereiro", "mar march março", "apr april abr abril",
            "may mai maio", "jun june junho", "jul july julho", "aug august ago agosto",
            "sep sept september set setembro", "oct october out outubro", "nov november novembro",
            "dec december dez dezembro",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""The months by their names and short names in small letters, in English and Portuguese."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WORDED = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?\s+)?"
    rf"(?:(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:de\s+)?(?P<m2>{_MONTH})\b\.?"
    r"|(?:ngày\s+)?(?P<d3>\d{1,2})\s+tháng\s+(?P<m3>\d{1,2}))"
    r"(?:\s+(?:de\s+|năm\s+)?(?P<y>\d{4}))?(?=\s|:\s|\Z)",
    re.IGNORECASE,
)
"""A day in words at the beginning: ``Oct 31``, ``31st October 2021``, ``4 de março``, ``ngày 4 tháng 3``."""
_HOURS = re.compile(
    r"(?<![\w:.+−-])(\d{1,2})\s?(?:h|giờ)\s?(\d{2})(?:\s?(?:min|phút))?(?=\s*(?:\Z|[–—-]|[A-Z]|(?:to|até|đến)\b))"
)
"""``14h05`` and ``14 giờ 05``, unless words follow that make it a time that went by."""
_BARE_HOUR = re.compile(r"(?<![\w:.])(\d{1,2})\s?(?=[AaPp]\.?[Mm]\b)")


@dataclass(frozen=True, slots=True)
class Point:
    """When a row happened. ``zoned`` tells whether a zone was written, in the row or for the table."""

    moment: Moment | None
    zoned: bool


def zone_named(text: str) -> tzinfo | None:
    """A zone by what people write: ``UTC``, ``UTC+2``, ``CET``, ``Europe/Lisbon``."""
    text = text.strip()
    if len(text) > 64:  # the longest names of zones have half as many, and a very long path is walked step by step
        return None
    if text in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[text])) if _OFFSETS[text] else UTC
    found = _OFFSET.match(text)
    if found:
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(offset if found[1] == "+" else -offset)
    try:
        return zone_of(_ALIASES.get(text, text)) if "/" in text or text in _ALIASES else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def points(times: Iterable[str], table_zone: str | None, started: Moment | None) -> tuple[Point, ...]:
    """The moments of a table's first column.

    A time without a date belongs to the day of the row before (of ``started`` for the first); past midnight
    the day rolls over, and a first row that would lie over 18 hours from ``started`` belongs to the day before or
    after. A time without a zone is read in the table's zone, or else in the zone of ``started``.
    """
    zone = zone_named(table_zone) if table_zone else None
    fallback = zone or (started.at.tzinfo if started and started.at else UTC) or UTC
    day = started.at.astimezone(fallback).date() if started and started.at else (started.day if started else None)
    last: datetime | None = None
    start = started.at if started else None
    found: list[Point] = []
    for text in times:
        point, day, last = _point(text, zone, fallback, day, last, start)
        start = None if point.moment else start
        found.append(point)
    return tuple(found)


def _point(
    text: str, zone: tzinfo | None, fallback: tzinfo, day: date | None, last: datetime | None, start: datetime | None
) -> tuple[Point, date | None, datetime | None]:
    cleaned = _plain(" ".join(_NOISE.sub(" ", text[:80]).split()), day)
    match = _TIME.match(cleaned)
    written = parse_date(match["date"]) if match and match["date"] else None
    if match is None or (written is None and (match["h"] is None or match["date"])):
        return Point(None, True), day, last
    rest = cleaned[match.end() :]
    if match["h"] is None:
        if rest and not rest[0].isalpha():  # a range of days, or a time that is written in another way
            return Point(None, True), day, last
        assert written is not None  # noqa: S101  # the guard above leaves no other case
        return Point(Moment(text, written), True), written, None
    clock = _clock(match)
    base = written or day
    own, known = _own_zone(rest, precise=bool(match["t"] or match["s"]))
    if clock is None or base is None or not known:
        return Point(None, True), day, last
    try:
        at = datetime.combine(base, clock, own or fallback)
        if written is None and last is not None and last - at > timedelta(hours=12):
            at += timedelta(days=1)
        elif written is None and start is not None and abs(at - start) > timedelta(hours=18):
            at += timedelta(days=1 if at < start else -1)
    except OverflowError:
        return Point(None, True), day, last
    if not fits_every_zone(at):
        return Point(None, True), day, last
    return Point(Moment(text, at.date(), at), own is not None or zone is not None), at.date(), at


def _plain(text: str, near: date | None) -> str:
    """The text with figures for a day in words and hours by letters; without a year the day lies close to ``near``."""
    if not any(sign.isalpha() for sign in text):
        return text
    found = _WORDED.match(text)
    if found:
        month = int(found["m3"] or MONTHS[(found["m1"] or found["m2"]).lower()])
        day = _nearest(found["y"], month, int(found["d1"] or found["d2"] or found["d3"]), near)
        if day is not None:
            text = f"{day.isoformat()}{text[found.end() :]}"
    return _BARE_HOUR.sub(r"\1:00 ", _HOURS.sub(r"\1:\2", text))


def _nearest(year: str | None, month: int, day: int, near: date | None) -> date | None:
    """The date; without a year the one closest to ``near``. ``None`` when there is no such day."""
    if year is None and near is None:
        return None
    years = [int(year)] if year else [near.year + step for step in (0, -1, 1)] if near else []
    found = [made for number in years if (made := parse_date(f"{number:04d}-{month:02d}-{day:02d}"))]
    return min(found, key=lambda made: abs((made - near).days)) if near and found else next(iter(found), None)


def _own_zone(rest: str, *, precise: bool) -> tuple[tzinfo | None, bool]:
    """The zone that is written after a time, and whether it, if there is one, is known.

    In ``09:12-09:20`` the hyphen makes a range; after ``T``, seconds or a blank it is a sign.
    """
    numeric = _NUMERIC.match(rest)
    if numeric and (precise or rest.startswith(("+", " +", " -"))):
        zone = zone_named(numeric["zone"])
        return zone, zone is not None
    named = _NAMED.match(rest)
    if named is None:
        return None, True
    zone = zone_named(named["zone"])
    # “09:12 DB restarted” has no zone; alone after a time, or with a slash, a word can be nothing else
    return zone, zone is not None or ("/" not in named["zone"] and named["more"] is not None)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"] or 0)
    half = (match["ampm"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
