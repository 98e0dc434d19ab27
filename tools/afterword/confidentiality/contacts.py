"""E-mail addresses and IP addresses: a person's, or a machine's that can be reached."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}\Z")
_DOMAIN = re.compile(r"@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w-]|[.@]\w|[:/]\S)")
_RESERVED = re.compile(
    r"(?:\A|\.)(?:users\.noreply\.github\.com|example(?:\.(?:com|org|net|edu))?|invalid|test|localhost|local)\Z",
    re.IGNORECASE,
)
"""RFC 2606 and RFC 6761: names that nobody has; and addresses of commits, made to be public."""

_LOGIN = re.compile(r"(?:\b(?:ssh|scp|sftp|rsync)[ ][^\n]{0,40}|://\S{0,60}|[/${@])\Z")
"""Before the name with which one logs in somewhere: a command, the beginning of an address, a path."""

_FILES = frozenset((
    "js", "ts", "md", "py", "go", "rs", "sh", "json", "yml", "yaml", "html", "css", "png", "jpg", "svg", "txt",
    "service", "socket", "timer", "mount", "target",
))  # fmt: skip
_ROLES = frozenset((
    "abuse", "accounts", "admin", "alerts", "billing", "contact", "devnull", "devops", "digital", "do-not-reply",
    "donotreply", "engineering", "feedback", "git", "hello", "help", "helpdesk", "hostmaster", "incident", "incidents",
    "info", "it", "jobs", "legal", "mail", "mailer-daemon", "marketing", "media",
    "news", "no-reply", "noc", "noreply", "notifications", "office", "ops", "oncall", "postmaster", "press",
    "privacy", "root", "sales", "security", "service", "sre", "status", "support", "team", "webmaster",
))  # fmt: skip
"""RFC 2142 and what companies use besides: an office, not a person."""

_SEVERAL = ("group", "team", "platform", "support", "helpdesk", "oncall", "on-call")
"""Ends of the names of lists: several people read what is sent there."""

_V4 = re.compile(r"(?<![\w.+-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w+]|\.[0-9]|/[0-9]|-[\w.])")
_V6 = re.compile(r"(?<![\w:.])[23][0-9a-fA-F]{3}:[0-9a-fA-F:]{2,34}(?![\w:/]|\.[0-9])")
_V4_HINT = re.compile(r"[0-9]\.[0-9]+\.[0-9]+\.[0-9]")
_VERSION = re.compile(r"(?:versions?|releases?|v|build|agent|driver|firmware|patch|plugin|"
                      r"upgraded? (?:to|from)|[a-z]+[/@]) ?[`\"'(]{0,2}\Z", re.IGNORECASE)  # fmt: skip
_RESOLVERS = frozenset((
    "1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "149.112.112.112", "208.67.222.222", "208.67.220.220",
    "4.2.2.2", "4.2.2.1", "2001:4860:4860::8888", "2001:4860:4860::8844", "2606:4700:4700::1111",
    "2606:4700:4700::1001", "2620:fe::fe",
))  # fmt: skip
"""Public resolvers, which stand in every second report about DNS."""


def emails(text: str, allowed: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses of persons stand."""
    at = text.find("@")
    while at >= 0:
        domain = _DOMAIN.match(text, at)
        name = _EMAIL.search(text, max(0, at - 64), at) if domain else None
        if domain and name and not _is_nobody(text, name, domain[1], allowed):
            yield name.start(), domain.end()
        at = text.find("@", at + 1)


def _is_nobody(text: str, name: re.Match[str], domain: str, allowed: tuple[str, ...]) -> bool:
    low = domain.lower()
    local = name[0].lower().split("+")[0]
    if _LOGIN.search(text, max(0, name.start() - 80), name.start()):
        return True
    if _RESERVED.search(low) or low.rsplit(".", 1)[-1] in _FILES or local in _ROLES or local.endswith(_SEVERAL):
        return True
    return any(fnmatchcase(f"{local}@{low}", pattern) or fnmatchcase(low, pattern) for pattern in allowed)


def addresses(text: str, words: Iterable[str], allowed: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where IP addresses stand that lead somewhere. ``words`` are the words of the text that are long enough."""
    if any(_V4_HINT.search(word) for word in words if "." in word and word.count(".") > 2):
        for match in _V4.finditer(text):
            before = text[max(0, match.start() - 16) : match.start()]
            if not _VERSION.search(before) and _leads_somewhere(match[0], allowed):
                yield match.span()
    if any(_V6.search(word) for word in words if ":" in word and word.count(":") > 1):
        for match in _V6.finditer(text):
            end = match.end() - (match[0].endswith(":") and not match[0].endswith("::"))
            if _leads_somewhere(text[match.start() : end], allowed):
                yield match.start(), end


def _leads_somewhere(text: str, allowed: tuple[str, ...]) -> bool:
    """Whether an address is one of the internet's, and none of those that everybody may print."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or text in _RESOLVERS or _may_be_version(address):
        return False
    return not any(_covers(pattern, address) for pattern in allowed)


def _may_be_version(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether four numbers are as small as those of versions: of 1,100 in 23,000 texts nearly all of these were."""
    first, *others = address.packed
    return address.version == 4 and first < 24 and max(others) < 100


def _covers(pattern: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        return False  # an e-mail address, which the same list may hold
