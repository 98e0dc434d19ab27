"""The demonstration runs on a real Prometheus and leaves the checkout alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers


def listing(root: Path) -> set[tuple[str, int]]:
    """What lies in the library's folder of budgets."""
    return {(str(path), path.stat().st_mtime_ns) for path in (root / "budgets").rglob("*")}


@pytest.mark.server
def test_the_demo_runs_from_simulation_to_gate_without_touching_the_checkout(root: Path) -> None:
    for name in ("prometheus", "promtool"):
        servers.program(name)
    before = listing(root)
    command = [sys.executable, str(root / "examples" / "telemetry" / "demo.py"), "--days", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Rollback to catalog passes" in done.stdout
    assert listing(root) == before


def test_the_demo_says_what_it_lacks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_PROMTOOL", "not-there")
    command = [sys.executable, str(root / "examples" / "telemetry" / "demo.py"), "--days", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 2
    assert "promtool, which is not here" in done.stderr
    assert "Install Prometheus" in done.stderr
