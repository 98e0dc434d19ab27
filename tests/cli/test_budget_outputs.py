"""``afterword budget rules`` and ``dashboard``: what is written where, and what is told on the side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.budgets.fleet import SLO

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def slo(library: Path, name: str, target: float = 0.999) -> None:
    path = library / "budgets" / "slos" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = {"name": name, "service": "checkout", "bad": "errors_total", "total": "requests_total"}
    path.write_text(SLO.format(**facts, window="30d", target=target), encoding="utf-8")


@pytest.fixture(autouse=True)
def _objectives(library: Path) -> None:
    slo(library, "errors")
    slo(library, "loose", 0.9)


def test_rules_are_printed_with_those_of_the_library_and_what_is_left_out_is_told(invoke: Invoke) -> None:
    result = invoke("budget", "rules")
    assert result.exit_code == 0
    names = [group["name"] for group in yaml.safe_load(result.stdout)["groups"]]
    assert names == ["slo-errors", "slo-errors-window", "slo-loose", "slo-loose-window", "afterword-library"]
    assert "Note: loose: no alert for 2 % of the budget in 1h" in result.stderr


def test_the_same_rules_are_written_to_a_file(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "rules.yml"
    assert invoke("budget", "rules", "--out", str(out)).stdout.startswith("Wrote ")
    assert out.read_text(encoding="utf-8") == invoke("budget", "rules").stdout


def test_one_objective_comes_alone(invoke: Invoke) -> None:
    result = invoke("budget", "rules", "--objective", "errors")
    assert [group["name"] for group in yaml.safe_load(result.stdout)["groups"]] == ["slo-errors", "slo-errors-window"]


def test_an_unknown_objective_is_refused_with_the_one_that_was_meant(invoke: Invoke) -> None:
    result = invoke("budget", "rules", "--objective", "erors")
    assert result.exit_code == 1
    assert "Did you mean errors?" in result.stderr


def test_a_faulty_objective_is_named_and_left_out(invoke: Invoke, library: Path) -> None:
    slo(library, "broken", 7)
    result = invoke("budget", "rules")
    assert result.exit_code == 0
    assert "broken.yaml:" in result.stderr
    assert "slo-broken" not in result.stdout


def test_a_library_without_objectives_says_what_to_do(invoke: Invoke, library: Path) -> None:
    for path in (library / "budgets" / "slos").iterdir():
        path.unlink()
    result = invoke("budget", "rules")
    assert result.exit_code == 1
    assert "there is no objective in budgets/slos" in result.stderr


def test_the_dashboard_draws_the_lines_of_the_librarys_policy(invoke: Invoke, library: Path, tmp_path: Path) -> None:
    policy = "schema: 1\nthresholds: {caution: 90, warning: 60, freeze: 30}\n"
    (library / "budgets" / "policy.yml").write_text(policy, encoding="utf-8")
    provisioning = tmp_path / "grafana.yml"
    result = invoke("budget", "dashboard", "--provisioning", str(provisioning), "--folder", "/srv/dashboards")
    steps = json.loads(result.stdout)["panels"][0]["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert [step["value"] for step in steps] == [None, 0.3, 0.6, 0.9]
    assert yaml.safe_load(provisioning.read_text(encoding="utf-8"))["providers"][0]["options"] == {
        "path": "/srv/dashboards"
    }


def test_a_faulty_policy_stops_the_dashboard(invoke: Invoke, library: Path) -> None:
    (library / "budgets" / "policy.yml").write_text("schema: 1\nthresholds: {freeze: much}\n", encoding="utf-8")
    result = invoke("budget", "dashboard")
    assert result.exit_code == 1
    assert "budgets/policy.yml:2:" in result.stderr
