"""Ids of actions that have none: A1, A2 and so on, after the highest there is. An id that was given stays."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from afterword.fixes.base import Edit, Facts, Fix, Page, Proposal
from afterword.yamltree import Mapping, Scalar, Sequence

_OURS = re.compile(r"[Aa]([1-9]\d{0,3})\Z")


def _propose(page: Page) -> Iterator[Proposal]:
    entry = page.front.get("actions")
    if entry is None or not isinstance(entry.value, Sequence):
        return
    items = entry.value.items
    if not all(isinstance(item, Mapping) and item.entries for item in items):
        return
    mappings = [item for item in items if isinstance(item, Mapping)]
    # a gap stays one: somebody may still mean the action that was there
    free = max((_number(item) for item in mappings), default=0) + 1
    edits: list[Edit] = []
    given: dict[int, str] = {}
    for number, item in enumerate(mappings):
        edit = _edit(page, item, f"A{free}")
        if edit is not None:
            edits.append(edit)
            given[number] = f"A{free}"
            free += 1
    if edits:
        yield Proposal(tuple(edits), "id of action", lambda facts: _claim(facts, given))


def _number(item: Mapping) -> int:
    entry = item.get("id")
    value = entry.value.value if entry and isinstance(entry.value, Scalar) else None
    found = _OURS.match(value) if isinstance(value, str) else None
    return int(found[1]) if found else 0


def _edit(page: Page, item: Mapping, name: str) -> Edit | None:
    """The id as the first key of an action, or behind a key that has no value."""
    entry = item.get("id")
    if entry is not None:
        span = entry.key_span
        found = re.compile(r" *:").match(page.lines[span.end_line - 1], span.end_column - 1)
        if found is None or not isinstance(entry.value, Scalar) or page.text(entry.value.span):
            return None
        at = page.offset(span.end_line, found.end() + 1)
        return Edit(at, at, f" {name}") if entry.value.value is None else None
    first = item.entries[0].key_span
    at = page.offset(first.line, first.column)
    if page.is_flow(item):
        return Edit(at, at, f"id: {name}, ")
    before = page.lines[first.line - 1][: first.column - 1]
    if not page.movable or not re.fullmatch(r" *- +", before):
        return None
    return Edit(at, at, f"id: {name}\n{' ' * (first.column - 1)}")


def _claim(facts: Facts, given: dict[int, str]) -> Facts:
    front: Any = copy.deepcopy(facts.front)
    for number, name in given.items():
        front["actions"][number]["id"] = name
    return replace(facts, front=front)


FIX = Fix("ids", "Actions without an id get the next free one.", ("AW102",), _propose)
