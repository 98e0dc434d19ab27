"""``afterword publish``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from afterword.cli.failure import Failure
from afterword.cli.lookup import complete_id, find_postmortem, read_file, write_file
from afterword.cli.options import Command
from afterword.cli.report import as_text
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.checking import Report
    from afterword.library import Library
    from afterword.model import Postmortem

REVIEW_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A key to set and the keys after which it stands."""

    key: str
    value: str


@click.command(cls=Command, examples=("afterword publish 2026-03-04-checkout-answered-503",))
@click.argument("postmortem", metavar="FILE-OR-ID", shell_complete=complete_id)
@pass_world
def command(world: World, postmortem: str) -> None:
    """Publish a postmortem: check it and stamp the date.

    Refuses as long as the published postmortem would have errors. Sets status, published (today, in the library's
    zone) and review_on (30 days later); a date that is there already is never moved.
    """
    library = world.load(judged=True)
    item = find_postmortem(world, library, postmortem)
    shown = world.shown(item.path)
    stamps = list(_stamps(item, world))
    old = new = read_file(world, item)
    for stamp in stamps:
        new = _set(item, new, stamp)
    report = _judge(world, library, item, new)
    if report.fails():
        found = as_text(report, world, color=world.colored, unsaved={item.path: new})
        click.echo(found, nl=False, color=world.colored)
        raise Failure(f"{shown} was not published: mend the errors above first.")
    if not stamps:
        click.echo(f"{shown} was published on {item.published} already; nothing was changed.")
        return
    write_file(world, item, old, new, judged=True)
    click.echo(f"Published {shown}: {', '.join(f'{stamp.key} {stamp.value}' for stamp in stamps)}")
    if item.published and item.is_internal:
        click.echo(f"It keeps its date of publication, {item.published}.")


def _stamps(item: Postmortem, world: World) -> Iterator[Stamp]:
    """What has to be set. Raises ``AfterwordError`` for a public one without the day of its write-up."""
    published = item.published
    if published is None:
        if not item.is_internal:
            raise AfterwordError(
                f"{item.path}: a public postmortem bears the day on which its write-up was published",
                "Add `published:` with that day.",
            )
        published = world.today
    if item.status != "published":
        yield Stamp("status", "published")
    if item.published is None:
        yield Stamp("published", published.isoformat())
    if item.review_on is None and item.is_internal and (item.published is None or item.status != "published"):
        yield Stamp("review_on", (published + REVIEW_AFTER).isoformat())


def _set(item: Postmortem, data: bytes, stamp: Stamp) -> bytes:
    from afterword import edit, resources  # noqa: PLC0415  # --help must not wait for it

    return edit.set_value(item.path, data, stamp.key, stamp.value, tuple(resources.schema("postmortem")["properties"]))


def _judge(world: World, library: Library, item: Postmortem, new: bytes) -> Report:
    """What would be found if it were published."""
    from afterword import checking  # noqa: PLC0415  # --help must not wait for it

    changed = checking.read(item.path, new, world.settings)
    records = tuple(changed if known.path == item.path else known for known in library.records)
    future = dataclasses.replace(library, records=records)
    return checking.check(future, world.clock, paths=[item.path])
