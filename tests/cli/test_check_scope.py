"""A check of some files speaks of these alone: what is late elsewhere is shown where it belongs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.conftest import POOL, PUBLIC, SLOW

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def _found(invoke: Invoke, *arguments: str) -> list[tuple[str, str]]:
    """Code and path of each finding."""
    output = json.loads(invoke("check", *arguments, "--format", "json").output)
    return [(item["code"], item["path"]) for item in output["findings"]]


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607  # whichever git is there


def _commit(folder: Path) -> None:
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    _git(folder, "add", ".")
    identity = ("-c", "user.email=test@example.org", "-c", "user.name=Test", "-c", "core.autocrlf=false")
    _git(folder, *identity, "commit", "--quiet", "--message", "Start")


def test_an_overdue_action_is_no_matter_of_another_file(invoke: Invoke) -> None:
    assert ("AW502", POOL) in _found(invoke)
    assert {path for _, path in _found(invoke, PUBLIC, SLOW)} <= {PUBLIC, SLOW}


def test_an_overdue_action_is_no_matter_of_a_change_that_does_not_touch_it(invoke: Invoke, library: Path) -> None:
    _commit(library)
    (library / SLOW).write_text((library / SLOW).read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert {path for _, path in _found(invoke, "--changed-since", "main")} <= {SLOW}
    (library / POOL).write_text((library / POOL).read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert ("AW502", POOL) in _found(invoke, "--changed-since", "main")
