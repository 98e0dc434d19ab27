"""Scorecard: four scores of a postmortem, 0 to 5, each point one question that somebody can look up.

The questions are those of the guide's quality checklist that a machine can answer. Each is worth one point and is
answered with yes, with no (what is missing, and how to get the point), or does not apply (and why: a draft has no
approvals, a drill no impact, somebody else's incident no owners of ours). What does not apply leaves the denominator.
A score is 5 × yes ÷ (yes + no), rounded down to a half, so that 5 means that nothing is missing; an area in which
nothing applies has no score. A warning or an error of the check takes the point of the question that claims its code.

It says whether a thing is there, never whether it is good: that is what the reviewer is for. It depends on the file,
its findings, the settings and ``as_of`` alone.
"""

from __future__ import annotations

from afterword.scorecard.base import Answer, Area, Point, Question, Score, Scorecard, Verdict, written
from afterword.scorecard.judge import QUESTIONS, scorecard

__all__ = [
    "QUESTIONS",
    "Answer",
    "Area",
    "Point",
    "Question",
    "Score",
    "Scorecard",
    "Verdict",
    "scorecard",
    "written",
]
