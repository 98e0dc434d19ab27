"""Sanitize: what a postmortem's converted Markdown may keep. Nothing active, and nothing that calls another host."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

_TAGS = nh3.ALLOWED_TAGS | {"svg", "path", "input", "label"}
_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()} | {
    "*": {"class", "id", "title", "lang", "dir"},
    "svg": {"viewBox", "xmlns", "width", "height"},
    "path": {"d", "fill"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "a": {"href", "hreflang", "name", "rel", "target"},
    "div": {"data-tabs"},
}
# The theme's and ours. For the last one the theme fetches a script from another host.
_THEIR_CLASSES = re.compile(r"(?:md|aw|mdx)-|mermaid\Z")
_KEPT_CLASSES = frozenset({"md-button", "md-button--primary"})
_INNER_IDS = ("__tabbed_", "__codelineno-", "__span-")
_IMAGE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')
_ELSEWHERE = re.compile(r"[\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_PASSED_OVER = dict.fromkeys(map(ord, "\t\n\r"))
"""What browsers take out of an address, wherever it stands."""


def _filter(tag: str, name: str, value: str) -> str | None:
    """One attribute: its value, another one, or ``None`` to drop it."""
    if name == "class":
        kept = [item for item in value.split() if item in _KEPT_CLASSES or not _THEIR_CLASSES.match(item)]
        return " ".join(kept) or None
    if name in ("id", "name", "for"):
        # The theme finds its own elements by ids that begin so: an earlier namesake would take their place.
        return None if value.startswith("__") and not value.startswith(_INNER_IDS) else value
    if name == "title":
        # The theme's tooltips take it for HTML when somebody points at the element.
        return value.replace("<", "").replace(">", "").replace("&", "+")
    if tag == "input" and name == "type":
        return value if value in ("checkbox", "radio") else "checkbox"
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "title", "template", "noscript", "iframe", "textarea"},
    attributes=_ATTRIBUTES,
    attribute_filter=_filter,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)


def sanitize(html: str) -> str:
    """HTML without anything active. Images of other hosts become links to them."""
    clean = _CLEANER.clean(html)
    return _IMAGE.sub(_image, clean) if "<img" in clean else clean


def _image(found: re.Match[str]) -> str:
    source = _SOURCE.search(found[0])
    if source is None:
        return ""
    address = unescape(source[1])
    if not _ELSEWHERE.match(address.translate(_PASSED_OVER)):
        return found[0]
    alt = _ALT.search(found[0])
    text = unescape(alt[1]) if alt and alt[1] else address
    return f'<a href="{escape(address)}">Image: {escape(text)}</a>'
