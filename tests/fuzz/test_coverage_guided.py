"""A while of coverage-guided fuzzing. ``make fuzz SECONDS=…`` does it for longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUNS = 1_200
"""Enough for the seeds and some hundred changes of them, in a time that a test may take."""


def test_no_bytes_make_it_fail(root: Path, tmp_path: Path) -> None:
    if os.environ.get("AFTERWORD_FUZZ") == "0":
        pytest.skip("coverage-guided fuzzing is switched off with AFTERWORD_FUZZ=0")
    pytest.importorskip("atheris", reason="atheris is published for CPython on Linux with x86_64 alone")
    command = [
        sys.executable, "-m", "tests.fuzz.target", str(tmp_path / "corpus"), "-seed=1", f"-runs={RUNS}",
        "-max_len=4096", "-timeout=20", "-max_total_time=30", f"-artifact_prefix={tmp_path}/",
        f"-dict={root / 'tests' / 'fuzz' / 'markdown.dict'}", "-close_fd_mask=0",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=240, check=False)
    kept = sorted(path.read_bytes() for path in tmp_path.glob("*-*") if path.is_file())
    assert done.returncode == 0, f"{kept}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
