"""``afterword migrate`` of several sources into one library, as two teams use it who know nothing of each other."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from afterword.cli.group import cli
from afterword.cli.migrating import Shelf

LEDGER = ".afterword/migration.json"
INCIDENTS = "postmortems/incidents"
TEAMS = {
    "shop": "The pool of connections ran dry when the sale began, and every order waited until its browser gave up.",
    "mill": "Flour stood in the belts since Friday, and the motor pulled until a fuse in the cellar gave way.",
    "rail": "A switch in the second hall lost its supply, so that no train could be announced on any of the screens.",
}
DAYS = {"2024-03-04.md": "Checkout answered 503", "2024-05-06.md": "Search was slow", "2024-07-08.md": "Disk was full"}


def report(team: str, day: str, title: str, more: str = "") -> str:
    """A report on a template that all teams share."""
    return f"""\
# {title}

## Summary

{TEAMS[team]} {more or f"This was noticed by {team} on the {day[8:10]}th."}

## Timeline

- {day[:10]} 09:12 UTC {team} saw the first errors
- {day[:10]} 09:50 UTC Service restored for everybody at {team}

## Root cause

Nobody at {team} had looked at the limits since they were set. ![graph](graph.png)

## Action items

- Look at the limits of {team} every quarter (@ana)
"""


def team(folder: Path, name: str) -> Path:
    """The source of a team: the same names of files, titles, days and pictures as any other's."""
    folder.mkdir()
    for day, title in DAYS.items():
        (folder / day).write_text(report(name, day, title), encoding="utf-8")
    (folder / "graph.png").write_bytes(f"a picture of {name}".encode())
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return team(tmp_path / "shop", "shop")


@pytest.fixture
def rail(tmp_path: Path) -> Path:
    return team(tmp_path / "rail", "rail")


@pytest.fixture
def out(tmp_path: Path, shop: Path, rail: Path) -> Path:
    """A library that both teams have migrated into, one after the other."""
    library = tmp_path / "library"
    assert set(migrate(shop, library).values()) == set(migrate(rail, library).values()) == {"created"}
    return library


def migrate(source: Path, out: Path) -> dict[str, str]:
    result = CliRunner().invoke(cli, ["migrate", str(source), str(out), "--format", "json"])
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.output)
    return {item["source"]: item["outcome"] for item in said["files"]}


def tree(folder: Path) -> dict[str, bytes]:
    return {item.relative_to(folder).as_posix(): item.read_bytes() for item in folder.rglob("*") if item.is_file()}


def reports(out: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in tree(out / INCIDENTS).items() if path.endswith(".md")}


def of(out: Path, name: str) -> list[str]:
    """The files that tell of a team."""
    return sorted(path for path, text in reports(out).items() if TEAMS[name] in text)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def again(out: Path, *sources: Path) -> None:
    """Each source migrates again, and nothing changes."""
    before = tree(out)
    for source in (*sources, *sources):
        assert set(migrate(source, out).values()) <= {"unchanged", "edited", "gone"}
    for path, data in tree(out).items():
        assert data == before[path], path


def test_both_keep_all_of_theirs_and_running_again_changes_nothing(out: Path, shop: Path, rail: Path) -> None:
    assert (len(of(out, "shop")), len(of(out, "rail")), len(reports(out))) == (3, 3, 6)
    assets = {path: data for path, data in tree(out / INCIDENTS).items() if path.endswith(".png")}
    assert assets == {"assets/graph.png": b"a picture of shop", "assets/graph-2.png": b"a picture of rail"}
    for path, text in reports(out).items():
        assert ("graph-2.png" in text) == (path in of(out, "rail"))
    again(out, shop, rail)
    assert CliRunner().invoke(cli, ["check", "--library", str(out)]).exit_code == 0


def test_an_edit_of_one_stays_and_the_other_is_written_anew(out: Path, shop: Path, rail: Path) -> None:
    edited = out / INCIDENTS / of(out, "rail")[0]
    change(edited, "kind: incident", "kind: near-miss")
    text = edited.read_text(encoding="utf-8")
    for source in (shop, rail):
        change(source / "2024-03-04.md", "since they were set", "for years")
    assert migrate(rail, out)["2024-03-04.md"] == "edited"
    assert migrate(shop, out)["2024-03-04.md"] == "updated"
    assert edited.read_text(encoding="utf-8") == text
    assert [f"had looked at the limits {since}" in text for since in ("since they were set", "for years")] == [
        True,
        False,
    ]
    assert (len(of(out, "shop")), len(of(out, "rail")), len(reports(out))) == (3, 3, 6)
    again(out, shop, rail)


def test_a_source_grows_under_the_names_of_the_other(out: Path, shop: Path, rail: Path) -> None:
    (shop / "README-2.md").write_text(report("shop", "2024-09-10", "Mail was late"), encoding="utf-8")
    assert migrate(shop, out)["README-2.md"] == "created"
    (rail / "README-2.md").write_text(report("rail", "2024-09-10", "Mail was late"), encoding="utf-8")
    assert migrate(rail, out)["README-2.md"] == "created"
    assert (len(of(out, "shop")), len(of(out, "rail"))) == (4, 4)
    again(out, shop, rail)


def test_a_source_that_was_moved_or_cloned_is_the_same(tmp_path: Path, out: Path, shop: Path, rail: Path) -> None:
    clone = tmp_path / "elsewhere" / "copy"
    shutil.copytree(rail, clone)
    again(out, clone, shop)
    change(clone / "2024-05-06.md", "since they were set", "for years")
    assert migrate(clone, out)["2024-05-06.md"] == "updated"
    assert (len(of(out, "shop")), len(of(out, "rail"))) == (3, 3)


def test_a_folder_within_a_source_is_renamed(tmp_path: Path, out: Path, shop: Path, rail: Path) -> None:
    change(out / INCIDENTS / of(out, "rail")[1], "kind: incident", "kind: near-miss")
    wider = tmp_path / "wider"
    shutil.copytree(rail, wider / "reports")
    change(wider / "reports" / "2024-07-08.md", "since they were set", "for years")
    assert migrate(wider, out) == {
        "reports/2024-03-04.md": "unchanged", "reports/2024-05-06.md": "edited", "reports/2024-07-08.md": "updated",
    }  # fmt: skip
    assert (len(of(out, "shop")), len(of(out, "rail")), len(reports(out))) == (3, 3, 6)
    again(out, wider, shop)
    change(wider / "reports" / "2024-03-04.md", "since they were set", "for years")
    assert migrate(wider, out)["reports/2024-03-04.md"] == "updated"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_reports_that_were_renamed_are_known_after_a_run_that_was_stopped(
    out: Path, shop: Path, rail: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    change(out / INCIDENTS / of(out, "rail")[1], "kind: incident", "kind: near-miss")
    before = reports(out)
    for file in rail.glob("*.md"):
        file.rename(file.with_name(f"renamed-{file.name[5:]}"))
    with monkeypatch.context() as patched:
        put = Shelf.put
        done: list[Any] = []

        def dying(shelf: Shelf, piece: Any) -> None:
            if len(done) >= count:
                raise MemoryError
            done.append(piece)
            put(shelf, piece)

        patched.setattr(Shelf, "put", dying)
        assert CliRunner().invoke(cli, ["migrate", str(rail), str(out)]).exit_code == 1
    assert sorted(migrate(rail, out).values()) == ["edited", "unchanged", "unchanged"]
    assert reports(out) == before
    again(out, shop, rail)


def test_a_report_that_tells_everything_anew_keeps_its_file(out: Path, shop: Path, rail: Path) -> None:
    anew = "# Search was slow\n\n## Root cause\n\n" + " ".join(
        f"Word{number} of another story." for number in range(30)
    )
    (rail / "2024-05-06.md").write_text(f"{anew}\n\n## Timeline\n\n- 2024-05-06 09:12 UTC first errors\n", "utf-8")
    assert migrate(rail, out)["2024-05-06.md"] == "updated"
    assert (len(of(out, "shop")), len(reports(out))) == (3, 6)
    again(out, shop, rail)


def test_another_incident_under_the_name_of_an_old_one_is_a_report_of_its_own(
    out: Path, shop: Path, rail: Path
) -> None:
    anew = "# Phones were mute\n\n## Root cause\n\n" + " ".join(
        f"Word{number} of another story." for number in range(30)
    )
    (rail / "2024-05-06.md").write_text(f"{anew}\n\n## Timeline\n\n- 2024-09-10 09:12 UTC first errors\n", "utf-8")
    assert migrate(rail, out)["2024-05-06.md"] == "created"
    assert (len(of(out, "rail")), len(reports(out))) == (3, 7)
    again(out, shop, rail)


def test_two_reports_swap_their_names(out: Path, shop: Path, rail: Path) -> None:
    edited = of(out, "rail")[0]
    change(out / INCIDENTS / edited, "kind: incident", "kind: near-miss")
    before = reports(out)
    first, second = rail / "2024-03-04.md", rail / "2024-05-06.md"
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert migrate(rail, out)["2024-05-06.md"] == "edited"
    assert reports(out).keys() == before.keys()
    assert reports(out)[edited] == before[edited]
    assert (len(of(out, "shop")), len(of(out, "rail"))) == (3, 3)
    again(out, shop, rail)


@pytest.mark.parametrize("text", ["", "# Search was slow\n", "---\ntitle: x\n---\n"])
def test_an_empty_report_takes_no_place_of_another(tmp_path: Path, out: Path, shop: Path, text: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "2024-05-06.md").write_text(text, encoding="utf-8")
    (other / "2024-09-10-outage.md").write_text("# Outage\n\n## Root cause\n\nNobody knows.\n", encoding="utf-8")
    before = reports(out)
    assert "updated" not in migrate(other, out).values()
    assert before.items() <= reports(out).items()
    count = len(reports(out))
    again(out, shop, other)
    assert len(reports(out)) == count


def test_what_one_has_moved_does_not_hold_back_what_the_other_brings(tmp_path: Path, shop: Path, rail: Path) -> None:
    out = tmp_path / "library"
    migrate(shop, out)
    for path in of(out, "shop"):
        (out / INCIDENTS / path).rename(out / INCIDENTS / path.replace(".md", "-moved.md"))
    assert set(migrate(rail, out).values()) == {"created"}
    assert (len(of(out, "shop")), len(of(out, "rail"))) == (3, 3)
    again(out, shop, rail)


def test_two_folders_of_one_source_are_migrated_apart_and_then_together(tmp_path: Path) -> None:
    out, source = tmp_path / "library", tmp_path / "source"
    source.mkdir()
    team(source / "2023", "shop")
    team(source / "2024", "rail")
    migrate(source / "2023", out)
    migrate(source / "2024", out)
    before = tree(out)
    change(source / "2023" / "2024-03-04.md", "since they were set", "for years")
    said = migrate(source, out)
    assert said.pop("2023/2024-03-04.md") == "updated"
    assert set(said.values()) == {"unchanged"}
    assert tree(out).keys() == before.keys()


def test_a_copy_of_one_report_does_not_make_two_sources_one(out: Path, shop: Path, rail: Path) -> None:
    shutil.copy(shop / "2024-03-04.md", rail / "2024-11-12-copy.md")
    (shop / "2024-12-13.md").write_text(report("shop", "2024-12-13", "Mail was late"), encoding="utf-8")
    (rail / "2024-12-13.md").write_text(report("rail", "2024-12-13", "Mail was late"), encoding="utf-8")
    for source in (rail, shop):
        migrate(source, out)
    assert (len(of(out, "shop")), len(of(out, "rail"))) == (4, 4)
    again(out, shop, rail)


def test_a_small_source_with_a_copy_and_a_namesake_is_another(tmp_path: Path, out: Path, shop: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    shutil.copy(shop / "2024-03-04.md", small / "copy.md")
    (small / "2024-05-06.md").write_text(report("mill", "2024-05-06", "Search was slow"), encoding="utf-8")
    before = reports(out)
    assert migrate(small, out) == {"2024-05-06.md": "created", "copy.md": "unchanged"}
    assert before.items() <= reports(out).items()
    assert len(reports(out)) == 7
    again(out, shop, small)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_look_like_those_of_the_ledger_are_names(tmp_path: Path) -> None:
    out, source = tmp_path / "library", tmp_path / "odd"
    source.mkdir()
    for number, name in enumerate(("#2:a.md", "asset:a.md", "starter:a.md", "a.md"), 1):
        text = report("shop", f"2024-03-0{number}", f"Checkout answered 50{number}")
        (source / name).write_text(text, encoding="utf-8")
    assert set(migrate(source, out).values()) == {"created"}
    again(out, source)
    change(source / "asset:a.md", "since they were set", "for years")
    assert list(migrate(source, out).values()).count("updated") == 1
    assert len(reports(out)) == 4


def test_a_picture_that_somebody_made_unreadable_stays_so(out: Path, shop: Path, rail: Path) -> None:
    (out / INCIDENTS / "assets" / "graph.png").write_bytes(b"names made unreadable")
    (out / INCIDENTS / "assets" / "graph-2.png").unlink()
    again(out, shop, rail)
    assert "a picture of shop" not in {data.decode() for path, data in tree(out).items() if path.endswith(".png")}


def test_a_new_picture_under_the_name_of_one_that_was_removed_comes_along(out: Path, rail: Path) -> None:
    (out / INCIDENTS / "assets" / "graph-2.png").unlink()
    (rail / "graph.png").write_bytes(b"another picture of rail")
    migrate(rail, out)
    assert b"another picture of rail" in tree(out).values()
    again(out, rail)


def test_one_page_alone_is_known_again_when_it_was_changed(tmp_path: Path) -> None:
    out = tmp_path / "library"
    names = ("shop", "rail")
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "postmortem.md").write_text(report(name, "2024-03-04", "Checkout answered 503"), "utf-8")
        assert migrate(tmp_path / name, out) == {"postmortem.md": "created"}
    for name in names:
        change(tmp_path / name / "postmortem.md", "since they were set", "for years, and this is told now")
        assert migrate(tmp_path / name, out) == {"postmortem.md": "updated"}
    assert (len(of(out, "shop")), len(of(out, "rail")), len(reports(out))) == (1, 1, 2)
    again(out, *(tmp_path / name for name in names))


def test_a_ledger_that_names_no_pages_is_read(out: Path, shop: Path, rail: Path) -> None:
    book = json.loads((out / LEDGER).read_text(encoding="utf-8"))
    for item in book["files"].values():
        item.pop("made_of", None)
    (out / LEDGER).write_text(json.dumps(book), encoding="utf-8")
    for source in (shop, rail):
        assert set(migrate(source, out).values()) == {"unchanged"}
    assert len(reports(out)) == 6
