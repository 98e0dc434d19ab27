"""Offline: the questions that a server would be sent, answered from samples that lie here.

What the answers mean is told by the same code as for a live server. A question that goes beyond what is evaluated
here is put to a real Prometheus on the same data, which is started only then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
import promql_parser as pql

from afterword.budgets.objective import Objective
from afterword.budgets.offline.evaluation import Evaluator, reach
from afterword.budgets.offline.extent import Extent
from afterword.budgets.offline.series import Series, Times, before
from afterword.budgets.offline.unanswered import UnansweredError
from afterword.budgets.snapshot import Measurement, Source
from afterword.budgets.sources import asking
from afterword.budgets.sources.asking import Answers, Asker
from afterword.budgets.sources.capture import Grid, own_seconds
from afterword.budgets.sources.replies import INSTANT, Question, QuestionError, Reply
from afterword.errors import AfterwordError

Select = Callable[[tuple[pql.Matcher, ...], int, int], list[Series]]
"""Finds series by the matchers of a selector, the name among them, with their samples of a time from start to end (ms).

Raises ``UnansweredError``.
"""


@dataclass(eq=False)
class Offline:
    """Measures objectives on the series that ``select`` finds; ``server`` gives somebody who answers all the rest.

    ``server`` is called once, with the part of PromQL that was too much. Raises ``AfterwordError`` when there is none.
    ``extent``: how far the samples reach; ``None`` for no samples at all.
    """

    source: Source
    select: Select
    server: Callable[[str], Asker]
    extent: Extent | None = None
    warnings: tuple[str, ...] = ()
    counts_firsts: bool = False
    _since: int | None = field(default=None, init=False)
    _until: int | None = field(default=None, init=False)
    _known: dict[tuple[tuple[str, str, str], ...], list[Series]] = field(default_factory=dict, init=False)
    """What selectors found from the one instant to the other: most are asked for a dozen windows."""
    _cut: dict[int, tuple[Series, Series]] = field(default_factory=dict, init=False)
    """Each series beside what is known of it by then, by its identity: what was computed of it is kept."""

    def measure(self, objectives: Sequence[Objective], grid: Grid, at: datetime) -> tuple[Measurement, ...]:
        """Raises ``AfterwordError`` for data that is damaged."""
        until = int(at.timestamp()) * 1000
        if until != self._until:
            self._until = until
            self._forget()
        if self.extent is not None:
            longest = max((own_seconds(item, at) for item in objectives), default=0)
            self.warnings = self.extent.warnings(at, longest)
            self.source = replace(self.source, retention_seconds=self.extent.kept(at, longest))
        return asking.measure(self, objectives, grid, at)

    def ask(self, questions: Sequence[Question]) -> Answers:
        """An answer to each question. Raises ``AfterwordError`` for data that is damaged."""
        answers: dict[Question, Reply | AfterwordError] = {}
        evaluator = Evaluator(self._selected)
        self._reach(questions)
        beyond: dict[Question, str] = {}
        for question in questions:
            try:
                answers[question] = _reply(evaluator, question)
            except UnansweredError as error:
                beyond[question] = str(error)
            except ValueError as error:
                answers[question] = QuestionError(f"it is no PromQL: {error}")
        if beyond:
            answers.update(self._asked(beyond))
        return answers

    def _reach(self, questions: Sequence[Question]) -> None:
        """Makes sure that samples are at hand from the earliest instant on that a question looks back to."""
        since = min((item.start * 1000 - reach(item.query) for item in questions), default=None)
        if since is not None and (self._since is None or since < self._since):
            self._since = since
            self._forget()

    def _forget(self) -> None:
        self._known, self._cut = {}, {}

    def _asked(self, beyond: dict[Question, str]) -> Answers:
        try:
            server = self.server(next(iter(beyond.values())))
        except AfterwordError as error:
            return dict.fromkeys(beyond, QuestionError(error.message, error.hint))
        return server.ask(list(beyond))

    def _selected(self, matchers: tuple[pql.Matcher, ...]) -> list[Series]:
        """The series up to the instant that is measured: a query may look ahead by a negative offset."""
        key = tuple((item.name, str(item.op), item.value) for item in matchers)
        if key not in self._known:
            self._known[key] = [self._until_then(one) for one in self.select(matchers, *self._time)]
        return self._known[key]

    @property
    def _time(self) -> tuple[int, int]:
        """From when to when samples are wanted."""
        always = -(1 << 62), 1 << 62
        return (
            always[0] if self._since is None else self._since,
            always[1] if self._until is None else self._until,
        )

    def _until_then(self, one: Series) -> Series:
        if self._until is None:
            return one
        if id(one) not in self._cut:
            self._cut[id(one)] = one, before(one, self._until)
        return self._cut[id(one)][1]


def _reply(evaluator: Evaluator, question: Question) -> Reply:
    """The answer in the form that a server's has: a value that is absent has no point."""
    instants = _instants(question)
    seconds = (instants // 1000).tolist()
    series = []
    for row in evaluator.ask(question.query, instants):
        values, present = row.vector.values.tolist(), row.vector.present
        if present.all():
            points = tuple(zip(seconds, values, strict=True))
        else:
            points = tuple((seconds[index], values[index]) for index in np.flatnonzero(present).tolist())
        if points:
            series.append((dict(row.labels), points))
    series.sort(key=lambda item: sorted(item[0].items()))
    return Reply(tuple(series))


def _instants(question: Question) -> Times:
    if question.kind == INSTANT:
        return np.array([question.start * 1000], np.int64)
    return np.arange(question.start, question.end + 1, question.step, dtype=np.int64) * 1000
