"""AW201: the name of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem, Status
from afterword.rules.base import Example, File, Rule
from afterword.timing import parse_date

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(?:-|[_ .]+)(.*))?\Z")
_KEBAB = re.compile(r"[^\W_]+(?:-[^\W_]+)*\Z")


def _check(postmortem: Postmortem, _file: File) -> Iterator[Finding]:
    started = postmortem.started.day
    found = _DATED.match(postmortem.id)
    written = parse_date(found[1]) if found else None
    slug = (found[2] or "") if found else postmortem.id
    if written is None and postmortem.status is not Status.DRAFT:
        message = "the file's name does not begin with the day of `started`"
        yield RULE.finding(postmortem, postmortem.mark("started"), message, _rename(postmortem, slug))
    elif written not in (None, started):
        message = f"the file is named for {written}, but the incident started on {started}"
        yield RULE.finding(postmortem, postmortem.mark("started"), message, _rename(postmortem, slug))
    if not _KEBAB.match(slug) or slug != slug.lower():
        message = "the file's name is not a date and words in kebab-case" if slug else "the file's name is only a date"
        hint = "Use small letters, digits and single hyphens: 2026-03-04-checkout-answered-503.md"
        yield RULE.finding(postmortem, postmortem.mark("title"), message, hint, Level.WARNING)
    folder = postmortem.path.split("/")[-2] if "/" in postmortem.path else ""
    if re.fullmatch(r"\d{4}", folder) and int(folder) != started.year:
        message = f"the file lies in the folder {folder}, but the incident started in {started.year}"
        hint = f"Move it to {started.year:04d}/; its id stays the same."
        yield RULE.finding(postmortem, postmortem.mark("started"), message, hint, Level.WARNING)


def _rename(postmortem: Postmortem, slug: str) -> str:
    hint = f"Rename it to {postmortem.started.day}-{slug or 'what-failed'}.md"
    known = postmortem.status is not Status.DRAFT
    return f"{hint}, and list the old name under `aliases` if it was linked to." if known else f"{hint}."


RULE = Rule(
    code="AW201",
    name="file-name",
    level=Level.ERROR,
    in_draft=Level.WARNING,
    milder="A warning when only the spelling or the folder's year is off.",
    summary="A file is named for the day it started, as written, and a title in kebab-case.",
    rationale="The name is the id by which others link to a postmortem, and a folder sorts by it. The day is the "
    "one that stands in `started`, whatever its zone. A draft may still go without a date.",
    good=(
        Example("started: 2026-03-04T23:30:00-05:00", path="2026/2026-03-04-checkout-answered-503.md"),
        Example("status: draft\nstarted: 2026-03-04", path="2026/checkout-answered-503.md", note="A draft."),
    ),
    bad=(
        Example("started: 2026-03-05T09:12:00Z", path="2026/2026-03-04-checkout-answered-503.md"),
        Example("started: 2026-03-04T09:12:00Z", path="2026/checkout-answered-503.md", note="No date."),
        Example("started: 2026-03-04T09:12:00Z", path="2026/2026-03-04-Checkout_503.md", note="Not kebab-case."),
        Example("started: 2026-03-04T09:12:00Z", path="2025/2026-03-04-checkout-answered-503.md", note="The folder."),
    ),
    check=_check,
)
