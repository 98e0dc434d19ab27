"""Tags: what the elements of HTML are, as far as it matters for what they say."""

from __future__ import annotations

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
"""Elements without an end tag."""

RAW = frozenset(("script", "style", "title", "textarea", "xmp"))
"""Elements in which nothing is markup."""

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var",
))  # fmt: skip
"""Elements of running text."""

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
))  # fmt: skip
"""Elements that a paragraph ends before."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
GROUPS = frozenset(("thead", "tbody", "tfoot", "caption", "colgroup"))
TABLE = CELLS | GROUPS | {"table", "tr"}
"""Elements that tables are made of."""

# What a start tag ends that has no end tag of its own, and how far up it may look for it.
ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "table"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "td": (CELLS, frozenset(("table", "tr"))),
    "th": (CELLS, frozenset(("table", "tr"))),
    "tr": (CELLS | {"tr", "caption", "colgroup"}, frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
    **dict.fromkeys(GROUPS, (CELLS | GROUPS | {"tr"}, frozenset(("table",)))),
}
