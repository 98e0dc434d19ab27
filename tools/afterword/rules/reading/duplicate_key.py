"""AW004: a key that stands twice."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Rule

RULE = Rule(
    code="AW004",
    name="duplicate-key",
    level=Level.ERROR,
    summary="A key stands once.",
    rationale="Of two values with the same key one is lost, and tools disagree on which.",
    good=(Example("resolved: 2026-03-04T09:50:00Z"),),
    bad=(Example("resolved: 2026-03-04T09:50:00Z\nresolved: 2026-03-04T10:10:00Z"),),
)
