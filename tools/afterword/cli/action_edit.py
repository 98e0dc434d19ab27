"""``afterword action add`` and ``done``: the front matter edited in place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from afterword.cli.action_list import KEYS
from afterword.cli.lookup import complete_id, find_action, find_postmortem, read_file, write_file
from afterword.cli.moments import Day, TextType
from afterword.cli.options import Command
from afterword.cli.texts import one_line
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError
from afterword.terminal import printable

if TYPE_CHECKING:
    from afterword.library import Library
    from afterword.model import ActionItem, Postmortem

TYPES = ("prevent", "detect", "mitigate", "process")
HORIZONS = ("short", "medium", "long")


def _complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(f"{item.value}#A") for item in complete_id(ctx, param, incomplete)]


@click.command("done", cls=Command, examples=("afterword action done 2026-03-04#A1 --on 2026-03-11",))
@click.argument("actions", nargs=-1, required=True, metavar="ID#ACTION...", shell_complete=_complete_name)
@click.option("--on", type=Day(), metavar="DATE", help="The day on which it was done.  [default: today]")
@pass_world
def done(world: World, actions: tuple[str, ...], on: str | None) -> None:
    """Mark actions as done.

    Sets status and completed. The beginning of an ID is enough where it is unambiguous.
    """
    if on and on > world.today.isoformat():
        raise click.UsageError(f"--on {on} lies in the future.")
    library = world.load()
    found = [_named(world, library, name) for name in actions]
    for postmortem, action in {(item.path, action.index): (item, action) for item, action in found}.values():
        _finish(world, postmortem, action, on)


def _finish(world: World, postmortem: Postmortem, action: ActionItem, on: str | None) -> None:
    from afterword import edit  # noqa: PLC0415  # --help must not wait for it

    label = f"{postmortem.id}#{action.id}"
    if action.status == "done":
        click.echo(f"{label} was done on {action.completed or 'an unknown day'} already; nothing was changed.")
        return
    day = on or str(action.completed or world.today)
    old = read_file(world, postmortem)
    at = f"actions/{action.index}"
    new = edit.set_value(postmortem.path, old, f"{at}/status", "done", KEYS)
    new = edit.set_value(postmortem.path, new, f"{at}/completed", day, KEYS)
    write_file(world, postmortem, old, new)
    click.echo(f"Done on {day}: {label} {printable(action.title)}")


def _named(world: World, library: Library, name: str) -> tuple[Postmortem, ActionItem]:
    """An action that is open or done. All are looked up before the first is changed."""
    identity, _, action = name.rpartition("#")
    if not identity or not action:
        raise click.UsageError(f"“{name}” does not name an action: write ID#A1, as `afterword action list` prints it.")
    postmortem = find_postmortem(world, library, identity)
    found = find_action(postmortem, action)
    if not found.is_open and found.status != "done":
        label = f"{postmortem.id}#{found.id}"
        raise AfterwordError(f"{label} is {found.status}, so it cannot be done", "Change its status in the file.")
    return postmortem, found


@click.command(
    "add",
    cls=Command,
    examples=(
        "afterword action add 2026-03-04",
        'afterword action add 2026-03-04 --title "Alert when the pool is over 80 %" --owner "@team-payments"',
    ),
)
@click.argument("postmortem", metavar="ID", shell_complete=complete_id)
@click.option("--title", metavar="TEXT", help="A verb, an object, and a measure or an artefact.")
@click.option("--owner", metavar="HANDLE", help="One handle, such as @team-payments.")
@click.option("--due", type=Day(), metavar="DATE", help="Until when.")
@click.option("--priority", metavar="P1", help="P1 is the most urgent.")
@click.option("--type", "type_", type=click.Choice(TYPES), help="What it does about the fault.")
@click.option("--horizon", type=click.Choice(HORIZONS), help="short: 1–2 days, medium: 1–2 weeks, long: 1–3 months.")
@click.option("--tracker", metavar="URL", help="Where it is followed up.")
@pass_world
def add(world: World, /, postmortem: str, **given: str | None) -> None:
    """Add an action to a postmortem; it gets the next free id.

    Asks for what is missing when it runs on a terminal.
    """
    from afterword import edit, resources  # noqa: PLC0415  # --help must not wait for it

    item = find_postmortem(world, world.load(), postmortem)
    if world.asks:
        _ask(given)
    values = {key: one_line(text) for key, text in given.items()}
    values["title"] = (values["title"] or "").rstrip(". ")
    if not values["title"]:
        raise click.UsageError("Missing: --title. On a terminal, `afterword action add` asks for it.")
    values |= {"id": _next_id(item), "type": given["type_"], "created": world.today.isoformat(), "status": "open"}
    row = {key: text for key in KEYS if (text := values.get(key))}
    order = tuple(resources.schema("postmortem")["properties"])
    old = read_file(world, item)
    write_file(world, item, old, edit.append_item(item.path, old, "actions", row, order))
    click.echo(f"Added {item.id}#{row['id']} {printable(row['title'])}")
    left = [key for key in ("type", "horizon", "owner", "due", "priority") if key not in row]
    if left and item.is_internal:
        click.echo(f"Before review it also needs: {', '.join(left)}.")


def _next_id(item: Postmortem) -> str:
    used = {action.id.upper() for action in item.actions}
    return next(name for number in range(1, len(used) + 2) if (name := f"A{number}") not in used)


def _ask(given: dict[str, str | None]) -> None:
    if given["title"] is None:
        given["title"] = click.prompt("Title: a verb, an object, and a measure or an artefact", err=True)
    for key, text, kind in (
        ("type_", "Type", click.Choice(TYPES)),
        ("horizon", "Horizon: 1–2 days, 1–2 weeks or 1–3 months", click.Choice(HORIZONS)),
    ):
        if given[key] is None:
            given[key] = click.prompt(text, type=kind, err=True)
    for key, text, free in (
        ("owner", "Owner, such as @team-payments (empty: not known yet)", None),
        ("due", "Due, such as 2026-03-11 (empty: not known yet)", _DayOrNothing()),
        ("priority", "Priority, such as P1 (empty: not known yet)", _PriorityOrNothing()),
    ):
        if given[key] is None:
            given[key] = click.prompt(text, default="", type=free, show_default=False, err=True) or None


class _PriorityOrNothing(TextType):
    """P1 and the like, or an empty answer."""

    name = "priority"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Fails here, where it can be typed again, and not after the last question."""
        text = str(value).upper()
        if text and not re.fullmatch("P[0-9]", text):
            self.fail(f"“{value}” is not a priority such as P1.", param, ctx)
        return text


class _DayOrNothing(TextType):
    """A date, or an empty answer."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Nothing stays nothing."""
        return "" if value == "" else Day().convert(value, param, ctx)
