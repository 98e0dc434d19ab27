"""Figures: what the answers about one objective mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias

from afterword.budgets.snapshot import Count, Latency, Measurement
from afterword.budgets.sources.questions import HOUR, QUANTILE, WIDE, Plan
from afterword.budgets.sources.replies import Question, QuestionError, Reply
from afterword.budgets.sources.sparse import events
from afterword.errors import AfterwordError

Answers: TypeAlias = Mapping[Question, Reply | AfterwordError]
_MORE = 1.05
"""By so much wider ranges have to know more events, or the steps stay as they were asked for."""
_NOTHING = 1e-6
"""Events: by so little a sum of floats may be below zero."""
_NOISE = 1e-11
"""The share of all events by which two sums of the same floats may differ."""
_HAIR = 1e-3
"""A share by which extrapolation may count more good events than there are."""


class Reading:
    """The answers about one objective."""

    def __init__(self, item: Plan, answers: Answers, *, counts_firsts: bool) -> None:
        self.plan = item
        self.answers = answers
        self.counts_firsts = counts_firsts
        self.warnings: list[str] = []
        self.partial = False
        self.ranges = item.ranges
        self.width = 1

    def measurement(self) -> Measurement:
        """Raises ``AfterwordError``."""
        item = self.plan
        own = self.count(item.own, uncounted=True) if item.own else None
        windows = {seconds: count for role, seconds in item.instants if role == "total"
                   and (count := self.count(seconds)) is not None}  # fmt: skip
        self._choose_ranges()
        total, part = self.steps("total"), self.steps(item.part)
        bad = tuple(map(self._step, total, part))
        if own is not None and own.total > 0 and total and not any(total):
            self.warn("no step of 5 minutes has events: is it scraped less often than every 5 minutes?")
        return Measurement(
            item.objective, bad, total, own, windows, self.queries(), self.latency(), self._told(), self.partial
        )

    def _told(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.warnings))

    def warn(self, text: str) -> None:
        """Something that readers of the figure should know."""
        self.warnings.append(text)

    def queries(self) -> dict[str, str]:
        """The queries that give the figures, by role: for the objective's own window, and for steps.

        Several may have been joined into one on their way; each gives the same number by itself.
        """
        item = self.plan
        sent = {key: asked for key, asked in item.instants.items() if asked in self.answers}
        found = {role: asked.query for (role, seconds), asked in sent.items() if seconds == item.own}
        steps = {role if role == "latency" else f"{role}_step": asked[0].query for role, asked in self.ranges.items()}
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
            if value < -_NOTHING:
                self.warn(f"“{question.query}” gives {value:g}: less than no events, taken as none")
            return 0.0
        return value

    def count(self, seconds: int, *, uncounted: bool = False) -> Count | None:
        """Events of a window; ``None`` without data: an empty answer for all events is no zero."""
        total, part = self.number("total", seconds), self.number(self.plan.part, seconds)
        if total is None:
            return None
        bad = self._bad(total, part, decides=seconds == self.plan.own)
        if not uncounted or self.counts_firsts:
            return Count(bad, total)
        first = self._first("bad")
        return Count(bad, total, first, max(self._first("total"), first))

    def _first(self, role: str) -> float:
        key = f"uncounted_{role}", self.plan.own
        asked = self.plan.instants.get(key)
        return (self.number(*key) or 0.0) if asked in self.answers else 0.0

    def _bad(self, total: float, part: float | None, *, decides: bool) -> float:
        """Bad events. More good events than events would hide every loss, so nothing is decided by them.

        Raises ``AfterwordError`` for that in the window that the budget is judged by.
        """
        if self.plan.part == "bad":
            if part is not None and part > total * (1 + _HAIR) + 1:
                self.warn(f"there are more bad events ({part:g}) than events ({total:g}): look at both queries")
            return part or 0.0
        if part is None and total > 0:
            self.warn("no series of good events, so that all events count as bad")
        if part is not None and part > total * (1 + _HAIR) + 1:
            told = f"there are more good events ({part:g}) than events ({total:g})"
            if decides:
                raise QuestionError(told, "Look at both queries: they have to count the same requests.")
            self.warn(f"{told}: look at both queries")
        return _left(total, part)

    def steps(self, role: str) -> tuple[float | None, ...]:
        """One value for each step of the grid; of a wider range its part. Raises ``AfterwordError``."""
        found: list[float | None] = []
        for question in self.ranges.get(role, ()):
            reply = self.reply(question)
            try:
                found += reply.values(question)
            except QuestionError as error:
                raise _about(question, error) from error
        if self.width > 1 and role in self.plan.wide:
            return tuple([None if value is None else value / self.width for value in found])
        return tuple(found)

    def _choose_ranges(self) -> None:
        """The questions by which steps are told: the wide ones where these were asked, and know clearly more."""
        item = self.plan
        wide = events(item.wide.get("total", ()), self.answers)
        narrow = events(item.ranges.get("total", ()), self.answers) if wide else None
        if wide and narrow is not None and wide / WIDE > narrow * _MORE:
            self.ranges, self.width = {**item.ranges, **item.wide}, WIDE
            self.warn("scraped so seldom that each step of 5 minutes is taken from the 10 minutes that end with it")

    def _step(self, total: float | None, part: float | None) -> float | None:
        if total is None:
            return None
        value = part or 0.0 if self.plan.part == "bad" else _left(total, part)
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


def _left(total: float, part: float | None) -> float:
    """The bad beside the good. What sums of floats in another order leave is no event: it spends no zero budget."""
    left = total - (part or 0.0)
    return left if left > _NOISE * total else 0.0


def _about(question: Question, error: QuestionError) -> QuestionError:
    return QuestionError(f"“{question.query}”: {error.message}", error.hint)


def _is_bound(text: str | None) -> bool:
    try:
        return text is not None and math.isfinite(float(text))
    except ValueError:
        return False


def _written(value: float) -> str:
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
