"""``afterword budget import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli.options import Command
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError, ConflictError

if TYPE_CHECKING:
    from afterword.budgets.foreign.specification import Imported

FOLDER = "budgets/slos"


@click.command(
    cls=Command,
    examples=(
        "afterword budget import sloth.yml",
        "afterword budget import slos/*.yaml --service checkout --dry-run",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help=f"Where to.  [default: {FOLDER}]")
@click.option("--service", metavar="KEY", help="The service of all of them, whatever the files say.")
@click.option("--dry-run", is_flag=True, help="Print the files; write nothing.")
@pass_world
def command(world: World, paths: tuple[Path, ...], out: Path | None, service: str | None, *, dry_run: bool) -> None:
    """Import objectives from Sloth or Pyrra.

    Writes one OpenSLO file for each SLO of the files, budgets/slos/NAME.yaml, and never overwrites one. What has no
    counterpart is told on standard error.
    """
    from afterword import files  # noqa: PLC0415  # --help must not wait for it

    folder = out or world.root / FOLDER
    made = _converted(world, paths, service)
    if dry_run:
        click.echo("---\n".join(item.text for item in made), nl=False)
        return
    targets = [folder / f"{item.name}.yaml" for item in made]
    taken = next((path for path in targets if path.exists()), None)
    if taken:
        raise ConflictError(f"{taken} exists already", "Rename or remove one of them; nothing was written.")
    for item, path in zip(made, targets, strict=True):
        files.create(path, item.text.encode())
        click.echo(f"Wrote {path}")


def _converted(world: World, paths: tuple[Path, ...], service: str | None) -> list[Imported]:
    """All SLOs of the files; what was left out goes to standard error."""
    from afterword.budgets.foreign import importing  # noqa: PLC0415  # --help must not wait for it

    known = world.settings.services
    made: dict[str, Imported] = {}
    for path in paths:
        items, notes = importing.convert(path.as_posix(), path.read_bytes(), known, service)
        for item in items:
            if item.name in made:
                raise AfterwordError(f"two SLOs would be called “{item.name}”", "Rename one of them.")
            made[item.name] = item
            notes = (*notes, *item.notes)
        for note in notes:
            click.echo(f"Note: {note}", err=True)
    if not made:
        raise AfterwordError("there is no SLO in these files", "Nothing was written.")
    return list(made.values())
