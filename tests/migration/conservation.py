"""Conservation: whether a new file still says all that its source said, read without the code that moved it.

Blocks are read by the Markdown parser itself, in a configuration of its own, and compared by their letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Words:
    """The letters and digits of a block. ``kind``: the type of the token around it, the tag of a heading."""

    kind: str
    text: str
    line: int
    each: frozenset[str]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])


def blocks(text: str) -> list[Words]:
    """All blocks of a text that say something, in order: headings, paragraphs, cells, code, HTML."""
    found = []
    before = ""
    for token in _parser().parse(text):
        if token.type == "inline":
            said = "".join(_shown(token.children or []))
        elif token.type in ("fence", "code_block"):
            said = token.content
        elif token.type == "html_block":
            said = re.sub(r"</?[A-Za-z][^<>]*>", " ", token.content)
        else:
            before = token.tag if token.type == "heading_open" else token.type
            continue
        if letters := normal(said):
            each = frozenset(filter(None, map(normal, said.split())))
            found.append(Words(before, letters, (token.map or [0])[0], each))
    return found


def _shown(tokens: Iterable[Token]) -> Iterator[str]:
    """What is read of a paragraph: words, code, what images say, and what shows when somebody points at a link."""
    titles: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            titles.append(str(token.attrGet("title") or ""))
        elif token.type == "link_close":
            yield titles.pop()
        elif token.type == "image":
            yield f"{token.content} {token.attrGet('title') or ''}"
        elif token.type in ("text", "code_inline"):
            yield token.content
        elif token.type == "html_inline":
            alt = re.search(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", token.content)
            yield f" {alt[1] or alt[2] or ''} " if alt else " "
        else:
            yield " "


def normal(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return re.sub(r"[\W_]+", "", text.casefold())


def lost(source: str, body: str, elsewhere: str = "", allowed: Iterable[str] = ()) -> list[Words]:
    """The blocks of a source that are not said by the body in their order, nor by what stands ``elsewhere``.

    ``elsewhere``: the front matter, where an action's words stand under several keys. ``allowed``: what may be missing,
    such as headings that bear another name now.
    """
    old, new = blocks(source), blocks(body)
    beside, free = normal(elsewhere), {normal(text) for text in allowed}
    pairs = [(-1, -1), *_common([block.text for block in old], [block.text for block in new]), (len(old), len(new))]
    missing = []
    for (first, above), (last, below) in pairwise(pairs):
        # what is no block of the new file may be a piece of one in the same place
        between = "".join(block.text for block in new[above + 1 : below])
        at = 0
        for block in old[first + 1 : last]:
            place = between.find(block.text, at)
            if place >= 0:
                at = place + len(block.text)
            elif block.text not in free and not all(word in beside for word in block.each):
                missing.append(block)
    return missing


def _common(first: list[str], second: list[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of places."""
    lengths = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for one in range(len(first) - 1, -1, -1):
        for other in range(len(second) - 1, -1, -1):
            same = first[one] == second[other]
            beyond = max(lengths[one + 1][other], lengths[one][other + 1])
            lengths[one][other] = max(beyond, lengths[one + 1][other + 1] + 1) if same else beyond
    pairs, one, other = [], 0, 0
    while one < len(first) and other < len(second):
        if first[one] == second[other] and lengths[one][other] == lengths[one + 1][other + 1] + 1:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif lengths[one + 1][other] >= lengths[one][other + 1]:
            one += 1
        else:
            other += 1
    return pairs
