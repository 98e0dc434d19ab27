"""Blameless language: phrases that blame, in English, Portuguese and Vietnamese, found in prose.

Every list runs over every text: reports mix languages. A word that means something harmless in another of the three
is therefore never listed alone.
"""

from __future__ import annotations

from functools import cache, lru_cache

from afterword.language import matching
from afterword.language.grammar import Grammar, build
from afterword.language.model import Category, Entry, Group, Hit, Words
from afterword.language.words import LANGUAGES

__all__ = ["LANGUAGES", "Category", "Entry", "Group", "Hit", "Words", "find", "find_all"]


@cache
def _grammar() -> Grammar:
    return build(LANGUAGES)


def find(text: str) -> tuple[Hit, ...]:
    """The hits of all categories and languages in a text, by offset."""
    return matching.match(text, _grammar())


@lru_cache(maxsize=2)  # one file is read by all the rules of the family, one after the other
def find_all(texts: tuple[str, ...]) -> tuple[tuple[int, Hit], ...]:
    """The hits in each of several texts, with the number of the text from 0."""
    return tuple((number, hit) for number, text in enumerate(texts) for hit in find(text))
