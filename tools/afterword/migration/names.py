"""Names: the new file of each page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from afterword.template import file_name, slug
from afterword.timing import Moment

FOLDER = "postmortems/incidents"
_DAY = re.compile(r"\A\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2}(?!\d)|(?![-/.]?\d))[\s,:/–—-]+(?=.*\w)")
"""A day or a month that a title begins with: the file has one in front already."""


def names(pages: Iterable[tuple[str, Moment | None]], taken: Collection[str] = ()) -> tuple[str, ...]:
    """The path in the library of each page by its title and the day it started; each has one of its own.

    Without a day ``postmortems/incidents/undated-SLUG.md``. Those of the same name get ``-2``, ``-3`` in their order.
    ``taken``: paths that are somebody else's. The stem is the id of a postmortem, so that no two share one, not even
    in different folders; and some systems do not tell small letters from capitals.
    """
    used = {_stem(path) for path in taken}
    numbers: dict[str, int] = {}
    found: list[str] = []
    for title, started in pages:
        plain = file_name(_DAY.sub("", title), started) if started else f"{FOLDER}/undated-{slug(title)}.md"
        path, number = plain, numbers.get(plain, 1)
        while _stem(path) in used:
            number += 1
            path = f"{plain.removesuffix('.md')}-{number}.md"
        numbers[plain] = number
        used.add(_stem(path))
        found.append(path)
    return tuple(found)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md").casefold()
