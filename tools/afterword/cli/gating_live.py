"""Gating by a server, now: for the objectives of a library, or without one by what most services count."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.cli.gating import URL, sentence
from afterword.cli.gating_recorded import judged, located
from afterword.cli.world import World
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.gate import Evidence
    from afterword.budgets.gate.policy import Policy
    from afterword.budgets.snapshot import Measurement, Snapshot
    from afterword.budgets.sources.prometheus import Live
    from afterword.cli.gating import Asked


def measured(world: World, root: Path, asked: Asked, policy: Policy, now: datetime) -> Evidence:
    """What servers say of the objectives of a library, or of one service in it."""
    from afterword.budgets import gate  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.known import load  # noqa: PLC0415  # the same
    from afterword.budgets.sources import capture  # noqa: PLC0415  # --help must not wait for it

    known = load(root, os.environ, tuple(world.settings.services), use_cache=not world.no_cache)
    chosen = [item for item in known.objectives if asked.service is None or item.service == asked.service]
    faults = tuple(located(item) for item in known.faults)
    if not chosen:
        return gate.Evidence(faults=faults)
    held = any(known.corrections.intervals(item, item.window.span(now).start, now) for item in chosen)
    try:
        grid = capture.grid(now, capture.days_for(chosen, now) if held else 0)
        snapshot = capture.take(_server(asked), chosen, now, grid, now)
    except AfterwordError as error:
        return gate.Evidence(faults=(*faults, sentence(error)))
    return judged(snapshot, policy, known.corrections, _source(snapshot), faults)


def bare(asked: Asked, policy: Policy, now: datetime) -> Evidence:
    """Without a library: the availability of a service, or of all, by its counter of requests.

    Where some series bear one label and some the other, both are judged: neither may hide what the other says.
    """
    from afterword.budgets import gate  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.corrections import NONE  # noqa: PLC0415  # the same
    from afterword.budgets.gate import standalone  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.sources import capture  # noqa: PLC0415  # --help must not wait for it

    objectives = [standalone.objective(os.environ, asked.service, label) for label in standalone.LABELS]
    try:
        snapshot = capture.take(_server(asked), objectives, now, capture.grid(now, 0), now)
    except AfterwordError as error:
        return gate.Evidence(faults=(sentence(error),))
    told = tuple(item for item in snapshot.measurements if item.own is not None or item.error)
    if len(told) == 1:
        told = (_plainly(told[0]),)
    found = judged(replace(snapshot, measurements=told), policy, NONE, _source(snapshot), ())
    if told:
        return found
    where = f" with service=“{asked.service}”" if asked.service else ""
    fault = f"there is no {standalone.METRIC}{where} with a label {' or '.join(standalone.LABELS)} in the window"
    return replace(found, faults=(fault,))


def _plainly(item: Measurement) -> Measurement:
    """Named without the label, where there is nothing that it could be taken for."""
    name = item.objective.id.rpartition("-by-")[0]
    return replace(item, objective=replace(item.objective, id=name, slo=name))


def _server(asked: Asked) -> Live:
    from afterword.budgets.sources.prometheus import Live  # noqa: PLC0415  # --help must not wait for it

    return Live(
        url=asked.url or os.environ.get(URL, "").strip() or None,
        environment=os.environ,
        now=lambda: datetime.now(UTC),
        only=asked.url is not None,
        strict=True,
        meanwhile=_prepare,
    )


def _prepare() -> None:
    """Imports what a verdict needs: to do so while servers answer takes no time."""
    from afterword import library, record  # noqa: F401, PLC0415  # that it is imported is all
    from afterword.budgets import forecast, words  # noqa: F401, PLC0415  # the same
    from afterword.cli import verdict_text  # noqa: F401, PLC0415  # the same


def _source(snapshot: Snapshot) -> str:
    return f"{snapshot.source.flavour} at {snapshot.source.url}" if snapshot.source.url else snapshot.source.flavour
