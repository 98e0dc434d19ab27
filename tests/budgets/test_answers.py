"""Saved answers: carried over, they give the same snapshot; what was changed on the way is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterword.budgets.objective import Ratio
from afterword.budgets.snapshot import Snapshot
from afterword.budgets.sources import answers, capture
from afterword.errors import AfterwordError, ConflictError
from tests.budgets.fakeserver import Fake
from tests.budgets.test_prometheus import AT, answering, latency, live, objective

OBJECTIVES = [objective(), latency()]


@pytest.fixture
def folder(tmp_path: Path) -> tuple[Path, Snapshot]:
    """Answers that a server gave, and the snapshot taken of them."""
    keeper = answers.Keeper()
    with Fake(answering(3.25)) as fake:
        taken = capture.take(live(fake, keep=keeper.keep), OBJECTIVES, AT, capture.grid(AT, 2), AT)
    path = tmp_path / "answers"
    assert keeper.write(path, taken) == len(keeper.found)
    return path, taken


def test_saved_answers_give_the_same_snapshot(folder: tuple[Path, Snapshot]) -> None:
    path, taken = folder
    saved = answers.Saved(path)
    assert saved.grid == capture.grid(AT, 2)
    assert saved.grid is not None
    found = capture.take(saved, OBJECTIVES, saved.at, saved.grid, saved.captured_at)
    assert found == replace(taken, source=replace(taken.source, kind="answers"))


def test_answers_are_as_of_their_instant_alone(folder: tuple[Path, Snapshot]) -> None:
    with pytest.raises(AfterwordError, match=r"are as of 2026-11-01T23:30:00Z, not 2026-11-02T"):
        answers.Saved(folder[0]).measure(OBJECTIVES, capture.grid(AT, 2), AT + timedelta(hours=1))


def test_a_question_without_an_answer_is_told(folder: tuple[Path, Snapshot]) -> None:
    other = objective("x", indicator=Ratio("requests", bad="failures"))
    found = answers.Saved(folder[0]).measure([other], capture.grid(AT, 2), AT)
    assert found[0].error
    assert "holds no answer to it" in found[0].error


def test_a_changed_answer_is_refused(folder: tuple[Path, Snapshot]) -> None:
    path, _ = folder
    for item in path.glob("answer-*.json"):
        item.write_bytes(item.read_bytes().replace(b"3.25", b"0.25"))
    found = answers.Saved(path).measure([objective()], capture.grid(AT, 2), AT)[0]
    assert found.error
    assert "was changed" in found.error


def test_an_answer_by_hand_needs_no_checksum(folder: tuple[Path, Snapshot]) -> None:
    path, taken = folder
    manifest = path / "manifest.json"
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    for item in facts["answers"]:
        del item["sha256"]
    manifest.write_text(json.dumps(facts), encoding="utf-8")
    found = answers.Saved(path).measure([objective()], capture.grid(AT, 2), AT)[0]
    assert found.own == next(item.own for item in taken.measurements if item.objective.id == "shop-errors")


def test_no_file_outside_the_folder_is_read(folder: tuple[Path, Snapshot]) -> None:
    path, _ = folder
    manifest = path / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("answer-", "../answer-"), encoding="utf-8")
    found = answers.Saved(path).measure([objective()], capture.grid(AT, 2), AT)[0]
    assert found.error
    assert "outside the folder" in found.error


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "at": 3}', "[" * 100_000])
def test_what_is_no_manifest_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(answers.AnswersError, match=r"manifest\.json"):
        answers.Saved(tmp_path)


def test_answers_are_never_written_over_others(folder: tuple[Path, Snapshot]) -> None:
    with pytest.raises(ConflictError, match="holds answers already"):
        answers.Keeper().write(*folder)


def test_without_ranges_only_totals_were_asked_for(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        '{"version": 1, "at": "2026-11-01T23:30:00Z", "captured_at": "2026-11-01T23:30:00Z", "source": {}, '
        '"answers": []}',
        encoding="utf-8",
    )
    saved = answers.Saved(tmp_path)
    assert saved.grid is None
    assert saved.at == datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
