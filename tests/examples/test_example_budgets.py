"""The example library's objectives, snapshots and postmortems fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import library, settings
from afterword.budgets import catalog, judging, specs
from afterword.budgets.budget import Budget
from afterword.budgets.catalog import Catalog
from afterword.budgets.incidents import evidence
from afterword.budgets.incidents.evidence import Evidence
from afterword.budgets.snapshots import store
from afterword.findings import Level

LARGEST = 2_500_000
"""Bytes of all snapshots together: git keeps them for ever."""


@pytest.fixture(scope="module")
def held(root: Path) -> Catalog:
    """What budgets/ says."""
    return catalog.load(root, {}, settings.load(root).services)


@pytest.fixture(scope="module")
def known(root: Path) -> Evidence:
    """What the snapshots say of the incidents."""
    chosen = settings.load(root)
    assert chosen.as_of
    found = evidence.gather(
        root, library.load(root, chosen, use_cache=False, workers=1).postmortems, chosen.as_of, {}, use_cache=False
    )
    assert found
    return found


@pytest.fixture(scope="module")
def budgets(root: Path, held: Catalog) -> dict[str, Budget]:
    """The budgets of the latest snapshot."""
    latest = store.latest(root)
    assert latest
    return {item.objective.id: item for item in judging.all(latest, held.policy.thresholds, held.corrections)}


def test_nothing_is_wrong_with_its_files(held: Catalog) -> None:
    assert [item for item in held.findings if item.level is not Level.HINT] == []


def test_the_latest_snapshot_measured_the_objectives_that_are_there(root: Path, held: Catalog) -> None:
    latest = store.latest(root)
    assert latest
    assert latest.specs == specs.digest(root)
    assert [item.objective for item in latest.measurements] == list(held.objectives)


def test_its_objectives_stand_in_different_states(budgets: dict[str, Budget]) -> None:
    states = {name: item.state.value for name, item in budgets.items()}
    assert states == {
        "assistant-quality": "CAUTION",
        "catalog-errors": "FREEZE",
        "catalog-latency": "CAUTION",
        "checkout-availability": "NORMAL",
        "checkout-errors": "CAUTION",
        "checkout-latency": "NORMAL",
        "orders-durability": "NORMAL",
        "storefront-availability": "WARNING",
    }


def test_maintenance_is_taken_out_and_what_was_not_counted_is_marked(budgets: dict[str, Budget]) -> None:
    upgraded = budgets["checkout-availability"]
    assert upgraded.remaining
    assert upgraded.raw_remaining
    assert upgraded.remaining - upgraded.raw_remaining > 0.3
    assert "UNCOUNTED" in budgets["catalog-errors"].marks


def test_its_postmortems_state_what_telemetry_says(root: Path, known: Evidence) -> None:
    stated = {
        (item.id, cost.slo): cost.consumed
        for item in library.load(root, settings.load(root), use_cache=False, workers=1).postmortems
        for cost in item.budgets
    }
    measured = {(item.postmortem, item.slo): item.consumed for item in known.telemetry.charges}
    assert stated == {key: pytest.approx(measured[key], abs=0.0006) for key in stated}
    assert {key for key, used in measured.items() if used > 0.01} - stated.keys() == {
        ("2026-01-22-a-retention-job-deleted-the-lines-of-back-ordered-orders", "orders-durability")
    }  # a budget of zero has no shares


def test_one_breach_has_no_postmortem_and_one_is_waived(known: Evidence) -> None:
    breaches = known.telemetry.breaches
    assert [item.slo for item in breaches if item.is_open] == ["catalog-errors"]
    assert [item.slo for item in breaches if item.waiver] == ["checkout-errors"]


def test_its_snapshots_are_small(root: Path) -> None:
    assert sum((store.folder(root) / name).stat().st_size for name in store.names(root)) < LARGEST
