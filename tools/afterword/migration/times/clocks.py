"""Clocks: times of day as people write them, right at a place in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_HALF = r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\b\.?)"
_END = r"(?=\s*(?:\Z|[:–—|)\]*_,;~-]|[A-Z]|(?:to|até|đến)\b))"
"""What may follow a time that could be a stretch of time as well: no words, for “14h05 of downtime” is none."""
_COLON = re.compile(
    rf"(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?::(?P<s>\d{{2}})(?:[.,]\d{{1,9}})?)?(?!\d)(?!:\d)"
    rf"(?:{_HALF}|(?P<short>[AaPp])(?=[\s,;:)|]|\Z))?(?:\s?(?:hrs?|Uhr|h)\b)?"
)
_HOUR = re.compile(rf"(?P<h>\d{{1,2}}){_HALF}")
_LETTER = re.compile(
    rf"(?P<h>\d{{1,2}})(?:[hH](?P<m>\d{{2}})|\s?giờ\s?(?P<mv>\d{{2}})(?:\s?phút)?)(?!\s?m|\d)(?!:\d){_END}"
)
_BLOCK = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:Z|UTC|GMT|hrs?|h|Uhr)\b)(?:\s?(?:hrs?|h|Uhr)\b)?")
_HALF_DOT = re.compile(rf"(?P<h>\d{{1,2}})\.(?P<m>[0-5]\d){_HALF}")
_DOT = re.compile(rf"(?P<h>\d{{2}})\.(?P<m>[0-5]\d)(?![\d.%])(?:{_HALF}|\s?Uhr\b|{_END})")
_LOOSE_DOT = re.compile(rf"(?P<h>\d{{1,2}})\.(?P<m>[0-5]\d)(?![\d.%]){_HALF}?(?!\s?(?:%|[kKMG]?B\b|m?s\b|s\b))")
"""On a page that writes all its times so."""
NAMED = re.compile(
    r"12\s(?i:(?P<noon>noon)|midnight)\b|(?i:(?P<midday>noon|midday|meio-dia)|midnight|meia-noite)"
    r"(?=\s*(?:\Z|[:–—|)\]*_,;~]|-\s)|\s\(?[A-Z]{2,5}\b)"
)
"""Times that have names, where a sign or a zone follows: the “midnight job” is none."""
_WHOLE = re.compile(r"(?P<h>\d{1,2})(?::|[hH]|\s?giờ)?\Z|(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)\Z")
"""In a column of times figures are times without more signs."""
_HOLE = re.compile(
    r"(?:\d{1,2}|[?–-]{1,2}|[HhXx]{2}):(?:[?–-]{1,2}|[Mm]{2}|[Xx]{2}|\d[?xX])(?::(?:[?–-]{1,2}|[Ss]{2}|\d\d))?(?!\w)"
)
_DOTS: dict[bool | None, tuple[re.Pattern[str], ...]] = {None: (_DOT,), True: (_LOOSE_DOT,), False: ()}
_BEFORE = re.compile(r"[\w+.:]")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written, up to ``end``. ``time`` is ``None`` where signs stand for one: ``14:??``, ``--:--``.

    ``precise``: with seconds. ``halved``: with AM or PM. ``padded``: with a zero in front.
    """

    end: int
    time: time | None
    precise: bool = False
    halved: bool = False
    padded: bool = False


def clock_at(text: str, at: int, *, column: bool = False, dots: bool | None = None) -> Clock | None:
    """The time that is written right at a place; ``None`` when none is.

    ``column``: the text is a cell of a column of times. ``dots``: whether ``10.30`` is one; ``None``:
    when nothing but signs follow.
    """
    if at and _BEFORE.match(text[at - 1]) and text[at - 1] not in "Tt_":
        return None
    named = NAMED.match(text, at)
    if named:
        return Clock(named.end(), time(12 if named["noon"] or named["midday"] else 0), halved=True)
    for pattern in (_COLON, _HOUR, _HALF_DOT, _LETTER, _BLOCK, *_DOTS[dots]):
        found = pattern.match(text, at)
        if found:
            return _made(found)
    hole = _HOLE.match(text, at)
    if hole:
        return Clock(hole.end(), None)
    whole = _WHOLE.match(text, at) if column else None
    if whole is None:
        return None
    hour, minute = (int(whole["h"]), 0) if whole["h"] else (int(whole["h4"]), int(whole["m4"]))
    # “14” alone may be anything: only with a sign behind it is it an hour
    return Clock(whole.end(), time(hour, minute)) if hour < 24 and (whole["h4"] or not whole[0].isdigit()) else None


def _made(found: re.Match[str]) -> Clock | None:
    parts = found.groupdict()
    hour, minute, second = int(parts["h"]), int(parts.get("m") or parts.get("mv") or 0), int(parts.get("s") or 0)
    half = (parts.get("half") or parts.get("short") or "").lower()
    if hour > 23 or minute > 59 or second > 60 or (half == "p" and not hour):
        meant = (hour, minute) == (24, 0) or (half and not hour and minute < 60)
        return Clock(found.end(), None) if meant else None
    if half and hour <= 12:  # “13:55 PM” is a clock of 24 hours with a half too many
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(
        found.end(),
        time(hour, minute, min(second, 59)),
        precise=bool(parts.get("s")),
        halved=bool(half),
        padded=parts["h"][0] == "0",
    )
