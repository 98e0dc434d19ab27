"""Metrics: what the library's measures say, as OpenMetrics text, so that a Prometheus can scrape them from the site.

All are gauges: they say how things stood when the site was built, which is a metric, too. Label values are words of
the settings, teams and objectives, never titles or people: their number is bounded. Prometheus' older text format
reads the file as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from afterword.measures import Unit
from afterword.measures.backlog import NOT_STATED
from afterword.pages.site import Site

FILE = "metrics.txt"
DAY = 86_400
STATES = ("NORMAL", "CAUTION", "WARNING", "FREEZE", "EXHAUSTED", "UNCHECKED")

_NAMES = {
    "ttd": "time_to_detect",
    "tta": "time_to_acknowledge",
    "ttm": "time_to_mitigate",
    "ttr": "time_to_resolve",
    "ttp": "time_to_postmortem",
    "completion": "action_completion",
    "completion-longer": "longer_action_completion",
    "time-to-implement": "time_to_implement",
    "coverage": "coverage",
    "coverage-critical": "critical_coverage",
    "recurrence": "recurrence",
}

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """One metric and its values by their labels."""

    name: str
    help: str
    samples: tuple[tuple[Labels, float], ...]


def text(site: Site) -> str:
    """The exposition. The same library and clock give the same bytes."""
    lines = []
    for family in families(site):
        if family.samples:
            lines += [f"# TYPE {family.name} gauge", f"# HELP {family.name} {_escaped(family.help)}"]
            lines += sorted(f"{family.name}{_labels(labels)} {_number(value)}" for labels, value in family.samples)
    return "\n".join([*lines, "# EOF", ""])


def families(site: Site) -> Iterator[Family]:
    """The metrics, in the order of the file."""
    clock = site.as_of.timestamp()
    yield Family("afterword_as_of_timestamp_seconds", "When the library was judged.", (({}, clock),))
    yield _postmortems(site)
    yield from _actions(site)
    yield _late(site)
    ongoing = float(len(site.overview.ongoing))
    yield Family("afterword_ongoing_incidents", "Our own incidents that are not resolved.", (({}, ongoing),))
    yield from _measures(site)
    yield from _budgets(site)


def _postmortems(site: Site) -> Family:
    counts = Counter(
        (str(item.origin), str(item.kind), str(item.status), _severity(site, item.severity))
        for item in site.postmortems
    )
    names = ("origin", "kind", "status", "incident_severity")
    return Family(
        "afterword_postmortems",
        "Postmortems in the library.",
        tuple((dict(zip(names, key, strict=True)), float(count)) for key, count in counts.items()),
    )


def _severity(site: Site, severity: str | None) -> str:
    return severity if severity is not None and severity in site.settings.severities else "none"


def _actions(site: Site) -> Iterator[Family]:
    backlog = site.overview.backlog
    known = {action.priority or NOT_STATED for item in site.own for action in item.actions}
    for name, words, actions in (
        ("open", "Open actions of postmortems, by priority", backlog.actions),
        ("overdue", "Open actions past their due date, by priority", backlog.overdue),
    ):
        counts = Counter(dict.fromkeys(sorted(known), 0))
        counts.update(item.action.priority or NOT_STATED for item in actions)
        yield Family(f"afterword_{name}_actions", f"{words}.", _by(("priority",), counts))
        by_team = Counter({(team, priority): 0 for team in sorted(site.settings.teams) for priority in sorted(known)})
        by_team.update((team, item.action.priority or NOT_STATED) for item in actions for team in item.teams)
        yield Family(
            f"afterword_team_{name}_actions",
            f"{words} and team; one of several teams counts for each of them.",
            _by(("team", "priority"), by_team),
        )


def _late(site: Site) -> Family:
    counts = Counter(dict.fromkeys(site.settings.severities, 0))
    counts.update(_severity(site, item.postmortem.severity) for item in site.overview.late)
    return Family(
        "afterword_late_postmortems",
        "Incidents past the target without a published postmortem.",
        _by(("incident_severity",), counts),
    )


def _by(names: tuple[str, ...], counts: Mapping[Any, int]) -> tuple[tuple[Labels, float], ...]:
    """Samples of counts whose keys are one word, or as many as there are names."""
    return tuple(
        (dict(zip(names, (key,) if isinstance(key, str) else key, strict=True)), float(count))
        for key, count in counts.items()
    )


def _measures(site: Site) -> Iterator[Family]:
    """The measures of the home page: the twelve months that end with the clock."""
    found = [site.overview.measure(key) for key in _NAMES]
    for measure in found:
        name = _NAMES[measure.key]
        if measure.value is None:
            continue
        if measure.unit is Unit.SHARE:
            yield Family(f"afterword_{name}_ratio", f"{measure.title}, over 12 months.", (({}, measure.value),))
        else:
            seconds = measure.value * (DAY if measure.unit is Unit.DAYS else 1)
            yield Family(f"afterword_{name}_median_seconds", f"{measure.title}, over 12 months.", (({}, seconds),))
    counts = {_NAMES[item.key]: item.n for item in found}
    yield Family("afterword_measured_items", "From how many a measure comes.", _by(("measure",), counts))
    recent = float(site.overview.measure("incidents").n)
    yield Family("afterword_recent_incidents", "Our own incidents of 12 months.", (({}, recent),))


def _budgets(site: Site) -> Iterator[Family]:
    labels = {item.objective: {"slo": item.objective, "service": item.service} for item in site.budgets}
    remaining = tuple((labels[item.objective], item.remaining) for item in site.budgets if item.remaining is not None)
    yield Family(
        "afterword_error_budget_remaining_ratio",
        "What is left of an error budget, by the latest snapshot; below 0 it is overspent.",
        remaining,
    )
    yield Family(
        "afterword_error_budget_state",
        "1 for the state of an error budget, by the latest snapshot.",
        tuple(
            ({**labels[item.objective], "state": state}, float(item.state == state))
            for item in site.budgets
            for state in STATES
        ),
    )
    yield Family(
        "afterword_error_budget_measured_timestamp_seconds",
        "The end of the window that an error budget was judged over.",
        tuple(
            (labels[item.objective], datetime.fromisoformat(item.at).timestamp()) for item in site.budgets if item.at
        ),
    )


def _labels(labels: Labels) -> str:
    inside = ",".join(f'{name}="{_escaped(value, quotes=True)}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str, *, quotes: bool = False) -> str:
    plain = value.replace("\\", r"\\").replace("\n", r"\n")
    # no other line break may end a line of the file
    plain = "".join(char if char.isprintable() else " " for char in plain)
    return plain.replace('"', r"\"") if quotes else plain


def _number(value: float) -> str:
    """As text, without digits that say nothing."""
    return f"{value:.0f}" if value == int(value) else f"{value:.10g}"
