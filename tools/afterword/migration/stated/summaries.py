"""Summaries: the first sentences of what a page says first, word for word, for lists and search."""

from __future__ import annotations

import re
from bisect import bisect_left

from afterword import parts
from afterword.migration.facts import Fact, Gap
from afterword.migration.fields.names import meaning
from afterword.migration.fields.values import says_nothing
from afterword.migration.headings import part_of
from afterword.migration.outline import Block
from afterword.migration.reading import Reading
from afterword.migration.words import plain

_LONGEST, _ENOUGH = 500, 90
"""Characters: more than ``_ENOUGH`` need no further sentence."""
_TELLING = frozenset(
    ("what happened", "description", "incident summary", "incident description", "issue", "problem", "the problem",
     "background", "context", "abstract", "tl;dr", "tldr", "problem description", "introduction",
     "overview", "o que aconteceu", "descrição", "chuyện gì đã xảy ra", "mô tả")
)  # fmt: skip
"""Headings below the part that begin with what happened; others there, such as the severity, do not."""
_END = re.compile(r"[.!?][\"”)\]]{0,2}\s+(?=[\"“(\[]?[^\W_])")
_SHORT_FORM = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|ca|vs|no|inc|ltd|corp|dr|mr|mrs|ms|st|fig|al|cf|sr|sra|ex|p\.ex|tp|a\.m|p\.m|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Za-z]|^\d{1,3})\.$",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"\A[^\w\s*_`\[(<\"“]{1,8}\s{1,3}")
"""Pictures in front of a heading."""
_FIELD = re.compile(
    r"\s{0,3}(?:[^\w\s*_`\[(<\"“-]{1,8}\s{1,3})?(?:\*\*|__)?[^\W\d][^:\n]{0,40}?(?:\*\*|__)?:(?:\*\*|__)?(?=\s|$)"
)
_KINDS = {"row": "a table", "item": "a list", "code": "code"}
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:", re.MULTILINE)
_SHORTCUT = re.compile(r"(?<![\]\\!])\[([^\[\]]{1,200})\](?:\[\])?(?![(\[:])")
_FOOTNOTE = re.compile(r"(?<=[\w.,;:!?)”\"])\[\^?\d{1,3}\]")
"""A mark that leads to a note at the end, which a summary has not."""
_NAME = re.compile(r"\A(?P<mark>\*\*|__)[^\W\d_][^*_:\n]{2,40}(?:(?P=mark)\s?:|:(?P=mark))\s+(?=[^\W_])")
"""What stands in bold letters before a colon names what follows."""
_STAMPED = re.compile(
    r"\s(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d\S{0,24}(?:\s[+-]\d\d:?\d\d)?"
    r"|[A-Z][a-z]{2,8} \d{1,2},? (?:\d{4},? )?(?:- )?\d\d:\d\d(?: [A-Z]{2,5})?)\Z"
)
"""When a message on a status page was written, which stands behind it."""
_LABEL = re.compile(r"(?:\*\*|__)(?:summary|tl;?dr|description|resumo|tóm tắt)\s?:?(?:\*\*|__)\s?:?\s*", re.IGNORECASE)


_MESSAGE = re.compile(
    r"(?:\[|\*{1,2}|__?)(?P<state>(?:initial|first|final|last)(?:\smessage)?|investigating|identified|monitoring|resolved|completed|"
    r"update\s?\d{0,2})(?:\s?\([^()\n]{1,30}\))?:?(?:\]|\*{1,2}|__?)\s?(?::|-->?|[–—-])?\s*",
    re.IGNORECASE,
)
"""What a message on a status page begins with. The newest often stands first."""
_BEGINNING = ("initial", "first", "investigating")
_END_STATES = ("final", "last", "resolved", "completed", "monitoring")


def summary_of(reading: Reading) -> Fact | Gap:
    """The first sentences of the summary, or why there are none."""
    for field in reading.fields:
        if field.front and meaning(field.key) == "summary" and not says_nothing(field.value):
            text = first_sentences(plain(field.value))
            if text:
                return Fact("summary", text, field.line, f"the field “{field.key}”")
    if fact := _named(reading):
        return fact
    found = _telling(reading)
    if isinstance(found, Gap):
        return found
    found = _first_message(reading, found)
    text = plain(_unbracketed(_unlabelled(found.text), reading.outline.text))
    text = first_sentences(_STAMPED.sub("", _FOOTNOTE.sub("", text)))
    line = reading.line(found.first)
    if text is None:
        return Gap("summary", f"its first sentence has more than {_LONGEST} characters", line)
    return Fact("summary", text, line, "the first sentences of the summary")


def _named(reading: Reading) -> Fact | None:
    """A summary that the text states by name, where no part is one: ``**Summary:** It was down``."""
    if any(section.part == "summary" and section.heading for section in reading.outline.sections):
        return None
    for field in reading.fields:
        told = plain(field.value)
        if (
            not field.front
            and meaning(field.key) == "summary"
            and told.endswith((".", "!", "?"))
            and told.count(" ") > 2
        ):
            text = first_sentences(told)
            return Fact("summary", text, field.line, f"the field “{field.key}”") if text else None
    return None


def _first_message(reading: Reading, found: Block) -> Block:
    """Of messages on a status page the one that was written first: by its name, else the last where they go back."""
    if _MESSAGE.match(found.text) is None:
        return found
    messages = [(block, state) for block in reading.outline.blocks if (state := _state(block))]
    first = next((block for block, state in messages if state.startswith(_BEGINNING)), None)
    goes_back = len(messages) > 1 and messages[0][1].startswith(_END_STATES)
    return first or (messages[-1][0] if goes_back else found)


def _unlabelled(text: str) -> str:
    """The text without the word in front that says what it is."""
    text = _NAME.sub("", _LABEL.sub("", text, count=1), count=1)
    found = _MESSAGE.match(text)
    return (text[found.end() :] or text) if found else text


def _state(block: Block) -> str | None:
    found = _MESSAGE.match(block.text) if block.kind == "paragraph" and not block.quoted else None
    return found["state"].casefold() if found and block.text[found.end() :].strip() else None


def _unbracketed(text: str, page: str) -> str:
    """The text without the brackets of links by reference whose words are what the page defines: ``[docs]``."""
    if "[" not in text or "]:" not in page:
        return text
    names = {" ".join(found[1].casefold().split()) for found in _DEFINED.finditer(page)}
    return _SHORTCUT.sub(lambda found: found[1] if " ".join(found[1].casefold().split()) in names else found[0], text)


def _telling(reading: Reading) -> Block | Gap:
    """The block that begins the summary: in the part itself, below a heading of what happened, before all parts."""
    sections = reading.outline.sections
    inside = [at for at, section in enumerate(sections) if section.part == "summary" and section.heading]
    own = [at for at in inside if parts.part_of(_PICTURES.sub("", sections[at].heading)) == "summary"]
    told = [at for at in inside if _name(sections[at].heading) in _TELLING]
    first = next((at for at, section in enumerate(sections) if section.part), len(sections))
    why = Gap("summary", "no part says so")
    for place in dict.fromkeys((*own, *told, *range(first))):
        found = _first(reading, place)
        if found and found.kind == "paragraph":
            return found
        if found and not why.line:
            begins = "its part begins" if sections[place].part else "the text begins"
            why = Gap("summary", f"{begins} with {_KINDS.get(found.kind)}", reading.line(found.first))
    return why


def _first(reading: Reading, place: int) -> Block | None:
    """The first paragraph of prose of a section, or the list, table or code that stands before it."""
    blocks = reading.outline.blocks
    at = bisect_left(blocks, place, key=lambda block: block.section)
    while at < len(blocks) and blocks[at].section == place:
        block = blocks[at]
        at += 1
        if block.kind in _KINDS and not _FIELD.match(block.text):
            return block
        if _is_prose(block):
            return block
    return None


def _is_prose(block: Block) -> bool:
    """Whether a block is a paragraph of at least one sentence, and no field, placeholder, picture or remark."""
    if block.kind != "paragraph" or block.depth:
        return False
    text = _LABEL.sub("", block.text, count=1)
    first, _, more = text.partition("\n")
    if more and first.rstrip(" *_").endswith(":") and part_of(plain(first).rstrip(" :")) not in (None, "summary"):
        return False
    told = plain(text)
    if says_nothing(text) or sum(sign.isalpha() for sign in told) < 20 or len(told.split()) < 4:
        return False
    is_remark = re.fullmatch(r"([*_])(?![*_]).*\1|<.*>|\{.*\}", block.text.strip(), re.DOTALL) is not None
    fields = sum(_FIELD.match(line) is not None for line in text.split("\n"))
    is_field = fields > text.count("\n") / 2 and (fields > 1 or told[-1:] not in ".!?")
    return not is_remark and not is_field and not told.endswith(":")


def _name(heading: str) -> str:
    return plain(heading).casefold().strip(" .:?!")


def first_sentences(text: str) -> str | None:
    """The first sentence, and further ones while it says little; ``None`` when it is too long for a summary."""
    end = 0
    for stop in [*_stops(text), len(text)]:
        if len(text[:stop].strip()) > _LONGEST:
            break
        end = stop
        if len(text[:end].strip()) >= _ENOUGH:
            break
    return text[:end].strip() or None


def _stops(text: str) -> list[int]:
    text = text[: 2 * _LONGEST]
    found = ((item, text[: item.start() + 1].rpartition(" ")[2]) for item in _END.finditer(text))
    return [item.end() for item, word in found if not _SHORT_FORM.search(word)]
