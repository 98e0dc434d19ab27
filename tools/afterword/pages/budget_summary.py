"""Budget summary: what the first line of a rendered budget page tells other pages, and that we wrote it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

FOLDER = "budgets"
INDEX = f"{FOLDER}/index.md"
MARKER = "afterword budget render wrote this; do not edit it, run the command again"
"""In a comment of every file of ours. A file without it is somebody's own and is never touched."""
_LINE = re.compile(r"^<!-- " + re.escape(MARKER) + r" (\{.*\}) -->$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Summary:
    """One objective's budget in a line. ``left`` is in words, ``attention``: not even half of it is left.

    ``remaining``: the same as a share, ``None`` where there is none. ``at``: the window's end, RFC 3339.
    """

    objective: str
    title: str
    service: str
    state: str
    left: str
    attention: bool
    uri: str
    remaining: float | None = None
    at: str = ""

    @property
    def css(self) -> str:
        """The class of its colour."""
        return f"aw-state-{self.state.lower()}"


def is_ours(text: str) -> bool:
    """Whether the command wrote a file, so that it may replace or remove it."""
    return MARKER in text


def line(facts: Summary | None) -> str:
    """The comment at the head of a page; nothing in it can end the comment."""
    known = json.dumps(asdict(facts) if facts else {}, sort_keys=True)
    for char, code in (("<", "003c"), (">", "003e"), ("`", "0060"), ("--", "002d-")):
        known = known.replace(char, f"\\u{code}")
    return f"<!-- {MARKER} {known} -->"


def read(text: str) -> Summary | None:
    """The summary of a page's text; ``None`` where there is none of ours."""
    found = _LINE.search(text)
    try:
        facts: Any = json.loads(found[1]) if found else None
        return Summary(**facts) if facts else None
    except (ValueError, TypeError):
        return None
