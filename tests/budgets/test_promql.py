"""Queries: what is no PromQL is found at its place, and what is built from PromQL counts what is meant."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import promql
from afterword.budgets.objective import Indicator, Method, Objective, Op, Ratio, Raw, Threshold
from afterword.budgets.promql import LatencyQuery, Matcher, Selector
from afterword.budgets.promql.ranges import longest_range
from afterword.budgets.promql.terms import per_second
from afterword.errors import AfterwordError

DAY = 86_400
HTTP = Ratio('http_total{s="x"}', bad='http_total{s="x",code=~"5.."}')


def objective(indicator: Indicator, method: Method = Method.OCCURRENCES, seconds: int = 60) -> Objective:
    return Objective(
        "a", "a", "A", "s", Fraction("0.999"), indicator, method=method, slice_seconds=seconds,
        slice_target=Fraction("0.99"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "message", "offset"),
    [
        ("", "is empty", 0),
        ("foo bar", "cannot be read at “bar”", 4),
        ("sum(rate(x[5m])", "does not close its “(”", 3),
        ("foo{a=b}", "cannot be read at “b”", 6),
        ("sum(a)) / sum(b)", "cannot be read at “)”", 6),
        ("rate(x[5m]) / rate(y[5x])", "cannot be read at “5x”", 21),
        ('foo{a="b"} > bool', "ends too early", 17),
        ("1 + rate(foo)", "does not fit together: expected type matrix in call to function 'rate', got vector", 4),
        ("foo[5m]", "gives no number: a query for an instant is wanted, such as sum(…)", 0),
        ('"text"', "gives no number: a query for an instant is wanted, such as sum(…)", 0),
        ("x offset -Inf", "holds an offset that is not a duration", 9),
        ("x + " * 300 + "x", "has more than 200 operators and brackets", 0),
        ("(" * 4000 + "x" + ")" * 4000, "has more than 200 operators and brackets", 0),
        ("x" * 10_001, "is too long (10,001 characters; at most 10,000)", 0),
    ],
)
def test_a_fault_is_told_with_its_place(query: str, message: str, offset: int) -> None:
    assert promql.check(query) == promql.Fault(message, offset)


@given(st.text(max_size=60) | st.lists(st.sampled_from(
    ["sum", "(", ")", "x", "{", "}", "a", "=", "=~", '"b"', '"[', "[", "5m", "]", ":", "1", "-", "or", "on", "offset",
     "@", "bool", ",", "rate", "NaN", "-Inf", "by", "[{{.window}}]", "`", "'", "#c", "\n", "le", "1e400"]
)).map(" ".join))  # fmt: skip
def test_no_text_is_more_than_a_fault(query: str) -> None:
    found = promql.check(query)
    assert found is None or 0 <= found.offset <= len(query)
    promql.linear(query)
    promql.selector(query)
    promql.filled(query, 60)


@pytest.mark.parametrize(
    "placeholder", ["{{.window}}", "{{ .window }}", "{{.Window}}", "window", "$window", "${window}"]
)
def test_each_placeholder_is_filled(placeholder: str) -> None:
    query = f'sum(increase(x{{a="[{placeholder}]"}}[{placeholder}]))'
    assert promql.has_window(query)
    assert promql.fault(query) is None
    assert promql.filled(query, 300) == f'sum(increase(x{{a="[{placeholder}]"}}[300s]))'


def test_a_comment_does_not_swallow_what_is_put_behind_it() -> None:
    found = objective(Ratio("sum(increase(a[{{.window}}])) # all\n", bad='sum(increase(b{c="#"}[{{.window}}]))'))
    assert promql.total(found, 60) == "sum(increase(a[60s]))"
    assert promql.bad(found, 60) == 'sum(increase(b{c="#"}[60s]))'


@pytest.mark.parametrize(
    ("bound", "pattern"),
    [("1", r"1|1\.0"), ("1.0", r"1|1\.0"), ("0.5", None), ("0.50", r"0\.5|0\.50"), ("+Inf", None), ("x", None),
     ("1000000", r"1e\+06|1000000|1000000\.0"), ("2.5", None), ("1e-05", None)],
)  # fmt: skip
def test_a_bound_is_found_however_it_is_written(bound: str, pattern: str | None) -> None:
    found = promql.selector(f'h_bucket{{le="{bound}"}}')
    assert found is not None
    assert found.matchers[0] == (Matcher("le", "=~", pattern) if pattern else Matcher("le", "=", bound))


def test_a_bound_is_widened_in_a_query_that_leaves_its_window_open() -> None:
    assert promql.filled('sum(rate(h_bucket{le="1"}[window])) by (le)', 60) == (
        'sum(rate(h_bucket{le=~"1|1\\\\.0"}[60s])) by (le)'
    )


NAMES = st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name.lower() not in {"inf", "nan", "bool", "le", "offset", "by", "on", "and", "or", "unless", "atan2",
        "without", "ignoring", "group_left", "group_right", "start", "end", "fill", "fill_left", "fill_right"}
    and promql.fault(name) is None
)  # fmt: skip
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\\"`{}[]'), max_size=12)
SELECTORS = st.builds(
    Selector,
    NAMES,
    st.lists(st.builds(Matcher, NAMES, st.sampled_from(["=", "!="]), VALUES), max_size=3).map(tuple),
)


@given(SELECTORS)
def test_a_selector_is_read_as_it_was_written(selector: Selector) -> None:
    assert promql.selector(str(selector)) == selector


@given(VALUES.filter(lambda value: "`" not in value))
def test_raw_strings_are_read_as_prometheus_reads_them(value: str) -> None:
    assert promql.selector(f"x{{a=`{value}`}}") == Selector("x", (Matcher("a", "=", value),))


def test_events_of_counters_are_their_increase() -> None:
    found = objective(HTTP)
    assert promql.total(found, DAY) == 'sum(increase(http_total{s="x"}[86400s]))'
    assert promql.bad(found, DAY) == 'sum(increase(http_total{s="x",code=~"5.."}[86400s]))'


def test_a_sum_of_counters_is_taken_apart_so_that_resets_are_seen() -> None:
    found = objective(Ratio("sum(h_count)", bad="sum(h_count) - sum by () (h_bucket)"))
    assert promql.total(found, 60) == "sum(increase(h_count[60s]))"
    assert promql.bad(replace(found, indicator=Ratio("sum(a)", bad="sum(a) - sum(b) * 2")), 60) == (
        "(sum(increase(a[60s])) or vector(0)) - (sum(increase(b[60s])) or vector(0)) * 2"
    )


@pytest.mark.parametrize("query", ["max(a)", "a / b", "rate(a[5m])", "a - b", "a offset 1h", "increase(a[5m])", "1"])
def test_what_has_no_increase_is_no_counter(query: str) -> None:
    assert promql.uncountable(query)
    with pytest.raises(AfterwordError):
        promql.total(objective(Ratio(query, bad="b")), 60)


def test_rates_are_counted_as_events() -> None:
    found = objective(Ratio("sum(rate(a[{{.window}}]))", bad="sum(rate(b[{{.window}}]))"))
    assert promql.total(found, 60) == "(sum(rate(a[60s]))) * 60"
    assert not per_second("sum(rate(a[5m])) / sum(rate(b[5m]))")
    assert not per_second("histogram_fraction(0, 1, rate(a[5m])) * histogram_count(increase(a[5m]))")


SHAPES = [
    objective(HTTP),
    objective(Ratio("sum(h_count)", good='sum(h_bucket{le="1"})')),
    objective(Ratio("sum(rate(a[{{.window}}]))", bad="sum by (code) (rate(b[{{.window}}]))")),
    objective(Ratio("count(up)", good="sum(up)", counter=False)),
    objective(Raw("ratio")),
    objective(Raw("1 - sum(a) / sum(b)", success=False)),
    objective(Raw("sum(rate(a[$window])) / sum(rate(b[$window]))")),
    objective(HTTP, Method.TIMESLICES, 300),
    objective(HTTP, Method.RATIO_TIMESLICES, 3600),
    objective(Raw("ratio"), Method.TIMESLICES, 300),
    objective(Threshold("quality", Op.GTE, 4.0), Method.TIMESLICES, 300),
    objective(Threshold("rate(x[window])", Op.LT, 0.1), Method.TIMESLICES),
    objective(Threshold("quality", Op.GT, -1.5)),
]


@pytest.mark.parametrize("found", SHAPES, ids=lambda found: f"{found.method}-{found.indicator}"[:60])
@pytest.mark.parametrize("seconds", [300, DAY, 30 * DAY])
def test_whatever_is_built_is_promql(found: Objective, seconds: int) -> None:
    for query in (promql.total(found, seconds), promql.bad(found, seconds), promql.good(found, seconds)):
        assert isinstance(promql_parser.parse(query), promql_parser.Expr)
    for role in ("bad", "good", "total"):
        uncounted = promql.uncounted(found, seconds, role)
        assert uncounted is None or promql.fault(uncounted) is None


def test_what_came_before_the_first_scrape_is_asked_for_beside_the_figure() -> None:
    found = objective(Ratio("a_total", bad="b_total"))
    assert promql.uncounted(found, 60, "bad") == "sum(min_over_time(b_total[60s]) unless b_total offset 60s)"
    assert promql.uncounted(objective(Raw("ratio")), 60, "bad") is None
    assert promql.uncounted(objective(HTTP, Method.TIMESLICES), 60, "total") is None
    good = objective(Ratio("a_total", good="g_total"))
    assert promql.uncounted(good, 60, "bad") == (
        "(sum(min_over_time(a_total[60s]) unless a_total offset 60s) or vector(0))"
        " - (sum(min_over_time(g_total[60s]) unless g_total offset 60s) or vector(0))"
    )


def test_the_histogram_behind_a_latency_objective_is_known() -> None:
    found = objective(Ratio('h_count{s="x"}', good='h_bucket{s="x",le="0.5"}'))
    assert promql.latency(found) == LatencyQuery(0.5, Selector("h_bucket", (Matcher("s", "=", "x"),)))
    assert promql.bounds_query(found, 60) == 'count by (le) (count_over_time(h_bucket{s="x"}[60s]))'
    quantile = LatencyQuery(0.5, Selector("h_bucket")).query(0.95, 300)
    assert quantile == "histogram_quantile(0.95, sum by (le) (rate(h_bucket[300s])))"
    assert promql.fault(quantile) is None


def test_a_native_histogram_has_no_bounds() -> None:
    good = "histogram_fraction(0, 0.2, sum(rate(x[{{.window}}]))) * histogram_count(sum(increase(x[{{.window}}])))"
    found = objective(Ratio("histogram_count(sum(increase(x[{{.window}}])))", good=good))
    latency = promql.latency(found)
    assert latency is not None
    assert (latency.threshold, latency.native) == (0.2, True)
    assert promql.fault(latency.query(0.95, 300)) is None
    assert promql.bounds_query(found, 60) is None


def test_other_objectives_have_no_latency() -> None:
    assert promql.latency(objective(HTTP)) is None
    assert promql.latency(objective(Threshold("q", Op.GTE, 4))) is None


@pytest.mark.parametrize(
    ("query", "seconds"),
    [
        ("up", 0),
        ("rate(", 0),
        ("rate(a[5m])", 300),
        ("rate(a[5m]) / rate(b[1h])", 3600),
        ("rate(b[1h]) / rate(a[5m])", 3600),
        ("max_over_time(rate(a[5m])[6h:1m])", 21_600),
    ],
)
def test_the_longest_window_of_a_query_is_found(query: str, seconds: float) -> None:
    assert longest_range(query) == seconds
