"""Words: inline Markdown as plain text, and the letters and digits of it. Linear in the length of any text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.entities import unescape

_TARGET = r"(?:[^()\s]|\((?:[^()\s]|\([^()\s]{0,300}\)){0,300}\)){0,2000}"
"""An address, in which brackets stand in pairs."""
_LINK = re.compile(
    r"!?\[([^\[\]]{0,1000}|\[[^\[\]]{0,100}\])\]"
    rf"(?:\({_TARGET}(?:\s{{1,9}}\"[^\"]{{0,300}}\")?\)|\[[^\[\]]{{0,200}}\])"
)
_POINTED = re.compile(r"!?\[([^\[\]]{0,1000})\]\(<[^<>\n]{0,2000}>\)")
_AUTO = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RUN = re.compile(r"`+|\\[!-/:-@\[-`{-~]|\*+|_+|~~")
_MARKED = re.compile(r"[*_`~\[<\\&]")
_SPACES = " \t\n"
_HIDDEN = "\ue000"
"""Stands for a sign that is meant as it is: behind a backslash, or in code."""


def plain(text: str) -> str:
    """Inline Markdown without its marks: of links and images their text, of HTML what it shows. One line."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    if "<!--" in text:
        text = _without_comments(text)
    kept: list[str] = []
    text = "".join(_code_apart(text, kept))
    text = _AUTO.sub(r"\1", _links_apart(text))
    text = _TAG.sub(" ", text) if "<" in text else text
    text = unescape(_without_emphasis(text))
    pieces = text.split(_HIDDEN)
    text = "".join(piece + (kept[at] if at < len(kept) else "") for at, piece in enumerate(pieces))
    return " ".join(text.split())


def _links_apart(text: str) -> str:
    return _LINK.sub(r"\1", _POINTED.sub(r"\1", text)) if "]" in text else text


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return " ".join([*kept, text[at:]])


def _code_apart(text: str, kept: list[str]) -> Iterator[str]:
    """The text with one sign for each code span and each escaped sign, whose own signs go to ``kept``."""
    text = text.replace(_HIDDEN, "\ufffd")
    runs = [found for found in _RUN.finditer(text) if found[0][0] in "`\\"]
    closing: dict[int, list[int]] = {}
    for at in range(len(runs) - 1, -1, -1):
        if runs[at][0][0] == "`":
            closing.setdefault(len(runs[at][0]), []).append(runs[at].start())
    last = 0
    for run in runs:
        if run.start() < last:
            continue
        yield text[last : run.start()]
        last = run.end()
        if run[0][0] == "\\":
            kept.append(run[0][1])
            yield _HIDDEN
            continue
        ends = closing[len(run[0])]
        while ends and ends[-1] <= run.start():
            ends.pop()
        if ends:
            kept.append(text[last : ends[-1]])
            last = ends[-1] + len(run[0])
            yield _HIDDEN
        else:
            kept.append(run[0])
            yield _HIDDEN
    yield text[last:]


def _without_emphasis(text: str) -> str:
    """The text without the marks that open and close emphasis; a sign that does neither stays."""
    gone: list[tuple[int, int]] = []
    opened: dict[str, list[tuple[int, int]]] = {}
    for found in re.finditer(r"\*+|_+|~~", text):
        start, end = found.span()
        sign = found[0][0]
        before = text[start - 1] if start else " "
        behind = text[end] if end < len(text) else " "
        opens = behind not in _SPACES and (sign != "_" or not before.isalnum())
        closes = before not in _SPACES and (sign != "_" or not behind.isalnum())
        waiting = opened.setdefault(sign, [])
        while closes and waiting and end > start:
            begin, stop = waiting.pop()
            length = min(stop - begin, end - start)
            gone += [(stop - length, stop), (start, start + length)]
            start += length
            if stop - length > begin:
                waiting.append((begin, stop - length))
        if opens and end > start:
            waiting.append((start, end))
    kept, last = [], 0
    for begin, stop in sorted(gone):
        kept.append(text[last:begin])
        last = stop
    return "".join([*kept, text[last:]])


def normal(text: str) -> str:
    """Letters and digits alone, in small letters: two texts that say the same compare equal."""
    return re.sub(r"[\W_]+", "", plain(text).casefold())
