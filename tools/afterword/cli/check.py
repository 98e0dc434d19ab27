"""``afterword check``."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli import fixing, outputs, report
from afterword.cli.checked import Request, checked
from afterword.cli.failure import Unable
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from afterword.cli.checked import Checked
    from afterword.cli.outputs import Output

LEVELS = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked."""

    paths: tuple[str, ...]
    form: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    changed_since: str | None
    fail_on: str
    files: tuple[Output, ...]
    watch: bool
    fix: bool
    diff: bool
    online: bool


class _Check(Command):
    """Could not judge: 2, whatever the reason."""

    failure = Unable


def _words(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """``--select AW1,AW5 --select overdue-action``."""
    return tuple(word.strip() for item in value for word in item.split(",") if word.strip())


@click.command(
    cls=_Check,
    examples=(
        "afterword check",
        "afterword check --changed-since origin/main --fail-on warning",
        "afterword check postmortems/incidents/2026 --select AW5 --format json",
        "afterword check --format github --output sarif=findings.sarif --output junit=findings.xml",
        "afterword check --watch",
        "afterword check --diff",
        "afterword check --fix postmortems/incidents/2026",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option(
    "--format",
    "form",
    type=click.Choice((outputs.AUTO, *outputs.FORMATS)),
    default=outputs.AUTO,
    show_default=True,
    help="How to report. auto: github in a job of GitHub Actions, unless --output takes its place; else text.",
)
@click.option(
    "--select",
    multiple=True,
    callback=_words,
    metavar="RULES",
    help="Only these: codes, beginnings of codes (AW5) or names, with commas between. What keeps a file from being "
    "judged is always told.",
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
@click.option(
    "--output",
    "files",
    multiple=True,
    callback=outputs.parsed,
    metavar="[FORMAT=]FILE",
    help="Write the report to a file instead; with FORMAT=, write one of that form as well. May be repeated.",
)
@click.option("--watch", is_flag=True, help="Check again at every change, until Ctrl-C.")
@click.option("--fix", is_flag=True, help="First mend what can be mended without changing what a file says.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing; exit code 1 if anything.")
@click.option("--online", is_flag=True, help="Ask whether addresses on the web still lead somewhere.")
@click.pass_context
@pass_world
def command(world: World, ctx: click.Context, /, **given: object) -> None:
    """Check postmortems and say where they fall short.

    Reads the whole library and reports on PATHS: files or folders, all of it without any. Exit code 0: nothing
    at or above --fail-on; 1: findings; 2: could not judge, or a file could not be mended.
    """
    from afterword.findings import Level  # noqa: PLC0415  # --help must not wait for it

    options = Options(**given)  # type: ignore[arg-type]  # click fills exactly these
    if options.watch and (options.fix or options.diff):
        raise click.UsageError("--watch looks on; it goes with neither --fix nor --diff.")
    if options.online and (options.watch or options.diff):
        raise click.UsageError("--online asks other hosts; it goes with neither --watch nor --diff.")
    if options.diff and (options.files or options.form != outputs.AUTO):
        raise click.UsageError("--diff shows a difference and no report; it goes with neither --format nor --output.")
    if options.diff:
        ctx.exit(fixing.show(world, _request(options)))
    if options.watch:
        from afterword.cli.watching import watch  # noqa: PLC0415  # only this option needs it

        written = frozenset(str(Path(output.path).absolute()) for output in options.files)
        watch(world, lambda fresh: _once(fresh, options), written)
        return
    known, failed = fixing.mend(world, _request(options)) if options.fix else (None, 0)
    fails = _once(world, options, known).report.fails(Level(options.fail_on))
    ctx.exit(2 if failed else 1 if fails else 0)


def _request(options: Options) -> Request:
    return Request(options.paths, options.select, options.ignore, options.changed_since, options.online)


def _once(world: World, options: Options, known: Checked | None = None) -> Checked:
    """Checks, unless that was done, then writes and prints what was asked for."""
    found = known or checked(world, _request(options))
    form = outputs.printed(options.form, options.files, os.environ, terminal=sys.stdout.isatty())
    for output in options.files:
        kind = output.form or ("text" if options.form == outputs.AUTO else options.form)
        outputs.save(output.path, report.rendered(kind, found, world, options.fail_on))
    if form:
        text = report.rendered(form, found, world, options.fail_on, color=world.colored)
        more = fixing.offer(world, found, _request(options)) if form == "text" and not options.fix else ""
        click.echo(text + more, nl=False, color=world.colored)
    return found
