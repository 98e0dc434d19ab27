"""Storage: Confluence's own elements as those of HTML, for pages in storage format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from afterword.migration.forms.macros import macro
from afterword.migration.forms.markup import Element, Node, Text, elements, text_of
from afterword.slugs import slug_of


def plain_html(nodes: Iterable[Node], suffix: str) -> list[Node]:
    """The same in HTML. ``suffix``: of the page's own file, which those of linked pages have too."""
    return list(_Reader(suffix).read(nodes))


class _Reader:
    """Walks the tree once; each element of Confluence becomes what it shows."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._known: dict[str, Callable[[Element], Iterable[Node]]] = {
            "ac:structured-macro": self._macro,
            "ac:macro": self._macro,
            "ac:task-list": self._tasks,
            "ac:link": self._link,
            "ac:image": self._image,
            "ac:emoticon": self._emoticon,
            "ac:adf-extension": self._extension,
            "ac:placeholder": lambda _: (),
            "ac:parameter": lambda _: (),
            "ac:default-parameter": lambda _: (),
            "ac:layout": self._division,
            "ac:layout-section": self._division,
            "ac:layout-cell": self._division,
            "time": self._time,
            "ri:user": self._user,
        }

    def read(self, nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, Text):
                yield node
            elif node.tag in self._known:
                yield from self._known[node.tag](node)
            else:
                yield Element(node.tag, node.line, node.attributes, list(self.read(node.children)))

    def _macro(self, node: Element) -> Iterator[Node]:
        for item in macro(node):
            yield from self.read((item,))

    def _division(self, node: Element) -> Iterator[Node]:
        yield Element("div", node.line, {}, list(self.read(node.children)))

    def _tasks(self, node: Element) -> Iterator[Node]:
        items: list[Node] = []
        for task in elements(node, "ac:task"):
            done = any(text_of(state).strip() == "complete" for state in elements(task, "ac:task-status"))
            inner = [item for body in elements(task, "ac:task-body") for item in self.read(body.children)]
            items.append(Element("li", task.line, {"task": "done" if done else "open"}, inner))
        yield Element("ul", node.line, {}, items)

    def _link(self, node: Element) -> Iterator[Node]:
        body: list[Node] = [
            item
            for child in node.children
            if isinstance(child, Element) and child.tag in ("ac:link-body", "ac:plain-text-link-body")
            for item in self.read(child.children)
        ]
        target, words = self._resource(node)
        anchor = node.get("ac:anchor")
        if anchor:
            target, words = f"{target or ''}#{slug_of(anchor)}", words or anchor
        if not any(text_of(item).strip() for item in body) and not _pictured(body):
            body = [Text(words, node.line)]
        yield Element("a", node.line, {"href": target}, body) if target else Element("span", node.line, {}, body)

    def _resource(self, node: Element) -> tuple[str | None, str]:
        """Where the resource in a link or an image is, and what it is called."""
        for child in node.children:
            if not isinstance(child, Element):
                continue
            if child.tag in ("ri:page", "ri:blog-post", "ri:content-entity"):
                title = child.get("ri:content-title") or child.get("ri:content-id")
                return quote(f"{title}{self._suffix}"), title
            if child.tag == "ri:attachment":
                name = child.get("ri:filename")
                return f"attachments/{quote(name)}", name
            if child.tag == "ri:url":
                return child.get("ri:value"), child.get("ri:value")
            if child.tag == "ri:user":
                return None, _name(child)
            if child.tag in ("ri:space", "ri:shortcut"):
                return None, child.get("ri:space-key") or child.get("ri:parameter")
        return None, ""

    def _image(self, node: Element) -> Iterator[Node]:
        source, name = self._resource(node)
        alt = node.get("ac:alt") or node.get("ac:title") or ("" if name == source else name)
        shown: list[Node] = [Element("img", node.line, {"src": source or "", "alt": alt})]
        for caption in elements(node, "ac:caption"):
            inner = list(self.read(caption.children))
            if " ".join(text_of(caption).split()) != " ".join(alt.split()):
                shown.append(Element("p", caption.line, {}, inner))
        # one that is placed stands by itself; without a place it may be a sign in a line
        yield from (Element("div", node.line, {}, shown),) if len(shown) > 1 or node.get("ac:layout") else shown

    def _emoticon(self, node: Element) -> Iterator[Node]:
        name = node.get("ac:name")
        yield Text(node.get("ac:emoji-fallback") or node.get("ac:emoji-shortname") or f"({name})", node.line)

    def _extension(self, node: Element) -> Iterator[Node]:
        """What newer pages hold twice, once as HTML."""
        twin = [item for child in elements(node, "ac:adf-fallback") for item in child.children]
        own = [item for child in elements(node, "ac:adf-node") for item in elements(child, "ac:adf-content")]
        yield from self.read(twin or [item for content in own for item in content.children])

    def _time(self, node: Element) -> Iterator[Node]:
        yield from self.read(node.children) if text_of(node).strip() else (Text(node.get("datetime"), node.line),)

    def _user(self, node: Element) -> Iterator[Node]:
        yield Text(_name(node), node.line)


def _name(user: Element) -> str:
    """What is known of a person."""
    known = ("ri:username", "ri:userkey", "ri:account-id")
    return next((f"@{user.get(key)}" for key in known if user.get(key)), "")


def _pictured(nodes: Iterable[Node]) -> bool:
    return any(isinstance(node, Element) and (node.tag == "img" or _pictured(node.children)) for node in nodes)
