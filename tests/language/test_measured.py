"""How often the rules were right in real reports, counted again from the verdicts and from what is found today."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from afterword.findings import Level
from afterword.language import Category
from afterword.rules.language import RULES
from afterword.rules.language.base import MEASURED, Measured
from tests.language.measuring import CATEGORIES, found_in, labels


def test_each_finding_in_the_corpora_has_a_verdict_and_each_verdict_a_finding(corpora: Path) -> None:
    judged = {label.place for label in labels() if label.again}
    found = set(found_in(corpora))
    assert found - judged == set(), "judge these by hand, and write the verdicts into labels.tsv"
    assert judged - found == set(), "these are no longer found: strike them out of labels.tsv"


def test_what_the_pages_of_the_rules_say_is_what_was_judged() -> None:
    counts = defaultdict[tuple[Category, str], Counter[str]](Counter)
    for label in labels():
        kinds = {"found": True, "right": label.is_right, "later_found": label.later}
        kinds["later_right"] = label.later and label.is_right
        counts[CATEGORIES[label.place.code], label.language].update(kind for kind, holds in kinds.items() if holds)
    said = {(category, one.language): one for category, row in MEASURED.items() for one in row}
    # labels do not tell which of them were mild
    assert {key: replace(one, firm=0, firm_right=0) for key, one in said.items()} == {
        key: Measured(key[1], **counted) for key, counted in counts.items()
    }
    assert all(one.firm_right <= one.firm <= one.found and one.firm_right <= one.right for one in said.values())


def test_only_a_proven_list_makes_a_warning() -> None:
    for rule in RULES:
        measured = MEASURED.get(CATEGORIES[rule.code], ())
        proven = any(one.firm >= 20 and one.firm_right / one.firm >= 0.9 for one in measured)
        assert rule.level is (Level.WARNING if proven else Level.HINT)
