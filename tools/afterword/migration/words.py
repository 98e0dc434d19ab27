"""Words: inline Markdown as plain text, and the letters and digits of it."""

from __future__ import annotations

import html
import re

_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)|\[[^\[\]]{0,200}\])")
_AUTO = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]{0,300}>", re.DOTALL)
_MARKS = re.compile(r"(\*{1,3}|~~)(?=\S)|(?<=\S)(\*{1,3}|~~)|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Inline Markdown without its marks: of links and images their text, of HTML what it shows. One line."""
    text = _AUTO.sub(r"\1", _LINK.sub(r"\1", text))
    text = _TAG.sub(" ", text) if "<" in text else text
    text = _ESCAPE.sub(r"\1", _MARKS.sub("", text))
    return " ".join(html.unescape(text).split())


def normal(text: str) -> str:
    """Letters and digits alone, in small letters: two texts that say the same compare equal."""
    return re.sub(r"[\W_]+", "", plain(text).casefold())
