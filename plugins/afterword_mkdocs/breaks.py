"""Breaks: where a long name in a table may go on in the next line, and where a day may not, so that nothing is torn.

Browsers break ``a-b`` and ``a/b`` by themselves, but neither ``started_at`` nor ``afterword.yml``: a column is then as
wide as the longest key, or a phone tears keys where they happen to end. In the finished page, so that what is searched
and copied stays whole.
"""

from __future__ import annotations

import re

_OPEN, _CLOSE = "<table>", "</table>"
"""Tables that people write. Ours have a class, and become rows on a phone."""
_TAG = re.compile(r"(<[^<>]*>)")
_WORD = re.compile(r"\S+")
_LONG = 20
"""From so many signs on a word of prose is a name or an address, too."""
_JOINT = re.compile(r"(?<=\w)(?:[_=/?]|\.(?=[^\W\d]))(?=[^\W_]|\[)")
"""Behind what joins the parts of a name. A figure such as 99.9 is none."""
_WHOLE = re.compile(r"(?<![\w-])(?:\d{4}-\d\d-\d\d|--[a-z]+)")
"""A day, and the beginning of an option: browsers would break them behind a hyphen."""
_AFTER = r"\g<0><wbr>"
_KEPT = r'<span class="aw-whole">\g<0></span>'


def mark(output: str) -> str:
    """The page with the names and days in its tables so marked. Takes time in proportion to its length."""
    parts: list[str] = []
    at = 0
    while (start := output.find(_OPEN, at)) >= 0:
        end = output.find(_CLOSE, start)
        if end < 0:
            break
        parts += (output[at:start], _table(output[start:end]))
        at = end
    return "".join((*parts, output[at:])) if parts else output


def _table(html: str) -> str:
    """A table. Text stands at the even places of the split, tags between."""
    depth = 0
    parts = _TAG.split(html)
    for index, part in enumerate(parts):
        if index % 2:
            depth += part.startswith("<code") - (part == "</code>")
        elif part:
            named = _JOINT.sub(_AFTER, part) if depth else _WORD.sub(_word, part)
            parts[index] = _WHOLE.sub(_KEPT, named) if "-" in named else named
    return "".join(parts)


def _word(found: re.Match[str]) -> str:
    return _JOINT.sub(_AFTER, found[0]) if len(found[0]) >= _LONG else found[0]
