"""Escaping: plain text as Markdown that shows the same text, with as few signs added as that takes.

Where the site's Markdown knows no backslash before a sign, an entity stands in its place.
"""

from __future__ import annotations

import re

_PUNCTUATION = r"!-/:-@\[-`{-~"
_SIGNS = re.compile(
    rf"(?P<slash>\\(?=[{_PUNCTUATION}\s]|\Z))"
    r"|(?P<mark>[*`])"
    r"|(?P<under>_)"
    r"|(?P<open>\[(?=\^|TOC\]))"
    r"|(?P<close>\](?=[(\[:]|\Z))"
    r"|(?P<brace>\{(?=[:#.])|\A\{)"
    r"|(?P<double>~~+|~(?!\d)|(?<=[^\s(])~|==+|\+\++)"
    r"|(?P<less><(?=[^\s\d]|\d\S{0,60}@|\Z))"
    r"|(?P<amp>&(?=#|[A-Za-z0-9]{1,32};|\w*\Z))"
    r"|(?P<pipe>\|)"
)
_LABEL = re.compile(rf"[\[\]]|{_SIGNS.pattern}")
_START = re.compile(
    r"(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|\Z)|(?P<mark>\#|>|[-+](?=\s|\Z)|[-|][-:| ]*\Z|=\Z|!!!)"
    r"|(?P<entity>:(?=\s|[-:| ]*\Z)|\?\?\?)"
)
_DEFINED = re.compile(r"^\[(?=[^\[\]]*\]:)|^\*\[(?=[^\[\]]*\] ?:)", re.MULTILINE)
_NAMED = re.compile(r"\] ?:")
_LANGUAGE = re.compile(r"#!|:::")
"""What code begins with that says its language: the site does not show it."""
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>()\\|\"`]")
_ENTITIES = {"<": "&lt;", "&": "&amp;", ":": "&#58;", "?": "&#63;", ")": "&#41;"}


def escape(text: str, *, cell: bool = False, label: bool = False) -> str:
    """Text within a line. ``cell``: of a table, where a bar would end it. ``label``: in the brackets of a link."""

    def sign(found: re.Match[str]) -> str:
        here = found[0]
        if here == "|":
            return r"\|" if cell else here
        if here == "_":
            before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
            return here if before.isalnum() and after.isalnum() else r"\_"
        if label and here in "[]":
            return f"&#{ord(here)};"
        return _ENTITIES.get(here) or "".join(f"\\{char}" for char in here)

    return (_LABEL if label else _SIGNS).sub(sign, text)


def escape_start(line: str) -> str:
    """A line of Markdown that begins with text, so that it does not become a list, a heading or a rule."""
    found = _START.match(line)
    if found is None:
        return line
    if found["number"]:
        dot = r"\." if found["dot"] == "." else _ENTITIES[")"]
        return f"{found['number']}{dot}{line[found.end() :]}"
    if found["entity"]:
        return _ENTITIES[line[0]] + line[1:]
    return f"\\{line}"


def escape_definitions(text: str) -> str:
    """The Markdown of a paragraph, none of whose lines says where a link leads or what a word means: that is not shown.

    On the site a bracket ends a name also behind a backslash and in code.
    """
    return _DEFINED.sub(lambda found: f"{found[0][:-1]}\\[", text) if "]" in text else text


def target(address: str) -> str:
    """An address as it stands in the brackets behind a link."""
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address.strip())


def code(text: str, *, cell: bool = False, bracket: bool = False) -> str:
    """A stretch of code within a line. ``cell``: as in ``escape``. ``bracket``: one of Markdown's begins the line."""
    if (cell and "|" in text) or (bracket and _NAMED.search(text)):
        signs = {ord(char): f"&#{ord(char)};" for char in "&<>|*_`\\[]~=+^{}"}
        return f"<code>{text.translate(signs)}</code>"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    blanks = text[:1] == text[-1:] == " " and text.strip()
    room = " " if blanks or "`" in (text[:1], text[-1:]) or _LANGUAGE.match(text) else ""
    return f"{ticks}{room}{text}{room}{ticks}"
