"""The words of all pages as keys of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import settings, starter
from afterword.migration.facts import Fact, Told
from afterword.migration.vocabulary import Words, vocabulary

STARTER = settings.read(Path(), starter.files()["afterword.yml"])


def severities(*written: str, may_add: bool = True) -> Words:
    told = [Told((Fact("severity", text, 1, "the field"),)) for text in written]
    return vocabulary(told, STARTER, may_add=may_add).severities


@pytest.mark.parametrize("written", ["SEV2", "Sev-2", "Severity 2", "2", "major", "Major"])
def test_words_and_figures_of_the_settings_are_their_keys(written: str) -> None:
    found = severities(written)
    assert (found.key(written), dict(found.added)) == ("SEV2", {})


def test_a_scale_of_their_own_takes_nothing_from_that_of_a_new_library() -> None:
    found = severities("down", "disrupted", "notice", "SEV1")
    assert [found.key(word) for word in ("down", "disrupted", "notice", "SEV1")] == [
        "Down", "Disrupted", "Notice", "SEV1",
    ]  # fmt: skip
    assert dict(found.added) == {"Down": "down", "Disrupted": "disrupted", "Notice": "notice"}


def test_settings_that_somebody_keeps_are_matched_by_their_names_alone() -> None:
    found = severities("notice", "disrupted", may_add=False)
    assert (found.key("notice"), found.key("disrupted")) == ("SEV4", None)
