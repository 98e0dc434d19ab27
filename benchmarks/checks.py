"""Measures `afterword check` on 10,000 postmortems, beside linters that check a part of the same.

    python benchmarks/checks.py [--count 10000] [--tools FOLDER]

Sides run in turn on the same files. check-jsonschema reads no Markdown: it gets the front matter as files of its own,
whose extraction is not timed. The other tools are installed into ``--tools`` (a temporary folder without it), in the
versions named here, with pip and npm.
"""

from __future__ import annotations

import argparse
import json
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

from afterword import resources

AFTERWORD = [sys.executable, "-m", "afterword", "check"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"} | {"NO_COLOR": "1"}
JSONSCHEMA = "check-jsonschema==0.39.0"
NPM = ("markdownlint-cli2@0.24.1", "remark-cli@12.0.1", "remark-frontmatter@5.0.0", "remark-lint@10.0.1",
       "remark-lint-frontmatter-schema@3.15.4", "remark-preset-lint-recommended@7.0.1")  # fmt: skip


def run(command: list[str], folder: Path, *, ok: tuple[int, ...] = (0,)) -> float:
    """Seconds that a command takes; what it prints goes to a file, as a pipe that fills would hold it up."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        code = subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=said, check=False).returncode
        took = time.perf_counter() - start
        if code not in ok:
            said.seek(0)
            sys.exit(f"{' '.join(command)[:300]} failed with {code}:\n{said.read().decode()[-2000:]}")
    return took


def cold(folder: Path, command: list[str]) -> float:
    """A run without the cache of earlier ones."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return run(command, folder)


def peak(folder: Path, command: list[str]) -> float:
    """Megabytes that a command and its workers hold at most, by the proportional size that Linux reports."""
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(_held(entry, process.pid) for entry in Path("/proc").glob("[0-9]*")))
        time.sleep(0.1)
    return most / 1024


def _held(entry: Path, session: int) -> float:
    """Kilobytes of one process if it belongs to the session."""
    try:
        if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) != session:
            return 0
        found = (entry / "smaps_rollup").read_text().partition("\nPss:")[2].split()
        return float(found[0])
    except (OSError, ValueError, IndexError):
        return 0


def show(what: str, took: float, target: str = "") -> None:
    """One row of the table."""
    print(f"| {what} | {took:.2f} s | {target} |", flush=True)


def library(base: Path, count: int) -> Path:
    """A generated library under git, all of it committed."""
    folder = base / f"library-{count}"
    generate(folder, count)
    (folder / ".gitignore").write_text(".cache/\n", encoding="utf-8")
    who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "Library"]):
        run(["git", *command], folder)
    return folder


def ours(base: Path, count: int) -> None:
    """Cold, warm, one changed file, memory, and how time grows."""
    took: dict[int, float] = {}
    for number in (count // 4, count // 2):
        folder = library(base, number)
        took[number] = statistics.median(cold(folder, AFTERWORD) for _ in range(3))
        show(f"check {number:,}, cold", took[number])
        shutil.rmtree(folder)
    folder = library(base, count)
    took[count] = statistics.median(cold(folder, AFTERWORD) for _ in range(3))
    show(f"check {count:,}, cold", took[count], "≤ 30 s")
    show(f"check {count:,}, warm", statistics.median(run(AFTERWORD, folder) for _ in range(7)), "≤ 1.5 s")
    one = sorted((folder / "postmortems/incidents").rglob("*.md"))[count // 2]
    laps = []
    for lap in range(7):
        with one.open("a", encoding="utf-8") as stream:
            stream.write(f"\nA sentence more, number {lap}.\n")
        laps.append(run([*AFTERWORD, "--changed-since", "HEAD"], folder))
    show(f"check one changed of {count:,}, --changed-since", statistics.median(laps), "≤ 1 s")
    print(f"\nT({count:,}) / T({count // 2:,}) = {took[count] / took[count // 2]:.2f}, "
          f"T({count // 2:,}) / T({count // 4:,}) = {took[count // 2] / took[count // 4]:.2f} (cold)")  # fmt: skip
    if sys.platform == "linux":
        shutil.rmtree(folder / ".cache")
        print(f"Memory: {peak(folder, AFTERWORD):.0f} MB cold, {peak(folder, AFTERWORD):.0f} MB warm (target ≤ 600)")


def install(tools: Path) -> None:
    """The other linters, unless they are there from an earlier run."""
    tools.mkdir(parents=True, exist_ok=True)
    if not (tools / "venv").exists():
        run([sys.executable, "-m", "venv", str(tools / "venv")], tools)
        run([str(tools / "venv/bin/python"), "-m", "pip", "install", "-q", JSONSCHEMA], tools)
    if not (tools / "node_modules").exists():
        run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", *NPM], tools)


def sides(folder: Path, tools: Path) -> dict[str, Callable[[], float]]:
    """What each side runs in the library's folder."""
    schema = tools / "postmortem.schema.json"
    schema.write_bytes(resources.schema_bytes("postmortem"))
    front = folder / "front"
    front.mkdir(exist_ok=True)
    for path in sorted((folder / "postmortems/incidents").rglob("*.md")):
        (front / f"{path.stem}.yml").write_text(path.read_text(encoding="utf-8").split("---\n")[1], encoding="utf-8")
    draft7 = _older(json.loads(schema.read_bytes()))
    (folder / "postmortem-draft-07.json").write_text(json.dumps(draft7), encoding="utf-8")
    rules = {"config": {"MD013": False, "MD041": False}, "globs": ["postmortems/incidents/**/*.md"]}
    (folder / ".markdownlint-cli2.yaml").write_text(yaml.safe_dump(rules), encoding="utf-8")
    remark = {
        "plugins": [
            str(tools / "node_modules/remark-frontmatter/index.js"),
            str(tools / "node_modules/remark-preset-lint-recommended/index.js"),
            [
                str(tools / "node_modules/remark-lint-frontmatter-schema/dist/index.js"),
                {"schemas": {"./postmortem-draft-07.json": ["postmortems/incidents/**/*.md"]}},
            ],
        ]
    }
    (folder / ".remarkrc.json").write_text(json.dumps(remark), encoding="utf-8")
    nodes = tools / "node_modules/.bin"
    names = sorted(str(path) for path in front.glob("*.yml"))
    jsonschema = [str(tools / "venv/bin/check-jsonschema"), "--schemafile", str(schema), *names]
    return {
        "afterword check, cold": lambda: cold(folder, AFTERWORD),
        "check-jsonschema": lambda: run(jsonschema, folder, ok=(0, 1)),
        "markdownlint-cli2": lambda: run([str(nodes / "markdownlint-cli2")], folder, ok=(0, 1)),
        "remark-lint with front-matter schema": lambda: run(
            [str(nodes / "remark"), "--quiet", "--no-stdout", "postmortems/incidents"], folder, ok=(0, 1)
        ),
    }


def _older(schema: dict[str, object]) -> dict[str, object]:
    """The schema as draft-07, the latest that remark's plugin knows: definitions, and nothing beside a reference."""
    text = json.dumps({key: value for key, value in schema.items() if key not in ("$schema", "$id")})
    older: dict[str, object] = json.loads(
        text.replace('"$defs"', '"definitions"').replace("#/$defs/", "#/definitions/")
    )
    return {"$schema": "http://json-schema.org/draft-07/schema#", **older}


def beside(folder: Path, tools: Path, rounds: int) -> None:
    """All sides in turn."""
    install(tools)
    measured: dict[str, list[float]] = {}
    chosen = sides(folder, tools)
    for _ in range(rounds):
        for name, measure in chosen.items():
            measured.setdefault(name, []).append(measure())
            print(f"{name}: {measured[name][-1]:.2f} s", file=sys.stderr, flush=True)
    first = statistics.median(measured["afterword check, cold"])
    print("\n| beside each other, in turn | median | ours is |\n| --- | --- | --- |")
    for name, laps in measured.items():
        middle = statistics.median(laps)
        print(f"| {name} | {middle:.2f} s | {first / middle:.2f} × |", flush=True)


def main() -> None:
    """Runs all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1, help="how often all sides run in turn")
    parser.add_argument("--tools", type=Path)
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
    print("| what | median | target |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="afterword-bench-") as name:
        base = Path(name)
        ours(base, given.count)
        beside(base / f"library-{given.count}", (given.tools or base / "tools").resolve(), given.rounds)


if __name__ == "__main__":
    main()
