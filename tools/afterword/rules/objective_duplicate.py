"""AW614: two objects of one name."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW614",
    name="objective-duplicate",
    level=Level.ERROR,
    summary="Each name of an object stands once among those of its kind.",
    rationale="Snapshots, pages and the gate know an objective by its name; of two that share one, nobody could"
    " say which is meant.",
    good=(
        Example(
            "apiVersion: openslo/v1\n"
            "kind: SLO\n"
            "metadata: {name: checkout-errors}\n"
            "spec:\n"
            "  service: checkout\n"
            "  indicator:\n"
            "    spec:\n"
            "      ratioMetric:\n"
            "        bad: {metricSource: {spec: {query: http_errors_total}}}\n"
            "        total: {metricSource: {spec: {query: http_requests_total}}}\n"
            "  budgetingMethod: Occurrences\n"
            "  objectives: [{target: 0.999}]\n"
            "---\n"
            "apiVersion: openslo/v1\n"
            "kind: SLO\n"
            "metadata: {name: checkout-failures}\n"
            "spec:\n"
            "  service: checkout\n"
            "  indicator:\n"
            "    spec:\n"
            "      ratioMetric:\n"
            "        bad: {metricSource: {spec: {query: http_errors_total}}}\n"
            "        total: {metricSource: {spec: {query: http_requests_total}}}\n"
            "  budgetingMethod: Occurrences\n"
            "  objectives: [{target: 0.999}]\n",
            Form.OBJECTIVES,
        ),
    ),
    bad=(
        Example(
            "apiVersion: openslo/v1\n"
            "kind: SLO\n"
            "metadata: {name: checkout-errors}\n"
            "spec:\n"
            "  service: checkout\n"
            "  indicator:\n"
            "    spec:\n"
            "      ratioMetric:\n"
            "        bad: {metricSource: {spec: {query: http_errors_total}}}\n"
            "        total: {metricSource: {spec: {query: http_requests_total}}}\n"
            "  budgetingMethod: Occurrences\n"
            "  objectives: [{target: 0.999}]\n"
            "---\n"
            "apiVersion: openslo/v1\n"
            "kind: SLO\n"
            "metadata: {name: checkout-errors}\n"
            "spec:\n"
            "  service: checkout\n"
            "  indicator:\n"
            "    spec:\n"
            "      ratioMetric:\n"
            "        bad: {metricSource: {spec: {query: http_errors_total}}}\n"
            "        total: {metricSource: {spec: {query: http_requests_total}}}\n"
            "  budgetingMethod: Occurrences\n"
            "  objectives: [{target: 0.999}]\n",
            Form.OBJECTIVES,
        ),
    ),
)
