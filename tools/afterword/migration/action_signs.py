"""Signs: what an item of a list of actions is by its looks: an action, a label over others, a placeholder."""

from __future__ import annotations

import re

from afterword.migration.action_words import NO_ACTION, TYPES, VERBS
from afterword.migration.attributes import initials
from afterword.migration.outline import Block
from afterword.migration.values import says_nothing
from afterword.migration.words import plain

_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])")


def dedented(line: str, width: int) -> str:
    """A line without so many columns of blanks in front, as far as it has them."""
    at = column = 0
    while at < len(line) and column < width and line[at] in " \t":
        column += 4 - column % 4 if line[at] == "\t" else 1
        at += 1
    return " " * max(column - width, 0) + line[at:] if line[at:].strip() else ""


def is_none(text: str) -> bool:
    """Whether an item is a placeholder or says that there is no action."""
    told = plain(text).strip(" .*_!")
    return says_nothing(text) or (len(told) <= 120 and NO_ACTION.fullmatch(told) is not None)


def is_label(text: str) -> bool:
    """Whether an item only groups those nested in it: a short one in bold letters, or with a colon at its end."""
    told = plain(text)
    if len(told) > 60 or "\n" in text:
        return False
    bold = re.fullmatch(r"(\*\*|__)[^*_]+\1\s?:?", text.strip()) is not None
    small = told.casefold().strip(" .:")
    first = small.split(" ", 1)[0] if small else ""
    return (bold and first not in VERBS) or told.endswith(":") or small in TYPES or owner_of(small, text) is not None


def owner_of(label: str, text: str) -> str | None:
    """Who is meant when a label is a handle or initials."""
    if label.startswith("@") and " " not in label:
        return plain(text).strip(" .:")
    return initials(text)


def owner_above(block: Block) -> str | None:
    """Whom a paragraph between lists names, when it is nothing but a handle or initials in bold letters."""
    text = block.text.strip()
    if len(text) > 60 or not text.startswith(("**", "__", "@", "`@")):
        return None
    return owner_of(plain(text).casefold(), text)


def is_measure(block: Block) -> bool:
    """Whether a paragraph is one sentence that says what to do."""
    told = plain(block.text)
    if block.kind != "paragraph" or block.quoted or "\n" in block.text.strip() or len(told) > 400 or told.endswith(":"):
        return False
    first = re.split(r"[\s,]", told.casefold(), maxsplit=1)[0]
    return first in VERBS and len(_SENTENCE.split(told)) == 1
