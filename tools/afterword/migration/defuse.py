"""Defuse: what only our own product would read in a foreign text, so that no word of it would be shown or heeded.

The site's Markdown knows three things that others show as text: attributes in braces behind a word, a cell, a heading
or a paragraph, abbreviations (``*[API]: …``), and elements of any name: of ``<host.name>`` and ``<your name>`` nothing
would be left. And Afterword heeds comments that silence its rules. Braces that are plainly meant as attributes
(``{: .note}``, ``{#anchor}``) stay: nobody has ever read them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from afterword.migration.splice import Edit
from afterword.phrases import without_code

_BRACE = re.compile(r"(?<!\\)\{(?![:#.])(?=[^\n]*\})")
_CLOSES = frozenset("`*_~)]>\"'")
"""What stands at the end of something within a line, such as a link or code."""
_BEFORE = frozenset(" \t>")
_ABBREVIATION = re.compile(r" {0,3}(?:>[ \t]?){0,20}(\*)\[[^\]\n]{1,200}\][ \t]?:")
_SILENCE = re.compile(r"(<!--\s{0,50}afterword):(?=\s{0,50}ignore\b)", re.IGNORECASE)
_TAG = re.compile(r"<([A-Za-z][^<>\s/]{0,100})([^<>\n]{0,300})>")
_END = re.compile(r"</([A-Za-z][^<>\s/]{0,100})\s{0,9}>")
_ADDRESS = re.compile(r"(?:https?|ftp)://|[^<>\s]+@", re.IGNORECASE)
_IN_LINK = re.compile(r"\]\(\Z|\]:[ \t]*\Z")
# Of HTML, those that the site shows or leaves out on purpose, with those of drawings.
_KNOWN = """
a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas
caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img
input ins kbd label legend li line link main map mark marquee menu meta meter nav nobr noframes noscript object ol
optgroup option output p param path picture polygon pre progress q rect rp rt ruby s samp script search section
select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th
thead time title tr track tt u ul var video wbr xmp
"""
_ELEMENTS = frozenset(_KNOWN.split())
_LONGEST = 20_000


def defused(text: str, code: Collection[int]) -> Iterator[Edit]:
    """The edits after which such signs are text. ``code``: the lines, from 0, of blocks that nobody reads so."""
    if "afterword:" in text.lower():
        for found in _SILENCE.finditer(text):
            yield Edit(found.end() - 1, found.end(), " -")
    if "}" not in text and "*[" not in text and ">" not in text:
        return
    ended = frozenset(_END.findall(text))
    start, before = 0, ""
    for number, line in enumerate(text.split("\n")):
        if number not in code and len(line) <= _LONGEST:
            yield from (Edit(start + at, start + at, "\\") for at in _signs(line, before))
            if "<" in line:
                yield from (Edit(start + at, start + at + 1, "&lt;") for at in _names(line, ended))
        start, before = start + len(line) + 1, line


def _names(line: str, ended: Collection[str]) -> Iterator[int]:
    """Where in a line a name in angle brackets begins that is no element, neither with values nor with an end."""
    for found in _TAG.finditer(without_code(line)):
        name, rest = found[1].lower(), found[2]
        at = found.start()
        if name in _ELEMENTS or "=" in rest or found[1] in ended:
            continue
        if not _ADDRESS.match(found[0][1:]) and not _IN_LINK.search(line[max(at - 20, 0) : at]):
            yield at


def _signs(line: str, before: str) -> Iterator[int]:
    """Where in a line a sign has to be escaped. ``before``: the line above."""
    if "*[" in line and (found := _ABBREVIATION.match(line)):
        yield found.start(1)
    if "{" not in line or "}" not in line:
        return
    bare = without_code(line)
    ends = _ends(line)
    is_last = bare.rstrip().endswith("}")
    for found in _BRACE.finditer(bare):
        at = found.start()
        alone = is_last and bool(before.strip()) and _BEFORE.issuperset(line[:at])
        if (at and line[at - 1] in _CLOSES) or alone or any(first < at < last for first, last in ends):
            yield at


def _ends(line: str) -> list[tuple[int, int]]:
    """The stretches of a line at whose end braces are attributes: a heading's words, the cells of a row."""
    if line.lstrip(" >").startswith("#") and line.rstrip().rstrip("#").rstrip().endswith("}"):
        return [(0, len(line))]
    if "|" not in line:
        return []
    found, start = [], 0
    for cell in line.split("|"):
        if cell.rstrip().endswith("}"):
            found.append((start, start + len(cell)))
        start += len(cell) + 1
    return found
