"""AW101: a value that does not fit the schema."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Rule

RULE = Rule(
    code="AW101",
    name="schema-value",
    level=Level.ERROR,
    summary="Each value has the type and form that the schema asks for.",
    rationale="Measures are computed from these values. A date that does not exist, a time without an offset or a "
    "word outside the list would silently be missing from them. "
    "The files in `budgets/` are held against their own schemas in the same way.",
    good=(Example("started: 2026-03-04T09:12:00Z\ndetection: alert"),),
    bad=(
        Example("started: 2026-02-30", note="February has no 30th."),
        Example("started: 2026-03-04 09:12", note="A time needs its offset: `2026-03-04T09:12:00Z`."),
        Example("detection: alarm", note="Not one of the words."),
        Example("services: checkout", note="A list is wanted: `[checkout]`."),
    ),
)
