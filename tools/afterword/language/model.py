"""What the lists of words are made of, and what is found with them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a phrase does to a reader. Each has a rule."""

    BLAME = "blame"
    """A judgement of a person, a role or a team."""
    HUMAN_ERROR = "human-error"
    """A label that ends the investigation at a person."""
    COUNTERFACTUAL = "counterfactual"
    """What somebody did not do, in the place of what was done."""
    NAMED = "named-individual"
    """A person by name as the subject of what went wrong."""
    HINDSIGHT = "hindsight"
    """What only who knows the ending can call obvious."""
    CARE = "more-care"
    """Attention promised in the place of a change."""


def split(words: str) -> frozenset[str]:
    """A set of words, written in a row."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns that share everything but their words.

    A pattern is a row of slots with nothing but white space between their words: ``word``, ``this|that``
    (``_`` for a blank within one), ``{class}``; a slot ending in ``?`` may be absent. ``{any}`` is any word,
    ``{cap}`` one that begins with a capital, ``{handle}`` one that begins with ``@``.

    ``rewrite`` says what to write instead, ``source`` who teaches so. ``mild`` marks what a reviewer lets pass more
    easily. Nothing is found when a word of ``unless`` stands before it in its sentence (up to eight words), one of
    ``not_after`` directly before it, or one of ``not_before`` (phrases) directly behind it.
    """

    category: Category
    patterns: tuple[str, ...]
    rewrite: str
    source: str
    mild: bool = False
    unless: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One language: its classes of words by name, and its groups. ``tag`` is its BCP 47 tag."""

    tag: str
    classes: dict[str, tuple[str, ...]]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A group in its language."""

    tag: str
    group: Group


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: its offsets in code points, the end not included."""

    start: int
    end: int
    entry: Entry

    @property
    def category(self) -> Category:
        """What the phrase does."""
        return self.entry.group.category
