"""Headings: which of the parts a foreign heading opens, or belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from afterword import parts
from afterword.fixes.headings import canonical, translated
from afterword.migration.headings.homes import TABLES

_BY_NAME = {
    name: (part, language)
    for language, table in reversed(TABLES.items())
    for part, names in table.items()
    for name in names
}

# Names that go on: “Timeline of the second outage”, “What went well on our side”.
_BEGINNINGS = tuple(
    (re.compile(rf"(?:{pattern})\b"), part)
    for part, pattern in (
        ("timeline", r"(?:(?:incident|event|detailed|full) )?timelines?|chronology|sequence of events"),
        ("root-cause", r"(?:the |technical )?root causes?|what (?:caused|led to)|(?:the )?causes? of"),
        ("root-cause", r"contributing factors?"),
        ("actions", r"(?:short|long|medium)[- ]?term (?:actions?|fix|fixes|improvements?|solutions?)"),
        ("actions", r"what (?:we(?:'re|'ll| are| will)|will we) (?:be )?(?:do|doing|going to do|chang(?:e|ing))"),
        ("actions", r"action items?|next steps|follow[- ]?ups?|what are we (?:doing|going to do)"),
        ("actions", r"(?:corrective|preventive|preventative) (?:and|actions?|measures?)"),
        ("actions", r"how (?:will|do|can|are) we (?:going to )?prevent"),
        ("lessons", r"lessons?|(?:what|things that) (?:went|did not go|didn't go|worked)"),
        ("lessons", r"where (?:did )?we (?:got|get) lucky|key takeaways?|what (?:did )?we learn"),
        ("lessons", r"what (?:could|can) (?:have|be|we)"),
        ("detection", r"detection"),
        ("detection", r"how (?:was|did|were) (?:it|this|the|we) .{0,40}(?:detect|notic|discover|find|found)\w*"),
        ("resolution", r"resolution|recovery|mitigation|remediation"),
        ("resolution", r"how (?:was|did|were) (?:it|this|the|we) .{0,40}(?:fix|resolv|recover|mitigat|respon)\w*"),
        ("summary", r"(?:summary|overview|impact|description) (?:of|on|to)|impact"),
    )
)  # fmt: skip
_CLOCK = re.compile(
    r"(?:(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\w{3,9} \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?,?)[ t]+)?"
    r"\[?(?:[01]?\d|2[0-3]):[0-5]\d\b"
)
_INNER = re.compile(r"\((?P<text>[^()]{3,40})\)\Z")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_TAG = re.compile(r"<[^<>]{0,300}>")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)")
_NUMBER = re.compile(
    r"\A(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+(?=\D)|\d{1,2}[.):](?=[^\W\d])|(?:[ivx]{1,5}|[a-h])[.)]\s+)"
)
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-"})


@lru_cache(maxsize=4096)
def part_of(heading: str) -> str | None:
    """The key of the part that a heading opens or belongs to; ``None`` for one that belongs to none."""
    return parts.part_of(heading) or home_of(heading)


@lru_cache(maxsize=4096)
def home_of(heading: str) -> str | None:
    """The key of the part below which a heading of the source's own stands best; ``None`` if none suits.

    A heading that begins with a time of day is an event.
    """
    name = _folded(heading)
    if _CLOCK.match(name):
        return "timeline"
    inner = _INNER.search(name)
    if inner and _exact(inner["text"]) == "actions":  # “Remediation (action items)”
        return "actions"
    known = next((part for text in _shorter(name) if (part := _exact(text))), None)
    plain = _NUMBER.sub("", name)
    return known or next((part for pattern, part in _BEGINNINGS if pattern.match(plain)), None)


@lru_cache(maxsize=4096)
def language_of(heading: str) -> str | None:
    """The language of a heading that is known: ``en``, ``pt`` or ``vi``. Some words are the same in several."""
    title = canonical(heading)
    if title:
        return next((language for language in ("pt", "vi") if title in _names(language)), "en")
    found = _BY_NAME.get(_folded(heading))
    return found[1] if found else None


def title_of(part: str, language: str | None) -> str:
    """What a part is called in the template, in a language."""
    return translated(part, language) if language in ("pt", "vi") else parts.BY_KEY[part].title


@lru_cache(maxsize=4)
def _names(language: str) -> frozenset[str]:
    return frozenset(translated(part.key, language) for part in parts.PARTS)


def _exact(name: str) -> str | None:
    found = _BY_NAME.get(name)
    return found[0] if found else parts.part_of(name)


def _folded(heading: str) -> str:
    """Without markup, pictures, number in front and closing punctuation; in small letters."""
    text = unicodedata.normalize("NFC", heading[:300]).translate(_QUOTES).casefold()
    text = _SHORTCODE.sub("", _LINK.sub(r"\1", _TAG.sub("", text)))
    text = re.sub(r"[*_`#~]+", "", text)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in ("So", "Sk", "Cf", "Mn"))
    return " ".join(text.split()).strip("?!:;.,- ")


def _shorter(name: str) -> Iterator[str]:
    """A name, the same without its number, and without what a bracket, a colon or a dash adds."""
    yield name
    plain = _NUMBER.sub("", name)
    yield plain
    for mark in ("(", ":", " - "):
        before = plain.partition(mark)[0].rstrip("?!:., ")
        if before and before != plain:
            yield before
