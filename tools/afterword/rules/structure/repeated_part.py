"""AW203: a part that comes twice."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.markdown import Section
from afterword.model import Postmortem
from afterword.parts import BY_KEY
from afterword.rules.base import Example, File, Form, Rule


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    first: dict[str, Section] = {}
    for section in postmortem.body.sections:
        if section.part is None:
            continue
        before = first.setdefault(section.part, section)
        if before is section:
            continue
        title = BY_KEY[section.part].title
        message = f"the part {title} comes again (first in line {before.span.line})"
        same = section.heading.strip().casefold() == before.heading.strip().casefold()
        hint = "Join the two, or make one a heading of level 3."
        yield RULE.finding(postmortem, section.span, message, hint, None if same else Level.HINT)


RULE = Rule(
    code="AW203",
    name="repeated-part",
    level=Level.WARNING,
    milder="A hint when the two headings are different words for the same part.",
    summary="Each part comes once.",
    rationale="Who looks for the timeline reads the first one. A second is often a copy that was edited later, or a "
    "piece of the template that was left over.",
    good=(Example("## Lessons learned\n\n### What worked\n\nThe alert.\n\n### What did not\n\nThe page.", Form.BODY),),
    bad=(Example("## Notes\n\nThe first thing.\n\n## Notes\n\nThe second thing.", Form.BODY),),
    check=_check,
)
