"""Writers that are killed, and many at once: nothing is lost that was said to be written, and nothing is torn."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from afterword.budgets.gate import audit
from afterword.budgets.snapshots import store

SNAPSHOTS = """
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from afterword.budgets.snapshots import store
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

RECORDS = """
import sys
from pathlib import Path

from afterword.budgets.gate import audit

root, writer, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(times):
    facts = {"written_at": f"2026-01-01T00:00:{number % 60:02}Z", "reason": "a reason " * 50, "number": number}
    print(audit.write(root, facts, "writer" + writer).name, flush=True)
"""


def writing(root: Path, writer: int, times: int, program: str = SNAPSHOTS) -> subprocess.Popen[str]:
    """A process that writes snapshots, or records, and tells the name of each that is written."""
    command = [sys.executable, "-c", program, str(root), str(writer), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(root: Path) -> set[str]:
    """The names of all snapshots; each has to be readable."""
    return {store.name_of(snapshot.at) for snapshot in store.all(root)}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_snapshot_is_there_as_a_whole_or_not_at_all_when_its_writer_is_killed(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311  # the moments of death, the same at every run
    told: set[str] = set()
    for _ in range(8):
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


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_no_record_that_was_said_to_be_written_is_lost_when_its_writer_is_killed(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311  # the moments of death, the same at every run
    told: set[str] = set()
    for _ in range(8):
        process = writing(tmp_path, 0, 100_000, RECORDS)
        assert process.stdout
        told.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.1)
        process.kill()
        out, _err = process.communicate()
        told |= {line for line in out.splitlines() if line.endswith(".json")}
        log = audit.read(tmp_path)
        assert not log.faults
        assert told <= {record.name for record in log.records}
    assert len(told) > 8


@pytest.mark.parametrize("writers", [1, 8], ids=["the same writer", "writers of their own"])
def test_eight_processes_at_once_write_every_record_and_keep_the_chains_whole(writers: int, tmp_path: Path) -> None:
    processes = [writing(tmp_path, number % writers, 10, RECORDS) for number in range(8)]
    told: list[str] = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        told += out.split()
    log = audit.read(tmp_path)
    assert not log.faults
    assert sorted(told) == [record.name for record in log.records]
    assert len(set(told)) == 80
