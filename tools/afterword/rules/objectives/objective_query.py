"""AW611: queries of objectives that cannot be asked."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW611",
    name="objective-query",
    level=Level.ERROR,
    summary="Queries of objectives are PromQL, and those of counters are counters or sums of them.",
    rationale="A query that a server refuses, or whose increase over a window nobody can tell, would leave its "
    "budget unchecked and with it every deploy.",
    good=(
        Example(
            "indicator:\n"
            "  spec:\n"
            "    ratioMetric:\n"
            "      bad: {metricSource: {spec: {query: 'http_requests_total{code=~\"5..\"}'}}}\n"
            "      total: {metricSource: {spec: {query: 'http_requests_total'}}}",
            Form.SPEC,
        ),
        Example(
            "indicator:\n"
            "  spec:\n"
            "    ratioMetric:\n"
            "      bad: {metricSource: {spec: {query: 'sum(rate(http_errors_total[{{.window}}]))'}}}\n"
            "      total: {metricSource: {spec: {query: 'sum(rate(http_requests_total[{{.window}}]))'}}}",
            Form.SPEC,
            "With its placeholder a query says itself what is counted over the window.",
        ),
    ),
    bad=(
        Example(
            "indicator:\n"
            "  spec:\n"
            "    ratioMetric:\n"
            "      bad: {metricSource: {spec: {query: 'sum(http_errors_total'}}}\n"
            "      total: {metricSource: {spec: {query: 'http_requests_total'}}}",
            Form.SPEC,
            "A bracket is not closed.",
        ),
        Example(
            "indicator:\n"
            "  spec:\n"
            "    ratioMetric:\n"
            "      bad: {metricSource: {spec: {query: 'max(http_errors_total)'}}}\n"
            "      total: {metricSource: {spec: {query: 'http_requests_total'}}}",
            Form.SPEC,
            "The largest of some counters is no counter.",
        ),
        Example(
            "indicator:\n"
            "  spec:\n"
            "    ratioMetric:\n"
            "      good: {metricSource: {spec: {query: 'latency_bucket{le=\"500ms\"}'}}}\n"
            "      total: {metricSource: {spec: {query: 'http_requests_total'}}}",
            Form.SPEC,
            "Bounds of buckets are numbers.",
        ),
    ),
)
