"""What the rules on language share: which passages they read, and how often they were right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.findings import Finding, Level
from afterword.language import Category, Hit, find_all
from afterword.model import Postmortem
from afterword.parts import part_of
from afterword.prose import Passage
from afterword.rules.base import File, Rule, shortened

_SILENT_PARTS = frozenset({"communication", "sensitive", "attachments", "approvals"})

# An owner like @oncall-payments is a group, whatever the settings know of it.
_GROUPS = ("team", "oncall", "on-call", "squad", "group", "guild", "bot", "ops", "support", "security", "platform")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in real reports in one language, and how many of these a reviewer would remark too."""

    language: str
    found: int
    right: int


_ENOUGH, _PRECISE = 20, 0.9

MEASURED: dict[Category, tuple[Measured, ...]] = {}
"""Judged by hand, finding by finding; a test counts the labels again."""


def level_of(category: Category) -> Level:
    """A warning only where at least 20 findings were judged and nine of ten were right."""
    found = sum(one.found for one in MEASURED.get(category, ()))
    right = sum(one.right for one in MEASURED.get(category, ()))
    return Level.WARNING if found >= _ENOUGH and right >= _PRECISE * found else Level.HINT


def measured(category: Category) -> str:
    """A sentence for the page of a rule."""
    rows = ", ".join(f"{one.language} {one.right} of {one.found} right" for one in MEASURED.get(category, ()))
    said = f"Judged by hand on 72 public reports of two organisations and on this library's own: {rows or 'none found'}"
    why = "" if level_of(category) is Level.WARNING else "; fewer than 20, or than nine of ten, make no warning"
    return f"{said}{why}."


def hits(file: File, category: Category) -> Iterator[tuple[Passage, Hit]]:
    """The phrases of a category in the prose of a file, none in what is told to customers or said by others."""
    passages = [passage for passage in file.passages if _is_read(passage, category)]
    for number, hit in find_all(tuple(passage.prose for passage in passages)):
        if hit.category is category:
            yield passages[number], hit


def findings(rule: Rule, postmortem: Postmortem, file: File, category: Category, says: str) -> Iterator[Finding]:
    """Findings of a rule: the phrase, what it does, and how to write instead. Drafts and mild phrases get hints."""
    for passage, hit in hits(file, category):
        text = passage.text[hit.start : hit.end]
        if category is Category.NAMED and _is_group(text, file):
            continue
        level = Level.HINT if hit.entry.group.mild else None
        span = passage.span(hit.start, hit.end)
        yield rule.finding(postmortem, span, f"“{shortened(text)}” {says}", hit.entry.group.rewrite, level)


def _is_read(passage: Passage, category: Category) -> bool:
    if passage.kind == "quote" or passage.part in _SILENT_PARTS:
        return False
    if passage.kind == "heading":
        return part_of(passage.text) is None
    # what an action promises in its title is the business of vague-verb
    return not (passage.kind == "front" and category is Category.CARE)


def _is_group(text: str, file: File) -> bool:
    """Whether the handle in a phrase is one of several people."""
    handle = next((word for word in text.split() if word.startswith("@")), "").removeprefix("@").casefold()
    return bool(handle) and (handle in file.settings.teams or any(group in handle for group in _GROUPS))
