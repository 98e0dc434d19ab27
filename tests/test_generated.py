"""What is made from the code is as the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_generated_files_are_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, ".ci/generate.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
