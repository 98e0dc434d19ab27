"""AW606: an error budget that telemetry measured otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from afterword.findings import Finding, Level
from afterword.model import Charge, Postmortem, Telemetry, id_of
from afterword.rules.base import Context, Example, Rule, Scope

RELATIVE = 0.05
ABSOLUTE = 0.005


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    if context.telemetry is None or postmortem.is_ongoing:
        return  # what goes on still changes
    measured = {charge.slo: charge.consumed for charge in context.telemetry.of(postmortem.id)}
    for cost in postmortem.budgets:
        found = measured.get(cost.slo)
        if found is None or found == inf or _agree(cost.consumed, found):
            continue
        message = f"{_percent(cost.consumed)} of {cost.slo} is stated, and telemetry says {_percent(found)}"
        hint = f"Run `afterword budget impact {postmortem.id} --write`."
        yield RULE.finding(postmortem, postmortem.mark(f"budgets/{cost.index}/consumed"), message, hint)


def _agree(stated: float, measured: float) -> bool:
    return abs(stated - measured) <= max(RELATIVE * measured, ABSOLUTE)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


_MEASURED = Telemetry(charges=(Charge("2026-03-04-checkout-answered-503", "checkout-errors", 0.412, 3540.0, 0.0),))
_NOTE = "Telemetry says 41.2 %."

RULE = Rule(
    code="AW606",
    name="budget-differs",
    level=Level.WARNING,
    scope=Scope.LIBRARY,
    summary="The error budget that a postmortem states is the one that telemetry measured.",
    rationale="What an incident used is the bad events from `started` to `resolved` above the baseline, as a fraction "
    "of the budget of the window that ended with it, so the figure never changes again. The stated one may differ by "
    "5 %, or by half a per cent of the budget. Where the snapshots do not hold the window nothing is said.",
    good=(
        Example("budgets: [{slo: checkout-errors, consumed: 0.4}]", note=_NOTE, telemetry=_MEASURED),
        Example("budgets: [{slo: checkout-latency, consumed: 0.9}]", note="Not measured.", telemetry=_MEASURED),
    ),
    bad=(Example("budgets: [{slo: checkout-errors, consumed: 0.2}]", note=_NOTE, telemetry=_MEASURED),),
    compare=_compare,
    concerns=lambda record, _, context: bool(context.telemetry and context.telemetry.of(id_of(record.path))),
)
