"""The lists of words: each says what to write instead and who says so, and each pattern finds what it describes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from afterword.language import LANGUAGES, Group, Words, find
from afterword.language.grammar import build
from afterword.language.model import Category

GROUPS = [(words, group) for words in LANGUAGES for group in words.groups]
PATTERNS = [(words, group, pattern) for words, group in GROUPS for pattern in group.patterns]
OPEN = {"{any}": "something", "{cap}": "Silva", "{handle}": "@alice"}


def spelt(pattern: str, words: Words) -> Iterator[str]:
    """Texts that a pattern is meant to find: with the first and with the last phrase of each slot."""
    for pick, is_long in ((0, False), (-1, True)):
        texts = []
        for part in pattern.split():
            slot = part.removesuffix("?")
            if part.endswith("?") and not is_long:
                continue
            phrases = words.classes[slot[1:-1]] if slot[1:-1] in words.classes else slot.split("|")
            texts.append(OPEN.get(slot) or phrases[pick].replace("_", " "))
        yield " ".join(texts)


def name(value: object) -> str:
    return value.tag if isinstance(value, Words) else value.category if isinstance(value, Group) else str(value)


@pytest.mark.parametrize(("words", "group", "pattern"), PATTERNS, ids=name)
def test_a_pattern_finds_the_texts_that_it_describes(words: Words, group: Group, pattern: str) -> None:
    for text in spelt(pattern, words):
        whole = f"Zwar {text} zwar."  # words that mean nothing in any of the lists
        assert group.category in {hit.category for hit in find(whole)}, text


@pytest.mark.parametrize("group", [group for _, group in GROUPS], ids=name)
def test_a_group_says_what_to_write_instead_and_who_teaches_so(group: Group) -> None:
    assert group.rewrite.endswith((".", "?"))
    assert len(group.rewrite) > 40
    assert group.source


@pytest.mark.parametrize("words", LANGUAGES, ids=name)
def test_each_language_knows_each_category(words: Words) -> None:
    assert {group.category for group in words.groups} == set(Category)


@pytest.mark.parametrize("words", LANGUAGES, ids=name)
def test_a_list_uses_all_its_classes(words: Words) -> None:
    used = {part.strip("{}?") for group in words.groups for pattern in group.patterns for part in pattern.split()}
    assert set(words.classes) <= used


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{nobody} forgot", "no class"),
        ("the of", "common words alone"),
        ("a? b? c? d? e? forgot", "too many optional"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused(pattern: str, problem: str) -> None:
    group = Group(Category.BLAME, (pattern,), "Write so.", "Somebody")
    with pytest.raises(ValueError, match=problem):
        build([Words("en", {}, (group,))])
