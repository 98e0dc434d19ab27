"""Fields: what a page states by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from afterword.migration.fields.names import is_when, known, meaning
from afterword.migration.fields.tables import of_rows
from afterword.migration.fields.values import LONGEST_LINE, is_link, is_name, is_value, value_of
from afterword.migration.outline import Block, Outline
from afterword.migration.page import Field, Page
from afterword.parts import part_of

_BOLD = re.compile(
    r"(?:[^\w*_\s`<|\[]{1,3}\s{0,2})?(?P<mark>\*{1,2}|_{1,2})(?P<name>[^*_:\n]{1,60}?)\s{0,3}"
    r"(?::\s{0,3}(?P=mark)|(?P=mark)\s{0,3}:|(?P=mark)\s{0,3}[–—-](?=\s))\s{0,9}"
)
_PLAIN = re.compile(r"(?:[^\w*_\s`<|\[]{1,3}\s{0,2})?(?P<name>[^\W\d][^:\n|]{0,60}?)\s?:(?:\s{1,9}|$)")
_TIMED = re.compile(r"(?P<name>[^\W\d][^\d\n:|]{1,40}?)\s{1,3}(?=\d{4}-\d{2}-\d{2})")
_WHOLE = re.compile(r"(\*{1,2}|_{1,2})(?P<inner>[^*_\n]{3,300})\1")
_MANY = 50
"""Values that one name may have."""
_SHORT, _FEW = 80, 10
"""Characters and words of the value of a name that nobody knows: longer ones explain it."""


def fields(page: Page, outline: Outline) -> tuple[Field, ...]:
    """Those stated outside of the text, then those in it, in order.

    ``**Severity:** SEV2``, ``- Category: DNS``, rows of a table with a name and a value, a heading ``Severity`` with a
    value below it. In the timeline only names that reports are known to use; none in code and none among the actions.
    """
    return (*page.fields, *_Reader(page, outline).read())


_COMMIT = re.compile(r"commit [0-9a-f]{7,64}\b")
"""The log of a change: its author and its date are those of the change."""


class _Reader:
    def __init__(self, page: Page, outline: Outline) -> None:
        self.page, self.outline, self.blocks = page, outline, outline.blocks

    def read(self) -> Iterator[Field]:
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            part = self.outline.sections[block.section].part
            if part == "actions" or block.kind not in ("heading", "paragraph", "item", "row"):
                at += 1
            elif block.kind == "row":
                end = self._end_of_table(at)
                if part != "timeline":
                    for key, value, line in of_rows(self.blocks[at:end]):
                        yield self._field(key, value, line)
                at = end
            else:
                yield from self._heading(at) if block.kind == "heading" else self._text(at, strict=part == "timeline")
                at += 1

    def _field(self, key: str, value: str, at: int) -> Field:
        return Field(_key(key), value, self.page.line(at))

    def _end_of_table(self, at: int) -> int:
        heads = self.blocks[at].heads
        end = at + 1
        while end < len(self.blocks) and self.blocks[end].kind == "row" and self.blocks[end].heads == heads:
            end += 1
        return end

    def _heading(self, at: int) -> Iterator[Field]:
        """``## Severity: SEV2``, or ``## Severity`` with the value as all that stands below it."""
        block = self.blocks[at]
        found = next(_of_line(block.text, bold_is_enough=False), None)
        if found and found[1]:
            if at or meaning(found[0]) not in ("title", "summary"):
                yield self._field(found[0], found[1], block.first)
            return
        name = found[0] if found else block.text
        if part_of(name) or meaning(name) in ("title", "summary") or not (meaning(name) or is_when(name)):
            return
        # “Mitigation” may be a heading of prose; a day or a time has figures
        told = self._below(name, at, depth=0)
        yield from (item for item in told if meaning(name) or any(sign.isdigit() for sign in item.value))

    def _below(self, name: str, at: int, depth: int) -> Iterator[Field]:
        """The value in the next block, or in each item of the list there, deeper than ``depth``."""
        inside = _following(self.blocks, at, depth)
        if not inside:
            return
        first = inside[0]
        if first.kind == "paragraph":
            line = first.text.split("\n", 1)[0]
            alone = len(inside) == 1 or self.blocks[at].kind != "heading"
            if alone and is_value(line) and not any(_of_line(line, bold_is_enough=True)):
                yield self._field(name, value_of(line), first.first)
            return
        for item in inside:
            if item.kind != "item" or item.depth != first.depth:
                continue
            if is_value(item.text) and not any(_of_line(item.text, bold_is_enough=True)):
                yield self._field(name, value_of(item.text), item.first)

    def _text(self, at: int, *, strict: bool) -> Iterator[Field]:
        """The lines of a paragraph or an item."""
        block = self.blocks[at]
        lines = block.text.split("\n")
        if _COMMIT.match(block.text):
            return
        for number, line in enumerate(lines):
            for key, value in _of_line(line, bold_is_enough=not strict):
                if value:
                    yield self._field(key, value, block.first + number)
                elif number == len(lines) - 1 and meaning(key):
                    yield from self._below(key, at, block.depth)
                elif number + 1 < len(lines) and lines[number + 1].startswith(": ") and is_value(lines[number + 1]):
                    yield self._field(key, value_of(lines[number + 1][2:]), block.first + number + 1)
        alone = lines[0].strip() if len(lines) <= 2 else ""
        whole = _WHOLE.fullmatch(alone)
        name = whole["inner"] if whole else alone
        if not (meaning(name) or is_when(name)) or len(alone) > 60 or ":" in alone[:-1]:
            return
        if len(lines) == 2 and lines[1].startswith((": ", ":\t")) and is_value(lines[1]):
            yield self._field(name, value_of(lines[1][2:]), block.first + 1)
        elif len(lines) == 1 and not alone.endswith(":") and (whole or block.kind == "item"):
            yield from self._below(name, at, block.depth)


def _key(name: str) -> str:
    """A key as written, without markup and colon."""
    return value_of(name).rstrip(" :")


def _following(blocks: tuple[Block, ...], at: int, depth: int) -> list[Block]:
    """The blocks that belong to the one at ``at``: below a heading all of its section, else what follows deeper."""
    block = blocks[at]
    found: list[Block] = []
    for other in blocks[at + 1 : at + 1 + _MANY]:
        ends = other.section != block.section or other.kind in ("heading", "rule")
        deeper = other.depth > depth or (not found and block.kind == "paragraph" and other.kind == "paragraph")
        if ends or (block.kind != "heading" and not deeper):
            break
        found.append(other)
    return found


def _of_line(line: str, *, bold_is_enough: bool) -> Iterator[tuple[str, str]]:
    """The names and values of one line: one pair, or several apart by ``|`` or by bold names; or none.

    The value is empty where the line ends behind the name.
    """
    line = line[:LONGEST_LINE].strip() if len(line) <= LONGEST_LINE else ""
    if not line or line[0] in "<!|":
        return
    whole = _WHOLE.fullmatch(line)
    if whole and re.search(r":\s", whole["inner"]):
        line = whole["inner"]
    bold = _BOLD.match(line)
    if bold is None and ": " not in line and line[-1] != ":":
        found = _TIMED.match(line)
        if found and known(found["name"]):
            yield found["name"], value_of(line[found.end() :])
        return
    pieces = re.split(r"\s[|·•]\s", line) if re.search(r"\s[|·•]\s", line) else [line]
    if len(pieces) > 1 and all(_pair(piece, bold_is_enough=bold_is_enough) for piece in pieces):
        yield from (pair for piece in pieces if (pair := _pair(piece, bold_is_enough=bold_is_enough)))
        return
    starts = [found.start() for found in _BOLD.finditer(line)] if bold else []
    if len(starts) > 1:
        cuts = [*starts, len(line)]
        pieces = [line[begin:end].rstrip(" ,;|·•") for begin, end in pairwise(cuts)]
    else:
        pieces = [line]
    yield from (pair for piece in pieces if (pair := _pair(piece, bold_is_enough=bold_is_enough)))


def _pair(text: str, *, bold_is_enough: bool) -> tuple[str, str] | None:
    """A name and its value; names that stand out or are known, or whose value is nothing but a link."""
    found = _BOLD.match(text) or _PLAIN.match(text)
    if found is None or not is_name(found["name"]):
        return None
    stands_out = "mark" in found.groupdict() and found["mark"] is not None
    rest = text[found.end() :]
    if found[0].rstrip().endswith(("-", "–", "—")) and not known(found["name"]):
        return None
    is_short = len(rest) <= _SHORT and len(rest.split()) <= _FEW
    if not known(found["name"]) and not (stands_out and bold_is_enough and is_short) and not is_link(rest):
        return None
    if rest.strip() and not is_value(rest):
        return None
    return found["name"], value_of(rest)
