"""Rendering: a tree as Markdown, each line with the line of the source that it came from.

What is nested is indented by four, which every reader of Markdown takes for nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from afterword.migration.forms.escaping import escape_definitions
from afterword.migration.forms.inline import BOLD, Run, lines_of
from afterword.migration.forms.markup import Element, Node, Text, is_block
from afterword.migration.forms.preformatted import fenced, preformatted
from afterword.migration.forms.running import SILENT, runs, within
from afterword.migration.forms.tables import TASKS, is_layout, table

MAX_NESTED = 10
"""Lists and quotes in each other; what lies deeper stands beside."""
_LISTS = ("bullets", "numbers")
_NESTED = re.compile(r"(?:-|[0-9]+\.) +(?!```|~~~|\|)")

Line = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """``kind``: paragraph, heading, bullets, numbers, quote, code, table, rule or comment."""

    kind: str
    lines: list[Line]


def markdown(nodes: Iterable[Node]) -> list[Line]:
    """The lines of some elements and their texts."""
    return _joined(_blocks(nodes, 0, None, 0))


def _blocks(nodes: Iterable[Node], style: int, link: str | None, depth: int) -> list[Block]:
    found: list[Block] = []
    pending: list[Run] = []
    comments: list[Block] = []
    for node in nodes:
        if isinstance(node, Text) and node.comment:
            comments.extend(_comment(node))
        elif isinstance(node, Element) and is_block(node):
            found.extend((*_paragraphs(pending), *comments))
            pending, comments = [], []
            if node.tag not in SILENT:
                found.extend(_block(node, style, link, depth))
        else:
            pending.extend(runs((node,), style, link))
    return [*found, *_paragraphs(pending), *comments]


def _block(node: Element, style: int, link: str | None, depth: int) -> Iterable[Block]:
    tag = node.tag
    if re.fullmatch("h[1-6]", tag):
        return _heading(node, link)
    if tag == "pre":
        code = fenced(preformatted(node.children), node)
        return (Block("code", code),) if code else ()
    if tag == "hr":
        return (Block("rule", [("***", node.line)]),)
    if tag == "table" and not is_layout(node):
        return (Block(kind, lines) for kind, lines in table(node, style))
    if depth < MAX_NESTED and tag in ("ul", "ol", "menu", "dir"):
        return _list(node, style, link, depth)
    if depth < MAX_NESTED and tag == "blockquote":
        lines = _joined(_blocks(node.children, style, link, depth + 1))
        return (Block("quote", [(f"> {text}".rstrip(), line) for text, line in lines]),) if lines else ()
    if tag == "dl":
        return _terms(node, style, link, depth)
    if tag in ("dt", "summary"):
        style |= BOLD
    return _blocks(node.children, *within(node, style, link), depth)


def _comment(node: Text) -> Iterator[Block]:
    """A remark that a browser hides. What was written for old browsers and servers is none."""
    said = " ".join(node.text.split())
    if said and not said.startswith(("[if", "[endif", "<![", "#")) and "--" not in said:
        yield Block("comment", [(f"<!-- {said} -->", node.line)])


def _paragraphs(pending: Sequence[Run]) -> Iterator[Block]:
    lines: list[Line] = []
    for text, line in (*lines_of(pending), ("", 0)) if pending else ():
        if text:
            lines.append((text, line))
        elif lines:
            said = escape_definitions("  \n".join(text for text, _ in lines)).split("\n")
            yield Block("paragraph", [(text, line) for text, (_, line) in zip(said, lines, strict=True)])
            lines = []


def _heading(node: Element, link: str | None) -> Iterator[Block]:
    said = [(text, line) for text, line in lines_of(runs(node.children, 0, link), starts=False) if text]
    if said:
        text = " ".join(text for text, _ in said)
        text = f"{text[:-1]}\\#" if text.endswith("#") else text
        yield Block("heading", [(f"{'#' * int(node.tag[1])} {text}", said[0][1])])


def _terms(node: Element, style: int, link: str | None, depth: int) -> list[Block]:
    """A term and what is said of it in one line, where both are one."""
    found: list[Block] = []
    term = False
    for child in node.children:
        inner = _blocks((child,), style, link, depth)
        is_said = isinstance(child, Element) and child.tag == "dd"
        if term and is_said and inner and inner[0].kind == found[-1].kind == "paragraph":
            (text, line), *rest = inner.pop(0).lines
            *before, (name, first) = found.pop().lines
            colon = "" if name.rstrip("*").endswith(":") else ":"
            found.append(Block("paragraph", [*before, (f"{name}{colon} {text}", first or line), *rest]))
        found.extend(inner)
        term = bool(inner) and isinstance(child, Element) and child.tag == "dt"
    return found


def _list(node: Element, style: int, link: str | None, depth: int) -> Iterator[Block]:
    ordered = node.tag == "ol"
    start = node.get("start")
    number = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
    items: list[tuple[str, list[Block]]] = []
    for nodes, task in _items(node):
        content = _blocks(nodes, style, link, depth + 1)
        if content:
            if content[0].kind in ("quote", "code") and len(content[0].lines) > 1:
                content.insert(0, Block("comment", [("<!-- -->", content[0].lines[0][1])]))
            mark = f"{number}.".ljust(3) + " " if ordered else "-   "
            items.append((mark + task, content))
            number += 1
    loose = any(not _is_tight(content) for _, content in items)
    lines: list[Line] = []
    for mark, content in items:
        if loose and lines:
            lines.append(("", lines[-1][1]))
        indent = " " * len(mark.removesuffix("[x] ").removesuffix("[ ] "))
        (text, line), *rest = _joined(content, tight=not loose)
        if _NESTED.match(text):
            rest = _apart(rest)
        lines.append((mark + text, line))
        lines.extend((indent + text if text else "", line) for text, line in rest)
    if lines:
        yield Block("numbers" if ordered else "bullets", lines)


def _items(node: Element) -> Iterator[tuple[list[Node], str]]:
    """What stands in each item, and the box of a task. What stands beside the items belongs to the one before."""
    items: list[tuple[list[Node], str]] = []
    for child in node.children:
        if isinstance(child, Element) and child.tag == "li":
            task = TASKS.get(child.get("task"), "")
            items.append((list(child.children), task))
        elif not isinstance(child, Text) or (child.text.strip() and not child.comment):
            if not items:
                items.append(([], ""))
            items[-1][0].append(child)
    yield from items


def _apart(rest: Sequence[Line]) -> list[Line]:
    """The lines below the first of an item that begins with a list: the site shows a list in that one after a blank."""
    for at, (text, line) in enumerate(rest):
        if not text.startswith("    "):
            break
        if _NESTED.match(text[4:]):
            return [*rest[:at], ("", line), *rest[at:]]
    return list(rest)


def _is_tight(content: Sequence[Block]) -> bool:
    first, *others = content
    return first.kind == "paragraph" and all(
        block.kind in _LISTS and all(text for text, _ in block.lines) for block in others
    )


def _joined(blocks: Sequence[Block], *, tight: bool = False) -> list[Line]:
    """The lines of blocks with empty ones between. Two lists in a row would be one, and count on."""
    if not blocks:
        return []
    lines = list(blocks[0].lines)
    for before, block in pairwise(blocks):
        last = lines[-1][1]
        twins = before.kind == block.kind and block.kind in _LISTS
        if twins:
            lines.extend((("", last), ("<!-- -->", last)))
        if twins or not tight:
            lines.append(("", last))
        lines.extend(block.lines)
    return lines
