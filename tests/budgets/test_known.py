"""Known: what was read without a finding is remembered, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.budgets import catalog, known, memory

SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: shop-errors
spec:
  service: shop
  indicator:
    metadata: {name: shop-errors}
    spec:
      ratioMetric:
        counter: true
        bad: {metricSource: {type: Prometheus, spec: {query: 'bad_total{service="shop"}'}}}
        total: {metricSource: {type: Prometheus, spec: {query: 'all_total{service="shop"}'}}}
  timeWindow: [{duration: 30d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{displayName: Errors, target: 0.999}]
"""
MAINTENANCE = """\
schema: 1
corrections:
  - reason: New database
    approver: Mika
    services: [shop]
    start: 2026-10-01T00:00:00Z
    end: 2026-10-01T01:00:00Z
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "budgets" / "slos").mkdir(parents=True)
    (tmp_path / "budgets" / "slos" / "shop.yaml").write_text(SLO, encoding="utf-8")
    return tmp_path


def read(root: Path, **environment: str) -> known.Known:
    return known.load(root, environment, ["shop"])


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on nothing but the memory can answer."""

    def fail(*_: object) -> None:
        raise AssertionError("the files are read again")

    return lambda: monkeypatch.setattr(catalog, "load", fail)


def test_objectives_are_the_same_from_memory_their_places_too(library: Path, unread: Callable[[], None]) -> None:
    first = read(library)
    unread()
    again = read(library)
    assert again == first
    assert [(item.path, item.span) for item in again.objectives] == [
        (item.path, item.span) for item in first.objectives
    ]
    assert again.objectives[0].path == "budgets/slos/shop.yaml"


def test_maintenance_is_the_same_from_memory(library: Path, unread: Callable[[], None]) -> None:
    (library / "budgets" / "corrections.yml").write_text(MAINTENANCE, encoding="utf-8")
    first = read(library)
    unread()
    assert first.faults == ()
    assert len(first.corrections.entries) == 1
    assert read(library) == first


@pytest.mark.parametrize("changed", ["budgets/slos/shop.yaml", "budgets/policy.yml", "budgets/corrections.yaml"])
def test_any_file_that_changes_or_appears_is_read(library: Path, unread: Callable[[], None], changed: str) -> None:
    read(library)
    with (library / changed).open("a", encoding="utf-8") as stream:
        stream.write("\n# later\n")
    unread()
    with pytest.raises(AssertionError, match="read again"):
        read(library)


def test_what_has_a_finding_is_read_each_time(library: Path, unread: Callable[[], None]) -> None:
    (library / "budgets" / "slos" / "shop.yaml").write_text(SLO.replace("0.999", "1.5"), encoding="utf-8")
    assert read(library).faults
    assert memory.recall(library, known.NAME) is None
    unread()
    with pytest.raises(AssertionError, match="read again"):
        read(library)


def test_an_address_that_may_hold_a_password_is_never_kept(library: Path) -> None:
    source = """\
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: main}
spec: {type: Prometheus, connectionDetails: {url: "https://${HOST}/"}}
"""
    text = SLO.replace("metricSource: {type: Prometheus, ", "metricSource: {metricSourceRef: main, ")
    (library / "budgets" / "slos" / "shop.yaml").write_text(text + source, encoding="utf-8")
    found = read(library, HOST="secret.example")
    assert found.objectives[0].source is not None
    assert found.objectives[0].source.url == "https://secret.example"
    assert memory.recall(library, known.NAME) is None


@pytest.mark.parametrize("odd", ["{}", "[", '{"key": 1}', '{"objectives": [[{"id": 1}, "x", [1]]]}'])
def test_a_broken_memory_is_made_anew(library: Path, odd: str) -> None:
    first = read(library)
    place = library / memory.FOLDER / f"{known.NAME}.json"
    kept = place.read_text(encoding="utf-8")
    place.write_text(
        odd.replace("{", f'{{"key": "{kept[9:73]}", ', 1) if "objectives" in odd else odd, encoding="utf-8"
    )
    assert read(library) == first
    assert place.read_text(encoding="utf-8") == kept


def test_without_a_cache_nothing_is_written(library: Path) -> None:
    known.load(library, {}, ["shop"], use_cache=False)
    assert not (library / ".cache").exists()


def test_objectives_alone_are_remembered_by_themselves(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = known.objectives(library, {})
    assert [item.id for item in first.objectives] == ["shop-errors"]
    assert read(library).objectives == first.objectives
    monkeypatch.setattr(catalog, "objectives", None)
    assert known.objectives(library, {}) == first


def test_a_fault_of_an_objective_is_told_with_the_objectives_alone(library: Path) -> None:
    (library / "budgets" / "slos" / "shop.yaml").write_text(SLO.replace("0.999", "1.5"), encoding="utf-8")
    assert known.objectives(library, {}).faults
    assert memory.recall(library, known.ALONE) is None
