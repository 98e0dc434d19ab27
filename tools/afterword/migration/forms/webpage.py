"""Web page: HTML, exported from Confluence or written by hand, and Confluence's storage format as pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from afterword.migration.forms import exported
from afterword.migration.forms.endings import ending_of
from afterword.migration.forms.markup import Element, Node, Text, parse, text_of
from afterword.migration.forms.rendering import markdown
from afterword.migration.forms.storage import plain_html
from afterword.migration.page import Field, Page
from afterword.slugs import slug_of

_META = frozenset(
    ("author", "date", "description", "keywords", "created", "modified", "dcterms.created", "dcterms.date")
)


def is_storage(text: str) -> bool:
    """Whether a text is in Confluence's storage format."""
    return re.search(r"<(?:ac|ri):[a-z]", text[:100_000]) is not None


def is_confluence(text: str) -> bool:
    """Whether a text is a page of Confluence, in storage format or exported."""
    return is_storage(text) or re.search(r"id=[\"'](?:main-content|title-text)[\"']", text[:100_000]) is not None


def storage(path: str, text: str, first: int = 1) -> Page:
    """A page in storage format."""
    nodes = plain_html(parse(text, first).children, ending_of(path))
    return _page(path, "Confluence", nodes)


def html(path: str, text: str, first: int = 1) -> Page:
    """A page in HTML."""
    root = parse(text, first)
    content = _find(root, "main-content")
    if content is not None:
        return _export(path, root, content)
    head = next(_all(root, "head"), root)
    title = next((item for item in _all(head, "title")), None)
    body = next(_all(root, "body"), root)
    page = _page(path, "HTML", _without_navigation(body.children))
    said = " ".join(text_of(title).split()) if title else ""
    fields = tuple(_meta(root))
    return Page(path, "HTML", page.text, page.lines, fields, said or None, _line(title) if title and said else 1)


def _export(path: str, root: Element, content: Element) -> Page:
    around = _find(root, "content")
    nodes = list(exported.shown(content.children))
    nodes.extend(exported.sections_below(around) if around else ())
    page = _page(path, "Confluence export", nodes)
    heading = _find(root, "title-text")
    title = " ".join(text_of(heading).split()) if heading else ""
    crumbs = _find(root, "breadcrumbs")
    space = next(_all(crumbs, "a"), None) if crumbs else None
    if space:
        name = " ".join(text_of(space).split())
        title = title.removeprefix(f"{name} : ")
    metadata = next((item for item in _all(around or root, "div") if "page-metadata" in item.classes), None)
    fields = tuple(_metadata(metadata)) if metadata else ()
    front = " ".join(text_of(metadata).split()) if metadata else ""
    first = _line(metadata) if metadata and front else 0
    return Page(
        path, page.form, page.text, page.lines, fields, title or None, _line(heading) if heading and title else 1,
        front, first,
    )  # fmt: skip


def _metadata(node: Element) -> Iterator[Field]:
    """Who made the page and changed it last, and when. Neither is the day of an incident."""
    said = " ".join(text_of(node).split())
    for item in _all(node, "span"):
        name = " ".join(text_of(item).split())
        if name and "author" in item.classes:
            yield Field("author", name, _line(item), front=True)
        elif name and "editor" in item.classes:
            yield Field("last modified by", name, _line(item), front=True)
    day = re.search(r"\bon (\S[^\n]{4,40})\Z", said)
    if day:
        yield Field("last modified" if "modified" in said else "created", day[1].strip(), _line(node), front=True)


def _meta(root: Element) -> Iterator[Field]:
    for item in _all(root, "meta"):
        key = (item.get("name") or item.get("property")).strip().lower()
        value = " ".join(item.get("content").split())
        if key in _META and value:
            yield Field(key, value, item.line, front=True)


def _page(path: str, form: str, nodes: Iterable[Node]) -> Page:
    content = Element("", 1, {}, list(nodes))
    _lead_to_headings(content)
    lines = markdown(content.children)
    text = "\n".join(text for text, _ in lines)
    return Page(path, form, f"{text}\n" if text else "", (*(line for _, line in lines), lines[-1][1] if lines else 1))


def _lead_to_headings(content: Element) -> None:
    """Links within the page lead to the headings by the names that the site gives them."""
    anchors: dict[str, str] = {}
    for item in _everything(content):
        if re.fullmatch("h[1-6]", item.tag):
            slug = slug_of(text_of(item))
            anchors.update({inner.get("id") or inner.get("name"): slug for inner in (item, *_everything(item))})
    anchors.pop("", None)
    for link in _all(content, "a"):
        if link.get("href")[1:] in anchors and link.get("href").startswith("#"):
            link.attributes = {**link.attributes, "href": f"#{anchors[link.get('href')[1:]]}"}


def _without_navigation(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif node.tag != "nav" and node.get("role") != "navigation":
            yield Element(node.tag, node.line, node.attributes, list(_without_navigation(node.children)))


def _everything(node: Element) -> Iterator[Element]:
    pending = [child for child in reversed(node.children) if isinstance(child, Element)]
    while pending:
        item = pending.pop()
        yield item
        pending.extend(child for child in reversed(item.children) if isinstance(child, Element))


def _all(node: Element, tag: str) -> Iterator[Element]:
    return (item for item in _everything(node) if item.tag == tag)


def _find(node: Element, name: str) -> Element | None:
    return next((item for item in _everything(node) if item.get("id") == name), None)


def _line(node: Element) -> int:
    """The line where the words of an element begin."""
    for child in node.children:
        if isinstance(child, Text) and child.text.strip():
            return child.line + child.text[: len(child.text) - len(child.text.lstrip())].count("\n")
        if isinstance(child, Element) and text_of(child).strip():
            return _line(child)
    return node.line
