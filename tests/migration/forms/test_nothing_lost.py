"""Whatever stands in a page, each sign that it shows is shown by what it becomes, in the same order and no other."""

from __future__ import annotations

import html
import re

from hypothesis import assume, given
from hypothesis import strategies as st

from afterword.migration.forms import read
from tests.migration.forms.showing import by_site, by_standard, seen

SIGNS = "ab1 *_`[]()<>#|~!&;:-=+.\\\n{}^\"'$éX?@/"
"""Letters, and what means something in Markdown or HTML."""

_DEFINED = re.compile(r"^ *\[[^\[\]\n]*\]:", re.MULTILINE)
"""Code such as ``]:`` at the start of a link and of a line, which our site takes for where a link leads."""

Pages = st.SearchStrategy[str]


def within(tags: list[str], inner: Pages, most: int) -> Pages:
    """An element of one of these tags, which may have attributes, with some of what may stand in it."""

    def element(tag: str, parts: list[str]) -> str:
        return f"<{tag}>{''.join(parts)}</{tag.partition(' ')[0]}>"

    return st.builds(element, st.sampled_from(tags), st.lists(inner, max_size=most))


def words(signs: str = SIGNS) -> Pages:
    return st.text(alphabet=signs, max_size=12).map(html.escape)


LINKS = ["a href=x", "a href='http://x.y/(z)|'"]
INLINE = st.recursive(
    words() | st.just("<br>"),
    lambda inner: within(["b", "i", "em", "strong", "code", "del", "span", "sup", *LINKS], inner, 4),
    max_leaves=8,
)
LINES = st.lists(INLINE, max_size=5).map("".join)
FLAT = within(["p", "h2", "div", "h3"], INLINE, 3) | LINES
ITEMS = within(["td"], INLINE, 3)
TABLE = within(["table"], within(["tr"], ITEMS, 3), 3)


def nested(leaf: Pages, boxes: list[str]) -> Pages:
    """Blocks in lists, and in these boxes."""

    def grown(inner: Pages) -> Pages:
        lists = within(["ul", "ol"], within(["li"], inner, 2), 3)
        return lists | st.lists(inner, max_size=3).map("".join) | (within(boxes, inner, 3) if boxes else st.nothing())

    return st.recursive(leaf, grown, max_leaves=6)


RICH = st.lists(nested(FLAT | within(["pre"], words(), 1), ["blockquote"]) | TABLE, max_size=4).map("".join)
SIMPLE = st.lists(nested(FLAT, []) | TABLE, max_size=4).map("".join)


@given(RICH)
def test_readers_of_the_standard_show_the_same(page: str) -> None:
    made = read("report.html", page.encode())
    assert seen(by_standard(made.text)) == seen(page)


@given(SIMPLE)
def test_our_site_shows_the_same(page: str) -> None:
    made = read("report.html", page.encode())
    assume(_DEFINED.search(made.text) is None)
    assert seen(by_site(made.text)) == seen(page)


BOXES = ["ac:layout-cell", "ac:inline-comment-marker", "ac:unknown", "div", "section"]
MACRO = st.builds(
    lambda name, body: (
        f'<ac:structured-macro ac:name="{name}"><ac:rich-text-body>{body}</ac:rich-text-body></ac:structured-macro>'
    ),
    st.sampled_from(["info", "panel", "expand", "excerpt", "details", "x"]),
    SIMPLE,
)
CODE = st.text(alphabet=SIGNS, max_size=30).map(
    lambda code: (
        f'<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[{code}]]></ac:plain-text-body>'
        "</ac:structured-macro>"
    )
)


def without_sections(page: str) -> str:
    """Storage format as a browser's HTML, where such sections are not known."""
    parts = page.split("<![CDATA[")
    return parts[0] + "".join(
        html.escape(code) + rest for code, _, rest in (part.partition("]]>") for part in parts[1:])
    )


@given(st.lists(SIMPLE | MACRO | CODE | within(BOXES, MACRO | FLAT, 3), max_size=4).map("".join))
def test_storage_shows_the_same(page: str) -> None:
    made = read("report.xml", f"{page}<ac:placeholder/>".encode())
    assert seen(by_standard(made.text)) == seen(without_sections(page))
