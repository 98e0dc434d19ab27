"""What is wrong with the files of ``budgets/``, remembered only while nothing that it follows from has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from afterword.budgets import catalog, inspection, memory, specs
from afterword.budgets.gate import policy
from afterword.budgets.inspection import Inspection
from tests.gating import SLO, library

FILES = ("budgets/policy.yml", "budgets/slos/checkout-errors.yaml", "budgets/slos/orders-errors.yaml")
SERVICES = ("checkout", "orders")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A library without faults."""
    return library(tmp_path / "shop", {"checkout-errors": "NORMAL", "orders-errors": "NORMAL"})


def inspected(
    root: Path, environment: dict[str, str] | None = None, services: tuple[str, ...] = SERVICES
) -> Inspection:
    """What is found with the memory of it, which has to be what is found without."""
    found = inspection.inspect(root, environment or {}, services)
    assert found == inspection.inspect(root, environment or {}, services, use_cache=False)
    return found


def test_a_folder_without_any_is_empty_and_leaves_no_memory(tmp_path: Path) -> None:
    assert inspection.inspect(tmp_path, {}, ()) == Inspection()
    assert not (tmp_path / ".cache").exists()


def test_nothing_is_read_again_while_nothing_changes(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = inspected(shop)
    assert first == Inspection(FILES, ())
    monkeypatch.setattr(catalog, "load", None)
    assert inspection.inspect(shop, {}, SERVICES) == first


def test_a_changed_file_a_service_and_a_variable_are_looked_at_anew(shop: Path) -> None:
    assert not inspected(shop).findings
    assert inspected(shop, services=("checkout",)).findings
    path = shop / "budgets" / "slos" / "more.yaml"
    text = SLO.format(name="more-errors", service="checkout", required="true")
    text = text.replace("{type: Prometheus,", "{metricSourceRef: main, type: Prometheus,")
    source = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: main}\nspec:\n  type: Prometheus\n"
    path.write_text(f"{text}---\n{source}  connectionDetails: {{url: '${{SERVER}}'}}\n", encoding="utf-8")
    assert inspected(shop).findings
    assert not inspected(shop, {"SERVER": "https://one.example.org"}).findings
    assert inspected(shop).findings
    path.write_text("nothing", encoding="utf-8")
    assert inspected(shop, {"SERVER": "https://one.example.org"}).findings
    path.unlink()
    assert not inspected(shop).findings


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_may_change_unseen_is_not_remembered(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "else.yml").write_text("schema: 1\n", encoding="utf-8")
    (shop / policy.FILE).unlink()
    (shop / policy.FILE).symlink_to(tmp_path / "else.yml")
    assert len(inspected(shop).findings) == 1
    (shop / policy.FILE).unlink()
    assert not inspected(shop).findings


@pytest.mark.parametrize("text", ["", "[]", '{"key": 1}', '{"keys": 7, "files": 7, "findings": [7]}', "[" * 100_000])
def test_a_broken_memory_is_made_anew(shop: Path, text: str) -> None:
    wanted = inspected(shop)
    for path in (shop / memory.FOLDER).glob("*.json"):
        path.write_text(text, encoding="utf-8")
    assert inspected(shop) == wanted


def test_the_digest_of_the_objectives_changes_with_each_byte_and_name(shop: Path) -> None:
    before = specs.digest(shop)
    assert before == specs.digest(shop)
    path = shop / "budgets" / "slos" / "orders-errors.yaml"
    path.rename(path.with_name("orders.yaml"))
    renamed = specs.digest(shop)
    path.with_name("orders.yaml").write_text("x", encoding="utf-8")
    last = specs.digest(shop)
    assert len({before, renamed, last}) == 3
    (shop / "budgets" / "slos" / ".orders.yaml.swp.yaml").write_text("x", encoding="utf-8")
    assert specs.digest(shop) == last
    assert list(specs.paths(shop)) == ["budgets/slos/checkout-errors.yaml", "budgets/slos/orders.yaml"]
