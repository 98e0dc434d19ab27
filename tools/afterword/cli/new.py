"""``afterword new``."""

from __future__ import annotations

from dataclasses import dataclass

import click

from afterword.cli.filters import unknown_word as _unknown
from afterword.cli.moments import read_moment
from afterword.cli.options import Command
from afterword.cli.texts import one_line
from afterword.cli.world import World, pass_world
from afterword.errors import ConflictError

KINDS = ("incident", "near-miss", "drill")
ORIGINS = ("internal", "public")


@dataclass
class Wanted:
    """What was given; what is missing is asked for, when there is somebody to ask."""

    title: str | None
    kind: str | None
    origin: str | None
    severity: str | None
    services: tuple[str, ...]
    started: str | None
    summary: str | None
    organization: str | None
    source: str | None
    author: str | None


@click.command(
    cls=Command,
    examples=(
        "afterword new",
        'afterword new "Checkout answered 503" --severity SEV1 --service checkout --started 2026-03-04T09:12:00Z',
    ),
)
@click.argument("title", required=False)
@click.option("--kind", type=click.Choice(KINDS), help="What it is about.  [default: incident]")
@click.option("--origin", type=click.Choice(ORIGINS), help="Ours, or another organisation's.  [default: internal]")
@click.option("--severity", metavar="KEY", help="A key of severities in afterword.yml.")
@click.option("--service", "services", multiple=True, metavar="KEY", help="A service that failed. May be repeated.")
@click.option("--started", metavar="WHEN", help="When it began: RFC 3339, 2026-03-04 09:12 in the library's zone, "
              "a date where only the day is known, or now.")  # fmt: skip
@click.option("--summary", metavar="TEXT", help="One sentence for lists and search.")
@click.option("--organization", metavar="NAME", help="Whose incident it is, for public ones.")
@click.option("--source", metavar="URL", help="The published write-up, for public ones.")
@click.option("--author", metavar="HANDLE", help="Who writes it, such as @team-payments.")
@pass_world
def command(world: World, /, **given: object) -> None:
    """Start a postmortem from the template.

    Writes postmortems/incidents/YEAR/DAY-TITLE.md as a draft with the parts that its kind and severity ask for.
    Asks for what is missing when it runs on a terminal. Never overwrites a file.
    """
    from afterword import files, template  # noqa: PLC0415  # --help must not wait for it
    from afterword.timing import parse_moment  # noqa: PLC0415

    _ = world.settings  # without a library there is nothing to ask for
    wanted = Wanted(**given)  # type: ignore[arg-type]  # click fills exactly these
    if world.asks:
        _ask(wanted, world)
    _complain(wanted, world)
    when = parse_moment(wanted.started or "")
    if when is None or wanted.title is None:  # _complain has seen to it
        raise click.UsageError("--started is missing.")
    start = template.Start(
        wanted.title, when, wanted.kind or "incident", wanted.origin or "internal", wanted.severity,
        wanted.services, wanted.summary, wanted.organization, wanted.source, wanted.author, world.settings.minor,
    )  # fmt: skip
    path = template.file_name(start.title, when)
    number = 2
    while template.slug(start.title) == template.NAMELESS and (world.root / path).exists():
        path = template.file_name(f"{template.NAMELESS} {number}", when)
        number += 1
    shown = world.shown(path)
    try:
        files.create(world.root / path, template.render(start).encode("utf-8"))
    except ConflictError as error:
        raise ConflictError(f"{shown} exists already", "Go on with it, or choose another title.") from error
    click.echo(f"Wrote {shown}")
    click.echo(f"Fill it in, then: afterword check {shown}")


def _complain(wanted: Wanted, world: World) -> None:
    """Tidies what was given. Raises ``UsageError`` that names the flags for what is missing or wrong."""
    for key in ("title", "started", "summary", "organization", "source", "author"):
        setattr(wanted, key, one_line(getattr(wanted, key)))
    wanted.title = (wanted.title or "").rstrip(". ") or None
    missing = [name for name, value in (("TITLE", wanted.title), ("--started", wanted.started)) if not value]
    if missing:
        raise click.UsageError(
            f"Missing: {' and '.join(missing)}. On a terminal, `afterword new` asks for what is missing."
        )
    settings = world.settings
    if wanted.severity is not None and wanted.severity not in settings.severities:
        raise _unknown("--severity", wanted.severity, list(settings.severities))
    for service in wanted.services if wanted.origin != "public" else ():
        if service not in settings.services:
            raise _unknown("--service", service, list(settings.services))
    if wanted.origin != "public" and (wanted.organization or wanted.source):
        raise click.UsageError("--organization and --source are for --origin public.")
    if len(wanted.title or "") > 200:
        raise click.UsageError("The title is too long: at most 200 characters.")
    moment = read_moment(wanted.started or "", settings.zone, world.clock)
    if moment is None:
        raise click.UsageError(f"--started “{wanted.started}” is not a time. {_WHEN}")
    wanted.started = moment


_WHEN = "Write 2026-03-04T09:12:00Z, 2026-03-04 09:12 (in the library's zone), 2026-03-04, today or now."


def _ask(wanted: Wanted, world: World) -> None:
    """Asks on stderr for what is missing, and for nothing that was given."""
    settings = world.settings
    if wanted.title is None:
        wanted.title = _prompt("Title: what failed for whom, as a sentence")
    if wanted.kind is None:
        wanted.kind = _prompt("Kind", "incident", KINDS)
    if wanted.origin is None:
        wanted.origin = "internal" if wanted.kind != "incident" else _prompt("Origin", "internal", ORIGINS)
    while wanted.started is None:
        given = _prompt("Started (2026-03-04 09:12, RFC 3339, a bare date, or now)")
        wanted.started = read_moment(given, settings.zone, world.clock)
        if wanted.started is None:
            click.echo(f"That is not a time. {_WHEN}", err=True)
    if wanted.origin == "public":
        wanted.organization = wanted.organization or _prompt("Organization: whose incident it is", "") or None
        wanted.source = wanted.source or _prompt("Source: the address of the write-up", "") or None
        return
    if wanted.severity is None and wanted.kind == "incident":
        wanted.severity = _prompt("Severity, or nothing while it is not known", "", ("", *settings.severities)) or None
    if not wanted.services and settings.services:
        wanted.services = _prompt_services(list(settings.services))


def _prompt_services(known: list[str]) -> tuple[str, ...]:
    while True:
        answer = _prompt(f"Services, with commas between ({', '.join(known)})", "")
        given = tuple(dict.fromkeys(item.strip() for item in answer.split(",") if item.strip()))
        wrong = [item for item in given if item not in known]
        if not wrong:
            return given
        click.echo(_unknown("Service", wrong[0], known).message, err=True)


def _prompt(text: str, default: str | None = None, choices: tuple[str, ...] = ()) -> str:
    named = [choice for choice in choices if choice]
    kind = click.Choice([*named, *([""] if "" in choices else [])], case_sensitive=False) if choices else str
    question = f"{text} ({', '.join(named)})" if named else text
    answer: str = click.prompt(
        question, default=default, type=kind, err=True, show_default=bool(default), show_choices=False
    )
    return answer
