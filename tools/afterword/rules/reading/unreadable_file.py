"""AW001: a file that cannot be read as text."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW001",
    name="unreadable-file",
    level=Level.ERROR,
    summary="A postmortem is a text file in UTF-8 that can be read.",
    rationale="A file that is empty, larger than 1 MB, not UTF-8, a symbolic link or closed to us holds no postmortem. "
    "It is reported and left out; the other files are read all the same. A file in `budgets/` "
    "that cannot be read is reported, too, and so is one whose name keeps it from being read.",
    good=(Example("schema: 1", note="Any file that begins with front matter, saved as UTF-8."),),
    bad=(
        Example("", Form.FILE, "An empty file."),
        Example("---\ntitle: Checkout\x00 was down\n---\n", Form.FILE, "A NUL character stands in the title."),
    ),
)
