"""Endings: what kind of file a name says it is."""

from __future__ import annotations

import re

_ENDING = re.compile(r"(?<=[^.])((?:\.(?:md|markdown|html))?\.[A-Za-z][A-Za-z0-9]{0,8})\Z")
_DOUBLE = frozenset(("md.erb", "markdown.erb", "html.erb"))


def ending_of(path: str) -> str:
    """The ending of a file's name as written, with its dot; empty for one that is none: “v1.19”, “Outage of 3.2 hours”.

    Templates of a page have two: ``.html.erb``.
    """
    found = _ENDING.search(path.rpartition("/")[2])
    if found is None:
        return ""
    ending = found[1]
    return ending if ending[1:].lower() in _DOUBLE else ending[ending.rindex(".") :]
