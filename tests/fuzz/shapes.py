"""Hostile text: each shape, as long as it is asked for, grows in one thing that somebody may repeat without end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeAlias

from tests.reading import FRONT

Shape: TypeAlias = "Callable[[int], str]"
"""A text of about so many characters."""


def _again(piece: str, before: str = "", after: str = "") -> Shape:
    """One piece, over and over."""
    return lambda size: before + piece * (max(size - len(before) - len(after), 0) // len(piece)) + after


def _counted(piece: str, before: str = "") -> Shape:
    """A piece with ``%d`` in it, each time with another number."""

    def made(size: int) -> str:
        parts, length = [before], len(before)
        for number in count():
            if length >= size:
                return "".join(parts)
            parts.append(piece.replace("%d", str(number)))
            length += len(parts[-1])
        raise AssertionError

    return made


def _halves(left: str, right: str) -> Shape:
    """As many of one as of the other: openings, then what closes them."""
    return lambda size: left * (size // 2 // len(left)) + right * (size // 2 // len(right))


def _square(line: Callable[[int], str]) -> Shape:
    """Lines that become longer: the text is as long as was asked for when one stands below the other."""

    def made(size: int) -> str:
        parts: list[str] = []
        length = 0
        for number in count(1):
            if length >= size:
                return "".join(parts)
            parts.append(line(number))
            length += len(parts[-1])
        raise AssertionError

    return made


_TIMELINE = "## Timeline\n\n| Time (UTC) | Event | Action |\n| --- | --- | --- |\n"
_SIGNS = ["`", "[", "![", "](", "*", "_", "**", "<", "<a ", "<!--", "<!-- x -->", "“", "„", "«", '"', "'", "\u2018",
          "&", "\\", "(", "{", "{{", "{#", "{: ", "~", "|", "#", ">", "=", "-", "+", "@", ":", "/", ".", ",", "\n",
          "\r", " ", "\t", "\u00a0", "\u2028", "é", "e\u0301", "İ", "ﬁ", "😀", "0", "a", "A"]  # fmt: skip
_PIECES = ["a@", "a.", "a@b.", "1.", "1:", "::", "a:b:", "1.1.1.1 ", "fe80::1 ", "a.b.c.d@e.f ", "a-", "a_", "- - ",
           "ab ", "Ab ", "AKIA", "ghp_", "deadbeef", "QUJDRA", "eyJ", "eyJhbGciOi.", "-----BEGIN ", "key=", "key = \"",
           "password: ", "password=a1B2c3D4 ", "http://", "https://a/", "https://u:p@h/ ", "www.", "mailto:", "](a) ",
           "[a](", "[a](b ", "![a](b) ", "[a][", "[a]: b\n", "[^a]: ", "<a>", "<a b=", "<a href='", "</a", "<!-- ",
           "` `` ", "``` ", "*a ", "*a* ", "_a_ ", "a_b_", "**a* ", "a*b_c", "“a", "“a” ", "«a» ", "'a' ", "\"a\" ",
           "12:34 ", "12:34:", "2026-03-04 ", "2026-03-04T09:12:00Z ", "2026-", "at 14:05 ", "at  at ", "1 h ", "1h",
           "1 hour and ", "1,1", "1.5 h, ", "5 min ", "Time to detect: ", "time to ", "TTD: 4 min ", "TODO ", "TODO:",
           "{{ a }}", "UTC+", "UTC ", "America/", "Europe/A", "local ", "human error ", "should have ", "who ",
           "forgot to ", "could have been ", "if only ", "the on-call engineer ", "Alice and Bob ", "A1 A2 ", "#1 ",
           "2026-03-04-a-", "a--", "&amp;", "&#x41;", "host.internal ", "db-1.prod.internal ", "db-", "a1b2c3d4e5f6",
           "Northwind ", "Northwind Traders ", "customer ", "\n\n", "a\n", "a\n\n", "- a\n", "# \n", "lỗi con người ",
           "erro humano ", "# a\n", "a\n=\n", "---\n", "> a\n", "| a | b |\n", "a\r\n", "    a\n", "~~~\n", "```\n",
           "<div>\n", "<div>\n\n", "<pre>", "\\\n", "*\n", "1. a\n", "| :a |\n", "a|b\n-|-\n"]  # fmt: skip

LINES: dict[str, Shape] = {
    **{f"{sign!r}": _again(sign) for sign in [*_SIGNS, *_PIECES]},
    "every word": _again("The quick service was late, and 12 jobs (of 30) at 09:12 UTC were lost. "),
    "many words": _counted("word%d "),
    "backticks that do not match": _square(lambda number: "`" * number + " "),
    "ticks by lengths": _square(lambda number: "a`" + "`" * (number % 997) + "b"),
    "brackets and closings": _halves("[", "]"),
    "links in links": _halves("[", "](a)"),
    "images in images": _halves("![", "](a)"),
    "parentheses of a link": lambda size: "[a](" + "(" * (size // 2) + ")" * (size // 2),
    "emphasis in emphasis": _halves("*a ", "b* "),
    "both emphases": _halves("*a _b ", "c_ d* "),
    "quotations in quotations": _halves("“", "”"),
    "tags and no end": _again('<a b="c" '),
    "hexadecimal": _counted("%d4f1e2d3c"),
    "secrets": _counted("AKIAIOSFODNN%dEXAMPLE password=hunter%d-x9Q "),
    "addresses of people": _counted("user%d@corp.invalid "),
    "addresses of machines": _counted("10.%d.1.1 "),
    "hosts": _counted("db%d.corp.internal "),
    "links to anchors": _counted("[a](#b%d) "),
    "links to files": _counted("[a](../2026/2026-01-01-x%d.md) "),
    "links": _counted("[a](https://example.org/%d) "),
    "images": _counted("![](a%d.png) "),
    "links by reference": _counted("[a%d] "),
    "comments": _counted("<!-- %d --> "),
    "suppressions": _counted("<!-- afterword: ignore AW401 reason %d -->\n\n"),
    "suppressions of nothing": _counted("<!-- afterword: ignore nothing-%d reason -->\n"),
    "blame": _counted("Engineer%d forgot to check and should have known. "),
    "stated durations": _counted("Time to detect: %d min. "),
    "leftovers": _again("TODO: TBD {{ x }} "),
}
"""What may stand in one line, or in one paragraph."""

BLOCKS: dict[str, Shape] = {
    "headings": _counted("## Heading %d\n\n"),
    "headings alike": _again("## Timeline\n\n"),
    "levels of headings": _again("# a\n## b\n### c\n#### d\n"),
    "headings by a line below": _counted("Heading %d\n---\n"),
    "short paragraphs": _counted("Paragraph %d.\n\n"),
    "nested quotes": lambda size: (">" * 1000 + " a\n") * max(size // 1003, 1),
    "nested quotes, growing": _square(lambda number: ">" * (number % 1000) + " a\n"),
    "nested lists": lambda size: ("- " * 1000 + "a\n") * max(size // 2002, 1),
    "nested lists by indent": _square(lambda number: " " * (2 * (number % 1000)) + "- a\n"),
    "nested numbers by indent": _square(lambda number: " " * (3 * (number % 1000)) + "1. a\n"),
    "quotes and lists": lambda size: ("> - " * 500 + "a\n") * max(size // 2002, 1),
    "items": _counted("- item %d\n"),
    "loose items": _counted("- item %d\n\n"),
    "an item with many lines": _again("  a\n", "- a\n"),
    "rows": _counted("| 09:12 | event %d | |\n", _TIMELINE),
    "rows that go back": lambda size: _TIMELINE + "".join(
        f"| {23 - at % 24:02}:{59 - at % 60:02} | event {at} | |\n" for at in range(size // 24)),
    "rows of two cells": _counted("| Time to detect | %d min |\n", "| a | b |\n| --- | --- |\n"),
    "columns": lambda size: "|" + " a |" * (size // 15) + "\n|" + " - |" * (size // 15) + "\n|" + " b |" * (size // 15),
    "columns in rows": lambda size: (
        "|" + " a |" * 1000 + "\n|" + " - |" * 1000 + "\n" + ("|" + " b |" * 1000 + "\n") * (size // 4002)),
    "short rows of a wide table": lambda size: (
        "|" + " a |" * 1000 + "\n|" + " - |" * 1000 + "\n" + "| b |\n" * (size // 6)),
    "short rows of many wide tables": _again("|a" * 181 + "|\n" + "|-" * 181 + "|\n" + "|b\n" * 362 + "\n"),
    "parts with words": _again("## Timeline\na\n"),
    "tables": _again("| a | b |\n| - | - |\n| c | d |\n\n"),
    "heads of tables": _again("| a | b |\n"),
    "cells alike": _again("| x | x | x | x |\n", "| a | b | c | d |\n| - | - | - | - |\n"),
    "escaped pipes": _again("\\|", "| a |\n| - |\n| "),
    "definitions": _counted("[a%d]: https://example.org/%d\n"),
    "definitions alike": _again("[a]: b\n"),
    "definitions with open titles": _again("[a]: b 'c\n"),
    "definitions and uses": lambda size: (
        _counted("[a%d]: b.md\n")(size // 2) + "\n" + _counted("[x][a%d]\n\n")(size // 2)),
    "labels without an end": _again("[a\n"),
    "notes": _counted("[^%d]: note %d\n\n"),
    "fences": _again("```\na\n```\n"),
    "a fence without an end": _again("a\n", "```\n"),
    "fences of growing length": _square(lambda number: "`" * (number % 1000 + 3) + "\n"),
    "blocks of HTML": _again("<div>\na\n</div>\n\n"),
    "comments without an end": _again("<!-- a\n\n"),
    "instructions without an end": _again("<?a\n\n"),
    "declarations": _again("<!A\n\n"),
    "CDATA": _again("<![CDATA[\n\n"),
    "tags in blocks": _again("<", "<div>\n"),
    "lazy lines": _again("a\n", "> - > a\n"),
    "rules": _again("***\n"),
    "tabs": _again("\t\ta\n"),
    "blank lines": _again("\n"),
    "lines of blanks": _again("   \n"),
    "actions": _counted("- [ ] A%d: Do something by 2026-03-04, @owner%d\n", "## Action items\n\n"),
    "five whys": _counted("%d. Why? Because of %d.\n", "## Root cause\n\n### Five whys\n\n"),
    "sensitive": _counted("Text %d that is no link.\n\n", "## Sensitive information\n\n"),
    "durations": _counted("Time to detect: %d minutes.\n\n"),
    "synonyms of headings": _counted("## Chronology\n\nText %d.\n\n"),
    "clock times": _counted("At 14:%d it was so, and at 9 pm too.\n\n"),
    "blame in paragraphs": _counted("Engineer%d forgot to check and should have known.\n\n"),
    "addresses in lines": _counted("user%d@corp.invalid\n"),
    "secrets in lines": _counted("password: hunter%d-x9Qz\n\n"),
    "keys of many lines": _again("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n"),
    "images in lines": _counted("![](a%d.png)\n\n"),
    "missing anchors": _counted("[a](#b%d)\n\n"),
    "missing files": _counted("[a](b%d.md)\n\n"),
    "undefined references": _counted("[a][b%d]\n\n"),
}  # fmt: skip
"""What takes lines of its own."""


def page(body: str, front: str = FRONT) -> str:
    """A file with such a body."""
    return f"---\n{front}---\n\n{body}\n"


def _front(shape: Shape) -> Shape:
    return lambda size: page("## Timeline\n", FRONT + shape(size))


def _in_title(shape: Shape) -> Shape:
    return lambda size: page("", FRONT.replace("summary: Payments failed for 32 minutes.", f'summary: "{shape(size)}"'))


def _action(extra: str = "") -> str:
    return (
        '  - id: A1%d\n    title: Alert when pool %d is over 80 % for 5 minutes\n    owner: "@team-payments"\n'
        f"    created: 2026-03-09\n    due: 2026-03-11\n    status: open\n    priority: P1\n{extra}"
    )


def _actions(extra: str = "") -> Shape:
    head, _ = FRONT.split("actions:\n")
    return lambda size: page("", head + "actions:\n" + _counted(_action(extra))(size))


FRONTS: dict[str, Shape] = {
    "keys": _front(_counted("key%d: value\n")),
    "keys alike": _front(_again("tags: [a]\n")),
    "tags": _front(_counted("  - tag-%d\n", "tags:\n")),
    "services": lambda size: page(
        "", FRONT.replace("services: [checkout]", "services: [" + _counted("checkout%d, ")(size) + "x]")),
    "aliases": _front(_counted("  - 2026-03-04-x%d\n", "aliases:\n")),
    "recurrences": _front(_counted("  - 2026-03-04-x%d\n", "recurrence_of:\n")),
    "references": _front(_counted("  - {title: a%d, url: 'https://example.org/%d'}\n", "links:\n")),
    "updates": _front(_counted("  - {on: 2026-03-10, note: note %d}\n", "updates:\n")),
    "approvals": _front(_counted("  - {role: tech-lead, by: '@a%d', on: 2026-03-10}\n", "approvals:\n")),
    "many actions": _actions(),
    "actions in disorder": _actions("    horizon: short\n"),
    "actions without ids": lambda size: _actions()(size).replace("  - id: A1", "  - note: A1"),
    "open brackets of YAML": _front(_again("[")),
    "open braces of YAML": _front(_again("{a: ")),
    "dashes of YAML": _front(_again("- ", "tags: \n  ")),
    "questions of YAML": _front(_again("? ")),
    "keys in keys": _front(_square(lambda number: " " * (number % 60) + "a:\n")),
    "aliases of YAML": _front(_again("*a ", "tags: [")),
    "quotes of YAML": _front(_again("''", "x: '")),
    "escapes of YAML": _front(_again("\\u0041", 'x: "')),
    "comments of YAML": _front(_again("# a\n")),
    "blank lines of YAML": _front(_again("\n")),
    "a folded text": _front(_again("  a\n\n", "x: >\n")),
    "blanks of YAML": _front(_again("   \n")),
    "dates that can be mended": _front(_again("  - 2026-3-4\n", "tags:\n")),
    "unclosed": lambda size: "---\n" + FRONT + "a: b\n" * (size // 5),
    "almost fences": lambda size: "---\n" + "--- a\n" * (size // 6),
    "a long summary": _in_title(_again("a b. ")),
    "blame in a summary": _in_title(LINES["blame"]),
    "people in a summary": _in_title(LINES["addresses of people"]),
    "brackets in a summary": _in_title(_again("[")),
}  # fmt: skip
"""What may stand in front matter."""


def _whole(shape: Shape, *, one_line: bool = False) -> Shape:
    """A file with such a body."""
    return lambda size: page(" ".join(shape(size).split("\n")) if one_line else shape(size))


SHAPES: dict[str, Shape] = {
    **{f"line: {name}": _whole(shape) for name, shape in LINES.items()},
    **{f"words: {name}": _whole(shape, one_line=True) for name, shape in LINES.items() if "\n" in shape(100)},
    **{f"block: {name}": _whole(shape) for name, shape in BLOCKS.items()},
    **{f"front: {name}": shape for name, shape in FRONTS.items()},
}
"""All of them, as whole files."""
