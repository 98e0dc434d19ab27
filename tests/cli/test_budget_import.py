"""``afterword budget import``: files are written once, never over another, and what was left out is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.budgets.test_importing import SLOTH

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


@pytest.fixture
def sloth(tmp_path: Path) -> Path:
    path = tmp_path / "sloth.yml"
    path.write_text(SLOTH, encoding="utf-8")
    return path


def test_a_file_is_written_and_never_overwritten(invoke: Invoke, sloth: Path) -> None:
    result = invoke("budget", "import", str(sloth))
    assert result.exit_code == 0
    written = Path(result.stdout.removeprefix("Wrote ").strip())
    assert written.parts[-3:] == ("budgets", "slos", "checkout-requests-availability.yaml")
    assert "alerting.name has no counterpart" in result.stderr
    before = written.read_bytes()
    again = invoke("budget", "import", str(sloth))
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert written.read_bytes() == before


def test_a_dry_run_prints_and_writes_nothing(invoke: Invoke, sloth: Path, tmp_path: Path) -> None:
    result = invoke("budget", "import", str(sloth), "--dry-run", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert result.stdout.startswith("# Imported from a specification of Sloth")
    assert not (tmp_path / "out").exists()


def test_the_service_may_be_given(invoke: Invoke, sloth: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert invoke("budget", "import", str(sloth), "--service", "orders", "--out", str(out)).exit_code == 0
    assert "service: orders" in (out / "orders-requests-availability.yaml").read_text(encoding="utf-8")


def test_a_file_that_is_something_else_is_refused(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "other.yml"
    path.write_text("version: 3\n", encoding="utf-8")
    result = invoke("budget", "import", str(path))
    assert result.exit_code == 1
    assert "Sloth" in result.stderr
    missing = invoke("budget", "import", str(tmp_path / "no.yml"))
    assert missing.exit_code == 1
    assert "no.yml" in missing.stderr
