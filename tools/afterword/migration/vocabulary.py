"""Vocabulary: the severities, categories and services of all pages as words of the settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from afterword.migration.facts import Told
from afterword.migration.secrecy import has_secret
from afterword.settings import Settings
from afterword.template import NAMELESS, slug
from afterword.terminal import printable

_NUMBERED = re.compile(r"\b(sev(?:erity)?|p(?:rio(?:rity)?)?|s)[\s_.:-]{0,3}([0-9])\b", re.IGNORECASE)
"""``SEV2``, ``Sev-2``, ``Severity 2``; ``P1``, ``Priority 1``; ``S2``."""
_RANKS = (
    ("critical", "blocker", "severe", "emergency", "crítica", "crítico", "nghiêm trọng"),
    ("high", "major", "down", "alta", "alto", "cao"),
    ("medium", "moderate", "disrupted", "média", "médio", "trung bình"),
    ("low", "minor", "notice", "baixa", "baixo", "thấp"),
    ("informational", "info", "none", "cosmetic"),
)  # fmt: skip
_Make = Callable[[str], "str | None"]
MAX_KEY = 40
"""Characters of a key: longer ones are sentences."""


@dataclass(frozen=True, slots=True)
class Words:
    """One list of the settings. ``known``: keys and titles that are there; ``added``: those that the pages bring."""

    known: Mapping[str, str]
    keys: Mapping[str, str]
    added: Mapping[str, str] = field(default_factory=dict)

    def key(self, written: str) -> str | None:
        """The key of what a page says; ``None`` when the settings do not know it and may not be added to."""
        return self.keys.get(_fold(written))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What pages call severities, categories and services, and the keys for that."""

    severities: Words
    categories: Words
    services: Words


def vocabulary(told: Iterable[Told], settings: Settings, *, may_add: bool) -> Vocabulary:
    """The words of all pages, held against the settings. Without ``may_add`` only what these know has a key."""
    given = tuple(told)
    severities = {key: item.title for key, item in settings.severities.items()}
    categories = {key: item.title for key, item in settings.categories.items()}
    services = {key: item.title for key, item in settings.services.items()}
    return Vocabulary(
        _words(given, "severity", _scale(given, severities, may_add=may_add), _severity, may_add=may_add),
        _words(given, "root_cause", categories, _kebab, may_add=may_add),
        _words(given, "services", services, _service, may_add=may_add),
    )


def _scale(given: Iterable[Told], known: Mapping[str, str], *, may_add: bool) -> Mapping[str, str]:
    """The severities of the settings with the names that count.

    Where pages bring a word that the settings do not have, theirs is another scale: then “notice” is no SEV4 only
    because a new library happens to call that one so.
    """
    names = {_fold(name) for name in (*known, *known.values())}
    written = {fact.value for told in given for fact in told.all("severity")}
    other = any(_fold(text) not in names and not re.search(r"[0-9]", text) for text in written)
    return {key: key for key in known} if may_add and other else known


def _words(given: Iterable[Told], name: str, known: Mapping[str, str], make: _Make, *, may_add: bool) -> Words:
    written = sorted({fact.value for told in given for fact in told.all(name)}, key=lambda text: (_fold(text), text))
    by_name = {_fold(key): key for key in known} | {_fold(title): key for key, title in reversed(tuple(known.items()))}
    keys: dict[str, str] = {}
    added: dict[str, str] = {}
    for text in written:
        key = _known(text, by_name, make)
        if key is None and may_add and not has_secret(text):
            key = make(text)
            if key:
                added.setdefault(key, " ".join(printable(text).split()))
                by_name[_fold(key)] = key
        if key:
            keys[_fold(text)] = key
    return Words(known, keys, added)


def _known(text: str, by_name: Mapping[str, str], make: _Make) -> str | None:
    found = by_name.get(_fold(text))
    made = make(text) if found is None else None
    return found or by_name.get(_fold(made or ""))


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or text.casefold().strip()


def _severity(text: str) -> str | None:
    """``Sev-2`` and ``Severity 2`` are ``SEV2``; a bare figure, too; a word stays one."""
    found = _NUMBERED.search(text)
    if found:
        word = found[1].lower()
        return f"{'P' if word[0] == 'p' else 'S' if word == 's' else 'SEV'}{found[2]}"
    if re.fullmatch(r"\s*[0-9]\s*", text):
        return f"SEV{text.strip()}"
    key = _kebab(text) if len(text) <= MAX_KEY else None
    return key.capitalize() if key else None


def _kebab(text: str) -> str | None:
    """``None`` for a text without an ASCII letter or figure: no key can be made of it."""
    key = slug(text, MAX_KEY)
    return None if key == NAMELESS and NAMELESS not in text.casefold() else key


def _service(text: str) -> str | None:
    plain = text.strip()
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", plain):
        return plain
    return _kebab(plain)


def rank(key: str) -> tuple[int, str]:
    """How bad a severity is by its figure or its word; those that say nothing come last."""
    figure = re.search(r"[0-9]", key)
    if figure:
        return int(figure[0]), key
    words = set(_fold(key).split())
    return next((at for at, names in enumerate(_RANKS, 1) if words & set(names)), len(_RANKS) + 1), key
