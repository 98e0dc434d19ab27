"""The site builds under ProperDocs as it does under MkDocs: the engine outlives either."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NAME = "incidents/2026/2026-03-04-checkout-answered-503-while-the-connection-pool-was-exhausted/index.html"


def test_the_shipped_library_builds_strictly_under_properdocs(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
        cwd=root, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    assert "SEV1" in text
    assert "Content-Security-Policy" in text
    assert (tmp_path / "incidents.json").is_file()
