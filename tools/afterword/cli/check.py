"""``afterword check``."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli.evidence import gathered, inspected
from afterword.cli.failure import Unable
from afterword.cli.options import Command
from afterword.cli.report import as_json, as_text
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from collections.abc import Collection

    from afterword.checking import Report

LEVELS = ("error", "warning", "hint")
FORMATS = ("text", "json")


class _Check(Command):
    """Could not judge: 2, whatever the reason."""

    failure = Unable


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked."""

    paths: tuple[str, ...]
    format: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed_since: str | None
    fail_on: str
    output: str | None


def _words(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """``--select AW1,AW5 --select overdue-action``."""
    return tuple(word.strip() for item in value for word in item.split(",") if word.strip())


@click.command(
    cls=_Check,
    examples=(
        "afterword check",
        "afterword check --changed-since origin/main --fail-on warning",
        "afterword check postmortems/incidents/2026 --select AW5 --format json",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option("--format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to report.")
@click.option(
    "--select",
    multiple=True,
    callback=_words,
    metavar="RULES",
    help="Only these: codes, beginnings of codes (AW5) or names, with commas between.",
)
@click.option("--ignore", multiple=True, callback=_words, metavar="RULES", help="Not these.")
@click.option("--changed-since", metavar="REF", help="Only files that changed since the branch left this commit.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="The least level that gives exit code 1.",
)
@click.option("--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report to a file.")
@click.pass_context
@pass_world
def command(world: World, ctx: click.Context, /, **given: object) -> None:
    """Check postmortems and say where they fall short.

    Reads the whole library and reports on PATHS: files or folders, all of it without any. Exit code 0: nothing
    at or above --fail-on; 1: findings; 2: could not judge.
    """
    from afterword import checking  # noqa: PLC0415  # --help must not wait for it
    from afterword.findings import Level  # noqa: PLC0415

    options = Options(**given)  # type: ignore[arg-type]  # click fills exactly these
    begun = time.monotonic()
    library = world.load()
    evidence, read = gathered(world, library), inspected(world)
    paths = _paths(world, library.paths | set(read.files), options)
    report = checking.check(
        library,
        world.clock,
        paths=paths,
        select=options.select,
        ignore=options.ignore,
        telemetry=evidence.telemetry if evidence else None,
        beside=(*(evidence.findings if evidence else ()), *read.findings),
        others=read.files,
    )
    text = _written(world, report, options, time.monotonic() - begun)
    if options.output:
        _save(Path(options.output), text)
    else:
        click.echo(text, nl=False, color=world.colored)
    ctx.exit(1 if report.fails(Level(options.fail_on)) else 0)


def _paths(world: World, known: Collection[str], options: Options) -> frozenset[str] | None:
    """The library's files that are meant; ``None`` for all."""
    paths = _given(world, known, options.paths) if options.paths else None
    if options.changed_since is None:
        return paths
    from afterword.cli.changed import changed_since  # noqa: PLC0415  # only this option needs it

    changed = changed_since(world.root, options.changed_since)
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


def _save(path: Path, text: str) -> None:
    """Writes the report. What is no plain file, such as /dev/stdout or a link, is written through, not replaced."""
    from afterword.files import write_atomically  # noqa: PLC0415  # --help must not wait for it

    if path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_text(text, encoding="utf-8", newline="\n")
    elif not path.parent.is_dir():
        raise AfterwordError(f"the folder {path.parent} does not exist", "Make it first, or give another --output.")
    else:
        write_atomically(path, text.encode("utf-8"))


def _written(world: World, report: Report, options: Options, seconds: float) -> str:
    if options.format == "json":
        return as_json(report)
    return as_text(report, world.root, color=world.colored and not options.output, seconds=seconds)
