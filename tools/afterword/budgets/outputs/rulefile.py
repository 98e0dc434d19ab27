"""Rule file: recording and alerting rules as the YAML that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from afterword.budgets.objective import Objective
from afterword.budgets.outputs import recording
from afterword.budgets.outputs.alerting import Alarm, alarms
from afterword.budgets.outputs.recording import Recording, written
from afterword.budgets.window import Calendar

HEAD = "# `afterword budget rules` wrote this from the library's objectives; do not edit it, run the command again.\n"
HOUR = recording.HOUR
SELDOM = 300
"""Seconds between two readings of whole windows."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are evaluated one after the other.

    ``interval`` in seconds; 0: the server's own. ``notes``: comments in front. ``missing``: alerts that would never
    speak, and why; comments, too.
    """

    name: str
    rules: tuple[Recording | Alarm, ...]
    interval: int = 0
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def groups(objectives: Iterable[Objective], site: str | None = None) -> Iterator[Group]:
    """The groups of objectives: for each one that is read often, and one that is read seldom.

    Raises ``AfterwordError`` for queries that cannot be sent.
    """
    for objective in objectives:
        found, missing = alarms(objective, site)
        yield Group(f"slo-{objective.id}", (*recording.short(objective), *found), missing=missing)
        yield Group(f"slo-{objective.id}-window", tuple(recording.long(objective)), SELDOM, _calendar(objective))


def _calendar(objective: Objective) -> tuple[str, ...]:
    if not isinstance(objective.window, Calendar):
        return ()
    own = written(recording.length(objective))
    return (f"The window goes by the calendar. A rule cannot follow it, so this looks back over {own}.",)


def library() -> Group:
    """Alerts on what the site's metrics.txt says of the library itself."""
    rules = (
        Alarm(
            "PostmortemActionsOverdue",
            "afterword_overdue_actions > 0",
            HOUR,
            {"severity": "ticket"},
            {
                "summary": "Actions of postmortems are overdue",
                "description": "{{ $value }} actions of priority {{ $labels.priority }} are past their due date.",
            },
        ),
        Alarm(
            "PostmortemsLate",
            "afterword_late_postmortems > 0",
            HOUR,
            {"severity": "ticket"},
            {
                "summary": "Postmortems are late",
                "description": "{{ $value }} incidents of severity {{ $labels.incident_severity }} ended longer "
                "ago than the target allows and have no published postmortem.",
            },
        ),
        Alarm(
            "PostmortemSiteStale",
            f"time() - afterword_as_of_timestamp_seconds > {3 * 86_400}",
            HOUR,
            {"severity": "ticket"},
            {
                "summary": "The postmortem site was not built for three days",
                "description": "What is overdue is known as of the last build. It is {{ $value | humanizeDuration }} "
                "old.",
            },
        ),
    )
    return Group("afterword-library", rules, notes=("These need the site's metrics.txt among the scraped targets.",))


def dump(found: Iterable[Group]) -> str:
    """The file. The same groups give the same bytes."""
    parts = [HEAD, "groups:\n"]
    for group in found:
        parts += [_comment(note, "") for note in (*group.notes, *group.missing)]
        facts: dict[str, Any] = {"name": group.name}
        if group.interval:
            facts["interval"] = written(group.interval)
        parts.append(_indented(facts, "- ", ""))
        parts.append("  rules:\n")
        for rule in group.rules:
            note = rule.note if isinstance(rule, Alarm) else ""
            parts.append(_comment(note, "  ") if note else "")
            parts.append(_indented(_rule(rule), "- ", "  "))
    return "".join(parts)


def _rule(rule: Recording | Alarm) -> dict[str, Any]:
    if isinstance(rule, Recording):
        return {"record": rule.record, "expr": rule.expr, "labels": dict(rule.labels)}
    facts: dict[str, Any] = {"alert": rule.name, "expr": rule.expr}
    if rule.after:
        facts["for"] = written(rule.after)
    return facts | {"labels": dict(rule.labels), "annotations": dict(rule.annotations)}


def _comment(text: str, indent: str) -> str:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return f"{indent}# {plain}\n"


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as such."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    lines = value.split("\n")
    if not all(map(str.isprintable, lines)):  # YAML has more line breaks than one
        style: str | None = '"'
    else:
        style = "|" if len(lines) > 1 and value == value.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def _indented(facts: dict[str, Any], mark: str, indent: str) -> str:
    text = yaml.dump(facts, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    lines = text.removesuffix("\n").split("\n")
    return "".join(f"{indent}{'  ' if number else mark}{line}\n" for number, line in enumerate(lines))
