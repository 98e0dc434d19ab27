"""``afterword init``."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.cli.options import Command
from afterword.cli.texts import one_line, quoted
from afterword.errors import ConflictError


@click.command(
    cls=Command, examples=("afterword init", 'afterword init postmortem-library --organization "Example Shop"')
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", metavar="TEXT", help="The library's name, which the site bears.  [default: Incident library]")
@click.option("--organization", metavar="TEXT", help="Whose incidents it holds.")
def command(folder: Path, name: str | None, organization: str | None) -> None:
    """Start a new library.

    Writes settings, the site's configuration, the guide and templates for pull requests into DIR, or the current
    folder. A file that is there already stays as it is.
    """
    from afterword import files, starter  # noqa: PLC0415  # --help must not wait for it

    if (folder / "afterword.yml").exists():
        raise ConflictError(
            f"{folder / 'afterword.yml'} exists already: this is a library", "Go on with `afterword new`."
        )
    kept = []
    wanted = starter.files(one_line(name), one_line(organization))
    for path, data in wanted.items():
        try:
            files.create(folder / path, data)
        except ConflictError:
            kept.append(path)
    click.echo(f"Wrote a library of {len(wanted) - len(kept)} files to {folder.absolute()}")
    for path in kept:
        click.echo(f"Kept {path}, which was there")
    click.echo("\nNext:")
    if folder != Path():
        click.echo(f"  cd {quoted(folder)}")
    click.echo("  Name your severities, categories, teams and services in afterword.yml")
    click.echo("  afterword new      start the first postmortem")
    click.echo("  afterword check    check all of them")
    click.echo("  afterword serve    look at the site")
