"""AW103: a key that nobody knows."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Rule

RULE = Rule(
    code="AW103",
    name="unknown-field",
    level=Level.ERROR,
    summary="Every key is one that the schema knows.",
    rationale="A mistyped key is a value that is never read. What is your own belongs under `tags`, `links` or "
    "`external_ids`. In the files of `budgets/` it would be a rule that nobody follows.",
    good=(Example("mitigated: 2026-03-04T09:44:00Z\nexternal_ids: {pagerduty: Q123}"),),
    bad=(
        Example("mitigatd: 2026-03-04T09:44:00Z", note="Mistyped."),
        Example("pagerduty: Q123", note="Belongs under `external_ids`."),
    ),
)
