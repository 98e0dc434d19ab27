"""Rules for Prometheus, held to promtool: what it reads, and when alerts speak."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.budgets.objective import DAY, Alert, LowTraffic, Method, Objective, Op, Ratio, Silence, Threshold
from afterword.budgets.outputs import rulefile
from afterword.budgets.outputs.alerting import averaged, literal
from afterword.budgets.outputs.recording import written
from afterword.budgets.window import Calendar, Rolling, Unit
from tests.budgets.counting import objective
from tests.servers import program

TOTAL, BAD = 'requests_total{job="a"}', 'requests_total{job="a",code="500"}'


def aim(name: str = "checkout-errors", target: str = "0.999", **more: Any) -> Objective:
    given: dict[str, Any] = {"indicator": Ratio(total=TOTAL, bad=BAD)}
    return objective(name, target, **given | more)


def rules(*objectives: Objective) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(rulefile.dump(rulefile.groups(objectives)))
    return loaded


def alerts(*objectives: Objective) -> list[dict[str, Any]]:
    return [rule for group in rules(*objectives)["groups"] for rule in group["rules"] if "alert" in rule]


def burning(*objectives: Objective) -> list[str]:
    found = [rule for rule in alerts(*objectives) if rule["alert"] == "ErrorBudgetBurn"]
    return [f"{rule['labels']['window']} {rule['labels']['severity']} {rule['expr'].split()[-1]}" for rule in found]


def test_four_paces_are_watched_over_a_long_window_and_a_short_one() -> None:
    assert burning(aim()) == ["1h page 0.0144", "6h page 0.006", "1d ticket 0.003", "3d ticket 0.001"]
    first = alerts(aim())[0]
    assert first["expr"] == (
        'slo:bad_events:ratio_increase1h{slo="checkout-errors"} > 0.0144\nand\n'
        'slo:bad_events:ratio_increase5m{slo="checkout-errors"} > 0.0144'
    )
    assert first["labels"] == {"slo": "checkout-errors", "service": "checkout", "severity": "page", "window": "1h"}


@pytest.mark.parametrize(
    ("days", "limits"),
    [
        (28, ["1h page 0.01344", "6h page 0.0056", "1d ticket 0.0028", "3d ticket 0.000933333333333"]),
        (7, ["1h page 0.00336", "6h page 0.0014", "1d ticket 0.0007", "3d ticket 0.000233333333333"]),
        (1, ["1h page 0.00048", "6h page 0.0002", "1d ticket 0.0001"]),
    ],
)
def test_the_paces_are_scaled_to_the_window_of_the_objective(days: int, limits: list[str]) -> None:
    assert burning(aim(window=Rolling(days * DAY))) == limits


def test_an_alert_that_could_never_speak_is_left_out_and_a_comment_says_so() -> None:
    loose = aim(target="0.9")
    assert burning(loose) == ["6h page 0.6", "1d ticket 0.3", "3d ticket 0.1"]
    text = rulefile.dump(rulefile.groups([loose]))
    assert "# checkout-errors: no alert for 2 % of the budget in 1h." in text
    assert "when all is bad it is 10." in text


def test_every_alert_says_the_largest_burn_rate_that_there_can_be() -> None:
    described = [rule["annotations"]["description"] for rule in alerts(aim()) if rule["alert"] == "ErrorBudgetBurn"]
    assert all("The largest burn rate there can be is 1000, when all is bad." in text for text in described)


def test_with_a_target_of_100_percent_the_first_loss_pages() -> None:
    found = alerts(aim(target="1"))
    assert [rule["alert"] for rule in found] == ["ErrorBudgetLost", "ErrorBudgetNoData"]
    assert found[0]["expr"].endswith("> 0")
    assert "unless" in found[0]["expr"], "the event with which a series begins is in no increase"


def test_an_alert_of_the_objectives_own_policy_stands_beside_them() -> None:
    own = Alert("fast-burn", 2.0, 600, after=120, severity="page", description="Twice the pace.")
    found = alerts(aim(alerts=(own,), runbook="https://runbooks.example.org/checkout"))[-2]
    assert found == {
        "alert": "FastBurn",
        "expr": 'slo:bad_events:ratio_increase10m{slo="checkout-errors"} > 0.002',
        "for": "2m",
        "labels": {
            "slo": "checkout-errors", "service": "checkout", "severity": "page", "policy": "fast-burn", "window": "10m",
        },
        "annotations": {
            "summary": "checkout-errors: Twice the pace.",
            "description": "{{ $value | humanizePercentage }} of the events of 10m were bad, which is more than 0.002 "
            "and a burn rate above 2.",
            "runbook_url": "https://runbooks.example.org/checkout",
        },
    }  # fmt: skip


def test_an_alert_by_a_value_asks_its_own_query() -> None:
    low = Alert("ratings-low", 0.0, DAY, severity="ticket", query="sum(rating) / sum(ratings)", op=Op.LT, value=3.8)
    found = alerts(aim(alerts=(low,)))[-2]
    assert found["alert"] == "RatingsLow"
    assert found["expr"] == "avg_over_time((sum(rating) / sum(ratings))[1d:60s]) < 3.8"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("up", "avg_over_time((up)[10m:60s])"),
        ("sum(increase(a[10m]))", "(sum(increase(a[10m])))"),
        ("sum(increase(a[1h]))", "(sum(increase(a[1h])))"),
        ("sum(rate(a[1m]))", "avg_over_time((sum(rate(a[1m])))[10m:60s])"),
        ("sum(increase(a[{{.window}}]))", "(sum(increase(a[600s])))"),
    ],
)
def test_a_value_is_the_mean_of_a_window_unless_its_query_looks_over_it_itself(query: str, expected: str) -> None:
    assert averaged(query, 600) == expected


@pytest.mark.parametrize(
    ("silence", "severity", "window"), [(Silence.UNCHECKED, "ticket", "6h"), (Silence.BAD, "page", "1h")]
)
def test_silence_is_told_as_urgently_as_the_objective_takes_it(silence: Silence, severity: str, window: str) -> None:
    found = alerts(aim(no_data=silence))[-1]
    assert found["expr"] == f'absent(slo:bad_events:ratio_increase{window}{{slo="checkout-errors"}})'
    assert found["labels"]["severity"] == severity


def test_silence_that_means_good_is_no_news() -> None:
    assert all(rule["alert"] != "ErrorBudgetNoData" for rule in alerts(aim(no_data=Silence.GOOD)))


def test_alerts_link_to_the_page_of_their_objective() -> None:
    text = rulefile.dump(rulefile.groups([aim()], "https://postmortems.example.org/"))
    assert "link: https://postmortems.example.org/budgets/checkout-errors/\n" in text


def test_what_an_objective_says_is_no_template_of_an_alert() -> None:
    assert literal("{{ $labels }}") == '{{ "{{" }} $labels }}'


@settings(max_examples=40)
@given(text=st.text(max_size=60) | st.sampled_from(["a: b", "{{ x }}", "a\n- b", "%", "yes", "\u2028"]))
def test_any_words_survive_the_file(text: str) -> None:
    mine = aim(
        service=text,
        runbook=text,
        alerts=(Alert(text, 2.0, 600, description=text), Alert("v", 0.0, 600, query="up", value=1.0)),
    )
    loaded = rules(mine)
    assert loaded["groups"][0]["rules"][0]["labels"]["service"] == text
    assert loaded == rules(mine)


@given(seconds=st.integers(1, 400 * DAY))
def test_a_duration_is_written_exactly(seconds: int) -> None:
    units = {"s": 1, "m": 60, "h": 3600, "d": DAY}
    text = written(seconds)
    assert int(text[:-1]) * units[text[-1]] == seconds


def every_kind() -> list[Objective]:
    histogram = Ratio(total="d_count", good='d_bucket{le="0.5"}')
    return [
        aim(),
        aim("month", window=Calendar(Unit.MONTH)),
        aim("zero", "1"),
        aim("gauge", indicator=Ratio(total="count(up)", good="sum(up)", counter=False)),
        aim("latency", "0.95", indicator=histogram, low_traffic=LowTraffic.JUDGE),
        aim("slices", "0.99", indicator=Threshold("load", Op.LT, 2.0), method=Method.TIMESLICES,
            slice_seconds=600, slice_target=Fraction(9, 10)),
        aim("words", service='a "b" {{ c }}\n', runbook="https://example.org/{{x}}",
            alerts=(Alert("é-1", 3.0, 900, 300), Alert("value", 0.0, 600, query="up # note", op=Op.LTE, value=0.5))),
    ]  # fmt: skip


@pytest.mark.server
def test_promtool_reads_the_rules_of_every_kind_of_objective(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(rulefile.dump([*rulefile.groups(every_kind()), rulefile.library()]), encoding="utf-8")
    done = subprocess.run(
        [program("promtool"), "check", "rules", "--lint=all", "--lint-fatal", str(file)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def series(share: float) -> list[dict[str, str]]:
    """10,000 requests a minute for five days, of which a share fails."""
    bad, good = 10_000 * share, 10_000 * (1 - share)
    return [
        {"series": f'requests_total{{job="a",code="{code}"}}', "values": f"0+{step:.0f}x7200"}
        for code, step in (("500", bad), ("200", good))
    ]


def run(tmp_path: Path, objectives: list[Objective], test: dict[str, Any], every: str = "5m") -> str:
    """What promtool says of a test of the rules; nothing when it passes."""
    (tmp_path / "rules.yml").write_text(
        rulefile.dump([*rulefile.groups(objectives), rulefile.library()]), encoding="utf-8"
    )
    file = tmp_path / "test.yml"
    test = {"rule_files": ["rules.yml"], "evaluation_interval": every, "tests": [{"interval": "1m", **test}]}
    file.write_text(json.dumps(test), encoding="utf-8")
    done = subprocess.run(
        [program("promtool"), "test", "rules", str(file)], capture_output=True, text=True, check=False, timeout=120
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def expected(objective: Objective, *windows: str) -> list[dict[str, Any]]:
    wanted = [rule for rule in alerts(objective) if rule["labels"].get("window") in windows]
    return [{"exp_labels": rule["labels"]} for rule in wanted]


@pytest.mark.server
@pytest.mark.parametrize(
    ("share", "windows"),
    [
        (0.0009, ()),
        (0.0011, ("3d",)),
        (0.0031, ("1d", "3d")),
        (0.0059, ("1d", "3d")),
        (0.0061, ("6h", "1d", "3d")),
        (0.0143, ("6h", "1d", "3d")),
        (0.0145, ("1h", "6h", "1d", "3d")),
    ],
)
def test_an_alert_fires_at_its_burn_rate_and_not_below(tmp_path: Path, share: float, windows: tuple[str, ...]) -> None:
    wanted = expected(aim(), *windows)
    said = run(tmp_path, [aim()], {
        "input_series": series(share),
        "promql_expr_test": [{"expr": 'count(ALERTS{alertname="ErrorBudgetBurn",alertstate="firing"}) or vector(0)',
                              "eval_time": "4d", "exp_samples": [{"labels": "{}", "value": len(wanted)}]},
                             *({"expr": f'count(ALERTS{{alertstate="firing",window="{window}"}})', "eval_time": "4d",
                                "exp_samples": [{"labels": "{}", "value": 1}]} for window in windows)],
    }, every="2h")  # fmt: skip
    assert said == ""


@pytest.mark.server
def test_an_alert_ends_when_the_short_window_is_clean(tmp_path: Path) -> None:
    """An hour in which 5 % fail, then none: the long window still remembers it."""
    firing = 'count(ALERTS{alertname="ErrorBudgetBurn",window="1h",alertstate="firing"}) or vector(0)'
    said = run(tmp_path, [aim()], {
        "input_series": [
            {"series": 'requests_total{job="a",code="500"}', "values": "0+0x60 0+500x60 30000+0x120"},
            {"series": 'requests_total{job="a",code="200"}', "values": "0+10000x300"},
        ],
        "promql_expr_test": [
            {"expr": firing, "eval_time": "50m", "exp_samples": [{"labels": "{}", "value": 0}]},
            {"expr": firing, "eval_time": "110m", "exp_samples": [{"labels": "{}", "value": 1}]},
            {"expr": firing, "eval_time": "135m", "exp_samples": [{"labels": "{}", "value": 0}]},
        ],
    })  # fmt: skip
    assert said == ""


@pytest.mark.server
def test_the_first_lost_event_of_a_new_series_is_told(tmp_path: Path) -> None:
    firing = 'count(ALERTS{alertname="ErrorBudgetLost",alertstate="firing"}) or vector(0)'
    said = run(tmp_path, [aim(target="1")], {
        "input_series": [
            {"series": 'requests_total{job="a",code="500"}', "values": "_x90 1+0x90"},
            {"series": 'requests_total{job="a",code="200"}', "values": "0+100x180"},
        ],
        "promql_expr_test": [
            {"expr": firing, "eval_time": "85m", "exp_samples": [{"labels": "{}", "value": 0}]},
            {"expr": firing, "eval_time": "100m", "exp_samples": [{"labels": "{}", "value": 1}]},
            {"expr": "slo:error_budget_remaining:ratio", "eval_time": "85m", "exp_samples": [
                {"labels": 'slo:error_budget_remaining:ratio{service="checkout",slo="checkout-errors"}', "value": 1}]},
        ],
    })  # fmt: skip
    assert said == ""


@pytest.mark.server
def test_silence_is_told_and_overdue_actions_are(tmp_path: Path) -> None:
    firing = "count by (alertname) (ALERTS{alertstate='firing'})"
    said = run(tmp_path, [aim()], {
        "input_series": [{"series": 'afterword_overdue_actions{priority="P1"}', "values": "2+0x600"}],
        "promql_expr_test": [{"expr": firing, "eval_time": "8h", "exp_samples": [
            {"labels": '{alertname="ErrorBudgetNoData"}', "value": 1},
            {"labels": '{alertname="PostmortemActionsOverdue"}', "value": 1}]}],
    })  # fmt: skip
    assert said == ""
