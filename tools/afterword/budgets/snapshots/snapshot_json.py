"""Snapshot as JSON: the canonical text, and a reader that takes nothing else.

``schemas/snapshot.schema.json`` says it for people. Here it is checked by hand: a validator takes a second over arrays
of a hundred thousand numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar

from afterword.budgets import definition
from afterword.budgets.snapshot import FORMAT, STEP, Count, Latency, Measurement, Snapshot, Source
from afterword.errors import AfterwordError
from afterword.timing import parse_time

_Kind = TypeVar("_Kind")
_WORDS: dict[type, str] = {str: "text", int: "a number", bool: "true or false", list: "a list", dict: "an object"}
_MARK = re.compile(rb',"sha256":"([0-9a-f]{64})"\}\Z')
_MARK_LENGTH = len(',"sha256":""}') + 64
_MOST_STEPS = 2_000_000
_NEWER = "It was written by a newer version of afterword: update this one."


class MalformedError(AfterwordError):
    """The text is no snapshot; the message goes after the file's name."""


def write(snapshot: Snapshot) -> bytes:
    """The canonical text: sorted keys, no blanks, UTF-8, the checksum as its last member."""
    plain = json.dumps(_facts(snapshot), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    data = plain.encode()
    return data[:-1] + f',"sha256":"{hashlib.sha256(data).hexdigest()}"}}'.encode()


def _facts(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "captured_at": _written(snapshot.captured_at),
        "at": _written(snapshot.at),
        "start": _written(snapshot.start),
        "step": STEP,
        "steps": snapshot.steps,
        "source": {name: getattr(snapshot.source, name) for name in Source.__slots__},
        "measurements": [_measured(item) for item in snapshot.measurements],
        "warnings": list(snapshot.warnings),
        "specs": snapshot.specs,
    }


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _measured(item: Measurement) -> dict[str, Any]:
    latency = item.latency
    return {
        "objective": definition.dump(item.objective),
        "bad": list(item.bad),
        "total": list(item.total),
        "own": None if item.own is None else _counted(item.own),
        "windows": {str(seconds): _counted(count) for seconds, count in item.windows.items()},
        "queries": dict(item.queries),
        "latency": None
        if latency is None
        else {
            "quantile": latency.quantile,
            "threshold": latency.threshold,
            "step": latency.step,
            "values": list(latency.values),
        },
        "warnings": list(item.warnings),
        "partial": item.partial,
        "error": item.error,
    }


def _counted(count: Count) -> dict[str, float]:
    return {name: _plain(getattr(count, name)) for name in Count.__slots__}


def _plain(value: float) -> float:
    """Whole numbers without a point, so that the text is the same after reading it again."""
    return int(value) if value == int(value) else value


def read(data: bytes) -> Snapshot:
    """The snapshot of a canonical text. Raises ``MalformedError``."""
    mark = _MARK.search(data, max(0, len(data) - _MARK_LENGTH))
    if mark is None:
        raise MalformedError("is no snapshot of ours: it does not end with a checksum")
    if hashlib.sha256(data[: mark.start()] + b"}").hexdigest() != mark[1].decode():
        raise MalformedError("was changed: its checksum is another one")
    try:
        return _snapshot(json.loads(data, parse_constant=_no_number))
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        detail = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)
        raise MalformedError(f"is no snapshot of ours: {detail}") from error
    except MalformedError:
        raise
    except AfterwordError as error:
        raise MalformedError(error.message, error.hint) from error


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"“{text}” is no number")


def _snapshot(facts: dict[str, Any]) -> Snapshot:
    if type(facts["format"]) is not int or facts["format"] != FORMAT:
        raise MalformedError(f"has format {facts['format']!r}, and format {FORMAT} is understood here", _NEWER)
    if facts["step"] != STEP:
        raise ValueError(f"its step is not {STEP} s")
    steps = _of(facts["steps"], int)
    if not 0 <= steps <= _MOST_STEPS:
        raise ValueError("the number of its steps cannot be")
    found = Snapshot(
        captured_at=_instant(facts["captured_at"]),
        at=_instant(facts["at"]),
        start=_instant(facts["start"]),
        steps=steps,
        source=_source(facts["source"]),
        measurements=tuple(_measurement(item, steps) for item in _of(facts["measurements"], list)),
        warnings=_texts(facts["warnings"]),
        specs=facts["specs"] if facts.get("specs") is None else _of(facts["specs"], str),
    )
    if found.start.timestamp() % STEP or not 0 <= (found.at - found.end).total_seconds() < STEP:
        raise ValueError("its steps do not fit the instant")
    ids = [item.objective.id for item in found.measurements]
    if len(set(ids)) < len(ids):
        raise ValueError("an objective stands in it twice")
    return found


def _instant(text: str) -> datetime:
    at = parse_time(text)
    if at is None:
        raise ValueError(f"“{text}” is no time")
    return at.astimezone(UTC)


def _source(facts: dict[str, Any]) -> Source:
    retention = facts["retention_seconds"]
    return Source(
        kind=_of(facts["kind"], str),
        flavour=_of(facts["flavour"], str),
        version=_maybe(facts["version"]),
        retention_seconds=None if retention is None else _of(retention, int),
        url=_maybe(facts["url"]),
    )


def _measurement(facts: dict[str, Any], steps: int) -> Measurement:
    objective = definition.load(_of(facts["objective"], dict))
    error = _maybe(facts["error"])
    bad, total = _steps(facts["bad"]), _steps(facts["total"])
    if len(bad) != len(total) or len(total) not in ({0, steps} if error is not None else {steps}):
        raise ValueError(f"“{objective.id}” has {len(total)} steps, not {steps}")
    own, latency = facts["own"], facts["latency"]
    return Measurement(
        objective=objective,
        bad=bad,
        total=total,
        own=None if own is None else _count(own),
        windows={int(seconds): _count(count) for seconds, count in facts["windows"].items()},
        queries={_of(role, str): _of(query, str) for role, query in facts["queries"].items()},
        latency=None if latency is None else _latency(latency),
        warnings=_texts(facts["warnings"]),
        partial=_of(facts["partial"], bool),
        error=error,
    )


def _latency(facts: dict[str, Any]) -> Latency:
    return Latency(
        _number(facts["quantile"]), _number(facts["threshold"]), _of(facts["step"], int), _steps(facts["values"])
    )


def _count(facts: Mapping[str, Any]) -> Count:
    return Count(**{name: _number(facts[name]) for name in Count.__slots__})


_NUMBERS = frozenset({int, float, type(None)})


def _steps(values: list[Any]) -> tuple[float | None, ...]:
    """Numbers from 0, or ``None``. Whole-array operations: there may be millions."""
    kinds = set(map(type, _of(values, list)))
    if not kinds <= _NUMBERS:
        raise TypeError("something in its steps is no number")
    numbers = [value for value in values if value is not None] if type(None) in kinds else values
    if numbers and not (min(numbers) >= 0 and max(numbers) < math.inf):
        raise ValueError("a number in its steps cannot be")
    return tuple(values)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _of(value: Any, kind: type[_Kind]) -> _Kind:
    if type(value) is not kind:
        raise TypeError(f"{str(value)[:40]!r} stands where {_WORDS[kind]} should be")
    found: _Kind = value
    return found


def _maybe(value: Any) -> str | None:
    return None if value is None else _of(value, str)


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_of(value, str) for value in _of(values, list))
