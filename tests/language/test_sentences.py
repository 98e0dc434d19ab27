"""Sentences as people write them: in calm ones nothing is found, in those that judge something is."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.language import find

_FOLDER = Path(__file__).parent / "sentences"


def _lines(kind: str) -> list[str]:
    found = sorted(_FOLDER.glob(f"{kind}.*.txt"))
    return [line for path in found for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("sentence", _lines("calm"))
def test_a_calm_sentence_is_left_alone(sentence: str) -> None:
    assert [sentence[hit.start : hit.end] for hit in find(sentence)] == []


@pytest.mark.parametrize("sentence", _lines("blameful"))
def test_a_sentence_that_judges_is_found(sentence: str) -> None:
    assert find(sentence)


def test_each_language_has_sentences_of_both_kinds() -> None:
    for tag, least in (("en", 60), ("pt", 30), ("vi", 30)):
        for kind in ("calm", "blameful"):
            lines = (_FOLDER / f"{kind}.{tag}.txt").read_text(encoding="utf-8").splitlines()
            assert len(set(lines)) == len(lines) >= least
