"""AW617: data sources that cannot be asked."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW617",
    name="objective-source",
    level=Level.ERROR,
    summary="A data source answers PromQL at an http or https address without credentials.",
    rationale="What stands in git stands there for good: user, password and token come from the environment. A "
    "variable that is not set where the check runs is only a hint.",
    good=(
        Example(
            "apiVersion: openslo/v1\n"
            "kind: DataSource\n"
            "metadata: {name: prometheus}\n"
            "spec:\n"
            "  type: Prometheus\n"
            "  connectionDetails: {url: 'https://prometheus.example.org'}\n",
            Form.OBJECTIVES,
        ),
    ),
    bad=(
        Example(
            "apiVersion: openslo/v1\n"
            "kind: DataSource\n"
            "metadata: {name: prometheus}\n"
            "spec:\n"
            "  type: Prometheus\n"
            "  connectionDetails: {url: 'https://reader:secret@prometheus.example.org'}\n",
            Form.OBJECTIVES,
        ),
        Example(
            "apiVersion: openslo/v1\n"
            "kind: DataSource\n"
            "metadata: {name: prometheus}\n"
            "spec:\n"
            "  type: Prometheus\n"
            "  connectionDetails: {url: '${PROMETHEUS_URL}'}\n",
            Form.OBJECTIVES,
            "Where the variable is not set.",
        ),
    ),
    milder="A variable that is not set is a hint.",
)
