"""Whatever stands in a page, each sign that it shows is shown by what it becomes, in the same order and no other."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from afterword.migration.body.defuse import defused
from afterword.migration.body.splice import splice
from afterword.migration.forms import read
from afterword.migration.outline import outline
from tests.migration.forms.showing import by_site, by_standard, seen

SIGNS = "ab1 *_`[]()<>#|~!&;:-=+.\\\n{}^\"'$éX?@/"
"""Letters, and what means something in Markdown or HTML."""

MARKS = (
    "]:", "[a]: b", "[^1]:", "[^1]", "*[API]: x", "API", "#!py ", "::: py ", "!!! note", "??? x", '=== "a"', "| a |",
    "|---|", "---", "- ", "1. ", "1) ", "&amp;", "<b>", "<!--", "-->", "++a++", "{.a}", "{: .x}", " {a}", "{% a %}",
    "\n", "a@b.c", "^1^", ": ", "--8<--", "```", "~~~", "[TOC]", "[a](b)", "![a](b)", "<http://a.b>", "====", "## ",
    "    ", "&#58;", "&nbsp;", "==a==", "[[a]]", "{{ a }}", "$x$", ":smile:", "/// x", "https://a.b", "“", "x",
)  # fmt: skip
"""What is none of plain text where Markdown reads it."""

_TASK = re.compile(r"^[ >]*(?:(?:-|\d+\.) +)+\[[ Xx]\]", re.MULTILINE)
"""Boxes that were written as text are tasks, which is what their authors meant."""

Pages = st.SearchStrategy[str]


def within(tags: list[str], inner: Pages, most: int) -> Pages:
    """An element of one of these tags, which may have attributes, with some of what may stand in it."""

    def element(tag: str, parts: list[str]) -> str:
        return f"<{tag}>{''.join(parts)}</{tag.partition(' ')[0]}>"

    return st.builds(element, st.sampled_from(tags), st.lists(inner, max_size=most))


def words(signs: str = SIGNS) -> Pages:
    marked = st.lists(st.sampled_from(MARKS), max_size=4).map("".join)
    return (st.text(alphabet=signs, max_size=12) | marked).map(html.escape)


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


def written(text: str) -> str:
    """The Markdown as it stands in a file of ours."""
    shape = outline(text)
    code = {line for block in shape.blocks if block.kind == "code" for line in range(block.first, block.last)}
    return splice(text, defused(text, code))


@given(RICH)
def test_readers_of_the_standard_show_the_same(page: str) -> None:
    made = read("report.html", page.encode())
    assert seen(by_standard(made.text)) == seen(page)


@given(RICH)
def test_our_site_shows_the_same(page: str) -> None:
    made = read("report.html", page.encode())
    assume(_TASK.search(made.text) is None)
    assert seen(by_site(written(made.text))) == seen(page)


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("<p><a href=x><code>`]:</code></a></p>", "[<code>&#96;&#93;:</code>](x)\n"),
        ("<p>[09:12]: restarted</p>", "\\[09:12\\]: restarted\n"),
        ("<p>a<br>[b<br>c]: d</p>", "a  \n\\[b  \nc\\]: d\n"),
        ("<p>[;<code>a]: b</code></p>", "\\[;`a]: b`\n"),
        ("<p><i>[a</i><code>b]: c</code></p>", "*[a*<code>b&#93;: c</code>\n"),
        ("<p><i><a href=x>a</a></i><code>]: c</code></p>", "*[a](x)*<code>&#93;: c</code>\n"),
        ("<p><i><a href=x>a</a></i><br><code>]: c</code></p>", "*[a](x)*  \n<code>&#93;: c</code>\n"),
        ("<p>~2<del>y</del></p>", "\\~2~~y~~\n"),
        ("<p>~2 h</p>", "~2 h\n"),
        ("<p>See <code>a[0]: b</code></p>", "See `a[0]: b`\n"),
        ("<p><code>#!/bin/sh -e</code></p>", "` #!/bin/sh -e `\n"),
        ("<p><code>::: py</code></p>", "` ::: py `\n"),
        ("<p><a href=x>a</a><code>++[b]:</code></p>", "[a](x)<code>&#43;&#43;&#91;b&#93;:</code>\n"),
        ("<ul><li><pre>a\nb</pre><li>c</ul>", "-   <!-- -->\n\n    ```\n    a\n    b\n    ```\n\n-   c\n"),
        ("<ol><li><blockquote>a<p>b</blockquote></ol>", "1.  <!-- -->\n\n    > a\n    >\n    > b\n"),
        ("<ul><li><ul><li>a<ul><li>b</ul></ul></ul>", "-   -   a\n\n        -   b\n"),
        ("<ol><li>a<ul><li>b<p>c</p></ul><li>d</ol>", "1.  a\n\n    -   b\n\n        c\n\n2.  d\n"),
    ],
)  # fmt: skip
def test_text_that_looks_like_markdown_is_shown_as_text(page: str, made: str) -> None:
    assert read("report.html", page.encode()).text == made
    assert seen(by_site(made)) == seen(by_standard(made)) == seen(page)


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
