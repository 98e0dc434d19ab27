"""AW405: hindsight."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding
from afterword.language import Category
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule
from afterword.rules.language.base import MEASURED_IN, findings, judged, level_of


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    return findings(RULE, postmortem, file, Category.HINDSIGHT, "judges by what is known now")


RULE = Rule(
    code="AW405",
    name="hindsight",
    level=level_of(Category.HINDSIGHT),
    summary="Nothing is called obvious that only the ending made so.",
    rationale="Who knows the ending sees one path; who was there saw many. Hindsight makes what happened look more "
    "foreseeable than "
    "it was (Dekker, The Field Guide to Understanding Human Error, “The hindsight bias”; Reed on being "
    "blame-aware). What "
    "could be seen at that minute, and by which means, can be looked up and written down. "
    f"{MEASURED_IN}",
    judged=judged(Category.HINDSIGHT),
    good=(
        Example("## Detection\n\nThe disk graph was on a dashboard that no alert links to.", Form.BODY),
        Example(
            "## Lessons learned\n\nThe review named hindsight bias before it began.", Form.BODY, note="The word itself."
        ),
    ),
    bad=(
        Example("## Root cause\n\nIn hindsight it was obvious that the disk was full.", Form.BODY),
        Example("## Root cause\n\nComo era óbvio, o disco estava cheio.", Form.BODY),
        Example("## Root cause\n\nNhìn lại thì ai cũng thấy ổ đĩa đầy.", Form.BODY),
    ),
    check=_check,
)
