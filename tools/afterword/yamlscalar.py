"""YAML scalars: a text as one line of YAML, without quotes where every reader takes it for a text."""

from __future__ import annotations

import json
import re

from afterword.source import Source
from afterword.timing import parse_moment
from afterword.yamltree import Mapping, Scalar, parse

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_OTHER_TYPE = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|nan|inf|~|=|<<|\.nan|[-+]?\.inf)"
    r"|[-+]?[\d.][\d._:,+-]*(?:[beoxBEOX][\da-fA-F_+-]*)?"
)
"""What some reader of YAML 1.1 or 1.2 does not take for a text."""


_SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9_./()-]*(?: [A-Za-z0-9_./()-]+)*")
"""What every reader takes for a text, inside of brackets too, unless it is a word of another type."""


def write_scalar(text: str, *, flow: bool = False, quote: str = "") -> str:
    """A text as YAML: plain where that is safe, else in double quotes; ``quote`` asks for one kind of quotes.

    ``flow`` says that it will stand between brackets. Dates and times stay plain, as everywhere in a library.
    """
    if quote == "'" and not _ODD.search(text):
        return "'" + text.replace("'", "''") + "'"
    if not quote and _is_plain(text, flow=flow):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or _ODD.search(text) or text != text.strip():
        return False
    if parse_moment(text) is None and _OTHER_TYPE.fullmatch(text):
        return False
    if _SIMPLE.fullmatch(text):
        return True
    if flow and "?" in text:  # some readers take it for a key there
        return False
    line = f"{{k: {text}, l: m}}" if flow else f"k: {text}"
    node, findings = parse(Source("", line))
    entry = node.get("k") if isinstance(node, Mapping) else None
    return (
        not findings
        and entry is not None
        and isinstance(entry.value, Scalar)
        and entry.value.plain
        and entry.value.value == text
        and (not flow or (isinstance(node, Mapping) and node.get("l") is not None))
    )
