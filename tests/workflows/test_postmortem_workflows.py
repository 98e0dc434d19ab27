"""The workflows on pull requests, here and in a new library: nothing of a fork runs where something may be written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from afterword import resources
from afterword.cli.group import cli

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / ".github" / "workflows"
STARTER = ROOT / "tools" / "starter" / ".github" / "workflows"
REPORTS = pytest.mark.parametrize("path", [HERE / "postmortem.yml", STARTER / "postmortem.yml"], ids=["here", "new"])
BASE = "github.event.pull_request.base.sha"


def loaded(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def steps(path: Path, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = loaded(path)["jobs"][job]["steps"]
    return found


def step(path: Path, name: str) -> dict[str, Any]:
    [found] = [item for item in steps(path, "check") if item.get("id") == name or item.get("name") == name]
    return found


def all_workflows() -> list[Path]:
    return [*sorted(HERE.glob("postmortem*.yml")), *sorted(STARTER.glob("*.yml"))]


@pytest.mark.parametrize("path", all_workflows(), ids=lambda path: f"{path.parents[2].name}-{path.name}")
def test_a_workflow_pins_its_actions_asks_for_little_and_fills_nothing_into_a_shell(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow[True]
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        for item in job["steps"]:
            assert "${{" not in item.get("run", "")
            assert item.get("with", {}).get("persist-credentials", False) is False
    for action in re.findall(r"uses: ([^.\s]\S+)", text):
        assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize("path", all_workflows(), ids=lambda path: f"{path.parents[2].name}-{path.name}")
def test_every_permission_has_its_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    given = re.findall(r"^ +[\w-]+: (?:read|write)\b.*$", text, re.MULTILINE)
    assert given
    assert [line for line in given if not re.search(r"# to \w+", line)] == []


def test_a_new_library_starts_with_the_actions_that_are_used_here() -> None:
    """Updates arrive for the workflows here alone; the starter's have to follow."""
    texts = [path.read_text(encoding="utf-8") for path in (*HERE.glob("*.yml"), *STARTER.glob("*.yml"))]
    pins = {tuple(pin.split("@", 1)) for text in texts for pin in re.findall(r"uses: ([\w-]+/\S+@.+)", text)}
    assert len(pins) > 3
    assert len(pins) == len({action for action, _ in pins})


@REPORTS
def test_the_job_that_judges_may_only_read(path: Path) -> None:
    assert loaded(path)["jobs"]["check"]["permissions"] == {"contents": "read"}


@REPORTS
def test_a_check_that_may_be_required_reports_on_every_pull_request(path: Path) -> None:
    triggers = loaded(path)[True]
    assert set(triggers) == {"pull_request", "merge_group", "push"}
    assert triggers["pull_request"] is None


def test_here_the_code_of_the_base_judges() -> None:
    path = HERE / "postmortem.yml"
    [code] = [item for item in steps(path, "check") if item.get("with", {}).get("path") == "afterword"]
    assert BASE in code["with"]["ref"]
    for name in ("library", "check"):
        assert step(path, name)["uses"] == "./afterword"
        assert step(path, name)["with"]["working-directory"] == "library"


def test_in_a_new_library_only_what_the_base_asks_for_is_installed() -> None:
    path = STARTER / "postmortem.yml"
    [base] = [item for item in steps(path, "check") if item.get("with", {}).get("path") == "base"]
    assert BASE in base["with"]["ref"]
    installing = [item for item in steps(path, "check") if "pip install" in item.get("run", "")]
    assert [item["working-directory"] for item in installing] == ["base"]


def test_the_inputs_that_are_given_to_the_action_are_its_inputs() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for name in ("library", "check"):
        assert set(step(HERE / "postmortem.yml", name)["with"]) <= set(action["inputs"])


@REPORTS
def test_the_job_that_uploads_runs_nothing(path: Path) -> None:
    assert all("run" not in item for item in steps(path, "upload"))
    assert {item["uses"].partition("@")[0] for item in steps(path, "upload")} == {
        "actions/checkout", "actions/download-artifact", "github/codeql-action/upload-sarif",
    }  # fmt: skip


def test_the_job_that_comments_runs_the_default_branch_alone() -> None:
    path = HERE / "postmortem-comment.yml"
    workflow = loaded(path)
    assert workflow[True] == {"workflow_run": {"workflows": ["Postmortem"], "types": ["completed"]}}
    checkout, comment = workflow["jobs"]["comment"]["steps"]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert comment["run"] == "python3 .github/scripts/sticky_comment.py github"
    assert workflow["concurrency"]["cancel-in-progress"] is False


def test_a_new_library_has_all_that_the_comment_takes() -> None:
    files = resources.starter()
    for name in ("workflows/postmortem.yml", "workflows/postmortem-comment.yml", "scripts/sticky_comment.py"):
        assert files[f".github/{name}"].is_file()
    names = {loaded(path)["name"] for path in (HERE / "postmortem.yml", STARTER / "postmortem.yml")}
    assert names == {"Postmortem"}, "the workflow that comments waits for this name"


def git(folder: Path, *arguments: str) -> str:
    identity = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    identity |= {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607  # the git of the machine
        cwd=folder, env=os.environ | identity, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def merged(folder: Path, path: str) -> None:
    """A repository whose last commit merges a branch that changed one file."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "first")
    git(folder, "checkout", "-q", "-b", "branch")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("text\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "change")
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", "branch", "-m", "merge")


@pytest.mark.skipif(os.name == "nt" or shutil.which("git") is None, reason="the step runs in bash, with git")
@REPORTS
@pytest.mark.parametrize(
    ("file", "event", "expected"),
    [
        ("postmortems/incidents/2026/a.md", "pull_request", "true"),
        ("afterword.yml", "pull_request", "true"),
        ("src/main.py", "pull_request", None),
        ("src/main.py", "push", "true"),
    ],
)
def test_only_what_touches_the_library_is_checked(
    tmp_path: Path, path: Path, file: str, event: str, expected: str | None
) -> None:
    merged(tmp_path, file)
    bash = shutil.which("bash")
    assert bash
    environment = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(tmp_path / "out"), "GITHUB_EVENT_NAME": event}
    script = step(path, "changed")["run"]
    subprocess.run(
        [bash, "-e", "-o", "pipefail", "-c", script], cwd=tmp_path, env=environment | {"BASE": ""}, check=True
    )
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    assert outputs.get("library") == expected
    if event == "pull_request":
        assert outputs["base"] == git(tmp_path, "rev-parse", "HEAD^1")


HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_that_exists_once_over_postmortems(hook: dict[str, Any]) -> None:
    program, name, *options = hook["entry"].split()
    assert program == "afterword"
    command = cli.get_command(click.Context(cli), name)
    assert command
    assert set(options) <= {option for parameter in command.params for option in parameter.opts}
    assert hook["require_serial"] is True
    pattern = re.compile(hook["files"])
    assert pattern.search("postmortems/incidents/2026/2026-03-04-checkout.md")
    assert pattern.search("docs/postmortems/incidents/2026/2026-03-04-checkout.md")
    assert not pattern.search("README.md")
    assert not pattern.search("site/index.html")


def test_the_pipeline_for_gitlab_writes_what_gitlab_is_told_to_read() -> None:
    pipeline = loaded(ROOT / ".gitlab-ci.yml")
    changes = pipeline["check-changes"]
    assert "junit=postmortems.xml" in changes["script"][0]
    assert changes["artifacts"]["reports"] == {"junit": "postmortems.xml"}
    assert "gitlab=gl-code-quality-report.json" in pipeline["check"]["script"][0]
    assert pipeline["check"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
    [rule] = pipeline["note"]["rules"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID" in rule["if"]
