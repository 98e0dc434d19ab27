"""``afterword migrate``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from afterword.cli import tables
from afterword.cli.options import Command
from afterword.cli.progress import progress
from afterword.cli.texts import one_line, quoted
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.cli.migrating import Piece, Shelf
    from afterword.migration.collection import Collection
    from afterword.migration.options import Options
    from afterword.migration.plan import Plan
    from afterword.settings import Settings

ORIGINS = ("internal", "public")
FORMATS = ("text", "summary", "json")


def _zone(_: click.Context, __: click.Parameter, value: str | None) -> tzinfo | None:
    from afterword.timeline import zone_named  # noqa: PLC0415  # --help must not wait for it

    zone = zone_named(value) if value else None
    if value and zone is None:
        raise click.BadParameter(f"“{value}” is no zone. Write an IANA name such as Europe/Lisbon, UTC, or +02:00.")
    return zone


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    from afterword.validation import is_link  # noqa: PLC0415  # --help must not wait for it

    if value and not (is_link(value) and value.startswith("http")):
        raise click.BadParameter(f"“{value}” is no address. Write https://….")
    return value


@click.command(
    cls=Command,
    examples=(
        "afterword migrate ../old-postmortems postmortem-library --dry-run",
        "afterword migrate ../old-postmortems postmortem-library --time-zone Europe/Lisbon",
        "afterword migrate reports library --origin public --source-base https://example.org/reports/blob/main",
    ),
)
@click.argument("source", metavar="SRC", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--origin",
    type=click.Choice(ORIGINS),
    default="internal",
    show_default=True,
    help="Our own reports, or another organisation's.",
)
@click.option("--organization", metavar="NAME", help="Whose reports they are.")
@click.option(
    "--source-base",
    metavar="URL",
    callback=_address,
    help="The address below which the reports are read now: each links back to its own.",
)
@click.option(
    "--time-zone",
    "zone",
    metavar="ZONE",
    callback=_zone,
    help="The zone of times that name none. Without it only their day is taken.",
)
@click.option("--dry-run", is_flag=True, help="Report what would be written, and write nothing.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="Each report and the whole, the whole alone, or JSON.")  # fmt: skip
def command(source: Path, out: Path, dry_run: bool, form: str, **given: Any) -> None:
    """Make a library of the reports of another place.

    SRC is a folder or a git repository with Markdown, Confluence or HTML pages; OUT becomes a library, or is one. Every
    sentence is kept, nothing is made up: what a report does not say is left out and told. Each becomes a draft unless
    it says otherwise. Run again, it leaves alone what somebody has edited since.
    """
    given["organization"] = one_line(given["organization"])
    _refuse(source, out)
    with ExitStack() as stack:
        found, history = _collected(source, out, stack)
        if not found.reports:
            raise AfterwordError(f"there is no report in {source}", _nothing(found))
        from afterword.cli.migrating import Shelf  # noqa: PLC0415  # files are read while processes start
        from afterword.migration.options import Options  # noqa: PLC0415  # as above

        shelf = Shelf.at(out, found.reports)
        made, data = _planned(found, history, Options(**given), shelf)
        outcomes = {piece.path: shelf.outcome(piece) for piece in data}
        if not dry_run:
            _write(shelf, data)
    _report(made, source, out, outcomes, form=form, dry_run=dry_run)


def _refuse(source: Path, library: Path) -> None:
    """Raises ``AfterwordError`` where a library would be made of itself."""
    if source.resolve() == library.resolve():
        raise AfterwordError(f"{source} cannot become a library of itself", "Give another folder for the library.")
    if (library.resolve() / "postmortems") in (source.resolve(), *source.resolve().parents):
        raise AfterwordError(
            f"{source} lies where {library} keeps its postmortems, and its site shows all of that folder",
            "Move the reports that you have to another folder first, and give that one.",
        )


def _collected(source: Path, library: Path, stack: ExitStack) -> tuple[Collection, dict[str, str]]:
    """The files of the source, and the days that git has for them."""
    from afterword.cli import history  # noqa: PLC0415  # --help must not wait for it
    from afterword.migration.collection import listed, sorted_out  # noqa: PLC0415  # --help must not wait for it
    from afterword.migration.spread import expect  # noqa: PLC0415  # --help must not wait for it

    if history.is_bare(source):
        files = history.unpack(source, Path(stack.enter_context(tempfile.TemporaryDirectory())))
    else:
        files = listed(source, library)
    expect(len(files))
    return sorted_out(source, files), dict(history.first_seen(source))


def _nothing(found: Collection) -> str:
    if found.left:
        count = len(found.left)
        looked = "One file was looked at," if count == 1 else f"{count} files were looked at, such as"
        return f"{looked} {found.left[0].path}: {found.left[0].why}."
    return "Reports are Markdown, HTML or Confluence pages."


def _planned(found: Collection, history: dict[str, str], options: Options, shelf: Shelf) -> tuple[Plan, list[Piece]]:
    """The plan, and every file that it would write, settings last: they make a folder a library."""
    from afterword.cli.migrating import Piece, pieces  # noqa: PLC0415  # --help must not wait for it
    from afterword.migration.ledger import SETTINGS  # noqa: PLC0415
    from afterword.migration.lexicon import settings_text  # noqa: PLC0415
    from afterword.migration.options import Standing  # noqa: PLC0415
    from afterword.migration.plan import plan  # noqa: PLC0415
    from afterword.migration.spread import in_processes  # noqa: PLC0415

    settings, given = _settings(shelf, options)
    standing = Standing(given is not None, shelf.taken(), shelf.kept(), shelf.gone(), shelf.held(), shelf.known())
    with progress("Reading reports") as tell, in_processes(tell) as spread:
        made = plan(found, settings, options, standing, history=history, spread=spread)
        data = list(pieces(made, found.others))
        if others := shelf.others(data):  # reports of the same day and title as those of another source
            standing = replace(standing, taken=standing.taken | others)
            made = plan(found, settings, options, standing, history=history, spread=spread)
            data = list(pieces(made, found.others))
    if given is not None:
        text = settings_text(given[SETTINGS].decode(), made.words, options, made.ignored, keep=shelf.has_others)
        parts = {**given, SETTINGS: text.encode()}
        data += [Piece(SETTINGS if path == SETTINGS else f"starter:{path}", path, part) for path, part in parts.items()]
    return made, data


def _settings(shelf: Shelf, options: Options) -> tuple[Settings, dict[str, bytes] | None]:
    """The settings to begin with, and the files of a new library unless it is one: then nobody adds to its words."""
    from afterword import settings, starter  # noqa: PLC0415  # --help must not wait for it
    from afterword.migration.ledger import SETTINGS  # noqa: PLC0415

    if shelf.has_own_settings:
        return settings.load(shelf.root), None
    given = starter.files(organization=options.organization if options.origin == "internal" else None)
    if shelf.has_others and (written := shelf.settings) is not None:
        return settings.read(shelf.root, written), {**given, SETTINGS: written}
    # its teams and services are examples, which a library with services of its own does not keep
    return replace(settings.read(shelf.root, given[SETTINGS]), teams={}, services={}), given


def _write(shelf: Shelf, data: list[Piece]) -> None:
    """Writes every file, the last one last; what was written is noted also when it ends in the middle."""
    shelf.begin(data)
    try:
        with progress("Writing the library") as tell:
            for number, _ in enumerate(_put(shelf, data), 1):
                if tell:
                    tell(number, len(data))
    except BaseException:
        with suppress(OSError, AfterwordError):  # what stopped it says more
            shelf.close()
        raise
    shelf.close()


def _put(shelf: Shelf, data: list[Piece]) -> Iterator[None]:
    """Several at a time: each waits until the disk has it."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # --help must not wait for it

    pool = ThreadPoolExecutor(4)
    try:
        yield from pool.map(shelf.put, data[:-1])
    finally:
        pool.shutdown(cancel_futures=True)
    yield from map(shelf.put, data[-1:])


def _report(made: Plan, source: Path, library: Path, outcomes: dict[str, str], *, form: str, dry_run: bool) -> None:
    from afterword.migration import account, narrative, secrecy  # noqa: PLC0415  # --help must not wait for it

    said = account.as_json(made, source.as_posix(), library.as_posix(), outcomes, dry_run=dry_run)
    mask = secrecy.mask(made, said)
    if form == "json":
        click.echo(tables.as_json(secrecy.masked(said, mask)), nl=False)
        return
    room = tables.width_of_terminal()
    if form == "text":
        click.echo(mask.text(narrative.details(made, outcomes, room)))
    click.echo(mask.text(narrative.totals(made, room)))
    click.echo(mask.text(narrative.ending(made, outcomes, str(source), str(library), dry_run=dry_run)), nl=False)
    if not dry_run:
        click.echo(f"\n{narrative.following(made, quoted(library))}", nl=False)
