"""The same budget from every source of telemetry, and the true one."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from afterword.budgets.snapshot import Count, Snapshot
from afterword.budgets.snapshots import store
from tests import servers
from tests.budgets import fleet

pytestmark = pytest.mark.server
RECORDED_AT = "2026-01-31T00:00:00Z"


def snapshot(library: Path, at: str, *source: str, days: int = 1) -> Snapshot:
    """What `afterword budget snapshot` takes from a source, in a process of its own."""
    target = library / "taken.json.gz"
    target.unlink(missing_ok=True)
    options = ["--at", at, "--days", str(days), "--output", str(target), *source]
    done = subprocess.run(
        [sys.executable, "-m", "afterword", "budget", "snapshot", *options],
        cwd=library,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return store.load(target)


def counts(taken: Snapshot) -> dict[str, Count]:
    """The objectives' own windows, by service."""
    found = {item.objective.service: item.own for item in taken.measurements}
    assert all(found.values()), [item.error for item in taken.measurements]
    return {service: count for service, count in found.items() if count}


def apart(one: float, other: float) -> float:
    """How far two figures are apart, as a share of the other."""
    return abs(one - other) / other


@dataclass(frozen=True)
class Sources:
    """One fleet in four forms, by name: the options that name them; and its truth."""

    options: Mapping[str, tuple[str, ...]]
    truth: Mapping[str, tuple[int, int]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> fleet.Fleet:
    """Telemetry whose truth is known."""
    return fleet.write(tmp_path_factory.mktemp("fleet"))


@pytest.fixture(scope="module")
def sources(made: fleet.Fleet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    """A live server, its admin snapshot, an archive of that, and the text."""
    folder = tmp_path_factory.mktemp("sources")
    blocks = servers.backfill(made.openmetrics, folder / "blocks")
    (folder / "work").mkdir()
    with servers.prometheus(blocks, folder / "work") as url:
        asked = urllib.request.Request(f"{url}/api/v1/admin/tsdb/snapshot", method="POST")  # noqa: S310  # loopback
        with urllib.request.urlopen(asked) as answer:  # noqa: S310  # loopback
            name = servers.snapshot_name(answer.read())
        taken = folder / "work" / "data" / "snapshots" / name
        shutil.copytree(taken, folder / "snapshot")
        with tarfile.open(folder / "snapshot.tar.gz", "w:gz", compresslevel=1) as archive:
            archive.add(taken, name)
        options = {
            "live": ("--url", url),
            "snapshot": ("--from", str(folder / "snapshot")),
            "archive": ("--from", str(folder / "snapshot.tar.gz")),
            "openmetrics": ("--from", str(made.openmetrics)),
        }
        yield Sources(options, made.truth)


def of_fleet(root: Path) -> Path:
    """A library with an objective for each of the fleet's services."""
    return fleet.library(root, {member.name: fleet.queries(member.name) for member in fleet.MEMBERS})


def judged(taken: dict[str, Count], truth: Mapping[str, tuple[int, int]]) -> None:
    """Holds what was taken to the truth: to 0.3 % for busy services, to 0.7 % for sparse ones.

    The gap of 20 minutes costs nothing, the events at the reset those since the last scrape before it.
    """
    for service, (bad, total) in truth.items():
        limit = 0.007 if service == "sparse" else 0.003
        assert apart(taken[service].total, total) < limit, (service, taken[service], total)
        assert apart(taken[service].bad, bad) < limit, (service, taken[service], bad)


def test_four_sources_tell_the_same_budget_and_the_true_one(sources: Sources, tmp_path: Path) -> None:
    library = of_fleet(tmp_path / "library")
    at = f"{fleet.AT:%Y-%m-%dT%H:%M:%SZ}"
    found = {name: counts(snapshot(library, at, *options)) for name, options in sources.options.items()}
    for taken in found.values():
        judged(taken, sources.truth)
    for name, taken in found.items():
        for service, count in taken.items():
            limit = 0.007 if service == "sparse" else 0.003
            assert apart(count.bad, found["live"][service].bad) < limit, (name, service)
            assert apart(count.total, found["live"][service].total) < limit, (name, service)


def test_victoriametrics_tells_the_same(made: fleet.Fleet, tmp_path: Path) -> None:
    library = of_fleet(tmp_path / "library")
    with servers.victoria(tmp_path) as url:
        servers.fill_victoria(url, made.openmetrics.read_bytes())
        taken = snapshot(library, f"{fleet.AT:%Y-%m-%dT%H:%M:%SZ}", "--url", url)
    assert taken.source.flavour == "victoriametrics"
    judged(counts(taken), made.truth)


TRUTH = {
    "api": (53_410, 103_696_274),
    "web": (43_960, 311_011_775),
    "checkout": (20_931, 15_545_365),
}
"""Of the recorded telemetry, by its README: 5xx and all requests of its last 30 days."""


@pytest.mark.parametrize("source", ["live", "folder", "archive"])
def test_recorded_telemetry_is_counted_to_a_ten_thousandth(
    source: str, telemetry: Path, telemetry_blocks: Path, telemetry_server: str, tmp_path: Path
) -> None:
    library = fleet.library(tmp_path, {name: fleet.queries(name) for name in (*TRUTH, "batch")})
    options = {
        "live": ("--url", telemetry_server),
        "folder": ("--from", str(telemetry_blocks)),
        "archive": ("--from", str(telemetry / "prom-snapshot-35d-60s.tgz")),
    }
    taken = counts(snapshot(library, RECORDED_AT, *options[source]))
    for service, (bad, total) in TRUTH.items():
        assert apart(taken[service].total, total) < 0.0001, service
        assert apart(taken[service].bad, bad) < 0.0001, service
    batch = taken["batch"]
    assert apart(batch.total, 10_181) < 0.001
    # its one error came with the first scrape of its series: no increase shows it, the correction does
    assert round(batch.bad + batch.uncounted_bad) == 1


@pytest.mark.parametrize("source", ["openmetrics", "live"])
def test_what_short_lived_pods_counted_before_their_first_scrape_is_found_and_flagged(
    source: str, telemetry: Path, tmp_path: Path
) -> None:
    packed = telemetry / "churn.om.txt.gz"
    names = ("churn", "burst")
    library = fleet.library(tmp_path / "library", {name: fleet.queries(name) for name in names}, "7d", 0.99)
    if source == "openmetrics":
        taken = counts(snapshot(library, RECORDED_AT, "--from", str(packed)))
    else:
        text = tmp_path / "churn.om"
        with gzip.open(packed) as stream:
            text.write_bytes(stream.read())
        (tmp_path / "work").mkdir()
        with servers.prometheus(servers.backfill(text, tmp_path / "blocks"), tmp_path / "work") as url:
            taken = counts(snapshot(library, RECORDED_AT, "--url", url))
    churn, burst = taken["churn"], taken["burst"]
    true = 13_440 / 1_223_040
    assert churn.bad / churn.total < true / 5  # what a plain increase sees
    corrected = (churn.bad + churn.uncounted_bad) / (churn.total + churn.uncounted_total)
    assert apart(corrected, true) < 0.06
    assert burst.bad == 0
    assert burst.uncounted_bad == 5_000
