"""AW614: two objects of one name."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

_ERRORS = """\
apiVersion: openslo/v1
kind: SLO
metadata: {name: checkout-errors}
spec:
  service: checkout
  indicator:
    spec:
      ratioMetric:
        bad: {metricSource: {spec: {query: http_errors_total}}}
        total: {metricSource: {spec: {query: http_requests_total}}}
  budgetingMethod: Occurrences
  objectives: [{target: 0.999}]
"""
_FAILURES = _ERRORS.replace("checkout-errors", "checkout-failures")

RULE = Rule(
    code="AW614",
    name="objective-duplicate",
    level=Level.ERROR,
    summary="Each name of an object stands once among those of its kind.",
    rationale="Snapshots, pages and the gate know an objective by its name; of two that share one, nobody could"
    " say which is meant.",
    good=(Example(f"{_ERRORS}---\n{_FAILURES}", Form.OBJECTIVES),),
    bad=(Example(f"{_ERRORS}---\n{_ERRORS}", Form.OBJECTIVES),),
)
