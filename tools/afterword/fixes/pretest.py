"""The test before: whether it is worth the while to mend a file. Told from its text, a hundred times sooner.

It may say yes to a file in which nothing will be mended, and says no only where nothing would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from afterword import document, resources
from afterword.fixes import durations, headings
from afterword.parts import part_of
from afterword.timing import parse_duration

_LOOSE = re.compile(r"^ *(?:- +)?[\w\"'][\w\"'-]*(?: +:|: {2,}[^\s#])", re.MULTILINE)
"""Blanks beside a colon that may be too many."""
_KEY = re.compile(r"^( *(?:- +)?)[\"']?([a-z_]+)[\"']? *:", re.MULTILINE)
_SMALL = re.compile(r"\d{4}-\d{2}-\d{2}(?:t|T[\d:.]+z)")
_LABEL = re.compile(r"time to|tt[damr]\b|tempo|thời gian")
_NUMBER = re.compile(r"(?<![\d.,])\d")
_ROW = re.compile(r" {0,3}\| *(?:(\d{4}-\d{2}-\d{2}) )?(\d{2}:\d{2}(?::\d{2})?)(?: UTC)? *\|")


def may_mend(text: str) -> bool:
    """Whether a postmortem that fits the schema, its lines unified, may have something to mend beside its timeline."""
    edges = document.HANDLER.edges(text)
    if edges is None:
        return True
    front, body = text[: edges[2]], text[edges[2] :]
    return (
        _is_loose(front)
        or _SMALL.search(front) is not None
        or _may_move(front)
        or _may_restyle(body)
        or _may_rename(body)
    )


def _is_loose(front: str) -> bool:
    # looked for as they are first: patterns for what is hardly ever there would cost more than all the rest
    if " \n" in front or "\t\n" in front:
        return True
    return (" :" in front or ":  " in front) and _LOOSE.search(front) is not None


def _may_move(front: str) -> bool:
    return _is_disorderly(tuple(_KEY.findall(front)))


@lru_cache(maxsize=1024)
def _is_disorderly(keys: tuple[tuple[str, str], ...]) -> bool:
    """Whether a key stands behind one that belongs behind it. What looks like keys inside a text hides no disorder.

    Keys come with what stands before them in their lines. Many files of a library have the same ones.
    """
    above: list[tuple[int, str, int]] = []
    for lead, key in keys:
        column = len(lead)
        while above and above[-1][0] > column:
            above.pop()
        before = above.pop() if above and above[-1][0] == column else None
        if "-" in lead:
            before = None
        path = f"{above[-1][1]}/" if above else ""
        rank = _places(path).get(key, -1)
        if before is not None:
            if 0 <= rank < before[2]:
                return True
            rank = max(rank, before[2])
        above.append((column, f"{path}{key}", rank))
    return not above


@lru_cache(maxsize=256)
def _places(path: str) -> dict[str, int]:
    """Where each key belongs in a mapping, or in those of a list, at a path such as ``impact/revenue/``."""
    schema = resources.schema("postmortem")
    for step in path.split("/")[:-1]:
        schema = schema.get("properties", {}).get(step, {})
        schema = schema.get("items", schema)
    return {key: number for number, key in enumerate(schema.get("properties", ()))}


def _may_restyle(body: str) -> bool:
    """Whether a number behind a label begins a duration in another style."""
    low = body.lower()
    if len(low) != len(body):
        return True
    labels = [*(label.end() for label in _LABEL.finditer(low)), len(low)]
    for begin, end in pairwise(labels):
        rest = body[begin : min(end, begin + 400)].partition("\n")[0]
        for number in _NUMBER.finditer(rest):
            found = parse_duration(rest[number.start() : number.start() + 60])
            written = rest[number.start() : number.start() + found[1]].rstrip() if found else ""
            if written and durations.restyled(written) not in (None, written):
                return True
    return False


def _may_rename(body: str) -> bool:
    """Whether a heading has a better name."""
    return any(headings.differs(title) for title, _, _ in _sections(body))


def _sections(text: str) -> Iterator[tuple[str, int, int]]:
    """The lines that look like headings of parts, and where what follows each begins and ends."""
    title, begin, at = "", -1, text.find("##")
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at + 2 : at + 3] in (" ", "\t") and at - start <= 3 and not text[start:at].strip(" "):
            if begin >= 0:
                yield title, begin, start
            title, begin = text[at + 2 : end].strip(" \t").rstrip("#").rstrip(" \t"), end
        at = text.find("##", end)
    if begin >= 0:
        yield title, begin, len(text)


def is_in_order(text: str) -> bool:
    """Whether the rows of the timeline are certainly in order, told without knowing when it all began."""
    if "\n===" in text or text.count("\n---") > 1:
        return False  # a heading over a line, which may be that of a timeline
    return all(_in_order(text[begin:end]) for title, begin, end in _sections(text) if _part(title) == "timeline")


@lru_cache(maxsize=1024)
def _part(heading: str) -> str | None:
    return part_of(heading)


def _in_order(text: str) -> bool:
    """Whether the rows of a table are certainly in order: each begins with a time in one form, none goes back."""
    day, last, count = "", "", 0
    for line in text.split("\n"):
        if "|" not in line:
            continue
        count += 1
        if count <= 2:
            continue  # its heading, and the line under it
        row = _ROW.match(line)
        if row is None or (row[1] or day) < day or ((row[1] or day) == day and row[2] < last):
            return False
        day, last = row[1] or day, row[2]
    return True
