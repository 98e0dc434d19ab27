"""AW204: pieces of the template that nobody replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Rule, shortened


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    counts = Counter(left.text for left in postmortem.body.leftovers)
    first = {left.text: left for left in reversed(postmortem.body.leftovers)}
    for text, left in first.items():
        more = f" ({counts[text]} times)" if counts[text] > 1 else ""
        message = f"“{shortened(text)}” looks left over from a template{more}"
        yield RULE.finding(postmortem, left.span, message, "Replace or remove it; in `code` it is not looked at.")


RULE = Rule(
    code="AW204",
    name="template-leftover",
    level=Level.WARNING,
    summary="Nothing of a template is left.",
    rationale="A placeholder in a published postmortem tells its readers that nobody read it to the end.",
    good=(Example("## Notes\n\nThe job logged `TODO: remove` each night.", Form.BODY, "Code is not looked at."),),
    bad=(
        Example("## Notes\n\nTODO: add the dashboard", Form.BODY),
        Example("## Notes\n\nOn YYYY-MM-DD at HH:MM the {{ service }} failed.", Form.BODY),
    ),
    check=_check,
)
