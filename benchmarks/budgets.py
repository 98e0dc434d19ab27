"""Measures error budgets as whole commands, start-up included, and prints medians and ratios.

    python benchmarks/budgets.py [--quick]

Needs ``prometheus`` and ``promtool``. The telemetry is simulated up to now (examples/telemetry), because
slo-generator, which stands beside, always asks for the present. It gets an environment of its own, from PyPI;
``--quick`` leaves it out and runs everything once. Both sides run from bytecode, as pip leaves it at an installation,
whatever the shell says of it; a first run that nobody counts fills caches.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "examples" / "telemetry"))

from backfill import blocks  # noqa: E402  # a script's folder, which is no package
from effects import load  # noqa: E402
from simulate import EFFECTS  # noqa: E402

from afterword.budgets.offline.server import serving  # noqa: E402  # beside the two above
from afterword.errors import AfterwordError  # noqa: E402  # the same

AFTERWORD = [sys.executable, "-m", "afterword"]
PEER = ["setuptools<81", "slo-generator[prometheus]==2.6.0"]
WINDOWS = {"1 hour": 3600, "6 hours": 21_600, "3 days": 259_200, "30 days": 2_592_000}
DAYS = 35
REQUESTS = "http_requests_total"
TIMES = "http_request_duration_seconds"
SIX = {
    "assistant-quality": (
        "assistant",
        0.8,
        'assistant_ratings_total{service="assistant",stars=~"4|5"}',
        'assistant_ratings_total{service="assistant"}',
    ),
    **{
        f"{service}-errors": (
            service,
            0.999,
            f'{REQUESTS}{{service="{service}",code!~"5.."}}',
            f'{REQUESTS}{{service="{service}"}}',
        )
        for service in ("catalog", "checkout", "storefront")
    },
    **{
        f"{service}-latency": (
            service,
            0.95,
            f'{TIMES}_bucket{{service="{service}",le="0.5"}}',
            f'{TIMES}_count{{service="{service}"}}',
        )
        for service in ("catalog", "checkout")
    },
}
"""Service, target, good and total events of the objectives that both sides judge."""


def seconds(command: Sequence[str], folder: Path, url: str = "", accepted: Sequence[int] = (0,)) -> float:
    """How long a command takes; one that ends otherwise than accepted stops the benchmark."""
    environment = {**os.environ, "NO_COLOR": "1", "PROMETHEUS_URL": url, "PYTHONWARNINGS": "ignore"}
    start = time.perf_counter()
    done = subprocess.run(list(command), cwd=folder, env=environment, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode not in accepted:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return took


def median(times: int, measure: Callable[[], float]) -> float:
    """The median of some runs, after one that nobody counts."""
    measure()
    return statistics.median(measure() for _ in range(times))


def show(name: str, took: float, target: str = "", note: str = "") -> None:
    """One row of the table."""
    print(f"| {name} | {took:.2f} s | {target} | {note} |", flush=True)


def library(folder: Path, *, own: bool) -> Path:
    """A library: the example's, or one with the six objectives; on the real clock, without snapshots."""
    folder.mkdir()
    for name in ("mkdocs.yml", "postmortems"):
        source = ROOT / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy2(source, folder / name)
    settings = yaml.safe_load((ROOT / "afterword.yml").read_text(encoding="utf-8"))
    del settings["as_of"]
    (folder / "afterword.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    shutil.copytree(ROOT / "budgets", folder / "budgets", ignore=shutil.ignore_patterns("snapshots", "overrides"))
    if own:
        shutil.rmtree(folder / "budgets" / "slos")
        (folder / "budgets" / "slos").mkdir()
        for number, (name, facts) in enumerate(SIX.items()):
            write(folder, name, *facts, number)
        for name in ("corrections.yml", "waivers.yml"):
            (folder / "budgets" / name).unlink(missing_ok=True)
    return folder


def write(folder: Path, name: str, service: str, target: float, good: str, total: str, number: int) -> None:
    """One OpenSLO file; ``number`` only sets its title apart."""
    queries = {"good": good, "total": total}
    metric = {
        role: {"metricSource": {"type": "Prometheus", "spec": {"query": query}}} for role, query in queries.items()
    }
    spec = {
        "service": service,
        "indicator": {"metadata": {"name": name}, "spec": {"ratioMetric": {"counter": True, **metric}}},
        "timeWindow": [{"duration": "30d", "isRolling": True}],
        "budgetingMethod": "Occurrences",
        "objectives": [{"displayName": f"Objective {number}", "target": target}],
    }
    facts = {"apiVersion": "openslo/v1", "kind": "SLO", "metadata": {"name": name}, "spec": spec}
    path = folder / "budgets" / "slos" / f"{name}.yaml"
    path.write_text(yaml.safe_dump(facts, sort_keys=False), encoding="utf-8")


def peer(folder: Path, url: str) -> list[str]:
    """An environment with slo-generator and its settings for the same six; the command that judges them."""
    venv.create(folder / "peer", with_pip=True)
    scripts = folder / "peer" / ("Scripts" if os.name == "nt" else "bin")
    seconds([str(scripts / "python"), "-m", "pip", "install", "-q", *PEER], folder)
    (folder / "slos").mkdir()
    for name, (service, target, good, total) in SIX.items():
        indicator = {"filter_good": _windowed(good), "filter_valid": _windowed(total)}
        spec = {
            "description": name,
            "goal": target,
            "backend": "prometheus",
            "method": "good_bad_ratio",
            "error_budget_policy": "default",
            "exporters": [],
            "service_level_indicator": indicator,
        }
        labels = {"service_name": service, "feature_name": service, "slo_name": name}
        facts = {
            "apiVersion": "sre.google.com/v2",
            "kind": "ServiceLevelObjective",
            "metadata": {"name": name, "labels": labels},
            "spec": spec,
        }
        (folder / "slos" / f"{name}.yaml").write_text(yaml.safe_dump(facts), encoding="utf-8")
    words = {
        "alert": False,
        "message_alert": "-",
        "message_ok": "-",
        "burn_rate_threshold": 9,
    }
    steps = [{"name": name, "window": length, **words} for name, length in WINDOWS.items()]
    shared = {
        "backends": {"prometheus": {"url": url}},
        "error_budget_policies": {"default": {"steps": steps}},
        "exporters": {},
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(shared), encoding="utf-8")
    return [str(scripts / "slo-generator"), "compute", "-f", str(folder / "slos"), "-c", str(folder / "config.yaml")]


def _windowed(query: str) -> str:
    return f"{query}[window]"


def live(base: Path, url: str, runs: int, *, beside: bool) -> None:
    """Six objectives from a cold start, in turn with slo-generator."""
    six = library(base / "six", own=True)
    ours = [*AFTERWORD, "budget", "status", "--live"]
    judged = (0, 1, 2, 3)
    if not beside:
        show("6 objectives live", median(runs, lambda: seconds(ours, six, url, judged)), "≤ 0.42 s")
        return
    (base / "peer").mkdir()
    theirs = peer(base / "peer", url)
    pairs = [(seconds(ours, six, url, judged), seconds(theirs, base, url)) for _ in range(runs + 1)][1:]
    show("6 objectives live, 5 windows", statistics.median(pair[0] for pair in pairs), "≤ 0.42 s")
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    show("slo-generator, 6 objectives, 4 windows", statistics.median(p[1] for p in pairs), "", f"ours {ratio:.2f} ×")


def offline(base: Path, data: Path, url: str, at: datetime, runs: int) -> None:
    """Snapshot, render, archive and gate of the example's eight objectives."""
    eight = library(base / "eight", own=False)
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    show("snapshot of 8 over 35 d", median(runs, partial(taken, eight, stamp, url)), "≤ 1 s")
    show("gate from a snapshot", median(runs, partial(gate, eight, stamp)), "≤ 0.3 s")
    show("render of 8", median(runs, partial(rendered, eight, stamp)), "≤ 1 s")
    shutil.copytree(data, base / "tsdb", ignore=shutil.ignore_patterns("wal", "lock", "queries.active", "chunks_head"))
    archive = [*AFTERWORD, "budget", "snapshot", "--at", stamp, "--force", "--from", str(base / "tsdb")]
    show("blocks to budget, 8 over 35 d", median(runs, lambda: seconds(archive, eight, url)), "≤ 0.5 s")


def taken(folder: Path, stamp: str, url: str) -> float:
    """A snapshot from the server."""
    return seconds([*AFTERWORD, "budget", "snapshot", "--at", stamp, "--force", "--url", url], folder, url)


def gate(folder: Path, stamp: str) -> float:
    """The gate on a snapshot."""
    command = [*AFTERWORD, "--as-of", stamp, "gate", "--service", "checkout"]
    return seconds(command, folder, accepted=(0, 1, 2, 3))


def rendered(folder: Path, stamp: str) -> float:
    """All pages, written anew."""
    shutil.rmtree(folder / "postmortems" / "budgets", ignore_errors=True)
    return seconds([*AFTERWORD, "--as-of", stamp, "budget", "render"], folder)


def many(base: Path, url: str, at: datetime, runs: int) -> None:
    """How snapshot, gate and pages grow with the number of objectives."""
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    took: dict[int, float] = {}
    for count in (50, 100, 200):
        folder = library(base / f"of-{count}", own=True)
        for number in range(len(SIX), count):
            name, facts = list(SIX.items())[number % len(SIX)]
            write(folder, f"{name}-{number}", *facts, number)
        whole = median(runs, partial(taken, folder, stamp, url))
        gated = median(runs, partial(gate, folder, stamp))
        pages = median(runs, partial(rendered, folder, stamp))
        took[count] = whole + gated + pages
        note = f"snapshot {whole:.2f} s, gate {gated:.2f} s, render {pages:.2f} s"
        show(f"{count} objectives: snapshot, gate, render", took[count], "linear", note)
    print(f"\nT(200) / T(100) = {took[200] / took[100]:.2f}")


def main() -> None:
    """Runs all; what is missing is told in one line."""
    try:
        measure()
    except AfterwordError as error:
        sys.exit(f"budgets: {error}\n{error.hint or ''}".strip())


def measure() -> None:
    """Simulates, serves and measures."""
    parser = argparse.ArgumentParser(description="Measure error budgets.")
    parser.add_argument("--quick", action="store_true", help="once each, without slo-generator and without many")
    quick = parser.parse_args().quick
    runs = 1 if quick else 7
    at = datetime.now(UTC).replace(second=0, microsecond=0)
    with tempfile.TemporaryDirectory(prefix="afterword-bench-", ignore_cleanup_errors=True) as name:
        base = Path(name)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(base / "bytecode")
        data = base / "data"
        data.mkdir()
        until = at + timedelta(hours=1)
        blocks(load(ROOT, EFFECTS, until), at - timedelta(days=DAYS + 1), until, data)
        print(
            f"\nPython {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n"
        )
        print("| what | median | target | note |\n| --- | --- | --- | --- |")
        with serving(data, os.environ) as url:
            live(base, url, runs, beside=not quick)
            offline(base, data, url, at, runs)
            if not quick:
                many(base, url, at, 3)


if __name__ == "__main__":
    main()
