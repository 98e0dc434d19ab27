"""What the rules on language share: which passages they read, and how often they were right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.findings import Finding, Level
from afterword.language import Category, Hit, find_all
from afterword.model import Postmortem
from afterword.prose import Passage
from afterword.rules.base import File, Judged, Rule, shortened

_EMPHASIS = re.compile(r"\*+|__")
_SILENT_PARTS = frozenset({"communication", "sensitive", "attachments", "approvals"})

# An owner like @oncall-payments is a group, whatever the settings know of it.
_GROUPS = ("team", "oncall", "on-call", "squad", "group", "guild", "bot", "ops", "support", "security", "platform")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in real reports in one language (its BCP 47 tag), and how much a reviewer would remark too.

    ``later_found`` and ``later_right`` count those of them that stood in reports read after the list was written,
    ``firm`` and ``firm_right`` those that are not mild: only these could warn.
    """

    language: str
    found: int
    right: int
    later_found: int = 0
    later_right: int = 0
    firm: int = 0
    firm_right: int = 0

    @property
    def is_proven(self) -> bool:
        """Whether a finding may be a warning: at least 20 that are not mild were judged, and nine of ten were right."""
        return self.firm >= _ENOUGH and self.firm_right >= _PRECISE * self.firm


_ENOUGH, _PRECISE = 20, 0.9
_LANGUAGES = {"en": "English", "pt": "Portuguese", "vi": "Vietnamese"}

MEASURED: dict[Category, tuple[Measured, ...]] = {
    Category.BLAME: (Measured("en", 20, 19, 3, 3, firm=8, firm_right=8),),
    Category.HUMAN_ERROR: (Measured("en", 13, 13, 1, 1),),
    Category.COUNTERFACTUAL: (Measured("en", 19, 17, 8, 7),),
    Category.CARE: (Measured("en", 13, 12, 7, 6),),
}
"""Judged by hand, finding by finding; a test counts the labels again."""


def level_of(category: Category) -> Level:
    """A warning where the list of at least one language has proved itself."""
    return Level.WARNING if any(one.is_proven for one in MEASURED.get(category, ())) else Level.HINT


MEASURED_IN = (
    "Its findings were judged by hand in this library's incidents, in 72 reports of two organisations and in some 750 "
    "public ones of a dozen others, all in English; the lists were written with these at hand. Some 150 reports of two "
    "dozen more were read afterwards, and a second reader judged all findings again. A list warns from 20 findings on "
    "when nine of ten are right; until then it hints. What a reviewer lets pass more easily always hints and is not "
    "counted for that: a sentence about “we”, or one that names nobody."
)
"""Sentences for the page of a rule."""


def judged(category: Category) -> tuple[Judged, ...]:
    """For the page of a rule: how often it was right in each language."""
    rows = {one.language: one for one in MEASURED.get(category, ())}
    return tuple(row for tag, name in _LANGUAGES.items() for row in _rows(name, rows.get(tag, Measured(tag, 0, 0))))


def _rows(name: str, one: Measured) -> tuple[Judged, ...]:
    if not one.later_found:
        return (Judged(name, one.found, one.right),)
    first = Judged(f"{name}, reports at hand", one.found - one.later_found, one.right - one.later_right)
    return first, Judged(f"{name}, reports read afterwards", one.later_found, one.later_right)


def hits(file: File, category: Category) -> Iterator[tuple[Passage, Hit]]:
    """The phrases of a category in the prose of a file, none in what is told to customers or said by others."""
    for number, hit in find_all(tuple(passage.prose for passage in file.passages)):
        passage = file.passages[number]
        if hit.category is category and _is_read(passage, category):
            yield passage, hit


def findings(
    rule: Rule, postmortem: Postmortem, file: File, category: Category, says: str, *, mild: str | None = None
) -> Iterator[Finding]:
    """Findings of a rule: the phrase, what it does (one that is mild: ``mild``), and how to write instead.

    What is mild or unproven is a hint.
    """
    proven = {one.language for one in MEASURED.get(category, ()) if one.is_proven}
    for passage, hit in hits(file, category):
        text = passage.text[hit.start : hit.end]
        if category is Category.NAMED and _is_group(text, file):
            continue
        level = None if hit.entry.tag in proven and not hit.entry.group.mild else Level.HINT
        span = passage.span(hit.start, hit.end)
        does = mild if mild and hit.entry.group.mild else says
        yield rule.finding(
            postmortem, span, f"“{shortened(_EMPHASIS.sub('', text))}” {does}", hit.entry.group.rewrite, level
        )


def _is_read(passage: Passage, category: Category) -> bool:
    if passage.kind == "quote" or passage.part in _SILENT_PARTS:
        return False
    # what an action promises in its title is the business of vague-verb
    return not (passage.kind == "front" and category is Category.CARE)


def _is_group(text: str, file: File) -> bool:
    """Whether the handle in a phrase is one of several people."""
    handle = next((word for word in text.split() if word.startswith("@")), "").removeprefix("@").casefold()
    return bool(handle) and (handle in file.settings.teams or any(group in handle for group in _GROUPS))
