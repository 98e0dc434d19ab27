"""``afterword gate audit``: the log of overrides, whether it is whole, and what is due for review."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from afterword.cli import tables
from afterword.cli.options import Command
from afterword.cli.verdicts import Code, Unjudged, as_json
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.gate.audit import Log, Record

_COLUMNS = (
    tables.Column("Record"),
    tables.Column("When (UTC)"),
    tables.Column("What", shrinks=10),
    tables.Column("Service", shrinks=8),
    tables.Column("State"),
    tables.Column("Who", shrinks=10),
    tables.Column("Why", shrinks=16, drops=True),
    tables.Column("Review"),
)


class _Audit(Command):
    failure = Unjudged


@click.command(
    "audit",
    cls=_Audit,
    examples=("afterword gate audit", 'afterword gate audit --review 3f2a91c04d11 --by @lead --note "Fixed the query"'),
)
@click.option("--audit-log", metavar="DIR", envvar="AFTERWORD_AUDIT_LOG", help="The log.  [default: budgets/overrides]")
@click.option("--review", metavar="RECORD", help="Note that this record was reviewed.")
@click.option("--by", metavar="HANDLE", help="Who reviewed it.")
@click.option("--note", metavar="TEXT", help="What came of the review.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@pass_world
def command(
    world: World, /, audit_log: str | None, review: str | None, by: str | None, note: str | None, *, json_: bool
) -> Code:
    """Verify the log of overrides and rollbacks, print it, and say what is due for review.

    Exit code 0: the log is whole; 1: something in it was changed, or is missing; 99: it could not be read.
    """
    from afterword.budgets.gate import audit  # noqa: PLC0415  # --help must not wait for it

    folder = Path(audit_log) if audit_log else world.root / audit.FOLDER
    if audit_log and not folder.is_dir():
        raise AfterwordError(f"there is no folder {folder}", "Give the folder of the log.")
    log = audit.read(folder)
    if review is not None:
        return _review(folder, log, review, by, note)
    now, days = datetime.now(UTC), _review_days(world, audit_log)
    if json_:
        click.echo(as_json(_facts(log, now, days)), nl=False)
    else:
        _print(log, now, days)
    return Code(1 if log.faults else 0)


def _review_days(world: World, audit_log: str | None) -> int:
    """The days that the library's policy gives; the usual ones where there is no library."""
    from afterword.budgets.gate import policy  # noqa: PLC0415  # --help must not wait for it
    from afterword.errors import LibraryNotFoundError  # noqa: PLC0415  # the same

    try:
        path = world.root / policy.FILE
    except LibraryNotFoundError:
        if audit_log is None:
            raise
        return policy.DEFAULT.review_days
    return policy.read(path.read_bytes())[0].review_days if path.exists() else policy.DEFAULT.review_days


def _print(log: Log, now: datetime, days: int) -> None:
    from afterword.terminal import printable  # noqa: PLC0415  # --help must not wait for it

    due = {item.id for item in log.due(now, days)}
    rows = [_row(item, log, due) for item in log.records]
    if rows:
        click.echo(tables.aligned(_COLUMNS, rows, tables.width_of_terminal()).rstrip("\n"))
        click.echo()
    for fault in log.faults:
        click.echo(f"Error: {printable(fault)}", err=True)
    count = len(log.records)
    state = "the log is whole" if not log.faults else f"{len(log.faults)} faults: the log is not whole"
    noun = "record" if count == 1 else "records"
    click.echo(f"{count} {noun}, {state}, {len(log.open)} not reviewed, {len(due)} overdue")
    if log.open:
        click.echo("Review one: afterword gate audit --review RECORD --by @you --note “what came of it”")


def _row(item: Record, log: Log, due: set[str]) -> list[str]:
    facts: Any = item.facts
    from afterword.terminal import printable  # noqa: PLC0415  # see above

    who = facts["who"] if isinstance(facts.get("who"), dict) else {}
    people = [str(who[key]) for key in ("actor", "approved_by") if who.get(key)]
    reviewed = log.reviews.get(item.id)
    open_ = "open" if item in log.open else "not needed"
    state = f"{reviewed.get('on')} by {reviewed.get('by')}" if reviewed else "overdue" if item.id in due else open_
    when = str(facts["written_at"])[:16].replace("T", " ")
    what = " and ".join(map(str, facts.get("variables") or ())) or facts.get("kind")
    service, why = facts.get("service") or "all", facts.get("why") or "–"
    cells = (item.id, when, what, service, facts.get("state"), " / ".join(people), why, state)
    return [printable(str(cell)) for cell in cells]


def _facts(log: Log, now: datetime, days: int) -> dict[str, Any]:
    due = {item.id for item in log.due(now, days)}
    return {
        "version": 1,
        "whole": not log.faults,
        "faults": list(log.faults),
        "records": [
            {**item.facts, "id": item.id, "review": log.reviews.get(item.id), "overdue": item.id in due}
            for item in log.records
        ],
    }


def _review(folder: Path, log: Log, wanted: str, by: str | None, note: str | None) -> Code:
    from afterword.budgets.gate import audit  # noqa: PLC0415  # --help must not wait for it

    if not (by or "").strip() or not (note or "").strip():
        raise click.UsageError("--review needs --by and --note: who looked at it, and what came of it.")
    found = [item for item in log.records if item.hash.startswith(wanted)]
    if len(wanted) < 4 or len(found) != 1:
        raise AfterwordError(f"there is no one record “{wanted}”", "`afterword gate audit` lists them.")
    if found[0].id in log.reviews:
        raise AfterwordError(f"{found[0].id} was reviewed already", "`afterword gate audit` shows by whom.")
    path = audit.review(folder, found[0], {"by": by, "note": note, "on": datetime.now(UTC).date().isoformat()})
    click.echo(f"Noted in {path}")
    return Code(0)
