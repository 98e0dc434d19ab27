"""The dashboard for Grafana: held to Grafana's own types, and to the rules that record what it asks for."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Any

import promql_parser
import pytest
import yaml
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from afterword.budgets.budget import Thresholds
from afterword.budgets.objective import Ratio
from afterword.budgets.outputs import dashboard, rulefile
from tests.budgets.counting import objective

MADE: dict[str, Any] = json.loads(dashboard.dumps(Thresholds()))


def missing(wanted: Any, found: Any, path: str = "") -> list[str]:
    """What of ``wanted`` is not in ``found``; Grafana's types may add defaults."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [
            fault
            for key, value in wanted.items()
            for fault in ([f"{path}/{key}"] if key not in found else missing(value, found[key], f"{path}/{key}"))
        ]
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = enumerate(zip(wanted, found, strict=True))
        return [fault for at, (one, other) in pairs for fault in missing(one, other, f"{path}/{at}")]
    return [] if wanted == found else [f"{path}: {wanted!r} became {found!r}"]


def test_grafanas_own_types_read_the_whole_dashboard_and_write_it_again() -> None:
    register_default_plugins()
    again = json.loads(json.dumps(Dashboard.from_json(MADE), cls=JSONEncoder))
    assert missing(MADE, again) == []


def test_grafanas_types_would_lose_a_word_that_they_do_not_know() -> None:
    """So that the test above can fail."""
    register_default_plugins()
    wrong = json.loads(json.dumps(MADE))
    wrong["panels"][0]["options"]["showTresholdMarkers"] = True
    again = json.loads(json.dumps(Dashboard.from_json(wrong), cls=JSONEncoder))
    assert missing(wrong, again) == ["/panels/0/options/showTresholdMarkers"]


def test_it_is_the_dashboard_that_was_agreed_on() -> None:
    assert (MADE["uid"], MADE["refresh"], MADE["time"]["from"]) == ("error-budget-slo", "30s", "now-7d")
    assert MADE["tags"] == ["slo", "error-budget", "observability"]
    assert [panel["title"] for panel in MADE["panels"]] == [
        "Budget remaining", "Days until exhaustion", "Burn rate over 1 h", "Compliance", "Compliance history",
        "P95 latency",
    ]  # fmt: skip
    assert [panel["type"] for panel in MADE["panels"]] == ["gauge", "stat", "timeseries", "table", "timeseries",
                                                           "timeseries"]  # fmt: skip


def test_panels_do_not_overlap() -> None:
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in MADE["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells)) == 24 * 24


def test_every_query_is_promql_and_asks_for_what_the_rules_record() -> None:
    aim = objective(target="0.95", indicator=Ratio(total="d_count", good='d_bucket{le="0.5"}'))
    recorded = {
        rule["record"]
        for group in yaml.safe_load(rulefile.dump(rulefile.groups([aim])))["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    queries = [target["expr"] for panel in MADE["panels"] for target in panel["targets"]]
    for query in queries:
        promql_parser.parse(query)
        assert set(re.findall(r"slo:\w+:\w+", query)) <= recorded
    asked = {name for query in queries for name in re.findall(r"slo:\w+:\w+", query)}
    assert "slo:latency_seconds:p95_rate5m" in asked


def test_colours_change_where_the_policy_draws_its_lines() -> None:
    limits = Thresholds(Fraction(9, 10), Fraction(6, 10), Fraction(1, 10))
    gauge = dashboard.dashboard(limits)["panels"][0]["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert gauge == [
        {"value": None, "color": "red"},
        {"value": 0.1, "color": "orange"},
        {"value": 0.6, "color": "yellow"},
        {"value": 0.9, "color": "green"},
    ]


@pytest.mark.parametrize("folder", ["/var/lib/grafana/dashboards", 'C:\\dash "boards"'])
def test_the_provisioning_file_names_the_folder(folder: str) -> None:
    provider = yaml.safe_load(dashboard.provisioning(folder))["providers"][0]
    assert provider["options"]["path"] == folder
    assert provider["type"] == "file"
