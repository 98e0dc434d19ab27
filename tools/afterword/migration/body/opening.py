"""Opening: the parts that the words before the first heading of a page belong to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from afterword import parts
from afterword.migration.headings import part_of
from afterword.migration.outline import Block, Outline
from afterword.migration.reading import Reading
from afterword.migration.words import plain

_KEY = re.compile(r"\W{0,4}[^.:!?]{1,40}:(?:\W{0,4}\s|\W{0,4}\Z)")
_PICTURE = re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,200}\])?")
_ASIDE = re.compile(r"([*_])(?!\1)[^*_]*\1")
"""A paragraph in italics, as a template's advice or a remark about the text."""
_SENTENCE = 6
"""So many words make prose of a paragraph."""
_EVENTS = 2


def opening(reading: Reading, title: int | None, gone: Collection[int]) -> Iterator[tuple[str, int]]:
    """The parts whose headings are put before the first words, each with its line in the text, from 0.

    Prose is the summary of a page that has no other, and what begins with times is its timeline.
    """
    outline = reading.outline
    heads = [section for section in outline.sections[1:] if section.first != title]
    end = heads[0].first if heads else len(outline.lines)
    times = [event.at for event in reading.events if event.at < end]
    has_timeline = any(part_of(section.heading) == "timeline" for section in heads)
    first = _begin(outline, times[0]) if len(times) >= _EVENTS and not has_timeline else end
    if not any(parts.part_of(section.heading) == "summary" for section in heads):
        passed = {*times, *gone}
        prose = (block.first for block in outline.blocks if _is_prose(block) and block.first not in passed)
        line = next(prose, end)
        if line < first:
            yield "summary", line
    if first < end:
        yield "timeline", first


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
