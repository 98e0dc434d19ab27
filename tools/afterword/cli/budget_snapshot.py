"""``afterword budget snapshot``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli import tables
from afterword.cli.failure import Unable
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from afterword.budgets.objective import Objective
    from afterword.budgets.snapshot import Measurement, Snapshot
    from afterword.budgets.sources.answers import Keeper
    from afterword.budgets.sources.capture import Grid, Telemetry

_COLUMNS = (
    tables.Column("Objective", shrinks=20),
    tables.Column("Bad", right=True),
    tables.Column("Of", right=True),
    tables.Column("Remarks", drops=True),
)
_FLAVOURS = {"prometheus": "Prometheus", "thanos": "Thanos", "mimir": "Mimir", "victoriametrics": "VictoriaMetrics"}


class _Measuring(Command):
    failure = Unable


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where to measure and as of when."""

    url: str | None
    path: Path | None
    at: str | None
    days: int | None


@click.command(
    cls=_Measuring,
    examples=(
        "afterword budget snapshot --url http://127.0.0.1:9090",
        "afterword budget snapshot --from prometheus-snapshot.tgz --at 2026-01-31T00:00:00Z",
        "afterword budget snapshot --save-answers answers --out taken.json.gz",
    ),
)
@click.option("--url", metavar="URL", help="The server to ask, for all objectives.  [default: theirs, PROMETHEUS_URL]")
@click.option(
    "--from",
    "path",
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="A TSDB snapshot (folder, .tar, .tgz), OpenMetrics text, or a folder of saved answers.",
)
@click.option("--at", metavar="WHEN", help="Measure as of then: RFC 3339, or a date (its last second).  [default: now]")
@click.option(
    "--days", type=click.IntRange(1, 400), help="Days of steps.  [default: longest window and 5, at least 35]"
)
@click.option("--objective", "ids", metavar="ID", multiple=True, help="Only this objective; may be repeated.")
@click.option("--out", "--output", "out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE.")
@click.option("--keep", type=click.IntRange(0), metavar="N", help="Remove all but the latest, and N months’ last ones.")
@click.option(
    "--save-answers", "answers", type=click.Path(path_type=Path), metavar="DIR", help="Keep the answers, too."
)
@click.option("--force", is_flag=True, help="Replace a snapshot of the same instant that says something else.")
@pass_world
def command(
    world: World,
    /,
    ids: tuple[str, ...],
    out: Path | None,
    keep: int | None,
    answers: Path | None,
    force: bool,
    **given: object,
) -> None:
    """Measure objectives and keep what telemetry says.

    Writes budgets/snapshots/INSTANT.json.gz. Secrets for the server are read from the environment:
    AFTERWORD_PROMETHEUS_TOKEN or _TOKEN_FILE, or _USER and _PASSWORD or _PASSWORD_FILE; _CA_FILE, _CERT_FILE,
    _KEY_FILE and _HEADERS_FILE; for a data source by its name, such as AFTERWORD_THANOS_TOKEN. AFTERWORD_TIMEOUT
    bounds the seconds that asking may take.

    Exit code 0; 1 when an objective could not be read or measured (the snapshot says why); 2 when none could be.
    """
    from afterword.budgets.sources import capture  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.sources.answers import Keeper  # noqa: PLC0415  # the same

    asked = _Asked(**given)  # type: ignore[arg-type]  # click has checked each of them
    if answers and asked.path:
        raise click.UsageError("--save-answers keeps the answers of a server; --from asks none.")
    read, keeper = _objectives(world, ids), Keeper() if answers else None
    with _telemetry(asked, keeper) as telemetry:
        at, captured_at, grid = _times(world, asked, telemetry, read.objectives)
        snapshot = replace(capture.take(telemetry, read.objectives, at, grid, captured_at), specs=read.digest)
    if all(item.error for item in snapshot.measurements):
        _tell(snapshot)
        raise Unable("no objective could be measured", "Nothing was written.")
    _write(world, snapshot, out, force=force)
    if keeper and answers:
        click.echo(f"Kept {keeper.write(answers, snapshot)} answers in {answers}")
    if keep is not None:
        _thin(world, keep)
    if read.faulty or any(item.error for item in snapshot.measurements):
        raise click.exceptions.Exit(1)


def _write(world: World, snapshot: Snapshot, out: Path | None, *, force: bool) -> None:
    """Writes it and tells what it holds."""
    from afterword.budgets.snapshots import store  # noqa: PLC0415  # --help must not wait for it

    path = out or store.folder(world.root) / store.name_of(snapshot.at)
    path.parent.mkdir(parents=True, exist_ok=True)
    store.write(path, snapshot, force=force or out is not None)
    click.echo(f"Wrote {out or world.shown(f'{store.FOLDER}/{path.name}')}: {_summary(snapshot, path)}")
    _tell(snapshot)


def _thin(world: World, keep: int) -> None:
    from afterword.budgets.snapshots import store  # noqa: PLC0415  # --help must not wait for it

    for gone in store.thin(world.root, keep):
        click.echo(f"Removed {world.shown(f'{store.FOLDER}/{gone.name}')}")


@dataclass(frozen=True, slots=True)
class _Read:
    """The objectives asked for. ``faulty``: others could not be read. ``digest`` of the files, where all are meant."""

    objectives: list[Objective]
    faulty: bool
    digest: str | None


def _objectives(world: World, ids: tuple[str, ...]) -> _Read:
    """The library's objectives, or some of them. Raises ``Unable`` where there is none."""
    from afterword.budgets import known as memory  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets import specs  # noqa: PLC0415  # the same

    digest = specs.digest(world.root)
    found = memory.objectives(world.root, os.environ, use_cache=not world.no_cache)
    faults = found.faults
    for item in faults[:5]:
        _warn(f"{item.path}:{item.span.line}:{item.span.column}: {item.message}")
    if faults:
        _warn("objectives with faults are not measured; `afterword check` shows all of them")
    known = {item.id: item for item in found.objectives}
    if not known:
        raise Unable(f"there is no objective in {world.shown(specs.FOLDER)}", "Write one, or import those you have.")
    unknown = next((item for item in ids if item not in known), None)
    if unknown is not None:
        from difflib import get_close_matches  # noqa: PLC0415  # only a mistyped id needs it

        near = get_close_matches(unknown, known, 1, 0.5)
        raise Unable(f"there is no objective “{unknown}”", f"Did you mean {near[0]}?" if near else None)
    chosen = [item for item in found.objectives if not ids or item.id in ids]
    return _Read(chosen, bool(faults) and not ids, None if faults or ids else digest)


@contextmanager
def _telemetry(asked: _Asked, keeper: Keeper | None) -> Iterator[Telemetry]:
    """The source of telemetry that the options name."""
    if asked.url and asked.path:
        raise click.UsageError("--url and --from exclude each other.")
    if asked.path is None:
        from afterword.budgets.sources.prometheus import URL, Live  # noqa: PLC0415  # a source without a server needs none

        yield Live(
            url=asked.url or os.environ.get(URL) or None,
            environment=os.environ,
            now=lambda: datetime.now(UTC),
            only=asked.url is not None,
            keep=keeper.keep if keeper else None,
        )
        return
    from afterword.budgets.sources import answers  # noqa: PLC0415  # the same

    if (asked.path / answers.MANIFEST).is_file():
        yield answers.Saved(asked.path)
        return
    from afterword.budgets.offline import tsdb  # noqa: PLC0415  # it needs numpy

    with tsdb.open_source(asked.path, os.environ) as telemetry:
        yield telemetry


def _times(
    world: World, asked: _Asked, telemetry: Telemetry, objectives: list[Objective]
) -> tuple[datetime, datetime, Grid]:
    """The instant to measure at, when it was captured, and the steps."""
    from afterword.budgets.sources import capture  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.sources.answers import Saved  # noqa: PLC0415  # the same
    from afterword.timing import parse_as_of  # noqa: PLC0415  # the same

    at = parse_as_of(asked.at) if asked.at else None
    if asked.at and at is None:
        raise click.UsageError(f"--at “{asked.at}” is neither a date (2026-03-04) nor RFC 3339 (2026-03-04T09:12:00Z).")
    if isinstance(telemetry, Saved):
        at = capture.whole(at or telemetry.at)
        grid = telemetry.grid if asked.days is None else None
        return at, telemetry.captured_at, grid or capture.grid(at, asked.days or capture.days_for(objectives, at))
    at = capture.whole(at or world.clock)
    return at, world.clock, capture.grid(at, asked.days or capture.days_for(objectives, at))


def _summary(snapshot: Snapshot, path: Path) -> str:
    source, count = snapshot.source, len(snapshot.measurements)
    where = f"{_FLAVOURS.get(source.flavour, source.flavour)}{f' {source.version}' if source.version else ''}"
    return (
        f"{count} {'objective' if count == 1 else 'objectives'} as of {snapshot.at:%Y-%m-%dT%H:%M:%SZ}, "
        f"{snapshot.steps // 288} d, {path.stat().st_size / 1000:.0f} kB, "
        f"{source.kind}, {where}{f' at {source.url}' if source.url else ''}"
    )


def _tell(snapshot: Snapshot) -> None:
    """What was measured, and everything that somebody should know about it."""
    rows = [_row(item) for item in snapshot.measurements]
    click.echo("\n" + tables.aligned(_COLUMNS, rows, tables.width_of_terminal()))
    for text in snapshot.warnings:
        _warn(text)
    for item in snapshot.measurements:
        for text in item.warnings:
            _warn(f"{item.objective.id}: {text}")
        if item.error:
            _warn(f"{item.objective.id} could not be measured: {item.error}", "Error")


def _row(item: Measurement) -> list[str]:
    remarks = ["partial"] if item.partial else []
    if item.error:
        return [item.objective.id, "", "", "not measured"]
    own = item.own
    if own is None:
        return [item.objective.id, "", "", ", ".join(["no data", *remarks])]
    if own.uncounted_bad:
        remarks.append(f"{own.uncounted_bad:,.0f} bad possibly uncounted")
    return [item.objective.id, f"{own.bad:,.0f}", f"{own.total:,.0f} {item.objective.unit}", ", ".join(remarks)]


def _warn(text: str, word: str = "Warning") -> None:
    from afterword.terminal import printable  # noqa: PLC0415  # --help must not wait for it

    click.echo(f"{word}: {printable(text)}", err=True)
