"""Confidentiality: what a postmortem must not say in a repository that many read, and that forgets nothing.

``findings`` looks at the whole text of a file, whatever it is: front matter, code, links, comments, also a file that
is no valid postmortem. It gives kinds and places, never the text. ``mask_line`` and ``Mask`` keep what was found out
of every output; a finding that is silenced or not asked for is masked as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from afterword.confidentiality import contacts, names, secrets, sensitive
from afterword.confidentiality.assigned import ASSIGNED
from afterword.confidentiality.hit import Hit, Kind
from afterword.confidentiality.mask import DOT, WORD, Mask, mask_line, mask_lines
from afterword.findings import Span
from afterword.settings import Confidential, Settings
from afterword.source import Source

__all__ = [
    "ASSIGNED",
    "DOT",
    "WORD",
    "Hit",
    "Kind",
    "Mask",
    "findings",
    "mask_line",
    "mask_lines",
    "mask_of_secrets",
    "spans",
    "without_secrets",
]

_Place: TypeAlias = "tuple[int, int, Kind, str]"


def findings(source: Source, settings: Settings) -> tuple[Hit, ...]:
    """All hits in a file, in the order of their places. Linear in the length of the text; never raises."""
    return tuple(
        Hit(source.span(start, end), kind, detector)
        for start, end, kind, detector in _found(source.text, settings.confidential)
    )


def spans(source: Source, settings: Settings) -> tuple[Span, ...]:
    """Where the text of a file must not be printed."""
    return tuple(hit.span for hit in findings(source, settings))


def mask_of_secrets(source: Source) -> Mask:
    """The mask of a file's secrets alone, for who knows no settings: they are the same in every library."""
    return Mask.of(source, (hit for hit in findings(source, _NOBODYS) if hit.kind is Kind.SECRET))


def without_secrets(text: str) -> str:
    """A text of the same length with dots in the place of its secrets, for who shows all of it."""
    source = Source("", text)
    places = [hit.span for hit in findings(source, _NOBODYS) if hit.kind is Kind.SECRET]
    return "\n".join(mask_lines(text.split("\n"), places)) if places else text


_NOBODYS = Settings(severities={}, categories={})
"""Secrets are the same in every library."""


@lru_cache(maxsize=8)
def _found(text: str, known: Confidential) -> tuple[tuple[int, int, Kind, str], ...]:
    """Start, end, kind and detector; remembered, for each rule of the family asks for the same file."""
    # one letter is longer in lower case, and then no place would fit
    low = (text.replace("İ", "I") if "İ" in text else text).lower()
    # the shortest address has so many characters: most of a text is shorter words
    words = [word for word in text.split() if len(word) >= 7]
    found = [(start, end, Kind.SECRET, name) for start, end, name in secrets.found(text, low, words)]
    found += _named(contacts.emails(text, known.allowed), Kind.EMAIL)
    found += _named(contacts.addresses(text, words, known.allowed), Kind.ADDRESS)
    found += _named(names.customers(text, known.customers), Kind.CUSTOMER)
    found += _named(names.hosts(low, known.hosts), Kind.HOST)
    found += _named(sensitive.found(text, low), Kind.SENSITIVE)
    return tuple(_apart(found))


def _named(places: Iterable[tuple[int, int]], kind: Kind) -> list[_Place]:
    return [(start, end, kind, str(kind)) for start, end in places]


def _apart(found: list[_Place]) -> Iterator[_Place]:
    """In order; finds of one kind that overlap or touch become one: a token may have the form of two issuers."""
    last: dict[Kind, _Place] = {}
    merged: list[_Place] = []
    for start, end, kind, name in sorted(found, key=lambda place: (place[0], -place[1], place[2], place[3])):
        before = last.get(kind)
        if before and start <= before[1]:
            last[kind] = (before[0], max(end, before[1]), kind, before[3])
        else:
            merged += [before] if before else []
            last[kind] = (start, end, kind, name)
    yield from sorted([*merged, *last.values()])
