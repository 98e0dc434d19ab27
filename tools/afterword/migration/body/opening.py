"""Opening: the parts that the words before the first heading of a page belong to."""

from __future__ import annotations

import re
from collections.abc import Collection

from afterword import parts
from afterword.migration.headings import part_of
from afterword.migration.outline import Block, Outline
from afterword.migration.reading import Reading
from afterword.migration.words import plain

_KEY = re.compile(r"\W{0,4}[^.:!?]{1,40}:(?:\W{0,4}\s|\W{0,4}\Z)")
_PICTURE = re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,200}\])?")
_ASIDE = re.compile(r"([*_])(?!\1)[^*_]*\1")
"""A paragraph in italics, as a template's advice or a remark about the text."""
_LABEL = re.compile(r"[^\d\n.:]{2,60}:[\s*_]{0,5}\d")
"""What stands before a time that is stated and no row of a timeline."""
_BULLET = re.compile(r" {0,3}[-*+]\s")
_SENTENCE = 6
"""So many words make prose of a paragraph."""
_EVENTS = 2


def opening(reading: Reading, title: int | None, gone: Collection[int]) -> list[tuple[str, int]]:
    """The parts whose headings are put before the first words, each with its line in the text, from 0.

    Prose is the summary of a page that has no other, and what begins with times is its timeline. The facts of a list,
    such as “Start time: 09:12”, are no timeline.
    """
    outline = reading.outline
    heads = [section for section in outline.sections[1:] if section.first != title]
    end = heads[0].first if heads else len(outline.lines)
    times = [event.at for event in reading.events if event.at < end and not _LABEL.match(event.written)]
    has_timeline = any(part_of(section.heading) == "timeline" for section in heads)
    has_summary = any(parts.part_of(section.heading) == "summary" for section in heads)
    first = _begin(outline, times[0]) if len(times) >= _EVENTS and not has_timeline else end
    found: list[tuple[str, int]] = []
    if not has_summary:
        bullets = [block for block in _bullets(outline) if block.first < end]
        before = [block for block in bullets if first == end or block.last <= times[0]]
        facts = [block.first for block in before if first < end and first <= block.first]
        if not heads and any(len(plain(block.text).split()) >= _SENTENCE for block in before):
            facts = [block.first for block in before]
        passed = {*times, *gone}
        prose = [block.first for block in outline.blocks if _is_prose(block) and block.first not in passed]
        line = min([*prose[:1], *(line for line in facts if line not in gone)], default=end)
        if facts and first < end:
            first = max((block.first for block in bullets if block.first <= times[0]), default=times[0])
        if first < end and line >= first:
            line = next((block.first for block in bullets if block.first > times[-1] and _KEY.match(block.text)), end)
        found.append(("summary", line))
    found.append(("timeline", first))
    return sorted(((part, line) for part, line in found if line < end), key=lambda item: item[1])


def _bullets(outline: Outline) -> list[Block]:
    """The items of bullet lists, without those of lists in lists."""
    items = (block for block in outline.blocks if block.kind == "item" and block.depth == 1 and not block.quoted)
    return [block for block in items if _BULLET.match(outline.lines[block.first])]


def _is_prose(block: Block) -> bool:
    """Whether a block tells something, other than a field, a picture, a quotation or a remark in italics."""
    if block.kind != "paragraph" or block.depth or block.quoted:
        return False
    if _ASIDE.fullmatch(block.text[:2000].strip()):
        return False
    text = plain(_PICTURE.sub("", block.text[:2000]))
    return len(text.split()) >= _SENTENCE and not _KEY.match(text)


def _begin(outline: Outline, line: int) -> int:
    """Where the paragraph, list or table begins that a line stands in."""
    while line and outline.lines[line - 1].strip() and not outline.lines[line - 1].startswith("#"):
        line -= 1
    return line
