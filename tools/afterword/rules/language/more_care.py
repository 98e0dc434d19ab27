"""AW406: attention in the place of a change."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding
from afterword.language import Category
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.rules.language.base import MEASURED_IN, findings, judged, level_of


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    return findings(RULE, postmortem, file, Category.CARE, "promises attention, which nothing holds up")


RULE = Rule(
    code="AW406",
    name="more-care",
    level=level_of(Category.CARE),
    summary="A lesson changes something besides how careful people are.",
    rationale="“Be more careful” asks people to be other people: systems and processes can be changed, people "
    "hardly (Google, Site "
    "Reliability Engineering, chapter 15). A check, a default, a limit or an alert works for somebody who is tired "
    "and new. "
    "Titles of actions are judged by vague-verb. "
    f"{MEASURED_IN}",
    judged=judged(Category.CARE),
    good=(
        Example("## Lessons learned\n\nThe pipeline refuses a change to DNS between 17:00 and 20:00 UTC.", Form.BODY),
        Example(
            "## Lessons learned\n\nThe operator must be careful with generations.",
            Form.BODY,
            note="An instruction, not a promise.",
        ),
    ),
    bad=(
        Example("## Lessons learned\n\nWe should be more careful with changes at the end of the day.", Form.BODY),
        Example("## Lessons learned\n\nPrecisamos prestar mais atenção ao limite.", Form.BODY),
        Example("## Lessons learned\n\nCần cẩn thận hơn khi triển khai.", Form.BODY),
    ),
    check=_check,
)
