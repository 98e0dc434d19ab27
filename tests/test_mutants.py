"""The script behind `make mutants`: it knows every room, and leaves alone what cannot be tried."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutants", root / ".ci" / "mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_room_with_functions_is_tried_against_tests_that_are_there(root: Path, script: ModuleType) -> None:
    rules = root / "tools/afterword/rules"
    rooms = {path.parent.name for path in rules.glob("*/*.py") if "\ndef " in path.read_text(encoding="utf-8")}
    assert rooms | {"base", "checking", "selection", "silencing"} == set(script.ROOMS)
    for _, tests in script.ROOMS.values():
        assert all((root / test).is_file() for test in tests)


def test_what_runs_while_a_module_is_imported_is_left_alone(script: ModuleType) -> None:
    text = """\
def made() -> str:
    return part()

def part() -> str:
    return "x"

def used() -> str:
    return "y"

def both() -> str:
    return "z"

def _check() -> str:
    return both()

class Rule:
    ...

EXAMPLE = made() + both()
RULE = Rule(made(), _check, lambda: used())
"""
    marked = [line for line in script.left_alone(text).split("\n") if "no mutate" in line]
    assert marked == ["def made() -> str:  # pragma: no mutate block"]
    assert script.left_alone("X = 1\n") == "X = 1\n"
