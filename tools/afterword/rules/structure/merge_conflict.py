"""AW206: a merge that nobody finished."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.document import HANDLER
from afterword.findings import Finding, Level
from afterword.rules.base import Example, File, Form, Rule
from afterword.source import Source

_OPEN, _MIDDLE, _CLOSE = "<<<<<<< ", "=======", ">>>>>>> "


def _scan(file: File) -> Iterator[Finding]:
    text = file.source.text
    if f"\n{_OPEN}" not in text or f"\n{_CLOSE}" not in text:
        return
    edges = HANDLER.edges(text)
    body = file.source.position(edges[2])[0] if edges else 1  # one in the front matter is a fault of its YAML
    for first, last in _conflicts(file.source, body):
        message = f"a merge conflict stands here, up to line {last}"
        hint = "Keep what is right of both sides, and remove the three lines that git put in."
        yield RULE.finding(file, file.source.line_span(first), message, hint)


def _conflicts(source: Source, start: int) -> Iterator[tuple[int, int]]:
    """First and last lines of conflicts from a line on, not of those that a code block shows."""
    fenced, first, divided = False, 0, False
    for number, line in enumerate(source.text.split("\n"), 1):
        if number < start:
            continue
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        elif fenced:
            continue
        elif line.startswith(_OPEN):
            first, divided = number, False
        elif line == _MIDDLE:
            divided = True
        elif line.startswith(_CLOSE) and first and divided:
            yield first, number
            first = 0


RULE = Rule(
    code="AW206",
    name="merge-conflict",
    level=Level.ERROR,
    summary="No merge conflict is left in a file.",
    rationale="Two people wrote at once, and both versions are published, with the marks of git between them. Code "
    "blocks may show such marks.",
    good=(
        Example(
            "## Notes\n\n```\n<<<<<<< HEAD\npool: 20\n=======\npool: 40\n>>>>>>> raise-pool\n```",
            Form.BODY,
            "Shown in a code block.",
        ),
    ),
    bad=(
        Example(
            "## Notes\n\n<<<<<<< HEAD\nThe pool had 20 connections.\n=======\nThe pool had 40 connections.\n"
            ">>>>>>> raise-pool",
            Form.BODY,
        ),
    ),
    scan=_scan,
)
