"""Defuse: what only our own product would read in a foreign text, so that no word of it would be shown or heeded.

The site's Markdown knows four things that others show as text: attributes in braces behind a word, a cell, a heading
or a paragraph, abbreviations (``*[API]: …``), languages before a word of code (``#!py``), and elements of any name: of
``<host.name>`` nothing would be left. And Afterword heeds comments that silence its rules. Braces that are plainly
meant as attributes (``{: .note}``, ``{#anchor}``) stay: nobody has ever read them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from afterword.migration.body.splice import Edit
from afterword.phrases import without_code

_BRACE = re.compile(r"(?<!\\)\{(?![:#.])(?=[^\n]*\})")
_CLOSES = frozenset("`*_~)]>\"'=+^")
"""What stands at the end of something within a line, such as a link or code."""
_BEFORE = frozenset(" \t>")
_LAST = re.compile(r"\}[ \t]*(?:[*_`~\[<!^=+]|\Z)")
"""Braces that end the text before an element within the line, or all of it."""
_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"[ >]{0,40}(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+){0,10}#")
_UNDERLINE = re.compile(r"[ >]{0,40}(?:=+|-+)[ \t]*")
_ABBREVIATION = re.compile(
    r"[ \t>]{0,40}(?:(?:[-*+:]|[0-9]{1,9}[.)])[ \t]+>?[ \t]*){0,10}\*(\[)[^\]\\\n]{1,200}\][ \t]?:"
)
_SILENCE = re.compile(r"(<!--\s{0,50}afterword):(?=\s{0,50}ignore\b)", re.IGNORECASE)
# As the site's parser finds tags, and what all others take for one.
_TAG = re.compile(r"(?<!\\)<(/?[A-Za-z][^<>@ `\n]{0,200}(?: [^<>`\n]{0,300})?)>")
_ELEMENT = re.compile(
    r"/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?"
)
_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_DEFINED = re.compile(r"[ \t>]{0,40}\[[^\[\]]{1,400}\]:[ \t]*")
_TITLE = re.compile(r"[ \t]*(?:[\"'(].*)?")
_LANGUAGE = re.compile(r"(?<![`\\])(`{1,3})((?:#!|:::)[^`\n]{1,300})\1(?!`)")
_LONGEST = 20_000


def defused(text: str, code: Collection[int]) -> Iterator[Edit]:
    """The edits after which such signs are text. ``code``: the lines, from 0, of blocks that nobody reads so."""
    if "afterword:" in text.lower():
        for found in _SILENCE.finditer(text):
            yield Edit(found.end() - 1, found.end(), " -")
    if not any(sign in text for sign in ("}", "*[", ">", "`#!", "`:::")):
        return
    start, before = 0, ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number not in code and len(line) <= _LONGEST:
            below = lines[number + 1] if number + 1 < len(lines) else ""
            # names first: a sign behind one stands behind its last tick, too
            put = [*_names(line, before), *((at, "\\") for at in _signs(line, before, below)), *_languages(line)]
            yield from (Edit(start + at, start + at, sign) for at, sign in put)
        start, before = start + len(line) + 1, line


def _names(line: str, before: str) -> Iterator[tuple[int, str]]:
    """What is put where in a line below another, so that names in angle brackets are shown as code is.

    With a backslash where a tick beside them, or one without a fellow, would be taken for one of theirs.
    """
    if "<" not in line:
        return
    bare = without_code(line)
    is_loose = "`" in bare or ("`" in before and "`" in without_code(before))
    for found in _TAG.finditer(bare):
        at, end = found.span()
        if not _ELEMENT.fullmatch(found[1]) and not _ADDRESS.match(found[1]) and not _is_target(line, at, end):
            is_near = is_loose or "`" in (line[at - 1 : at], line[end : end + 1])
            yield from ((at, "\\"),) if is_near else ((at, "`"), (end, "`"))


def _is_target(line: str, start: int, end: int) -> bool:
    """Whether a stretch in angle brackets is where a link leads."""
    if line.startswith("](", start - 2) and start > 1:
        return True
    return _DEFINED.fullmatch(line, 0, start) is not None and _TITLE.fullmatch(line, end) is not None


def _languages(line: str) -> Iterator[tuple[int, str]]:
    """Blanks around code that begins with a language: nobody shows them, and the site then shows the language."""
    if "`#!" in line or "`:::" in line:
        bare = without_code(line)  # where there is code, for a tick may also be the last one of code before
        yield from (
            (at, " ") for found in _LANGUAGE.finditer(line) if bare[found.start(2)] == " " for at in found.span(2)
        )


def _signs(line: str, before: str, below: str) -> Iterator[int]:
    """Where in a line a sign has to be escaped. ``before``, ``below``: the lines around it."""
    if "*[" in line and (found := _ABBREVIATION.match(line)):
        yield found.start(1)
    if "{" not in line or "}" not in line:
        return
    bare = without_code(line)
    ends = _ends(line, below)
    is_last = _LAST.search(bare) is not None
    for found in _BRACE.finditer(bare):
        at = found.start()
        alone = is_last and bool(before.strip()) and _BEFORE.issuperset(line[:at])
        if (at and line[at - 1] in _CLOSES) or alone or any(first < at < last for first, last in ends):
            yield at


def _ends(line: str, below: str) -> list[tuple[int, int]]:
    """The stretches of a line at whose end braces are attributes: a heading's words, the cells of a row."""
    if (_HEADING.match(line) or _UNDERLINE.fullmatch(below)) and _LAST.search(line.rstrip().rstrip("#").rstrip()):
        return [(0, len(line))]
    if "|" not in line:
        return []
    found, start = [], 0
    for cell in _BAR.split(line):
        if _LAST.search(cell):
            found.append((start, start + len(cell)))
        start += len(cell) + 1
    return found
