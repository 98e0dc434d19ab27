"""Dates and times of the front matter, as ISO 8601 and RFC 3339, where what is written can mean one day only."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from afterword.fixes.base import Edit, Facts, Fix, Page, Proposal, Schema, is_empty, mappings
from afterword.marks import Path
from afterword.timing import parse_date, parse_time
from afterword.yamltree import Node, Scalar

_MONTHS = (
    ("january", "jan", "janeiro"), ("february", "feb", "fev", "fevereiro"), ("march", "mar", "março"),
    ("april", "apr", "abr", "abril"), ("may", "mai", "maio"), ("june", "jun", "junho"), ("july", "jul", "julho"),
    ("august", "aug", "ago", "agosto"), ("september", "sep", "sept", "set", "setembro"),
    ("october", "oct", "out", "outubro"), ("november", "nov", "novembro"), ("december", "dec", "dez", "dezembro"),
)  # fmt: skip
"""In English and Portuguese; in Vietnamese a month has a number."""
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DAY = (
    re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ -](?:de )?(?P<name>[^\W\d_]{3,9})\.?,?[ -](?:de )?(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?P<name>[^\W\d_]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})(?!\d)"),
    re.compile(r"(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})(?!\d)"),
)
"""The year first, or the month as a word: 03/04/2026 is two days, and so is none."""
_CLOCK = re.compile(
    r"(?:[Tt]| {1,3}|, )(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?P<part>\.\d{1,9})?)?"
    r" ?(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)\Z"
)


def canonical(text: str, *, time: bool) -> str | None:
    """A date, or with ``time`` also a time, in the one style; ``None`` for what can be read in two ways or in none."""
    if len(text) > 60:
        return None
    found = next((match for pattern in _DAY if (match := pattern.match(text.lower()))), None)
    day = _day(found) if found else None
    if found is None or day is None:
        return None
    rest = text[found.end() :]
    if not rest:
        return day
    clock = _CLOCK.match(rest) if time else None
    return None if clock is None else _time(day, clock)


def _day(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month = _NUMBERS.get(parts["name"]) if "name" in parts else int(parts["m"])
    if month is None:
        return None
    try:
        day = date(int(parts["y"]), month, int(parts["d"])).isoformat()
    except ValueError:
        return None
    return day if parse_date(day) else None


def _time(day: str, found: re.Match[str]) -> str | None:
    zone = found["zone"].upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "Z"
    else:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    text = f"{day}T{int(found['h']):02d}:{found['min']}:{found['s'] or '00'}{found['part'] or ''}{zone}"
    return text if parse_time(text) else None


def _propose(page: Page) -> Iterator[Proposal]:
    edits: list[Edit] = []
    written: dict[Path, str] = {}
    for path, mapping, schema in mappings(page):
        for entry in mapping.entries:
            kind = _kind(schema["properties"].get(entry.key, {}))
            edit = _edit(page, entry.value, time=kind == "date-time") if kind else None
            if edit is not None:
                edits.append(edit)
                written[*path, entry.key] = edit.text.strip("'\"")
    if edits:
        yield Proposal(tuple(edits), "date", lambda facts: _claim(facts, written), len(edits))


def _edit(page: Page, value: Node, *, time: bool) -> Edit | None:
    """A date in the one style, in the quotes that it has."""
    if not isinstance(value, Scalar) or not isinstance(value.value, str) or is_empty(value.span):
        return None
    written = canonical(value.value, time=time)
    raw = page.text(value.span)
    quote = "" if value.plain else raw[:1]
    if written in (None, value.value) or raw != f"{quote}{value.value}{quote}":
        return None  # in style, no date, over several lines, or with escapes
    return page.edit(value.span, f"{quote}{written}{quote}")


def _kind(schema: Schema) -> str | None:
    """``date-time`` where a time may stand, ``date`` where only a day may."""
    kinds = {option.get("format") for option in (schema, *schema.get("anyOf", ()))}
    return next((kind for kind in ("date-time", "date") if kind in kinds), None)


def _claim(facts: Facts, written: Mapping[Path, str]) -> Facts:
    """Some values of the front matter are others now; with the start the days of the timeline follow."""
    front: Any = copy.deepcopy(facts.front)
    for path, value in written.items():
        *steps, last = path
        tree = front
        for step in steps:
            tree = tree[step]
        tree[last] = value
    return replace(facts, front=front, moments=None if ("started",) in written else facts.moments)


FIX = Fix(
    "dates", "Dates and times of front matter are ISO 8601 where they can mean one day only.", ("AW101",), _propose
)
