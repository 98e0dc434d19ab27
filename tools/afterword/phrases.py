"""Phrases: what stands in the text of a paragraph, cell or comment, by offset. Linear in the length of any text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.timing import parse_duration

_SUPPRESS = re.compile(r"\s*afterword:\s*ignore\b[ \t]*([A-Za-z0-9-]*)")
_LEFTOVER = re.compile(
    # “a TODO in the code” is prose: one that was left stands first in its sentence, cell or bracket
    r"(?<![^\W_] )\b(?:TODO|FIXME)\b|\b(?:TODO|FIXME)(?=:)|"
    r"\b(?:TBD|YYYY-MM-DD|[Hh]{2}:(?:MM|mm)|Lorem ipsum)\b|\{\{[^{}\n]{0,80}\}\}|_Not written yet\._"
)
_LEFT = ("TODO", "FIXME", "TBD", "YYYY", "h:m", "h:M", "H:m", "H:M", "Lorem", "{{", "_Not")
"""What each of them holds: most texts have none of it, which is seen in a tenth of the time."""
_TICKS = re.compile(r"`+")
_LONGEST_CODE = 500
_ZONE = re.compile(
    r"\b(?:(?:UTC|GMT)(?:\s?[+−–-]\d{1,2}(?::?\d{2})?)?|"
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)(?:/[A-Z][\w+-]+){1,2}|"
    r"(?:PST|PDT|MST|MDT|CST|CDT|EST|EDT|CET|CEST|WET|WEST|BST|EET|EEST|JST|ICT|BRT|AEST|AEDT|PT|ET)\b)"
)
_PLACE = re.compile(
    r"\b(?:local time|[A-Z][a-z]{2,15} (?:standard |daylight |summer )?time|horário d[eo]|hora d[eo]|hora local|"
    r"giờ địa phương|giờ Việt Nam|giờ Hà Nội)\b|\d:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z\b|[+−-]\d{2}:?\d{2}\b)"
)
"""A zone by a place's name, or right behind a time."""
_LEAD = (
    r"(?:at|from|to|until|till|by|around|about|since|before|after|between|and|approximately|ca\.?|às|até|das|desde|"
    r"por volta das|entre as|lúc|từ|đến|khoảng|trước|sau)"
)
_CLOCK = re.compile(
    rf"(?<![\w])(?:{_LEAD}\s{{1,3}}~?)"
    r"((?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|\s?giờ\s?[0-5]\d|h[0-5]\d)(?![\w:%])(?:\s?[ap]\.?m\b\.?)?)|"
    r"(?<![\w:.,/-])((?:0?[1-9]|1[0-2])(?::[0-5]\d)?\s?(?:am|pm|a\.m\.|p\.m\.|AM|PM))(?!\w)",
    re.IGNORECASE,
)
"""A time of day in a sentence: behind a word that leads to one, or with its half of the day."""
_MAYBE_CLOCK = re.compile(r"\d(?::[0-5]\d|\s?[ap]\.?m|h[0-5]\d|\s?giờ)", re.IGNORECASE)
_LABELS: tuple[tuple[str, str], ...] = (
    (r"time to detect(?:ion)?|ttd|tempo (?:de|até(?: a)?) detec[cç][aã]o|thời gian phát hiện", "ttd"),
    (r"time to acknowledge(?:ment)?|tta", "tta"),
    (r"time to mitigat(?:e|ion)|ttm|tempo (?:de|até(?: a)?) mitiga[cç][aã]o|thời gian giảm thiểu", "ttm"),
    (r"time to (?:restore|recover|recovery)|ttr", "restore"),
    (r"time to (?:resolve|resolution)|tempo (?:de|até(?: a)?) resolu[cç][aã]o|thời gian khắc phục", "ttr"),
)
_BEGIN = ("time to", "ttd", "tta", "ttm", "ttr", "tempo ", "thời gian")
"""What a label begins with: see ``_LEFT``."""
_STATED = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{key}>{pattern})" for pattern, key in _LABELS) + r")"
    r"[ \t]{0,8}(?:\([^()\n]{0,30}\))?[*_]{0,2}[ \t]{0,8}[:|=][ \t]{0,8}[*_]{0,2}[ \t]{0,8}(?=\d)",
    re.IGNORECASE,
)


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where comments begin and end; one that is not closed is none."""
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        if end < 0:
            return
        yield at, end + 3
        at = text.find("<!--", end + 3)


def without_comments(text: str) -> str:
    """The text with a blank in the place of each comment."""
    kept, last = [], 0
    for start, end in comments(text):
        kept.append(text[last:start])
        last = end
    return " ".join([*kept, text[last:]])


def blank_comments(text: str) -> str:
    """The text with blanks in the place of each comment, so that offsets stay."""
    kept, last = [], 0
    for start, end in comments(text):
        kept += [text[last:start], "".join("\n" if sign == "\n" else " " for sign in text[start:end])]
        last = end
    return "".join([*kept, text[last:]])


def suppressions(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, code and reason of each ``<!-- afterword: ignore CODE reason -->``."""
    for start, end in comments(text):
        inner = text[start + 4 : end - 3]
        found = _SUPPRESS.match(inner)
        if found:
            yield start, end, found[1], " ".join(inner[found.end() :].split())


def without_code(text: str) -> str:
    """The text with blanks in the place of each code span, so that offsets stay, and so do line ends."""
    if "`" not in text:
        return text
    kept, last = [], 0
    for start, end in _code(text):
        kept += [text[last:start], *("\n" if sign == "\n" else " " for sign in text[start:end])]
        last = end
    return "".join([*kept, text[last:]])


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Where code spans begin and end: between two runs of as many backticks. One behind a backslash opens none."""
    found = [run.span() for run in _TICKS.finditer(text)]
    runs = [(start + _is_escaped(text, start), end) for start, end in found]
    closing: list[int | None] = [None] * len(runs)
    latest: dict[int, int] = {}
    for at in range(len(runs) - 1, -1, -1):
        closing[at] = latest.get(runs[at][1] - runs[at][0])
        latest[found[at][1] - found[at][0]] = at
    at = 0
    while at < len(runs):
        end = closing[at]
        if end is not None and runs[end][0] - runs[at][1] <= _LONGEST_CODE:
            yield runs[at][0], runs[end][1]
            at = end
        at += 1


def _is_escaped(text: str, at: int) -> bool:
    slashes = 0
    while slashes < at and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def leftovers(text: str) -> Iterator[tuple[int, int]]:
    """Where something of the template was not replaced."""
    if any(sign in text for sign in _LEFT):
        yield from (found.span() for found in _LEFTOVER.finditer(text))


def durations(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, measure and seconds of each duration behind a label: ``Time to detect: 4 min``."""
    low = text.lower()
    if not any(begin in low for begin in _BEGIN):
        return
    for found in _STATED.finditer(text):
        at = found.end()
        duration = parse_duration(text[at : at + 60])
        if duration:
            yield at, at + duration[1], str(found.lastgroup), duration[0].total_seconds()


def zone_in(text: str) -> str | None:
    """The first zone that a text names."""
    found = _ZONE.search(text[:500])
    return found[0] if found else None


def names_zone(text: str) -> bool:
    """Whether a text names a zone, by its letters, an offset or a place."""
    return bool(_ZONE.search(text) or _PLACE.search(text))


def may_hold_clock_times(text: str) -> bool:
    """Whether it is worth to look for times of day."""
    return _MAYBE_CLOCK.search(text) is not None


def clock_times(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences give a time of day: ``at 14:05``, ``9 pm``, ``às 14h05``, ``lúc 14 giờ 05``."""
    for found in _CLOCK.finditer(text):
        yield found.span(1) if found[1] else found.span(2)
