"""AW309: a milestone that is unknown and given."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import MILESTONES, Postmortem
from afterword.rules.base import Example, File, Rule


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    for name in MILESTONES:
        if name in postmortem.unknown and getattr(postmortem, name) is not None:
            message = f"{name} is given, and also listed under `unknown`, so it is not counted"
            yield RULE.finding(postmortem, postmortem.mark(name), message, "Remove one of the two.")


RULE = Rule(
    code="AW309",
    name="unknown-but-given",
    level=Level.WARNING,
    summary="A milestone is either given or listed as unknown.",
    rationale="What nobody can tell takes part in no measure, so a time that stands beside it is silently left out.",
    good=(Example("detected: 2026-03-04T09:16:00Z\nunknown: [acknowledged]"),),
    bad=(Example("detected: 2026-03-04T09:16:00Z\nunknown: [detected]"),),
    check=_check,
)
