"""Account: what a migration took, from which line, what it could not tell and why; as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from afterword.migration.front import MOMENTS
from afterword.migration.plan import Migrated, Plan
from afterword.terminal import printable

KEYS = ("title", "summary", "severity", "services", *MOMENTS, "detection", "root_cause", "actions")
"""What is counted, in the order of the front matter."""
_GIVEN = ("kind", "origin", "organization", "source")
_LONGEST = 100
_MOST = 10
"""Titles that several reports bear, named in the totals."""
_OUTCOMES = {
    "created": "new",
    "updated": "written anew: nobody has edited it since",
    "unchanged": "as it was",
    "edited": "left alone: somebody has edited it since",
    "foreign": "left alone: it was there before",
    "gone": "not written again: somebody has moved or removed it since",
}


def as_json(plan: Plan, source: str, library: str, outcomes: Mapping[str, str], *, dry_run: bool) -> dict[str, Any]:
    """All of it, for programs. ``outcomes``: what became of each file, by its path in the library."""
    return {
        "version": 1,
        "source": source,
        "library": library,
        "dry_run": dry_run,
        "summary": _summary(plan, outcomes),
        "files": [_file(item, outcomes.get(item.path, "created")) for item in plan.files],
        "left": [{"path": member.path, "why": member.why} for member in plan.left],
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
        "left": len(plan.left),
        "outcomes": {name: counts[name] for name in _OUTCOMES if counts[name]},
        "told": {key: _told(plan, key) for key in KEYS},
        "actions": sum(len(item.draft.actions) for item in plan.files),
        "links_rewritten": sum(not change.dead for item in plan.files for change in item.changes),
        "dead_links": sum(len(item.dead) for item in plan.files),
        "assets": len(plan.assets),
        "duplicate_titles": len(plan.twins),
    }


def _told(plan: Plan, key: str) -> int:
    """In how many reports a key could be told."""
    if key == "actions":
        return sum(bool(item.draft.actions) for item in plan.files)
    return sum(item.draft.told.first(key) is not None for item in plan.files)


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
            {"id": f"A{number}", "title": action.title, "line": line}
            for number, (action, line) in enumerate(actions, 1)
        ],
        "not_told": [{"key": gap.key, "why": gap.why, "line": gap.line or None} for gap in item.draft.told.gaps],
        "links_rewritten": sum(not change.dead for change in item.changes),
        "dead_links": [{"target": change.target, "line": line} for change, line in item.dead_lines],
        "errors": list(item.draft.errors),
    }  # fmt: skip


def details(plan: Plan, outcomes: Mapping[str, str]) -> str:
    """Each report, for people: what it became, what was taken from which line, what could not be told."""
    return "\n".join("\n".join(_lines(item, outcomes.get(item.path, "created"))) + "\n" for item in plan.files)


def _lines(item: Migrated, outcome: str) -> Iterator[str]:
    yield printable(item.source)
    yield f"  → {item.path} ({_OUTCOMES[outcome]})"
    for fact in item.draft.told.facts:
        if fact.key not in _GIVEN or fact.line:
            where = f"line {fact.line}" if fact.line else ""
            yield f"  {fact.key:<12} {where:>9}  {_short(fact.value)}  ({printable(fact.how)})"
    for number, (action, line) in enumerate(zip(item.draft.actions, item.draft.lines, strict=True), 1):
        yield f"  {f'action A{number}':<12} {f'line {line}':>9}  {_short(action.title)}"
    for gap in item.draft.told.gaps:
        where = f"line {gap.line}" if gap.line else ""
        yield f"  {gap.key:<12} {where:>9}  not told: {printable(gap.why)}"
    for change, line in item.dead_lines:
        yield f"  {'link':<12} {f'line {line}':>9}  leads nowhere and became text: {_short(change.target)}"


def _short(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def totals(plan: Plan) -> str:
    """The whole, for people: a table of what could be told, and what somebody should look at."""
    count = len(plan.files)
    lines = [f"{'':<12} {'told':>6} {'not':>6}"]
    lines += [f"{key:<12} {told:>6} {count - told:>6}" for key in KEYS for told in (_told(plan, key),)]
    actions = sum(len(item.draft.actions) for item in plan.files)
    with_actions = _told(plan, "actions")
    lines[-1] = f"{'actions':<12} {with_actions:>6} {count - with_actions:>6}   {actions} in all"
    return "\n".join([*lines, *_remarks(plan)]) + "\n"


def ending(plan: Plan, outcomes: Mapping[str, str], source: str, library: str, *, dry_run: bool) -> str:
    """What was written where, in a few sentences."""
    counts = Counter(outcomes.get(item.path, "created") for item in plan.files)
    looked = f"Read {_count(len(plan.files), 'report')} of {printable(source)}"
    left = f"; {_count(len(plan.left), 'other page')} left, such as {plan.left[0].path}" if plan.left else ""
    wrote = "Would write" if dry_run else "Wrote"
    lines = [f"{looked}{printable(left)}"]
    written = sum(counts[name] for name in ("created", "updated", "unchanged"))
    drafts = "postmortem" if written == 1 else "postmortems"
    lines.append(f"{wrote} {written} {drafts} and {_count(len(plan.assets), 'asset')} to {printable(library)}")
    lines += [f"{counts[name]} {_OUTCOMES[name]}" for name in ("edited", "foreign", "gone") if counts[name]]
    return "\n".join(lines) + "\n"


def _remarks(plan: Plan) -> Iterator[str]:
    remarks = list(_to_look_at(plan))
    if remarks:
        yield ""
        yield "To look at"
        yield from (f"  {line}" for line in remarks)


def _to_look_at(plan: Plan) -> Iterator[str]:
    undated = sum(item.draft.told.first("started") is None for item in plan.files)
    if undated:
        yield f"{_count(undated, 'report')} of which nobody said when it was: undated-….md"
    doubtful = Counter(fact.how for item in plan.files for fact in item.draft.told.facts if fact.doubtful)
    for how, count in sorted(doubtful.items()):
        yield f"{_count(count, 'value')} with a remark in the front matter: {how}"
    zoneless = sum(any("zone" in gap.why for gap in item.draft.told.gaps) for item in plan.files)
    if zoneless:
        yield f"{_count(zoneless, 'report')} with times in no zone, so that only days were taken: give --time-zone"
    for title, group in plan.twins[:_MOST]:
        yield f"{len(group)} reports bear the title “{_short(title)}”"
    if len(plan.twins) > _MOST:
        yield f"{len(plan.twins) - _MOST} more titles are borne by several reports: --format json lists them all"
    dead = sum(len(item.dead) for item in plan.files)
    if dead:
        yield f"{_count(dead, 'link')} led nowhere and became text"
    for code, path in plan.ignored:
        yield f"{code} in {path}: see `afterword rules {code}`; check.ignore in afterword.yml silences it until then"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
