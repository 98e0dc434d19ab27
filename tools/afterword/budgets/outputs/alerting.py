"""Alerting: when somebody is told about an objective's budget, as rules of Prometheus.

Multi-window alerts by the pace, as ``burn`` lays them out; the alerts of the objective's own OpenSLO policies; and
one that speaks when there is nothing to judge by. Alerts read what ``recording`` keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from afterword.budgets import burn, promql
from afterword.budgets.objective import Alert, Objective, Op, Silence
from afterword.budgets.outputs.recording import HOUR, labels, length, number, paces, selected, written
from afterword.budgets.promql.ranges import longest_range

SILENT = {Silence.UNCHECKED: (6 * HOUR, "ticket"), Silence.BAD: (HOUR, "page")}
"""After how long a silence somebody is told, and how urgently; a silence that means good is no news."""
SAMPLE = 60
_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">="}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alerting rule. ``after`` seconds of it make an alert. ``note``: a comment in front of it."""

    name: str
    expr: str
    after: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def alarms(objective: Objective, site: str | None = None) -> tuple[tuple[Alarm, ...], tuple[str, ...]]:
    """The alerts of an objective, and a note for each that is left out because it could never speak.

    ``site``: the address of the library's site, for links to the objective's page.
    """
    found: list[Alarm] = []
    notes: list[str] = []
    for item in (*_paced(objective, site), *_own(objective, site)):
        if isinstance(item, str):
            notes.append(item)
        else:
            found.append(item)
    return (*found, *_silent(objective, site)), tuple(notes)


def literal(text: str) -> str:
    """Text in which Prometheus finds no template."""
    return text.replace("{{", '{{ "{{" }}')


def _paced(objective: Objective, site: str | None) -> Iterator[Alarm | str]:
    if not objective.budget:
        yield _lost(objective, site)
        return
    for pace in paces(objective):
        factor = pace.factor(length(objective))
        if burn.can_fire(factor, objective.budget):
            yield _burning(objective, pace, factor, site)
        else:
            most = number(float(1 / objective.budget))
            yield (
                f"{objective.id}: no alert for {_percent(pace)} of the budget in {written(pace.seconds)}. It "
                f"would need a burn rate above {number(float(factor))}, and when all is bad it is {most}."
            )


def _burning(objective: Objective, pace: burn.Pace, factor: Fraction, site: str | None) -> Alarm:
    limit = number(float(factor * objective.budget))
    window, times = written(pace.seconds), number(float(factor))
    most = number(float(1 / objective.budget))
    conditions = [f"{selected(objective, seconds)} > {limit}" for seconds in (pace.seconds, pace.confirmed_over)]
    slow = " It speaks of a pace at which the budget would last." if factor < 1 else ""
    return Alarm(
        name="ErrorBudgetBurn",
        expr="\nand\n".join(dict.fromkeys(conditions)),
        labels=_labels(objective, pace.severity, window=window),
        annotations=_annotations(
            objective,
            f"The error budget of {literal(objective.id)} burns at over {times} times the pace that just spends it",
            f"{{{{ $value | humanizePercentage }}}} of the {objective.unit} of {window} were bad. At this pace over "
            f"{_percent(pace)} of the budget of {written(length(objective))} is used in {window}. "
            f"The largest burn rate there can be is {most}, when all is bad.",
            site,
        ),
        note=f"A burn rate above {times}; the largest possible one is {most}.{slow}",
    )


def _percent(pace: burn.Pace) -> str:
    return f"{number(float(pace.share * 100))} %"


def _lost(objective: Objective, site: str | None) -> Alarm:
    """With a target of 100 % every bad event counts, also the one with which a series begins."""
    expr = f"(({promql.bad(objective, HOUR)}) or vector(0))"
    first = promql.uncounted(objective, HOUR, "bad")
    if first:
        expr += f"\n+ (({first}) or vector(0))"
    return Alarm(
        name="ErrorBudgetLost",
        expr=f"{expr}\n> 0",
        labels=_labels(objective, "page", window="1h"),
        annotations=_annotations(
            objective,
            f"{literal(objective.id)} allows no bad {objective.unit}, and there were some",
            f"{{{{ $value | humanize }}}} {objective.unit} of the last hour were bad, those with which a series began "
            "among them. The target is 100 %, so the budget is exhausted.",
            site,
        ),
        note="The target is 100 %: any bad event exhausts the budget.",
    )


def _own(objective: Objective, site: str | None) -> Iterator[Alarm | str]:
    """The alerts of the objective's own policies."""
    for alert in objective.alerts:
        if alert.query is not None:
            yield _by_value(objective, alert, alert.query, site)
        elif not objective.budget:
            yield f"{objective.id}: no alert “{alert.name}”. A target of 100 % leaves no budget that could burn."
        elif not burn.can_fire(Fraction(str(alert.burn)), objective.budget):
            most = number(float(1 / objective.budget))
            yield (
                f"{objective.id}: no alert “{alert.name}”. It would need a burn rate above {number(alert.burn)}, and "
                f"when all is bad it is {most}."
            )
        else:
            yield _by_pace(objective, alert, site)


def _by_pace(objective: Objective, alert: Alert, site: str | None) -> Alarm:
    limit = number(float(Fraction(str(alert.burn)) * objective.budget))
    said = f"{{{{ $value | humanizePercentage }}}} of the {objective.unit} of {written(alert.window)} were bad, "
    return Alarm(
        name=_name(alert.name),
        expr=f"{selected(objective, alert.window)} > {limit}",
        after=alert.after,
        labels=_labels(objective, alert.severity, policy=alert.name, window=written(alert.window)),
        annotations=_annotations(
            objective,
            f"{literal(objective.id)}: {literal(alert.description or alert.name)}",
            f"{said}which is more than {limit} and a burn rate above {number(alert.burn)}.",
            site,
        ),
    )


def _by_value(objective: Objective, alert: Alert, query: str, site: str | None) -> Alarm:
    limit = number(alert.value or 0.0)
    sign = _SIGNS[alert.op]
    return Alarm(
        name=_name(alert.name),
        expr=f"{averaged(query, alert.window)} {sign} {limit}",
        after=alert.after,
        labels=_labels(objective, alert.severity, policy=alert.name, window=written(alert.window)),
        annotations=_annotations(
            objective,
            f"{literal(objective.id)}: {literal(alert.description or alert.name)}",
            f"The value of {written(alert.window)} is {{{{ $value | humanize }}}}; the alert speaks when it is "
            f"{sign} {limit}.",
            site,
        ),
    )


def averaged(query: str, seconds: int) -> str:
    """A query's mean over a window; as it is when it looks over that window itself."""
    text = promql.filled(query, seconds)
    text = f"(\n{text}\n)" if "#" in text or "\n" in text else f"({text})"
    if promql.has_window(query) or longest_range(query) >= seconds:
        return text
    return f"avg_over_time({text}[{written(seconds)}:{SAMPLE}s])"


def _silent(objective: Objective, site: str | None) -> Iterator[Alarm]:
    if objective.no_data not in SILENT:
        return
    seconds, severity = SILENT[objective.no_data]
    yield Alarm(
        name="ErrorBudgetNoData",
        expr=f"absent({selected(objective, seconds)})",
        after=15 * 60,
        labels=_labels(objective, severity),
        annotations=_annotations(
            objective,
            f"There is nothing to judge {literal(objective.id)} by",
            f"For {written(seconds)} there were no {objective.unit}. A gate cannot judge such a budget.",
            site,
        ),
    )


def _labels(objective: Objective, severity: str, **more: str) -> dict[str, str]:
    known = {**labels(objective), "severity": severity, **more}
    return {key: literal(value) for key, value in known.items()}


def _annotations(objective: Objective, summary: str, description: str, site: str | None) -> dict[str, str]:
    found = {"summary": " ".join(summary.split()), "description": description}
    if objective.runbook:
        found["runbook_url"] = literal(objective.runbook)
    if site:
        found["link"] = literal(f"{site.rstrip('/')}/budgets/{objective.id}/")
    return found


def _name(text: str) -> str:
    """A name as alerts bear them: ``fast-burn`` → ``FastBurn``."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    name = "".join(word[0].upper() + word[1:] for word in words)
    return name if name[:1].isalpha() else f"ErrorBudget{name}"
