"""Selection: which rules are asked, by codes, beginnings of codes and names."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache

from afterword.errors import AfterwordError
from afterword.rules import BY_NAME, RULES

_LONGEST_NAME = 80


def choose(select: Collection[str] = (), ignore: Collection[str] = ()) -> frozenset[str]:
    """The codes that ``select`` (all when empty) names and ``ignore`` does not. Raises ``AfterwordError``."""
    wanted = frozenset(code for token in select for code in _codes(token)) if select else frozenset(RULES)
    return wanted - frozenset(code for token in ignore for code in _codes(token))


def _codes(token: str) -> list[str]:
    if token in BY_NAME:
        return [BY_NAME[token].code]
    upper = token.upper()
    found = [code for code in RULES if code.startswith(upper)] if upper.startswith("AW") else []
    if not found:
        raise AfterwordError(f"there is no rule “{token}”", near(token))
    return found


@lru_cache(64)  # a file may name what is no rule over and over
def near(token: str) -> str:
    """What somebody who wrote no rule's name or code may have meant, as a hint."""
    if len(token) > _LONGEST_NAME:
        return "See them all with `afterword rules`."
    # names are words that may be mistyped; between two codes a digit more or less means nothing
    names = get_close_matches(token.lower(), BY_NAME, 1, 0.6) or get_close_matches(token.upper(), RULES, 1, 0.8)
    return f"Did you mean `{names[0]}`?" if names else "See them all with `afterword rules`."
