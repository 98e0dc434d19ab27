"""Blocks: the block level of Markdown as tokens, in bounded time: tables may not grow without being written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

MAX_MISSING = 20_000
"""Cells that the rows of all tables may leave out. Each is made up, so 1.4 kB of a text would become 65,536 of them,
and a megabyte of it 46 million. One table more is read than is in time to refuse; the parser has a bound for that.
"""

_MISSING = "cells left out"
_TOKENS = 3
"""A cell is three tokens. Who writes it needs a character at least, and rarely fewer than three."""


@cache
def _parser() -> MarkdownIt:
    """Imported late: a run from a warm cache parses nothing."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    made = MarkdownIt("commonmark", {"maxNesting": 64}).enable("table").disable(["inline", "text_join"])
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    return made


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own tables; none any more once rows have left out too much."""
    from markdown_it.rules_block import table  # noqa: PLC0415  # as above

    if state.env.get(_MISSING, 0) > MAX_MISSING:
        return False
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    made = (len(state.tokens) - before) // _TOKENS
    written = state.eMarks[state.line - 1] - state.bMarks[start]
    state.env[_MISSING] = state.env.get(_MISSING, 0) + max(made - written, 0)
    return True


def blocks(text: str) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of a text, and what the parser keeps beside them, such as the definitions of links."""
    env: dict[str, Any] = {}
    return _parser().parse(text, env), env


def leaves_out_too_much(env: dict[str, Any]) -> bool:
    """Whether tables were left unread, for others had left out too many cells."""
    return int(env.get(_MISSING, 0)) > MAX_MISSING
