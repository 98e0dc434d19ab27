"""``afterword stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from afterword.cli import tables
from afterword.cli.evidence import gathered
from afterword.cli.filters import filtered, query
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from afterword.measures import Measure, Overview

FACTS = (
    "key", "title", "value", "unit", "n", "mean", "p90", "within_target", "target", "better", "met", "direction",
    "change", "first", "last", "caveat",
)  # fmt: skip
_COLUMNS = (
    tables.Column("Measure", shrinks=20),
    tables.Column("Median or share", right=True),
    tables.Column("n", right=True),
    tables.Column("p90", right=True, drops=True),
    tables.Column("Target"),
    tables.Column("Within", right=True),
    tables.Column("Trend", drops=True),
)
_BY = "Incidents by"


@click.command(
    cls=Command, examples=("afterword stats", "afterword stats --team team-payments --since 2026-01-01 --format json")
)
@filtered
@tables.formatted
@click.option("--explain", is_flag=True, help="Say under the table how each measure is taken.")
@pass_world
def command(world: World, /, form: str, explain: bool, **given: Any) -> None:
    """Show the measures of the library.

    Over the last 12 months, or over --since and --until. Only our own incidents count in them.
    """
    from afterword.measures import overview  # noqa: PLC0415  # --help must not wait for it

    wanted = query(world, given)
    library = world.load()
    evidence = gathered(world, library)
    found = overview(library, world.clock, wanted, evidence.telemetry if evidence else None)
    if form == "csv":
        click.echo(tables.as_csv(FACTS, [list(_facts(item).values()) for item in found.measures]), nl=False)
    elif form == "json":
        click.echo(tables.as_json(_everything(found, world)), nl=False)
    else:
        click.echo(_text(found, explain=explain), nl=False)


def _text(found: Overview, *, explain: bool) -> str:
    period, room = found.period, tables.width_of_terminal()
    start = f"{period.first} to {period.last}" if period.first else f"until {period.last}"
    title = start if period.label == start else f"{period.label[:1].upper()}{period.label[1:]}, {start}"
    blocks = [f"{title}\n\n{tables.aligned(_COLUMNS, [_row(item) for item in found.measures], room)}"]
    counts = found.frequency
    lines = [
        ("Severities", counts.severities),
        ("Services", counts.services),
        ("Teams", counts.teams),
        ("Categories", counts.categories),
        ("Kinds", counts.kinds),
    ]
    rows = []
    for name, group in lines:
        listed = tables.wrapped([f"{item.title} {item.n}" for item in group if item.n], room and room - len(_BY) - 2)
        rows += [[name if number == 0 else "", text] for number, text in enumerate(listed)]
    if rows:
        blocks.append(tables.aligned((tables.Column(_BY), tables.Column("")), rows))
    if explain:
        blocks.append("".join(f"{item.title}: {item.caveat}\n" for item in found.measures))
    blocks.append(_standing(found))
    return "\n".join(blocks)


def _row(item: Measure) -> list[str]:
    distribution, share = item.distribution, item.share
    p90 = item.unit.write(distribution.p90) if distribution and distribution.p90 is not None else ""
    within = ""
    if distribution and distribution.target and distribution.counted:
        within = f"{distribution.within} of {distribution.counted}"
    elif share and share.of and item.target:
        within = f"{share.hits} of {share.of}"
    target = "" if item.target is None else str(item.target)
    if item.met is not None:
        target = f"{target}: {'met' if item.met else 'missed'}"
    trend = "" if item.trend is None else str(item.trend.direction)
    return [item.title, item.written, str(item.n) if item.n else "", p90, target, within, trend]


def _standing(found: Overview) -> str:
    """How things stand by the clock."""
    opened, overdue = len(found.backlog.actions), len(found.backlog.overdue)
    parts = [f"{opened} {'action' if opened == 1 else 'actions'} open", f"{overdue} overdue"]
    parts.append(f"{len(found.late)} {'postmortem' if len(found.late) == 1 else 'postmortems'} late")
    if found.ongoing:
        parts.append(f"{len(found.ongoing)} ongoing")
    if found.patterns.total:
        parts.append(f"{found.patterns.total} public (in no measure)")
    if found.undated:
        parts.append(f"{len(found.undated)} undated (in no measure)")
    return "\n".join(tables.wrapped(parts, tables.width_of_terminal())) + "\n"


def _facts(item: Measure) -> dict[str, object]:
    """One measure. Seconds, days, a share between 0 and 1, or a count: ``unit`` says which."""
    distribution, trend = item.distribution, item.trend
    values: dict[str, object] = {
        "key": item.key,
        "title": item.title,
        "value": item.n if item.unit == "count" else item.value,
        "unit": str(item.unit),
        "n": item.n,
        "mean": distribution.mean if distribution else None,
        "p90": distribution.p90 if distribution else None,
        "within_target": distribution.share_within if distribution else None,
        "target": item.target.value if item.target else None,
        "better": str(item.better),
        "met": item.met,
        "direction": str(trend.direction) if trend else None,
        "change": trend.change if trend else None,
        "first": item.period.first.isoformat() if item.period.first else None,
        "last": item.period.last.isoformat(),
        "caveat": item.caveat,
    }
    return {name: values[name] for name in FACTS}


def _everything(found: Overview, world: World) -> dict[str, object]:
    counts = found.frequency
    groups = {
        "severity": counts.severities,
        "service": counts.services,
        "team": counts.teams,
        "category": counts.categories,
        "kind": counts.kinds,
    }
    return {
        "version": 1,
        "as_of": world.instant,
        "period": {
            "label": found.period.label,
            "first": found.period.first.isoformat() if found.period.first else None,
            "last": found.period.last.isoformat(),
        },
        "measures": [_facts(item) for item in found.measures],
        "incidents": {name: {item.key: item.n for item in group} for name, group in groups.items()},
        "months": {point.period.label: point.n for point in counts.months.points},
        "quarters": {point.period.label: point.n for point in counts.quarters.points},
        "open_actions": len(found.backlog.actions),
        "overdue_actions": [item.id for item in found.backlog.overdue],
        "late_postmortems": [item.postmortem.id for item in found.late],
        "ongoing": [item.id for item in found.ongoing],
        "public": found.patterns.total,
        "undated": [item.id for item in found.undated],
    }
