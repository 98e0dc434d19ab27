"""Asking: the questions that measure one objective through PromQL, and what their answers mean.

The same for a live server and for answers that were saved: both are an ``Asker``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from afterword.budgets import promql
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import Measurement
from afterword.budgets.sources.capture import Grid
from afterword.budgets.sources.figures import Answers, Reading
from afterword.budgets.sources.questions import FIRSTS, Plan, plan
from afterword.budgets.sources.replies import INSTANT, Question, Reply
from afterword.budgets.sources.sparse import is_sparse
from afterword.errors import AfterwordError

__all__ = ["Answers", "Asker", "measure"]

_NO_QUESTION = Question("", INSTANT, 0, 0)


class Asker(Protocol):
    """Whoever answers questions."""

    def ask(self, questions: Sequence[Question]) -> Answers:
        """An answer to each, or why there is none. Raises ``AfterwordError`` when nobody answers at all."""

    @property
    def counts_firsts(self) -> bool:
        """Whether its ``increase`` counts from zero for a new series, so that nothing is left uncounted."""


def measure(asker: Asker, objectives: Sequence[Objective], grid: Grid, at: datetime) -> tuple[Measurement, ...]:
    """Measures objectives. Identical questions are asked once. Raises ``AfterwordError`` when nobody answers at all."""
    plans: list[Plan | AfterwordError] = []
    for objective in objectives:
        try:
            plans.append(plan(objective, grid, at))
        except AfterwordError as error:
            plans.append(error)
    ready = [item for item in plans if isinstance(item, Plan)]
    answers = dict(asker.ask(list(dict.fromkeys(item for one in ready for item in one.questions))))
    bounds = {one.objective.id: found for one in ready if (found := _bounds(one, answers, at))}
    # few objectives need a second look: it would cost each of them another reading of the whole window
    later = [*bounds.values(), *(found for one in ready if (found := _all_firsts(one, answers)))]
    later += [
        item for one in ready if is_sparse(one, grid, at, answers) for asked in one.wide.values() for item in asked
    ]
    if later:
        answers.update(asker.ask(list(dict.fromkeys(later))))
    return tuple(
        _measured(objective, item, answers, bounds.get(objective.id), counts_firsts=asker.counts_firsts)
        for objective, item in zip(objectives, plans, strict=True)
    )


def _bounds(one: Plan, answers: Answers, at: datetime) -> Question | None:
    """The question for a histogram's buckets: when events were counted, and none in the bucket that was named."""
    query = promql.bounds_query(one.objective, one.own) if one.own else None
    if query is None:
        return None
    whole, part = answers[one.instants["total", one.own]], answers[one.instants[one.part, one.own]]
    if isinstance(whole, AfterwordError) or isinstance(part, AfterwordError) or part.series or not whole.series:
        return None
    moment = int(at.timestamp())
    return Question(query, INSTANT, moment, moment, 0, one.instants["total", one.own].server)


def _all_firsts(one: Plan, answers: Answers) -> Question | None:
    """The question for all uncounted events, where bad ones are missing."""
    found = answers.get(one.instants.get(("uncounted_bad", one.own), _NO_QUESTION))
    if not isinstance(found, Reply) or not any(value for _, points in found.series for _, value in points):
        return None
    return one.instants.get((FIRSTS, one.own))


def _measured(
    objective: Objective, item: Plan | AfterwordError, answers: Answers, bounds: Question | None, *, counts_firsts: bool
) -> Measurement:
    if isinstance(item, AfterwordError):
        return Measurement(objective, error=_sentence(item))
    reader = Reading(item, answers, counts_firsts=counts_firsts)
    try:
        reader.check_bounds(bounds)
        return reader.measurement()
    except AfterwordError as error:
        return Measurement(objective, queries=reader.queries(), error=_sentence(error))


def _sentence(error: AfterwordError) -> str:
    """An error as one text: what is wrong, and what to do."""
    message = error.message if error.message.endswith((".", "…")) else f"{error.message}."
    return f"{message} {error.hint}" if error.hint else message
