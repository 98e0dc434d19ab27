"""Exported: what a page of Confluence's HTML export shows, without what the product put around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from afterword.migration.forms.markup import Element, Node, Text, elements, text_of

_DROPPED = frozenset(("toc-macro", "expand-control-icon", "text-placeholder", "issue-placeholder", "aui-icon"))
_WAITING = "Getting issue details..."
"""What stands where a ticket's title would, when the export was made without asking the tracker."""


def shown(nodes: Iterable[Node]) -> Iterator[Node]:
    """The same elements with the product's boxes as quotes, its tasks as tasks, its machinery gone."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
            continue
        classes = set(node.classes)
        if classes & _DROPPED or (node.tag == "span" and text_of(node).strip() == _WAITING):
            continue
        known = next((reader for name, reader in _KNOWN.items() if name in classes), None)
        yield from known(node) if known else _other(node)


def _other(node: Element) -> Iterator[Node]:
    if node.tag == "table" and any("comment" in cell.classes for cell in _cells(node)):
        yield from (Element("blockquote", cell.line, {}, list(shown(cell.children))) for cell in _cells(node))
    else:
        yield Element(node.tag, node.line, node.attributes, list(shown(node.children)))


def _cells(node: Element) -> Iterator[Element]:
    for child in node.children:
        if isinstance(child, Element) and child.tag == "td":
            yield child
        elif isinstance(child, Element) and child.tag in ("tr", "tbody"):
            yield from _cells(child)


def _box(node: Element) -> Iterator[Node]:
    """Info, note, tip, warning, panel: a quote under its title."""
    yield Element("blockquote", node.line, {}, list(shown(node.children)))


def _title(node: Element) -> Iterator[Node]:
    inner = Element("b", node.line, {}, list(shown(node.children)))
    yield Element("p", node.line, {}, [inner])


def _code(node: Element) -> Iterator[Node]:
    yield Element("div", node.line, {}, list(shown(node.children)))


def _source(node: Element) -> Iterator[Node]:
    """Code, with its language unless it is the one that stands there when nobody has chosen any."""
    said = node.get("data-syntaxhighlighter-params").split(";")[0].removeprefix("brush:").strip()
    yield Element("pre", node.line, {"data-language": "" if said == "java" else said}, node.children)


def _tasks(node: Element) -> Iterator[Node]:
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, Element) and child.tag == "li":
            task = {"task": "done" if "checked" in child.classes else "open"}
            items.append(Element("li", child.line, task, list(shown(child.children))))
        else:
            items.extend(shown((child,)))
    yield Element("ul", node.line, {}, items)


def _ticket(node: Element) -> Iterator[Node]:
    inner = list(shown(node.children))
    if text_of(Element("", 0, {}, inner)).strip(" -\n"):
        while inner and isinstance(inner[-1], Text) and not inner[-1].text.strip(" -\n"):
            inner.pop()
        yield Element("span", node.line, {}, inner)
    else:
        yield Text(node.get("data-jira-key"), node.line)


def _mention(node: Element) -> Iterator[Node]:
    name = " ".join(text_of(node).split())
    said: list[Node] = [Text(name if name.startswith("@") or not name else f"@{name}", node.line)]
    yield Element("a", node.line, {"href": node.get("href")}, said)


def _attachments(node: Element) -> Iterator[Node]:
    """The files at the foot of a page, one in a line."""
    items: list[list[Node]] = [[]]
    for child in node.children:
        if isinstance(child, Element) and child.tag == "br":
            items.append([])
        else:
            items[-1].append(child)
    yield Element("ul", node.line, {}, [Element("li", node.line, {}, list(shown(item))) for item in items])


# The first that fits: code stands in a panel, too.
_KNOWN: dict[str, Callable[[Element], Iterator[Node]]] = {
    "confluence-information-macro": _box,
    "information-macro": _box,
    "code": _code,
    "preformatted": _code,
    "panel": _box,
    "title": _title,
    "panelHeader": _title,
    "expand-control-text": _title,
    "syntaxhighlighter-pre": _source,
    "inline-task-list": _tasks,
    "jira-issue": _ticket,
    "user-mention": _mention,
    "greybox": _attachments,
}


def sections_below(content: Element) -> Iterator[Node]:
    """Attachments and comments, which stand below the text of a page."""
    for child in elements(content, "div"):
        if "pageSection" in child.classes:
            yield from shown(child.children)
