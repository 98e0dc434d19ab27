"""AW002: where front matter begins and ends."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW002",
    name="front-matter",
    level=Level.ERROR,
    summary="A postmortem begins with front matter between two lines of exactly `---`.",
    rationale="Tools disagree on what else opens or closes front matter, so only the plain form counts. Without it "
    "there is no title, date or severity to list, and the file is left out.",
    good=(Example("title: Checkout answered 503", note="Keys and values between the two lines."),),
    bad=(
        Example("# Checkout answered 503\n\nIt began at nine.\n", Form.FILE, "No front matter."),
        Example("---\ntitle: Checkout answered 503\n\n## Timeline\n", Form.FILE, "It is never closed."),
        Example("---\n- Checkout answered 503\n---\n", Form.FILE, "A list instead of `key: value` lines."),
    ),
)
