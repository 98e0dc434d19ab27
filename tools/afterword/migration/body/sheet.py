"""Sheet: the lines of a page, and the edits that take some away and give others another heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from afterword.migration.body.levels import DEEPEST, PART, Placed
from afterword.migration.body.splice import Edit
from afterword.migration.outline import Block, Outline

_MARKS = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|\Z)")
_CLOSING = re.compile(r"(?:(?<![ \t])[ \t]+|\A)#+[ \t]*\Z")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_LEFT = "Front matter of the source"


class Sheet:
    """A page's text as lines. ``gone``: the lines that are taken away, from 0."""

    def __init__(self, outline: Outline, gone: Collection[int]) -> None:
        self._outline, self._lines, self._gone = outline, outline.lines, gone
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._listed = {block.first: block.kind for block in outline.blocks if block.kind in ("item", "row")}
        self._heads = {block.first: block for block in outline.blocks if block.kind == "heading" and not block.quoted}

    def is_gone(self, edit: Edit) -> bool:
        """Whether an edit begins in a line that is taken away."""
        return bisect_right(self._starts, edit.start) - 1 in self._gone

    def removed(self) -> Iterator[Edit]:
        """The lines that are taken away, with blank ones that would stand twice."""
        total = len(self._lines)
        for first in sorted(self._gone):
            if first - 1 in self._gone:
                continue
            last = first
            while last in self._gone:
                last += 1
            if self._is_blank(first - 1):
                while last < total and self._is_blank(last) and last not in self._gone:
                    last += 1
            yield Edit(self._starts[first], min(self._starts[last], self._starts[-1] - 1), self._between(first, last))

    def _between(self, first: int, last: int) -> str:
        """What has to part the lines before and behind a stretch that is taken away, if anything has to."""
        behind = next((line for line in range(last, len(self._lines)) if not self._is_blank(line)), None)
        if behind is None:
            return ""
        if self._lines[behind][0] in " \t" and behind not in self._listed and first:
            return "<!-- -->\n\n" if self._is_blank(first - 1) else "\n<!-- -->\n\n"  # else a list would take it in
        is_same = first in self._listed and self._listed[first] == self._listed.get(last)
        return "\n" if behind == last and not is_same and not self._is_blank(first - 1) else ""

    def before(self, line: int, title: str) -> Edit:
        """The heading of a part before a line."""
        start = self._starts[line]
        blank = "" if self._is_blank(line - 1) or line - 1 in self._gone else "\n"
        return Edit(start, start, f"{blank}## {title}\n\n")

    def heading(self, placed: Placed) -> Iterator[Edit]:
        """A heading at its level, in its words."""
        section = self._outline.sections[placed.section]
        block = self._heads[section.first]
        if placed.before:
            yield self.before(block.first, placed.before)
        words = placed.heading if placed.heading != section.heading else None
        marks = _MARKS.match(self._lines[block.first])
        if placed.level > DEEPEST and (marks is None or block.last - block.first > 1):
            below = "" if self._is_blank(block.last) else "\n"
            yield Edit(self._starts[block.last - 1] - 1, self._starts[block.last] - 1, below)
        elif marks is None or block.last - block.first > 1:
            yield from self._underlined(block, placed.level, words)
        elif placed.level > DEEPEST:
            yield from self._bold(block, marks.end())
        else:
            start, line = self._starts[block.first], self._lines[block.first]
            if len(marks[1]) != placed.level:
                yield Edit(start + marks.start(1), start + marks.end(1), "#" * placed.level)
            if words:
                closing = _CLOSING.search(line, marks.end())
                yield Edit(start + marks.end(), start + (closing.start() if closing else len(line)), words)

    def _underlined(self, block: Block, level: int, words: str | None) -> Iterator[Edit]:
        """A heading with a line of signs below it as one with signs before it, unless that is its level already."""
        if level == PART and not words and self._lines[block.last - 1].lstrip().startswith("-"):
            return
        text = words or " ".join(line.strip() for line in self._lines[block.first : block.last - 1])
        closing = _CLOSING.search(text)
        if closing:  # a sign at its end would be taken for the mark's
            text = f"{text[: closing.start()]} \\{text[closing.start() :].lstrip()}"
        start, end = self._starts[block.first], self._starts[block.last] - 1
        if words or closing:
            yield Edit(start, end, f"{'#' * level} {text}")
            return
        first = self._lines[block.first]
        yield Edit(start, start + len(first) - len(first.lstrip()), f"{'#' * level} ")
        for line in range(block.first + 1, block.last - 1):
            written = self._lines[line]
            yield Edit(self._starts[line] - 1, self._starts[line] + len(written) - len(written.lstrip()), " ")
        yield Edit(self._starts[block.last - 1] - 1, end)

    def _bold(self, block: Block, marks: int) -> Iterator[Edit]:
        """A heading below the deepest level as a paragraph. ``marks``: the length of its signs."""
        start, line = self._starts[block.first], self._lines[block.first]
        closing = _CLOSING.search(line, marks)
        end = closing.start() if closing else len(line.rstrip())
        text = line[marks:end]
        sign = "" if not text or text != text.strip() or any(sign in text for sign in "*\\") else "**"
        above = "" if self._is_blank(block.first - 1) else "\n"
        below = "" if self._is_blank(block.last) else "\n"
        yield Edit(start, start + marks, f"{above}{sign}")
        yield Edit(start + end, start + len(line), f"{sign}{below}")

    def rest(self, text: str, placed: Sequence[Placed], notes: str) -> Edit | str:
        """What the source said outside of its text, word for word, at the end of the notes. ``notes``: their title.

        As an edit, or as what follows the last line.
        """
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", text))])
        block = f"### {_LEFT}\n\n{fence}\n{text.strip(chr(10))}\n{fence}\n"
        at = [number for number, item in enumerate(placed) if item.part == "notes"]
        behind = placed[at[-1] + 1 :] if at else ()
        if behind:
            start = self._starts[self._outline.sections[behind[0].section].first]
            return Edit(start, start, f"{block}\n")
        title = "" if at else f"## {notes}\n\n"
        return f"{self._open_fence()}\n{title}{block}"

    def _open_fence(self) -> str:
        """What closes a block of code that the page left open at its end."""
        last = self._outline.blocks[-1] if self._outline.blocks else None
        fence = _FENCE.match(self._lines[last.first]) if last and last.kind == "code" else None
        if last is None or fence is None:
            return ""
        below = (line.strip() for line in self._lines[last.first + 1 :])
        is_closed = any(line.startswith(fence[1]) and not line.strip(fence[1][0]) for line in below)
        return "" if is_closed else f"{fence[1]}\n"

    def _is_blank(self, line: int) -> bool:
        return not 0 <= line < len(self._lines) or not self._lines[line].strip()
