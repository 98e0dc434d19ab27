"""Text into words with places. Linear in its length."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

PIECE = re.compile(r"\w+")
"""What ``vocabulary`` counts as a word: the pieces of one with a hyphen or an apostrophe count alone."""

_SIGNS = str.maketrans({sign: " " for sign in map(chr, range(128)) if not PIECE.match(sign)})
_MARKS = "\u0300-\u036f"  # the combining marks of decomposed Portuguese and Vietnamese
_TOKEN = re.compile(
    rf"(?:(?<![\w@])@)?[^\W_]+(?:[{_MARKS}][^\W_]*|[_'’\u02bc-](?=[^\W_])[^\W_]*)*"  # a word or a handle
    r"|(?<![ \t\n])[ \t]{4,}"  # a gap, in the place of a code span, a quotation or a link
    r"|[^\s\w*]"  # a sign; emphasis is none
)


class Tokens:
    """The words, signs and gaps of a text in order: ``keys`` as they are looked up; a gap is blanks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.keys: list[str] = (
            _TOKEN.findall(text.lower()) if text.isascii() else [key_of(word) for word in _TOKEN.findall(text)]
        )

    def is_capital(self, at: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self._text[self._places[at][0]].isupper()

    def start(self, at: int) -> int:
        """The offset where a word begins, in code points."""
        return self._places[at][0]

    def end(self, at: int) -> int:
        """The offset behind a word, in code points."""
        return self._places[at][1]

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return [found.span() for found in _TOKEN.finditer(self._text)]


def key_of(text: str) -> str:
    """Text as it is looked up: composed, in lower case, with straight apostrophes."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).lower().replace("’", "'").replace("\u02bc", "'")


def vocabulary(text: str) -> set[str]:
    """The different words of a text as they are looked up; cheaper than ``Tokens``."""
    if text.isascii():  # most are, and this way it is twice as fast
        return set(text.lower().translate(_SIGNS).split())
    return set(PIECE.findall(key_of(text)))
