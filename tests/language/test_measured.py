"""How often the rules were right in real reports, counted again from the verdicts and from what is found today."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from afterword.findings import Level
from afterword.rules.language import RULES
from afterword.rules.language.base import MEASURED
from tests.language.measuring import CATEGORIES, found_in, labels


def test_each_finding_in_the_corpora_has_a_verdict_and_each_verdict_a_finding(corpora: Path) -> None:
    judged = {label.place for label in labels() if label.again}
    found = set(found_in(corpora))
    assert found - judged == set(), "judge these by hand, and write the verdicts into labels.tsv"
    assert judged - found == set(), "these are no longer found: strike them out of labels.tsv"


def test_what_the_pages_of_the_rules_say_is_what_was_judged() -> None:
    found, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for label in labels():
        key = CATEGORIES[label.place.code], label.language
        found[key] += 1
        right[key] += label.is_right
    said = {(category, one.language): (one.found, one.right) for category, row in MEASURED.items() for one in row}
    assert said == {key: (found[key], right[key]) for key in found}


def test_only_a_proven_list_makes_a_warning() -> None:
    for rule in RULES:
        measured = MEASURED.get(CATEGORIES[rule.code], ())
        proven = any(one.found >= 20 and one.right / one.found >= 0.9 for one in measured)
        assert rule.level is (Level.WARNING if proven else Level.HINT)
