"""Terminal: text that comes from anybody, shown as it stands and in the room that it takes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from json import dumps

_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
                     "\U000e0000-\U000e007f]")  # fmt: skip


def printable(text: str) -> str:
    """Text that a terminal shows as it stands: no control sequences, nothing that turns the direction."""
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def escaped(json: str) -> str:
    """JSON of the same values that a terminal shows as it stands: what JSON itself leaves as it is, is escaped too."""
    return _UNSEEN.sub(lambda found: dumps(found[0])[1:-1], json)


def _shown(char: str) -> str:
    if char in "\t\n\u2028\u2029":
        return " "
    category = unicodedata.category(char)
    if category == "Cf":  # marks of direction and joiners: seen by nobody, and able to turn a line around
        return ""
    return "\ufffd" if category in ("Cc", "Cs") else char


def width(text: str) -> int:
    """Columns that a text takes: wide letters two, marks on the letter before them none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(4096)
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
