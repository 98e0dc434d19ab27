"""AW003: front matter that is not the YAML we accept."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW003",
    name="yaml",
    level=Level.ERROR,
    summary="Front matter is plain YAML, without anchors, aliases or tags.",
    rationale="A colon in an unquoted title, a tab or a bracket that is left open make a file unreadable to every "
    "tool. Anchors, aliases, tags and deep nesting are refused, because they can blow a small file up. "
    "The files in `budgets/` are read in the same way.",
    good=(Example('title: "Checkout: 503 for everybody"', note="Quotes around a value that holds a colon."),),
    bad=(
        Example("---\ntitle: Checkout: 503 for everybody\n---\n", Form.FILE, "A second colon without quotes."),
        Example("---\ntitle: &name Checkout\nsummary: *name\n---\n", Form.FILE, "An anchor and an alias."),
        Example("---\ntags: [checkout, 503\n---\n", Form.FILE, "The bracket is not closed."),
    ),
)
