"""AW618: words of objectives that have no effect."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW618",
    name="objective-unused",
    level=Level.WARNING,
    summary="Everything that an objective says has an effect.",
    rationale="OpenSLO has words that mean nothing here or in this place; who wrote them expects something of them.",
    good=(Example("objectives:\n  - target: 0.999", Form.SPEC),),
    bad=(
        Example("objectives:\n  - {target: 0.999, op: gte, value: 4}", Form.SPEC, "A ratio is held against no value."),
        Example("objectives:\n  - {target: 0.999, compositeWeight: 2}", Form.SPEC),
    ),
    milder="A word that changes nothing is a hint.",
)
