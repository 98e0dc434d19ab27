"""``afterword migrate``: what becomes of a folder of reports, and of what somebody has edited since."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from afterword.cli.group import cli

POOL = """\
# Checkout answered 503

**Severity**: SEV2
**Category**: Capacity

## Summary

The pool was exhausted, see [the queue](2024-03-09-queue.md) and [the plan](plan.pdf).

## Timeline

All times in UTC.

| Time | Event |
| --- | --- |
| 2024-03-04 09:12 | Checkout started to answer 503 |
| 2024-03-04 09:16 | Alert fired |
| 2024-03-04 09:50 | Service restored |

## Action items

- Alert when the pool is over 80 % (@ana, due 2024-04-01)
- [x] Raise the limit to 300 connections

## Thanks

Everybody who stayed up.
"""
QUEUE = """\
# Queue stood still

## Summary

Nothing moved. Nobody had a message for an hour, and nobody knew why. ![graph](graph.png)
"""
FILES = {
    "2024-03-04-pool.md": POOL,
    "2024-03-09-queue.md": QUEUE,
    "graph.png": "not really a picture",
    "README.md": "# Our postmortems\n\nCopy the template.\n",
}
DRAFT = "postmortems/incidents/2024/2024-03-04-checkout-answered-503.md"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "library"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(item) for item in arguments])


def migrate(source: Path, out: Path, *more: str) -> dict[str, Any]:
    result = run("migrate", source, out, "--format", "json", *more)
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.output)
    return said


def outcomes(said: dict[str, Any]) -> dict[str, str]:
    return {item["source"]: item["outcome"] for item in said["files"]}


def test_a_folder_becomes_a_library_without_errors(source: Path, out: Path) -> None:
    said = migrate(source, out)
    assert said["summary"]["reports"] == 2
    assert [item["path"] for item in said["left"]] == ["README.md"]
    text = (out / DRAFT).read_text(encoding="utf-8")
    for line in ("title: Checkout answered 503", "status: draft", "severity: SEV2", "root_cause: capacity",
                 "started: 2024-03-04T09:12:00Z", "resolved: 2024-03-04T09:50:00Z", "    due: 2024-04-01"):  # fmt: skip
        assert f"\n{line}\n" in text
    assert "Alert when the pool" not in text.partition("\n---\n")[2]
    assert "Everybody who stayed up." in text
    check = run("check", "--library", out, "--format", "json")
    assert json.loads(check.output)["summary"]["errors"] == 0


def test_each_value_names_its_line(source: Path, out: Path) -> None:
    (item,) = [item for item in migrate(source, out)["files"] if item["source"] == "2024-03-04-pool.md"]
    lines = {fact["key"]: fact["line"] for fact in item["taken"]}
    assert (lines["title"], lines["severity"], lines["root_cause"], lines["started"]) == (1, 3, 4, 16)
    assert [action["line"] for action in item["actions"]] == [22, 23]
    assert [item["actions"][0][key] for key in ("owner", "due")] == ["@ana", "2024-04-01"]
    assert item["actions"][1]["status"] == "done"
    assert [link["target"] for link in item["dead_links"]] == ["plan.pdf"]
    assert all(gap["why"] for gap in item["not_told"])


def test_links_between_reports_follow_them_and_assets_come_along(source: Path, out: Path) -> None:
    said = migrate(source, out)
    text = (out / DRAFT).read_text(encoding="utf-8")
    assert "[the queue](2024-03-09-queue-stood-still.md)" in text
    assert "and the plan." in text
    (asset,) = said["assets"]
    assert (out / asset["to"]).read_bytes() == b"not really a picture"


def test_a_document_is_told_unless_a_report_brings_it_along(source: Path, out: Path) -> None:
    for name in ("plan.pdf", "2024-05-06-disk.pdf"):
        (source / name).write_bytes(b"%PDF-1.4")
    said = migrate(source, out)
    assert [item["path"] for item in said["left"]] == ["2024-05-06-disk.pdf", "README.md"]
    assert said["summary"]["left"] == 2
    assert "plan.pdf" in {item["from"] for item in said["assets"]}
    output = run("migrate", source, out, "--format", "summary").output
    assert "\n  2024-05-06-disk.pdf: a PDF, which is not read: export what it was made of" in output


def test_a_dry_run_writes_nothing(source: Path, out: Path) -> None:
    said = migrate(source, out, "--dry-run")
    assert said["dry_run"]
    assert outcomes(said) == {"2024-03-04-pool.md": "created", "2024-03-09-queue.md": "created"}
    assert not out.exists()
    assert "Would write 2 postmortems" in run("migrate", source, out, "--dry-run").output


def test_a_second_run_leaves_alone_what_somebody_has_edited(source: Path, out: Path) -> None:
    migrate(source, out)
    edited = (out / DRAFT).read_text(encoding="utf-8").replace("kind: incident", "kind: near-miss")
    (out / DRAFT).write_text(edited, encoding="utf-8")
    (source / "2024-03-04-pool.md").write_text(POOL.replace("exhausted", "empty"), encoding="utf-8")
    (source / "2024-03-09-queue.md").write_text(QUEUE.replace("Nothing", "Little"), encoding="utf-8")
    assert outcomes(migrate(source, out)) == {"2024-03-04-pool.md": "edited", "2024-03-09-queue.md": "updated"}
    assert (out / DRAFT).read_text(encoding="utf-8") == edited
    assert "Little moved." in (out / "postmortems/incidents/2024/2024-03-09-queue-stood-still.md").read_text("utf-8")


def test_what_somebody_has_moved_does_not_come_back(source: Path, out: Path) -> None:
    migrate(source, out)
    (out / DRAFT).rename((out / DRAFT).with_name("2024-03-04-pool-exhausted.md"))
    assert outcomes(migrate(source, out))["2024-03-04-pool.md"] == "gone"
    assert not (out / DRAFT).exists()


def test_a_report_with_another_title_moves_its_file(source: Path, out: Path) -> None:
    migrate(source, out)
    (source / "2024-03-04-pool.md").write_text(POOL.replace("# Checkout", "# Shop"), encoding="utf-8")
    assert outcomes(migrate(source, out))["2024-03-04-pool.md"] == "updated"
    assert not (out / DRAFT).exists()
    assert (out / DRAFT.replace("checkout", "shop")).exists()


def test_a_second_run_of_the_same_changes_nothing(source: Path, out: Path) -> None:
    migrate(source, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert set(outcomes(migrate(source, out)).values()) == {"unchanged"}
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_edited_settings_stay_and_what_they_do_not_know_is_told(source: Path, out: Path) -> None:
    migrate(source, out)
    settings = (out / "afterword.yml").read_text(encoding="utf-8").replace("  capacity:", "  limits:")
    (out / "afterword.yml").write_text(settings, encoding="utf-8")
    (source / "2024-03-04-pool.md").write_text(POOL.replace("Capacity", "Moon phase"), encoding="utf-8")
    said = migrate(source, out)
    assert (out / "afterword.yml").read_text(encoding="utf-8") == settings
    (item,) = [item for item in said["files"] if item["source"] == "2024-03-04-pool.md"]
    assert {"key": "root_cause", "why": "“Moon phase” is not under categories in afterword.yml", "line": 4} in (
        item["not_told"]
    )
    assert run("check", "--library", out).exit_code == 0


def test_a_file_that_was_there_before_is_left_alone(source: Path, out: Path) -> None:
    assert run("init", out).exit_code == 0
    (out / DRAFT).parent.mkdir(parents=True, exist_ok=True)
    (out / DRAFT).write_text("mine", encoding="utf-8")
    said = migrate(source, out)
    assert (out / DRAFT).read_text(encoding="utf-8") == "mine"
    assert (out / DRAFT.replace(".md", "-2.md")).exists()
    assert said["summary"]["outcomes"] == {"created": 2}


def test_an_old_report_without_an_end_is_not_ongoing(source: Path, out: Path) -> None:
    migrate(source, out)
    text = (out / "postmortems/incidents/2024/2024-03-09-queue-stood-still.md").read_text(encoding="utf-8")
    assert "\nunknown: [resolved]   # the report does not say when it was over\n" in text
    assert "ongoing" not in run("list", "--library", out).output
    assert "unknown" not in (out / DRAFT).read_text(encoding="utf-8")


def test_a_report_that_says_so_is_ongoing(source: Path, out: Path) -> None:
    (source / "2024-03-09-queue.md").write_text(f"---\nresolved: false\n---\n{QUEUE}", encoding="utf-8")
    migrate(source, out)
    assert "ongoing" in run("list", "--library", out).output


def test_the_totals_name_what_was_left_and_the_new_words(source: Path, out: Path) -> None:
    (source / "2024-03-04-pool.md").write_text(POOL.replace("Capacity", "Moon phase"), encoding="utf-8")
    output = run("migrate", source, out, "--format", "summary").output
    assert "\nNew words in afterword.yml\n  categories: moon-phase\n" in output
    assert "\nNo reports\n  README.md: a read-me file\n" in output
    assert "\nWrote 2 postmortems and 1 asset to " in output
    again = run("migrate", source, out, "--format", "summary").output
    assert "\nWrote 0 postmortems" in again
    assert "\n2 unchanged\n" in again


def test_the_next_steps_keep_old_drafts_quiet(source: Path, out: Path) -> None:
    output = run("migrate", source, out, "--format", "summary").output
    first, since = "afterword check --ignore AW102,AW202,AW308,AW5", "afterword check --changed-since HEAD"
    for command in (
        "Next:\n  cd",
        first,
        "afterword check postmortems/incidents/2024",
        "git init; git add --all; git commit",
        since,
    ):
        assert f"{command} " in output
    assert run("check", "--library", out, *first.split()[2:]).exit_code == 0
    assert "Next:" not in run("migrate", source, out, "--dry-run").output
    assert "Next:" not in run("migrate", source, out, "--format", "json").output
    _git(out, "init", "-q")
    _git(out, "add", "--all")
    _git(out, "commit", "-q", "-m", "Bring our postmortems")
    assert "0 files, nothing found" in run("check", "--library", out, "--changed-since", "HEAD").output
    (out / DRAFT).write_text((out / DRAFT).read_text("utf-8").replace("kind: incident", "kind: near-miss"), "utf-8")
    assert "1 file, " in run("check", "--library", out, "--changed-since", "HEAD").output


def test_a_service_that_the_starter_has_as_an_example_is_one_of_the_library(source: Path, out: Path) -> None:
    (source / "2024-03-04-pool.md").write_text(
        POOL.replace("**Category**", "**Service**: checkout\n**Category**"), "utf-8"
    )
    migrate(source, out)
    assert "\nservices: [checkout]\n" in (out / DRAFT).read_text(encoding="utf-8")
    codes = {item["code"] for item in json.loads(run("check", "--library", out, "--format", "json").output)["findings"]}
    assert "AW104" not in codes


def test_equal_titles_are_told(source: Path, out: Path) -> None:
    (source / "outage-again.md").write_text(QUEUE, encoding="utf-8")
    said = migrate(source, out)
    (twins,) = said["duplicate_titles"]
    assert twins["title"] == "Queue stood still"
    assert len(twins["files"]) == 2
    assert "2 reports bear the title “Queue stood still”" in run("migrate", source, out, "--dry-run").output


def test_an_undated_report_becomes_an_undated_draft(source: Path, out: Path) -> None:
    (source / "outage-again.md").write_text(
        "# Nobody knows when\n\n## Summary\n\nNobody could sign in for a while, and then everybody could.\n",
        encoding="utf-8",
    )
    migrate(source, out)
    assert (out / "postmortems/incidents/undated-nobody-knows-when.md").exists()
    assert run("check", "--library", out).exit_code == 0


def _git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main")
    dates = {
        "GIT_AUTHOR_DATE": "2023-05-06T07:08:09Z",
        "GIT_COMMITTER_DATE": "2023-05-06T07:08:09Z",
    }
    command = ["git", *names, *arguments]
    subprocess.run(command, cwd=folder, env={**os.environ, **dates}, check=True, capture_output=True)  # any git


def test_the_history_of_git_dates_what_nothing_else_does(source: Path, out: Path) -> None:
    (source / "outage-again.md").write_text(
        "# Nobody knows when\n\n## Summary\n\nNobody could sign in for a while, and then everybody could.\n",
        encoding="utf-8",
    )
    _git(source, "init", "-q")
    _git(source, "add", ".")
    _git(source, "commit", "-q", "-m", "Reports")
    migrate(source, out)
    text = (out / "postmortems/incidents/2023/2023-05-06-nobody-knows-when.md").read_text(encoding="utf-8")
    assert "\nstarted: 2023-05-06   # " in text


def test_a_repository_without_a_work_tree_is_read(source: Path, out: Path, tmp_path: Path) -> None:
    _git(source, "init", "-q")
    _git(source, "add", ".")
    _git(source, "commit", "-q", "-m", "Reports")
    _git(tmp_path, "clone", "-q", "--bare", str(source), "bare.git")
    assert migrate(tmp_path / "bare.git", out)["summary"]["reports"] == 2


def test_public_reports_link_back(source: Path, out: Path) -> None:
    migrate(source, out, "--origin", "public", "--organization", "Example Rail",
            "--source-base", "https://example.org/reports/")  # fmt: skip
    text = (out / DRAFT).read_text(encoding="utf-8")
    assert "\norganization: Example Rail\nsource: https://example.org/reports/2024-03-04-pool.md\n" in text
    assert "    status: unknown\n" in text
    assert run("check", "--library", out).exit_code == 0


def test_a_secret_is_not_told_by_the_report(source: Path, out: Path) -> None:
    secret = "ghp_" + "a1B2" * 9
    (source / "2024-03-09-queue.md").write_text(f"# Token {secret} leaked\n\n## Summary\n\nx {secret}\n", "utf-8")
    for form in ("text", "json", "summary"):
        assert secret not in run("migrate", source, out, "--dry-run", "--format", form).output
    migrate(source, out)
    assert run("check", "--library", out).exit_code == 0


def test_a_value_that_lost_its_secret_is_told(source: Path, out: Path) -> None:
    secret = "ghp_" + "a1B2" * 9
    text = f"# Token {secret} leaked\n\n## Action items\n\n- Rotate the keys\n- Revoke {secret} at once\n"
    (source / "2024-03-09-queue.md").write_text(text, "utf-8")
    told = run("migrate", source, out, "--dry-run").output
    assert "\n  title                   holds a secret, for which the front matter has [masked]\n" in told
    assert "\n  2 values with a secret, for which the front matter has [masked]: revoke it\n" in told
    by_source = {item["source"]: item["masked"] for item in migrate(source, out)["files"]}
    assert by_source.pop("2024-03-09-queue.md") == ["title", "A2"]
    assert not any(by_source.values())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--time-zone", "Nowhere/Atlantis"), "is no zone"),
        (("--source-base", "reports"), "is no address"),
        (("--origin", "mine"), "is not one of"),
    ],
)
def test_options_are_refused_with_a_reason(source: Path, out: Path, more: tuple[str, ...], said: str) -> None:
    result = run("migrate", source, out, *more)
    assert result.exit_code == 2
    assert said in result.output
    assert not out.exists()


def test_a_library_is_not_made_of_itself(source: Path) -> None:
    result = run("migrate", source, source)
    assert result.exit_code == 1
    assert "Give another folder" in result.output


def test_a_folder_without_reports_says_so(tmp_path: Path, out: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("migrate", tmp_path / "empty", out)
    assert result.exit_code == 1
    assert "there is no report in" in result.output
    assert not out.exists()
    (tmp_path / "empty" / "LICENSE.md").write_text("Anybody may.\n", encoding="utf-8")
    assert "One file was looked at, LICENSE.md: a licence." in run("migrate", tmp_path / "empty", out).output
