"""Policy: what a page may load and run, as a meta element, with the hashes of the theme's own inline scripts."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_TYPE = re.compile(r"\btype=[\"']?([\w/+.-]+)")
_ARTICLE = '<article class="md-content__inner'
_CHARSET = '<meta charset="utf-8">'
NOINDEX = '<meta name="robots" content="noindex">'


_UNSAFE_FEATURES = ("content.tooltips",)
"""The theme's tooltips write a title, or the text of a long entry of the navigation, into the page as HTML."""


def restrain(config: MkDocsConfig) -> None:
    """Switches features of the theme off that take text of a postmortem for HTML."""
    features = config.theme.get("features") or []
    config.theme["features"] = [name for name in features if name not in _UNSAFE_FEATURES]


def apply(output: str, *, noindex: bool = False, strict: bool = True) -> str:
    """The page with its policy as the first thing after the character set. A page without a head stays as it is."""
    head, found, rest = output.partition(_CHARSET)
    if not found:
        return output
    extra = _element(output) if strict else ""
    return f"{head}{found}{extra}{NOINDEX if noindex else ''}{rest}"


def _element(output: str) -> str:
    scripts: list[str] = []
    styles: list[str] = []
    for part in _around_content(output):
        for kind, attributes, text in _INLINE.findall(part):
            if kind == "style":
                styles.append(_hash(text))
            elif " src=" not in attributes and _runs(attributes):
                scripts.append(_hash(text))
    return _meta(tuple(dict.fromkeys(scripts)), tuple(dict.fromkeys(styles)))


def _around_content(output: str) -> tuple[str, str]:
    """What the theme wrote. Content is never looked at: a script in it can therefore never be allowed."""
    start, end = output.find(_ARTICLE), output.rfind("</article>")
    return (output, "") if start < 0 or end < start else (output[:start], output[end:])


def _runs(attributes: str) -> bool:
    found = _TYPE.search(attributes)
    return found is None or "javascript" in found[1] or found[1] == "module"


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{b64encode(digest).decode()}'"


@lru_cache(maxsize=256)
def _meta(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    rules = {
        "default-src": ("'self'",),
        "script-src": ("'self'", *scripts),
        "style-src": ("'self'", *styles),
        "img-src": ("'self'", "data:"),
        "connect-src": ("'self'",),
        "worker-src": ("'self'",),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
    }
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
