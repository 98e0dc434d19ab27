"""Measures whole commands, both sides of a comparison in turn, and prints medians and ratios.

    python benchmarks/run.py [--quick]

Libraries are made in a temporary folder (generate.py) and removed again. ``--quick`` leaves out the site of 5,000.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from generate import generate

AFTERWORD = [sys.executable, "-m", "afterword"]
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes; a command that fails stops the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return took


def median(times: int, measure: Callable[[], float]) -> float:
    """The median of some runs."""
    return statistics.median(measure() for _ in range(times))


def cold(folder: Path, command: list[str]) -> float:
    """A run without the cache of earlier ones."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return seconds(command, folder)


def library(base: Path, count: int) -> Path:
    """A generated library."""
    folder = base / f"library-{count}"
    generate(folder, count)
    return folder


def plain(folder: Path) -> Path:
    """The same files, theme, extensions and plugins for plain Material, less our plugin; incidents outside the nav."""
    copy = folder.with_name(folder.name + "-plain")
    shutil.copytree(folder / "postmortems", copy / "postmortems")
    site = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    site["plugins"].remove("afterword")
    site |= {"nav": ["index.md"], "not_in_nav": "/incidents/\n/guide/\n"}
    (copy / "mkdocs.yml").write_text(yaml.safe_dump(site), encoding="utf-8")
    (copy / "postmortems" / "index.md").write_text("# Home\n", encoding="utf-8")
    return copy


def show(name: str, took: float, target: str = "", note: str = "") -> None:
    """One row of the table."""
    print(f"| {name} | {took:.2f} s | {target} | {note} |", flush=True)


def command_line(base: Path) -> None:
    """Start-up and check."""
    folder = library(base, 1000)
    one = next((folder / "postmortems" / "incidents").rglob("*.md"))
    empty = median(9, lambda: seconds([sys.executable, "-c", "pass"], folder))
    show("python -c pass", empty)
    show("afterword --help", median(9, lambda: seconds([*AFTERWORD, "--help"], folder)), "≤ 0.15 s")
    check = [*AFTERWORD, "check", "--fail-on", "error"]
    show("check 1,000, cold", median(5, lambda: cold(folder, check)), "≤ 4 s")
    show("check 1,000, warm", median(7, lambda: seconds(check, folder)), "≤ 0.6 s")
    show("check 1 of 1,000, warm", median(7, lambda: seconds([*check, str(one)], folder)), "≤ 0.5 s")
    small = library(base, 100)
    show("check 100, cold", median(5, lambda: cold(small, check)))


def site(base: Path, *, quick: bool) -> None:
    """The site of 100, 1,000 and 5,000, beside plain Material, in turn."""
    ours: dict[int, float] = {}
    for count, runs in ((100, 3), (1000, 3)) if quick else ((100, 3), (1000, 5), (5000, 3)):
        folder = base / f"library-{count}"
        if not folder.exists():
            library(base, count)
        other = plain(folder)
        build = [*AFTERWORD, "build", "--site-dir", str(base / "site")]
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(base / "site-plain")]
        pairs = [(cold(folder, build), seconds(mkdocs, other)) for _ in range(runs)]
        ours[count] = statistics.median(pair[0] for pair in pairs)
        theirs = statistics.median(pair[1] for pair in pairs)
        ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
        show(f"site of {count:,}", ours[count], "≤ 1.3 × plain" if count == 1000 else "", f"{ratio:.2f} × plain")
        show(f"plain Material, {count:,}", theirs)
    if 5000 in ours:
        print(f"\nT(5,000) / T(1,000) = {ours[5000] / ours[1000]:.2f} (target ≤ 5.5)")


def main() -> None:
    """Runs all."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| what | median | target | note |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="afterword-bench-") as name:
        command_line(Path(name))
        site(Path(name), quick="--quick" in sys.argv)


if __name__ == "__main__":
    main()
