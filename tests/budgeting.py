"""Facts of error budgets in memory and snapshots in libraries, for the tests of their pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from afterword import settings
from afterword.budgets import forecast, history, judging
from afterword.budgets.budget import Thresholds
from afterword.budgets.corrections import NONE, Corrections
from afterword.budgets.incidents import episodes, impact
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import Count, Latency, Measurement, Snapshot, Source
from afterword.budgets.snapshots import store
from afterword.library import Library
from afterword.library import load as read_library
from afterword.pages import budget_pages
from afterword.pages.budget_data import Facts
from tests.budgets.counting import STEPS_PER_DAY, measured, objective, snapshot
from tests.measuring import library

AT = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
DAYS = 35
HOSTILE = "</title><script>window.pwned = 1</script>\"' ``` {: onclick=x } [a](javascript:b) --> <img src=x onerror=y>"


def flat(aim: Objective, bad: float = 0.0, *, spikes: dict[int, float] | None = None, **more: Any) -> Measurement:
    """1,000 events each step, of them ``bad``, and more in the steps of ``spikes``, counted from the end."""
    count = DAYS * STEPS_PER_DAY
    lost = [bad] * count
    for step, value in (spikes or {}).items():
        lost[-step] += value
    return measured(aim, lost, [1000.0] * count, **more)


def latency(value: float = 0.3) -> Latency:
    """A quantile for each hour of the grid; the last but one is above the threshold."""
    values = [value] * (DAYS * 24)
    values[-2] = 0.9
    return Latency(0.95, 0.5, 3600, tuple(values))


def everything() -> tuple[Measurement, ...]:
    """An objective in each state, and each mark that a page explains."""
    return (
        flat(objective("checkout-errors", description="Requests that end in 5xx."), 0.2, spikes={2300: 2600.0}),
        flat(objective("checkout-latency", "0.95"), 10.0, latency=latency()),
        flat(objective("catalog-errors"), 0.9, partial=True),
        flat(objective("catalog-latency"), 1.6),
        flat(objective("storefront-errors"), 0.6),
        flat(objective("orders-durability", "1", runbook="https://runbooks.example.org/orders"), spikes={900: 3.0}),
        flat(objective("orders-safety", "1")),
        Measurement(objective("assistant-quality", "0.9"), error="the server answered 503"),
        flat(objective("assistant-errors"), 0.5, own=Count(4320.0, 8_640_000.0, 3000.0, 3000.0)),
    )


def shot(*measurements: Measurement, at: datetime = AT, **more: Any) -> Snapshot:
    """A snapshot of 35 days, taken from a server."""
    source = Source("live", "prometheus", "2.42.0", 10**9, "http://prometheus.example.org:9090")
    return snapshot(*measurements, at=at, **{"source": source, **more})


def facts(taken: Snapshot, known: Library | None = None, corrections: Corrections = NONE, **more: Any) -> Facts:
    """What the command makes of a snapshot."""
    known = known or library()
    limits = Thresholds()
    budgets = judging.all(taken, limits, corrections)
    forecasts = {
        item.objective.id: forecast.forecast(measurement, item, taken, thresholds=limits, corrections=corrections)
        for item, measurement in zip(budgets, taken.measurements, strict=True)
    }
    merged = history.merge([taken]).without(corrections)
    aims = [item.objective for item in budgets]
    told = impact.costs(known.postmortems, merged, aims, taken.at)
    given: dict[str, Any] = {
        "corrections": corrections,
        "charges": told.charges,
        "silent": told.silent,
        "breaches": episodes.breaches(merged, aims, known.postmortems, at=taken.at),
    }
    return Facts(taken, budgets, forecasts, merged, known, **given | more)


def save(root: Path, *measurements: Measurement, at: datetime = AT) -> Path:
    """Puts a snapshot into a library on disk."""
    return store.save(root, shot(*(measurements or everything()), at=at))


def render(root: Path, *measurements: Measurement, at: datetime = AT) -> None:
    """Puts a snapshot into a library on disk, and its pages."""
    save(root, *measurements, at=at)
    known = read_library(root, settings.load(root), use_cache=False)
    for path, data in budget_pages.files(facts(shot(*(measurements or everything()), at=at), known)).items():
        file = root / "postmortems" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
