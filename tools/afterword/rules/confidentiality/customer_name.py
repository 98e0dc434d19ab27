"""AW704: names of customers."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.confidentiality import Kind
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Rule


def _scan(file: File) -> Iterator[Finding]:
    for hit in file.hits:
        if hit.kind is Kind.CUSTOMER:
            yield RULE.finding(file, hit.span, "a customer is named here", "Say how many customers, or of which kind.")


RULE = Rule(
    code="AW704",
    name="customer-name",
    level=Level.WARNING,
    summary="No customer is named in a postmortem.",
    rationale="Who was hit by an incident is for that customer to tell. The names stand under `confidential.customers` "
    "in afterword.yml, or, where the repository must not hold them, one a line in a file that git ignores and "
    "`confidential.customers_file` names; without the file nothing is found. A name is found as whole words in any "
    "case, but one that begins with a capital only where the text has a capital there.",
    good=(
        Example("## Notes\n\nThree customers of the enterprise plan saw errors.", Form.BODY),
        Example("## Notes\n\nThe initiators of northwindtradersx saw errors.", Form.BODY, "Another word."),
    ),
    bad=(
        Example("## Notes\n\nNorthwind Traders saw errors for 20 minutes.", Form.BODY),
        Example("title: Checkout answered 503 to NORTHWIND TRADERS"),
    ),
    scan=_scan,
)
