"""Secrets: keys, tokens and passwords, by their form or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from afterword.confidentiality import assigned, borrowed
from afterword.confidentiality.placeholders import is_placeholder
from afterword.confidentiality.tokens import TOKENS

SHORTEST = 20
"""An access key of AWS has so many characters, and no form has fewer."""

_KEY = "PRIVATE KEY"
_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_BODY = re.compile(r"(?:[A-Za-z0-9+/=]|\\n|\\r|[\s>|#*\"'-]){40}")
_LONGEST_KEY = 16_384
"""A private key of 16,384 bits has 12 KB in this form; whoever never ends is masked up to here."""


def found(text: str, low: str, words: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each; places may overlap.

    ``low`` is the text in lower case, of the same length; ``words`` are its words but for short ones.
    """
    yield from _private_keys(text)
    yield from assigned.found(text, low)
    # no form is shorter: most files have few words so long, and looking through these takes a tenth of the time
    long = "\n".join([word for word in words if len(word) >= SHORTEST])
    if long:
        yield from _tokens(text, long)
        for start, end, name in borrowed.found(text, long):
            if not is_placeholder(text[start:end]):
                yield start, end, name


def _tokens(text: str, words: str) -> Iterator[tuple[int, int, str]]:
    for token in TOKENS:
        at = text.find(token.anchor) if token.anchor in words else -1
        while at >= 0:
            match = token.form.match(text, at) if at == 0 or not _continues(text, at) else None
            if match and not is_placeholder(match[0][len(token.anchor) :]):
                yield *match.span(), token.name
            at = text.find(token.anchor, at + len(token.anchor))


def _continues(text: str, at: int) -> bool:
    """Whether a token would begin inside a word."""
    return text[at].isalnum() and (text[at - 1].isalnum() or text[at - 1] == "_")


def _private_keys(text: str) -> Iterator[tuple[int, int, str]]:
    at = text.find(_KEY)
    while at >= 0:
        begin = _BEGIN.search(text, max(0, at - 50), at + 30)
        following = at + len(_KEY)
        if begin and _BODY.match(text, begin.end()):
            start = begin.end()
            end = text.find("-----END", start, start + _LONGEST_KEY)
            end = min(start + _LONGEST_KEY, len(text)) if end < 0 else end
            body = text[start:end]
            if not any(sign in body for sign in ("...", "…", "<", "REDACTED", "xxxxxxxx")):
                yield begin.start(), end, "private key"
            following = end
        at = text.find(_KEY, following)
