"""Anchors: what a link to a heading has to say once the heading has moved to its part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from afterword.migration.body.levels import DEEPEST, language, place
from afterword.migration.body.opening import opening
from afterword.migration.headings import title_of
from afterword.migration.reading import Reading
from afterword.migration.stated.titles import longer_heading
from afterword.migration.words import plain
from afterword.slugs import slug_of

_PUNCTUATION = re.compile(r"[^\w\- ]+")


def anchors(reading: Reading, title: int | None) -> dict[str, str]:
    """Each anchor of a page as its old place made it of a heading, and what it is on the site; empty for the title.

    Old ones as hosts of repositories make them and as generators of sites do.
    """
    outline = reading.outline
    new = dict(_new(reading, title))
    found: dict[str, str] = {}
    for make, mark in ((_hosted, "-"), (slug_of, "_")):
        taken: Counter[str] = Counter()
        for number, section in enumerate(outline.sections[1:], 1):
            name = _unique(make(plain(section.heading)), taken, mark)
            if name:
                found.setdefault(name, new.get(number, ""))
    return found


def _new(reading: Reading, title: int | None) -> Iterator[tuple[int, str]]:
    """The place in the outline of each heading that stays, and its anchor on the site."""
    outline = reading.outline
    longer = longer_heading(reading) if title is None else None
    openings = [part for part, _ in opening(reading, longer if title is None else title, ())]
    taken: Counter[str] = Counter()
    tongue = language(outline)
    for part in openings:
        _unique(slug_of(title_of(part, tongue)), taken, "_")
    for item in place(outline, title, openings, longer=longer):
        if item.before:
            _unique(slug_of(item.before), taken, "_")
        if item.level <= DEEPEST:
            yield item.section, _unique(slug_of(plain(item.heading)), taken, "_")


def _hosted(text: str) -> str:
    """As hosts of repositories make it: letters of all languages stay."""
    return _PUNCTUATION.sub("", text.strip().lower()).replace(" ", "-")


def _unique(name: str, taken: Counter[str], mark: str) -> str:
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}{mark}{taken[name] - 1}"
