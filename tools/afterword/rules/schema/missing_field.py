"""AW102: a key that the postmortem needs."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW102",
    name="missing-field",
    level=Level.ERROR,
    summary="The keys that this kind of postmortem needs are there.",
    rationale="What is needed depends on kind, origin, status and severity; the guide has the table. A draft must "
    "have a title and a kind; what it lacks for review is a warning, the start too: nobody may know it yet. "
    "In the files of `budgets/` a missing key is always an error.",
    in_draft=Level.WARNING,
    milder="An error also in a draft when title or kind is missing, or a key inside an action.",
    good=(Example("unknown: [detected]", note="A milestone that nobody can tell is listed, not left out."),),
    bad=(
        Example("---\ntitle: Checkout answered 503\nstarted: 2026-03-04\n---\n", Form.FILE, "No kind."),
        Example("actions:\n  - id: A1\n    title: Alert on a full pool", note="The action has no status."),
    ),
)
