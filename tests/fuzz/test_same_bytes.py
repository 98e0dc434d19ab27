"""Two runs say the same in every form, to the byte: whatever else differs between them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from afterword import library
from tests.fuzz.shapes import SHAPES
from tests.rules.whole import FOLDER

SETTINGS = """\
schema: 1
severities: {SEV1: {title: Critical, critical: true}, SEV3: {title: Minor}}
categories: {capacity: {title: Capacity}}
teams: {team-payments: {title: Payments}}
services: {checkout: {title: Checkout, team: team-payments}, orders: {title: Orders}}
"""
RUNS: dict[str, tuple[list[str], dict[str, str]]] = {
    "two processes, files in another order, far east, Turkish": (
        ["2", "none", "backwards"],
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    ),
    "four processes, a cold cache, far west, no locale": (
        ["4", "cache", "forwards"],
        {"PYTHONHASHSEED": "random", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "COLUMNS": "40"},
    ),
    "a warm cache": (["1", "cache", "backwards"], {"PYTHONHASHSEED": "random", "TZ": "America/Sao_Paulo"}),
}


def run(root: Path, home: Path, arguments: list[str], given: dict[str, str]) -> dict[str, Any]:
    """What a process says."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHASHSEED", "TZ", "LC_ALL")}
    command = [sys.executable, "-m", "tests.fuzz.said", str(home), *arguments]
    done = subprocess.run(command, cwd=root, env=kept | given, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hostile files, so many that several processes read them."""
    home = tmp_path_factory.mktemp("library")
    (home / "afterword.yml").write_text(SETTINGS, encoding="utf-8")
    for number, (name, shape) in enumerate(list(SHAPES.items())[::2]):
        word = re.sub(r"[^a-z]+", "-", name).strip("-") or "sign"
        path = home / FOLDER / str(2024 + number % 3) / f"2026-03-04-{word}-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(shape(700).encode())
    assert len(library.find(home)) > library._WORTH_A_POOL  # else nothing is shown
    return home


@pytest.fixture(scope="module")
def first(root: Path, home: Path) -> dict[str, Any]:
    """What one process says without a cache."""
    return run(root, home, ["1", "none", "forwards"], {"PYTHONHASHSEED": "0", "TZ": "UTC"})


@pytest.mark.parametrize("name", RUNS)
def test_the_same_is_said_to_the_byte(root: Path, home: Path, first: dict[str, Any], name: str) -> None:
    if name == "a warm cache":  # whichever test runs first
        run(root, home, ["1", "cache", "forwards"], {})
    found = run(root, home, *RUNS[name])
    assert [form for form, text in found.items() if text != first[form]] == []
    assert first["json"].count('"code"') > 100
