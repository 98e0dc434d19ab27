"""What a scorecard is made of: questions with an answer, four areas, and the arithmetic between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from afterword.scorecard.facts import Facts

FULL = 5
"""The score of an area in which every question that applies is answered with yes."""


class Area(StrEnum):
    """What a reviewer looks at, in this order."""

    CONTENT = "content"
    ACTIONS = "actions"
    REVIEW = "review"
    COMMUNICATION = "communication"


class Verdict(StrEnum):
    """How a question is answered."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "does not apply"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. ``reason``: what is missing, or why it is not asked; ``gain``: how to get the point, a sentence."""

    verdict: Verdict
    reason: str = ""
    gain: str = ""


YES = Answer(Verdict.YES)


def no(reason: str, gain: str) -> Answer:
    """A point that is missed, and how to get it."""
    return Answer(Verdict.NO, reason, gain)


def not_asked(reason: str) -> Answer:
    """A question that does not apply."""
    return Answer(Verdict.NOT_ASKED, reason)


Ask: TypeAlias = "Callable[[Facts], Answer]"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, worth one point. ``key`` is its name in the guide, ``text`` can be answered with yes.

    ``claims`` are codes or beginnings of codes of which this question speaks: an error or a warning takes the point
    even if ``ask`` says otherwise. The longest claim to a code wins, and the empty one is a claim to all that is
    left; of questions with the same claim the first loses its point, unless one of them has missed it by itself.
    """

    key: str
    area: Area
    text: str
    ask: Ask
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A question and what was answered."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one area."""

    area: Area
    points: tuple[Point, ...]

    @property
    def reached(self) -> int:
        """How many questions were answered with yes."""
        return sum(point.answer.verdict is Verdict.YES for point in self.points)

    @property
    def asked(self) -> int:
        """How many questions apply."""
        return sum(point.answer.verdict is not Verdict.NOT_ASKED for point in self.points)

    @property
    def value(self) -> float | None:
        """0 to 5 in halves: the share of what applies, rounded down; ``None`` when nothing does."""
        return 2 * FULL * self.reached // self.asked / 2 if self.asked else None

    @property
    def missed(self) -> tuple[Point, ...]:
        """The points that can still be had."""
        return tuple(point for point in self.points if point.answer.verdict is Verdict.NO)

    @property
    def left_out(self) -> tuple[Point, ...]:
        """The questions that do not apply."""
        return tuple(point for point in self.points if point.answer.verdict is Verdict.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The four scores of one postmortem."""

    path: str
    scores: tuple[Score, ...]

    def of(self, area: Area) -> Score:
        """The score of one area."""
        return next(score for score in self.scores if score.area is area)


def written(value: float | None) -> str:
    """``4``, ``3.5``, ``–`` when nothing applies."""
    return "–" if value is None else f"{value:g}"
