"""Anchors: what a link may lead to within a page of the site, from its Markdown. Linear in the length of any text.

The site's Markdown gives each heading an id made of its words, as python-markdown's ``toc`` does it; others are
written out. Whether a line is a heading is not always told without converting the page, so what may be one is taken
for one: to say of an anchor that is there that it is missing would be worse than to miss one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from afterword.entities import unescape
from afterword.slugs import slug_of

_BEFORE = frozenset(" \t>*+-.)0123456789")
_LONGEST = 500
"""Characters of a heading that are looked at."""
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*\Z")
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]{0,300})\}")
_ID = re.compile(r"""\b(?:id|name)[ \t]{0,4}=[ \t]{0,4}["']?([^\s"'<>{}]{1,300})""", re.IGNORECASE)
_SHORT_ID = re.compile(r"(?<!\S)#([^\s{}]{1,300})")
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,200})\]")
_COUNTED = re.compile(r"(.*)_(\d{1,9})\Z", re.DOTALL)

_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()]{0,500}\)|\[[^\[\]]{0,200}\])?")
_LINK = re.compile(r"\[([^\[\]]{0,500})\](?:\([^()]{0,500}\)|\[[^\[\]]{0,200}\])")
_ADDRESS = re.compile(r"<((?:https?|mailto):[^<>\s]{0,500})>")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,500}>")
_EMOJI = re.compile(r":[a-z0-9_+-]{1,50}:")
_EMPHASIS = re.compile(r"(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])")
_DRAWN = frozenset({"", "top", "action-items", "related-incidents"})
"""What browsers and the site itself have on a page."""
_LOOKED_AT = 400
"""So many anchors are compared with one that is missing."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of a page: those written out, and how often each made of a heading's words may be there.

    ``families`` counts both kinds together, without the numbers at their ends.
    """

    written: frozenset[str]
    counts: Counter[str]
    families: Counter[str]

    def has(self, name: str) -> bool:
        """Whether a link to ``#name`` may lead somewhere."""
        if name in _DRAWN or name in self.written or name.startswith(("__", ":~:", "action-")):
            return True
        if name in self.counts and name:
            return True
        found = _COUNTED.match(name)
        if found is None:
            return False
        # the second of two headings has 1 behind it; a heading without letters has nothing else
        return 1 <= int(found[2]) <= self.families[found[1]] - bool(found[1])

    def near(self, name: str, *, guess: bool = True) -> str | None:
        """The anchor that was probably meant: the same in other letters, or else, with ``guess``, one much like it."""
        slug = slug_of(name)
        if slug != name and slug in self.counts:
            return slug
        if not guess:
            return None
        known = sorted(name for name in self.written | self.counts.keys() if name)[:_LOOKED_AT]
        return next(iter(get_close_matches(slug[:100], known, 1, 0.7)), None)


def anchors(text: str) -> Anchors:
    """The anchors of a page's Markdown."""
    written = {found[1] for found in _ID.finditer(text)} if "=" in text else set()
    written |= {name for found in _ATTRIBUTES.finditer(text) for name in _SHORT_ID.findall(found[1])}
    for label in _NOTE.findall(text):
        written |= {f"fn:{label}", f"fnref:{label}", *(f"fnref{number}:{label}" for number in range(2, 10))}
    counts: Counter[str] = Counter()
    for heading in _headings(text):
        counts.update(_slugs(heading))
    families: Counter[str] = Counter()
    for name, count in [*counts.items(), *((name, 1) for name in written)]:
        numbered = _COUNTED.match(name)
        families[numbered[1] if numbered else name] += count
    return Anchors(frozenset(written), counts, families)


def _headings(text: str) -> Iterator[str]:
    """What may be a heading: a line after ``#``, or one above a line of ``=`` or ``-``."""
    above = ""
    for line in text.split("\n"):
        before, mark, rest = line[: _LONGEST * 2].partition("#")
        if mark and len(before) <= 60 and _BEFORE.issuperset(before):
            yield rest.lstrip("#").strip().rstrip("#").strip()[:_LONGEST]
        elif above.strip() and len(line) <= _LONGEST and _UNDERLINE.match(line):
            yield above.strip(" \t>")[:_LONGEST]
        above = line[:_LONGEST]


def _slugs(heading: str) -> set[str]:
    """The ids that a heading may be given: extensions of Markdown differ in what they take for markup."""
    texts: set[str] = set()
    for written in {heading, _ATTRIBUTES.sub("", heading)}:
        text = _IMAGE.sub("", _NOTE.sub("", written))
        text = unescape(_TAG.sub("", _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))))
        texts |= {text, _EMPHASIS.sub("", text), _EMOJI.sub("", text)}
    return {slug_of(item) for item in texts}
