"""Names: customers, from the library's list, and hosts that only the inside can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise

SUFFIXES = (".internal", ".intranet", ".corp", ".lan", ".cluster.local", ".home.arpa")
"""Ends of names that no public resolver answers: .internal is reserved by ICANN, .home.arpa by RFC 8375; .corp was set
aside for good, .lan and .intranet are what companies use, .cluster.local is the default of Kubernetes."""

_KNOWN = (
    "host.docker.internal", "gateway.docker.internal", "kubernetes.docker.internal", "metadata.google.internal",
    "kubernetes.default.svc.cluster.local", "svc.cluster.local", "*.example.*", "example.*", "*.example",
)  # fmt: skip
"""The same everywhere, so they tell nothing."""

_BACKWARDS = re.compile(r"[\w*-]{0,63}(?:\.[\w*-]{1,63}){0,8}")
_AFTER = re.compile(r"(?![\w(<-]|\.\w|/[a-z]+\.go)")
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\s.,&'’+/-]{1,4}\Z")


def customers(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where names stand as whole words, in any case but for the first letter: “Target” is no “target”."""
    if not names:
        return
    known = _by_first_word(names)
    if known.keys().isdisjoint(_WORD.findall(text.casefold())):
        return
    words = list(_WORD.finditer(text))
    for number, word in enumerate(words):
        for wanted, capital in known.get(word[0].casefold(), ()):
            run = words[number : number + len(wanted)]
            if (not capital or word[0][0].isupper()) and _is_run(text, run, wanted):
                yield run[0].start(), run[-1].end()
                break


@lru_cache(maxsize=4)
def _by_first_word(names: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, ...], bool]]]:
    """The words of each name, and whether it begins with a capital, by the first word; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        words = tuple(word.casefold() for word in _WORD.findall(name))
        if words:
            found.setdefault(words[0], []).append((words, name.strip()[:1].isupper()))
    return found


def _is_run(text: str, run: list[re.Match[str]], wanted: tuple[str, ...]) -> bool:
    if tuple(word[0].casefold() for word in run) != wanted:
        return False
    return all(_BETWEEN.match(text[one.end() : next_.start()]) for one, next_ in pairwise(run))


def hosts(low: str, patterns: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where internal host names stand: by the usual ends, and by the library's own patterns (``*.int.shop.org``).

    ``low`` is the text in lower case.
    """
    ends = {*SUFFIXES, *(pattern.lstrip("*").lower() for pattern in patterns)}
    for end in sorted(end for end in ends if len(end) > 1):
        at = low.find(end)
        while at >= 0:
            last = at + len(end)
            begin = _begin(low, at)
            if (begin < at or end[0] != ".") and _AFTER.match(low, last) and not _is_known(low[begin:last]):
                yield begin, last
            at = low.find(end, last)


def _begin(low: str, at: int) -> int:
    """Where the labels before an offset begin. Read backwards: forwards each place would have to be tried."""
    found = _BACKWARDS.match(low[max(0, at - 255) : at][::-1])
    return at - len(found[0]) if found else at


def _is_known(name: str) -> bool:
    return "*" in name or any(fnmatchcase(name, pattern) for pattern in _KNOWN)
