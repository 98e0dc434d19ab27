"""Secrets that only their surroundings give away: an assignment to a name such as ``password``, an address with one.

A value counts when it looks chosen at random: letters and digits, not a word, a path, a call, a number or an id.
What is said in prose about a password (“password: the one of the vault”) does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log2

from afterword.confidentiality.placeholders import is_placeholder

ASSIGNED = "assigned to a name that holds secrets"
"""What found a value of which nothing but the name beside it is known."""

NAMES = (
    "password", "passwd", "passphrase", "pwd", "secret", "token", "api_key", "apikey", "api-key", "access_key",
    "accesskey", "access-key", "private_key", "client_key", "credential", "senha", "mật khẩu",
)  # fmt: skip
"""What a name ends with that holds a secret, in lower case."""

_VALUE = re.compile(r"""["'`\]]{0,2}[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}["'`]?([^\s"'`,;|)\]}<>&]{8,200})""")
_LATER_NAME = re.compile(r"[\w.-]{0,40}\Z")
_HARMLESS_NAME = re.compile(
    r"page|next|sync|csrf|xsrf|continu|cancel|design|idempot|cache|max|min|num|count|total", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z", re.IGNORECASE)
_WORDS = re.compile(
    r"[A-Za-z]+[0-9]{0,4}(?:[-_./:@][A-Za-z0-9]{0,20}){0,20}\Z|v?[0-9]+(?:[.:_-][0-9a-z]{1,8})*[a-z]{0,3}\Z"
)
_CODE = re.compile(r"[(\[{]|://|\A[/.~$%*#]|\\|\A(?:arn|sha\d*|md5|urn|vault|ssm|kms|op|file|env)[:/]|\.\w{1,5}\Z")

_ADDRESS = re.compile(r"://([^\s/:@?#\"'`<>]{0,100}):([^\s/:@\"'`<>]{4,200})@(?=[\w\[$.-])")
_HEADER = re.compile(
    r"[\"']?[ \t]{0,2}[:=][ \t]{0,2}[\"']?(?:Bearer|Basic|Token|Bot|ApiKey)[ ]([A-Za-z0-9+/=_.~-]{16,2000})",
    re.IGNORECASE,
)

ENTROPY = 2.8
"""Bits a character that a value has at least. “Tr0ub4dor&3” has 3.3, “payments1” 3.0, “aaaa1111” 1.0."""


def found(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each. ``low`` is the text in lower case, of the same length."""
    yield from _assignments(text, low)
    at = text.find("://")
    while at >= 0:
        match = _ADDRESS.match(text, at)
        if match and not _is_no_password(match[2]):
            yield *match.span(2), "password in an address"
        at = text.find("://", at + 3)
    at = low.find("authorization")
    while at >= 0:
        match = _HEADER.match(text, at + 13)
        if match and not is_placeholder(match[1]) and _is_mixed(match[1]):
            yield *match.span(1), "authorization header"
        at = low.find("authorization", at + 13)


def _assignments(text: str, low: str) -> Iterator[tuple[int, int, str]]:
    for name in NAMES:
        at = low.find(name)
        while at >= 0:
            end = at + len(name) + (low[at + len(name) : at + len(name) + 1] == "s")
            match = _VALUE.match(text, end)
            if match and _is_random(match[1]) and not _is_harmless(text, at):
                yield *match.span(1), ASSIGNED
            at = low.find(name, end)


def _is_harmless(text: str, at: int) -> bool:
    """Whether the name before is of something else: ``next_page_token``, ``max_tokens``, ``csrf_token``."""
    before = _LATER_NAME.search(text[max(0, at - 40) : at])
    return bool(before and _HARMLESS_NAME.search(before[0]))


def _is_random(value: str) -> bool:
    value = value.rstrip(".:!?*_")
    if (
        len(value) < 8
        or not _is_mixed(value)
        or is_placeholder(value)
        or _UUID.match(value)
        or _CODE.search(value)
        or _WORDS.match(value)
    ):
        return False
    return _entropy(value) >= ENTROPY


def _is_mixed(value: str) -> bool:
    """Letters and digits both."""
    return any(sign.isalpha() for sign in value) and any(sign.isdigit() for sign in value)


def _is_no_password(value: str) -> bool:
    return is_placeholder(value) or "pass" in value.lower() or value.isdigit() or bool(_CODE.search(value))


def _entropy(value: str) -> float:
    """Shannon's entropy, in bits a character."""
    counts = [value.count(sign) for sign in sorted(set(value))]
    return -sum(count / len(value) * log2(count / len(value)) for count in counts)
