"""``afterword list``."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from afterword.cli import tables
from afterword.cli.filters import filtered, query
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from afterword.model import Postmortem
    from afterword.settings import Settings

_COLUMNS = (
    tables.Column("Id", shrinks=20),
    tables.Column("Severity"),
    tables.Column("Services"),
    tables.Column("Category", drops=True),
    tables.Column("Restored in", right=True),
    tables.Column("Open", right=True),
    tables.Column("Status"),
)


@click.command(
    cls=Command, examples=("afterword list", "afterword list --severity SEV1 --since 2026-01-01 --format csv")
)
@filtered
@tables.formatted
@pass_world
def command(world: World, /, form: str, **given: Any) -> None:
    """List postmortems.

    Our own come first, then other organisations', the newest first in each;
    what does not say when it started stands last.
    """
    library = world.load()
    found = sorted(library.select(query(world, given)), key=lambda item: not item.is_internal)
    if form != "table":
        tables.print_facts(form, world, "postmortems", FACTS, [facts(item, world.settings) for item in found])
    elif found:
        click.echo(tables.aligned(_COLUMNS, [_row(item) for item in found], tables.width_of_terminal()))
        click.echo(_summary(found))
    elif library.postmortems:
        click.echo("No postmortem fits.")
    else:
        click.echo("No postmortem yet. Start one with `afterword new`.")


def _row(item: Postmortem) -> list[str]:
    from afterword.timing import format_duration  # noqa: PLC0415  # --help must not wait for it

    restored = "ongoing" if item.is_ongoing else "" if item.ttm is None else format_duration(item.ttm)
    opened = sum(action.is_open for action in item.actions)
    who = item.organization or "" if not item.is_internal else ", ".join(item.services)
    label = item.severity or ("public" if not item.is_internal else "")
    if item.kind != "incident":
        label = item.kind if not label else f"{label} {item.kind}"
    return [
        item.id, label, who, item.root_cause or "", restored,
        str(opened) if opened else "", "" if item.status == "published" else str(item.status),
    ]  # fmt: skip


def _summary(found: list[Postmortem]) -> str:
    kinds = Counter("public" if not item.is_internal else str(item.kind) for item in found)
    parts = [
        f"{count} {name if count == 1 or name == 'public' else plural}"
        for name, plural in (
            ("incident", "incidents"), ("near-miss", "near-misses"), ("drill", "drills"), ("public", "public")
        )
        if (count := kinds[name])
    ]  # fmt: skip
    noun = "postmortem" if len(found) == 1 else "postmortems"
    undated = sum(item.started is None for item in found)
    return f"{len(found)} {noun}: {', '.join(parts)}{f'; {undated} undated' if undated else ''}"


FACTS = (
    "id", "title", "summary", "kind", "origin", "organization", "status", "severity", "services", "teams",
    "root_cause", "started", "detected", "acknowledged", "mitigated", "resolved", "time_to_detect_seconds",
    "time_to_acknowledge_seconds", "time_to_mitigate_seconds", "time_to_resolve_seconds", "published",
    "actions", "open_actions", "recurrence_of", "path",
)  # fmt: skip


def facts(item: Postmortem, settings: Settings) -> dict[str, object]:
    """What lists say of a postmortem; durations in whole seconds, ``None`` where there is none."""
    from afterword.model import teams_of  # noqa: PLC0415  # --help must not wait for it

    moments = {name: moment.text if (moment := item.milestone(name)) else None for name in _MOMENTS}
    values: dict[str, object] = {
        "id": item.id,
        "title": item.title,
        "summary": item.summary,
        "kind": str(item.kind),
        "origin": str(item.origin),
        "organization": item.organization,
        "status": str(item.status),
        "severity": item.severity,
        "services": list(item.services),
        "teams": list(teams_of(item, settings)),
        "root_cause": item.root_cause,
        **moments,
        "time_to_detect_seconds": _seconds(item.ttd),
        "time_to_acknowledge_seconds": _seconds(item.tta),
        "time_to_mitigate_seconds": _seconds(item.ttm),
        "time_to_resolve_seconds": _seconds(item.ttr),
        "published": item.published.isoformat() if item.published else None,
        "actions": len(item.actions),
        "open_actions": sum(action.is_open for action in item.actions),
        "recurrence_of": list(item.recurrence_of),
        "path": item.path,
    }
    return {name: values[name] for name in FACTS}


_MOMENTS = ("started", "detected", "acknowledged", "mitigated", "resolved")


def _seconds(duration: timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds())
