"""``afterword budget impact``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from typing import TYPE_CHECKING

import click

from afterword.cli import tables
from afterword.cli.evidence import gathered
from afterword.cli.failure import Unable
from afterword.cli.lookup import complete_id, find_postmortem, read_file, write_file
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.incidents.evidence import Evidence
    from afterword.budgets.incidents.spans import Silent
    from afterword.library import Library
    from afterword.model import Breach, Charge, Postmortem

_INCIDENTS = (
    tables.Column("Incident", shrinks=20),
    tables.Column("Objective"),
    tables.Column("Budget used", right=True),
    tables.Column("Stated", right=True),
    tables.Column("Of today's window", right=True, drops=True),
    tables.Column("Bad events", right=True, drops=True),
    tables.Column("Baseline", right=True, drops=True),
    tables.Column("Note", shrinks=20),
)
_BREACHES = (
    tables.Column("From (UTC)"),
    tables.Column("To (UTC)"),
    tables.Column("Objective"),
    tables.Column("Budget used", right=True),
    tables.Column("Bad events", right=True, drops=True),
)
_DIGITS = 3


class _Impact(Command):
    """Could not judge: 2."""

    failure = Unable


@dataclass(frozen=True, slots=True)
class _Found:
    """What is shown: charges and silences of the postmortems that are meant, and all breaches."""

    charges: tuple[Charge, ...]
    silent: tuple[Silent, ...]
    breaches: tuple[Breach, ...]

    @property
    def open(self) -> tuple[Breach, ...]:
        """Breaches that nobody has explained or waived."""
        return tuple(item for item in self.breaches if item.is_open)

    @property
    def waived(self) -> int:
        """Breaches that need no postmortem and have none."""
        return sum(item.waiver is not None and not item.explained_by for item in self.breaches)

    @property
    def explained(self) -> int:
        """Breaches that a postmortem tells of."""
        return sum(bool(item.explained_by) for item in self.breaches)


@click.command(
    cls=_Impact,
    examples=(
        "afterword budget impact",
        "afterword budget impact 2026-03-04 --write",
        "afterword budget impact --check --format json",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_id)
@click.option("--write", is_flag=True, help="Write what each one used into its front matter, under budgets.")
@click.option("--check", is_flag=True, help="Exit 1 when a breach has neither postmortem nor waiver.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to print."
)
@click.pass_context
@pass_world
def command(world: World, ctx: click.Context, /, ids: tuple[str, ...], write: bool, check: bool, form: str) -> None:
    """Say what incidents used of error budgets.

    From the committed snapshots: the bad events of each incident above the baseline, as a share of the budget of the
    window that ended with it. Then the breaches that no postmortem tells of. Exit code 0; 1 with --check for such a
    breach, and when something could not be written; 2: could not judge.
    """
    library = world.load()
    chosen = [find_postmortem(world, library, name) for name in ids]
    evidence = _evidence(world, library)
    names = {item.id for item in chosen} if ids else {item.id for item in library.postmortems}
    found = _Found(
        tuple(item for item in evidence.telemetry.charges if item.postmortem in names),
        tuple(item for item in evidence.silent if item.postmortem in names),
        evidence.telemetry.breaches,
    )
    shown = tables.as_json(_facts(world, library, found)) if form == "json" else _text(library, found, all_of=not ids)
    click.echo(shown, nl=False)
    refused = _write(world, library, found) if write else False
    ctx.exit(1 if refused or (check and found.open) else 0)


def _evidence(world: World, library: Library) -> Evidence:
    """Raises ``AfterwordError`` without snapshots, or with one that cannot be read."""
    found = gathered(world, library)
    if found is None:
        raise AfterwordError("there are no snapshots in budgets/snapshots", "Take one: `afterword budget snapshot`.")
    if found.findings:
        first = found.findings[0]
        raise AfterwordError(f"{first.path}: {first.message}", first.hint)
    return found


def _text(library: Library, found: _Found, *, all_of: bool) -> str:
    room = tables.width_of_terminal()
    rows = [_charge(library, item) for item in found.charges]
    rows += [[item.postmortem, item.slo, "?", "", "", "", "", item.reason] for item in found.silent]
    blocks = []
    if rows:
        blocks.append(tables.aligned(_INCIDENTS, sorted(rows, key=lambda row: (row[0], row[1])), room))
    else:
        blocks.append("No incident here concerns an objective.\n")
    if all_of and found.open:
        listed = [_breach(item) for item in found.open]
        blocks.append(f"Breaches without a postmortem or waiver\n\n{tables.aligned(_BREACHES, listed, room)}")
    if all_of:
        blocks.append(_coverage(found))
    return "\n".join(blocks)


def _coverage(found: _Found) -> str:
    counted = len(found.breaches) - found.waived
    if not found.breaches:
        return "No breach: no episode used over 10 % of a budget.\n"
    waived = f", {found.waived} waived" if found.waived else ""
    share = f" ({found.explained / counted * 100:.0f} %)" if counted else ""
    return f"Coverage from telemetry: postmortems tell of {found.explained} of {counted} breaches{share}{waived}.\n"


def _charge(library: Library, item: Charge) -> list[str]:
    stated = _stated(library, item)
    return [
        item.postmortem,
        item.slo,
        _percent(item.consumed),
        "" if stated is None else _percent(stated),
        "" if item.current is None else _percent(item.current),
        f"{item.bad:,.0f}" if item.bad >= 10 else f"{item.bad:.2g}",
        f"{item.baseline * 100:.3g} %",
        "shared with others that overlap" if item.shared else "",
    ]


def _breach(item: Breach) -> list[str]:
    times = [f"{at:%Y-%m-%d %H:%M}" for at in (item.start, item.end)]
    return [*times, item.slo, _percent(item.consumed), f"{item.bad:,.0f}"]


def _percent(share: float) -> str:
    return "∞" if isinf(share) else f"{share * 100:.1f} %"


def _stated(library: Library, item: Charge) -> float | None:
    """What the front matter says."""
    postmortem = library.find(item.postmortem)
    costs = postmortem.budgets if postmortem else ()
    return next((cost.consumed for cost in costs if cost.slo == item.slo), None)


def _facts(world: World, library: Library, found: _Found) -> dict[str, object]:
    counted = len(found.breaches) - found.waived
    return {
        "version": 1,
        "as_of": world.instant,
        "charges": [_charge_facts(library, item) for item in found.charges],
        "silent": [{"postmortem": item.postmortem, "slo": item.slo, "reason": item.reason} for item in found.silent],
        "breaches": [
            {
                "slo": item.slo,
                "service": item.service,
                "start": _instant(item.start.isoformat()),
                "end": _instant(item.end.isoformat()),
                **_share(item.consumed),
                "bad": item.bad,
                "explained_by": list(item.explained_by),
                "waiver": item.waiver,
            }
            for item in found.breaches
        ],
        "coverage": {
            "breaches": len(found.breaches),
            "explained": found.explained,
            "waived": found.waived,
            "share": found.explained / counted if counted else None,
        },
    }


def _charge_facts(library: Library, item: Charge) -> dict[str, object]:
    current = None if item.current is None or isinf(item.current) else item.current
    return {
        "postmortem": item.postmortem,
        "slo": item.slo,
        **_share(item.consumed),
        "bad": item.bad,
        "baseline": item.baseline,
        "shared": item.shared,
        "current": current,
        "stated": _stated(library, item),
    }


def _share(consumed: float) -> dict[str, object]:
    """A share of a budget of zero is infinite, which JSON cannot say."""
    return {"consumed": None if isinf(consumed) else consumed, "infinite": isinf(consumed)}


def _instant(text: str) -> str:
    return text.replace("+00:00", "Z")


def _write(world: World, library: Library, found: _Found) -> bool:
    """Writes each file once, and tells of it; whether one was refused."""
    refused = False
    for item in found.silent:
        click.echo(f"Not written: {item.slo} of {item.postmortem}: {item.reason}.", err=True)
    for name in dict.fromkeys(item.postmortem for item in found.charges):
        postmortem = library.find(name)
        charges = [item for item in found.charges if item.postmortem == name]
        if postmortem is None:
            continue
        try:
            _fill(world, postmortem, charges)
        except AfterwordError as error:
            refused = True
            click.echo(f"Not written: {name}: {error.message}", err=True)
    return refused


def _fill(world: World, postmortem: Postmortem, charges: Sequence[Charge]) -> None:
    """Puts what one postmortem used into its file. Raises ``AfterwordError``."""
    from afterword import edit, resources  # noqa: PLC0415  # --help must not wait for it

    order = tuple(resources.schema("postmortem")["properties"])
    old = new = read_file(world, postmortem)
    known = {cost.slo: cost for cost in postmortem.budgets}
    for charge in charges:
        if isinf(charge.consumed):
            reason = "its budget is zero, so no share of it can be told"
            click.echo(f"Not written: {charge.slo} of {postmortem.id}: {reason}.", err=True)
            continue
        cost, share = known.get(charge.slo), round(charge.consumed, _DIGITS)
        if cost is None and share > 0:
            new = edit.append_item(postmortem.path, new, "budgets", {"slo": charge.slo, "consumed": share}, order)
        elif cost is not None and cost.consumed != share:
            new = edit.set_value(postmortem.path, new, f"budgets/{cost.index}/consumed", share, order)
    if new != old:
        write_file(world, postmortem, old, new)
        click.echo(f"Wrote {postmortem.path}", err=True)
