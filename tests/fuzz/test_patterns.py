"""No regular expression of the product takes more than a time that grows as its text, whatever the text is.

Each compiled pattern, wherever a module keeps it, is tried with text made of its own pieces: what it looks for, over
and over, and never quite to its end.
"""

from __future__ import annotations

import dataclasses
import gc
import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # no stubs for the parser of patterns
from re import _parser  # type: ignore[attr-defined]  # as above
from typing import Any

import pytest

import afterword

SIZE = 3_000
SLOW, RATIO = 0.05, 2.6
LONGEST = 0.4
"""Seconds for one text of ``SIZE`` characters; a tenth of a millisecond is usual."""
_APART = ("__main__", "budgets", "cli")
"""One starts the program; the others' patterns meet objectives, what servers say, and what a user types."""

_SHORT = {
    "confidentiality.contacts._VERSION": 16,
    "fixes.durations._PART": 60,
    "migration.actions.text._SIGN": 450,
    "migration.stated.titles._ENDINGS": 300,  # names of files
    "migration.times.calendar._ENDING": 300,
    "pages.page._HEADING": 300,  # of HTML that was made well-formed: no heading is left open
    "rules.actions.unclear_owner": 200,
    "rules.chronology.stated_duration._NUMBER": 60,
}
"""What sees a piece of a text only, and how long that is."""


def _modules() -> list[str]:
    found = pkgutil.walk_packages(afterword.__path__, "afterword.")
    return sorted(module.name for module in found if module.name.split(".")[1] not in _APART)


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Patterns in a value, also inside of tuples, mappings and dataclasses."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 5 and isinstance(value, (tuple, list, frozenset, set)):
        for item in value:
            yield from _patterns_in(item, depth + 1)
    elif depth < 5 and isinstance(value, dict):
        yield from _patterns_in([*value.keys(), *value.values()], depth + 1)
    elif depth < 5 and dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _patterns_in([getattr(value, field.name, None) for field in dataclasses.fields(value)], depth + 1)


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of the product, each once, by where the first of them was found."""
    known: dict[tuple[str, int], str] = {}
    found: dict[str, re.Pattern[str]] = {}
    for module in _modules():
        for name, value in sorted(vars(importlib.import_module(module)).items()):
            values = vars(value).values() if isinstance(value, type) and value.__module__ == module else [value]
            for number, pattern in enumerate(_patterns_in(list(values))):
                key = (pattern.pattern, pattern.flags)
                if key not in known:
                    known[key] = f"{module.removeprefix('afterword.')}.{name}[{number}]"
                    found[known[key]] = pattern
    return found


PATTERNS = patterns()
_ROOT = Path(afterword.__path__[0])
_HOW = frozenset({"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"})


def is_matched_only(name: str) -> bool:
    """Whether a pattern is only ever tried at the start of a text."""
    module, _, attribute = name.partition("[")[0].rpartition(".")
    path = _ROOT / module.replace(".", "/")
    code = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    uses = set(re.findall(rf"\b{attribute}\.(\w+)\(", code)) & _HOW
    return attribute.startswith("_") and bool(uses) and uses <= {"match", "fullmatch"}


_KINDS = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a"}


def _sign(items: Iterable[Any]) -> str:
    """A character of a class."""
    for code, given in items:
        if code is codes.NEGATE:
            return "~"
        if code is codes.LITERAL:
            return chr(given)
        if code is codes.RANGE:
            return chr(given[0])
        if code is codes.CATEGORY:
            return _KINDS.get(given, "-")
    return "a"


def _made(parsed: Any, turn: int) -> list[str]:
    """The pieces of one text that a pattern takes; of alternatives the one whose ``turn`` it is."""
    pieces: list[str] = []
    for code, given in parsed:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            pieces.append(chr(given) if code is codes.LITERAL else "~")
        elif code is codes.ANY:
            pieces.append("a")
        elif code is codes.IN:
            pieces.append(_sign(given))
        elif code is codes.BRANCH:
            pieces.extend(_made(given[1][turn % len(given[1])], turn // len(given[1])))
        elif code is codes.SUBPATTERN:
            pieces.append("".join(_made(given[-1], turn)))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            pieces.append("".join(_made(given[2], turn)) * max(given[0], 1))
        elif code is codes.ATOMIC_GROUP:
            pieces.extend(_made(given, turn))
    return [piece for piece in pieces if piece]


def pieces(pattern: re.Pattern[str]) -> list[str]:
    """What to repeat: beginnings of what the pattern takes, each of its own pieces, and blanks."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    found: dict[str, None] = dict.fromkeys([" ", "a", "\n"])
    for turn in (0, 1, 7):
        made = _made(parsed, turn)
        found |= dict.fromkeys(piece[:100] for piece in made[:10])
        found |= dict.fromkeys("".join(made[:end])[:200] for end in {1, 2, 3, len(made) // 2, len(made) - 1, len(made)})
    return [piece for piece in found if piece]


def texts(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Hostile texts of about so many characters."""
    known = pieces(pattern)
    for piece in known:
        yield piece * (size // len(piece)) + "\x00"
    whole = max(known, key=len)
    for piece in known:
        if len(piece) <= 2:  # a run of one sign inside of what is looked for
            yield whole[: len(whole) // 2] + piece * (size // len(piece)) + "\x00"


def seconds(pattern: re.Pattern[str], text: str, *, matched: bool = False) -> float:
    """How long it takes to look through a text for all it holds, or at its start alone."""
    begun = time.process_time()
    for _ in [pattern.match(text)] if matched else pattern.finditer(text):
        pass
    return time.process_time() - begun


def faults(pattern: re.Pattern[str], size: int, *, matched: bool) -> Iterator[str]:
    """Texts that take too long."""
    for one, two in zip(texts(pattern, size), texts(pattern, 2 * size), strict=True):
        longer = seconds(pattern, one, matched=matched)
        if longer > LONGEST:
            yield f"{one[:40]!r}… takes {longer:.2f} s"
        elif longer > SLOW / RATIO:
            both = [(seconds(pattern, one, matched=matched), seconds(pattern, two, matched=matched)) for _ in range(3)]
            if all(twice > SLOW and twice > RATIO * once for once, twice in both):
                yield f"{one[:40]!r}…: {both[0][0]:.3f} s, and {both[0][1]:.3f} s for twice as much"


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def test_there_are_patterns_to_try() -> None:
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_a_time_that_grows_as_the_text(name: str) -> None:
    size = next((size for start, size in _SHORT.items() if name.startswith(start)), SIZE)
    assert not list(faults(PATTERNS[name], size, matched=is_matched_only(name)))


@pytest.mark.parametrize("written", [r"(a+)+b", r"\s+$", r"<!--.*?-->", r"\w+@\w+"])
def test_a_pattern_that_takes_longer_is_found(written: str) -> None:
    # short ones, for some of these would never end
    pattern = re.compile(written)
    size = 18 if written.startswith("(") else 6_000
    assert max(seconds(pattern, text) for text in texts(pattern, size)) > 0.01
