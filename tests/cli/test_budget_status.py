"""``afterword budget status``: a table, the same JSON as the gate's, and the same codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from afterword import resources
from tests.gating import CODES, Done, gate, library

STATES = {
    "checkout-errors": "WARNING", "checkout-latency": "NORMAL", "orders-errors": "EXHAUSTED",
    "quiet-errors": "UNCHECKED",
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library."""
    return library(tmp_path_factory.mktemp("shop"), STATES)


def status(shop: Path, *arguments: str, **more: str) -> Done:
    """What the command says."""
    return gate(shop, *arguments, command=("budget", "status"), **more)


def test_it_lists_all_objectives_the_worst_first(shop: Path) -> None:
    done = status(shop)
    table = done.stdout.partition("\n\n")[0].splitlines()[1:]
    assert [line.split()[0] for line in table] == [
        "quiet-errors",
        "orders-errors",
        "checkout-errors",
        "checkout-latency",
    ]
    assert done.returncode == 99
    assert "quiet-errors is UNCHECKED: no data in the window" in done.stdout


@pytest.mark.parametrize(
    ("service", "state"), [("checkout", "WARNING"), ("orders", "EXHAUSTED"), ("quiet", "UNCHECKED")]
)
def test_its_json_follows_the_schema_and_its_code_the_worst(shop: Path, service: str, state: str) -> None:
    done = status(shop, "--service", service, "--json")
    found = json.loads(done.stdout)
    Draft202012Validator(resources.schema("verdict")).validate(found)
    assert (found["state"], found["code"], done.returncode) == (state, CODES[state], CODES[state])
    assert {item["service"] for item in found["objectives"]} == {service}
    assert "can_deploy" not in found


def test_an_override_changes_nothing_of_a_status(shop: Path) -> None:
    assert status(shop, "--service", "checkout", OVERRIDE_DEPLOY="1").returncode == 1
    assert not (shop / "budgets" / "overrides").exists()


@pytest.mark.parametrize(
    "arguments", [("--service", "nobody"), ("--service", ""), ("--nonsense",), ("--max-age", "nan")]
)
def test_what_cannot_be_asked_is_99(shop: Path, arguments: tuple[str, ...]) -> None:
    assert status(shop, *arguments).returncode == 99
