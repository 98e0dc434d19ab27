"""Fixing: ``check --fix`` and ``--diff``. Which files are mended, how they are written, what is told."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

import click

from afterword.cli.checked import Checked, checked
from afterword.errors import AfterwordError, ConflictError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from afterword.cli.checked import Request
    from afterword.cli.world import World
    from afterword.fixes import Fix
    from afterword.library import Library
    from afterword.record import Record

_MANY = {"date": "dates", "duration": "durations", "heading": "headings"}
"""What is counted when a file is mended; of the rest it is said that it was done."""
_COUNTED = 200
"""In so many files it is tried out which findings could be mended: no report waits for more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of a file, and what is mended in it: ``2 dates, order of keys``."""

    path: str
    old: bytes
    new: bytes
    what: str


def plans(world: World, found: Checked, request: Request) -> list[Plan]:
    """The files that were reported on and can be mended, in order. Raises ``AfterwordError``.

    Files that git ignores are left out, and so is what a rule would mend that was not asked for or is silenced.
    """
    from afterword import library  # noqa: PLC0415  # --help must not wait for it

    wanted = _wanted(request)
    anchors = _Anchors(found.library)
    records = {record.path: record for record in found.library.records}
    made: list[Plan] = []
    for path in found.files:
        try:
            data = library.content(world.root, path) if path in records else b""
        except OSError:
            continue  # a finding says so already
        plan = _plan(world, records[path], data, wanted, anchors) if data else None
        if plan is not None:
            made.append(plan)
    ignored = _ignored(world.root, [plan.path for plan in made])
    return [plan for plan in made if plan.path not in ignored]


def _wanted(request: Request) -> tuple[Fix, ...]:
    """Formatting belongs to no rule: it is done unless rules are selected."""
    from afterword import fixes, selection  # noqa: PLC0415  # --help must not wait for it

    codes = selection.choose(request.select, request.ignore)
    return tuple(fix for fix in fixes.FIXES if (set(fix.codes) & codes if fix.codes else not request.select))


def _plan(world: World, record: Record, data: bytes, wanted: Iterable[Fix], anchors: _Anchors) -> Plan | None:
    from afterword import fixes  # noqa: PLC0415  # --help must not wait for it

    if not fixes.may_mend(record, data):
        return None
    silenced = fixes.silenced(record.path, record, world.settings)
    heard = [fix for fix in wanted if not fix.codes or set(fix.codes) - silenced]
    mended = fixes.mend(record.path, data, heard, anchors=anchors.of(record.path))
    if mended.data == data:
        return None
    what = ", ".join(
        f"{count} {_MANY[name]}" if count > 1 and name in _MANY else name for name, count in mended.changes
    )
    return Plan(record.path, data, mended.data, what)


class _Anchors:
    """Headings that postmortems link to in one another. Gathered when the first file asks."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: Mapping[str, frozenset[str]] | None = None

    def of(self, path: str) -> frozenset[str]:
        """The anchors in a file that others link to, in lower case."""
        if self._known is None:
            self._known = self._gathered()
        return self._known.get(path.rpartition("/")[2], frozenset())

    def _gathered(self) -> dict[str, frozenset[str]]:
        """By the name of the file alone: a name too many keeps a heading, one too few would break a link."""
        found: dict[str, set[str]] = {}
        for record in self._library.records:
            for target in record.brief.targets if record.brief else ():
                page, _, anchor = target.partition("#")
                if anchor and page:
                    found.setdefault(unquote(page).rpartition("/")[2], set()).add(unquote(anchor).casefold())
        return {name: frozenset(anchors) for name, anchors in found.items()}


def _ignored(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Those that git ignores; none where there is no git, or no repository."""
    asked = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    if not asked:
        return frozenset()
    from afterword.cli.changed import git_bytes  # noqa: PLC0415  # only files to mend need it

    try:
        said = git_bytes(root, "check-ignore", "-z", "--stdin", request=asked, missing_ok=True)
    except AfterwordError:
        return frozenset()
    return frozenset(said.decode("utf-8", "surrogateescape").split("\0"))


def write(world: World, made: Iterable[Plan]) -> tuple[int, int]:
    """Writes the files and tells which, on stderr. How many were mended, and how many could not be written."""
    mended = failed = 0
    for plan in made:
        shown = world.shown(plan.path)
        try:
            _write(world.root / plan.path, plan)
        except ConflictError:
            failed += 1
            _tell(f"Error: {shown} changed meanwhile and was not mended. Run the command again.")
        except OSError as error:
            failed += 1
            _tell(f"Error: {shown} was not mended: {error.strerror or error}")
        else:
            mended += 1
            _tell(f"Mended {shown}: {plan.what}")
    return mended, failed


def _write(path: Path, plan: Plan) -> None:
    """Raises ``OSError`` or ``ConflictError``. Replacing it would succeed where nobody may write it: so look first."""
    from afterword.files import write_atomically  # noqa: PLC0415  # --help must not wait for it

    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        raise ConflictError(f"{path} is another file now")
    if not mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(None, "it may only be read")
    write_atomically(path, plan.new, instead_of=plan.old)


def _tell(message: str) -> None:
    from afterword.terminal import printable  # noqa: PLC0415  # --help must not wait for it

    click.echo(printable(message), err=True)


def diff(world: World, made: Iterable[Plan]) -> str:
    """What would change, as a unified diff with confidential text masked, by paths of the library."""
    import difflib  # noqa: PLC0415  # only this needs it

    from afterword.terminal import printable  # noqa: PLC0415  # --help must not wait for it

    written: list[str] = []
    for plan in made:
        old, new = _lines(world, plan.path, plan.old), _lines(world, plan.path, plan.new)
        name = printable(plan.path)
        told = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")
        written += [_painted(line, color=world.colored) for line in told]
    return "".join(f"{line}\n" for line in written)


def _lines(world: World, path: str, data: bytes) -> list[str]:
    """The lines of a file as they may be shown. Endings count: a line that differs in nothing else has changed."""
    from afterword import confidentiality, source  # noqa: PLC0415  # --help must not wait for it
    from afterword.terminal import printable  # noqa: PLC0415

    text = source.decode(path, data)[0]
    if text is None:
        return []
    spans = confidentiality.spans(text, world.settings)
    lines = confidentiality.mask_lines(text.text.split("\n"), spans)
    if data.startswith(b"\xef\xbb\xbf"):
        lines[0] = "<byte-order mark>" + lines[0]
    return [printable(line) for line in (lines if lines[-1] else lines[:-1])]


def _painted(line: str, *, color: bool) -> str:
    if not color or line.startswith(("---", "+++")):
        return line
    colour = {"+": "32", "-": "31", "@": "36"}.get(line[:1])
    return f"\x1b[{colour}m{line}\x1b[0m" if colour else line


def fixable(world: World, found: Checked, request: Request) -> tuple[int, bool]:
    """How many of the findings --fix would end, and whether there may be more: only so many files are tried out."""
    from afterword import checking, fixes  # noqa: PLC0415  # --help must not wait for it

    codes = fixes.CODES
    paths = dict.fromkeys(item.path for item in found.report.findings if item.code in codes)
    tried = frozenset(list(paths)[:_COUNTED])
    some = replace(found, files=tuple(sorted(tried)))
    count = 0
    for plan in plans(world, some, request) if tried else ():
        left = checking.read(plan.path, plan.new, world.settings).findings
        before = [item.code for item in found.report.findings if item.path == plan.path and item.code in codes]
        after = [item.code for item in left]
        count += sum(max(before.count(code) - after.count(code), 0) for code in set(before))
    return count, len(paths) > len(tried)


def mend(world: World, request: Request) -> tuple[Checked | None, int]:
    """Mends what can be mended. What was found, if it still holds, and how many files could not be written.

    Other hosts are asked by whoever checks afterwards: what was found without them is then not all.
    """
    found = checked(world, replace(request, online=False))
    mended, failed = write(world, plans(world, found, request))
    return (None if mended or request.online else found), failed


def show(world: World, request: Request) -> int:
    """Prints what ``mend`` would change and writes nothing. The exit code: 1 when something would, else 0."""
    made = plans(world, checked(world, request), request)
    click.echo(diff(world, made), nl=False, color=world.colored)
    if made:
        _tell(f"{len(made):,} file{'s' if len(made) > 1 else ''} would change with --fix.")
    return 1 if made else 0


def offer(world: World, found: Checked, request: Request) -> str:
    """The line at the end of a report that says how many findings could be mended; empty when none could."""
    if not found.report.findings:
        return ""
    count, more = fixable(world, found, request)
    return f"{'at least ' if more else ''}{count:,} can be mended with `afterword check --fix`\n" if count else ""
