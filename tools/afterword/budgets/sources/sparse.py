"""Sparse: counters scraped so seldom that most steps of 5 minutes hold fewer than the two samples they need."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from afterword.budgets.snapshot import STEP
from afterword.budgets.sources.capture import Grid
from afterword.budgets.sources.questions import Plan
from afterword.budgets.sources.replies import Question, Reply
from afterword.errors import AfterwordError

_Answers: TypeAlias = Mapping[Question, Reply | AfterwordError]
KNOWN = 0.9
"""When the steps hold less than this share of their window's events, they are looked at."""


def is_sparse(one: Plan, grid: Grid, at: datetime, answers: _Answers) -> bool:
    """Whether the steps of an objective miss many of the events that its own window has."""
    asked = answers.get(one.instants["total", one.own]) if one.own and one.wide else None
    if not isinstance(asked, Reply) or len(asked.series) != 1:
        return False
    whole = asked.series[0][1][-1][1]
    first = max(int(at.timestamp()) - one.own, grid.first - STEP)
    covered = (grid.first + (grid.steps - 1) * STEP - first) / one.own
    found = events(one.ranges["total"], answers, first)
    return found is not None and whole > 0 and found < KNOWN * covered * whole


def events(asked: Sequence[Question], answers: _Answers, first: int = 0) -> float | None:
    """The sum of a range's values after an instant; ``None`` when one of its parts was not answered."""
    found = 0.0
    for question in asked:
        reply = answers.get(question)
        if not isinstance(reply, Reply):
            return None
        values = [value for _, row in reply.series for at, value in row if at > first]
        found += math.fsum(filter(math.isfinite, values))
    return found
