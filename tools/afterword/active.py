"""Active: which files beside postmortems could act in the browser of somebody who opens them."""

from __future__ import annotations

import re

from afterword.entities import unescape

# By the types that common servers give them: HTML, XML that a browser draws, and scripts.
_SUFFIXES = (
    *(".html", ".htm", ".shtml", ".xhtml", ".xht", ".mht", ".mhtml", ".hta"),
    *(".xml", ".xsl", ".xslt", ".rdf", ".rss", ".atom", ".mml", ".svgz"),
    *(".js", ".mjs", ".cjs", ".swf"),
)
_ENCODING = re.compile(r"""\A<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)""")
# Elements may bear a prefix, and a document type may give attributes to elements that do not show them.
_SCRIPT = re.compile(
    r"<(?:[^\s<>/:]+:)?(?:script|handler|listener|foreignobject|iframe|embed|object)\b|<!(?:entity|attlist)\b"
    r"|<\?xml-stylesheet\b|\son\w+\s*=",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_PASSED_OVER = re.compile(r"[\x00-\x20]+")
"""What browsers pass over in an address, at least in some places."""


def reason(name: str, data: bytes) -> str | None:
    """Why a file is not put into the site, if it is not."""
    if name.lower().endswith(_SUFFIXES):
        return "a page or script beside postmortems could do in a reader's browser what it likes."
    if name.lower().endswith(".svg") and _has_script(data):
        return "the drawing holds a script."
    return None


def _has_script(data: bytes) -> bool:
    """Whether an SVG could run something. One that is not plainly UTF-8 could hide it, so it counts as well."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    encoding = _ENCODING.match(text)
    if "\x00" in text or "\x1b" in text or (encoding and encoding[1].lower() not in ("utf-8", "us-ascii")):
        return True
    return bool(_SCRIPT.search(text) or _ADDRESS.search(_PASSED_OVER.sub("", unescape(text))))
