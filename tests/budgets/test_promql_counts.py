"""Queries asked of a real Prometheus: each counts exactly what the data say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from afterword.budgets import promql
from afterword.budgets.objective import Indicator, Method, Objective, Op, Ratio, Raw, Threshold
from tests import servers

START = 1_767_225_600
"""2026-01-01T00:00:00Z, a multiple of every step."""
MINUTES = 360
AT = START + 300 * 60
HOURS = 4 * 3600
"""The window of all tests: minutes 61 to 300."""


def _value(name: str, minute: int) -> float | str | None:
    """What a series says at a minute."""
    errors = max(0, min(minute, 209) - 199)
    values: dict[str, float | str | None] = {
        "probe": 0 if 60 <= minute < 65 else 1,
        "gappy": None if 100 <= minute < 130 else 1,
        "rating": "NaN" if 120 <= minute < 125 else 3.0 if 100 <= minute < 110 else 4.5,
        "ready": 0.9,
        "requests_total": 60 * minute if minute < 150 else 60 * (minute - 150),
        "errors_total": errors,
        'durations_bucket{le="1.0"}': 50 * minute,
        "durations_count": 60 * minute,
    }
    return values[name]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    work = tmp_path_factory.mktemp("counts")
    types = {
        "probe": "gauge", "gappy": "gauge", "rating": "gauge", "ready": "gauge", "requests_total": "counter",
        "errors_total": "counter", 'durations_bucket{le="1.0"}': "unknown", "durations_count": "unknown",
    }  # fmt: skip
    lines = []
    for name, kind in types.items():
        family = name.split("{", maxsplit=1)[0]
        lines.append(f"# TYPE {family.removesuffix('_total')} {kind}")
        for minute in range(MINUTES):
            value = _value(name, minute)
            if value is not None:
                lines.append(f"{name} {value} {START + 60 * minute}")
    text = work / "counts.om"
    text.write_text("\n".join([*lines, "# EOF", ""]), encoding="utf-8")
    with servers.prometheus(servers.backfill(text, work / "blocks"), work / "server") as address:
        yield address


def ask(url: str, query: str, at: int = AT) -> float | None:
    with urlopen(f"{url}/api/v1/query?{urlencode({'query': query, 'time': at})}") as answer:  # noqa: S310  # our server
        result = json.load(answer)["data"]["result"]
    assert len(result) <= 1
    return float(result[0]["value"][1]) if result else None


def objective(indicator: Indicator, method: Method = Method.OCCURRENCES, seconds: int = 60) -> Objective:
    return Objective(
        "a", "a", "A", "s", Fraction("0.999"), indicator, method=method, slice_seconds=seconds,
        slice_target=Fraction("0.99"),
    )  # fmt: skip


SLICES = Method.TIMESLICES
ERRORS = Ratio("requests_total", bad="errors_total")
CASES = [
    ("samples of a gauge", objective(Ratio("count(probe)", good="sum(probe)", counter=False)), 240, 4),
    ("a ratio that is ready", objective(Raw("ready")), 240, 24),
    ("its complement", objective(Raw("1 - ready", success=False)), 240, 24),
    ("a ready ratio of the whole window", objective(Raw("avg(avg_over_time(ready[{{.window}}]))")), 240, 24),
    ("minutes above a threshold, without NaN", objective(Threshold("rating", Op.GTE, 4)), 235, 10),
    ("slices by their mean, without NaN", objective(Threshold("rating", Op.GTE, 4), SLICES, 300), 48, 2),
    ("slices of a ratio", objective(ERRORS, SLICES, 300), 48, 2),
    ("the mean of slices", objective(ERRORS, Method.RATIO_TIMESLICES, 300), 48, 10 / 300),
    ("hours of a gauge", objective(Threshold("probe", Op.GT, 0.99), SLICES, 3600), 4, 1),
    ("counters over a reset", objective(ERRORS), 240 * 60, 10),
    ("rates", objective(Ratio("sum(rate(requests_total[window]))", bad="sum(rate(errors_total[window]))")), 14400, 10),
    ("a bound written otherwise", objective(Ratio("durations_count", good='durations_bucket{le="1"}')), 14400, 2400),
    ("a sum of counters", objective(Ratio("sum(durations_count)", bad="sum(durations_count) - sum(durations_bucket)")),
     14400, 2400),
]  # fmt: skip


@pytest.mark.server
@pytest.mark.parametrize(("found", "total", "bad"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_figures_are_exact(url: str, found: Objective, total: float, bad: float) -> None:
    counted = ask(url, promql.total(found, HOURS))
    assert counted is not None
    # a counter that falls to zero between two scrapes has lost what came before: the minute of the reset
    assert counted == pytest.approx(total, rel=0.005 if "requests" in str(found.indicator) else 1e-9)
    assert ask(url, promql.bad(found, HOURS)) == pytest.approx(bad, rel=0.005)
    assert ask(url, promql.good(found, HOURS)) == pytest.approx(counted - bad, rel=0.005)


STEPPED = CASES[:1] + CASES[4:9]


@pytest.mark.server
@pytest.mark.parametrize("found", [case[1] for case in STEPPED], ids=[case[0] for case in STEPPED])
def test_steps_add_up_to_their_window(url: str, found: Objective) -> None:
    """No sample and no slice belongs to two steps, or to none."""
    for query in (promql.total, promql.bad):
        steps = [ask(url, query(found, 300), AT - number * 300) or 0.0 for number in range(HOURS // 300)]
        assert sum(steps) == pytest.approx(ask(url, query(found, HOURS)) or 0.0)


@pytest.mark.server
def test_silence_is_no_answer_and_no_zero(url: str) -> None:
    assert ask(url, promql.total(objective(Ratio("nothing_total", bad="errors_total")), HOURS)) is None
    assert ask(url, promql.total(objective(Threshold("nothing", Op.GT, 0)), HOURS)) is None
    gap = objective(Ratio("count(gappy)", good="sum(gappy)", counter=False))
    assert ask(url, promql.total(gap, 600), START + 125 * 60) is None


@pytest.mark.server
@pytest.mark.parametrize("later", [0, 1800], ids=["while they count", "when the last scrape is long ago"])
def test_bounds_of_buckets_can_be_asked_for(url: str, later: int) -> None:
    query = promql.bounds_query(objective(Ratio("durations_count", good='durations_bucket{le="1"}')), HOURS)
    assert query is not None
    with urlopen(f"{url}/api/v1/query?{urlencode({'query': query, 'time': AT + later})}") as answer:  # noqa: S310  # our server
        bounds = [series["metric"]["le"] for series in json.load(answer)["data"]["result"]]
    assert bounds == ["1.0"]
