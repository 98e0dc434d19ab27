"""The log of overrides: whatever is changed in it, or missing from its middle, is seen."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.gate import audit
from afterword.budgets.gate.audit import AuditError

START = datetime(2026, 1, 1, tzinfo=UTC)


def facts(number: int = 0, **more: Any) -> dict[str, Any]:
    """What a record says."""
    at = (START + timedelta(minutes=number)).isoformat().replace("+00:00", "Z")
    return {"written_at": at, "kind": "override", "state": "FREEZE", "why": f"Reason {number}", **more}


def filled(folder: Path, writers: Sequence[str]) -> list[Path]:
    """A log in which these have written, one after the other; its files in that order."""
    return [folder / audit.write(folder, facts(number), writer).name for number, writer in enumerate(writers)]


def test_what_is_written_is_read_and_whole(tmp_path: Path) -> None:
    paths = filled(tmp_path / "a" / "log", ["one", "two", "one"])
    log = audit.read(tmp_path / "a" / "log")
    assert not log.faults
    assert [item.name for item in log.records] == [path.name for path in paths]
    assert [item.facts["why"] for item in log.records] == ["Reason 0", "Reason 1", "Reason 2"]
    assert [item.facts["sequence"] for item in log.records] == [1, 1, 2]
    assert audit.read(tmp_path / "nowhere") == audit.Log((), {}, ())


writers = st.lists(st.sampled_from(["one", "two", "three"]), min_size=2, max_size=6)


@given(writers, st.data())
def test_a_record_that_another_one_follows_cannot_go_unseen(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("log")
    paths = filled(folder, order)
    gone = data.draw(st.integers(0, len(paths) - 2))
    paths[gone].unlink()
    assert audit.read(folder).faults


@given(writers, st.data())
def test_a_changed_byte_cannot_go_unseen(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("log")
    path = data.draw(st.sampled_from(filled(folder, order)))
    before = path.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    path.write_bytes(before[:place] + data.draw(st.binary(max_size=2)) + before[place + 1 :])
    try:
        same = json.loads(path.read_bytes()) == json.loads(before)
    except ValueError:
        same = False
    assert same or audit.read(folder).faults


@pytest.mark.parametrize(
    "change",
    [
        {"why": "Another reason"}, {"sequence": 7}, {"beside": [["x"]]}, {"beside": ["x"]}, {"previous": "x"},
        {"sequence": "1"}, {"written_at": "yesterday"}, {"hash": ""}, {"written_at": "2026-01-01T00:00:00"},
    ],
)  # fmt: skip
def test_an_edited_record_is_seen_though_its_hash_was_made_anew(tmp_path: Path, change: dict[str, Any]) -> None:
    path = filled(tmp_path, ["one", "one", "one"])[1]
    edited = json.loads(path.read_bytes()) | change
    edited["hash"] = change.get("hash", audit.digest(edited))
    path.write_text(json.dumps(edited), encoding="utf-8")
    assert audit.read(tmp_path).faults


@pytest.mark.parametrize("key", ["previous", "beside", "sequence", "writer", "hash", "version", "written_at"])
def test_a_record_that_lacks_something_is_no_whole_one(tmp_path: Path, key: str) -> None:
    path = filled(tmp_path, ["one"])[0]
    kept = {name: value for name, value in json.loads(path.read_bytes()).items() if name != key}
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert audit.read(tmp_path).faults == (f"{path.name} is no whole record",)


@pytest.mark.parametrize("key", ["previous", "beside", "sequence", "written_at", "writer", "hash", "version"])
def test_a_record_that_lacks_a_fact_is_told_and_hinders_no_further_one(tmp_path: Path, key: str) -> None:
    (path,) = filled(tmp_path, ["one"])
    less = json.loads(path.read_bytes())
    del less[key]
    path.write_text(json.dumps(less), encoding="utf-8")
    assert audit.read(tmp_path).faults == (f"{path.name} is no whole record",)
    audit.write(tmp_path, facts(), "two")


def test_copies_and_other_names_are_seen(tmp_path: Path) -> None:
    path = filled(tmp_path, ["one"])[0]
    other = path.with_name(path.name.replace("20260101", "20270101"))
    shutil.copy(path, other)
    assert audit.read(tmp_path).faults == (f"{other.name} was renamed, or copied",)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"hash": "x"}', "[" * 100_000, "\ud800"])
def test_a_file_that_is_no_record_is_a_fault(tmp_path: Path, text: str) -> None:
    filled(tmp_path, ["one"])
    (tmp_path / "20260101T000000Z-one-000002-0123456789ab.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    log = audit.read(tmp_path)
    assert len(log.records) == 1
    assert "no whole record" in log.faults[0]
    audit.write(tmp_path, facts(5), "one")  # and it does not keep anybody from writing


def test_the_same_writer_on_two_branches_merges_whole_and_both_ends_are_held(tmp_path: Path) -> None:
    filled(tmp_path / "a", ["one", "one"])
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    left = audit.write(tmp_path / "a", facts(7), "one")
    right = audit.write(tmp_path / "b", facts(8), "one")
    for name in (left.name, right.name):
        source = tmp_path / ("a" if name == left.name else "b") / name
        (tmp_path / "merged").mkdir(exist_ok=True)
        shutil.copy(source, tmp_path / "merged")
    for path in (tmp_path / "a").iterdir():
        shutil.copy(path, tmp_path / "merged")
    assert left.facts["sequence"] == right.facts["sequence"] == 3
    assert not audit.read(tmp_path / "merged").faults
    after = audit.write(tmp_path / "merged", facts(9), "one")
    assert not audit.read(tmp_path / "merged").faults
    for name in (left.name, right.name):
        kept = (tmp_path / "merged" / name).read_bytes()
        (tmp_path / "merged" / name).unlink()
        assert audit.read(tmp_path / "merged").faults, after.facts
        (tmp_path / "merged" / name).write_bytes(kept)


def test_a_clock_that_goes_backwards_breaks_nothing(tmp_path: Path) -> None:
    for number in (5, 3, 4, 1):
        audit.write(tmp_path, facts(number), "one")
    log = audit.read(tmp_path)
    assert not log.faults
    assert sorted(item.facts["sequence"] for item in log.records) == [1, 2, 3, 4]


def test_a_review_is_a_file_of_its_own_and_ends_what_is_due(tmp_path: Path) -> None:
    filled(tmp_path, ["one", "two"])
    audit.write(tmp_path, facts(2, kind="rollback", blocked=False), "one")
    log = audit.read(tmp_path)
    assert len(log.open) == 2
    assert not log.due(START + timedelta(days=7), 7)
    assert len(log.due(START + timedelta(days=8), 7)) == 2
    path = audit.review(tmp_path, log.records[0], {"by": "@lead", "note": "Fixed", "on": "2026-01-02"})
    log = audit.read(tmp_path)
    assert not log.faults
    assert [item.id for item in log.due(START + timedelta(days=8), 7)] == [log.records[1].id]
    path.write_text(path.read_text(encoding="utf-8").replace("@lead", "@else"), encoding="utf-8")
    assert "was changed" in audit.read(tmp_path).faults[0]
    path.unlink()
    (tmp_path / log.records[0].name).unlink()
    assert audit.read(tmp_path).faults  # the other writer has seen it


def test_a_review_of_a_record_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    path = filled(tmp_path, ["one"])[0]
    audit.review(tmp_path, audit.read(tmp_path).records[0], {"by": "@lead", "note": "Fixed"})
    path.unlink()
    assert "a review is of a record that is missing" in audit.read(tmp_path).faults[0]


def test_a_log_that_cannot_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AuditError, match="could not be written down"):
        audit.write(tmp_path / "file" / "log", facts(), "one")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AuditError, match="No space left"):
        audit.write(tmp_path / "log", facts(), "one")
    assert not audit.read(tmp_path / "log").records


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4))
def test_any_words_are_kept_as_they_are(tmp_path_factory: pytest.TempPathFactory, more: dict[str, str]) -> None:
    folder = tmp_path_factory.mktemp("log")
    said = {f"x{key}": value for key, value in more.items()}
    audit.write(folder, facts() | said, "one")
    log = audit.read(folder)
    assert not log.faults
    assert said.items() <= dict(log.records[0].facts).items()
