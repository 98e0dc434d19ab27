"""AW801: links to a heading that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.brief import Brief
from afterword.findings import Finding, Level
from afterword.hyperlinks import Link
from afterword.links.anchors import anchors
from afterword.links.targets import Target, target_of
from afterword.model import Postmortem
from afterword.record import Record
from afterword.rules.base import Context, Example, File, Form, Rule, Scope, shortened
from afterword.slugs import slug_of

_GUESSES = 20
"""So many links of a file are compared with all that is there: time stays in proportion."""


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    """Links within the page."""
    meant = [(link, target) for link, target in _targets(postmortem) if not target.written]
    there = anchors(file.source.text) if meant else None
    broken = ((link, target) for link, target in meant if there and not there.has(target.anchor))
    for number, (link, target) in enumerate(broken):
        if there:
            near = there.near(target.anchor, guess=number < _GUESSES)
            yield _finding(postmortem, link, target, near)


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    """Links to other pages. One that is not there, or that the site makes, has no anchors to compare."""
    for number, (link, target) in enumerate(_targets(postmortem)):
        if not target.written or target.is_generated:
            continue
        page = _page(target, context)
        there = context.anchors(page)
        if there and not there.has(target.anchor):
            near = there.near(target.anchor, guess=number < _GUESSES)
            # a heading of another file is told of with what is masked there, which this one does not hold
            yield _finding(postmortem, link, target, None if near and context.hides(page, near) else near)


def _concerns(_record: Record, brief: Brief, _context: Context) -> bool:
    return any("#" in target[1:] for target in brief.targets)


def _targets(postmortem: Postmortem) -> Iterator[tuple[Link, Target]]:
    for link in postmortem.body.links:
        target = target_of(postmortem.path, link.target) if "#" in link.target and not link.image else None
        if target and target.anchor and target.is_on_site:
            yield link, target


def _page(target: Target, context: Context) -> str:
    """The page's file: an address as the site shows it has a folder for each page."""
    as_page = f"{target.path}.md"
    return as_page if target.written.endswith("/") and context.exists(as_page) else target.path


def _finding(postmortem: Postmortem, link: Link, target: Target, near: str | None) -> Finding:
    where = shortened(target.written) or "this page"
    hint = (
        f"Did you mean `#{near}`?" if near else "An id is made of a heading's words: `## Root cause` is `#root-cause`."
    )
    # a site may be told to keep accents and capital letters in its ids
    level = Level.HINT if near and near == slug_of(target.anchor) else None
    message = f"there is no heading `#{shortened(target.anchor)}` in {where}"
    return RULE.finding(postmortem, link.span, message, hint, level)


RULE = Rule(
    code="AW801",
    name="broken-anchor",
    level=Level.WARNING,
    scope=Scope.LIBRARY,
    milder="A hint when only accents, capital letters or hyphens differ: some sites keep them.",
    summary="A link to a heading leads to one that is there.",
    rationale="Headings are reworded and links to them are not: the reader lands at the top of a long page and looks "
    "for what was meant. Ids are made as the site makes them; those written out in attributes or HTML, footnotes and "
    "what the site draws are known. Whatever may be a heading counts as one, and pages that the site makes from others "
    "are left alone.",
    good=(
        Example("## Notes\n\nSee [the rows](#timeline) and [the cause](#root-cause).", Form.BODY),
        Example("## Notes\n\n### The pool {#pool}\n\nSee [the pool](#pool).", Form.BODY, "An id of its own."),
        Example("## Notes\n\nDone in [A1](#action-a1).", Form.BODY, "Drawn by the site."),
    ),
    bad=(
        Example("## Notes\n\nSee [the rows](#time-line).", Form.BODY),
        Example("## Notes\n\nSee [the rows](#Timeline).", Form.BODY, "Ids have small letters: a hint."),
    ),
    check=_check,
    compare=_compare,
    concerns=_concerns,
)
