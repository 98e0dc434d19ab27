"""AW706: text under *Sensitive information* that is more than links."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.confidentiality import Kind
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Rule


def _scan(file: File) -> Iterator[Finding]:
    for hit in file.hits:
        if hit.kind is Kind.SENSITIVE:
            hint = "Move it to a place with its own rights of access, and link there."
            yield RULE.finding(file, hit.span, "sensitive information stands here itself, not a link to it", hint)


RULE = Rule(
    code="AW706",
    name="sensitive-text",
    level=Level.HINT,
    summary="Under “Sensitive information” stand links only.",
    rationale="The part exists to say where the sensitive things are kept. What is written there itself is read by "
    "everybody who can clone the repository, and the history of git cannot forget it. Links, whom to ask, and short "
    "sentences without figures are left alone.",
    good=(
        Example("## Sensitive information\n\nThe list of orders: [archive](https://vault.example.org/2026-03-04).",
                Form.BODY),
        Example("## Sensitive information\n\nThe list is kept in the restricted archive; ask `@oncall-platform`.",
                Form.BODY),
        Example("## Sensitive information\n\nNone.", Form.BODY),
    ),
    bad=(
        Example("## Sensitive information\n\nThe refund of order 48213 went to the account of another customer, who "
                "lives in the same street and has the same name.", Form.BODY),
        Example("## Sensitive information\n\n| Order | Amount |\n|---|---|\n| 48213 | 120 EUR |", Form.BODY),
    ),
    scan=_scan,
)  # fmt: skip
