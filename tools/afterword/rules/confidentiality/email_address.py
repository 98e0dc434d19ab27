"""AW702: e-mail addresses of persons."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.confidentiality import Kind
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Judged, Rule


def _scan(file: File) -> Iterator[Finding]:
    for hit in file.hits:
        if hit.kind is Kind.EMAIL:
            hint = (
                "Name the team or the role; if anybody may read it, list it in confidential.allowed of afterword.yml."
            )
            yield RULE.finding(file, hit.span, "an e-mail address stands here", hint)


RULE = Rule(
    code="AW702",
    name="email-address",
    level=Level.HINT,
    summary="No person's e-mail address stands in a postmortem.",
    rationale="A customer's address in a pasted log line is personal data, which nobody can take out of the history "
    "again; a colleague's makes the report about a person. Addresses of offices and lists (support@, payments-team@), "
    "of the domains reserved for examples (RFC 2606) and of commits, and what `confidential.allowed` in afterword.yml "
    "lists, are left alone. Wrong were four addresses of lists, which have been left alone since.",
    judged=(
        Judged("72 reports of two organisations", 0, 0),
        Judged("some 115 reports of eleven other organisations, read afterwards", 9, 5),
    ),
    good=(
        Example("## Notes\n\nWrite to support@shop.org, or to jane@example.org.", Form.BODY),
        Example("## Notes\n\nIt ran `git clone git@git.shop.org:orders.git`.", Form.BODY, "No mail goes there."),
    ),
    bad=(
        Example("## Notes\n\nThe first to write was jane.roe@shop.org.", Form.BODY),
        Example("## Notes\n\n```\nlogin failed user=jane.roe@shop.org\n```", Form.BODY, "In a log as well."),
    ),
    scan=_scan,
)
