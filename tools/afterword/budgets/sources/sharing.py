"""Sharing: questions that read the same series, answered by one reading.

Servers read each selector for itself. Most objectives name good events as all events with one condition more, and
what was uncounted once more reads both. So such a pair is asked as one query, split by that condition on the server;
a difference is asked as its two sides, which others ask for as well. What follows is the same sum of the same series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from afterword.budgets.sources.replies import INSTANT, Question, QuestionError, Reply
from afterword.errors import AfterwordError

Found: TypeAlias = Mapping[Question, Reply | AfterwordError]
Points: TypeAlias = tuple[tuple[float, float], ...]
_Matchers: TypeAlias = frozenset[tuple[str, str, str]]
Made: TypeAlias = Reply | AfterwordError | None

PART = "afterword_part"
"""The label that tells the two parts of a shared query apart."""
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_MATCHER = re.compile(rf"([A-Za-z_]\w*)(=~|!~|!=|=)({_STRING})(?:,|$)", re.ASCII)
_SERIES = rf'[A-Za-z_:][\w:]*(?:\{{(?:[^"{{}}\n]|{_STRING})*\}})?'
_ATOM = re.compile(
    rf"sum\((?:increase\((?P<counter>{_SERIES})\[(?P<over>\d+)s\]\)"
    rf"|min_over_time\((?P<first>{_SERIES})\[(?P<since>\d+)s\]\) unless (?P=first) offset (?P=since)s)\)",
    re.ASCII,
)
_OR_NONE = " or vector(0))"
_PLAIN = re.compile(r'"[\w-]*"', re.ASCII)
"""Values that are the same as patterns."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """One sum over the series of one selector. ``form``: the query, with ``{}`` for the selector."""

    form: str
    name: str
    matchers: _Matchers
    text: str


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a sum comes from: an answer, or the series in it that bear the label, or those that do not."""

    asked: Question
    split: bool = False
    part: bool | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """How the answers to questions, and to their sides, follow from those to fewer.

    One source: its sum; two: their difference.
    """

    sources: Mapping[Question, tuple[_Source, ...]]

    @property
    def asked(self) -> tuple[Question, ...]:
        """What to ask, each once."""
        return tuple(dict.fromkeys(source.asked for item in self.sources.values() for source in item))

    def answers(self, found: Found) -> tuple[dict[Question, Reply | AfterwordError], list[Question]]:
        """The answers, and the questions that have to be asked by themselves, since sharing found none."""
        answers: dict[Question, Reply | AfterwordError] = {}
        alone: list[Question] = []
        for question, sources in self.sources.items():
            if sources == (_Source(question),):
                answers[question] = found[question]
                continue
            made = _made(question, sources, [found[source.asked] for source in sources])
            if made is None:
                alone.append(question)
            else:
                answers[question] = made
        return answers, alone


def shares(questions: Sequence[Question]) -> Shares:
    """Finds what can be shared among questions; what cannot is asked as it is. Both sides of a difference are told."""
    sides = {question: tuple(_sides(question)) for question in questions}
    families: dict[tuple[object, ...], dict[Question, _Atom]] = {}
    for item in dict.fromkeys(item for items in sides.values() for item in items):
        # to split each of ten thousand steps costs a server more than to read its few samples twice
        atom = _atom(item.query) if item.kind == INSTANT else None
        if atom:
            key = (atom.form, atom.name, item.start, item.server)
            families.setdefault(key, {})[item] = atom
    paired = dict(found for family in families.values() for found in _paired(family))
    sides |= {item: (item,) for items in sides.values() for item in items}
    return Shares(
        {question: tuple(paired.get(item, _Source(item)) for item in items) for question, items in sides.items()}
    )


def _sides(question: Question) -> Iterator[Question]:
    """The sides of a difference of sums; any other question itself."""
    left, sign, right = question.query.partition(f"{_OR_NONE} - (")
    sides = (left[1:], right.removesuffix(_OR_NONE))
    apart = sign and left.startswith("(") and right.endswith(_OR_NONE) and all(map(_atom, sides))
    if apart and question.kind == INSTANT:
        yield from (replace(question, query=side) for side in sides)
    else:
        yield question


def _atom(query: str) -> _Atom | None:
    found = _ATOM.fullmatch(query)
    if found is None:
        return None
    text: str = found["counter"] or found["first"]
    name, _, inside = text.partition("{")
    matchers = _MATCHER.findall(inside.removesuffix("}"))
    if ",".join(map("".join, matchers)) != inside.removesuffix("}"):
        return None
    return _Atom(query[4:-1].replace(text, "{}"), name, frozenset(matchers), text)


def _paired(family: Mapping[Question, _Atom]) -> Iterator[tuple[Question, _Source]]:
    """All events with those of them that meet one condition more."""
    wholes = {atom.matchers: question for question, atom in family.items()}
    taken: set[Question] = set()
    for part, atom in family.items():
        label, sign, value, whole = next(_conditions(atom, wholes), ("", "", "", part))
        if whole is part or {whole, part} & taken:
            continue
        taken |= {whole, part}
        inner = family[whole].form.replace("{}", family[whole].text)
        query = f'sum by ({PART}) (label_replace({inner}, "{PART}", "1", "{label}", {value}))'
        asked = replace(whole, query=query)
        yield whole, _Source(asked, split=True)
        yield part, _Source(asked, split=True, part=sign in ("=", "=~"))


def _conditions(atom: _Atom, wholes: Mapping[_Matchers, Question]) -> Iterator[tuple[str, str, str, Question]]:
    """The conditions without which a selector is one of the others; whose values a server can take as patterns."""
    for label, sign, value in sorted(atom.matchers):
        whole = wholes.get(atom.matchers - {(label, sign, value)})
        if whole is not None and (sign in ("=~", "!~") or _PLAIN.fullmatch(value)):
            yield label, sign, value, whole


def _made(question: Question, sources: Sequence[_Source], found: Sequence[Reply | AfterwordError]) -> Made:
    """The answer to a question, or why nobody answers; ``None`` where answers are not as sharing needs them."""
    replies = [item for item in found if isinstance(item, Reply)]
    if len(replies) < len(found):
        return next((item for item in found if not isinstance(item, Reply | QuestionError)), None)
    sums = [_sum(source, reply) for source, reply in zip(sources, replies, strict=True)]
    points = sums[0]
    if None in sums or points is None:
        return None
    if len(sums) == 2:
        left, right = (item[-1][1] if item else 0.0 for item in sums)
        points = ((question.start, left - right),)
    warnings = tuple(dict.fromkeys(text for reply in replies for text in reply.warnings))
    infos = tuple(dict.fromkeys(text for reply in replies for text in reply.infos))
    return Reply((({}, points),) if points else (), warnings, infos)


def _sum(source: _Source, reply: Reply) -> Points | None:
    """The points of a sum; ``None`` for an answer with series that nobody asked for."""
    known = ({}, {PART: "1"}) if source.split else ({},)
    labels = [dict(item) for item, _ in reply.series]
    if any(item not in known for item in labels) or any(labels.count(item) > 1 for item in known):
        return None
    chosen = [points for item, points in reply.series if source.part is None or source.part == bool(item)]
    if len(chosen) < 2:
        return chosen[0] if chosen else ()
    return ((chosen[0][-1][0], chosen[0][-1][1] + chosen[1][-1][1]),)
