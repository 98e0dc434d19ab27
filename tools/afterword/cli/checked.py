"""Checked: one look at the library, and what was found in which files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.cli.evidence import gathered, inspected
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from afterword.checking import Report
    from afterword.cli.world import World
    from afterword.library import Library
    from afterword.links.outcome import Outcome
    from afterword.model import Telemetry


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be looked at: files or folders (all without any), and by which rules.

    ``online``: whether addresses on the web are asked for.
    """

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    changed_since: str | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of it. ``files`` are the paths that were reported on, sorted; ``seconds`` is what it took.

    ``telemetry``: what the committed snapshots said; ``changed_since``: the commit that was named, if one was.
    """

    library: Library
    report: Report
    files: tuple[str, ...]
    seconds: float
    telemetry: Telemetry | None = None
    changed_since: str | None = None


def checked(world: World, request: Request) -> Checked:
    """Reads the library and judges it. Raises ``AfterwordError``."""
    from afterword import checking  # noqa: PLC0415  # --help must not wait for it

    begun = time.monotonic()
    library = world.load(judged=True)
    evidence, read = gathered(world, library), inspected(world)
    known = library.paths | set(read.files)
    paths = _paths(world, known, request)
    telemetry = evidence.telemetry if evidence else None
    report = checking.check(
        library,
        world.clock,
        paths=paths,
        select=request.select,
        ignore=request.ignore,
        telemetry=telemetry,
        outcomes=_outcomes(world, library, paths, request),
        beside=(*(evidence.findings if evidence else ()), *read.findings),
        others=read.files,
    )
    files = tuple(sorted(known if paths is None else paths & known))
    return Checked(library, report, files, time.monotonic() - begun, telemetry, request.changed_since)


def _outcomes(
    world: World, library: Library, paths: frozenset[str] | None, request: Request
) -> Mapping[str, Outcome] | None:
    """What became of addresses on the web, if somebody wants to know."""
    if not request.online:
        return None
    from afterword import selection  # noqa: PLC0415  # --help must not wait for it
    from afterword.cli.online import outcomes  # noqa: PLC0415  # only this option needs it

    if "AW803" not in selection.choose(request.select, request.ignore):
        return None
    return outcomes(world, library, paths)


def _paths(world: World, known: Collection[str], request: Request) -> frozenset[str] | None:
    """The library's files that are meant; ``None`` for all."""
    paths = _given(world, known, request.paths) if request.paths else None
    if request.changed_since is None:
        return paths
    from afterword.cli.changed import changed_since  # noqa: PLC0415  # only this option needs it

    changed = changed_since(world.root, request.changed_since)
    if changed is None:
        return paths
    return changed & (frozenset(known) if paths is None else paths)


def _given(world: World, known: Collection[str], paths: tuple[str, ...]) -> frozenset[str]:
    """Files that are not checked are passed over: hooks hand in whatever was touched."""
    found: set[str] = set()
    for path in paths:
        if not Path(path).exists():
            raise AfterwordError(f"{path} does not exist")
        inside = world.inside(Path(path))
        folder = "" if inside == "." else f"{inside}/"
        found |= {name for name in known if name == inside or name.startswith(folder)}
    return frozenset(found)
