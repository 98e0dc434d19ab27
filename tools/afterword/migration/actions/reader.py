"""Reader: the items, rows and paragraphs below a heading for actions, each whole."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace

from afterword.migration.actions.action import Action
from afterword.migration.actions.headed import headed, pieces
from afterword.migration.actions.labelled import told_below
from afterword.migration.actions.rows import columns, read_row
from afterword.migration.actions.runs import end_of_item, end_of_list, end_of_section, end_of_table
from afterword.migration.actions.said import Said
from afterword.migration.actions.signs import (
    dedented,
    introduces,
    is_label,
    is_measure,
    is_none,
    offers,
    owner_above,
    owner_of,
    tells_causes,
)
from afterword.migration.actions.text import expanded, read
from afterword.migration.actions.words import TYPES
from afterword.migration.headings import part_of
from afterword.migration.outline import Block, Section
from afterword.migration.reading import Reading
from afterword.migration.words import plain

_LONGEST_DETAILS = 5000
_REFERENCE = re.compile(r"^ {0,3}\[(?P<name>[^\[\]\n]{1,200})\]:[ \t]{0,9}<?(?P<url>[^\s<>]{1,1000})>?", re.MULTILINE)
_MARK = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)")
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_MEASURES = re.compile(
    r"\b(?:corrective|preventi|preventative|prevention|action|measures?|corretiv|preventiv|khắc phục|phòng)",
    re.IGNORECASE,
)
_TASKS = re.compile(
    r"action|follow|task|to[- ]?do|next step|remediation|repair|work items|tickets|ação|ações|hành động",
    re.IGNORECASE,
)
"""What a list of tasks is called."""
_ASIDE = re.compile(r"\b(?:reminders?|notes?|background|context|rationale|caveats?|examples?)\W*$", re.IGNORECASE)
"""How a heading ends below one of actions that explains them."""
_FEW = 3
"""Words of a line that is a heading by its place alone."""
_SORTS = frozenset(("detection", "resolution", "process"))
"""Parts whose names also sort actions."""
_LABELS = frozenset(("review actions", "actions planned", "planned actions", "agreed actions", "actions agreed"))
"""What lists of actions are called that are no headings."""


class Reader:
    """Reads the actions of one page."""

    def __init__(self, reading: Reading) -> None:
        self.outline, self.calendar = reading.outline, reading.calendar
        self.blocks, self.lines = reading.outline.blocks, reading.outline.lines
        self.tasks: dict[int, list[Block]] = {}
        """The items of each section that is of a resolution."""
        for block in self.blocks:
            section = self.outline.sections[block.section]
            if block.kind == "item" and section.part == "resolution":
                self.tasks.setdefault(id(section), []).append(block)
        told = _REFERENCE.finditer(self.outline.text) if "]:" in self.outline.text else ()
        boxed = (self.outline.sections[block.section] for block in self.blocks if block.done is not None)
        self.boxed = {id(section) for section in boxed if section.part == "actions"}
        """The sections that list actions with boxes to tick."""
        self.references = {" ".join(found["name"].casefold().split()): found["url"] for found in told}

    def read(self) -> Iterator[Action]:
        """The actions of the page; without what was thought of beside them, where a part lists tasks."""
        told = list(self._told())
        tasks = any(not beside for _, beside in told)
        return (action for action, beside in told if not (tasks and beside))

    def _told(self) -> Iterator[tuple[Action, bool]]:
        """Those that stand below headings of their own, then the others, in the order of the page.

        With whether it stands below “Prevention” or the like, and not in a list of tasks.
        """
        places = headed(self.outline)
        for block, below in pieces(places, self.outline):
            said = read(expanded(block.text, self.references), self.calendar)
            yield from ((action, False) for action in self._made(said, block, below, None, None))
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            section = self.outline.sections[block.section]
            if block.section in places:
                at = end_of_section(self.blocks, at)
            elif self._holds_actions(section) and block.kind != "heading":
                end = end_of_section(self.blocks, at)
                beside = not self._tasked(section)
                yield from ((action, beside) for action in self._section(at, end, section))
                at = end
            else:
                yield from () if block.kind == "heading" else ((action, False) for action in self._labelled(at))
                at += 1

    def _holds_actions(self, section: Section) -> bool:
        """Whether a section is one of actions: also “Detection” and the like below their heading."""
        if section.part == "resolution" and self._asks(section):
            return True
        above = [self.outline.sections[place] for place in section.above]
        if section.part != "actions" and not (section.part in _SORTS and any(one.part == "actions" for one in above)):
            return False
        if section.part == "actions" and above and _ASIDE.search(section.heading):
            return False
        # “Prevention” beside boxes to tick tells what was thought of
        return not self.boxed or self._tasked(section)

    def _tasked(self, section: Section) -> bool:
        """Whether a section lists tasks by its name, by one above it, or by boxes to tick."""
        if id(section) in self.boxed or (section.part == "resolution" and self._asks(section)):
            return True
        above = (self.outline.sections[place] for place in section.above)
        return any(_TASKS.search(one.heading) for one in (*above, section))

    def _asks(self, section: Section) -> bool:
        """Whether all that a section “Remediation” lists are tasks with a box, one of them open at least."""
        items = [block for block in self.tasks.get(id(section), ()) if block.depth == 1 and not block.quoted]
        return (
            bool(items) and all(item.done is not None for item in items) and any(item.done is False for item in items)
        )

    def _section(self, at: int, end: int, section: Section) -> Iterator[Action]:
        """The items and rows of a section; its paragraphs when there is nothing else, and each is a measure."""
        kinds = {block.kind for block in self.blocks[at:end] if not block.quoted}
        if "item" not in kinds and "row" not in kinds:
            yield from self._paragraphs(at, end, section)
            return
        kind = TYPES.get(plain(section.heading).casefold().strip(" .:"))
        owner: str | None = None
        while at < end:
            block = self.blocks[at]
            if block.kind == "row" and not block.quoted and not block.depth:
                last = end_of_table(self.blocks, at, end)
                yield from self._table(at, last)
                at = last
            elif block.kind == "item" and not block.quoted and block.depth == 1:
                last = end_of_item(self.blocks, at, end)
                yield from self._item(at, last, kind, owner)
                at = last
            elif offers(block):
                at = end_of_list(self.blocks, at + 1, end)
            elif introduces(block) and (last := end_of_list(self.blocks, at + 1, end)) > at + 1:
                yield from self._introduced(at, last, kind)
                at = last
            elif tells_causes(block) and (last := end_of_list(self.blocks, at + 1, end)) > at + 1:
                at = last
            else:
                owner = owner_above(block) if block.kind == "paragraph" else owner
                at += 1

    def _introduced(self, at: int, end: int, kind: str | None) -> Iterator[Action]:
        """A paragraph that is a measure and what a list below says to it: “Add badges for:”."""
        block, last = self.blocks[at], max(item.last for item in self.blocks[at:end])
        while not self.lines[last - 1].strip():
            last -= 1
        inside = textwrap.dedent("\n".join(self.lines[block.last : last])).strip("\n")
        said = read(expanded(block.text, self.references), self.calendar)
        yield from self._made(said, replace(block, last=last), inside, kind, None)

    def _labelled(self, at: int) -> Iterator[Action]:
        """The list below a line that says no more than a heading of actions would: ``**Action items:**``."""
        block = self.blocks[at]
        if block.kind not in ("item", "paragraph") or block.quoted or len(block.text) > 80 or "\n" in block.text:
            return
        label = plain(block.text).strip(" :.")
        stands_out = (
            block.text.strip().startswith(("**", "__"))
            or block.text.rstrip("*_ ").endswith(":")
            or (part_of(label) == "actions" and len(label.split()) <= _FEW and self._lists(at))
            or block.kind == "item"
        )
        if (
            not stands_out
            or len(label.split()) > 5
            or (part_of(label) != "actions" and label.casefold() not in _LABELS)
        ):
            return
        end = end_of_section(self.blocks, at)
        if block.kind == "item":
            end = end_of_item(self.blocks, at, end)
        depth = block.depth + 1
        at += 1
        while at < end and self.blocks[at].kind == "html":
            at += 1
        if at < end and self.blocks[at].kind == "row" and not self.blocks[at].quoted and not self.blocks[at].depth:
            yield from self._table(at, end_of_table(self.blocks, at, end))
            return
        while (
            at < end
            and self.blocks[at].kind == "item"
            and self.blocks[at].depth == depth
            and not self.blocks[at].quoted
        ):
            last = end_of_item(self.blocks, at, end)
            yield from self._item(at, last, None, None)
            at = last

    def _lists(self, at: int) -> bool:
        """Whether a list stands right below a block."""
        return at + 1 < len(self.blocks) and self.blocks[at + 1].kind == "item"

    def _item(self, at: int, end: int, kind: str | None, owner: str | None) -> Iterator[Action]:
        block = self.blocks[at]
        nested = [
            place
            for place in range(at + 1, end)
            if self.blocks[place].kind == "item" and self.blocks[place].depth == block.depth + 1
        ]
        if nested and is_label(block.text):
            label = plain(block.text).casefold().strip(" .:")
            for place in nested:
                last = end_of_item(self.blocks, place, end)
                yield from self._item(place, last, TYPES.get(label, kind), owner_of(label, block.text) or owner)
            return
        inside = self._inside(block)
        if inside is None or (not nested and is_none(block.text)):
            return
        said = read(expanded(block.text, self.references), self.calendar, done=block.done)
        yield from self._made(said, block, told_below(inside, said, self.calendar), kind, owner)

    def _made(self, said: Said, block: Block, inside: str, kind: str | None, owner: str | None) -> Iterator[Action]:
        details = "\n\n".join(part for part in (*said.details, expanded(inside, self.references)) if part.strip())
        if not said.title or len(details) > _LONGEST_DETAILS:
            return
        last = block.last
        while last > block.first + 1 and not self.lines[last - 1].strip():
            last -= 1
        yield Action(
            said.title, block.first, last, details or None,
            owner=said.text("owner") or owner,
            due=said.day("due"),
            completed=said.day("completed"),
            tracker=said.text("tracker"),
            priority=said.text("priority"),
            type=said.text("type") or kind,
            status=said.text("status"),
            reason=said.text("reason"),
        )  # fmt: skip

    def _inside(self, block: Block) -> str | None:
        """The Markdown nested in an item, as it would stand outside; ``None`` for an item that begins with no text."""
        found = _MARK.match(self.lines[block.first])
        first = self.lines[block.first][found.end() :] if found else None
        start = block.first
        if first is not None and not first.strip() and start + 1 < block.last:
            start, first = start + 1, self.lines[start + 1].strip()
        if (
            found is None
            or first is None
            or not _BOX.sub("", first, count=1).strip().startswith(block.text.split("\n")[0].strip())
        ):
            return None
        width = len(found["indent"]) + len(found["mark"]) + (len(found["gap"]) if 1 <= len(found["gap"]) <= 4 else 1)
        kept = [dedented(line, width) for line in self.lines[start + block.text.count("\n") + 1 : block.last]]
        return textwrap.dedent("\n".join(kept)).strip("\n").rstrip()

    def _table(self, at: int, end: int) -> Iterator[Action]:
        heads = self.blocks[at]
        shape = columns(heads.heads)
        if shape is None:
            return
        rows = [row for row in self.blocks[at:end] if row.cells != row.heads]
        for number, row in enumerate(rows, 1):
            cells = [expanded(cell, self.references) for cell in row.cells]
            said = (
                None
                if is_none(row.cells[shape.title] if len(row.cells) > shape.title else "")
                else read_row(shape, cells, number, self.calendar)
            )
            if said:
                yield from self._made(said, row, "", None, None)

    def _paragraphs(self, at: int, end: int, section: Section) -> Iterator[Action]:
        """Paragraphs that are one measure each, below a heading that says so."""
        blocks = [block for block in self.blocks[at:end] if block.kind != "html"]
        if not _MEASURES.search(section.heading) or not all(is_measure(block) for block in blocks):
            return
        for block in blocks:
            yield from self._made(read(expanded(block.text, self.references), self.calendar), block, "", None, None)
