"""Entities: the signs that HTML writes as ``&amp;`` or ``&#233;``."""

from __future__ import annotations

import html
import re

_ENDLESS = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{9})")


def unescape(text: str) -> str:
    """The text with its signs. Never raises: a number that is none of a sign stays as it is written."""
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS.sub("&amp;", text))
