"""Signs: what an item of a list of actions is by its looks: an action, a label over others, a placeholder."""

from __future__ import annotations

import re

from afterword.migration.actions.attributes import initials
from afterword.migration.actions.given import given
from afterword.migration.actions.words import NO_ACTION, TYPES, VERBS
from afterword.migration.fields.values import says_nothing
from afterword.migration.outline import Block
from afterword.migration.words import plain

_MEASURES = re.compile(
    r"\b(?:actions?|items?|tasks?|following|follow[- ]?ups?|steps?|measures?|improvements?|things|ideas|below)\b",
    re.IGNORECASE,
)
"""What a list is announced with that holds measures, not what one of them is about."""
_OFFERED = re.compile(r"\b(?:options|alternatives|reasons|causes|examples|questions|possibilities)\b", re.IGNORECASE)
_CAUSES = re.compile(
    r"\b(?:(?:was|were|is|are) (?:all |mostly |mainly )?(?:due to|caused by|because)|"
    r"(?:reasons?|causes?|problems?|issues?|gaps|mistakes) (?:was|were|are|is|that|we)|went wrong|happened because)\b"
)
"""What a list is announced with that holds causes."""
_TICKET = re.compile(r"^\[[A-Z][A-Z0-9]{0,9}-?\d{1,6}\]\([^()\s]{1,500}\)\s+[-–—:]\s+(?=\S)", re.MULTILINE)
"""The ticket that a paragraph begins with, which says what is to be done: “[OPS-12](address) – Renew the key”."""
_CODE = re.compile(r"`[^`\s]{1,200}`")
"""A name of the source's code alone asks for nothing."""
_NAME_ALONE = re.compile(r"(?:www\.)?[a-z0-9][a-z0-9_-]{0,60}(?:\.[a-z0-9_-]{1,60}){0,8}")
"""Nor does one word in small letters: the name of a host or a bucket."""
_NOUNS = frozenset(("work", "plan", "open", "issue", "report", "follow", "review", "support", "test"))
"""Verbs that begin as often what is no request: “Work for the next weeks:”."""
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])")


def dedented(line: str, width: int) -> str:
    """A line without so many columns of blanks in front, as far as it has them."""
    at = column = 0
    while at < len(line) and column < width and line[at] in " \t":
        column += 4 - column % 4 if line[at] == "\t" else 1
        at += 1
    return " " * max(column - width, 0) + line[at:] if line[at:].strip() else ""


def is_none(text: str) -> bool:
    """Whether an item is a placeholder, a name of code alone, or says that there is no action."""
    told = plain(text).strip(" .*_!")
    if _CODE.fullmatch(text.strip()) or _NAME_ALONE.fullmatch(told):
        return True
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
    """Who is meant when a label is a handle, initials or a name."""
    if label.startswith("@") and " " not in label:
        return plain(text).strip(" .:")
    return initials(text) or given(text)


def owner_above(block: Block) -> str | None:
    """Whom a paragraph between lists names, when it is nothing but a handle, or a name in bold or with a colon."""
    text = block.text.strip()
    if len(text) > 60 or not (text.startswith(("**", "__", "@", "`@")) or text.endswith(":")):
        return None
    return owner_of(plain(text).casefold(), text)


def introduces(block: Block) -> bool:
    """Whether a paragraph is a measure that the list below goes on with: a verb or an owner first, a colon last.

    “The following was agreed:” is none: its items are the measures.
    """
    text = block.text.strip()
    if block.kind != "paragraph" or block.quoted or "\n" in text or len(text) > 300 or not plain(text).endswith(":"):
        return False
    lead = re.match(r"(\*\*|__)(?P<who>[^*_\n]{2,40})\1\s?:?\s+(?=\S)|`?(?P<handle>@[\w./-]{1,40})`?:?\s+(?=\S)", text)
    if lead and (lead["handle"] or initials(lead["who"])):
        return len(text[lead.end() :].split()) > 1
    words = plain(text).casefold().split()
    is_one = len(words) > 2 and words[0] in VERBS - _NOUNS and len(_SENTENCE.split(plain(text))) == 1
    return is_one and not _MEASURES.search(text)


def offers(block: Block) -> bool:
    """Whether a paragraph announces a list of what is no measure: “We have two options:”."""
    told = plain(block.text)[-200:]
    offered = _OFFERED.search(told) is not None and _MEASURES.search(told) is None
    return block.kind == "paragraph" and told.endswith(":") and offered


def tells_causes(block: Block) -> bool:
    """Whether a paragraph introduces what was wrong, and no measures: “All of it was due to tests that we lack:”."""
    told = plain(block.text).casefold()
    is_intro = block.kind == "paragraph" and not block.quoted and len(told) <= 300 and told.endswith(":")
    return is_intro and _CAUSES.search(told) is not None and not _MEASURES.search(told)


def is_measure(block: Block) -> bool:
    """Whether a paragraph is one sentence that says what to do."""
    told = plain(block.text)
    if block.kind == "paragraph" and not block.quoted and len(told) <= 400 and len(_TICKET.findall(block.text)) == 1:
        return _TICKET.match(block.text.strip()) is not None
    if block.kind != "paragraph" or block.quoted or "\n" in block.text.strip() or len(told) > 400 or told.endswith(":"):
        return False
    first = re.split(r"[\s,]", told.casefold(), maxsplit=1)[0]
    return first in VERBS and len(_SENTENCE.split(told)) == 1
