"""Account: what a migration took, from which line, what it could not tell and why, for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from afterword.migration.actions import Action
from afterword.migration.collection import Member
from afterword.migration.front import MOMENTS
from afterword.migration.plan import Migrated, Plan

KEYS = ("title", "summary", "severity", "services", *MOMENTS, "detection", "root_cause", "actions")
"""What is counted, in the order of the front matter."""
OUTCOMES = ("created", "updated", "unchanged", "edited", "foreign", "gone")
"""What becomes of a file. The last three are left alone: edited since, there before, moved or removed since."""


def as_json(plan: Plan, source: str, library: str, outcomes: Mapping[str, str], *, dry_run: bool) -> dict[str, Any]:
    """All of it, for programs. ``outcomes``: what became of each file, by its path in the library."""
    return {
        "version": 1,
        "source": source,
        "library": library,
        "dry_run": dry_run,
        "summary": _summary(plan, outcomes),
        "files": [_file(item, outcomes.get(item.path, "created")) for item in plan.files],
        "left": [{"path": member.path, "why": member.why} for member in left(plan)],
        "assets": [{"from": old, "to": new} for old, new in plan.assets.items()],
        "duplicate_titles": [
            {"title": title, "files": [item.path for item in group]} for title, group in plan.twins
        ],
        "settings": {
            "severities": dict(plan.words.severities.added),
            "categories": dict(plan.words.categories.added),
            "services": dict(plan.words.services.added),
            "ignored": [{"code": code, "path": path} for code, path in plan.ignored],
        },
    }  # fmt: skip


def _summary(plan: Plan, outcomes: Mapping[str, str]) -> dict[str, Any]:
    counts = Counter(outcomes.get(item.path, "created") for item in plan.files)
    return {
        "reports": len(plan.files),
        "left": len(left(plan)),
        "outcomes": {name: counts[name] for name in OUTCOMES if counts[name]},
        "told": {key: told(plan, key) for key in KEYS},
        "actions": sum(len(item.draft.actions) for item in plan.files),
        "links_rewritten": sum(not change.dead for item in plan.files for change in item.changes),
        "dead_links": sum(len(item.dead) for item in plan.files),
        "assets": len(plan.assets),
        "duplicate_titles": len(plan.twins),
    }


def left(plan: Plan) -> list[Member]:
    """What was left. A document that a report links to goes with it: it is none."""
    return [member for member in plan.left if member.path not in plan.assets]


def told(plan: Plan, key: str) -> int:
    """In how many reports a key could be told."""
    if key == "actions":
        return sum(bool(item.draft.actions) for item in plan.files)
    return sum(item.draft.told.first(key) is not None for item in plan.files)


def said_of(action: Action) -> dict[str, str]:
    """What an action says of itself beside its title: the values by their keys in the front matter."""
    values = {key: getattr(action, key) for key in ("owner", "due", "status", "completed", "priority", "tracker")}
    return {key: str(value) for key, value in values.items() if value}


def _file(item: Migrated, outcome: str) -> dict[str, Any]:
    actions = zip(item.draft.actions, item.draft.lines, strict=True)
    return {
        "source": item.source,
        "form": item.form,
        "path": item.path,
        "outcome": outcome,
        "taken": [
            {"key": fact.key, "value": fact.value, "line": fact.line or None, "how": fact.how,
             "doubtful": fact.doubtful}
            for fact in item.draft.told.facts
        ],
        "actions": [
            {"id": f"A{number}", "title": action.title, **said_of(action), "line": line}
            for number, (action, line) in enumerate(actions, 1)
        ],
        "not_told": [{"key": gap.key, "why": gap.why, "line": gap.line or None} for gap in item.draft.told.gaps],
        "links_rewritten": sum(not change.dead for change in item.changes),
        "dead_links": [{"target": change.target, "line": line} for change, line in item.dead_lines],
        "errors": list(item.draft.errors),
        "masked": list(item.draft.masked),
    }  # fmt: skip
