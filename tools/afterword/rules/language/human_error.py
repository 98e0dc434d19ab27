"""AW402: human error as a cause."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding
from afterword.language import Category
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.rules.language.base import MEASURED_IN, findings, judged, level_of


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    return findings(RULE, postmortem, file, Category.HUMAN_ERROR, "ends the investigation at a person")


RULE = Rule(
    code="AW402",
    name="human-error",
    level=level_of(Category.HUMAN_ERROR),
    summary="Nothing is explained by human error.",
    rationale="“Human error” is a label that is put on afterwards, and the start of an investigation, not its end "
    "(Dekker, The "
    "Field Guide to Understanding Human Error; Microsoft Learn names it the first trap of a review). What the tool "
    "accepted, showed and did not ask can be changed. A sentence that argues against the label is left alone. "
    f"{MEASURED_IN}",
    judged=judged(Category.HUMAN_ERROR),
    good=(
        Example(
            "## Root cause\n\nThe form accepts a pool size without a unit, and the two clusters read it differently.",
            Form.BODY,
        ),
        Example(
            "## Root cause\n\nThe cause was not human error: the command took any argument.",
            Form.BODY,
            note="It argues against the label.",
        ),
        Example("## Root cause\n\nThe share of user errors (4xx) rose.", Form.BODY, note="A kind of response."),
    ),
    bad=(
        Example("## Root cause\n\nThe outage was caused by human error.", Form.BODY),
        Example("## Root cause\n\nO incidente foi causado por erro humano.", Form.BODY),
        Example("## Root cause\n\nNguyên nhân là lỗi con người.", Form.BODY),
    ),
    check=_check,
)
