"""AW201: the name of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from afterword.findings import Finding, Level
from afterword.model import Postmortem, Status
from afterword.rules.base import Example, File, Form, Rule
from afterword.timing import parse_date

_NAME = re.compile(r"(?:(?P<day>\d{4}-\d{2}-\d{2})|(?P<undated>undated))(?:(?:-|[_ .]+)(?P<slug>.*))?\Z")
_KEBAB = re.compile(r"[^\W_]+(?:-[^\W_]+)*\Z")


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    found = _NAME.match(postmortem.id)
    slug = (found["slug"] or "") if found else postmortem.id
    started = postmortem.started
    if started is None:
        yield from _undated(postmortem, found, slug)
    else:
        yield from _dated(postmortem, started.day, found, slug)
    if not _KEBAB.match(slug) or slug != slug.lower():
        only = "says nothing but that it is undated" if found and found["undated"] else "is only a date"
        message = f"the file's name {only}" if not slug else "the file's name is not a date and words in kebab-case"
        hint = "Use small letters, digits and single hyphens: 2026-03-04-checkout-answered-503.md"
        yield RULE.finding(postmortem, postmortem.mark("title"), message, hint, Level.WARNING)
    folder = postmortem.path.split("/")[-2] if "/" in postmortem.path else ""
    if started and re.fullmatch(r"\d{4}", folder) and int(folder) != started.day.year:
        message = f"the file lies in the folder {folder}, but the incident started in {started.day.year}"
        hint = f"Move it to {started.day.year:04d}/; its id stays the same."
        yield RULE.finding(postmortem, postmortem.mark("started"), message, hint, Level.WARNING)


def _dated(postmortem: Postmortem, started: date, found: re.Match[str] | None, slug: str) -> Iterator[Finding]:
    written = parse_date(found["day"]) if found and found["day"] else None
    if written is None and found and found["undated"]:
        message = f"the file is named undated, but the incident started on {started}"
    elif written is None and postmortem.status is not Status.DRAFT:
        message = "the file's name does not begin with the day of `started`"
    elif written not in (None, started):
        message = f"the file is named for {written}, but the incident started on {started}"
    else:
        return
    hint = f"Rename it with `git mv` to {started}-{slug or 'what-failed'}.md"
    if postmortem.status is not Status.DRAFT:
        hint += ", and list the old name under `aliases` if it was linked to"
    yield RULE.finding(postmortem, postmortem.mark("started"), message, f"{hint}.")


def _undated(postmortem: Postmortem, found: re.Match[str] | None, slug: str) -> Iterator[Finding]:
    """Only of a draft: any other has to say when it started, and AW102 asks for that."""
    if postmortem.status is not Status.DRAFT or (found and found["undated"]):
        return
    said = f"`started: {found['day']}`" if found and parse_date(found["day"]) else "`started`"
    message = "the draft has no `started`, and its name does not begin with undated-"
    hint = f"Add {said}, or rename it with `git mv` to undated-{slug or 'what-failed'}.md."
    # an error also in a draft: nobody would look for the day of a name that seems to have one
    yield RULE.finding(postmortem, postmortem.mark("started"), message, hint, Level.ERROR)


RULE = Rule(
    code="AW201",
    name="file-name",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    milder="A warning when only the spelling or the folder's year is off; an error also in a draft that has no "
    "`started` and is not named for that.",
    summary="A file is named for the day it started, as written, and a title in kebab-case.",
    rationale="The name is the id by which others link to a postmortem, and a folder sorts by it. The day is the "
    "one that stands in `started`, whatever its zone. A draft may still go without a date; one that does not know "
    "when it started says so in its name, until somebody finds out: `undated-carts-were-empty.md`.",
    good=(
        Example("started: 2026-03-04T23:30:00-05:00", path="2026/2026-03-04-checkout-answered-503.md"),
        Example("status: draft\nstarted: 2026-03-04", path="2026/checkout-answered-503.md", note="A draft."),
        Example(
            "---\ntitle: Carts were empty\nkind: incident\n---\n",
            Form.FILE,
            path="undated-carts-were-empty.md",
            note="A draft of which nobody knows the day yet.",
        ),
    ),
    bad=(
        Example("started: 2026-03-05T09:12:00Z", path="2026/2026-03-04-checkout-answered-503.md"),
        Example("started: 2026-03-04T09:12:00Z", path="2026/checkout-answered-503.md", note="No date."),
        Example("started: 2026-03-04T09:12:00Z", path="2026/2026-03-04-Checkout_503.md", note="Not kebab-case."),
        Example("started: 2026-03-04T09:12:00Z", path="2025/2026-03-04-checkout-answered-503.md", note="The folder."),
        Example(
            "---\ntitle: Carts were empty\nkind: incident\n---\n",
            Form.FILE,
            path="2026/2026-02-01-carts-were-empty.md",
            note="No `started`: only the name tells a day.",
        ),
        Example("started: 2026-03-04", path="undated-checkout-answered-503.md", note="Its day is known by now."),
    ),
    check=_check,
)
