"""``afterword init``."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

import afterword
from afterword.cli.options import Command
from afterword.cli.texts import one_line
from afterword.errors import ConflictError

NAME = "Incident library"
ORGANIZATION = "Our organisation"
"""The words of the starter, which is a library as it stands."""
FILLED = ("README.md", "afterword.yml", "mkdocs.yml", "requirements.txt")


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
    from afterword import files, resources  # noqa: PLC0415  # --help must not wait for it

    if (folder / "afterword.yml").exists():
        raise ConflictError(
            f"{folder / 'afterword.yml'} exists already: this is a library", "Go on with `afterword new`."
        )
    words = _words(name, organization)
    kept = []
    starter = resources.starter()
    for path, source in sorted(starter.items(), key=lambda item: (item[0] == "afterword.yml", item[0])):
        try:
            files.create(folder / path, _filled(path, source, words))
        except ConflictError:
            kept.append(path)
    click.echo(f"Wrote a library of {len(starter) - len(kept)} files to {folder.absolute()}")
    for path in kept:
        click.echo(f"Kept {path}, which was there")
    click.echo("\nNext:")
    if folder != Path():
        click.echo(f"  cd {_quoted(folder)}")
    click.echo("  Name your severities, categories, teams and services in afterword.yml")
    click.echo("  afterword new      start the first postmortem")
    click.echo("  afterword check    check all of them")
    click.echo("  afterword serve    look at the site")


def _words(name: str | None, organization: str | None) -> dict[str, str]:
    """What of the starter is replaced: its lines of YAML by other ones, its words in prose by others."""
    from afterword.yamlscalar import write_scalar  # noqa: PLC0415  # --help must not wait for it

    words = {"\nafterword\n": f"\nafterword=={afterword.__version__}\n"}
    for default, key, given in ((NAME, "name", name), (ORGANIZATION, "organization", organization)):
        text = one_line(given)
        if text:
            words[f"\n{key}: {default}\n"] = f"\n{key}: {write_scalar(text)}\n"
            words[f"\nsite_{key}: {default}\n"] = f"\nsite_{key}: {write_scalar(text)}\n"
            words[f"# {default}\n"] = f"# {text}\n"
            words[f"Postmortems of {default}:"] = f"Postmortems of {text}:"
    return words


def _filled(path: str, source: Path, words: dict[str, str]) -> bytes:
    data = source.read_bytes()
    if path not in FILLED:
        return data
    text = data.decode("utf-8")
    for default, own in words.items():
        text = text.replace(default, own, 1)
    return text.encode("utf-8")


def _quoted(folder: Path) -> str:
    """As the shell of this system takes it for one word."""
    text = str(folder)
    if os.name == "nt":
        return f'"{text}"' if " " in text else text
    return shlex.quote(text)
