"""Levels: where each heading of a page stands in the library: a part at level 2, what belongs to it below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from afterword import parts
from afterword.fixes.headings import canonical
from afterword.migration.headings import home_of, language_of, title_of

if TYPE_CHECKING:
    from afterword.migration.outline import Outline

DEEPEST = 6
PART = 2
"""The level of a part."""
_ANCHOR = re.compile(r"(?<!\s)\s*(?:<a\b[^<>]{0,500}>\s*</a>|\{:?\s?#[\w-]{1,100}\})\s*\Z")
"""Behind a heading, where links to it lead: no word of its name."""
_SELDOM = ("summary", None)
"""Only below a heading of these can the name of a part be a part of its own: “Lessons learned” has a “Detection”."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One heading. ``section``: its place in ``Outline.sections``. ``level`` may be deeper than Markdown has any.

    ``heading``: its words, which are those of the template when it said no more than the name of a part. ``before``:
    the part's heading that is put before it. ``part``: the part that it stands in, then, if in any.
    """

    section: int
    level: int
    heading: str
    before: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class _Node:
    """A heading in the tree of the page without its title. ``depth`` from 1; ``parent`` is a section's place."""

    section: int
    depth: int
    parent: int | None
    heading: str
    opens: str | None
    home: str | None


def language(outline: Outline) -> str | None:
    """The language that most headings of known names are written in."""
    counts = Counter(found for section in outline.sections[1:] if (found := language_of(section.heading)))
    return counts.most_common(1)[0][0] if counts else None


def place(
    outline: Outline, title: int | None, begins: Sequence[str] = (), *, longer: int | None = None
) -> tuple[Placed, ...]:
    """The headings of a page in order, without the one that is its title; ``title``: its line in the text, from 0.

    ``begins``: the parts whose headings were put before the first words. ``longer``: the line of the first heading
    where that says the title and more: it is below the deepest level, so that the title stands as a heading once.
    None is moved, no part comes twice unless the source has it twice, and no level is left out.
    """
    nodes = _promoted(_unwrapped(_tree(outline, (title, longer))))
    tongue = language(outline)
    own = {node.opens for node in nodes if node.depth == 1 and node.opens}
    opened = set(begins)
    current = begins[-1] if begins else None
    levels: dict[int | None, int] = {None: PART - 1}
    found = [
        Placed(number, DEEPEST + 1, section.heading)
        for number, section in enumerate(outline.sections[:2])
        if section.heading and section.first == longer
    ]
    for node in nodes:
        before = None
        if node.depth > 1:
            level = levels[node.parent] + 1
        elif node.opens and node.opens not in opened:
            level, current = PART, node.opens
        else:
            home = node.home
            if home and home not in opened and home not in own and home != current:
                before, current = title_of(home, tongue), home
            level = PART + 1 if current else PART
        if current:
            opened.add(current)
        levels[node.section] = level
        name = canonical(_ANCHOR.sub("", node.heading)) if node.opens and level == PART else None
        found.append(Placed(node.section, level, name or node.heading, before, current))
    return tuple(found)


def _tree(outline: Outline, titles: Collection[int | None]) -> list[_Node]:
    """The headings but titles with their depths, whichever levels they were written at."""
    nodes: list[_Node] = []
    above: list[tuple[int, int]] = []
    for number, section in enumerate(outline.sections[1:], 1):
        if section.first in titles:
            above = []
            continue
        while above and above[-1][1] >= section.level:
            above.pop()
        parent = above[-1][0] if above else None
        heading = _ANCHOR.sub("", section.heading)
        opens = parts.part_of(heading)
        nodes.append(_Node(number, len(above) + 1, parent, section.heading, opens, opens or home_of(heading)))
        above.append((number, section.level))
    return nodes


def _unwrapped(nodes: list[_Node]) -> list[_Node]:
    """The headings below one that holds several parts, or the whole page, as if it stood before them: it is a title."""
    tops = [node for node in nodes if node.depth == 1]
    inner = Counter(node.parent for node in nodes if node.depth == 2 and node.opens)  # below the first
    around = {node.section for node in tops if not node.opens and (len(tops) == 1 or inner[node.section] > 1)}
    return _raised(nodes, {node.section for node in nodes if node.parent in around}) if around else nodes


def _promoted(nodes: list[_Node]) -> list[_Node]:
    """The parts that stand below a heading of no part as parts, where nothing that follows them would change its place.

    Some reports write one of them a level too deep.
    """
    counts = Counter(node.opens for node in nodes if node.opens)
    by_section = {node.section: node for node in nodes}
    risen: set[int] = set()
    stopped: set[int | None] = set()
    for node in reversed(nodes):
        if node.opens is None or counts[node.opens] > 1:
            stopped.add(node.parent)
        elif node.depth > 1 and node.parent not in stopped and not _belongs(node, by_section):
            risen.add(node.section)
    return _raised(nodes, risen) if risen else nodes


def _belongs(node: _Node, by_section: dict[int, _Node]) -> bool:
    """Whether a heading stands below a part that may have one of that name within it."""
    at = node.parent
    while at is not None:
        if by_section[at].home not in _SELDOM:
            return True
        at = by_section[at].parent
    return False


def _raised(nodes: list[_Node], risen: set[int]) -> list[_Node]:
    """The same with some headings, and what stands below them, up to the first level."""
    depths: dict[int, int] = {}
    found = []
    for node in nodes:
        if node.section in risen or node.parent is None:
            depth, parent = 1, None
        else:
            depth, parent = depths[node.parent] + 1, node.parent
        depths[node.section] = depth
        found.append(replace(node, depth=depth, parent=parent))
    return found
