"""All that ``budgets/`` says, read in one place: what is at fault is left out and named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from afterword.budgets import catalog
from afterword.budgets.budget import State
from afterword.budgets.gate import policy
from afterword.findings import Level
from tests.gating import POLICY, library

STATES = {"checkout-errors": "NORMAL", "orders-errors": "FREEZE"}
CORRECTIONS = """\
schema: 1
corrections:
  - {objectives: [checkout-errors], start: 2026-10-01T00:00:00Z, end: 2026-10-01T01:00:00Z,
     reason: Planned, approver: "@lead"}
"""
WAIVERS = """\
schema: 1
waivers:
  - {objective: orders-errors, at: 2026-10-02T00:00:00Z, reason: A test, by: "@lead", on: 2026-10-03}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A library with every file that there may be."""
    root = library(tmp_path / "shop", STATES)
    (root / "budgets" / "corrections.yml").write_text(CORRECTIONS, encoding="utf-8")
    (root / "budgets" / "waivers.yml").write_text(WAIVERS, encoding="utf-8")
    return root


def test_everything_is_read(shop: Path) -> None:
    found = catalog.load(shop, {}, ("checkout", "orders"))
    assert found.findings == ()
    assert [item.id for item in found.objectives] == ["checkout-errors", "orders-errors"]
    assert found.policy.approvers == ("@lead",)
    assert len(found.corrections.entries) == len(found.waivers.entries) == 1
    assert found.files == (
        "budgets/corrections.yml", "budgets/policy.yml", "budgets/slos/checkout-errors.yaml",
        "budgets/slos/orders-errors.yaml", "budgets/waivers.yml",
    )  # fmt: skip


def test_a_library_without_budgets_has_an_empty_catalog(tmp_path: Path) -> None:
    assert catalog.load(tmp_path, {}) == catalog.Catalog()
    assert catalog.load(tmp_path, {}).policy == policy.DEFAULT


def test_a_file_at_fault_hides_none_of_the_others(shop: Path) -> None:
    (shop / "budgets" / "slos" / "checkout-errors.yaml").write_text("kind: [\n", encoding="utf-8")
    (shop / "budgets" / "waivers.yml").write_text("schema: 2\nwaivers: []\n", encoding="utf-8")
    found = catalog.load(shop, {})
    assert [item.id for item in found.objectives] == ["orders-errors"]
    assert {item.path for item in found.errors} == {"budgets/slos/checkout-errors.yaml", "budgets/waivers.yml"}
    assert len(found.corrections.entries) == 1, "it names the objective that is left out, and says nothing wrong"
    assert found.policy.lets_pass(policy.Change.FIX, State.WARNING)


def test_a_name_that_no_objective_bears_is_found(shop: Path) -> None:
    for name in ("corrections", "waivers"):
        path = shop / "budgets" / f"{name}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("-errors", "-error"), encoding="utf-8")
    found = catalog.load(shop, {})
    assert [(item.code, item.path) for item in found.findings] == [
        ("AW101", "budgets/corrections.yml"), ("AW101", "budgets/waivers.yml"),
    ]  # fmt: skip


def test_no_budget_follows_from_a_waiver(shop: Path) -> None:
    (shop / "budgets" / "waivers.yml").write_text("waivers: 1\n", encoding="utf-8")
    found = catalog.load(shop, {})
    assert found.errors
    assert found.judging == ()


def test_a_policy_at_fault_keeps_budgets_from_being_judged(shop: Path) -> None:
    (shop / "budgets" / "policy.yml").write_text(POLICY.replace("WARNING", "WARNINGS"), encoding="utf-8")
    found = catalog.load(shop, {})
    assert [item.path for item in found.judging] == ["budgets/policy.yml"]
    assert found.judging[0].span.line == 3
    assert found.policy == policy.DEFAULT


@pytest.mark.parametrize("name", ["policy", "corrections", "waivers"])
def test_a_file_that_nobody_reads_because_of_its_name_is_found(shop: Path, name: str) -> None:
    (shop / "budgets" / f"{name}.yml").rename(shop / "budgets" / f"{name}.yaml")
    found = catalog.load(shop, {})
    assert [(item.code, item.path, item.level) for item in found.findings] == [
        ("AW001", f"budgets/{name}.yaml", Level.ERROR)
    ]


def test_an_objective_of_an_unknown_service_is_found_only_where_services_are_known(shop: Path) -> None:
    assert catalog.load(shop, {}).findings == ()
    found = catalog.load(shop, {}, ("orders",))
    assert [(item.code, item.path) for item in found.findings] == [("AW104", "budgets/slos/checkout-errors.yaml")]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("path", ["budgets/policy.yml", "budgets/slos/checkout-errors.yaml"])
def test_a_link_that_leads_out_of_the_library_is_not_followed(shop: Path, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    (shop / path).rename(outside)
    (shop / path).symlink_to(outside)
    found = catalog.load(shop, {})
    assert ("AW001", path) in {(item.code, item.path) for item in found.judging}


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be opened as a file there either")
def test_a_folder_in_the_place_of_a_file_is_found(shop: Path) -> None:
    (shop / "budgets" / "policy.yml").unlink()
    (shop / "budgets" / "policy.yml").mkdir()
    assert [(item.code, item.path) for item in catalog.load(shop, {}).judging] == [("AW001", "budgets/policy.yml")]


def test_the_order_of_findings_is_that_of_places(shop: Path) -> None:
    for path in (shop / "budgets" / "slos").iterdir():
        path.write_text("nothing: here\n", encoding="utf-8")
    found = catalog.load(shop, {}).findings
    assert list(found) == sorted(found, key=lambda item: item.order)
    assert catalog.load(shop, {}) == catalog.load(shop, {})
