"""AW612: targets that leave no budget, or that are none."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW612",
    name="objective-target",
    level=Level.ERROR,
    summary="Each objective has one target between 0 and 1.",
    rationale="The budget is what the target leaves. A target of 1 leaves none, so that any loss exhausts it; "
    "who means that says so with an annotation.",
    good=(
        Example("objectives:\n  - target: 0.999", Form.SPEC),
        Example("objectives:\n  - targetPercent: 99.9", Form.SPEC),
    ),
    bad=(
        Example("objectives:\n  - target: 99.9", Form.SPEC, "A percentage; `targetPercent` is meant."),
        Example("objectives:\n  - target: 1", Form.SPEC),
        Example("objectives:\n  - displayName: Fast", Form.SPEC),
    ),
    milder="An annotation without effect is a warning.",
)
