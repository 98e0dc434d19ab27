"""AW701: keys, tokens and passwords."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.confidentiality import ASSIGNED, Kind
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Rule


def _scan(file: File) -> Iterator[Finding]:
    for hit in file.hits:
        if hit.kind is Kind.SECRET:
            level = Level.WARNING if hit.detector == ASSIGNED else None
            hint = "Revoke it first, then remove it: git keeps what was committed once, and so does every clone."
            yield RULE.finding(file, hit.span, f"this looks like a secret ({hit.detector})", hint, level)


RULE = Rule(
    code="AW701",
    name="secret",
    level=Level.ERROR,
    milder="A warning where only the name that it is assigned to gives it away.",
    summary="No key, token or password stands in a postmortem.",
    rationale="Command lines, logs and configuration are pasted into postmortems while there is no time to read them "
    "twice. Looked at is the whole file: front matter, code, links and comments, also of a file that is no valid "
    "postmortem. Keys and tokens are known by the form that their issuers gave them, in part by the detectors of "
    "detect-secrets; passwords by where they stand. Nothing is sent anywhere. Values of high entropy as such are left "
    "alone, for in postmortems they are commits, digests and trace ids; so are placeholders, masked values and the "
    "examples of vendors. What is found is masked in every output. It has to be revoked: removing the line leaves it "
    "in the history.",
    good=(
        Example("## Notes\n\nIt connected to `postgres://orders:${DB_PASSWORD}@db.example.org/orders`.", Form.BODY),
        Example("## Notes\n\nThe image was `sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`.",
                Form.BODY, "A digest."),
        Example("## Notes\n\nThe key was `AKIAIOSFODNN7EXAMPLE`.", Form.BODY, "The vendor's example."),
    ),
    bad=(
        Example("## Notes\n\nIt connected to `postgres://orders:h8Kx2mQ9w@db.example.org/orders`.", Form.BODY),
        Example("## Notes\n\n```yaml\nDB_PASSWORD: h8Kx2mQ9wLz\n```", Form.BODY, "Only its name gives it away."),
        Example("summary: Payments failed after rabbit://shop:tR7wq2Lx@queue.example.org was moved."),
    ),
    scan=_scan,
)  # fmt: skip
