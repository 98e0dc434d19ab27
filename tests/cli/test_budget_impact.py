"""``afterword budget impact`` on a library with one snapshot, and what ``check`` makes of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterword.budgets import openslo
from afterword.budgets.incidents import evidence
from afterword.budgets.snapshot import STEP, Measurement, Snapshot, Source
from afterword.budgets.snapshots import store
from tests.cli.conftest import POOL, Invoke

SLO = "budgets/slos/checkout-errors.yaml"
TEXT = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: checkout-errors}
spec:
  service: checkout
  indicator:
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {type: prometheus, spec: {query: http_errors_total}}}
        total: {metricSource: {type: prometheus, spec: {query: http_requests_total}}}
  timeWindow: [{duration: 7d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{target: 0.999}]
"""
ID = "2026-03-04-pool-exhausted"
AT = datetime(2026, 3, 9, tzinfo=UTC)
DAYS = 21
START = AT - timedelta(days=DAYS)
WAIVERS = """\
schema: 1
waivers:
  - {objective: checkout-errors, at: 2026-03-06T12:10:00Z, reason: A load test, by: "@lead", on: 2026-03-07}
"""


def step(text: str) -> int:
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - START) // timedelta(seconds=STEP)


@pytest.fixture
def measured(library: Path) -> Path:
    """Telemetry in which the incident used 40 % of its budget, and another breach 25 %, two days later."""
    (library / SLO).parent.mkdir(parents=True)
    (library / SLO).write_text(TEXT, encoding="utf-8")
    specs = openslo.read({SLO: TEXT.encode()}, {})
    assert [item for item in specs.findings if item.level == "error"] == []
    bad = [0.0] * (DAYS * 288)
    for index in range(step("2026-03-04T09:15"), step("2026-03-04T09:50")):
        bad[index] = 0.4 * 2016 / 7
    for index in range(step("2026-03-06T12:00"), step("2026-03-06T12:25")):
        bad[index] = 0.25 * 2016 / 5
    made = Measurement(specs.objectives[0], tuple(bad), (1000.0,) * len(bad))
    store.save(library, Snapshot(AT, AT, START, len(bad), Source("live"), (made,)))
    return library


def test_it_shows_what_incidents_used_and_what_nobody_explained(measured: Path, invoke: Invoke) -> None:
    shown = invoke("budget", "impact")
    assert shown.exit_code == 0, shown.output
    assert f"{ID}  checkout-errors       40.0 %" in shown.output
    assert "2026-03-06 12:00  2026-03-06 12:25  checkout-errors       25.0 %" in shown.output
    assert "postmortems tell of 1 of 2 breaches (50 %)" in shown.output
    assert measured.joinpath(evidence.CACHE).is_file()
    assert invoke("budget", "impact").output == shown.output


def test_a_backup_of_an_editor_is_no_objective_and_a_link_within_the_library_is_one(
    measured: Path, invoke: Invoke
) -> None:
    """As for the gate: both read the same files."""
    shown = invoke("budget", "impact").output
    (measured / SLO).with_name(".checkout-errors.yaml").write_text(TEXT.replace("0.999", "0.9"), encoding="utf-8")
    assert invoke("budget", "impact").output == shown
    (measured / SLO).rename(measured / "elsewhere.yaml")
    (measured / SLO).symlink_to(measured / "elsewhere.yaml")
    assert invoke("budget", "impact").output == shown


def test_the_same_as_json(measured: Path, invoke: Invoke) -> None:
    del measured
    said = json.loads(invoke("budget", "impact", ID, "--format", "json").output)
    (charge,) = said["charges"]
    assert charge["consumed"] == pytest.approx(0.4)
    assert (charge["infinite"], charge["stated"], charge["shared"]) == (False, None, False)
    assert said["coverage"] == {"breaches": 2, "explained": 1, "waived": 0, "share": 0.5}


def test_an_open_breach_fails_only_the_check_and_a_waiver_ends_that(measured: Path, invoke: Invoke) -> None:
    assert invoke("budget", "impact").exit_code == 0
    assert invoke("budget", "impact", "--check").exit_code == 1
    (measured / "budgets/waivers.yml").write_text(WAIVERS, encoding="utf-8")
    shown = invoke("budget", "impact", "--check")
    assert shown.exit_code == 0
    assert "1 of 1 breaches (100 %), 1 waived" in shown.output


def test_writing_puts_the_figure_into_the_front_matter_and_changes_nothing_else(measured: Path, invoke: Invoke) -> None:
    before = (measured / POOL).read_text(encoding="utf-8")
    assert invoke("budget", "impact", "2026-03-04", "--write").exit_code == 0
    after = (measured / POOL).read_text(encoding="utf-8")
    added = "budgets:\n  - slo: checkout-errors\n    consumed: 0.4\n"
    assert added in after
    assert after.replace(added, "") == before
    assert invoke("budget", "impact", "--write").exit_code == 0
    assert (measured / POOL).read_text(encoding="utf-8") == after


def test_writing_corrects_a_figure_in_its_place(measured: Path, invoke: Invoke) -> None:
    path = measured / POOL
    given = path.read_text(encoding="utf-8").replace(
        "root_cause:",
        "budgets: [{slo: other, consumed: 0.1}, {slo: checkout-errors, consumed: 0.2}]  # guessed\nroot_cause:",
    )
    path.write_text(given, encoding="utf-8")
    found = json.loads(invoke("check", "--select", "AW6", "--format", "json").output)["findings"]
    differs = [(item["path"], item["line"], item["message"]) for item in found if item["code"] == "AW606"]
    assert differs == [(POOL, 11, "20.0 % of checkout-errors is stated, and telemetry says 40.0 %")]
    assert invoke("budget", "impact", "--write").exit_code == 0
    assert path.read_text(encoding="utf-8") == given.replace("consumed: 0.2", "consumed: 0.4")
    assert "AW606" not in invoke("check", "--select", "AW6").output


def test_check_tells_of_a_breach_where_its_objective_stands(measured: Path, invoke: Invoke) -> None:
    del measured
    found = json.loads(invoke("check", "--select", "AW605", "--format", "json").output)["findings"]
    assert [(item["path"], item["level"]) for item in found] == [(SLO, "warning")]
    assert "lost 25 % of the budget from 2026-03-06 12:00 to 12:25 UTC" in found[0]["message"]
    assert json.loads(invoke("check", POOL, "--select", "AW605", "--format", "json").output)["findings"] == []


def test_without_snapshots_it_could_not_judge(library: Path, invoke: Invoke) -> None:
    del library
    shown = invoke("budget", "impact")
    assert shown.exit_code == 2
    assert "afterword budget snapshot" in shown.output
    assert invoke("budget", "impact", "nothing-like-it").exit_code == 2


def test_a_damaged_snapshot_is_a_finding_and_nothing_is_judged_by_it(measured: Path, invoke: Invoke) -> None:
    (name,) = store.names(measured)
    path = store.folder(measured) / name
    path.write_bytes(path.read_bytes()[:-20])
    shown = invoke("budget", "impact")
    assert shown.exit_code == 2
    assert f"budgets/snapshots/{name}" in shown.output
    found = json.loads(invoke("check", "--select", "AW0", "--format", "json").output)["findings"]
    assert [item["code"] for item in found if item["path"].endswith(name)] == ["AW001"]


@pytest.mark.parametrize("text", [b"", b"{}", b"[1]", b'{"key": 1}', b"\xff"])
def test_a_broken_memory_is_made_anew(measured: Path, invoke: Invoke, text: bytes) -> None:
    first = invoke("budget", "impact").output
    (measured / evidence.CACHE).write_bytes(text)
    assert invoke("budget", "impact").output == first


def test_what_changes_the_answer_is_not_remembered(measured: Path, invoke: Invoke) -> None:
    assert "40.0 %" in invoke("budget", "impact").output
    (measured / SLO).write_text(TEXT.replace("0.999", "0.998"), encoding="utf-8")
    assert "20.0 %" in invoke("budget", "impact").output
    (measured / SLO).write_text(TEXT.replace("http_errors_total", "other_errors_total"), encoding="utf-8")
    assert "no snapshot holds the objective" in invoke("budget", "impact").output
