"""Seldom scraped counters: what is asked a second time, so that steps know what the window knows."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import NoReturn

import numpy as np
import promql_parser as pql
import pytest

from afterword.budgets import judging
from afterword.budgets.budget import Thresholds
from afterword.budgets.corrections import Correction, Corrections
from afterword.budgets.objective import DAY, Objective, Ratio
from afterword.budgets.offline.measuring import Offline
from afterword.budgets.offline.series import Series, of
from afterword.budgets.snapshot import Snapshot, Source
from afterword.budgets.sources import capture
from afterword.budgets.window import Rolling
from afterword.errors import AfterwordError
from tests.budgets.counting import AT, objective

END = int(AT.timestamp())
FROM, UNTIL = END - 2 * DAY, END - 2 * DAY + 7200
"""Two hours in which half of all events are bad."""


def counters(every: int, shift: int = 17, silent: tuple[int, int] = (0, 0)) -> dict[str, Series]:
    """One event a second for ten days, scraped every so many seconds."""
    times = np.arange(END - 10 * DAY + shift, END + 1, every, dtype=np.int64)
    times = times[(times < silent[0]) | (times >= silent[1])]
    bad = np.clip(times - FROM, 0, UNTIL - FROM) * 0.5
    values = {"all_total": (times - END + 10 * DAY).astype(float), "bad_total": bad}
    return {name: of({"__name__": name}, times * 1000, value) for name, value in values.items()}


def taken(found: dict[str, Series], aim: Objective | None = None) -> Snapshot:
    def select(matchers: tuple[pql.Matcher, ...], *_: int) -> list[Series]:
        return [found[item.value] for item in matchers if item.name == "__name__" and item.value in found]

    def nobody(why: str) -> NoReturn:
        raise AfterwordError(why)

    source = Offline(Source("openmetrics"), select, nobody)
    aim = aim or objective(target="0.99", indicator=Ratio("all_total", bad="bad_total"), window=Rolling(7 * DAY))
    return capture.take(source, [aim], AT, capture.grid(AT, 9), AT)


@pytest.mark.parametrize("every", [60, 150, 180, 240, 300])
def test_the_steps_add_up_to_the_window_however_seldom_scrapes_are(every: int) -> None:
    item = taken(counters(every)).measurements[0]
    assert item.own is not None
    within = slice(-7 * 288, None)
    for steps, whole in ((item.total, item.own.total), (item.bad, item.own.bad)):
        assert math.fsum(value or 0 for value in steps[within]) == pytest.approx(whole, rel=0.01)
    assert bool(item.warnings) == (every > 150)


def test_maintenance_is_taken_out_of_what_is_seldom_scraped() -> None:
    start = AT - timedelta(days=2)
    entry = Correction("Upgrade", "@lead", services=("checkout",), start=start, end=start + timedelta(hours=2))
    budget = judging.all(taken(counters(300)), Thresholds(), Corrections((entry,)))[0]
    assert budget.coverage == 1.0
    assert budget.count is not None
    # an event of the last step may lie a few minutes behind the end
    assert budget.count.bad == pytest.approx(0, abs=200)
    assert budget.count.total == pytest.approx(7 * DAY - 7200, rel=0.001)


def test_a_server_that_was_down_for_days_is_not_taken_for_seldom_scrapes() -> None:
    item = taken(counters(60, silent=(END - 4 * DAY, END - 2 * DAY))).measurements[0]
    assert item.warnings == ()
    assert item.total[-3 * 288] is None
    assert math.fsum(value or 0 for value in item.total[-7 * 288 :]) == pytest.approx(5 * DAY, rel=0.001)
