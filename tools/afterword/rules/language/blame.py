"""AW401: judgements of people."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding
from afterword.language import Category
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.rules.language.base import MEASURED_IN, findings, judged, level_of


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    return findings(RULE, postmortem, file, Category.BLAME, "judges people", mild="ends at people")


RULE = Rule(
    code="AW401",
    name="blame",
    level=level_of(Category.BLAME),
    summary="No sentence judges a person, a role or a team.",
    rationale="“The engineer forgot” explains nothing: another engineer at another time would have done the same, "
    "and what made "
    "it easy is still there. Who expects to be judged tells less (Google, Site Reliability Engineering, chapter 15; "
    "Allspaw, Blameless PostMortems and a Just Culture). Found are lapses and judgements with people as their subject; "
    "systems, controllers and customers are none. Wrong was, of the 20, a “we” that is a program. The 8 that judge "
    "others were all right; 20 of these would let it warn. "
    f"{MEASURED_IN}",
    judged=judged(Category.BLAME),
    good=(
        Example("## Root cause\n\nRenewal depended on one entry in a calendar; no alert watched the date.", Form.BODY),
        Example(
            "## Root cause\n\nThe Strimzi operator failed to check the version, and requests that failed to follow "
            "redirects piled up.",
            Form.BODY,
            note="Programs are no people.",
        ),
        Example(
            "## Root cause\n\nThe runbook says `engineer forgot to drain`; support wrote “somebody was careless”.",
            Form.BODY,
            note="Code and quotations are not read.",
        ),
    ),
    bad=(
        Example("## Root cause\n\nThe on-call engineer forgot to renew the certificate.", Form.BODY),
        Example("## Root cause\n\nWe failed to verify that the agent was running.", Form.BODY),
        Example("## Root cause\n\nIt was a careless mistake.", Form.BODY),
        Example("## Root cause\n\nO operador esqueceu de renovar o certificado.", Form.BODY),
        Example("## Root cause\n\nKỹ sư đã quên gia hạn chứng chỉ, do bất cẩn.", Form.BODY),
    ),
    check=_check,
)
