"""Facts: what was taken from a source and from where, and what it does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Fact:
    """A value for a key of the front matter. ``line`` counts from 1 in the source; 0 for what stands in no file.

    ``value`` as the front matter has it for moments (RFC 3339, or a bare day) and texts; for ``severity``,
    ``root_cause`` and ``services`` as the source writes it. ``how`` says in a few words what it was taken from:
    ``the first row of the timeline``. ``doubtful``: to be marked in the front matter, as a day from git's history is.
    """

    key: str
    value: str
    line: int
    how: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A key that could not be told, and why, in words for people: ``no row of the timeline says so``."""

    key: str
    why: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Facts and gaps. A key with several values (services, people) has several facts."""

    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def all(self, key: str) -> Iterator[Fact]:
        """The facts of a key, in order."""
        return (fact for fact in self.facts if fact.key == key)

    def first(self, key: str) -> Fact | None:
        """The first fact of a key."""
        return next(self.all(key), None)


def together(parts: Iterable[Told]) -> Told:
    """All facts and gaps of several."""
    given = tuple(parts)
    return Told(
        tuple(chain.from_iterable(part.facts for part in given)),
        tuple(chain.from_iterable(part.gaps for part in given)),
    )
