"""OpenSLO annotations of ours: what OpenSLO has no words for, under the prefix ``afterword/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from afterword.budgets.objective import LowTraffic, Silence
from afterword.budgets.openslo.documents import Document, Report, near
from afterword.validation import is_link

PREFIX = "afterword/"
ON_SLO = ("zero-budget", "no-data", "low-traffic", "minimum-events", "required", "runbook")
ON_CONDITION = ("query",)

_BOOLEANS = {"true": True, "false": False}
_SILENCES = {str(item): item for item in Silence}
_TRAFFIC = {str(item): item for item in LowTraffic}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the annotations of an SLO say; see ``Objective`` for the meaning."""

    zero_budget: bool = False
    no_data: Silence = Silence.UNCHECKED
    low_traffic: LowTraffic = LowTraffic.UNCHECKED
    minimum_events: int = 0
    required: bool = True
    runbook: str | None = None


def answers(document: Document, report: Report) -> Answers:
    """The annotations of an SLO, each with its default; findings for unknown ones and for wrong words."""
    known(document, ON_SLO, report)
    events = _written(document, "minimum-events") or "0"
    if not (events.isascii() and events.isdigit() and len(events) <= 15):
        _wrong(document, "minimum-events", report, "a whole number", '"1000"')
        events = "0"
    runbook = _written(document, "runbook")
    if runbook is not None and not (is_link(runbook) and runbook.startswith("http")):
        _wrong(document, "runbook", report, "an http or https address", "https://example.org/runbooks/checkout")
    return Answers(
        _word(document, "zero-budget", _BOOLEANS, False, report),
        _word(document, "no-data", _SILENCES, Silence.UNCHECKED, report),
        _word(document, "low-traffic", _TRAFFIC, LowTraffic.UNCHECKED, report),
        int(events),
        _word(document, "required", _BOOLEANS, True, report),
        runbook,
    )


def known(document: Document, names: tuple[str, ...], report: Report) -> None:
    """Adds a finding for each annotation of ours that has no meaning on this kind of object."""
    for key in document.metadata.get("annotations") or {}:
        if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in names:
            hint = near(key, [PREFIX + name for name in names])
            where = document.key("metadata", "annotations", key)
            report.add("AW103", document, where, f"unknown annotation “{key}”", hint)


def _written(document: Document, name: str) -> str | None:
    annotations = document.metadata.get("annotations") or {}
    return annotations.get(PREFIX + name)


def _word(document: Document, name: str, words: dict[str, Value], default: Value, report: Report) -> Value:
    written = _written(document, name)
    if written is None:
        return default
    if written not in words:
        _wrong(document, name, report, f"one of: {', '.join(words)}", f'"{next(iter(words))}"')
    return words.get(written, default)


def _wrong(document: Document, name: str, report: Report, wanted: str, example: str) -> None:
    message = f"{PREFIX}{name} is “{_written(document, name)}”, not {wanted}"
    where = document.span("metadata", "annotations", PREFIX + name)
    report.add("AW101", document, where, message, f"For example: {example}")
