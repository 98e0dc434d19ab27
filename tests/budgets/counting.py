"""Objectives, measurements and snapshots in memory, for the tests of the arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from afterword.budgets.objective import DAY, Objective, Ratio
from afterword.budgets.snapshot import STEP, Count, Measurement, Snapshot, Source
from afterword.budgets.window import Rolling

AT = datetime(2026, 3, 31, tzinfo=UTC)
STEPS_PER_DAY = DAY // STEP
WINDOWS = (3600, 21_600, DAY, 3 * DAY, 7 * DAY, 30 * DAY)


def objective(name: str = "checkout-errors", target: str = "0.999", **more: Any) -> Objective:
    """An objective by events over 30 days."""
    given: dict[str, Any] = {
        "id": name,
        "slo": name,
        "title": name.replace("-", " ").capitalize(),
        "service": name.split("-", maxsplit=1)[0],
        "target": Fraction(target),
        "indicator": Ratio(total="total", bad="bad"),
    }
    return Objective(**given | more)


def measured(aim: Objective, bad: Sequence[float | None], total: Sequence[float | None], **more: Any) -> Measurement:
    """A measurement whose windows are the sums of its steps."""

    def count(seconds: float) -> Count:
        steps = slice(max(len(total) - int(seconds // STEP), 0), len(total))
        return Count(sum(value or 0 for value in bad[steps]), sum(value or 0 for value in total[steps]))

    own = count(aim.window.seconds if isinstance(aim.window, Rolling) else aim.window.span(AT).seconds)
    given: dict[str, Any] = {"own": own, "windows": {seconds: count(seconds) for seconds in WINDOWS}}
    return Measurement(aim, tuple(bad), tuple(total), **given | more)


def snapshot(*measurements: Measurement, at: datetime = AT, steps: int | None = None, **more: Any) -> Snapshot:
    """A snapshot that ends at ``at``, which is on the grid."""
    length = max((len(item.total) for item in measurements), default=0) if steps is None else steps
    start = at - timedelta(seconds=length * STEP)
    given: dict[str, Any] = {"source": Source("live")}
    return Snapshot(at, at, start, length, measurements=measurements, **given | more)


def totals(bad: float, total: float, aim: Objective | None = None, **more: Any) -> Snapshot:
    """A snapshot of one objective of which only the own window's totals are known."""
    return snapshot(Measurement(aim or objective(), own=Count(bad, total), **more))


def series(
    days: int, rate: Callable[[int], float] | float = 0.0, per_step: float = 1000.0
) -> tuple[list[float], list[float]]:
    """Bad and total of each step over so many days; ``rate`` gives a step's bad ratio by its number."""
    steps = days * STEPS_PER_DAY
    ratios = [rate(index) if callable(rate) else rate for index in range(steps)]
    return [ratio * per_step for ratio in ratios], [per_step] * steps


def spiked(bad: list[float], at: Mapping[int, float]) -> list[float]:
    """The same with more bad events in some steps."""
    return [value + at.get(index, 0.0) for index, value in enumerate(bad)]
