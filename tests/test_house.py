"""The house itself: imports go one way, locks and workflows are pinned, every exception has a reason."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt", ROOT / "requirements-mutants.txt"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PACKAGES = [ROOT / "tools" / "afterword", ROOT / "plugins" / "afterword_mkdocs"]


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    # A checkout that belongs to somebody else, as in a container, is still this one.
    command = ["git", "-c", f"safe.directory={ROOT.as_posix()}", "ls-files", "-z", "--deduplicate"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def test_imports_go_one_way() -> None:
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert tool, "import-linter is not installed beside this Python"
    run = subprocess.run(
        [tool, "--no-logo", "--no-cache"], cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_module_opens_connections_past_the_contract() -> None:
    """``urllib`` is half a parser and half a client; the contract can only forbid it whole."""
    clients = re.compile(r"\burllib\.request\b|\bfrom urllib import .*\brequest\b")
    modules = [path for package in PACKAGES for path in package.rglob("*.py")]
    assert len(modules) > 100
    assert [path.name for path in modules if clients.search(path.read_text(encoding="utf-8"))] == []


def test_a_lint_is_only_ignored_with_a_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("[tool.ruff.lint]")
    codes = [line for line in lines[start:] if re.match(r'\s*"[A-Z]+\d+",', line)]
    assert codes
    assert [line for line in codes if not re.search(r"# \w+.* \w+", line)] == []


def test_a_warning_is_only_let_through_with_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    filters = _project()["tool"]["pytest"]["ini_options"]["filterwarnings"]
    assert filters[0] == "error"
    for entry in filters[1:]:
        assert re.search(rf"{re.escape(entry)}[\"'], *# \w+ \w+", text), entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_and_hashes_everything_and_names_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry, entry


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = _project()
    groups = project["dependency-groups"]
    wanted = {
        "requirements.txt": [*project["project"]["dependencies"], *groups["build"]],
        "requirements-dev.txt": [*project["project"]["dependencies"], *groups["build"], *groups["dev"]],
        "requirements-mutants.txt": groups["mutants"],
    }
    for name, requirements in wanted.items():
        pins = dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8")))
        for text in requirements:
            requirement = Requirement(text)
            pin = pins.get(canonicalize_name(requirement.name))
            assert pin, f"{name} lacks {text}: make lock"
            assert requirement.specifier.contains(pin, prereleases=True), f"{name} has {pin}, not {text}"


def test_the_locks_agree() -> None:
    small, large, beside = (
        dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"))) for lock in LOCKS
    )
    assert small.items() <= large.items()
    assert {name: large[name] for name in beside if name in large}.items() <= beside.items()


def test_the_locks_hold_the_build_backend() -> None:
    project = _project()
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


WRITES = {
    ("budget-snapshot.yml", "snapshot"): {"contents": "write"},
    ("deploy-with-error-budget.yml", "notify-blocked"): {"contents": "read", "pull-requests": "write"},
    ("postmortem.yml", "upload"): {"actions": "read", "contents": "read", "security-events": "write"},
    ("postmortem-comment.yml", "comment"): {"actions": "read", "contents": "read", "pull-requests": "write"},
}
"""The jobs that may write, and what: all others read."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_actions_and_asks_for_little(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    uses = re.findall(r"^[^#\n]*uses: (.+)", text, re.MULTILINE)
    assert uses
    for action in uses:
        if action.startswith(("$/", "./afterword #")):  # of this repository: the workflow's commit, or the base
            continue
        assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    for name, job in workflow["jobs"].items():
        assert job["permissions"] in ({}, {"contents": "read"}, WRITES.get((path.name, name)))
        assert job["timeout-minutes"] <= 60
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_text_is_utf8_with_line_feeds_and_one_at_the_end() -> None:
    faults = []
    for path in _tracked():
        data = path.read_bytes()
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("tests/cases/") or b"\0" in data or not data:
            continue
        try:
            data.decode()
        except UnicodeDecodeError:
            faults.append(f"{name} is not UTF-8")
        if b"\r" in data:
            faults.append(f"{name} has carriage returns")
        if not data.endswith(b"\n") or data.endswith(b"\n\n"):
            faults.append(f"{name} does not end with one line feed")
    assert faults == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_a_package_is_typed_and_every_folder_of_code_is_a_package(package: Path) -> None:
    assert (package / "py.typed").is_file()
    folders = {path.parent for path in package.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
