"""AW403: what was not done."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding
from afterword.language import Category
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.rules.language.base import MEASURED_IN, findings, judged, level_of


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    return findings(RULE, postmortem, file, Category.COUNTERFACTUAL, "tells what did not happen")


RULE = Rule(
    code="AW403",
    name="counterfactual",
    level=level_of(Category.COUNTERFACTUAL),
    summary="What was done is told, not what could or should have been.",
    rationale="“They should have tested” describes a past that was not, from the chair of somebody who knows how it "
    "ended; why "
    "the thing was done as it was remains untold (Dekker, The Field Guide to Understanding Human Error, “They should "
    "have …”). What is missing is a fact of today and an action of tomorrow. Alerts, retries and requests that "
    "should have "
    "done something are behaviour of a system and left alone. "
    f"{MEASURED_IN}",
    judged=judged(Category.COUNTERFACTUAL),
    good=(
        Example(
            "## Detection\n\nThe alert should have fired at 80 %; it reads a metric that the new agent does not "
            "export.",
            Form.BODY,
            note="A system's expected behaviour.",
        ),
        Example("## Lessons learned\n\nIt could have been worse: the queue kept all orders.", Form.BODY, note="Luck."),
        Example(
            "## Impact\n\nCustomers should have seen a banner, and the retry could have doubled the load.", Form.BODY
        ),
        Example("## Root cause\n\nNo run of the rollback was recorded in nine months.", Form.BODY),
    ),
    bad=(
        Example("## Root cause\n\nWe should have tested the rollback.", Form.BODY),
        Example("## Root cause\n\nIf only the team had asked.", Form.BODY),
        Example("## Lessons learned\n\nThe outage could have been prevented.", Form.BODY),
        Example("## Root cause\n\nDeveríamos ter testado; um alerta teria evitado a parada.", Form.BODY),
        Example("## Root cause\n\nLẽ ra chúng tôi phải kiểm tra trước.", Form.BODY),
    ),
    check=_check,
)
