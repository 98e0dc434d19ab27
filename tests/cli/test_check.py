"""``afterword check``: what is reported, in which form, and which files are meant."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from afterword import resources
from afterword.cli.changed import changed_since
from afterword.errors import AfterwordError
from tests import gating
from tests.cli.conftest import POOL, PUBLIC, SLOW, git

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def _codes(output: str) -> set[tuple[str, str]]:
    return {(item["code"], item["path"]) for item in json.loads(output)["findings"]}


def test_findings_carry_place_line_and_the_way_to_learn_more(invoke: Invoke) -> None:
    output = invoke("check").output
    assert f"{POOL}:17:10: warning AW502 action A1 is overdue by 31 days\n  due: 2026-10-01\n" in output
    last, more = output.splitlines()[-2:]
    assert last.startswith("3 files, ")
    assert more.startswith("`afterword rules AW")


def test_places_are_named_as_somebody_in_the_current_folder_would_open_them(
    invoke: Invoke, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"{os.path.normpath(POOL)}:17:" in invoke("check").output
    monkeypatch.chdir((library / POOL).parent)
    assert f"\n{Path(POOL).name}:17:" in f"\n{invoke('check').output}"
    assert POOL in invoke("check", "--format", "json").output
    monkeypatch.chdir(library.parent)
    output = invoke("check", "--library", library.name).output
    assert f"{os.path.join(library.name, os.path.normpath(POOL))}:17:" in output  # noqa: PTH118  # as it is printed


def test_json_follows_its_schema(invoke: Invoke) -> None:
    output = invoke("check", "--format", "json").output
    Draft202012Validator(resources.schema("findings")).validate(json.loads(output))
    assert json.loads(output)["as_of"] == "2026-11-01T23:59:59Z"


def test_paths_restrict_the_report_and_not_the_reading(invoke: Invoke, library: Path) -> None:
    assert json.loads(invoke("check", POOL, "--format", "json").output)["summary"]["files"] == 1
    assert json.loads(invoke("check", "postmortems", "--format", "json").output)["summary"]["files"] == 3
    absolute = str((library / PUBLIC).absolute())
    assert json.loads(invoke("check", absolute, "--format", "json").output)["summary"]["files"] == 1
    folder = "postmortems/incidents/2026/../2025/"
    assert json.loads(invoke("check", folder, "--format", "json").output)["summary"]["files"] == 1


def test_a_file_that_is_no_postmortem_is_passed_over(invoke: Invoke) -> None:
    result = invoke("check", "afterword.yml")
    assert result.exit_code == 0
    assert "0 files" in result.output


@pytest.mark.parametrize("path", ["nowhere.md", "..", "/"])
def test_a_path_that_is_missing_or_outside_could_not_be_judged(invoke: Invoke, path: str) -> None:
    result = invoke("check", path)
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")


def test_select_and_ignore_take_codes_families_and_names(invoke: Invoke) -> None:
    chosen = _codes(invoke("check", "--select", "AW502,missing-part", "--format", "json").output)
    assert {code for code, _ in chosen} == {"AW502", "AW202"}
    left = _codes(invoke("check", "--ignore", "AW1", "--ignore", "AW502", "--format", "json").output)
    assert not {code for code, _ in left} & {"AW102", "AW502"}


def test_the_report_can_go_to_a_file_without_colour(invoke: Invoke, library: Path) -> None:
    result = invoke("check", "--color", "--output", "report.txt")
    assert result.output == ""
    assert "AW502" in (library / "report.txt").read_text(encoding="utf-8")
    assert "\x1b[" not in (library / "report.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("repository")
def test_nothing_changed_reports_no_file(invoke: Invoke) -> None:
    assert invoke("check", "--changed-since", "HEAD").output.startswith("0 files")


def test_changed_and_new_files_are_reported_and_removed_ones_are_not(repository: Path) -> None:
    (repository / SLOW).write_text((repository / SLOW).read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    new = "postmortems/incidents/2026/2026-07-01-đơn hàng.md"
    (repository / new).write_text("---\n", encoding="utf-8")
    (repository / PUBLIC).unlink()
    assert changed_since(repository, "main") == frozenset({SLOW, new})


def test_what_the_other_branch_did_meanwhile_is_not_reported(repository: Path, invoke: Invoke) -> None:
    git(repository, "switch", "--quiet", "--create", "topic")
    (repository / SLOW).write_text((repository / SLOW).read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "Topic")
    git(repository, "switch", "--quiet", "main")
    (repository / POOL).write_text((repository / POOL).read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "Main")
    git(repository, "switch", "--quiet", "topic")
    assert changed_since(repository, "main") == frozenset({SLOW})
    output = invoke("check", "--changed-since", "main", "--format", "json").output
    assert json.loads(output)["summary"]["files"] == 1
    output = invoke("check", PUBLIC, "--changed-since", "main", "--format", "json").output
    assert json.loads(output)["summary"]["files"] == 0


def test_changed_settings_concern_every_file(repository: Path, invoke: Invoke) -> None:
    settings = repository / "afterword.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    output = invoke("check", "--changed-since", "main", "--format", "json").output
    assert json.loads(output)["summary"]["files"] == 3


def test_in_a_hook_git_does_not_take_the_library_for_the_whole_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another worktree git tells its hooks where the repository is, and not where its files are."""
    inner = repository / "inner"
    inner.mkdir()
    (inner / "afterword.yml").write_text("schema: 1\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Inner")
    git(repository, "worktree", "add", "--quiet", "other")
    other = repository / "other" / "inner"
    monkeypatch.setenv("GIT_DIR", str(repository / ".git" / "worktrees" / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / ".git" / "worktrees" / "other" / "index"))
    assert changed_since(other, "HEAD") == frozenset()
    (other / "new.md").write_text("x", encoding="utf-8")
    assert changed_since(other, "HEAD") == frozenset({"new.md"})


def test_a_repository_that_lies_elsewhere_is_used_where_its_files_are_named(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (repository / ".git").rename(tmp_path / "elsewhere.git")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository))
    assert changed_since(repository, "HEAD") == frozenset()


def test_a_library_in_a_folder_of_a_repository_sees_its_own_files(repository: Path) -> None:
    inner = repository / "inner"
    (inner / "postmortems").mkdir(parents=True)
    (inner / "postmortems" / "a.md").write_text("x", encoding="utf-8")
    git(repository, "add", ".")
    assert changed_since(inner, "main") == frozenset({"postmortems/a.md"})


@pytest.mark.parametrize("reference", ["--output=x", "-p", "nowhere", "", "HEAD\n--x", "a:b", "main..HEAD"])
def test_a_reference_that_git_does_not_know_is_refused_and_never_an_option(repository: Path, reference: str) -> None:
    with pytest.raises(AfterwordError):
        changed_since(repository, reference)
    assert not (repository / "x").exists()


@pytest.mark.parametrize("reference", ["HEAD@{9}", "HEAD..HEAD", "HEAD...HEAD", "HEAD^{tree}"])
def test_what_is_no_single_commit_is_refused_with_an_example(repository: Path, invoke: Invoke, reference: str) -> None:
    result = invoke("--library", str(repository), "check", "--changed-since", reference)
    assert result.exit_code == 2
    assert f"git does not know the commit “{reference}”" in result.output
    assert "such as origin/main" in result.output


def test_outside_a_repository_it_says_so(invoke: Invoke, monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(library.parent))
    result = invoke("check", "--changed-since", "HEAD")
    assert result.exit_code == 2
    assert "git" in result.output


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_report_is_written_through_what_is_no_plain_file(invoke: Invoke, library: Path) -> None:
    pipe, link = library / "pipe", library / "link"
    os.mkfifo(pipe)
    link.symlink_to(library / "report.txt")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert invoke("check", "--output", str(pipe)).exit_code == 0
        assert b"3 files" in os.read(reader, 65536)
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert invoke("check", "--output", str(link)).exit_code == 0
    assert link.is_symlink()
    assert "3 files" in (library / "report.txt").read_text(encoding="utf-8")


def test_a_report_for_a_missing_folder_names_the_folder(invoke: Invoke) -> None:
    result = invoke("check", "--output", "nowhere/report.txt")
    assert result.exit_code == 2
    assert "the folder nowhere does not exist" in result.output


def _with_budgets(library: Path) -> None:
    (library / "budgets" / "slos").mkdir(parents=True)
    text = gating.SLO.format(name="checkout-errors", service="checkout", required="true")
    (library / "budgets" / "slos" / "checkout.yaml").write_text(text.replace("0.999", "99.9"), encoding="utf-8")
    (library / "budgets" / "policy.yml").write_text("schema: 1\nthresholds: {frieze: 20}\n", encoding="utf-8")


def test_files_of_budgets_are_checked_counted_and_chosen_like_the_others(invoke: Invoke, library: Path) -> None:
    before = json.loads(invoke("check", "--format", "json").output)["summary"]["files"]
    _with_budgets(library)
    found = invoke("check", "--format", "json")
    assert found.exit_code == 1
    assert json.loads(found.output)["summary"]["files"] == before + 2
    assert ("AW103", "budgets/policy.yml") in _codes(found.output)
    for path, files, paths in (
        ("budgets", 2, {"budgets/policy.yml", "budgets/slos/checkout.yaml"}),
        ("budgets/slos/", 1, {"budgets/slos/checkout.yaml"}),
        ("budgets/policy.yml", 1, {"budgets/policy.yml"}),
        ("postmortems", before, set()),
    ):
        output = invoke("check", path, "--fail-on", "hint", "--format", "json").output
        assert json.loads(output)["summary"]["files"] == files
        assert {item[1] for item in _codes(output) if item[1].startswith("budgets/")} == paths
    assert "budgets/policy.yml:2:14: error AW103 unknown key “frieze”\n" in invoke("check", "budgets").output
    assert "did you mean" in invoke("check", "budgets").output.lower()


def test_settings_silence_findings_about_budgets_where_a_rule_can_be_silenced(invoke: Invoke, library: Path) -> None:
    _with_budgets(library)
    path = library / "afterword.yml"
    ignore = "check:\n  ignore:\n    - {code: AW103, reason: Ours, paths: ['budgets/*']}\n"
    path.write_text(path.read_text(encoding="utf-8") + ignore, encoding="utf-8")
    found = json.loads(invoke("check", "budgets", "--format", "json").output)
    assert "AW103" not in {item["code"] for item in found["findings"]}
    assert "1 ignored with a reason" in invoke("check", "budgets").output


def test_a_second_run_finds_the_same_about_budgets(invoke: Invoke, library: Path) -> None:
    _with_budgets(library)
    first = invoke("check", "--format", "json").output
    assert invoke("check", "--format", "json").output == first
    assert invoke("--no-cache", "check", "--format", "json").output == first
