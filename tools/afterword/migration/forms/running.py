"""Running text: what the elements of a line say, as runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import basename
from urllib.parse import unquote, urlsplit

from afterword.migration.forms.escaping import escape, target
from afterword.migration.forms.inline import BOLD, CODE, ITALIC, STRUCK, Run
from afterword.migration.forms.markup import Element, Node, Text

_STYLES = {
    "b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "cite": ITALIC, "dfn": ITALIC, "var": ITALIC,
    "del": STRUCK, "s": STRUCK, "strike": STRUCK, "code": CODE, "tt": CODE, "kbd": CODE, "samp": CODE,
}  # fmt: skip
SILENT = frozenset(
    ("script", "style", "template", "head", "noscript", "colgroup", "object", "datalist", "meta", "link")
)
"""Elements that show nothing."""
_FOLLOWED = re.compile(r"(?:https?://|mailto:|tel:|ftp://|#|/|\.|[^:?#]*(?:[/?#]|\Z))", re.IGNORECASE)


def runs(nodes: Iterable[Node], style: int = 0, link: str | None = None) -> Iterator[Run]:
    """The runs of some elements in order. ``style`` and ``link``: of what is around them."""
    for node in nodes:
        if isinstance(node, Text):
            if not node.comment:
                yield from _text(node, style, link)
        elif node.tag not in SILENT:
            yield from _element(node, style, link)


def within(node: Element, style: int, link: str | None) -> tuple[int, str | None]:
    """Style and link of what stands in an element that has these around it."""
    if node.tag == "a":
        return style, link or address_of(node.get("href"))
    return style | _STYLES.get(node.tag, 0), link


def _text(node: Text, style: int, link: str | None) -> Iterator[Run]:
    """Cut at line ends, so that each word knows its line."""
    for number, line in enumerate(re.split(r"(?<=\n)", node.text), node.line):
        if line:
            yield Run(line, number, style, link)


def _element(node: Element, style: int, link: str | None) -> Iterator[Run]:
    special = _SPECIAL.get(node.tag)
    if special:
        return special(node, style, link)
    return runs(node.children, *within(node, style, link))


def _break(node: Element, style: int, link: str | None) -> Iterator[Run]:
    yield Run("", node.line, style, link, ends=True)


def _input(node: Element, style: int, link: str | None) -> Iterator[Run]:
    if node.get("type").lower() in ("checkbox", "radio"):
        yield Run("[x]" if "checked" in node.attributes else "[ ]", node.line, style, made=True)
        yield Run(" ", node.line, style)
    elif node.get("type").lower() != "hidden":
        yield Run(node.get("value"), node.line, style, link)


def _raised(node: Element, style: int, link: str | None) -> Iterator[Run]:
    """Ten to the sixth is not 106, so these elements stay."""
    style &= ~CODE
    inner = [Run(" ", run.line) if run.ends else run for run in runs(node.children, style, link)]
    if any(run.text.strip() for run in inner):
        yield Run(f"<{node.tag}>", node.line, style, link, made=True)
        yield from inner
        yield Run(f"</{node.tag}>", node.line, style, link, made=True)


def _quoted(node: Element, style: int, link: str | None) -> Iterator[Run]:
    yield Run("“", node.line, style, link)
    yield from runs(node.children, style, link)
    yield Run("”", node.line, style, link)


def _embedded(node: Element, style: int, link: str | None) -> Iterator[Run]:
    if source := address_of(node.get("src")):
        yield Run(source, node.line, style & ~CODE, source)
    yield from runs(node.children, style, link)


def _picture(node: Element, style: int, link: str | None) -> Iterator[Run]:
    """A picture, or, of a small sign such as a smile, its text."""
    address = node.get("src").strip()
    alias = node.get("data-linked-resource-default-alias")
    name = " ".join((node.get("alt") or alias).split())
    if "emoticon" in node.classes or "emoji" in node.classes:
        yield Run(node.get("data-emoji-fallback") or name, node.line, style, link)
    elif not address or address.startswith(("data:", "images/icons/")) or address_of(address) is None:
        yield Run(name, node.line, style, link)
    else:
        name = name or unquote(basename(_path(address)))
        yield Run(f"![{escape(name, label=True)}]({target(address)})", node.line, style & ~CODE, link, made=True)


def _path(address: str) -> str:
    """The path of an address; all of it where it cannot be read as one."""
    try:
        return urlsplit(address).path
    except ValueError:
        return address


def address_of(written: str) -> str | None:
    """Where a link leads; ``None`` when it runs a script or leads nowhere."""
    address = written.strip()
    return address if address and _FOLLOWED.match(address) else None


_SPECIAL: dict[str, Callable[[Element, int, str | None], Iterator[Run]]] = {
    "br": _break, "img": _picture, "input": _input, "q": _quoted, "sub": _raised, "sup": _raised,
    "audio": _embedded, "embed": _embedded, "iframe": _embedded, "source": _embedded, "video": _embedded,
}  # fmt: skip
