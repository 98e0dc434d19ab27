"""Document: one file, parsed. Front matter as a tree with positions, and the body's facts from its Markdown.

Only what stands in the one file, and only facts that a rule, a measure or a page asks for: headings,
the timeline's rows, links, labelled durations, suppressions and leftovers of the template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from frontmatter.default_handlers import YAMLHandler

from afterword import yamltree
from afterword.blocks import MAX_MISSING
from afterword.findings import START, Finding, Level, Span
from afterword.markdown import Body, parse_body
from afterword.prose import Passage
from afterword.source import Source, unreadable_part
from afterword.yamltree import Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. ``front`` is ``None`` when it could not be read; ``findings`` then say why."""

    path: str
    front: Mapping | None
    fence: Span
    body: Body
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...] = ()


class FrontMatter(YAMLHandler):
    """Where front matter begins and ends. Ours alone decides: a line of exactly ``---``.

    The library's own pattern also takes ``----``, and its ``loads`` strips the text, so that positions are lost.
    """

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def detect(self, text: str) -> bool:
        """Whether the very first line opens front matter."""
        return self.FM_BOUNDARY.match(text) is not None

    def edges(self, text: str) -> tuple[int, int, int] | None:
        """Offsets of the YAML's start and end and of the body's start; ``None`` when it is not closed."""
        first = self.FM_BOUNDARY.match(text)
        start = first.end() + 1 if first else 0
        second = self.FM_BOUNDARY.search(text, start) if first else None
        return None if second is None else (start, second.start(), min(second.end() + 1, len(text)))

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body, both exact. Raises ``ValueError`` when it is not closed."""
        edges = self.edges(text)
        if edges is None:
            raise ValueError("front matter is not closed")
        return text[edges[0] : edges[1]], text[edges[2] :]


HANDLER = FrontMatter()


def parse(source: Source) -> Document:
    """The document of a source. Never raises: what is wrong is in ``findings``."""
    fence = source.line_span(1)
    if not HANDLER.detect(source.text):
        return _broken(source, fence, "front matter is missing", "The first line must be exactly `---`.")
    edges = HANDLER.edges(source.text)
    if edges is None:
        return _broken(source, fence, "front matter is not closed", "End it with a line of exactly `---`.")
    start, end, body_start = edges
    node, findings = yamltree.parse(source, start, end)
    body, passages, unread = parse_body(source, body_start)
    front = node if isinstance(node, Mapping) else None
    if front is None and not findings:
        what = "empty" if node is None else "a list" if isinstance(node, yamltree.Sequence) else "plain text"
        span = fence if node is None else node.span
        findings = [_finding(source, span, f"front matter is {what}, not a mapping", "Write `key: value` lines.")]
    if unread:
        message = f"rows of tables leave out more than {MAX_MISSING:,} cells, so tables were left unread"
        findings.append(unreadable_part(source.path, message, "Write rows with as many cells as the head has."))
    return Document(source.path, front, fence, body, tuple(findings), passages)


def _broken(source: Source, span: Span, message: str, hint: str) -> Document:
    return Document(source.path, None, START, Body(), (_finding(source, span, message, hint),))


def _finding(source: Source, span: Span, message: str, hint: str) -> Finding:
    return Finding("AW002", "front-matter", Level.ERROR, message, source.path, span, hint)
