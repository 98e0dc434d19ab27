"""Harmless: text of anybody inside Markdown that GitHub or GitLab renders, shown as it stands.

Both look for mentions, references, addresses and emoji in the rendered text, so a backslash is not enough: a blank of
no width after the sign keeps a person from being called, and an issue from being told that it was mentioned.
"""

from __future__ import annotations

import re

from afterword.terminal import printable

GAP = "&#8203;"
"""A blank of no width."""

_HERE = "\0"
"""Where a gap is wanted: no printable text holds this."""
_CALLS = re.compile(
    r"[@\uff20](?=\w)|[#!%~](?=\w)|:(?=[A-Za-z0-9+_-])|(?<=:)/(?=/)|(?<!\w)[Ww]{3}(?=\.)|(?<!\w)[Gg][Hh]-(?=\d)"
)
_SIGNS = re.compile(r"[\\`*_\[\]|~^&<>$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_TICKS = re.compile(r"`+")


def text(given: str) -> str:
    """One line: no markup, no HTML, no link, no mention, no reference, no emoji by name, no formula."""
    marked = _CALLS.sub(lambda found: found[0] + _HERE, _flat(given))
    return _SIGNS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), marked).replace(_HERE, GAP)


def code(given: str, *, cell: bool = False) -> str:
    """One line as code. ``cell``: it stands in a table, where a bar would end the cell."""
    flat = _flat(given)
    if not flat:
        return ""
    fence = "`" * (max((len(run) for run in _TICKS.findall(flat)), default=0) + 1)
    pad = " " if flat[0] == "`" or flat[-1] == "`" else ""
    shown = flat.replace("|", "\\|") if cell else flat
    return f"{fence}{pad}{shown}{pad}{fence}"


def message(given: str, *, cell: bool = False) -> str:
    """One line in which ``code`` stands between backticks; a backtick without another is itself."""
    parts = _flat(given).split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(code(part, cell=cell) if at % 2 else _kept(part) for at, part in enumerate(parts))


def _kept(part: str) -> str:
    """With the blanks beside code."""
    lead = " " if part[:1] == " " else ""
    tail = " " if part[-1:] == " " and part.strip() else ""
    return f"{lead}{text(part)}{tail}"


def _flat(given: str) -> str:
    return " ".join(printable(given).split())
