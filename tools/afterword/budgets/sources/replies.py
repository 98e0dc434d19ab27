"""Replies: answers of the HTTP API that Prometheus, Thanos, Mimir and VictoriaMetrics share, as series of numbers.

Nothing is guessed: what is not exactly as the API promises is a fault.
"""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from afterword.errors import AfterwordError

INSTANT, RANGE = "instant", "range"
_RESULT = {INSTANT: "vector", RANGE: "matrix"}
_LONGEST = 300


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """One query and the time that it is asked for. Times in seconds since 1970; an instant has ``start == end``.

    ``server``: the data source's name; empty for the default one.
    """

    query: str
    kind: str
    start: int
    end: int
    step: int = 0
    server: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question was answered with: labels and points of each series. A missing series is no zero."""

    series: tuple[tuple[Mapping[str, str], tuple[tuple[float, float], ...]], ...] = ()
    warnings: tuple[str, ...] = ()
    infos: tuple[str, ...] = ()

    def value(self) -> float | None:
        """The one number of an instant; ``None`` without one. Raises ``QuestionError`` when there are several."""
        points = self._single()
        return points[-1][1] if points else None

    def values(self, question: Question) -> tuple[float | None, ...]:
        """A number for each step of the question. Raises ``QuestionError`` for several series."""
        asked = range(question.start, question.end + 1, question.step)
        points = self._single()
        if len(points) == len(asked) and all(map(operator.eq, (at for at, _ in points), asked)):
            return tuple([value if math.isfinite(value) else None for _, value in points])
        by_time = {at: value if math.isfinite(value) else None for at, value in points}
        if len(by_time) == len(points) and by_time.keys() <= set(asked):
            return tuple(map(by_time.get, asked))
        found: list[float | None] = [None] * len(asked)
        for at, value in points:
            index, rest = divmod(round(at * 1000) - question.start * 1000, question.step * 1000)
            if rest or not 0 <= index < len(asked):
                raise QuestionError("the answer has points at times that were not asked for")
            found[index] = value if math.isfinite(value) else None
        return tuple(found)

    def _single(self) -> tuple[tuple[float, float], ...]:
        if len(self.series) > 1:
            labels = sorted({name for item, _ in self.series for name in item})
            raise QuestionError(
                f"the answer has {len(self.series)} series, and one number was expected",
                f"Sum the query: they differ by {', '.join(labels[:8])}.",
            )
        return self.series[0][1] if self.series else ()


class QuestionError(AfterwordError):
    """One question could not be answered; others may be."""


def parse(data: bytes, question: Question) -> Reply:
    """The reply in a body. Raises ``QuestionError``."""
    try:
        answer = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise QuestionError("the answer is no JSON", "Is this the address of a Prometheus API?") from None
    if not isinstance(answer, dict):
        raise _other("it is no object")
    if answer.get("status") != "success":
        raise refused(answer)
    found = answer.get("data")
    if not isinstance(found, dict) or not isinstance(found.get("result"), list):
        raise _other("it has no result")
    wanted = _RESULT[question.kind]
    if found.get("resultType") != wanted:
        raise QuestionError(f"the answer is a {_short(found.get('resultType'))}, and a {wanted} was expected")
    series = tuple(_series(item, question) for item in found["result"])
    return Reply(series, _texts(answer.get("warnings")), _texts(answer.get("infos")))


def refused(answer: Mapping[str, Any]) -> QuestionError:
    """The error of an answer that says it is one."""
    kind, why = answer.get("errorType"), answer.get("error")
    if not isinstance(why, str):
        return _other("it says neither success nor what failed")
    return QuestionError(f"the server refused it ({_short(kind)}): {_short(why)}")


def _series(item: Any, question: Question) -> tuple[Mapping[str, str], tuple[tuple[float, float], ...]]:
    labels = item.get("metric") if isinstance(item, dict) else None
    if not isinstance(labels, dict):
        raise _other("a series has no labels")
    points = [item.get("value")] if question.kind == INSTANT else item.get("values")
    if not isinstance(points, list):
        raise _other("a series has no values")
    found = _points(points)
    if question.kind == INSTANT and round(found[0][0] * 1000) != question.start * 1000:
        raise QuestionError("the answer is for another time than the one asked for")
    return labels, found


def _points(pairs: list[Any]) -> tuple[tuple[float, float], ...]:
    """Times and values: NaN, +Inf and -Inf, too. Whole lists at once, since a range has ten thousand of them."""
    try:
        times, texts = [at for at, _ in pairs], [text for _, text in pairs]
        if set(map(type, texts)) <= {str} and set(map(type, times)) <= {int, float}:
            return tuple(zip(times, map(float, texts), strict=True))
    except (TypeError, ValueError):
        pass
    raise _other("a value is no number")


def _texts(values: Any) -> tuple[str, ...]:
    if values is None:
        return ()
    if not isinstance(values, Sequence):
        raise _other("its warnings are no list")
    return tuple(sorted({_short(value) for value in values}))


def _short(text: object) -> str:
    """Foreign text on one line, without signs that a terminal obeys."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _other(why: str) -> QuestionError:
    return QuestionError(f"the answer is not one of a Prometheus API: {why}")


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
