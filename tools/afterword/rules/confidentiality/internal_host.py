"""AW705: names of hosts that only the inside knows."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.confidentiality import Kind
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Judged, Rule


def _scan(file: File) -> Iterator[Finding]:
    for hit in file.hits:
        if hit.kind is Kind.HOST:
            yield RULE.finding(
                file, hit.span, "an internal host name stands here", "Say which service or machine it is."
            )


RULE = Rule(
    code="AW705",
    name="internal-host",
    level=Level.HINT,
    summary="No internal host name stands in a postmortem.",
    rationale="Names of machines map the inside for whoever gets in, and tell readers less than the name of the "
    "service. Found are the ends .internal, .intranet, .corp, .lan, .cluster.local and .home.arpa, and those that "
    "`confidential.hosts` in afterword.yml lists; names that are the same everywhere are left alone.",
    judged=(
        Judged("72 reports of two organisations", 1, 1),
        Judged("some 115 reports of eleven other organisations, read afterwards", 2, 2),
    ),
    good=(
        Example("## Notes\n\nThe second database node of checkout ran full.", Form.BODY),
        Example("## Notes\n\nIt asked `metadata.google.internal`, then `jdk.internal.misc.Unsafe`.", Form.BODY),
    ),
    bad=(
        Example("## Notes\n\nOn `ip-10-0-32-54.eu-west-1.compute.internal` the disk was full.", Form.BODY),
        Example("## Notes\n\nSee [the graph](https://grafana.ops.shop.corp/d/pool).", Form.BODY),
    ),
    scan=_scan,
)
