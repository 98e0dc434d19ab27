"""Data: one postmortem as JSON, for other programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from afterword.model import MILESTONES, ActionItem, Postmortem
from afterword.pages.listing import Rows, dumps, entry
from afterword.pages.urls import uri_of


def uri(postmortem: Postmortem) -> str:
    """Where its file lies, from the site's root."""
    return uri_of(postmortem.path).removesuffix(".md") + ".json"


def as_json(rows: Rows, postmortem: Postmortem) -> str:
    """The front matter and what follows from it. ``url`` leads from the site's root; durations are in seconds."""
    durations = {name: getattr(postmortem, name) for name in ("ttd", "tta", "ttm", "ttr")}
    found: dict[str, Any] = entry(rows.of(postmortem)) | {
        "source": postmortem.source,
        "milestones": {name: moment.text for name in MILESTONES if (moment := postmortem.milestone(name))},
        "unknown": sorted(postmortem.unknown),
        "durations": {name: round(value.total_seconds()) for name, value in durations.items() if value is not None},
        "contributing_factors": list(postmortem.contributing_factors),
        "recurrence_of": list(postmortem.recurrence_of),
        "budgets": [{"slo": cost.slo, "consumed": cost.consumed} for cost in postmortem.budgets],
        "actions": [_action(item) for item in postmortem.actions],
        "tags": list(postmortem.tags),
    }
    return dumps({key: value for key, value in found.items() if value not in (None, [], {})})


def _action(item: ActionItem) -> dict[str, Any]:
    found = {
        "id": item.id,
        "title": item.title,
        "details": item.details,
        "status": item.status.value,
        "type": item.type,
        "horizon": item.horizon,
        "owner": item.owner,
        "created": _iso(item.created),
        "due": _iso(item.due),
        "priority": item.priority,
        "completed": _iso(item.completed),
    }
    return {key: value for key, value in found.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
