"""Judge: every question put to one postmortem, and every finding held against one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.scorecard import actions, communication, content, review
from afterword.scorecard.base import Answer, Area, Point, Question, Score, Scorecard, Verdict, no
from afterword.scorecard.facts import Facts
from afterword.settings import Settings
from afterword.source import Source

QUESTIONS: tuple[Question, ...] = (
    *content.QUESTIONS,
    *actions.QUESTIONS,
    *review.QUESTIONS,
    *communication.QUESTIONS,
)
"""All questions, in the order of a scorecard."""

_SHOWN = 2


def scorecard(
    postmortem: Postmortem, source: Source, findings: Sequence[Finding], settings: Settings, as_of: datetime
) -> Scorecard:
    """The scorecard of one postmortem: ``source`` is its text, ``findings`` what a whole check says of its file."""
    facts = Facts(postmortem, source, tuple(findings), settings, as_of)
    answers = {question.key: question.ask(facts) for question in QUESTIONS}
    held: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.level.at_least(Level.WARNING):
            claimants = _claimants(finding.code)
            if all(answers[question.key].verdict is not Verdict.NO for question in claimants):
                held[claimants[0].key].append(finding)
    points = [
        Point(question, _against(held[question.key]) if held[question.key] else answers[question.key])
        for question in QUESTIONS
    ]
    scores = (Score(area, tuple(point for point in points if point.question.area is area)) for area in Area)
    return Scorecard(postmortem.path, tuple(scores))


def _claimants(code: str) -> list[Question]:
    """The questions with the longest claim to a code; one of them claims all that no other does."""
    claims = [(len(claim), question) for question in QUESTIONS for claim in question.claims if code.startswith(claim)]
    longest = max(length for length, _ in claims)
    return [question for length, question in claims if length == longest]


def _against(held: Sequence[Finding]) -> Answer:
    """The answer that findings give."""
    shown = [f"{item.code} in line {item.span.line}" for item in held[:_SHOWN]]
    if len(held) > _SHOWN:
        shown.append(f"{len(held) - _SHOWN} more")
    reason = shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
    return no(reason, "See the findings.")
