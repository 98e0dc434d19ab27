"""What pages call severities, categories and services, as keys of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import settings, starter
from afterword.migration.facts import Fact, Told
from afterword.migration.lexicon import settings_text
from afterword.migration.options import Options
from afterword.migration.vocabulary import Vocabulary, rank, vocabulary

STARTER = starter.files()["afterword.yml"]
KNOWN = settings.read(Path(), STARTER)


def words(*facts: tuple[str, str], may_add: bool = True) -> Vocabulary:
    return vocabulary([Told((Fact(key, value, 1, "a field"),)) for key, value in facts], KNOWN, may_add=may_add)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("SEV2", "SEV2"), ("sev-2", "SEV2"), ("Severity 2", "SEV2"), ("Sev 2 (major)", "SEV2"), ("2", "SEV2"),
        ("SEV0", "SEV0"), ("P1", "P1"), ("Priority 1", "P1"), ("S3", "S3"), ("down", "Down"),
    ],
)  # fmt: skip
def test_a_severity_has_the_key_of_its_figure(written: str, key: str) -> None:
    assert words(("severity", written)).severities.key(written) == key


def test_a_category_is_the_one_that_is_known_under_its_title() -> None:
    found = words(("root_cause", "Software Defect"), ("root_cause", "Self-service"))
    assert found.categories.key("software defect") == "software"
    assert found.categories.key("Self-service") == "self-service"
    assert found.categories.added == {"self-service": "Self-service"}


def test_two_spellings_are_one_word() -> None:
    found = words(("services", "Billing API"), ("services", "billing-api"))
    assert found.services.key("Billing API") == found.services.key("billing-api")
    assert len(found.services.added) == 1


def test_settings_of_somebody_else_get_no_words() -> None:
    found = words(("severity", "P1"), ("root_cause", "Network"), may_add=False)
    assert found.severities.key("P1") is None
    assert found.categories.key("Network") == "network"
    assert not found.severities.added


def test_the_worst_comes_first() -> None:
    assert min(["Low", "P1", "Critical", "P0", "Odd"], key=rank) == "P0"
    assert sorted(["Low", "Critical", "High"], key=rank) == ["Critical", "High", "Low"]


def test_a_scale_of_its_own_takes_the_place_of_the_starters() -> None:
    found = words(("severity", "P2"), ("severity", "P1"))
    made = settings.read(Path(), settings_text(STARTER.decode(), found, Options()).encode())
    assert list(made.severities) == ["P1", "P2"]
    kept = words(("severity", "SEV1"), ("severity", "SEV0"))
    made = settings.read(Path(), settings_text(STARTER.decode(), kept, Options()).encode())
    assert {"SEV0", "SEV1", "SEV4"} <= set(made.severities)


def test_what_is_ignored_stands_in_the_settings_with_a_reason() -> None:
    text = settings_text(STARTER.decode(), words(), Options(), [("AW701", "postmortems/incidents/2024/a-b.md")])
    made = settings.read(Path(), text.encode())
    assert [(item.code, item.paths) for item in made.ignored] == [("AW701", ("postmortems/incidents/2024/a-b.md",))]


@given(
    st.lists(
        st.tuples(st.sampled_from(("severity", "root_cause", "services")), st.text(min_size=1, max_size=60)),
        max_size=8,
    )
)
def test_whatever_pages_say_the_settings_can_be_read(given_words: list[tuple[str, str]]) -> None:
    found = words(*given_words)
    made = settings.read(Path(), settings_text(STARTER.decode(), found, Options()).encode())
    assert set(found.categories.added) <= set(made.categories)
    assert set(found.services.added) == set(made.services)
    assert set(found.severities.added) <= set(made.severities)
