"""Phrases found in a text, in time linear in its length: rows are short, and no word opens many slots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from afterword.language.grammar import ANY, CAPITAL, HANDLE, Grammar, Node
from afterword.language.model import Category, Entry, Group, Hit, split
from afterword.language.tokens import Tokens, vocabulary

_WINDOW = 8
"""How many words before a phrase may take its sting away."""

_ENDS = frozenset({".", "!", "?", ";", "|"})
# An operator is a person until something says which: “the Strimzi operator” and “the session manager” are programs.
_ALSO_PROGRAMS = split("operator operators manager managers responder responders tester testers administrator")
_BEFORE_PEOPLE = split(
    "a an and because both but each first human its lead my no on-call one other our second several shift some system "
    "that the their then these this those two when which who why incident release duty engineering plant network"
)

_Found: TypeAlias = "tuple[int, Entry]"


def match(text: str, grammar: Grammar) -> tuple[Hit, ...]:
    """All hits from left to right, none within another; the longest of those that begin at one word."""
    if not grammar.may_match(vocabulary(text)):
        return ()
    row = Tokens(text)
    hits, last = [], 0
    for at, key in enumerate(row.keys):
        if at < last or (key not in grammar.openings and key[0] != "@"):
            continue
        found = _longest(grammar, grammar.root, row, at)
        if found and _stands(found[1].group, row, at, found[0]):
            last = found[0]
            hits.append(Hit(row.start(at), row.end(last - 1), found[1]))
    return tuple(hits)


def _longest(grammar: Grammar, node: Node, row: Tokens, at: int) -> _Found | None:
    """The end and entry of the longest row of slots from a word on. As deep as the longest pattern, no deeper."""
    best = (at, node.entry) if node.entry else None
    if at == len(row.keys) or not node.children:
        return best
    for slot, end in _steps(grammar, node, row, at):
        found = _longest(grammar, node.children[slot], row, end)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def _steps(grammar: Grammar, node: Node, row: Tokens, at: int) -> Iterator[tuple[str, int]]:
    """The slots that may follow here, and where each ends."""
    key = row.keys[at]
    for slot, tail in grammar.lexicon.get(key, ()):
        if slot in node.children and (not tail or tuple(row.keys[at + 1 : at + 1 + len(tail)]) == tail):
            yield slot, at + 1 + len(tail)
    if HANDLE in node.children and key[0] == "@":
        yield HANDLE, at + 1
    if CAPITAL in node.children and row.is_capital(at):
        yield CAPITAL, at + 1
    if ANY in node.children and key[0].isalnum():
        yield ANY, at + 1


def _stands(group: Group, row: Tokens, start: int, end: int) -> bool:
    """Whether nothing around a phrase takes its sting away."""
    before = row.keys[start - 1] if start else ""
    if before in group.not_after:
        return False
    if group.category is not Category.HUMAN_ERROR and _is_program(row.keys[start], before):
        return False
    if group.unless and any(key in group.unless for key in _words_before(row, start)):
        return False
    behind = row.keys[end : end + 4]
    return not any(behind[: len(words)] == words for words in map(str.split, group.not_before))


def _is_program(key: str, before: str) -> bool:
    return key in _ALSO_PROGRAMS and before[:1].isalnum() and before not in _BEFORE_PEOPLE


def _words_before(row: Tokens, at: int) -> Iterator[str]:
    for key in reversed(row.keys[max(0, at - _WINDOW) : at]):
        if key in _ENDS or key.isspace():
            return
        yield key
