"""AW404: a person by name as the cause."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding
from afterword.language import Category
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.rules.language.base import MEASURED_IN, findings, judged, level_of


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    return findings(RULE, postmortem, file, Category.NAMED, "names a person as the cause")


RULE = Rule(
    code="AW404",
    name="named-individual",
    level=level_of(Category.NAMED),
    summary="What went wrong has no person's name as its subject.",
    rationale="A name in a cause stays in search results and in memory longer than the fix. Write of a responder "
    "without a name "
    "(Gunderson of PagerDuty, Postmortems, Continuous Learning and Enabling Blameless Culture). Teams and systems "
    "are no "
    "people, and names in a neutral row of the timeline are left alone. Known are common given names that are not "
    "also words "
    "or products, and handles that are no team of the settings. "
    f"{MEASURED_IN}",
    judged=judged(Category.NAMED),
    good=(
        Example(
            "## Timeline\n\nTimes in UTC.\n\n| Time | Event |\n|---|---|\n| 09:20 | Alice joined the call and "
            "rolled back |",
            Form.BODY,
            note="Neutral.",
        ),
        Example("## Root cause\n\n@team-payments did not check the limit, says no log.", Form.BODY, note="A team."),
        Example("## Root cause\n\nJenkins failed to check the signature.", Form.BODY, note="A product."),
    ),
    bad=(
        Example("## Root cause\n\nAlice forgot to drain the node.", Form.BODY),
        Example("## Root cause\n\nThe outage was caused by @alice.", Form.BODY),
        Example("## Root cause\n\nPaulo não testou a migração.", Form.BODY),
        Example("## Root cause\n\nLỗi của anh Minh.", Form.BODY),
    ),
    check=_check,
)
