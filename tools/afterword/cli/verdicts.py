"""Verdicts: what a gate or a status says, as text, as JSON, and as an exit code that nothing else can be taken for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from afterword.cli import tables
from afterword.cli.failure import Failure

if TYPE_CHECKING:
    from afterword.budgets.budget import Budget, State
    from afterword.budgets.gate import Evidence, Verdict

VERSION = 1
_COLORS = {
    "NORMAL": "green", "CAUTION": "yellow", "WARNING": "yellow", "FREEZE": "red", "EXHAUSTED": "red",
    "UNCHECKED": "magenta",
}  # fmt: skip
_COLUMNS = (
    tables.Column("Objective", shrinks=16),
    tables.Column("State"),
    tables.Column("Left", right=True),
    tables.Column("Outage left", right=True, drops=True),
    tables.Column("Events left", right=True, drops=True),
    tables.Column("Burn 1 h", right=True),
    tables.Column("6 h", right=True, drops=True),
    tables.Column("3 d", right=True, drops=True),
    tables.Column("Marks", drops=True),
)


class Code(int):
    """An exit code that was meant: 0, 1, 2, 3 or 99. Any other number that a program ends with is an accident."""


class Minutes(click.FloatRange):
    """A length in minutes, up to a year; what is no number is more than nothing and less than nothing."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=527_040)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Fails for one out of bounds."""
        found = super().convert(value, param, ctx)
        if found != found:  # noqa: PLR0124  # NaN
            self.fail(f"{value!r} is no number.", param, ctx)
        return found


class Unjudged(Failure):
    """The gate could not judge."""

    exit_code = 99


def colored(state: State) -> str:
    """A state as its word, in its colour."""
    return click.style(state.value, fg=_COLORS[state.value], bold=True)


def table(budgets: Sequence[Budget], state_of: Any) -> str:
    """The objectives, the worst first; ``state_of`` gives the state as the gate takes it."""
    from afterword.budgets.gate import RANK  # noqa: PLC0415  # --help must not wait for it

    ordered = sorted(budgets, key=lambda item: (-RANK.index(state_of(item)), item.objective.id))
    rows = [_row(item, state_of(item)) for item in ordered]
    return tables.aligned(_COLUMNS, rows, tables.width_of_terminal())


def _row(item: Budget, state: State) -> list[str]:
    from afterword.budgets import words  # noqa: PLC0415  # --help must not wait for it

    paces = {burn.seconds: words.rate(burn) for burn in item.burns}
    bound = item.objective.budget and item.remaining is not None
    minutes = words.outage(item.seconds_left) if bound and item.seconds_left is not None else "–"
    events = f"{words.whole(item.events_left):,}" if bound and item.events_left is not None else "–"
    marks = [*item.marks, *([] if item.objective.required else ["not required"])]
    return [
        item.objective.id,
        state.value,
        "all lost" if item.infinite else words.figure(item),
        minutes.replace("-", "−"),
        events.replace("-", "−"),
        *(paces.get(seconds, "–") for seconds in (3600, 21_600, 259_200)),
        ", ".join(marks),
    ]


def headline(budget: Budget, state: State) -> str:
    """``WARNING 45.2 % left of checkout-availability = 19.6 min of full outage, 12,404 events``."""
    from afterword.budgets import words  # noqa: PLC0415  # --help must not wait for it

    amounts = words.amounts(budget)
    left = words.left(budget)
    of = f"{left} of {budget.objective.id}" if left.endswith("left") else f"{budget.objective.id}: {left}"
    return f"{colored(state)} {of}{f' = {amounts}' if amounts else ''}"


def provenance(evidence: Evidence, now: datetime) -> str:
    """Where the figures come from and how old they are."""
    if evidence.at is None:
        return f"From {evidence.source}" if evidence.source else ""
    age = max((now - evidence.at).total_seconds(), 0)
    old = f"{age / 60:.0f} min" if age < 7200 else f"{age / 3600:.0f} h" if age < 172_800 else f"{age / 86_400:.0f} d"
    return f"From {evidence.source}, as of {evidence.at:%Y-%m-%d %H:%M} UTC ({old} old)"


def facts(budget: Budget, state: State) -> dict[str, Any]:
    """One objective as JSON: shares as fractions, ``null`` where there is no number."""
    objective, count = budget.objective, budget.count
    return {
        "id": objective.id,
        "title": objective.title,
        "service": objective.service,
        "required": objective.required,
        "state": state.value,
        "target": _number(objective.target),
        "method": objective.method.value,
        "window": {"start": _instant(budget.span.start), "end": _instant(budget.span.at)},
        "remaining": _number(budget.remaining),
        "infinite": budget.infinite,
        "remaining_without_corrections": _number(budget.raw_remaining),
        "remaining_with_uncounted": _number(budget.corrected_remaining),
        "bad": None if count is None else count.bad,
        "total": None if count is None else count.total,
        "uncounted_bad": None if count is None else count.uncounted_bad,
        "unit": objective.unit,
        "events_left": budget.events_left,
        "seconds_left": budget.seconds_left,
        "burn": {str(item.seconds): {"rate": item.rate, "infinite": item.infinite} for item in budget.burns},
        "coverage": budget.coverage,
        "marks": list(budget.marks),
        "reason": budget.reason,
        "runbook": objective.runbook,
    }


def verdict_facts(verdict: Verdict, now: datetime) -> dict[str, Any]:
    """What ``afterword gate --json`` prints."""
    from afterword.budgets.gate import state_of  # noqa: PLC0415  # --help must not wait for it

    evidence, override, worst = verdict.evidence, verdict.override, verdict.worst
    return {
        "version": VERSION,
        "passed": verdict.passed,
        "can_deploy": verdict.passed,
        "state": verdict.state.value,
        "code": verdict.code,
        "state_code": verdict.state.code,
        "change": verdict.change.value,
        "service": verdict.service,
        "judged_at": _instant(now),
        "at": _instant(evidence.at),
        "captured_at": _instant(evidence.captured_at),
        "age_seconds": None if evidence.at is None else (now - evidence.at).total_seconds(),
        "source": evidence.source,
        "worst": None if worst is None else worst.objective.id,
        "remaining": None if worst is None else _number(worst.remaining),
        "infinite": worst is not None and worst.infinite,
        "text": verdict.text,
        "reasons": list(verdict.reasons),
        "warnings": list(evidence.warnings),
        "objectives": [facts(item, state_of(item)) for item in verdict.budgets],
        "open_incidents": [
            {"id": item.id, "title": item.title, "services": list(item.services), "started": item.started}
            for item in evidence.open_incidents
        ],
        "override": None
        if override is None
        else {"variables": list(override.variables), "reason": override.reason, "approved_by": override.approved_by},
        "recorded": list(verdict.recorded),
    }


def as_json(found: dict[str, Any]) -> str:
    """JSON for programs; a number that is none would be a fault of ours."""
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds").replace("+00:00", "Z")
