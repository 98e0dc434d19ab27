"""Mutation testing of the rules and of checking: changes the code in small ways and counts which changes no test sees.

``.ci/mutants.py [ROOM …]`` puts a copy of the project into ``.cache/mutants/ROOM/`` for each room, lets mutmut work
there, and prints a table: a room of ``tools/afterword/rules/``, ``base`` (``rules/base.py``), ``checking``,
``selection`` or ``silencing``. What survived lies as diffs in ``.cache/mutants/ROOM/survivors.diff``. ``--children N``
workers, one unless told; ``--again`` tries what survived against new tests, and what has changed, and keeps the other
verdicts.

A room is held to its own tests and the examples of its rules, not to the whole suite: a rule should be shown by tests
that speak of it, and a mutant takes a second instead of a minute. Left out are tests of speed and those that draw their
data (what kills a mutant today has to kill it tomorrow). Not mutated are texts, which are strings with a space in them,
and what runs while a module is imported, as examples and word lists do: mutmut changes functions when they are called,
the documentation of a rule is read by people, and its examples are tests already.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".cache" / "mutants"
EXAMPLES = "tests/rules/test_examples.py"

ROOMS = {
    "schema": ("AW1", ["tests/rules/test_structure.py"]),
    "structure": ("AW2", ["tests/rules/test_structure.py"]),
    "chronology": ("AW3", ["tests/rules/test_chronology.py"]),
    "language": ("AW4", ["tests/rules/test_language.py"]),
    "actions": ("AW5", ["tests/rules/test_actions.py"]),
    "library": ("AW6", ["tests/rules/test_library.py", "tests/rules/test_references.py"]),
    "confidentiality": ("AW7", ["tests/rules/test_confidentiality.py"]),
    "links": ("AW8", ["tests/rules/test_links.py"]),
    "base": ("AW", ["tests/rules/test_base.py", "tests/test_checking.py"]),
    "checking": ("AW205", ["tests/test_checking.py", "tests/rules/test_confidentiality.py"]),
    "selection": ("AW205", ["tests/test_checking.py"]),
    "silencing": ("AW205", ["tests/test_checking.py"]),
}
"""What begins the codes of a room's rules, and the files of tests that speak of it. ``reading`` and
``objectives`` have no functions: the readers find what their rules explain."""

OUTCOMES = ("killed", "timeout", "survived", "no tests", "suspicious", "not checked")


def sources(room: str) -> str:
    """The pattern of files that are mutated for a room."""
    alone = {name: f"src/afterword/{name}.py" for name in ("checking", "selection", "silencing")}
    return (alone | {"base": "src/afterword/rules/base.py"}).get(room, f"src/afterword/rules/{room}/*")


def left_alone(text: str) -> str:
    """A module's text in which mutmut is told to leave alone what is called while the module is imported only."""
    body = ast.parse(text).body
    functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}

    def names(nodes: Iterable[ast.AST]) -> set[str]:
        return {node.id for top in nodes for node in ast.walk(top) if isinstance(node, ast.Name)} & set(functions)

    outside = [node for node in body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    inner = [node for top in outside for node in ast.walk(top) if isinstance(node, ast.Lambda)]
    calls = [node.func for top in outside for node in ast.walk(top) if isinstance(node, ast.Call)]
    once = names(calls)
    later = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in once]
    once -= names([*later, *inner])
    lines = text.split("\n")
    for name in once:
        lines[functions[name].lineno - 1] += "  # pragma: no mutate block"
    return "\n".join(lines)


def prepare(room: str, *, again: bool) -> Path:
    """A copy of the project as mutmut wants it: the package in ``src/``, the rest beside it. ``again`` renews one."""
    work = WORK / room
    if not again:
        shutil.rmtree(work, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    beside = set()
    for name in filter(None, listed.stdout.split("\0")):
        if not (ROOT / name).is_file():
            continue
        moved = name.replace("tools/afterword/", "src/afterword/", 1)
        target = work / moved
        target.parent.mkdir(parents=True, exist_ok=True)
        data = (ROOT / name).read_bytes()
        if name.startswith("tools/afterword/rules/"):
            data = left_alone(data.decode()).encode()
        if not target.is_file() or target.read_bytes() != data:  # by its time mutmut sees what has changed
            target.write_bytes(data)
            (work / "mutants" / moved).unlink(missing_ok=True)
        beside.add(moved.split("/")[0])
    code, tests = ROOMS[room]
    names = " or ".join([code, *(Path(test).stem for test in tests)])
    files = "\n    ".join(dict.fromkeys([EXAMPLES, *tests]))
    copied = "\n    ".join(sorted(beside - {"src"}))
    (work / "setup.cfg").write_text(
        f"""\
[mutmut]
source_paths =
    src
only_mutate =
    {sources(room)}
also_copy =
    {copied}
pytest_add_cli_args_test_selection =
    {files}
pytest_add_cli_args =
    -p
    no:cacheprovider
    -m
    not hypothesis
    -k
    ({names}) and not proportion and not bears_name_and_a_level and not explains_itself and not file_of_its_name
use_git_change_detection = false
timeout_constant = 3.0
""",
        encoding="utf-8",
    )
    return work


def inside(children: int, names: list[str]) -> None:
    """Run mutmut in the current folder, its strings without those that are texts."""
    import libcst  # noqa: PLC0415  # only there where `make mutants` has installed it
    from mutmut.__main__ import cli  # noqa: PLC0415
    from mutmut.mutation import mutators  # noqa: PLC0415

    def word(node: libcst.BaseString) -> list[libcst.BaseString]:
        text = node.evaluated_value if isinstance(node, libcst.SimpleString) else None
        is_text = isinstance(text, str) and " " in text.strip()
        return [] if is_text else list(mutators.operator_string(node))

    for at, (kind, operator) in enumerate(mutators.mutation_operators):
        if operator is mutators.operator_string:
            mutators.mutation_operators[at] = (kind, word)
    cli(["run", "--max-children", str(children), *names])


def seen(work: Path) -> dict[str, str]:
    """How each mutant of a room ended, by its name."""
    from mutmut.stats import status_by_exit_code  # noqa: PLC0415

    found = {}
    for path in sorted((work / "mutants" / "src").rglob("*.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        found |= {name: status_by_exit_code[code] for name, code in codes.items()}
    return found


def count(work: Path) -> Counter[str]:
    """How many mutants of a room ended how; the diffs of those that no test saw are written down."""
    from mutmut.configuration import reset_config  # noqa: PLC0415
    from mutmut.mutation.diff_apply import get_diff_for_mutant  # noqa: PLC0415

    os.chdir(work)
    reset_config()
    ended = seen(work)
    diffs = [
        f"# {name}: {status}\n{get_diff_for_mutant(name)}\n"
        for name, status in ended.items()
        if status not in ("killed", "timeout", "not checked")
    ]
    (work / "survivors.diff").write_text("\n".join(diffs), encoding="utf-8")
    return Counter(ended.values())


def run(work: Path, children: int, *names: str) -> int:
    """Run mutmut in the copy; its exit status."""
    command = [sys.executable, __file__, "--inside", "--children", str(children), *names]
    with (work / "mutmut.log").open("a", encoding="utf-8") as log:
        return subprocess.run(command, cwd=work, check=False, stdout=log, stderr=subprocess.STDOUT).returncode


def main() -> int:
    """Try the rooms that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--children", type=int, default=1, help="how many mutants at a time")
    parser.add_argument("--again", action="store_true", help="only what is new, has changed or survived the last time")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        inside(chosen.children, chosen.rooms)
        return 0
    unknown = set(chosen.rooms) - set(ROOMS)
    if unknown:
        parser.error(f"no room {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    lines = []
    for room in chosen.rooms or ROOMS:
        work = prepare(room, again=chosen.again)
        ended = run(work, chosen.children)
        survivors = [name for name, status in seen(work).items() if status == "survived"]
        if chosen.again and survivors and not ended:
            ended = run(work, chosen.children, *survivors)
        found = count(work)
        lines.append(f"| {room} | {found.total()} | " + " | ".join(str(found[key]) for key in OUTCOMES) + " |")
        print(f"{room}: {dict(sorted(found.items()))}" + (f", see {work / 'mutmut.log'}" if ended else ""), flush=True)
    print("\n| Room | Mutants | " + " | ".join(OUTCOMES) + " |")
    print("| --- |" + " ---: |" * (len(OUTCOMES) + 1))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
