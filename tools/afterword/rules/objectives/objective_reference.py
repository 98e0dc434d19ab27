"""AW613: names that nothing bears."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW613",
    name="objective-reference",
    level=Level.ERROR,
    summary="What an objective refers to is there, and has no faults of its own.",
    rationale="Indicators, alert policies and data sources may stand in other files; a name that nothing bears "
    "leaves the objective without them.",
    good=(
        Example(
            "alertPolicies:\n"
            "  - kind: AlertPolicy\n"
            "    metadata: {name: fast}\n"
            "    spec:\n"
            "      conditions:\n"
            "        - kind: AlertCondition\n"
            "          metadata: {name: fast}\n"
            "          spec:\n"
            "            severity: page\n"
            "            condition: {op: gte, threshold: 14.4, lookbackWindow: 1h}",
            Form.SPEC,
            "Written where it is used.",
        ),
    ),
    bad=(Example("alertPolicies:\n  - alertPolicyRef: fats-burn", Form.SPEC, "No alert policy bears that name."),),
)
