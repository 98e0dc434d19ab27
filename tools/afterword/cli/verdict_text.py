"""A verdict of the gate on one screen: the state, why, what it means, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from afterword.cli import verdicts
from afterword.terminal import printable

if TYPE_CHECKING:
    from afterword.budgets.gate import Verdict


def text(verdict: Verdict, now: datetime) -> str:
    """The whole of it."""
    return "\n".join(_lines(verdict, now))


def overview(verdict: Verdict, now: datetime) -> str:
    """What ``budget status`` shows: the table, why something could not be judged, and where it comes from."""
    from afterword.budgets.gate import state_of  # noqa: PLC0415  # --help must not wait for it

    lines = [verdicts.table(verdict.budgets, state_of).rstrip("\n"), ""] if verdict.budgets else []
    lines += [printable(reason) for reason in verdict.reasons]
    lines += [f"Open incident: {item.id}, since {item.started}" for item in verdict.evidence.open_incidents]
    lines += [f"Note: {printable(warning)}" for warning in verdict.evidence.warnings]
    if source := verdicts.provenance(verdict.evidence, now):
        lines.append(printable(source))
    return "\n".join([*lines, f"{verdicts.colored(verdict.state)} {printable(verdict.text)}"])


def _lines(verdict: Verdict, now: datetime) -> Iterator[str]:
    from afterword.budgets.gate import state_of  # noqa: PLC0415  # --help must not wait for it

    answer = (
        click.style("passes", fg="green", bold=True)
        if verdict.passed
        else click.style("is blocked", fg="red", bold=True)
    )
    yield f"{verdict.change.value.capitalize()} to {printable(verdict.service or 'all services')} {answer}"
    if verdict.worst is not None and state_of(verdict.worst) is verdict.state:
        yield verdicts.headline(verdict.worst, verdict.state)
    else:
        yield verdicts.colored(verdict.state)
    yield f"  {printable(verdict.text)}"
    for reason in verdict.reasons:
        yield f"  {printable(reason)}"
    if verdict.budgets:
        yield ""
        yield verdicts.table(verdict.budgets, state_of).rstrip("\n")
    yield from _rest(verdict, now)


def _rest(verdict: Verdict, now: datetime) -> Iterator[str]:
    evidence = verdict.evidence
    yield ""
    for item in evidence.open_incidents:
        yield f"Open incident: {item.id}, since {item.started}"
    for warning in evidence.warnings:
        yield f"Note: {printable(warning)}"
    if source := verdicts.provenance(evidence, now):
        yield printable(source)
    if verdict.override is not None:
        who = f", approved by {verdict.override.approved_by}" if verdict.override.approved_by else ""
        variables = " and ".join(verdict.override.variables)
        yield printable(f"Overridden by {variables}{who}: {verdict.override.reason or 'no reason given'}")
    for place in verdict.recorded:
        yield printable(f"Recorded in {place}")
    if not verdict.passed:
        yield _way_out(verdict)


def _way_out(verdict: Verdict) -> str:
    from afterword.budgets.gate import overrides  # noqa: PLC0415  # --help must not wait for it

    states = overrides.needed(verdict.blocking)
    wanted = [f"{overrides.VARIABLES[state]}=true" for state in states]
    wanted += [f"{overrides.REASON}=…"] if any(map(overrides.needs_reason, states)) else []
    wanted += [f"{overrides.APPROVER}=…"] if any(map(overrides.needs_approver, states)) else []
    return f"A rollback passes always. To override: {' '.join(wanted)}"
