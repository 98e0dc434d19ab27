"""Macros: what Confluence's show, as elements of HTML and, inside, still of Confluence."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.migration.forms.markup import Element, Node, Text, elements, text_of

_PANELS = frozenset(("info", "tip", "note", "warning", "panel", "error", "success"))
_LISTS = frozenset((
    "anchor", "attachments", "blog-posts", "change-history", "children", "contentbylabel", "contributors",
    "contributors-summary", "create-from-template", "detailssummary", "gallery", "index", "labels-list", "livesearch",
    "pagetree", "pagetreesearch", "popular-labels", "recently-updated", "related-labels", "space-attachments",
    "space-details", "tasks-report-macro", "toc",
))  # fmt: skip
"""Lists that Confluence makes of other pages or of this one: they say nothing themselves."""
_NAMES = ("", "name", "diagramName", "diagramDisplayName", "filename", "title", "url", "src", "jqlQuery", "query")


def macro(node: Element) -> Iterator[Node]:
    """What a macro shows. Of one that is not known its body, or, when it has none, what it is and of what."""
    name = node.get("ac:name")
    given = {
        child.get("ac:name"): child
        for child in node.children
        if isinstance(child, Element) and child.tag in ("ac:parameter", "ac:default-parameter")
    }
    title = text_of(given["title"]).strip() if "title" in given else ""
    body = _body(node, "ac:rich-text-body")
    code = _body(node, "ac:plain-text-body")
    if name == "status":
        yield Text(title, node.line)
    elif name == "jira" and "key" in given:
        yield Text(text_of(given["key"]).strip(), node.line)
    elif code is not None:
        yield from _titled(title, node)
        language = text_of(given["language"]).strip() if "language" in given else ""
        yield Element("pre", node.line, {"data-language": language}, code)
    elif body is not None:
        tag = "blockquote" if name in _PANELS else "div"
        yield Element(tag, node.line, {}, [*_titled(title, node), *body])
    elif name not in _LISTS:
        yield from _unknown(name, node, given)


def _titled(title: str, node: Element) -> Iterator[Node]:
    if title:
        yield Element("p", node.line, {}, [Element("b", node.line, {}, [Text(title, node.line)])])


def _unknown(name: str, node: Element, given: dict[str, Element]) -> Iterator[Node]:
    """Another page or file that it shows becomes a link to it; of a picture drawn by an add-on its name is left."""
    resources = [
        child
        for holder in (node, *given.values())
        for child in holder.children
        if isinstance(child, Element) and child.tag.startswith("ri:")
    ]
    links = [link for holder in given.values() for link in elements(holder, "ac:link")]
    for item in resources:
        yield Element("ac:link", node.line, {}, [item])
    yield from links
    if not resources and not links:
        words = next((text for key in _NAMES if key in given and (text := text_of(given[key]).strip())), "")
        yield Text(f"[{name}: {words}]" if words else f"[{name}]", node.line)


def _body(node: Element, tag: str) -> list[Node] | None:
    return next((child.children for child in elements(node, tag)), None)
