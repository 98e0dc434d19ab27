"""Backfills the example's telemetry into a Prometheus, and takes the snapshots that the library holds.

    python examples/telemetry/backfill.py [--keep FOLDER | --url URL]

Needs ``prometheus`` and ``promtool``. Months are simulated one by one, so that no file grows beyond half a gigabyte.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from effects import History, load, minute_of
from simulate import EFFECTS, ROOT, Shop, Span, write

from afterword.budgets.offline import promtool
from afterword.budgets.offline.server import serving
from afterword.errors import AfterwordError

FIRST = datetime(2025, 7, 20, tzinfo=UTC)
"""Early enough for the window of the first incident's budget."""
LATEST = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
"""When the example's latest snapshot is taken, half an hour before its clock stands still."""
MONTH_DAYS = 31
LATEST_DAYS = 35


def months(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The span cut at the beginnings of months."""
    while start < end:
        after = (start.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0)
        yield start, min(after, end)
        start = after


def moments() -> Iterator[tuple[datetime, int]]:
    """When snapshots are taken, and over how many days: the end of each month, and the latest."""
    for _, end in months(FIRST, LATEST.replace(day=1, hour=0, minute=0)):
        yield end - timedelta(minutes=30), MONTH_DAYS
    yield LATEST, LATEST_DAYS


def blocks(history: History, start: datetime, end: datetime, data: Path) -> None:
    """Simulates a span and adds it to the TSDB in ``data``. Raises ``AfterwordError`` without promtool."""
    program = promtool.need("promtool", os.environ, "Backfilling")
    shop = Shop(history)
    for first, last in months(start, end):
        text = data.parent / "telemetry.om"
        with text.open("w", encoding="utf-8", newline="\n") as out:
            samples = write(shop, Span(minute_of(first), minute_of(last)), out)
        options = ["tsdb", "create-blocks-from", f"--max-block-duration={promtool.BLOCK}", "--quiet", "openmetrics"]
        promtool.run(program, [*options, str(text), str(data)], promtool.BACKFILL_TIMEOUT)
        text.unlink()
        print(f"{first:%Y-%m-%d} to {last:%Y-%m-%d %H:%M}: {samples:,} samples", flush=True)


def afterword(arguments: Sequence[str], folder: Path, url: str) -> int:
    """Runs the command line in a library, with the server's address in its environment; gives the exit code."""
    command = [sys.executable, "-m", "afterword", *arguments]
    environment = {**os.environ, "PROMETHEUS_URL": url}
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def take(url: str) -> int:
    """Takes all snapshots from the server at ``url`` into the checkout."""
    for at, days in moments():
        options = ["--at", f"{at:%Y-%m-%dT%H:%M:%SZ}", "--days", str(days), "--url", url, "--force"]
        code = afterword(["budget", "snapshot", *options], ROOT, url)
        if code:
            return code
    return 0


def main() -> int:
    """Fills a server, takes the snapshots, stops the server."""
    parser = argparse.ArgumentParser(description="Backfill the example's telemetry and take its snapshots.")
    parser.add_argument("--keep", type=Path, help="a folder in which the TSDB stays, to be used again")
    parser.add_argument("--url", help="a server that holds the telemetry already")
    wanted = parser.parse_args()
    if wanted.url:
        return take(wanted.url)
    try:
        with tempfile.TemporaryDirectory(prefix="afterword-backfill-") as name:
            data = (wanted.keep or Path(name)).resolve() / "data"
            if not data.exists():
                data.mkdir(parents=True)
                blocks(load(ROOT, EFFECTS, LATEST), FIRST, LATEST + timedelta(minutes=2), data)
            with serving(data, os.environ) as url:
                return take(url)
    except (AfterwordError, OSError) as error:
        print(f"backfill: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
