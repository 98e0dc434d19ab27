"""Headed: actions that are headings below a heading of actions, each with a number: “### 1) Better alerts”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from afterword.migration.outline import Block, Outline, Section

_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?=\S)")
_FEWEST = 2
_KEPT = re.compile(r"!\[|\]\(#|\]\((?![a-z]+:)|^ {0,3}\[[^\[\]\n]{1,200}\]:|<[a-z!/]", re.MULTILINE | re.IGNORECASE)
"""Pictures, links within the page or beside it, what other lines refer to, and HTML stay where they are."""


def headed(outline: Outline) -> frozenset[int]:
    """The places of the sections that are an action each: all below their heading are, numbered from 1.

    None where anything else stands below that heading, a link leads to a place on the page, or another part lists the
    actions: there they are what was thought of beside them.
    """
    sections = outline.sections
    found: set[int] = set()
    if not any(_NUMBER.match(section.heading) for section in sections) or "](#" in outline.text:
        return frozenset()
    if any(block.done is not None and sections[block.section].part == "actions" for block in outline.blocks):
        return frozenset()
    for at, section in enumerate(sections):
        inside = [place for place, other in enumerate(sections) if at in other.above]
        if section.part == "actions" and section.heading and _all_numbered(at, inside, sections):
            blocks = [block for block in outline.blocks if block.section == at or block.section in inside]
            if all(_fits(block, at) for block in blocks) and not any(
                _keeps(sections[place], outline) for place in inside
            ):
                found.update(inside)
    return frozenset(found)


def _all_numbered(at: int, inside: Sequence[int], sections: Sequence[Section]) -> bool:
    numbers = [_NUMBER.match(sections[place].heading) for place in inside]
    told = [int(number["number"]) for number in numbers if number]
    return len(inside) >= _FEWEST and told == list(range(1, len(inside) + 1)) and _flat(at, inside, sections)


def _flat(at: int, inside: Sequence[int], sections: Sequence[Section]) -> bool:
    return all(sections[place].above[-1] == at for place in inside)


def _fits(block: Block, at: int) -> bool:
    """Whether nothing stands in front of the first action, and no quote or table in one."""
    return block.kind == "heading" or (block.section != at and block.kind in ("paragraph", "item", "code"))


def _keeps(section: Section, outline: Outline) -> bool:
    return _KEPT.search("\n".join(outline.lines[section.first : section.last])) is not None


def pieces(places: frozenset[int], outline: Outline) -> Iterator[tuple[Block, str]]:
    """The heading of each, without its number and on the lines of its section, and what stands below it."""
    for block in outline.blocks:
        if block.kind == "heading" and block.section in places:
            section = outline.sections[block.section]
            below = "\n".join(outline.lines[block.last : section.last]).strip("\n")
            yield replace(block, text=_NUMBER.sub("", block.text, count=1), last=section.last), below
