"""Imports: what Sloth and Pyrra describe becomes objectives of ours, and nothing is dropped in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import openslo
from afterword.budgets.foreign import importing
from afterword.budgets.foreign.specification import Imported
from afterword.budgets.objective import Objective, Ratio, Raw
from afterword.budgets.window import Rolling
from afterword.errors import AfterwordError

SLOTH = """\
version: prometheus/v1
service: checkout
labels: {tier: "2", owner: 1e3}
slos:
  - name: requests-availability
    objective: 99.9
    description: |
      Answers without
      a server error.
    labels: {area: "no"}
    sli:
      events:
        error_query: sum(rate(http_total{job="checkout",code=~"(5..|429)"}[{{.window}}]))
        total_query: |
          sum(
            rate(http_total{job="checkout"}[{{.window}}])
          )
    alerting:
      name: CheckoutErrors
      labels: {category: availability}
      annotations: {runbook: "https://example.org/runbooks/checkout", summary: Many errors}
      page_alert: {labels: {severity: critical}}
      ticket_alert: {disable: true}
"""
SLOTH_ON_KUBERNETES = """\
apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: {name: wifi, namespace: monitoring}
spec:
  service: checkout
  slos:
    - name: satisfaction
      objective: 100
      sli:
        raw: {errorRatioQuery: '1 - sum(good[{{.window}}] * 1) / 1'}
      alerting: {pageAlert: {disable: true}}
"""
SLOTH_ON_KUBERNETES = SLOTH_ON_KUBERNETES.replace(
    "sum(good[{{.window}}] * 1) / 1", "avg(avg_over_time(wifi[{{.window}}]))"
)
PYRRA = """\
apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata:
  name: checkout-%s
  namespace: monitoring
  labels: {prometheus: k8s}
spec:
  target: "99.5"
  window: %s
  description: From the outside.
  indicator:
    %s
"""


def objectives(made: tuple[Imported, ...]) -> list[Objective]:
    found = openslo.read({f"{item.name}.yaml": item.text.encode() for item in made}, {}, ["checkout"])
    assert found.findings == ()
    return list(found.objectives)


def pyrra(indicator: str, window: str = "2w") -> tuple[Objective, tuple[str, ...]]:
    made, notes = importing.convert("pyrra.yaml", (PYRRA % ("errors", window, indicator)).encode(), ["checkout"])
    assert notes == ()
    return objectives(made)[0], made[0].notes


def test_sloth_counts_bad_events_of_all() -> None:
    made, notes = importing.convert("sloth.yml", SLOTH.encode(), ["checkout"])
    assert notes == ()
    found = objectives(made)[0]
    assert isinstance(found.indicator, Ratio)
    assert found.indicator.bad == 'sum(rate(http_total{job="checkout",code=~"(5..|429)"}[{{.window}}]))'
    assert "rate(http_total" in found.indicator.total
    assert (found.id, found.service, float(found.target)) == ("checkout-requests-availability", "checkout", 0.999)
    assert found.window == Rolling(30 * 86_400)
    assert found.runbook == "https://example.org/runbooks/checkout"
    assert found.description == "Answers without a server error."


def test_what_sloth_says_beyond_is_told() -> None:
    made, _ = importing.convert("sloth.yml", SLOTH.encode(), ["checkout"])
    said = "\n".join(made[0].notes)
    for key in ("alerting.annotations.summary", "alerting.name", "alerting.labels", "page_alert", "ticket_alert"):
        assert f"{key} has no counterpart" in said
    assert len(made[0].notes) == 5


def test_a_ready_ratio_of_sloth_and_a_target_of_everything() -> None:
    made, _ = importing.convert("sloth.yml", SLOTH_ON_KUBERNETES.encode())
    found = objectives(made)[0]
    assert found.indicator == Raw("1 - avg(avg_over_time(wifi[{{.window}}]))", success=False)
    assert found.budget == 0


def test_a_plugin_of_sloth_cannot_be_imported_and_is_told() -> None:
    text = SLOTH.replace("events:", "plugin: {id: x}\n      other:")
    made, notes = importing.convert("sloth.yml", text.encode())
    assert made == ()
    assert "a plugin of Sloth" in "\n".join(notes)


@pytest.mark.parametrize(
    ("indicator", "wanted"),
    [
        (
            "ratio: {errors: {metric: 'http{code=\"5\"}'}, total: {metric: http}}",
            Ratio("http", bad='http{code="5"}'),
        ),
        (
            "latency: {success: {metric: 'h_bucket{le=\"1\"}'}, total: {metric: h_count}}",
            Ratio("h_count", good='h_bucket{le="1"}'),
        ),
        (
            "latencyNative: {latency: 250ms, total: {metric: 'h{a=\"b\"}'}}",
            Ratio(
                'histogram_count(sum(increase(h{a="b"}[{{.window}}])))',
                'histogram_fraction(0, 0.25, sum(rate(h{a="b"}[{{.window}}])))'
                ' * histogram_count(sum(increase(h{a="b"}[{{.window}}])))',
            ),
        ),
        ("bool_gauge: {metric: up}", Ratio("count(up)", good="sum(up)", counter=False)),
    ],
)  # fmt: skip
def test_pyrra_has_four_kinds_of_indicators(indicator: str, wanted: Ratio) -> None:
    found, notes = pyrra(indicator)
    assert found.indicator == wanted
    assert notes == ()
    assert (found.id, found.service, found.window) == ("checkout-errors", "checkout", Rolling(14 * 86_400))


@pytest.mark.parametrize(("window", "seconds"), [("1d12h", 129_600), ("4w", 2_419_200), ("90m", 5_400)])
def test_windows_of_pyrra_are_read_as_prometheus_reads_them(window: str, seconds: int) -> None:
    assert pyrra("bool_gauge: {metric: up}", window)[0].window == Rolling(seconds)


def test_what_pyrra_says_beyond_is_told() -> None:
    text = PYRRA % (
        "errors",
        "2w",
        "bool_gauge: {metric: up, grouping: [target]}\n  alerting: {name: X}\n  ruleOutput: {a: b}",
    )
    made, _ = importing.convert("pyrra.yaml", text.encode(), ["orders"])
    said = "\n".join(made[0].notes)
    assert "bool_gauge.grouping (target) has no counterpart" in said
    assert "alerting has no counterpart" in said
    assert "ruleOutput has no counterpart" in said
    assert "names no service" in said


def test_a_service_may_be_given() -> None:
    made, _ = importing.convert(
        "s.yml", SLOTH.replace("service: checkout", "service: shop").encode(), ["checkout"], "checkout"
    )
    assert objectives(made)[0].service == "checkout"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("apiVersion: openslo/v1\nkind: SLO", "openslo/v1"),
        ("a: [", "s.yml:1"),
        (SLOTH.replace("objective: 99.9", "objective: most"), "is no number"),
        (SLOTH.replace("objective: 99.9", "objective: 101"), "does not lie between"),
        (SLOTH.replace("sum(rate(http_total{job", "sum(rat(http_total{job"), "query does not fit together"),
        (SLOTH.replace("sli:", "slo:"), "“sli” is missing"),
        (SLOTH + SLOTH[SLOTH.index("  - name") :], "two SLOs would be called"),
        (PYRRA % ("x", "2x", "bool_gauge: {metric: up}"), "is no duration"),
        (PYRRA % ("x", "2w", "other: {}"), "has none of"),
        (PYRRA % ("x", "2w", "ratio: {total: {metric: x}}"), "“errors” is missing"),
    ],
)
def test_what_cannot_be_imported_says_why(text: str, message: str) -> None:
    with pytest.raises(AfterwordError, match=message):
        importing.convert("s.yml", text.encode())


@given(st.integers(0, len(SLOTH)), st.integers(0, 30), st.text(max_size=3))
def test_no_edit_gives_more_than_a_message(at: int, length: int, more: str) -> None:
    for text in (SLOTH, PYRRA % ("errors", "2w", "bool_gauge: {metric: up}")):
        try:
            made, _ = importing.convert("s.yml", (text[:at] + more + text[at + length :]).encode(errors="replace"))
        except AfterwordError:
            continue
        assert not [
            finding
            for item in made
            for finding in openslo.read({"x.yaml": item.text.encode()}, {}).findings
            if finding.level == "error"
        ]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_survives_the_way_into_yaml(text: str) -> None:
    from afterword.budgets.foreign.specification import Facts, document, query  # noqa: PLC0415  # its only use

    ratio = {"ratioMetric": {"bad": query("b"), "total": query("t")}}
    written = document(Facts("a", "x" + text, "checkout", ratio, "99"), "A test.")
    found = openslo.read({"a.yaml": written.encode()}, {})
    if found.objectives:
        assert found.objectives[0].title == "x" + text
    else:
        assert {item.code for item in found.findings} == {"AW003"}
