"""``afterword new`` and ``afterword init``: what they write, and that they never overwrite."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from afterword import resources, settings
from afterword.cli.group import cli

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

FIRST = ("new", "Orders vanished", "--started", "2026-10-20T08:00:00Z")
PATH = "postmortems/incidents/2026/2026-10-20-orders-vanished.md"


def test_a_draft_is_written_and_passes_the_check(invoke: Invoke, library: Path) -> None:
    result = invoke(*FIRST, "--severity", "SEV1", "--service", "orders", "--author", "@team-payments")
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == f"Wrote {Path(PATH)}"
    text = (library / PATH).read_text(encoding="utf-8")
    assert "title: Orders vanished\n" in text
    assert "services: [orders]\n" in text
    assert '  author: "@team-payments"\n' in text
    check = invoke("check", PATH, "--format", "json")
    assert check.exit_code == 0
    assert json.loads(check.output)["summary"]["errors"] == 0


@pytest.mark.parametrize("kind", ["incident", "near-miss", "drill"])
@pytest.mark.parametrize("origin", ["internal", "public"])
def test_every_kind_passes_the_check(invoke: Invoke, kind: str, origin: str) -> None:
    public = ["--organization", "Example: Rail", "--source", "https://example.org/a"] if origin == "public" else []
    assert invoke(*FIRST, "--kind", kind, "--origin", origin, *public).exit_code == 0
    assert invoke("check", PATH).exit_code == 0


def test_nothing_is_overwritten(invoke: Invoke, library: Path) -> None:
    (library / PATH).write_text("mine", encoding="utf-8")
    result = invoke(*FIRST)
    assert result.exit_code == 1
    assert f"Error: {Path(PATH)} exists already" in result.output
    assert "choose another title" in result.output
    assert (library / PATH).read_text(encoding="utf-8") == "mine"


def test_away_from_a_terminal_the_missing_flags_are_named(invoke: Invoke) -> None:
    result = invoke("new", stdin="")
    assert result.exit_code == 2
    assert "Missing: TITLE and --started." in result.output
    assert "Missing: --started." in invoke("new", "Orders vanished").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--severity", "SEV11"], "--severity “SEV11” is not in afterword.yml. Did you mean “SEV1”?"),
        (["--severity", "sev3"], "Did you mean “SEV3”?"),
        (["--service", "chekout"], "--service “chekout” is not in afterword.yml. Did you mean “checkout”?"),
        (["--started", "tomorrow"], "--started “tomorrow” is not a time"),
        (["--organization", "Example"], "are for --origin public"),
    ],
)
def test_a_word_that_nobody_knows_is_refused_with_the_nearest(invoke: Invoke, arguments: list[str], said: str) -> None:
    result = invoke(*FIRST, *arguments)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2026-10-20", "2026-10-20"),
        ("2026-10-20T10:00:00+02:00", "2026-10-20T10:00:00+02:00"),
        ("2026-10-20 10:00", "2026-10-20T08:00:00Z"),
        ("2026-10-20 9:30Z", "2026-10-20T09:30:00Z"),
        ("2026-10-20 10:00+02:00", "2026-10-20T08:00:00Z"),
        ("Now", "2026-11-01T23:59:00Z"),
        ("now", "2026-11-01T23:59:00Z"),
        ("today", "2026-11-02"),
    ],
)
def test_a_start_is_understood_as_people_type_it(invoke: Invoke, library: Path, given: str, written: str) -> None:
    path = library / "afterword.yml"
    path.write_text(path.read_text(encoding="utf-8") + "time_zone: Europe/Paris\n", encoding="utf-8")
    output = invoke("new", "Orders vanished", "--started", given).output
    text = (library / output.splitlines()[0].removeprefix("Wrote ")).read_text(encoding="utf-8")
    assert f"\nstarted: {written}\n" in text


def _init(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["init", str(folder), *arguments], prog_name="afterword")
    assert result.exit_code == 0, result.output
    return result.output


def test_a_new_library_holds_the_starter_and_passes_the_check(tmp_path: Path) -> None:
    output = _init(tmp_path / "library")
    found = {
        path.relative_to(tmp_path / "library").as_posix()
        for path in (tmp_path / "library").rglob("*")
        if path.is_file()
    }
    assert found == set(resources.starter())
    assert {"afterword.yml", "mkdocs.yml", "README.md", ".gitignore", "postmortems/guide/index.md"} <= found
    assert "Next:" in output
    check = CliRunner().invoke(cli, ["check", "--library", str(tmp_path / "library")])
    assert check.exit_code == 0, check.output


def test_names_are_filled_in_whatever_they_hold(tmp_path: Path) -> None:
    _init(tmp_path, "--name", "Rail: what we learned", "--organization", "Bahn & Söhne # 1")
    loaded = settings.load(tmp_path)
    assert (loaded.name, loaded.organization) == ("Rail: what we learned", "Bahn & Söhne # 1")
    assert 'site_name: "Rail: what we learned"\n' in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Rail: what we learned\n\nPostmortems of Bahn & Söhne # 1:")


def test_the_starter_pins_the_version_that_wrote_it(tmp_path: Path) -> None:
    _init(tmp_path)
    assert "\nafterword==" in (tmp_path / "requirements.txt").read_text(encoding="utf-8")


def test_init_keeps_what_is_there_and_refuses_a_library(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert "Kept README.md" in _init(tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    again = CliRunner().invoke(cli, ["init", str(tmp_path)])
    assert again.exit_code == 1
    assert "this is a library" in again.output


@pytest.mark.skipif(os.name == "nt", reason="another shell, other quotes")
def test_the_way_into_the_new_library_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["init", str(tmp_path / "a $b")])
    assert f"  cd '{tmp_path / 'a $b'}'\n" in result.output


def test_a_library_is_not_begun_under_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["init", str(tmp_path / "library"), "--name", "x \udcff"])
    assert result.exit_code == 2
    assert not (tmp_path / "library").exists()


def test_a_title_in_another_script_gets_a_file_of_its_own(invoke: Invoke, library: Path) -> None:
    for title in ("支付失败", "订单丢失", "🔥"):
        assert invoke("new", title, "--started", "2026-10-20").exit_code == 0
    names = sorted(path.name for path in (library / PATH).parent.glob("2026-10-20-*"))
    assert names == ["2026-10-20-incident-2.md", "2026-10-20-incident-3.md", "2026-10-20-incident.md"]


def test_control_characters_do_not_reach_the_file(invoke: Invoke, library: Path) -> None:
    assert invoke("new", "Orders\nvanished\x07.", "--started", " 2026-10-20T08:00:00Z ").exit_code == 0
    assert "title: Orders vanished\n" in (library / PATH).read_text(encoding="utf-8")


def test_text_that_is_no_unicode_is_refused(invoke: Invoke) -> None:
    result = invoke("new", "bad \udcff byte", "--started", "2026-10-20")
    assert result.exit_code == 2
    assert "is not UTF-8" in result.output


@pytest.mark.skipif(os.name == "nt", reason="arguments are Unicode there")
def test_a_locale_that_knows_ascii_alone_keeps_the_title(run: Run, library: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run("new", "Thanh toán đỏ", "--started", "2026-10-20", env=plain).returncode == 0
    path = library / "postmortems/incidents/2026/2026-10-20-thanh-toan-do.md"
    assert "title: Thanh toán đỏ\n" in path.read_text(encoding="utf-8")
