"""Budgeting: from a library to the facts of its budget pages, and the pages to the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli.world import World
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.catalog import Catalog
    from afterword.library import Library
    from afterword.pages.budget_data import Facts

PLACE = "postmortems"
"""What the sources of the site lie in; the pages' paths begin below it."""


def facts(world: World, library: Library) -> Facts | None:
    """All that the pages draw; ``None`` in a library without a snapshot.

    Raises ``SnapshotError`` for a snapshot that cannot be relied on, and ``AfterwordError`` for faulty settings.
    """
    from afterword.budgets.snapshots import store  # noqa: PLC0415  # --help must not wait for it

    snapshots = store.all(world.root)
    if not snapshots:
        return None
    from afterword.budgets import forecast, history, judging  # noqa: PLC0415  # the same
    from afterword.budgets.incidents import episodes, impact  # noqa: PLC0415  # the same
    from afterword.pages.budget_data import Facts  # noqa: PLC0415

    snapshot, rules = snapshots[-1], _rules(world)
    budgets = judging.all(snapshot, rules.policy.thresholds, rules.corrections)
    limits, fixes = rules.policy.thresholds, rules.corrections
    forecasts = {
        item.objective.id: forecast.forecast(measured, item, snapshot, thresholds=limits, corrections=fixes)
        for measured, item in zip(snapshot.measurements, budgets, strict=True)
    }
    merged = history.merge(snapshots).without(rules.corrections)
    aims = [item.objective for item in budgets]
    told = impact.costs(library.postmortems, merged, aims, snapshot.at)
    return Facts(
        snapshot,
        budgets,
        forecasts,
        merged,
        library,
        rules.policy.thresholds,
        rules.policy.texts,
        rules.corrections,
        told.charges,
        episodes.breaches(merged, aims, library.postmortems, rules.waivers, snapshot.at),
        told.silent,
    )


def files(world: World) -> dict[str, bytes] | None:
    """The pages and badges, by path; those that were made of the same before are not made again.

    ``None`` in a library without a snapshot. Raises as ``facts`` does.
    """
    from afterword.cli import remembering  # noqa: PLC0415  # --help must not wait for it

    library = world.load()
    key = remembering.key(library)
    if not world.no_cache and (made := remembering.recall(world.root, key)) is not None:
        return made
    known = facts(world, library)
    if known is None:
        return None
    from afterword.pages import budget_pages  # noqa: PLC0415  # what is remembered needs no pages

    made = budget_pages.files(known)
    if not world.no_cache:
        remembering.remember(world.root, key, made)
    return made


def render(world: World, *, strict: bool) -> None:
    """Brings the pages up to date before a site is built, quietly; without a snapshot there is nothing to do.

    What keeps it from that is a warning, and the committed pages stay: a site with old budgets is better than none
    in the middle of an incident. Raises ``AfterwordError`` instead when ``strict``.
    """
    from afterword.budgets.snapshots import store  # noqa: PLC0415  # --help must not wait for it

    if not store.names(world.root):
        return
    try:
        made = files(world)
        if made is not None:
            found = changes(world.root / PLACE, made)
            refuse_foreign(found)
            apply(found)
    except AfterwordError as error:
        if strict:
            raise
        click.echo(f"warning: the pages of the error budgets are not up to date: {error.message}", err=True)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a render would do: files to write with their bytes, files to remove, and files of somebody else's."""

    written: Mapping[Path, bytes]
    removed: tuple[Path, ...]
    foreign: tuple[Path, ...]

    @property
    def paths(self) -> list[Path]:
        """All that would change, sorted."""
        return sorted((*self.written, *self.removed))


def changes(folder: Path, files: Mapping[str, bytes]) -> Changes:
    """Compares the files of the pages with a folder. Raises ``OSError``."""
    from afterword.pages.budget_summary import FOLDER  # noqa: PLC0415  # --help must not wait for it

    written, foreign = {}, []
    for name, data in files.items():
        path = folder.joinpath(*name.split("/"))
        before = path.read_bytes() if path.is_file() else None
        if before is not None and not _ours(before):
            foreign.append(path)
        elif before is None or before.replace(b"\r\n", b"\n") != data:
            written[path] = data
    wanted = {folder.joinpath(*name.split("/")) for name in files}
    known = (*(folder / FOLDER).glob("*.md"), *(folder / FOLDER / "badges").glob("*.svg"))
    removed = tuple(sorted(path for path in known if path not in wanted and _ours(path.read_bytes())))
    return Changes(written, removed, tuple(foreign))


def _ours(data: bytes) -> bool:
    from afterword.pages.budget_summary import is_ours  # noqa: PLC0415  # --help must not wait for it

    return is_ours(data.decode("utf-8", "replace"))


def apply(found: Changes) -> None:
    """Writes and removes. Raises ``OSError``."""
    from afterword.files import write_atomically  # noqa: PLC0415  # --help must not wait for it

    for path, data in found.written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data, sync=False)
    for path in found.removed:
        path.unlink(missing_ok=True)


def refuse_foreign(found: Changes) -> None:
    """Raises ``AfterwordError`` where somebody's own file has the name of a page."""
    if found.foreign:
        names = ", ".join(path.as_posix() for path in found.foreign)
        raise AfterwordError(
            f"{names} was not written by this command, so it is left alone",
            "Rename it, or delete it if the rendered page may take its place.",
        )


def _rules(world: World) -> Catalog:
    """How the library judges: its policy, maintenance, and waivers.

    Raises ``AfterwordError`` for a file at fault: pages by half of it would say what nobody has decided. A fault in an
    objective is none here: what was measured is drawn.
    """
    from afterword.budgets import catalog, specs  # noqa: PLC0415  # --help must not wait for it

    found = catalog.load(world.root, os.environ)
    for wrong in found.errors:
        if not wrong.path.startswith(specs.FOLDER):
            place = f"{wrong.path}:{wrong.span.line}:{wrong.span.column}"
            raise AfterwordError(f"{place}: {wrong.message}", wrong.hint or "`afterword check` says more.")
    return found
