"""Faults of YAML, in words that say what to do."""

from __future__ import annotations

import re


class FaultError(Exception):
    """Stops the building of a tree; carries what and where."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


_TAB = ("a tab is used for indentation", "Indent with spaces.")
_EXPLAINED = {
    "found character '\\t' that cannot start any token": _TAB,
    "found a tab character that violates indentation": _TAB,
    "mapping values are not allowed in this context": (
        "a second “: ” stands in one line",
        "Put the value in quotes when it holds a colon.",
    ),
}
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)


def explain(text: str, problem: str, offset: int) -> FaultError:
    """What the parser found at an offset, as somebody who writes YAML by hand would say it."""
    conflict = _CONFLICT.search(text)
    if conflict:
        hint = "Keep one side, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`."
        return FaultError("a merge conflict is unresolved", conflict.start(), hint)
    known = _EXPLAINED.get(problem)
    if known:
        return FaultError(known[0], offset, known[1])
    line_start = text.rfind("\n", 0, offset) + 1
    indent = text[line_start : offset + 1]
    if "\t" in indent and not indent.strip():
        return FaultError(_TAB[0], line_start + indent.index("\t"), _TAB[1])
    return FaultError(f"YAML cannot be read: {short(problem, 120)}", offset)


def short(text: object, limit: int = 40) -> str:
    """At most ``limit`` characters of a text, for messages."""
    value = str(text)
    return value if len(value) <= limit else value[: limit - 1] + "…"
