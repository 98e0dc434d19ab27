"""AW703: IP addresses of the internet."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.confidentiality import Kind
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Judged, Rule


def _scan(file: File) -> Iterator[Finding]:
    for hit in file.hits:
        if hit.kind is Kind.ADDRESS:
            hint = "Say whose it is instead; if anybody may read it, list it in confidential.allowed of afterword.yml."
            yield RULE.finding(file, hit.span, "an IP address stands here", hint)


RULE = Rule(
    code="AW703",
    name="ip-address",
    level=Level.HINT,
    summary="No IP address that somebody can be found by stands in a postmortem.",
    rationale="The address of a visitor is personal data (Court of Justice of the European Union, C-582/14), and one "
    "of our own tells where to knock. Private and reserved addresses, those for documentation (RFC 5737, RFC 3849), "
    "networks, well-known resolvers and versions of four numbers are left alone, and so is what "
    "`confidential.allowed` in afterword.yml lists.",
    judged=(
        Judged("72 reports of two organisations", 0, 0),
        Judged("some 115 reports of eleven other organisations, read afterwards", 4, 4),
    ),
    good=(
        Example("## Notes\n\nFrom 10.0.32.54 to 203.0.113.7 and back through 8.8.8.8.", Form.BODY),
        Example("## Notes\n\nThe route 104.16.0.0/13 was withdrawn; the agent was at version 2.13.4.1.", Form.BODY),
        Example("## Notes\n\nDone at 20:30:45, `std::string` and all.", Form.BODY),
    ),
    bad=(
        Example("## Notes\n\nMost requests came from 104.18.32.7.", Form.BODY),
        Example("## Notes\n\nMost requests came from 2606:4700:10::6814:1507.", Form.BODY),
    ),
    scan=_scan,
)
