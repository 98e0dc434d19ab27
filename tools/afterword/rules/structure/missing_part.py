"""AW202: parts of the body that are missing or empty."""

from __future__ import annotations

from collections.abc import Iterator

from afterword import required
from afterword.findings import Finding, Level
from afterword.model import Postmortem, Status
from afterword.parts import BY_KEY, part_of
from afterword.rules.base import Example, File, Form, Rule, shortened


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if postmortem.merged_into:  # the other postmortem tells the story
        return
    row = required.row(postmortem.kind, postmortem.origin, postmortem.severity, file.settings.minor)
    sections = postmortem.body.sections
    there = {section.part for section in sections}
    filled = {section.part for section in sections if section.words}
    if postmortem.actions:  # they stand in the front matter, and the site draws them
        filled.add("actions")
    wanted = [key for key in row.parts if key not in filled]
    missing = [key for key in wanted if key not in there]
    if missing:
        message = f"{_are(missing, 'missing')}: {_titles(missing)}"
        other = _elsewhere(file, missing)
        hint = f"Begin each with its heading: `## {BY_KEY[missing[0]].title}`."
        hint = f"“{other}” stands there with another level: a part begins with `##`." if other else hint
        yield RULE.finding(postmortem, postmortem.fence, message, hint)
    empty = [section for section in sections if section.part in wanted and section.part not in missing]
    if empty and postmortem.status is Status.DRAFT:
        keys = list(dict.fromkeys(section.part or "" for section in empty))
        message = f"{_are(keys, 'empty')}: {_titles(keys)}"
        yield RULE.finding(postmortem, empty[0].span, message, "Fill them in before review.")
        return
    for section in empty:
        message = f"the part “{section.heading}” is empty"
        yield RULE.finding(postmortem, section.span, message, "A comment alone does not count. Say why if it is so.")


def _elsewhere(file: File, missing: list[str]) -> str | None:
    """A heading of a missing part that is no heading of level 2."""
    headings = (passage.text for passage in file.passages if passage.kind == "heading")
    return next((shortened(text) for text in headings if part_of(text) in missing), None)


def _are(keys: list[str], what: str) -> str:
    return f"a part is {what}" if len(keys) == 1 else f"{len(keys)} parts are {what}"


def _titles(keys: list[str]) -> str:
    return ", ".join(BY_KEY[key].title for key in keys)


RULE = Rule(
    code="AW202",
    name="missing-part",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    summary="The parts that this kind of postmortem needs are there and filled.",
    rationale="Readers look for the timeline, the cause and the lessons under their headings. Which parts are needed "
    "depends on kind and severity. Action items may go without a heading when the front matter lists some.",
    good=(
        Example("## Lessons learned\n\nThe alert on pool usage came four minutes before the first ticket.", Form.BODY),
        Example("## Lições aprendidas\n\nO alerta veio antes do primeiro chamado.", Form.BODY, "In Portuguese."),
    ),
    bad=(
        Example("## Lessons learned\n\n<!-- What worked, what did not? -->", Form.BODY, "A comment is not a text."),
        Example(
            "---\ntitle: Pool exhausted on purpose\nkind: drill\nstarted: 2026-03-04\n---\n\n"
            "## What happened\n\nIt was down.",
            Form.FILE,
            "The heading is none of the parts. This one is a draft, so it is a warning.",
        ),
    ),
    check=_check,
)
