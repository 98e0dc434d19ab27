"""AW615: indicators that count nothing, or twice."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW615",
    name="objective-indicator",
    level=Level.ERROR,
    summary="An indicator counts good or bad events of all, or holds a value against a threshold.",
    rationale="Good and bad given side by side may contradict each other, and without a total there is no share.",
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
            "    thresholdMetric: {metricSource: {spec: {query: avg(rating)}}}\n"
            "budgetingMethod: Timeslices\n"
            "objectives:\n"
            "  - {op: gte, value: 4, target: 0.95, timeSliceWindow: 5m}",
            Form.SPEC,
        ),
    ),
    bad=(
        Example(
            "indicator:\n"
            "  spec:\n"
            "    ratioMetric:\n"
            "      good: {metricSource: {spec: {query: http_ok_total}}}\n"
            "      bad: {metricSource: {spec: {query: 'http_requests_total{code=~\"5..\"}'}}}\n"
            "      total: {metricSource: {spec: {query: 'http_requests_total'}}}",
            Form.SPEC,
            "Both good and bad.",
        ),
        Example(
            "indicator:\n"
            "  spec:\n"
            "    thresholdMetric: {metricSource: {spec: {query: avg(rating)}}}\n"
            "budgetingMethod: Timeslices\n"
            "objectives:\n"
            "  - {target: 0.95, timeSliceWindow: 5m}",
            Form.SPEC,
            "No threshold.",
        ),
    ),
)
