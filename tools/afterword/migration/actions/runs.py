"""Runs: where blocks that belong together end. Each is a place among blocks; ``end`` is where the section ends."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.migration.outline import Block


def end_of_section(blocks: Sequence[Block], at: int) -> int:
    """The end of the blocks of a section."""
    place = blocks[at].section
    while at < len(blocks) and blocks[at].section == place:
        at += 1
    return at


def end_of_list(blocks: Sequence[Block], at: int, end: int) -> int:
    """The block behind the items that follow each other from here."""
    while at < end and blocks[at].kind == "item" and blocks[at].depth == 1 and not blocks[at].quoted:
        at = end_of_item(blocks, at, end)
    return at


def end_of_item(blocks: Sequence[Block], at: int, end: int) -> int:
    """The block behind an item and all that is nested in it."""
    last = blocks[at].last
    at += 1
    while at < end and blocks[at].first < last:
        at += 1
    return at


def end_of_table(blocks: Sequence[Block], at: int, end: int) -> int:
    """The block behind the rows of a table."""
    heads = blocks[at].heads
    at += 1
    while at < end and blocks[at].kind == "row" and blocks[at].heads == heads:
        at += 1
    return at
