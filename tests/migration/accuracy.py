"""Accuracy: what is told of the reports that were labelled by hand, held against the labels."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse
from pathlib import Path

from afterword.migration.collection import collect
from afterword.migration.options import Options
from afterword.migration.plan import Migrated, plan
from afterword.migration.words import normal
from afterword.settings import Settings
from afterword.timing import parse_moment

LABELS = Path(__file__).with_name("labels.tsv")
MOMENTS = ("started", "detected", "resolved")
KINDS = (*MOMENTS, "category", "actions")
_COLLECTIONS = ("chia", "dfds")


@dataclass(frozen=True, slots=True)
class Answer:
    """One value of one report. ``given`` and ``label`` are ``None`` where nothing is told or stated.

    ``doubtful``: the value is marked as in doubt in the front matter. Nobody is misled by it: it counts as not given.
    """

    path: str
    kind: str
    label: str | None
    given: str | None
    doubtful: bool = False

    @property
    def counts(self) -> bool:
        """Whether a value is given without a doubt."""
        return self.given is not None and not self.doubtful

    @property
    def right(self) -> bool:
        """Whether the value is one of those that the label has."""
        if self.given is None or self.label is None:
            return False
        return any(_same(self.kind, self.given, one) for one in self.label.split("|"))

    @property
    def exact(self) -> bool:
        """Whether a moment is right to the minute, and not only to the day."""
        return self.right and "T" in (self.given or "") and "T" in (self.label or "")


@dataclass(frozen=True, slots=True)
class Score:
    """How many values are stated, given, and right, and in doubt."""

    stated: int
    given: int
    right: int
    exact: int
    doubtful: int

    @property
    def precision(self) -> float:
        """The share of the values given that are right."""
        return self.right / self.given

    @property
    def recall(self) -> float:
        """The share of the values stated that are given and right."""
        return self.right / self.stated


def labels() -> tuple[dict[str, str], ...]:
    """The rows of the labels."""
    return tuple(rows(LABELS))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table with a line of names, remarks left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        told = filterfalse(lambda line: line.startswith("#"), lines)
        yield from csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=2)
def migrated(corpora: Path) -> Mapping[str, Migrated]:
    """What each report of the collections becomes, by its path below their folder."""
    empty = Settings(severities={}, categories={})
    return {
        f"{name}/{item.source}": item
        for name in _COLLECTIONS
        for item in plan(collect(corpora / name), empty, Options(origin="public", organization=name)).files
    }


def answers(corpora: Path) -> tuple[Answer, ...]:
    """What is told for each label."""
    known = migrated(corpora)
    return tuple(_answer(row, kind, known[row["path"]]) for row in labels() for kind in KINDS)


def _answer(row: Mapping[str, str], kind: str, item: Migrated) -> Answer:
    label = None if row[kind] == "-" else row[kind]
    if kind == "actions":
        count = len(item.draft.actions)
        return Answer(row["path"], kind, label, str(count) if count or label == "0" else None)
    fact = item.draft.told.first("root_cause" if kind == "category" else kind)
    return Answer(row["path"], kind, label, fact.value if fact else None, doubtful=bool(fact and fact.doubtful))


def _same(kind: str, given: str, label: str) -> bool:
    if kind == "actions":
        return given == label
    if kind == "category":
        return normal(given) == normal(label)
    first, second = parse_moment(given), parse_moment(label)
    if first is None or second is None:
        return False
    return first.at == second.at if first.at and second.at else first.day == second.day


def score(found: tuple[Answer, ...]) -> Score:
    """The figures of some answers."""
    return Score(
        stated=sum(one.label is not None for one in found),
        given=sum(one.counts for one in found),
        right=sum(one.counts and one.right for one in found),
        exact=sum(one.counts and one.exact for one in found),
        doubtful=sum(one.doubtful for one in found),
    )


def table(found: tuple[Answer, ...]) -> str:
    """The figures of each kind and of all as Markdown."""
    lines = [
        "| | stated | given | right | right among given | right of stated | to the minute | in doubt |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name in (*KINDS, "all"):
        one = score(tuple(item for item in found if name in (item.kind, "all")))
        exact = str(one.exact) if name in MOMENTS else ""
        lines.append(
            f"| {name} | {one.stated} | {one.given} | {one.right} | {one.precision:.0%} | {one.recall:.0%} | {exact} "
            f"| {one.doubtful or ''} |"
        )
    return "\n".join(lines)
