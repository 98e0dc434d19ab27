"""Entities: the signs that HTML writes as ``&amp;`` or ``&#233;``."""

from __future__ import annotations

import html
import re

_ENDLESS = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{9})")

_TOO_LONG = re.compile(r"&(?=#[0-9]{4000})")


def unescape(text: str) -> str:
    """The text with its signs. Never raises: a number that is none of a sign stays as it is written."""
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS.sub("&amp;", text))


def bounded(markdown: str) -> str:
    """Markdown without numbers of signs so long that Python's own reader of HTML fails at them; all else as it is."""
    return _TOO_LONG.sub("&amp;", markdown) if "&#" in markdown else markdown
