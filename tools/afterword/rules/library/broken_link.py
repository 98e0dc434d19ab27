"""AW604: links of the body that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from afterword.findings import Finding, Level
from afterword.markdown import Link
from afterword.model import Postmortem
from afterword.rules.base import Context, Example, Form, Rule, Scope, shortened

DOCS = "postmortems"
"""The folder that the site is built from: what lies outside is not on it."""

# Pages that only the site has: it makes them from all postmortems.
_GENERATED = re.compile(
    rf"{DOCS}/(?:(?:index|actions|trends|tags|incidents/index)\.md|incidents\.json|"
    r"(?:incidents/)?(?:services|categories|severities|years|teams)/.*|guide/rules/.*|schemas/.*)\Z"
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    folder = posixpath.dirname(postmortem.path)
    for link in postmortem.body.links:
        target = unquote(re.split(r"[?#]", link.target, maxsplit=1)[0])
        if not target or _ABSOLUTE.match(target):
            continue
        path = posixpath.normpath(posixpath.join(folder, target))
        if not path.startswith(f"{DOCS}/") and path != DOCS:
            message = f"{_kind(link)} to {shortened(target)} leads out of {DOCS}/, so the site does not have it"
            hint = f"Link to its address on the web, or copy it below {DOCS}/."
            yield RULE.finding(postmortem, link.span, message, hint)
        elif not _there(path, target, context):
            message = f"{_kind(link)} to {shortened(target)} leads nowhere"
            yield RULE.finding(postmortem, link.span, message, _hint(path, context))


def _there(path: str, target: str, context: Context) -> bool:
    if path in context.library.paths or _GENERATED.match(path) or context.exists(path):
        return True
    # an address as the site shows it: a folder for each page
    return target.endswith("/") and (f"{path}.md" in context.library.paths or context.exists(f"{path}.md"))


def _kind(link: Link) -> str:
    return "the image" if link.image else "the link"


def _hint(path: str, context: Context) -> str:
    """Where the file went, when it is a postmortem that was moved or renamed."""
    name = path.rsplit("/", 1)[-1].removesuffix(".md")
    other = context.library.find(name)
    return f"It is now {other.path}." if other else "Compare it with the file's name; the path starts from this file."


_FROM = "2026/2026-03-04-checkout-answered-503.md"

RULE = Rule(
    code="AW604",
    name="broken-link",
    level=Level.WARNING,
    scope=Scope.LIBRARY,
    summary="Relative links and images lead to files of the site.",
    rationale="A link to an earlier postmortem is half of what it has to say. Addresses on the web are not looked up, "
    "anchors are not compared, and pages that the site makes are taken for granted.",
    good=(
        Example(
            "## Notes\n\nLike [in February](2026-02-01-carts-were-empty.md#timeline).",
            Form.BODY,
            path=_FROM,
            beside=(("2026/2026-02-01-carts-were-empty.md", "title: Carts were empty\nstarted: 2026-02-01"),),
        ),
        Example("## Notes\n\n![The pool](images/pool%20usage.png)", Form.BODY, path=_FROM,
                beside=(("2026/images/pool usage.png", ""),)),
        Example("## Notes\n\nSee [the dashboard](https://grafana.example.org/d/pool).", Form.BODY),
    ),
    bad=(
        Example("## Notes\n\nLike [in February](2026-02-01-carts.md).", Form.BODY),
        Example("## Notes\n\nSee [the code](../../../src/pool.py).", Form.BODY, "Not on the site."),
    ),
    compare=_compare,
    concerns=lambda _, brief, __: bool(brief.targets),
)  # fmt: skip
