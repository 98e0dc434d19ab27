"""``afterword check --fix`` and ``--diff``: what is written, what is shown, and which files are never touched."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from afterword.cli import fixing
from afterword.cli.checked import Checked, Request, checked
from afterword.cli.world import World
from afterword.errors import ConflictError
from afterword.files import write_atomically
from tests.cli.conftest import POOL, PUBLIC, SLOW

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def spoil(library: Path, path: str, old: str, new: str) -> bytes:
    """A file with something in it to mend."""
    text = (library / path).read_text(encoding="utf-8")
    assert old in text
    (library / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    return (library / path).read_bytes()


@pytest.fixture
def tidy(library: Path, invoke: Invoke) -> Path:
    """The library when everything was mended."""
    invoke("check", "--fix")
    return library


def test_files_are_mended_and_then_reported_on(invoke: Invoke, tidy: Path) -> None:
    before = (tidy / SLOW).read_bytes()
    spoil(tidy, SLOW, "2026-05-06T10:00:00Z", "2026/05/06 10:00 UTC")
    assert "AW101" in invoke("check", SLOW).stdout
    result = invoke("check", "--fix", SLOW)
    assert result.stderr == f"Mended {os.path.normpath(SLOW)}: date\n"
    assert "AW101" not in result.stdout
    assert (tidy / SLOW).read_bytes() == before


def test_a_second_run_writes_nothing(invoke: Invoke, library: Path) -> None:
    spoil(library, SLOW, "severity: SEV3\n", "")
    spoil(library, SLOW, "detection: alert\n", "detection: alert\nseverity:  SEV3\n")
    assert invoke("check", "--fix").stderr.startswith("Mended ")
    stamp = (library / SLOW).stat().st_mtime_ns
    assert invoke("check", "--fix").stderr == ""
    assert (library / SLOW).stat().st_mtime_ns == stamp
    assert invoke("check", "--diff").exit_code == 0


def test_the_report_counts_what_could_be_mended(invoke: Invoke, tidy: Path) -> None:
    assert "can be mended" not in invoke("check").stdout
    spoil(tidy, SLOW, "2026-05-06T10:00:00Z", "2026/05/06 10:00 UTC")
    spoil(tidy, SLOW, "2026-05-06T10:20:00Z", "2026-05-06 10:20Z")
    assert invoke("check").stdout.endswith("\n2 can be mended with `afterword check --fix`\n")


def test_a_difference_is_shown_and_nothing_is_written(invoke: Invoke, tidy: Path) -> None:
    data = spoil(tidy, SLOW, "2026-05-06T10:00:00Z", "2026/05/06 10:00 UTC")
    result = invoke("check", "--diff", "--fix")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"--- a/{SLOW}\n+++ b/{SLOW}\n@@ ")
    assert "\n-started: 2026/05/06 10:00 UTC\n+started: 2026-05-06T10:00:00Z\n" in result.stdout
    assert result.stderr == "1 file would change with --fix.\n"
    assert (tidy / SLOW).read_bytes() == data


def test_a_difference_shows_nothing_confidential(invoke: Invoke, tidy: Path) -> None:
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    spoil(tidy, SLOW, "title: Orders were slow\n", f"title: Orders were slow  # {token[:40]}\n")
    spoil(tidy, SLOW, "summary: ", "summary:   ")
    result = invoke("check", "--diff")
    assert result.exit_code == 1
    assert token[:40] not in result.output
    assert "•••" in result.stdout


def test_only_the_files_that_are_meant_are_mended(invoke: Invoke, tidy: Path) -> None:
    kept = spoil(tidy, POOL, "kind: incident", "kind:   incident")
    spoil(tidy, SLOW, "kind: incident", "kind:   incident")
    assert invoke("check", "--fix", SLOW).stderr.count("Mended") == 1
    assert (tidy / POOL).read_bytes() == kept


def test_selected_rules_restrict_what_is_mended(invoke: Invoke, tidy: Path) -> None:
    spoil(tidy, SLOW, "2026-05-06T10:00:00Z", "2026/05/06 10:00 UTC")
    kept = spoil(tidy, SLOW, "kind: incident", "kind:   incident")
    invoke("check", "--fix", "--select", "AW3")
    assert (tidy / SLOW).read_bytes() == kept
    invoke("check", "--fix", "--select", "AW1")
    assert (tidy / SLOW).read_bytes() == kept.replace(b"2026/05/06 10:00 UTC", b"2026-05-06T10:00:00Z")
    invoke("check", "--fix", "--ignore", "AW1")
    assert b"kind: incident" in (tidy / SLOW).read_bytes()


def test_what_is_silenced_with_a_reason_is_left_as_it_is(invoke: Invoke, tidy: Path) -> None:
    rows = "| 2026-05-06 10:00 | Latency rises | |\n"
    spoil(tidy, SLOW, rows, f"{rows}| 09:58 | Deploy | |\n\n<!-- afterword: ignore AW303 told as it was found -->\n")
    assert invoke("check", "--diff").exit_code == 0
    spoil(tidy, SLOW, "<!-- afterword: ignore AW303 told as it was found -->", "")
    assert "\n+| 09:58 | Deploy | |\n" in invoke("check", "--diff").stdout


def test_a_heading_that_another_postmortem_links_to_keeps_its_name(invoke: Invoke, tidy: Path) -> None:
    spoil(tidy, SLOW, "## Lessons learned", "## Lessons")
    assert invoke("check", "--diff").exit_code == 1
    spoil(tidy, PUBLIC, "A race.", "A race, as [here](../2026/2026-05-06-orders-slow.md#lessons).")
    assert invoke("check", "--diff").exit_code == 0


def test_files_that_git_ignores_are_never_touched(invoke: Invoke, tidy: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=tidy, check=True)  # noqa: S607  # whichever git is there
    (tidy / ".gitignore").write_text("*-orders-slow.md\n", encoding="utf-8")
    kept = spoil(tidy, SLOW, "kind: incident", "kind:   incident")
    spoil(tidy, POOL, "kind: incident", "kind:   incident")
    assert invoke("check", "--fix").stderr == f"Mended {os.path.normpath(POOL)}: spacing of keys\n"
    assert (tidy / SLOW).read_bytes() == kept


def test_links_are_not_followed(invoke: Invoke, tidy: Path) -> None:
    other = tidy / "elsewhere.md"
    other.write_bytes(spoil(tidy, SLOW, "kind: incident", "kind:   incident"))
    kept = other.read_bytes()
    (tidy / SLOW).unlink()
    try:
        (tidy / SLOW).symlink_to(other)
    except OSError:
        pytest.skip("links cannot be made here")
    invoke("check", "--fix")
    assert other.read_bytes() == kept
    assert (tidy / SLOW).is_symlink()


def test_a_file_that_may_only_be_read_is_named_and_the_others_are_mended(invoke: Invoke, tidy: Path) -> None:
    kept = spoil(tidy, POOL, "kind: incident", "kind:   incident")
    spoil(tidy, SLOW, "kind: incident", "kind:   incident")
    (tidy / POOL).chmod(0o444)
    result = invoke("check", "--fix", "--format", "json")
    assert result.exit_code == 2
    assert f"Error: {os.path.normpath(POOL)} was not mended: it may only be read\n" in result.stderr
    assert f"Mended {os.path.normpath(SLOW)}: spacing of keys\n" in result.stderr
    assert json.loads(result.stdout)["summary"]["files"] == 3
    assert (tidy / POOL).read_bytes() == kept
    (tidy / POOL).chmod(0o644)


def test_a_file_that_somebody_changes_meanwhile_is_not_overwritten(
    invoke: Invoke, tidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(tidy, SLOW, "kind: incident", "kind:   incident")
    planned = fixing.plans

    def slow(*arguments: object) -> list[fixing.Plan]:
        made = planned(*arguments)  # type: ignore[arg-type]  # the same as it was given
        (tidy / SLOW).write_bytes(b"somebody else's")
        return made

    monkeypatch.setattr(fixing, "plans", slow)
    result = invoke("check", "--fix", SLOW)
    assert result.exit_code == 2
    assert "changed meanwhile and was not mended" in result.stderr
    assert (tidy / SLOW).read_bytes() == b"somebody else's"
    assert not list((tidy / SLOW).parent.glob(".*.tmp"))


def test_bytes_that_are_others_now_are_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"new")
    with pytest.raises(ConflictError):
        write_atomically(path, b"mine", instead_of=b"old")
    assert [item.read_bytes() for item in tmp_path.iterdir()] == [b"new"]


def test_watching_goes_with_neither(invoke: Invoke) -> None:
    assert invoke("check", "--watch", "--fix").exit_code == 2
    assert invoke("check", "--watch", "--diff").exit_code == 2


@pytest.mark.parametrize("other", [("--format", "json"), ("--output", "report.txt"), ("--output", "sarif=a.sarif")])
def test_a_difference_takes_no_form_that_it_would_not_have(
    invoke: Invoke, library: Path, other: tuple[str, str]
) -> None:
    result = invoke("check", "--diff", *other)
    assert result.exit_code == 2
    assert "--format" in result.stderr
    assert "--output" in result.stderr
    assert not (library / "a.sarif").exists()


def test_the_web_is_asked_only_once_everything_is_mended(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def noted(world: World, request: Request) -> Checked:
        asked.append(request.online)
        return checked(world, request)

    monkeypatch.setattr(fixing, "checked", noted)
    world = World(library=str(library))
    known, failed = fixing.mend(world, Request(online=True))
    assert (known, failed, asked) == (None, 0, [False])
    known, _ = fixing.mend(world, Request())
    assert known is not None
