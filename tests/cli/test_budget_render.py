"""``afterword budget render``, and ``afterword build`` before which it runs."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from afterword.cli import remembering
from afterword.library import load as load_library
from afterword.settings import load as load_settings
from tests.budgeting import AT, everything, flat, save
from tests.budgets.counting import objective
from tests.site import CONFIG

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

PAGES = Path("postmortems/budgets")


@pytest.fixture
def measured(library: Path) -> Path:
    """The library with a snapshot of nine objectives."""
    save(library)
    return library


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_an_index_and_a_page_and_a_badge_for_each_objective(invoke: Invoke, measured: Path) -> None:
    done = invoke("budget", "render")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == "19 files, 19 changed"
    assert {"index.md", "checkout-errors.md", "badges/checkout-errors.svg"} <= set(tree(measured / PAGES))


def test_a_second_time_nothing_is_written(invoke: Invoke, measured: Path) -> None:
    invoke("budget", "render")
    before = {path: path.stat().st_mtime_ns for path in (measured / PAGES).rglob("*")}
    assert invoke("budget", "render").output == "19 files, 0 changed\n"
    assert {path: path.stat().st_mtime_ns for path in (measured / PAGES).rglob("*")} == before


def test_the_day_on_which_it_runs_changes_nothing(invoke: Invoke, measured: Path) -> None:
    invoke("budget", "render")
    before = tree(measured / PAGES)
    assert invoke("--as-of", "2031-01-01", "budget", "render").exit_code == 0
    assert tree(measured / PAGES) == before


def test_check_names_what_differs_and_writes_nothing(invoke: Invoke, measured: Path) -> None:
    missing = invoke("budget", "render", "--check")
    assert missing.exit_code == 1
    assert f"{(PAGES / 'index.md')} is missing" in missing.output
    assert not (measured / PAGES).exists()
    invoke("budget", "render")
    assert invoke("budget", "render", "--check").exit_code == 0
    page = measured / PAGES / "checkout-errors.md"
    page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    differs = invoke("budget", "render", "--check")
    assert differs.exit_code == 1
    assert f"{PAGES / 'checkout-errors.md'} differs" in differs.output


def test_pages_of_objectives_that_are_gone_are_removed(invoke: Invoke, measured: Path) -> None:
    invoke("budget", "render")
    own = measured / PAGES / "notes.md"
    own.write_text("# Notes\n", encoding="utf-8")
    save(measured, flat(objective("checkout-errors")), at=AT.replace(minute=35))
    done = invoke("budget", "render")
    assert done.exit_code == 0, done.output
    assert f"Removed {PAGES / 'orders-safety.md'}" in done.output
    assert set(tree(measured / PAGES)) == {"index.md", "checkout-errors.md", "badges/checkout-errors.svg", "notes.md"}


def test_somebodys_own_page_is_never_replaced(invoke: Invoke, measured: Path) -> None:
    own = measured / PAGES / "index.md"
    own.parent.mkdir()
    own.write_text("# Our budgets\n", encoding="utf-8")
    done = invoke("budget", "render")
    assert done.exit_code == 2
    assert "was not written by this command" in done.output
    assert own.read_text(encoding="utf-8") == "# Our budgets\n"


def test_out_puts_the_pages_elsewhere(invoke: Invoke, measured: Path, tmp_path: Path) -> None:
    assert invoke("budget", "render", "--out", str(tmp_path / "there")).exit_code == 0
    assert (tmp_path / "there/budgets/index.md").is_file()
    assert not (measured / PAGES).exists()


def test_without_a_snapshot_it_says_how_to_take_one(invoke: Invoke, library: Path) -> None:
    assert not (library / "budgets").exists()
    done = invoke("budget", "render")
    assert done.exit_code == 2
    assert "afterword budget snapshot" in done.output


def test_a_snapshot_that_was_changed_is_refused(invoke: Invoke, measured: Path) -> None:
    path = next((measured / "budgets/snapshots").iterdir())
    path.write_bytes(path.read_bytes()[:-20])
    done = invoke("budget", "render")
    assert done.exit_code == 2
    assert path.name in done.output
    assert "Traceback" not in done.output


def test_the_policy_of_the_library_decides_and_one_at_fault_is_refused(invoke: Invoke, measured: Path) -> None:
    policy = measured / "budgets/policy.yml"
    policy.write_text("schema: 1\nthresholds: {caution: 45, warning: 30, freeze: 10}\n", encoding="utf-8")
    assert invoke("budget", "render").exit_code == 0
    assert "NORMAL</span> <strong>49.9 % left" in (measured / PAGES / "checkout-errors.md").read_text(encoding="utf-8")
    policy.write_text("schema: 1\nthresholds: {freeze: many}\n", encoding="utf-8")
    done = invoke("budget", "render")
    assert done.exit_code == 2
    assert "budgets/policy.yml:2:" in done.output


def test_what_is_remembered_is_written_again_byte_by_byte_and_only_while_it_is_made_of_the_same(
    invoke: Invoke, measured: Path
) -> None:
    invoke("budget", "render")
    first = tree(measured / PAGES)
    shutil.rmtree(measured / PAGES)
    assert invoke("budget", "render").output.endswith("19 files, 19 changed\n")
    assert tree(measured / PAGES) == first
    assert invoke("--no-cache", "budget", "render").output == "19 files, 0 changed\n"
    policy = measured / "budgets/policy.yml"
    policy.write_text("schema: 1\nthresholds: {caution: 45, warning: 30, freeze: 10}\n", encoding="utf-8")
    assert "Wrote" in invoke("budget", "render").output
    policy.unlink()
    assert "Wrote" in invoke("budget", "render").output
    assert tree(measured / PAGES) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda root: save(root, flat(objective("checkout-errors")), at=AT.replace(minute=35)),
        lambda root: (root / "afterword.yml").write_text(
            (root / "afterword.yml").read_text(encoding="utf-8") + "# more\n", encoding="utf-8"
        ),
        lambda root: next((root / "postmortems").rglob("20*.md")).unlink(),
    ],
    ids=["snapshot", "settings", "postmortem"],
)
def test_no_page_is_remembered_once_anything_changed_that_it_is_made_of(
    measured: Path, change: Callable[[Path], object]
) -> None:
    settings = load_settings(measured)
    before = remembering.key(load_library(measured, settings))
    assert remembering.key(load_library(measured, settings)) == before
    change(measured)
    assert remembering.key(load_library(measured, load_settings(measured))) != before


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"key": 1}', '{"key": "KEY", "files": []}',
                                  '{"key": "KEY", "files": {"../../evil.md": "x"}}',
                                  '{"key": "KEY", "files": {"budgets/index.md": 7}}'])  # fmt: skip
def test_a_broken_or_foreign_memory_is_as_good_as_none(invoke: Invoke, measured: Path, kept: str) -> None:
    invoke("budget", "render")
    file = measured / remembering.FILE
    file.write_text(kept.replace("KEY", json.loads(file.read_bytes())["key"]), encoding="utf-8")
    assert invoke("budget", "render").output == "19 files, 0 changed\n"
    assert not (measured / "evil.md").exists()


def test_lines_that_git_ended_for_windows_are_no_difference(invoke: Invoke, measured: Path) -> None:
    invoke("budget", "render")
    page = measured / PAGES / "index.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert invoke("budget", "render", "--check").exit_code == 0


def test_build_renders_first(run: Run, measured: Path) -> None:
    (measured / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    done = run("build", "--strict")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "WARNING" in (measured / "site/budgets/checkout-errors/index.html").read_text(encoding="utf-8")
    assert (measured / "site/budgets/snapshot.json.gz").read_bytes() == next(
        (measured / "budgets/snapshots").iterdir()
    ).read_bytes()


def test_a_broken_snapshot_is_a_warning_of_the_build_and_fails_a_strict_one(run: Run, measured: Path) -> None:
    (measured / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    assert run("budget", "render").returncode == 0
    path = next((measured / "budgets/snapshots").iterdir())
    path.write_bytes(path.read_bytes()[:-20])
    done = run("build")
    assert done.returncode == 0
    assert "the pages of the error budgets are not up to date" in done.stderr
    assert (measured / "site/budgets/index.html").is_file()
    assert run("build", "--strict").returncode != 0


def test_eight_objectives_take_about_a_second(run: Run, library: Path) -> None:
    save(library, *everything()[:8])
    run("budget", "render")
    begun = time.monotonic()
    assert run("budget", "render").returncode == 0
    assert time.monotonic() - begun < 5, "far above what it takes on a quiet machine"
