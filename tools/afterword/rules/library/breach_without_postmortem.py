"""AW605: a breach in telemetry that nobody has written about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf

from afterword.findings import Finding, Level
from afterword.model import Breach, Telemetry
from afterword.rules.base import Context, Example, Rule, Scope


def _check(context: Context) -> Iterator[Finding]:
    for breach in context.telemetry.breaches if context.telemetry else ():
        if breach.is_open:
            yield Finding(RULE.code, RULE.name, RULE.level, _message(breach), breach.path, breach.span, _HINT)


def _message(breach: Breach) -> str:
    used = "a budget of zero" if breach.consumed == inf else f"{breach.consumed * 100:.0f} % of the budget"
    same_day = breach.start.date() == breach.end.date()
    end = f"{breach.end:%H:%M}" if same_day else f"{breach.end:%Y-%m-%d %H:%M}"
    when = f"from {breach.start:%Y-%m-%d %H:%M} to {end} UTC"
    return f"{breach.slo} lost {used} {when}, and no postmortem of {breach.service} tells of it"


_HINT = "Start one with `afterword new`, or say in budgets/waivers.yml why none is needed."
_BREACH = Breach(
    "checkout-errors", "checkout", datetime(2026, 3, 4, 9, 10, tzinfo=UTC), datetime(2026, 3, 4, 9, 50, tzinfo=UTC),
    consumed=0.41, bad=3540.0, path="budgets/slos/checkout-errors.yaml",
)  # fmt: skip
_EXPLAINED = Breach(
    _BREACH.slo, _BREACH.service, _BREACH.start, _BREACH.end, _BREACH.consumed, _BREACH.bad,
    explained_by=("2026-03-04-checkout-answered-503",), path=_BREACH.path,
)  # fmt: skip

RULE = Rule(
    code="AW605",
    name="breach-without-postmortem",
    level=Level.WARNING,
    scope=Scope.LIBRARY,
    summary="What used much of an error budget is told of in a postmortem, or waived.",
    rationale="An episode in which more went wrong than the target allows, gaps of up to 15 minutes closed, is a "
    "breach once it used over 10 % of a budget. A postmortem of the same service explains it when their times overlap; "
    "budgets/waivers.yml may say why none is needed. Found in the committed snapshots alone, and shown where the "
    "objective is defined.",
    good=(
        Example(
            "services: [checkout]",
            note="Telemetry lost 41 % of the budget of checkout-errors from 09:10 to 09:50.",
            telemetry=Telemetry(breaches=(_EXPLAINED,)),
        ),
    ),
    bad=(
        Example(
            "services: [orders]",
            note="The same breach of checkout, and only a postmortem of orders.",
            telemetry=Telemetry(breaches=(_BREACH,)),
        ),
    ),
    overall=_check,
)
