"""Any bytes are a page: nothing raises, lines are those of the file, and twice as much takes twice as long."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.forms import read

ENDINGS = ["md", "mdx", "html", "xml", "html.erb", "txt"]
TEXT = ["word ", "a\nb", "\n", "\n\n", "<", "&amp;", "&#", "|", "- ", '"', "\t", "\r", "\ufeff", "\ue000", "\0"]
HTML = [
    "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<a href='x'>",
    "</a>", "<b>", "</b>", "<br/>", "<!-- a -->", "<!--", "-->", "<script>", "</script>", "<h2>", "</h2>", "</div>",
    "<html>", "<title>", "<dl>", "<dt>", "<dd>", "<sup>", "</sup>", "<blockquote>",
]  # fmt: skip
CONFLUENCE = [
    '<ac:structured-macro ac:name="code">', '<ac:structured-macro ac:name="info">', "</ac:structured-macro>",
    "<ac:plain-text-body>", "<![CDATA[", "]]>", "<ac:rich-text-body>", '<ac:parameter ac:name="title">', "<ac:link>",
    "</ac:link>", '<ri:page ri:content-title="a"/>', "<ac:task-list><ac:task><ac:task-body>", "</ac:task-list>", "<p>",
    '<div id="main-content">', '<span id="title-text">', '<div class="greybox">', '<ul class="inline-task-list">',
    '<div class="page-metadata">', "<time datetime='2024'/>", "<ac:image>",
]  # fmt: skip
FRONT = [
    "---\n", "+++\n", "{\n", "}\n", "title: a\n", "a: b: c\n", "b: |\n", "  c\n", "a = 1\n", '"a": 1\n', "# d\n",
    "import a from 'b'\n", "export default a\n", "  a: 'b',\n", "```\n", "{{< track ", " >}}", "%}", "{% a",
]  # fmt: skip


def hold(path: str, data: bytes) -> None:
    """What is true of every page. ``path`` is in the source."""
    page = read(path, data)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert len(page.lines) == page.text.count("\n") + 1
    assert all(1 <= line <= lines for line in page.lines)
    if b"<!--" not in data:  # a remark in a paragraph stands below it
        assert list(page.lines) == sorted(page.lines)
    assert all(1 <= field.line <= lines and field.value for field in page.fields)
    assert 1 <= page.title_line <= lines
    assert 0 <= page.front_line <= lines
    assert all(1 <= first <= last <= lines for first, last in page.stretches)
    assert page.front_left(()) in (page.front, "")


def few(pieces: list[str]) -> st.SearchStrategy[str]:
    """Texts of a few of some pieces: of all of them at once, hardly two would ever meet."""
    some = st.lists(st.sampled_from(pieces + TEXT), min_size=2, max_size=7, unique=True)
    return some.flatmap(lambda chosen: st.lists(st.sampled_from(chosen), max_size=30)).map("".join)


@given(st.sampled_from(ENDINGS), few(HTML) | few(CONFLUENCE) | few(FRONT))
def test_pieces_of_all_forms_in_any_order_are_a_page(ending: str, text: str) -> None:
    hold(f"a/page.{ending}", text.encode())


@given(st.sampled_from(["page", *(f"page.{ending}" for ending in ENDINGS)]), st.binary(max_size=200))
def test_any_bytes_are_a_page(path: str, data: bytes) -> None:
    read(path, data)


SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "elements in elements": ("a.html", lambda size: "<div>" * (size // 11) + "a" + "</div>" * (size // 11)),
    "paragraphs never closed": ("a.html", lambda size: "<p>a " * (size // 5)),
    "bold never closed": ("a.html", lambda size: "<b>a " * (size // 5)),
    "links never closed": ("a.html", lambda size: "<a href=x>a" * (size // 11)),
    "lists in lists": ("a.html", lambda size: "<ul><li>" * (size // 9) + "a"),
    "quotes in quotes": ("a.html", lambda size: "<blockquote>a" * (size // 13)),
    "tables in tables": ("a.html", lambda size: "<table><tr><td>" * (size // 15)),
    "cells": ("a.html", lambda size: f"<table><tr>{'<td>a' * (size // 5)}"),
    "rows": ("a.html", lambda size: f"<table>{'<tr><td>a<td>b' * (size // 14)}"),
    "wide and high cells": ("a.html", lambda size: f"<table>{'<tr><td rowspan=50 colspan=50>a' * (size // 31)}"),
    "signs": ("a.html", lambda size: f"<p>{'*_`[~' * (size // 5)}"),
    "style by style": ("a.html", lambda size: "<p>" + "<b>a</b><i>b</i>" * (size // 16)),
    "ticks in code": ("a.html", lambda size: f"<code>{'`' * size}</code>"),
    "comments never closed": ("a.html", lambda size: "<!--" * (size // 4) + ">"),
    "quotes never closed": ("a.html", lambda size: "<a b='" * (size // 6) + ">"),
    "attributes": ("a.html", lambda size: f"<p {'a=b ' * (size // 4)}>"),
    "signs by number": ("a.html", lambda size: f"&#{'9' * size};"),
    "unclosed scripts": ("a.html", lambda size: "<script>" * (size // 8)),
    "angles": ("a.html", lambda size: "<" * size + ">"),
    "blanks": ("a.html", lambda size: f"<p>a{' ' * size}b"),
    "sections": ("a.xml", lambda size: "<ac:x/>" + "<![CDATA[" * (size // 9) + ">"),
    "macros in macros": (
        "a.xml",
        lambda size: '<ac:structured-macro ac:name="info"><ac:rich-text-body>' * (size // 54),
    ),
    "tasks in tasks": ("a.xml", lambda size: "<ac:task-list><ac:task><ac:task-body>" * (size // 37)),
    "links in links": ("a.xml", lambda size: "<ac:link><ac:link-body>" * (size // 23)),
    "parameters": ("a.xml", lambda size: '<ac:macro ac:name="x">' + '<ac:parameter ac:name="a"/>' * (size // 27)),
    "exported boxes": ("a.html", lambda size: '<div id="main-content">' + '<div class="panel">' * (size // 19)),
    "fences of front matter": ("a.md", lambda size: "---\n" * (size // 4)),
    "keys that lack quotes": ("a.md", lambda size: f"---\n{'a: b: c' * (size // 7)}\n---\n"),
    "lists in YAML": ("a.md", lambda size: f"---\na: {'[' * size}\n---\n"),
    "objects in JSON": ("a.md", lambda size: '{"a":' * (size // 5)),
    "tables in TOML": ("a.md", lambda size: f"+++\n{'[a' * (size // 2)}\n+++\n"),
    "shortcodes never closed": ("a.md", lambda size: "{{< track " * (size // 10)),
    "figures": ("a.md", lambda size: '{{< figure src="a" ' * (size // 19)),
    "imports": ("a.mdx", lambda size: "import a from 'b'\n\n" * (size // 19)),
    "imports never ended": ("a.mdx", lambda size: "import " + "a from " * (size // 7)),
    "entries of a timeline": ("a.md", lambda size: "### 2024-03-04 (UTC)\n\n" * (size // 22)),
}


SIZE, QUICK = 12_000, 0.004
"""Characters, and how many seconds are so few that more text is needed to see anything."""


@pytest.fixture
def no_collector() -> Iterator[None]:
    """It would look at all that is kept, at times of its own."""
    gc.disable()
    yield
    gc.enable()


def seconds(path: str, data: bytes) -> float:
    begun = time.process_time()
    read(path, data)
    return time.process_time() - begun


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.usefixtures("no_collector")
def test_time_grows_as_the_text_does(name: str) -> None:
    path, shape = SHAPES[name]
    hold(path, shape(SIZE).encode())
    size = 25 * SIZE if seconds(path, shape(SIZE).encode()) < QUICK else SIZE
    data, twice = shape(size).encode(), shape(2 * size).encode()
    tries = ((seconds(path, data), seconds(path, twice)) for _ in range(3))
    assert any(two < max(0.05, 2.6 * one) and two < 2 for one, two in tries)
