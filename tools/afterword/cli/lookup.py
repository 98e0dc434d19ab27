"""Lookup: from what a user types to one postmortem, and from new bytes to a changed file that still reads."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from afterword.cli.world import World
from afterword.errors import AfterwordError, ConflictError

if TYPE_CHECKING:
    from afterword.findings import Finding
    from afterword.library import Library
    from afterword.model import ActionItem, Postmortem
    from afterword.record import Record

_SHOWN = 5
"""So many of the postmortems that a beginning could mean are named."""


def find_postmortem(world: World, library: Library, name: str) -> Postmortem:
    """By file, id, former id, or the unambiguous beginning of one. Raises ``AfterwordError``."""
    record = _by_file(world, library, name) or _by_id(world, library, name)
    if record.postmortem is None:
        shown = world.shown(record.path)
        raise AfterwordError(f"{shown} cannot be read as a postmortem", f"`afterword check {shown}` says why.")
    return record.postmortem


def _by_id(world: World, library: Library, name: str) -> Record:
    """Files that cannot be read count, too: whoever names one should hear what is wrong with it."""
    from afterword.model import id_of  # noqa: PLC0415  # --help must not wait for it

    known: dict[str, list[Record]] = {}
    for record in library.records:
        known.setdefault(id_of(record.path), []).append(record)
    for record in library.records:
        for alias in record.aliases:
            known.setdefault(alias, [record])
    begins = {key: found for key, found in known.items() if name and key.startswith(name)}
    files = {record.path: record for found in begins.values() for record in found}
    if name in known:
        files = {record.path: record for record in known[name]}
    if len(files) == 1:
        return next(iter(files.values()))
    if name in known:
        paths = " or ".join(world.shown(path) for path in files)
        raise AfterwordError(f"“{name}” is the id of {len(files)} files", f"Name the file: {paths}.")
    if files:
        shown = ", ".join(sorted(begins)[:_SHOWN]) + (", …" if len(begins) > _SHOWN else "")
        raise AfterwordError(f"“{name}” could be {len(files)} postmortems", f"Write more of it: {shown}")
    near = get_close_matches(name, known, 1, 0.6)
    raise AfterwordError(
        f"there is no postmortem “{name}”",
        f"Did you mean {near[0]}?" if near else "See `afterword list`; an id is a file's name without .md.",
    )


def short_ids(library: Library) -> dict[str, str]:
    """For each id the shortest beginning that names it alone, cut between words; the day at least."""
    ids = sorted(item.id for item in library.postmortems)
    names: dict[str, str] = {}
    for at, name in enumerate(ids):
        others = ids[max(at - 1, 0) : at] + ids[at + 1 : at + 2]
        common = max((_common(name, other) for other in others), default=0)
        end = name.find("-", max(common, 10))
        names[name] = name if end < 0 else name[:end]
    return names


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _by_file(world: World, library: Library, name: str) -> Record | None:
    if not name.endswith(".md"):
        return None
    paths = {name}
    if Path(name).is_file():
        paths.add(world.inside(Path(name)))
    return next((record for record in library.records if record.path in paths), None)


def find_action(postmortem: Postmortem, action: str) -> ActionItem:
    """An action by its id in one postmortem. Raises ``AfterwordError``."""
    found = [item for item in postmortem.actions if item.id.casefold() == action.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise AfterwordError(f"{postmortem.id} has {len(found)} actions “{action}”", "Give each its own id first.")
    known = ", ".join(item.id for item in postmortem.actions)
    hint = f"It has {known}." if known else f"It has none yet: `afterword action add {postmortem.id}`."
    raise AfterwordError(f"{postmortem.id} has no action “{action}”", hint)


def read_file(world: World, postmortem: Postmortem) -> bytes:
    """The bytes of its file. Raises ``OSError``."""
    return (world.root / postmortem.path).read_bytes()


def write_file(world: World, postmortem: Postmortem, old: bytes, new: bytes, *, judged: bool = False) -> None:
    """Replaces the file, unless the change would bring an error in or somebody else changed it meanwhile.

    ``judged``: what it would be was checked already, with what the settings ignore.
    """
    from afterword import files, record  # noqa: PLC0415  # --help must not wait for it

    settings = world.settings
    before = {_remark(item) for item in record.read(postmortem.path, old, settings).findings}
    added = [item for item in record.read(postmortem.path, new, settings).findings if _remark(item) not in before]
    errors = [item for item in added if item.level == "error"]
    if errors and not judged:
        raise AfterwordError(f"nothing was changed: {errors[0].message}", errors[0].hint)
    if read_file(world, postmortem) != old:
        raise ConflictError(f"{postmortem.path} changed meanwhile; nothing was written", "Run the command again.")
    files.write_atomically(world.root / postmortem.path, new)


def _remark(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def complete_id(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids for the shell: names of files only, so that a key press does not read the library."""
    return [CompletionItem(name) for name in _ids(ctx) if name.startswith(incomplete)]


def _ids(ctx: click.Context) -> list[str]:
    from afterword.library import find  # noqa: PLC0415  # --help must not wait for it

    world: Any = ctx.find_object(World) or World()
    try:
        return [path.rsplit("/", 1)[-1].removesuffix(".md") for path in find(world.root)]
    except AfterwordError:
        return []
