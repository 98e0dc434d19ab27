"""``afterword action list``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from afterword.cli import tables
from afterword.cli.filters import filtered, query
from afterword.cli.lookup import short_ids
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from afterword.model import ActionItem, Postmortem

STATUSES = ("open", "in-progress", "done", "wont-do", "moved", "unknown")
KEYS = (
    "id", "title", "details", "type", "horizon", "owner", "created", "due", "priority", "status", "completed",
    "reason", "moved_to", "tracker",
)  # fmt: skip
"""In the order in which they stand in a file."""
FACTS = ("action", "postmortem", *KEYS, "days_overdue")


@dataclass(frozen=True, slots=True)
class Item:
    """An action and the postmortem that it belongs to."""

    postmortem: Postmortem
    action: ActionItem


@click.command("list", cls=Command, examples=('afterword action list --owner "@team-payments" --overdue',))
@click.option("--owner", metavar="HANDLE", help="Only this owner's.")
@click.option(
    "--action-status",
    "statuses",
    multiple=True,
    type=click.Choice(STATUSES),
    help="Only these. May be repeated.  [default: open, in-progress]",
)
@click.option("--all", "all_", is_flag=True, help="Of every status.")
@click.option("--overdue", is_flag=True, help="Only what is past its due date.")
@click.option("--priority", metavar="P1", help="Only this priority.")
@filtered
@tables.formatted
@pass_world
def list_(world: World, /, form: str, **given: Any) -> None:
    """List actions: open ones, the longest overdue first.

    --severity, --service and the like choose the postmortems that they belong to.
    """
    wanted = query(world, given)
    library = world.load()
    statuses = STATUSES if given["all_"] else given["statuses"] or STATUSES[:2]
    found = [
        Item(postmortem, action)
        for postmortem in library.select(wanted)
        for action in postmortem.actions
        if _is_meant(action, given, statuses, world.today)
    ]
    found.sort(key=lambda item: (not item.action.is_open, item.action.due or date.max, item.postmortem.id))
    if form == "table":
        _print_table(found, world.today, short_ids(library), colored=world.colored)
    else:
        tables.print_facts(form, world, "actions", FACTS, [_facts(item, world.today) for item in found])


def _is_meant(action: ActionItem, given: dict[str, Any], statuses: tuple[str, ...], today: date) -> bool:
    owner, priority = given["owner"], given["priority"]
    return (
        action.status in statuses
        and (owner is None or (action.owner or "").lstrip("@").casefold() == owner.lstrip("@").casefold())
        and (priority is None or (action.priority or "").casefold() == priority.casefold())
        and (not given["overdue"] or action.days_overdue(today) > 0)
    )


_COLUMNS = (
    tables.Column("Action"),
    tables.Column("What", shrinks=20),
    tables.Column("Owner", shrinks=10),
    tables.Column("Prio"),
    tables.Column("Due"),
    tables.Column("Status"),
)


def _print_table(found: list[Item], today: date, names: dict[str, str], *, colored: bool) -> None:
    if not found:
        click.echo("No action fits.")
        return
    late = [item.action.days_overdue(today) for item in found]

    def style(row: int, column: int, text: str) -> str:
        return click.style(text, fg="red") if column == 5 and late[row] else text

    rows = [_row(item, days, names) for item, days in zip(found, late, strict=True)]
    click.echo(tables.aligned(_COLUMNS, rows, tables.width_of_terminal(), style), color=colored)
    opened = sum(item.action.is_open for item in found)
    overdue = sum(days > 0 for days in late)
    click.echo(f"{len(found)} {'action' if len(found) == 1 else 'actions'}, {opened} open, {overdue} overdue")


def _row(item: Item, late: int, names: dict[str, str]) -> list[str]:
    action = item.action
    name = f"{names.get(item.postmortem.id, item.postmortem.id)}#{action.id}"
    state = f"{late} d overdue" if late else "" if action.status == "open" else str(action.status)
    due = action.due.isoformat() if action.due else ""
    return [name, action.title, action.owner or "", action.priority or "", due, state]


def _facts(item: Item, today: date) -> dict[str, object]:
    values: dict[str, object] = {
        "action": f"{item.postmortem.id}#{item.action.id}",
        "postmortem": item.postmortem.id,
    }
    for key in KEYS:
        value = getattr(item.action, key)
        values[key] = value.isoformat() if isinstance(value, date) else None if value is None else str(value)
    return values | {"days_overdue": item.action.days_overdue(today)}
