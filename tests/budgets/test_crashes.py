"""Writers that are killed, and many at once: nothing is lost that was said to be written, and nothing is torn."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from afterword.budgets import store

SNAPSHOTS = """
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from afterword.budgets import store
from afterword.budgets.objective import Objective, Ratio
from afterword.budgets.snapshot import Count, Measurement, Snapshot, Source

root, writer, times = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
at = datetime(2026, 1, 1, tzinfo=UTC)
steps = 4000
objective = Objective("o", "o", "O", "shop", Fraction("0.999"), Ratio("t", bad="b"))
measured = Measurement(
    objective,
    tuple(float(n % 7) for n in range(steps)),
    tuple(float(n * 37 % 1009) for n in range(steps)),
    Count(1.0, 2.0),
)
for number in range(times):
    moment = at + timedelta(hours=number % 20, seconds=writer)
    start = at + timedelta(hours=number % 20) - steps * timedelta(minutes=5)
    taken = Snapshot(moment, moment, start, steps, Source("live"), (measured,))
    print(store.save(root, taken, force=True).name, flush=True)
"""


def writing(root: Path, writer: int, times: int) -> subprocess.Popen[str]:
    """A process that writes snapshots and tells the name of each that is written."""
    command = [sys.executable, "-c", SNAPSHOTS, str(root), str(writer), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(root: Path) -> set[str]:
    """The names of all snapshots; each has to be readable."""
    return {store.name_of(snapshot.at) for snapshot in store.all(root)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_snapshot_is_there_as_a_whole_or_not_at_all_when_its_writer_is_killed(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311  # the moments of death, the same at every run
    told: set[str] = set()
    for _ in range(12):
        process = writing(tmp_path, 0, 100_000)
        assert process.stdout
        told.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.15)
        process.kill()
        out, _err = process.communicate()
        told |= {line for line in out.splitlines() if line.endswith(store.SUFFIX)}
        assert told <= whole(tmp_path)
    assert len(told) > 5


def test_eight_writers_at_once_lose_and_tear_nothing(tmp_path: Path) -> None:
    processes = [writing(tmp_path, number % 4, 20) for number in range(8)]  # two of each write the same files
    told: set[str] = set()
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        told |= set(out.split())
    assert len(told) == 4 * 20
    assert whole(tmp_path) == told
    assert {path.name for path in store.folder(tmp_path).iterdir()} == told
