"""Asking: the questions that measure one objective through PromQL, and what their answers mean.

The same for a live server and for answers that were saved: both are an ``Asker``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from afterword.budgets import promql
from afterword.budgets.capture import Grid, own_seconds
from afterword.budgets.objective import Method, Objective, Ratio
from afterword.budgets.replies import INSTANT, RANGE, Question, QuestionError, Reply
from afterword.budgets.snapshot import STEP, Count, Latency, Measurement
from afterword.errors import AfterwordError

QUANTILE = 0.95
HOUR = 3600
FIRSTS = "uncounted_total"
"""The role of what was never counted among all events: asked only where bad events were missed, since without these
it could but raise the budget.
"""
_POINTS = 10_080
"""Points of one range: 35 days of steps. Servers refuse more than 11,000."""
_HAIR = 1e-3
"""A share by which extrapolation may count more good events than there are."""

_NO_QUESTION = Question("", INSTANT, 0, 0)

Answers: TypeAlias = Mapping[Question, Reply | AfterwordError]


class Asker(Protocol):
    """Whoever answers questions."""

    def ask(self, questions: Sequence[Question]) -> Answers:
        """An answer to each, or why there is none. Raises ``AfterwordError`` when nobody answers at all."""

    @property
    def counts_firsts(self) -> bool:
        """Whether its ``increase`` counts from zero for a new series, so that nothing is left uncounted."""


@dataclass(frozen=True)
class Plan:
    """All questions about one objective. ``part``: by which role its bad events are told, ``bad`` or ``good``."""

    objective: Objective
    part: str
    own: int
    instants: Mapping[tuple[str, int], Question]
    ranges: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    threshold: float | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of every objective."""
        first = (asked for (role, _), asked in self.instants.items() if role != FIRSTS)
        return (*first, *(item for items in self.ranges.values() for item in items))


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
    if later:
        answers.update(asker.ask(list(dict.fromkeys(later))))
    return tuple(
        _measured(objective, item, answers, bounds.get(objective.id), counts_firsts=asker.counts_firsts)
        for objective, item in zip(objectives, plans, strict=True)
    )


def plan(objective: Objective, grid: Grid, at: datetime) -> Plan:
    """What to ask. Raises ``AfterwordError`` for queries that cannot be built."""
    indicator, moment = objective.indicator, int(at.timestamp())
    by_good = isinstance(indicator, Ratio) and indicator.good is not None and objective.method is Method.OCCURRENCES
    part = "good" if by_good else "bad"
    server = objective.source.name if objective.source else ""
    build = {"total": promql.total, "good": promql.good, "bad": promql.bad}
    own = own_seconds(objective, at)
    instants = {}
    for seconds in dict.fromkeys((*grid.windows, *([own] if own else []))):
        for role in ("total", part):
            instants[role, seconds] = Question(build[role](objective, seconds), INSTANT, moment, moment, 0, server)
    for role in ("total", "bad") if own else ():
        query = promql.uncounted(objective, own, role)
        if query:
            instants[f"uncounted_{role}", own] = Question(query, INSTANT, moment, moment, 0, server)
    ranges, latency = {}, promql.latency(objective)
    if grid.steps:
        last = grid.first + (grid.steps - 1) * STEP
        for role in ("total", part):
            ranges[role] = _chunks(build[role](objective, STEP), grid.first, last, STEP, server)
        hours = grid.steps * STEP // HOUR
        if latency and hours:
            query = latency.query(QUANTILE, HOUR)
            ranges["latency"] = _chunks(query, last - (hours - 1) * HOUR, last, HOUR, server)
    return Plan(objective, part, own, instants, ranges, latency.threshold if latency else None)


def _chunks(query: str, first: int, last: int, step: int, server: str) -> tuple[Question, ...]:
    """A range in pieces that servers answer."""
    length = _POINTS * step
    return tuple(
        Question(query, RANGE, start, min(start + length - step, last), step, server)
        for start in range(first, last + 1, length)
    )


def _bounds(one: Plan, answers: Answers, at: datetime) -> Question | None:
    """The question for a histogram's buckets: when events were counted, and none in the bucket that was named."""
    query = promql.bounds_query(one.objective)
    if query is None or not one.own:
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
    reader = _Reading(item, answers, counts_firsts=counts_firsts)
    try:
        reader.check_bounds(bounds)
        return reader.measurement()
    except AfterwordError as error:
        return Measurement(objective, queries=reader.queries(), error=_sentence(error))


def _sentence(error: AfterwordError) -> str:
    """An error as one text: what is wrong, and what to do."""
    message = error.message if error.message.endswith((".", "…")) else f"{error.message}."
    return f"{message} {error.hint}" if error.hint else message


class _Reading:
    """The answers about one objective."""

    def __init__(self, item: Plan, answers: Answers, *, counts_firsts: bool) -> None:
        self.plan = item
        self.answers = answers
        self.counts_firsts = counts_firsts
        self.warnings: list[str] = []
        self.partial = False

    def measurement(self) -> Measurement:
        """Raises ``AfterwordError``."""
        item = self.plan
        own = self.count(item.own, uncounted=True) if item.own else None
        windows = {seconds: count for role, seconds in item.instants if role == "total"
                   and (count := self.count(seconds)) is not None}  # fmt: skip
        total, part = self.steps("total"), self.steps(item.part)
        bad = tuple(map(self._step, total, part))
        if own is not None and own.total > 0 and total and not any(total):
            self.warn("no step of 5 minutes has events: is it scraped less often than every 2 minutes?")
        return Measurement(
            item.objective, bad, total, own, windows, self.queries(), self.latency(), self._told(), self.partial
        )

    def _told(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.warnings))

    def warn(self, text: str) -> None:
        """Something that readers of the figure should know."""
        self.warnings.append(text)

    def queries(self) -> dict[str, str]:
        """What was sent, by role: for the objective's own window, and for steps."""
        item = self.plan
        sent = {key: asked for key, asked in item.instants.items() if asked in self.answers}
        found = {role: asked.query for (role, seconds), asked in sent.items() if seconds == item.own}
        steps = {role if role == "latency" else f"{role}_step": asked[0].query for role, asked in item.ranges.items()}
        return found | steps

    def reply(self, question: Question) -> Reply:
        """Raises ``AfterwordError``."""
        found = self.answers[question]
        if isinstance(found, QuestionError):
            raise _about(question, found)
        if isinstance(found, AfterwordError):
            raise found
        if found.warnings:
            self.partial = True
        for text in (*found.warnings, *found.infos):
            self.warn(f"the server says: {text}")
        return found

    def number(self, role: str, seconds: int) -> float | None:
        """One number; ``None`` for an empty answer. Raises ``AfterwordError`` for what is none."""
        question = self.plan.instants[role, seconds]
        found = self.reply(question)
        try:
            value = found.value()
        except QuestionError as error:
            raise _about(question, error) from error
        if value is not None and not math.isfinite(value):
            raise QuestionError(f"“{question.query}” gives {_written(value)}, which is no number of events")
        if value is not None and value < 0:
            self.warn(f"“{question.query}” gives {value:g}: less than no events, taken as none")
            return 0.0
        return value

    def count(self, seconds: int, *, uncounted: bool = False) -> Count | None:
        """Events of a window; ``None`` without data: an empty answer for all events is no zero."""
        total, part = self.number("total", seconds), self.number(self.plan.part, seconds)
        if total is None:
            return None
        bad = self._bad(total, part)
        if not uncounted or self.counts_firsts:
            return Count(bad, total)
        first = self._first("bad")
        return Count(bad, total, first, max(self._first("total"), first))

    def _first(self, role: str) -> float:
        key = f"uncounted_{role}", self.plan.own
        asked = self.plan.instants.get(key)
        return (self.number(*key) or 0.0) if asked in self.answers else 0.0

    def _bad(self, total: float, part: float | None) -> float:
        if self.plan.part == "bad":
            if part is not None and part > total * (1 + _HAIR) + 1:
                self.warn(f"there are more bad events ({part:g}) than events ({total:g}): look at both queries")
            return part or 0.0
        if part is None and total > 0:
            self.warn("no series of good events, so that all events count as bad")
        if part is not None and part > total * (1 + _HAIR) + 1:
            self.warn(f"there are more good events ({part:g}) than events ({total:g}): look at both queries")
        return max(0.0, total - (part or 0.0))

    def steps(self, role: str) -> tuple[float | None, ...]:
        """One value for each step of the grid. Raises ``AfterwordError``."""
        found: list[float | None] = []
        for question in self.plan.ranges.get(role, ()):
            reply = self.reply(question)
            try:
                found += reply.values(question)
            except QuestionError as error:
                raise _about(question, error) from error
        return tuple(found)

    def _step(self, total: float | None, part: float | None) -> float | None:
        if total is None:
            return None
        value = part or 0.0 if self.plan.part == "bad" else total - (part or 0.0)
        return min(max(value, 0.0), max(total, 0.0))

    def latency(self) -> Latency | None:
        """The quantile, for display: that it cannot be had hinders nothing."""
        if "latency" not in self.plan.ranges or self.plan.threshold is None:
            return None
        try:
            return Latency(QUANTILE, self.plan.threshold, HOUR, self.steps("latency"))
        except AfterwordError as error:
            self.warn(f"the latency cannot be drawn: {error.message}")
            return None

    def check_bounds(self, question: Question | None) -> None:
        """Raises ``QuestionError`` when the threshold is no bucket's bound: such a bucket counts nothing, silently."""
        found = self.answers.get(question) if question else None
        if not isinstance(found, Reply):
            return
        bounds = sorted({float(labels["le"]) for labels, _ in found.series if _is_bound(labels.get("le"))})
        if self.plan.threshold not in bounds and bounds:
            written = ", ".join(f"{bound:g}" for bound in bounds)
            raise QuestionError(
                f"the threshold {self.plan.threshold:g} is no bound of the histogram’s buckets; they are {written}",
                "Take one of them.",
            )


def _about(question: Question, error: QuestionError) -> QuestionError:
    return QuestionError(f"“{question.query}”: {error.message}", error.hint)


def _is_bound(text: str | None) -> bool:
    try:
        return text is not None and math.isfinite(float(text))
    except ValueError:
        return False


def _written(value: float) -> str:
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
