"""AW604: links of the body that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.hyperlinks import Link
from afterword.links.targets import DOCS, Target, target_of
from afterword.model import Postmortem
from afterword.rules.base import Context, Example, Form, Rule, Scope, shortened


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    for link in postmortem.body.links:
        target = target_of(postmortem.path, link.target)
        if target is None or not target.written:
            continue
        if not target.is_on_site:
            message = f"{_kind(link)} to {shortened(target.written)} leads out of {DOCS}/, so the site does not have it"
            hint = f"Link to its address on the web, or copy it below {DOCS}/."
            yield RULE.finding(postmortem, link.span, message, hint)
        elif not _there(target, context):
            message = f"{_kind(link)} to {shortened(target.written)} leads nowhere"
            yield RULE.finding(postmortem, link.span, message, _hint(target.path, context))


def _there(target: Target, context: Context) -> bool:
    if target.path in context.library.paths or target.is_generated or context.exists(target.path):
        return True
    # an address as the site shows it: a folder for each page
    as_page = f"{target.path}.md"
    return target.written.endswith("/") and (as_page in context.library.paths or context.exists(as_page))


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
    rationale="A link to an earlier postmortem is half of what it has to say. Pages that the site makes are "
    "taken for granted. Headings are another rule's matter, and addresses on the web that of `--online`.",
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
