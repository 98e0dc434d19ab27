"""Narrative: the account of a migration for people: each report, then the whole."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping

from afterword.migration.account import KEYS, left, said_of, told
from afterword.migration.plan import Migrated, Plan
from afterword.terminal import printable

_GIVEN = ("kind", "origin", "organization", "source")
_LONGEST = 100
_TEXT = 26
"""The column at which the text of a line about one value begins."""
_MOST = 10
"""Of one kind, named in the totals."""
_OUTCOMES = {
    "created": "new",
    "updated": "written anew: not edited since",
    "unchanged": "unchanged",
    "edited": "left alone: edited since",
    "foreign": "left alone: there before",
    "gone": "not written again: moved or removed since",
}
LACKS = ("AW102", "AW202", "AW308", "AW5")
"""Rules that say of most old reports what they do not have: keys, parts, a publication in time, owners of actions."""
_YEAR = re.compile(r"/([0-9]{4})/")
_QUOTE = re.compile(r",? “[^”]*”?$")


def details(plan: Plan, outcomes: Mapping[str, str], room: int | None = None) -> str:
    """Each report, for people: what it became, what was taken from which line, what could not be told.

    ``room``: the columns of the terminal, in which long lines go on where their text begins.
    """
    return "\n".join(
        "".join(f"{_fitted(line, room, _TEXT)}\n" for line in _lines(item, outcomes.get(item.path, "created")))
        for item in plan.files
    )


def _fitted(line: str, room: int | None, indent: int) -> str:
    if room is None or len(line) <= room or line.startswith("  → "):  # a path is for copying
        return line
    around = " " * min(indent, room // 2)
    return textwrap.fill(
        line, room, subsequent_indent=around, break_long_words=False, break_on_hyphens=False, expand_tabs=False
    )


def _lines(item: Migrated, outcome: str) -> Iterator[str]:
    yield printable(item.source)
    yield f"  → {item.path} ({_OUTCOMES[outcome]})"
    for fact in item.draft.told.facts:
        if fact.key not in _GIVEN or fact.line:
            where = f"line {fact.line}" if fact.line else ""
            yield f"{_begin(fact.key, where)}{_short(fact.value)}  ({printable(fact.how)})"
    for number, (action, line) in enumerate(zip(item.draft.actions, item.draft.lines, strict=True), 1):
        said = ", ".join(f"{key} {_short(value)}" for key, value in said_of(action).items())
        yield f"{_begin(f'action A{number}', f'line {line}')}{_short(action.title)}{f'  ({said})' if said else ''}"
    for gap in item.draft.told.gaps:
        where = f"line {gap.line}" if gap.line else ""
        yield f"{_begin(gap.key, where)}not told: {printable(gap.why)}"
    for key in item.draft.masked:
        yield f"{_begin(key, '')}holds a secret, for which the front matter has [masked]"
    for change, line in item.dead_lines:
        yield f"{_begin('link', f'line {line}')}leads nowhere and became text: {_short(change.target)}"


def _begin(key: str, where: str) -> str:
    return f"  {key.replace('external:', 'id of ').removeprefix('impact.'):<12} {where:>9}  "


def _short(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def totals(plan: Plan, room: int | None = None) -> str:
    """The whole: a table of what could be told, and what somebody should look at. ``room``: as in ``details``."""
    count = len(plan.files)
    lines = [f"{'':<12} {'told':>6} {'not':>6}"]
    lines += [f"{key:<12} {found:>6} {count - found:>6}" for key in KEYS for found in (told(plan, key),)]
    lines[-1] += f"   {sum(len(item.draft.actions) for item in plan.files)} in all"
    for title, entries in (
        ("To look at", list(_to_look_at(plan))),
        ("New words in afterword.yml", list(_words(plan))),
        ("No reports", list(_left(plan))),
    ):
        lines += ["", title, *(_fitted(f"  {printable(entry)}", room, 4) for entry in entries)] if entries else []
    return "\n".join(lines) + "\n"


def _to_look_at(plan: Plan) -> Iterator[str]:
    undated = sum(item.draft.told.first("started") is None for item in plan.files)
    if undated:
        yield f"{_count(undated, 'report')} of which nobody said when it began: undated-….md"
    doubtful = Counter(
        _QUOTE.sub("", fact.how) for item in plan.files for fact in item.draft.told.facts if fact.doubtful
    )
    for how, count in sorted(doubtful.items()):
        yield f"{_count(count, 'value')} with a remark of doubt in the front matter: {how}"
    zoneless = sum(any("zone" in gap.why for gap in item.draft.told.gaps) for item in plan.files)
    if zoneless:
        yield f"{_count(zoneless, 'report')} with times in no zone, so that only days were taken: give --time-zone"
    twins = [f"{len(group)} reports bear the title “{_short(title)}”" for title, group in plan.twins]
    yield from _some(twins, "titles that several reports bear")
    dead = sum(len(item.dead) for item in plan.files)
    if dead:
        yield f"{_count(dead, 'link')} led nowhere and became text"
    secrets = sum(len(item.draft.masked) for item in plan.files)
    if secrets:
        yield f"{_count(secrets, 'value')} with a secret, for which the front matter has [masked]: revoke it"
    for code, path in plan.ignored:
        yield f"{code} in {path}: see `afterword rules {code}`; check.ignore in afterword.yml silences it until then"


def _words(plan: Plan) -> Iterator[str]:
    words = plan.words
    for name, added in (
        ("severities", words.severities.added), ("categories", words.categories.added),
        ("services", words.services.added),
    ):  # fmt: skip
        if added:
            more = f" and {len(added) - _MOST} more" if len(added) > _MOST else ""
            yield f"{name}: {', '.join(list(added)[:_MOST])}{more}"


def _left(plan: Plan) -> Iterator[str]:
    return _some([f"{member.path}: {member.why}" for member in left(plan)], "pages")


def _some(lines: list[str], noun: str) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"{len(lines) - _MOST} more {noun}: --format json lists them all"


def ending(plan: Plan, outcomes: Mapping[str, str], source: str, library: str, *, dry_run: bool) -> str:
    """What was written where, in a few sentences."""
    counts = Counter(outcomes.get(item.path, "created") for item in plan.files)
    lines = [f"Read {_count(len(plan.files), 'report')} of {printable(source)}"]
    written = counts["created"] + counts["updated"]
    assets = f" and {_count(len(plan.assets), 'asset')}" if plan.assets else ""
    lines.append(
        f"{'Would write' if dry_run else 'Wrote'} {_count(written, 'postmortem')}{assets} to {printable(library)}"
    )
    lines += [
        f"{counts[name]} {_OUTCOMES[name]}" for name in ("unchanged", "edited", "foreign", "gone") if counts[name]
    ]
    return "\n".join(lines) + "\n"


def following(plan: Plan, library: str) -> str:
    """What to do next, so that nobody is met by what hundreds of old drafts lack at once. ``library``: for a shell."""
    years = sorted({found[1] for item in plan.files if (found := _YEAR.search(item.path))})
    year = f"postmortems/incidents/{years[-1]}" if years else "postmortems/incidents"
    steps = (
        ("afterword serve", "look at the site"),
        (f"afterword check --ignore {','.join(LACKS)}", "what to look at first"),
        (f"afterword check {year}", "what its drafts still lack; they warn, and fail nothing"),
        ("git init; git add --all; git commit", "then old drafts are quiet:"),
        ("afterword check --changed-since HEAD", "tells of what somebody changes from now on"),
    )
    widest = max(len(command) for command, _ in steps)
    lines = ["Next:", f"  cd {library}", *(f"  {command:<{widest}}   {why}" for command, why in steps)]
    return "\n".join(lines) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
