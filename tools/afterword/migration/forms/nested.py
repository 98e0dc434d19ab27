"""Nested: front matter in TOML and JSON, whose readers tell no lines, as keys and values with theirs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time

MAX_CHARACTERS = 32 * 1024
"""Longer front matter is left in the text: the readers are no match for hostile keys of that length."""

MAX_KEY = 300
"""Characters of a key with all those around it; what is named by more is no statement."""


def object_end(text: str) -> int | None:
    """The offset behind the JSON object that a text begins with, if nothing else stands on its last line."""
    try:
        _, end = json.JSONDecoder().raw_decode(text[:MAX_CHARACTERS])
    except (ValueError, RecursionError):
        return None
    rest = text.find("\n", end)
    return None if text[end : rest if rest >= 0 else None].strip() else end


def flattened(kind: str, raw: str) -> list[tuple[str, str, int]] | None:
    """Each value of a ``TOML`` or ``JSON`` text: its keys joined by dots, itself, and its line, from 0.

    ``None`` for what is not one object, or too long or too deep.
    """
    if len(raw) > MAX_CHARACTERS:
        return None
    try:
        tree = tomllib.loads(raw) if kind == "TOML" else json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, dict):
        return None
    found = []
    at = 0
    for key, value in _values(tree, ""):
        at = _place(raw, key.rpartition(".")[2], value, at)
        found.append((key, value, raw.count("\n", 0, at)))
    return found


def _place(raw: str, name: str, value: str, after: int) -> int:
    """The offset of a value's key or, in a list, of the value: the next one; the last place when it is not found."""
    key = raw.find(name, after)
    here = raw.find(value, after)
    if key < 0 or 0 <= here < key:
        return max(here, after)
    # the value of this key stands behind it, maybe on a later line, as an item of a list does
    return max(raw.find(value, key), key)


def _values(node: object, key: str) -> Iterator[tuple[str, str]]:
    pending = [(key, node)]
    while pending:
        name, item = pending.pop()
        if len(name) > MAX_KEY:
            continue
        if isinstance(item, dict):
            pending.extend((f"{name}.{inner}" if name else inner, value) for inner, value in reversed(item.items()))
        elif isinstance(item, list):
            pending.extend((name, value) for value in reversed(item))
        elif text := _text(item):
            yield name, text


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value).strip()
