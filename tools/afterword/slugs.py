"""Slugs: the words of a text as an id in an address."""

from __future__ import annotations

import re
import unicodedata


def slug_of(text: str) -> str:
    """The words of a heading as an id: small letters without accents, digits, single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
