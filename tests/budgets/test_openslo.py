"""OpenSLO: documents become objectives, and whatever is wrong with them is a finding at its place."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from afterword import resources
from afterword.budgets import openslo
from afterword.budgets.objective import (
    Alert,
    DataSource,
    LowTraffic,
    Method,
    Objective,
    Op,
    Ratio,
    Raw,
    Silence,
    Threshold,
)
from afterword.budgets.window import Calendar, Rolling, Unit
from afterword.findings import Finding, Level
from afterword.rules import RULES

PATH = "budgets/slos/checkout.yaml"
SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-errors
  displayName: Checkout answers
spec:
  description: Requests that are answered.
  service: checkout
  indicator:
    metadata:
      name: checkout-errors
    spec:
      ratioMetric:
        counter: true
        bad:
          metricSource:
            type: Prometheus
            spec:
              query: http_total{code=~"5.."}
        total:
          metricSource:
            type: Prometheus
            spec:
              query: http_total
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.999
"""
RATIO = SLO[SLO.index("      ratioMetric:") : SLO.index("  timeWindow:")]
SOURCE = """\
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: main}
spec:
  type: Prometheus
  connectionDetails: {url: "%s"}
"""
POLICY = """\
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: {name: pages}
spec:
  conditions:
    - conditionRef: fast
    - kind: AlertCondition
      metadata: {name: low, annotations: {afterword/query: avg(rating)}}
      spec:
        severity: ticket
        condition: {kind: burnrate, op: lt, threshold: 3.8, lookbackWindow: 1d}
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: {name: fast}
spec:
  description: Fast burn
  severity: page
  condition: {kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}
"""
POLICIES = "  alertPolicies:\n    - alertPolicyRef: pages\n"


def read(text: str, environment: dict[str, str] | None = None, **more: str) -> openslo.Specs:
    files = {PATH: text.encode()} | {f"budgets/slos/{name}.yaml": other.encode() for name, other in more.items()}
    return openslo.read(files, environment or {}, ["checkout", "orders"])


def one(text: str, environment: dict[str, str] | None = None, **more: str) -> Objective:
    found = read(text, environment, **more)
    assert found.findings == ()
    assert len(found.objectives) == 1
    return found.objectives[0]


def fault(text: str, environment: dict[str, str] | None = None, **more: str) -> Finding:
    """The one error of a file that gives no objective."""
    found = read(text, environment, **more)
    assert found.objectives == ()
    assert len(found.findings) == 1, found.findings
    assert found.findings[0].level is Level.ERROR
    return found.findings[0]


def with_ratio(ratio: str) -> str:
    return SLO.replace(RATIO, ratio)


def annotated(lines: str) -> str:
    return SLO.replace("  displayName: Checkout answers\n", f"  annotations: {{{lines}}}\n")


def metric(query: str, key: str = "good") -> str:
    return f"        {key}: {{metricSource: {{spec: {{query: '{query}'}}}}}}\n"


def test_an_objective_is_read_with_all_it_says() -> None:
    found = one(SLO)
    assert found == Objective(
        id="checkout-errors",
        slo="checkout-errors",
        title="Checkout answers",
        service="checkout",
        description="Requests that are answered.",
        target=Fraction(999, 1000),
        indicator=Ratio("http_total", bad='http_total{code=~"5.."}'),
    )
    assert (found.path, found.span.line) == (PATH, 4)


READINESS = Ratio("count(up)", "up", None, counter=False)


@pytest.mark.parametrize(
    ("ratio", "wanted"),
    [
        (metric("a{x=\"1\"}") + metric("b", "total"), Ratio("b", good='a{x="1"}')),
        ("        counter: false\n" + metric("up") + metric("count(up)", "total"), READINESS),
        (metric("r", "raw") + "        rawType: failure\n", Raw("r", success=False)),
        (metric("r", "raw") + "        rawType: success\n", Raw("r")),
    ],
)  # fmt: skip
def test_ratios_come_in_several_forms(ratio: str, wanted: Ratio | Raw) -> None:
    assert one(with_ratio(f"      ratioMetric:\n{ratio}")).indicator == wanted


def test_a_value_is_held_against_a_threshold_slice_by_slice() -> None:
    text = with_ratio("      thresholdMetric: {metricSource: {spec: {query: avg(rating), queryType: promql}}}\n")
    text = text.replace("Occurrences", "Timeslices")
    text = text.replace("- target: 0.999", "- {op: gte, value: 4, target: 0.95, timeSliceWindow: 5}")
    found = one(text)
    assert found.indicator == Threshold("avg(rating)", Op.GTE, 4.0)
    assert (found.method, found.slice_seconds, found.slice_target) == (Method.TIMESLICES, 300, None)


def test_slices_have_a_length_and_a_target() -> None:
    text = SLO.replace("Occurrences", "Timeslices")
    found = one(text.replace("- target: 0.999", "- {target: 0.999, timeSliceTarget: 0.99, timeSliceWindow: 10m}"))
    assert (found.slice_seconds, found.slice_target) == (600, Fraction(99, 100))
    text = SLO.replace("Occurrences", "RatioTimeslices")
    found = one(text.replace("- target: 0.999", "- {target: 0.999, timeSliceWindow: 1h}"))
    assert (found.method, found.slice_seconds, found.slice_target) == (Method.RATIO_TIMESLICES, 3600, None)


def test_several_objectives_bear_their_names() -> None:
    text = SLO.replace("- target: 0.999", "- {displayName: Für Käufer!, targetPercent: 99.95}\n    - {target: 0.99}")
    found = read(text)
    assert found.findings == ()
    assert [(item.id, item.title, item.target) for item in found.objectives] == [
        ("checkout-errors-2", "Checkout answers: 2", Fraction("0.99")),
        ("checkout-errors-fur-kaufer", "Checkout answers: Für Käufer!", Fraction("0.9995")),
    ]


@pytest.mark.parametrize(
    ("window", "wanted"),
    [
        ("{duration: 4w, isRolling: true}", Rolling(28 * 86_400)),
        ("{duration: 7d}", Rolling(7 * 86_400)),
        (
            "{duration: 1M, calendar: {startTime: 2022-01-01 00:00:00, timeZone: America/New_York}}",
            Calendar(Unit.MONTH, 1, "America/New_York"),
        ),
        (
            "{duration: 1M, isRolling: false, calendar: {startTime: 2022-01-15 12:00:00, timeZone: Europe/Lisbon}}",
            Calendar(Unit.MONTH, 1, "Europe/Lisbon", datetime(2022, 1, 15, 12)),  # noqa: DTZ001  # a local time
        ),
        ("{duration: 1Q, calendar: {timeZone: UTC}}", Calendar(Unit.QUARTER)),
        (
            "{duration: 2w, calendar: {startTime: 2026-01-05}}",
            Calendar(Unit.WEEK, 2, "UTC", datetime(2026, 1, 5)),  # noqa: DTZ001  # a local time
        ),
    ],
)
def test_windows_roll_or_follow_a_calendar(window: str, wanted: Rolling | Calendar) -> None:
    assert one(SLO.replace("- duration: 30d\n      isRolling: true", f"- {window}")).window == wanted


def test_without_a_window_it_is_the_last_thirty_days() -> None:
    assert one(SLO.replace("  timeWindow:\n    - duration: 30d\n      isRolling: true\n", "")).window == Rolling(
        2_592_000
    )


def test_annotations_say_what_openslo_cannot() -> None:
    found = one(
        annotated(
            'afterword/no-data: bad, afterword/low-traffic: pass, afterword/minimum-events: "1000", '
            'afterword/required: "false", afterword/runbook: "https://example.org/r", other.org/key: x'
        )
    )
    assert (found.no_data, found.low_traffic) == (Silence.BAD, LowTraffic.PASS)
    assert (found.minimum_events, found.required, found.runbook) == (1000, False, "https://example.org/r")


def test_any_loss_may_be_too_much() -> None:
    text = annotated('afterword/zero-budget: "true"').replace("target: 0.999", "target: 1")
    assert one(text).budget == 0
    assert one(text.replace("target: 1", "targetPercent: 100")).target == 1


def test_references_reach_into_other_files() -> None:
    sli = "apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: errors}\nspec:\n" + RATIO.replace(
        "      ratio", "  ratio"
    )
    sli = sli.replace("            type: Prometheus\n", "            metricSourceRef: main\n")
    start, end = SLO.index("  indicator:"), SLO.index("  timeWindow:")
    text = SLO[:start] + "  indicatorRef: errors\n" + SLO[end:] + POLICIES
    found = one(text, {"HOST": "p.example.org"}, sli=sli, other=SOURCE % "https://${HOST}/" + POLICY)
    assert found.source == DataSource("main", "prometheus")
    assert found.source.url == "https://p.example.org"
    assert found.alerts == (
        Alert("fast", 14.4, 3600, 300, "page", "Fast burn"),
        Alert("low", 0.0, 86_400, 0, "ticket", "", "avg(rating)", Op.LT, 3.8),
    )


def test_an_indicator_may_belong_to_one_objective() -> None:
    start, end = SLO.index("  indicator:"), SLO.index("  timeWindow:")
    inner = SLO[start:end].replace("\n", "\n    ").rstrip()
    text = SLO[:start] + SLO[end:].replace("- target: 0.999", f"- target: 0.999\n    {inner}")
    assert one(text).indicator == one(SLO).indicator


CALENDAR = "{duration: %s, calendar: {startTime: %s, timeZone: %s}}"
SPOILT: list[tuple[str, str, str, str]] = [
    # what stands there, what stands there instead, the finding's code, a part of its message
    ("apiVersion: openslo/v1", "apiVersion: openslo/v1alpha", "AW101", "not openslo/v1"),
    ("kind: SLO", "kind: SLOs", "AW101", "is “SLOs”, not one of"),
    ("service: checkout", "service: chekout", "AW104", "service “chekout” is not among the services"),
    ("  description:", "  desciption:", "AW103", "unknown key “desciption”"),
    ("budgetingMethod: Occurrences", "budgetingMethod: Occurences", "AW101", "is “Occurences”, not one of"),
    ("name: checkout-errors\n  disp", "name: Checkout errors\n  disp", "AW101", "which does not have the right form"),
    ("query: http_total\n", "query: http_total{\n", "AW611", "does not close its “{”"),
    ("query: http_total\n", "query: max(http_total)\n", "AW611", "neither a counter nor a sum"),
    ("query: http_total\n", 'query: h_bucket{le="fast"}\n', "AW611", "le is “fast”"),
    ("target: 0.999", "target: 99.9", "AW612", "target 99.9 is no share"),
    ("target: 0.999", "target: 1", "AW612", "leaves no budget"),
    ("target: 0.999", "target: 0", "AW612", "does not lie between"),
    ("target: 0.999", "targetPercent: 100", "AW612", "leaves no budget"),
    ("target: 0.999", "{target: 0.9, targetPercent: 90}", "AW612", "both target and targetPercent"),
    ("target: 0.999", "displayName: Fast", "AW612", "has no target"),
    ("  indicator:\n", "  indicatorRef: x\n  indicator:\n", "AW615", "both indicator and indicatorRef"),
    ("        bad:", "        bda:", "AW103", "unknown key “bda”"),
    ("        bad:", "        good: {metricSource: {spec: {query: x}}}\n        bad:", "AW615", "both good and bad"),
    ('{code=~"5.."}', "", "AW615", "the same query"),
    ("        counter: true", "        rawType: success", "AW615", "stands beside “bad”"),
    ("type: Prometheus", "type: Datadog", "AW617", "“Datadog” is no server that answers PromQL"),
    ("type: Prometheus", "metricSourceRef: x", "AW613", "no DataSource is called “x”"),
    ("duration: 30d", "duration: 1M", "AW616", "no fixed length"),
    ("duration: 30d", "duration: 5m", "AW616", "too short"),
    ("duration: 30d", "duration: 500d", "AW616", "too long"),
    ("duration: 30d", "duration: 30 days", "AW101", "right form"),
    ("isRolling: true", "isRolling: false", "AW616", "follows a calendar, and none is given"),
    ("duration: 30d\n      isRolling: true", "{duration: 1d, isRolling: true, calendar: {}}", "AW616", "cannot both"),
    ("duration: 30d\n      isRolling: true", CALENDAR % ("1m", "2026-01-01", "UTC"), "AW616", "no calendar has"),
    ("duration: 30d\n      isRolling: true", CALENDAR % ("1M", "2026-02-30", "UTC"), "AW616", "does not exist"),
    ("duration: 30d\n      isRolling: true", CALENDAR % ("1M", "2026-01-01", "Mars/Olympus"), "AW616", "not known"),
    ("duration: 30d\n      isRolling: true", CALENDAR % ("2Y", "2026-01-01", "UTC"), "AW616", "too long"),
    ("budgetingMethod: Occurrences", "budgetingMethod: Timeslices", "AW616", "“timeSliceWindow” is missing"),
    ("budgetingMethod: Occurrences", "budgetingMethod: RatioTimeslices", "AW616", "“timeSliceWindow” is missing"),
    ("  displayName: Checkout answers", "  annotations: {afterword/no-dta: bad}", "AW103", "unknown annotation"),
    ("  displayName: Checkout answers", "  annotations: {afterword/no-data: god}", "AW101", "is “god”, not one of"),
    ("  displayName: Checkout answers", "  annotations: {afterword/required: true}", "AW101", "not text"),
    ("  displayName: Checkout answers", '  annotations: {afterword/minimum-events: "-1"}', "AW101", "a whole number"),
    ("  displayName: Checkout answers", "  annotations: {afterword/runbook: wiki}", "AW101", "http or https address"),
]


@pytest.mark.parametrize(("there", "instead", "code", "message"), SPOILT, ids=[row[1][:40] for row in SPOILT])
def test_a_fault_is_found_where_it_stands(there: str, instead: str, code: str, message: str) -> None:
    assert there in SLO
    found = [item for item in read(SLO.replace(there, instead)).findings if item.level is Level.ERROR]
    assert found
    assert {item.code for item in found} == {code}
    assert all(item.path == PATH for item in found)
    assert message in found[0].message
    assert read(SLO.replace(there, instead)).objectives == ()
    first = SLO[: SLO.index(there)].count("\n") + 1
    assert found[0].span.line >= first - 1 or code in ("AW612", "AW615", "AW616")


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("query: http_total{code=~5..}", 19, 39),
        ("query: 'http_total{code=~5..}'", 19, 40),
        ("query: |\n                sum(\n                  http_total{code=~5..}\n                )", 21, 36),
    ],
)
def test_a_fault_in_a_query_is_shown_at_its_character(written: str, line: int, column: int) -> None:
    found = fault(SLO.replace('query: http_total{code=~"5.."}', written))
    assert found.message == "query cannot be read at “5.”"
    assert (found.span.line, found.span.column) == (line, column)


def test_a_name_stands_once() -> None:
    found = read(SLO, other=SLO + "---\n" + SOURCE % "http://a" + (SOURCE % "http://b").replace("main", "Main"))
    assert [(item.code, item.path) for item in found.findings if item.code == "AW614"] == [
        ("AW614", "budgets/slos/other.yaml")
    ] * 2
    assert "SLO “checkout-errors” stands already in budgets/slos/checkout.yaml:4" in found.findings[0].message
    assert "DataSource “Main” stands already" in found.findings[1].message


def test_an_id_that_two_slos_would_give_stands_once() -> None:
    several = SLO.replace("- target: 0.999", "- {displayName: Fast, target: 0.9}\n    - {target: 0.99}")
    found = read(several, other=SLO.replace("name: checkout-errors\n  disp", "name: checkout-errors-fast\n  disp"))
    assert [item.message for item in found.findings] == [
        "objective “checkout-errors-fast” stands already in budgets/slos/checkout.yaml:30"
    ]


def test_what_is_referred_to_must_have_no_fault() -> None:
    found = read(
        SLO.replace("type: Prometheus", "metricSourceRef: main"), {}, other=(SOURCE % "x").replace("type", "typ")
    )
    assert found.objectives == ()
    assert {item.code for item in found.findings} == {"AW102", "AW103", "AW613"}


def test_a_variable_that_is_not_set_is_no_error_and_its_value_is_never_told() -> None:
    text = SLO.replace("type: Prometheus", "metricSourceRef: main") + SOURCE % "${PROMETHEUS_URL}"
    absent = read(text)
    assert [(item.code, item.level) for item in absent.findings] == [("AW617", Level.HINT)]
    assert "PROMETHEUS_URL" in absent.findings[0].message
    assert absent.objectives[0].source == DataSource("main")
    for secret in ("ftp://s3cret", "https://user:s3cret@host", "s3cret"):
        found = fault(text, {"PROMETHEUS_URL": secret})
        assert found.code == "AW617"
        assert "s3cret" not in found.message + str(found.hint)
    assert one(text.replace("${PROMETHEUS_URL}", "${PROMETHEUS_URL:-http://localhost:9090}")).source is not None


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        (SLO.replace("target: 0.999", "{target: 0.999, op: gt, value: 1}"), "AW618", Level.HINT),
        (SLO.replace("target: 0.999", "{target: 0.999, compositeWeight: 2}"), "AW618", Level.WARNING),
        (SLO.replace("target: 0.999", "{target: 0.999, timeSliceWindow: 5m}"), "AW616", Level.WARNING),
        (SLO + POLICIES + POLICY.replace("14.4", "1000"), "AW618", Level.WARNING),
        (SLO + POLICIES + POLICY.replace("op: gte", "op: lte"), "AW618", Level.HINT),
        (annotated('afterword/zero-budget: "true"'), "AW612", Level.WARNING),
    ],
)
def test_what_has_no_effect_is_told_and_does_no_harm(text: str, code: str, level: Level) -> None:
    found = read(text)
    assert {(item.code, item.level) for item in found.findings} == {(code, level)}
    assert len(found.objectives) == 1


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (POLICY.replace("conditionRef: fast", "conditionRef: fats"), "AW613"),
        (POLICY.replace("avg(rating)", "avg(rating"), "AW611"),
        (POLICY.replace("14.4", "0"), "AW615"),
        (POLICY.replace("afterword/query", "afterword/qeury"), "AW103"),
        (POLICY.replace("lookbackWindow: 1h", "lookbackWindow: 1M"), "AW613"),
    ],
)
def test_alerts_are_held_to_the_same(spoilt: str, code: str) -> None:
    found = read(SLO + POLICIES + spoilt)
    assert code in {item.code for item in found.findings}
    assert found.objectives == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"\x00", b"---\n---\n---\n", b"- a\n- b\n", b"text", b"kind: SLO", b"&a [*a]", b"[" * 70_000,
     b"---\n" * 5_000, b"\xef\xbb\xbf" + SLO.encode(), b"kind: [SLO]", b"kind: SLO\nspec: 1\nmetadata: []"],
)  # fmt: skip
def test_no_file_stops_the_reader(data: bytes) -> None:
    openslo.read({PATH: data}, {})


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    openslo.read({PATH: data}, {})


PLAIN: Any = yaml.safe_load(SLO.replace("30d", "'30d'"))
ODD: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just([])
    | st.just({})
    | st.just([{}])
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(deeper for key, value in inside for deeper in places(value, (*path, key)))]


@given(st.sampled_from(places(PLAIN)[1:]), ODD)
def test_no_value_in_any_place_stops_the_reader(path: tuple[Any, ...], value: Any) -> None:
    whole = yaml.safe_load(yaml.safe_dump(PLAIN))
    node = whole
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    found = read(yaml.safe_dump(whole))
    assert found.objectives or found.findings or path == ("kind",)


@given(st.integers(0, len(SLO + POLICY)), st.integers(0, 40), st.text(max_size=3))
def test_no_edit_stops_the_reader(at: int, length: int, more: str) -> None:
    text = SLO + POLICIES + POLICY
    read(text[:at] + more + text[at + length :])


def test_findings_bear_the_names_of_their_rules() -> None:
    from afterword.budgets.openslo.documents import NAMES  # noqa: PLC0415  # its only use

    assert {code: RULES[code].name for code in NAMES} == NAMES


def _properties(node: Any, path: str = "") -> list[tuple[str, Any]]:
    if not isinstance(node, dict):
        return [pair for item in node for pair in _properties(item, path)] if isinstance(node, list) else []
    here = [(f"{path}/{key}", value) for key, value in node.get("properties", {}).items() if isinstance(value, dict)]
    return here + [pair for key, value in node.items() if key != "if" for pair in _properties(value, f"{path}/{key}")]


def test_the_schema_describes_every_property_by_example() -> None:
    schema = resources.schema("openslo")
    for path, value in _properties(schema):
        where = schema["$defs"][value["$ref"].rsplit("/", 1)[1]] if "$ref" in value else value
        assert where.get("description"), path
        assert where.get("examples") is not None, path
