"""Shows error budgets live: simulate, backfill, serve, snapshot, status, gate. What ``make demo`` runs.

    python examples/telemetry/demo.py [--days 35]

It works on a temporary copy of the library; the checkout stays as it is. Needs ``prometheus`` and ``promtool``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from backfill import LATEST, afterword, blocks
from effects import load
from simulate import EFFECTS, ROOT

from afterword.budgets.offline.server import serving
from afterword.errors import AfterwordError

DAYS = 35
CLOCK = LATEST + timedelta(minutes=32)
"""Until after the library's own clock, at which a live server is asked."""
LIBRARY = ("afterword.yml", "mkdocs.yml", "postmortems", "budgets")
COMMANDS = (
    ["budget", "snapshot", "--at", f"{LATEST:%Y-%m-%dT%H:%M:%SZ}"],
    ["budget", "status"],
    ["gate", "--service", "checkout"],
    ["gate", "--service", "storefront"],
    ["gate", "--service", "catalog", "--change", "rollback", "--live"],
)


def copied(target: Path) -> Path:
    """A library like the checkout's, without its snapshots."""
    for name in LIBRARY:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("snapshots", "overrides"))
        else:
            shutil.copy2(ROOT / name, target / name)
    return target


def main() -> int:
    """Runs all of it; the exit code is that of whatever failed first. A gate that says no has not failed."""
    parser = argparse.ArgumentParser(description="Show error budgets live, on simulated telemetry.")
    parser.add_argument("--days", type=int, default=DAYS, help="how many days to simulate")
    days = parser.parse_args().days
    try:
        with tempfile.TemporaryDirectory(prefix="afterword-demo-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            data, library = folder / "data", folder / "library"
            data.mkdir()
            library.mkdir()
            say(f"Simulating {days} days of the example shop and writing them into a database")
            blocks(load(ROOT, EFFECTS, CLOCK), LATEST - timedelta(days=days), CLOCK, data)
            say("Starting a Prometheus on it")
            with serving(data, os.environ, private=True) as url:
                print(url)
                return commands(copied(library), url)
    except (AfterwordError, OSError) as error:
        print(f"demo: {error}", file=sys.stderr)
        hint = getattr(error, "hint", None)
        print(hint, file=sys.stderr) if hint else None
        return 2


def commands(library: Path, url: str) -> int:
    """Runs the commands in the copy of the library and says what they answered."""
    for arguments in COMMANDS:
        where = ["--url", url] if "snapshot" in arguments else []
        say(f"afterword {' '.join([*arguments, *where])}")
        code = afterword([*arguments, *where], library, url)
        print(f"exit code {code}", flush=True)
        if (code and "snapshot" in arguments) or code == 99:
            return code
    say("The server is stopped, the copy of the library removed")
    return 0


def say(text: str) -> None:
    """A heading on the terminal."""
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
