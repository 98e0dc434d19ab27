"""AW005: a byte-order mark."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW005",
    name="byte-order-mark",
    level=Level.HINT,
    summary="A file does not begin with a byte-order mark.",
    rationale="UTF-8 needs none, nobody sees it, and other tools then miss the front matter. We read the file all "
    "the same.",
    good=(Example("schema: 1", note="The first character of the file is the first `-` of `---`."),),
    bad=(Example("\ufeff---\ntitle: Checkout answered 503\n---\n", Form.FILE, "An invisible U+FEFF stands first."),),
)
