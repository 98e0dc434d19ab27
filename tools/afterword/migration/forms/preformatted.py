"""Preformatted: text that stays letter for letter, as a fence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from afterword.migration.forms.markup import Element, Node, Text
from afterword.migration.forms.tags import BLOCKS


def preformatted(nodes: Iterable[Node]) -> list[tuple[str, int]]:
    """The lines of some elements as they are written, with the source's; empty ones at the ends left out."""
    lines: list[tuple[list[str], int]] = [([], 0)]
    pending = list(nodes)[::-1]
    while pending:
        node = pending.pop()
        if isinstance(node, Element):
            if node.tag == "br" or (node.tag in BLOCKS and lines[-1][0]):
                lines.append(([], node.line))
            pending.extend((Text("\n", node.line),) if node.tag in BLOCKS else ())
            pending.extend(reversed(node.children))
        elif not node.comment:
            first, *rest = node.text.split("\n")
            parts, line = lines[-1]
            lines[-1] = (parts, line if parts else node.line)
            parts.extend((first,) if first else ())
            lines.extend(([text] if text else [], number) for number, text in enumerate(rest, node.line + 1))
    found = [("".join(parts), line) for parts, line in lines]
    said = [at for at, (text, _) in enumerate(found) if text.strip()]
    return found[said[0] : said[-1] + 1] if said else []


def fenced(lines: list[tuple[str, int]], node: Element) -> list[tuple[str, int]]:
    """Lines of code between fences, with the language that the element or what is in it names; empty without lines."""
    if not lines:
        return []
    longest = max((len(run) for text, _ in lines for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return [(fence + _language(node), lines[0][1]), *lines, (fence, lines[-1][1])]


def _language(node: Element) -> str:
    inner = [child for child in node.children if isinstance(child, Element) and child.tag == "code"]
    for element in (node, *inner[:1]):
        named = re.search(r"\b(?:language|lang|highlight-source)-([\w+#.-]{1,30})", element.get("class"))
        language = element.get("data-language") or (named[1] if named else "")
        if re.fullmatch(r"[\w+#.-]{1,30}", language) and language.casefold() not in ("none", "plaintext", "plain"):
            return language
    return ""
