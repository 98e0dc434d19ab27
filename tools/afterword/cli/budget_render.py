"""``afterword budget render``."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.cli import budgeting
from afterword.cli.failure import Failure, Unable
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError


class RenderCommand(Command):
    """What keeps it from rendering at all is no difference: 2, not 1."""

    failure = Unable


@click.command(cls=RenderCommand, examples=("afterword budget render", "afterword budget render --check"))
@click.option("--check", is_flag=True, help="Write nothing; fail and name the files that would change.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Where the pages go.  [default: postmortems]")  # fmt: skip
@pass_world
def command(world: World, check: bool, out: Path | None) -> None:
    """Write the pages of the error budgets.

    One page and one badge for each objective and an index, in postmortems/budgets/, from the snapshots of the
    library: without a clock and without a server, so that the same snapshots give the same bytes. A file is written
    only when it changes; pages of objectives that are gone are removed. Your own files there are left alone.
    """
    files = budgeting.files(world)
    if files is None:
        raise AfterwordError(
            "there is no snapshot in budgets/snapshots, so there is nothing to render",
            "Take one first: `afterword budget snapshot`.",
        )
    found = budgeting.changes(out or world.root / budgeting.PLACE, files)
    budgeting.refuse_foreign(found)
    if check:
        _check(world, found, len(files))
        return
    budgeting.apply(found)
    for path in found.paths:
        click.echo(f"{'Removed' if path in found.removed else 'Wrote'} {_shown(world, path)}")
    click.echo(f"{len(files):,} files, {len(found.paths):,} changed")


def _check(world: World, found: budgeting.Changes, count: int) -> None:
    for path in found.paths:
        reason = "is no longer needed" if path in found.removed else "differs" if path.exists() else "is missing"
        click.echo(f"{_shown(world, path)} {reason}")
    if found.paths:
        raise Failure("the pages of the error budgets are not up to date.", "Run `afterword budget render`.")
    click.echo(f"{count:,} files are up to date")


def _shown(world: World, path: Path) -> str:
    return world.shown(path.relative_to(world.root).as_posix()) if path.is_relative_to(world.root) else str(path)
