"""One report for the tests of all reporters: every level, hostile letters, long spans, a file without findings."""

from __future__ import annotations

from datetime import UTC, datetime

from afterword.checking import Report
from afterword.findings import START, Finding, Level, Span
from afterword.rules.base import Example, Form, Rule

CLOCK = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)
FOLDER = "postmortems/incidents/2026/"
CLEAN = f"{FOLDER}2026-01-02-nothing-to-say.md"
HOSTILE = f"{FOLDER}2026-03-04-a, b:c 100%25 <&'\".md"
ODD = f"{FOLDER}2026-05-06-đơn hàng 障害 🔥#1.md"
FILES = CLEAN, HOSTILE, ODD

TEXTS = {
    HOSTILE: (
        "---\ntitle: <script>alert(\"1\")</script> & 'x'\n::error::forged\n\tdue:\t2026-02-30\t# tab\n"
        "summary: |\n  one\n  two\n---\n\n  ::add-mask::page\n##[error]forged\n"
    ),
    ODD: f"---\ntitle: 障害 🔥 x\u202etxt.exe \u2066y\nnote: {'long ' * 200}HERE{' more' * 200}\n---\n",
}
"""What the files hold."""

RULE = Rule(
    "AW901",
    "made-up",
    Level.ERROR,
    "A part is there.",
    "Who reads it looks for it. See [the guide](https://example.org/), `code` and <b>.",
    good=(Example("## Timeline\n\nIt began.\n", Form.BODY, "short is enough"),),
    bad=(Example("title: x\n"), Example("## Notes\n\n````\n# a fence\n````\n", Form.BODY)),
    milder="In a draft it is a hint.",
)
"""The one of these rules that is known."""


def line(path: str, number: int) -> str:
    """A line of these files."""
    lines = TEXTS.get(path, "").split("\n")
    return lines[number - 1] if 1 <= number <= len(lines) else ""


def _found(code: str, name: str, level: Level, message: str, path: str, span: Span, hint: str | None) -> Finding:
    return Finding(code, name, level, message, path, span, hint)


REPORT = Report(
    CLOCK,
    (
        _found("AW901", "made-up", Level.ERROR, "“Timeline” is missing", HOSTILE, START, "Add `## Timeline`."),
        _found("AW901", "made-up", Level.ERROR, "“Lessons” is missing", HOSTILE, START, "Add `## Lessons`."),
        _found(
            "AW902", "hostile", Level.ERROR, "“<script>alert(\"1\")</script> & 'x'” ]]> is\nno ::error::x %0A%25\r",
            HOSTILE, Span(2, 8, 2, 42), "See [the guide](https://example.org/x), {0} \\ or\n::error::forged",
        ),
        _found("AW905", "slight", Level.HINT, "::error::forged ##[error]y", HOSTILE, Span(3, 1, 3, 16), None),
        _found("AW903", "tabbed", Level.ERROR, "“2026-02-30” is no day", HOSTILE, Span(4, 7, 4, 17), None),
        _found("AW904", "long", Level.WARNING, "goes over three lines", HOSTILE, Span(5, 10, 7, 6), "Shorten it."),
        _found("AW905", "slight", Level.HINT, "a word says little", HOSTILE, Span(10, 3, 10, 8), None),
        _found("AW905", "slight", Level.HINT, "a word says little", HOSTILE, Span(11, 1, 11, 4), None),
        _found("AW906", "odd", Level.WARNING, "31 days late: 障害 🔥 \x1b[31m\x00\ud800", ODD, Span(2, 8, 2, 12), None),
        _found("AW906", "odd", Level.WARNING, "in a long line", ODD, Span(3, 1007, 3, 1011), "Mend it."),
    ),
    files=3,
    suppressed=1,
)  # fmt: skip


def many(number: int, level: Level = Level.ERROR) -> Report:
    """A report of so many findings, ten in a file."""
    found = tuple(
        Finding("AW502", "action-overdue", level, f"action A{at % 10} is overdue by “{at}” days",
                f"{FOLDER}2026-03-04-incident-{at // 10:05}.md", Span(at % 10 + 5, 3, at % 10 + 5, 20), "Close it.")
        for at in range(number)
    )  # fmt: skip
    return Report(CLOCK, found, number // 10)
