"""Lists on the site are those that other readers of Markdown show."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown, markdown
from markdown_it import MarkdownIt

from afterword_mkdocs.lists import keep_numbers, regular

EXTENSIONS = ["pymdownx.superfences", "tables", "attr_list", "admonition", "pymdownx.tasklist"]


class _Shape(HTMLParser):
    """What stands in which list: each word with the tags around it that make lists, code and tables."""

    def __init__(self) -> None:
        super().__init__()
        self.around: list[str] = []
        self.words: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # as the parser calls it
        if tag in ("ul", "ol", "li", "pre", "table", "blockquote", "h2"):
            self.around.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.around:
            while self.around.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.words += [(*self.around, word) for word in data.split()]


def shape(html: str) -> list[tuple[str, ...]]:
    reader = _Shape()
    reader.feed(html)
    return reader.words


def on_site(text: str) -> list[tuple[str, ...]]:
    return shape(markdown(regular(text), extensions=EXTENSIONS))


def elsewhere(text: str) -> list[tuple[str, ...]]:
    return shape(MarkdownIt("commonmark").enable("table").render(text))


@pytest.mark.parametrize(
    "text",
    [
        "- a\n  - b\n    - c\n- d\n",
        "1. a\n   - b\n   - c\n2. d\n",
        "- a\n\n  more\n\n  - b\n\n    more of b\n- c\n",
        "text:\n- a\n- b\n",
        "text:\n1. a\n1. b\n\nmore\n",
        "1) a\n2) b\n",
        "- a\n  ```\n  code\n      indented\n  ```\n- b\n",
        "1. a\n   ```\n   code\n   ```\n2. b\n",
        "- a\n  goes on\n  - b\n  - c\n",
        "- a\n- b\n1. c\n2. d\n",
        "- a\n```\ncode\n```\n",
        "* a\n\t* b\n\t\t* c\n",
        "- a\n\n    four columns\n\n    - b\n",
        "- a\nlazy\n  - b\nlazy\n",
        "- a\n- \n- b\n",
        "- a\n  > quoted\n- b\n",
        "- a\n  | h | i |\n  | - | - |\n  | x | y |\n- b\n",
        " - a\n   - b\n - c\n",
        "## H\n- a\n## H\n",
        "| h |\n| - |\n| x |\n- a\n",
        "10. a\n    - b\n11. c\n",
    ],
)
def test_a_list_is_the_same_on_the_site_and_elsewhere(text: str) -> None:
    assert on_site(text) == elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "no list\n\n    code - a\n",
        "- a\n- b\n",
        "- a\n    - b\n\n        more\n\n- c\n",
        "1. a\n\n    ```\n    code\n    ```\n\n2. b\n",
        "!!! note\n    - a\n    - b\n",
        "```\n- a\n  - b\n```\n",
        "> - a\n>   - b\n",
        "-    a\n\n         code\n",
    ],
)
def test_what_is_right_already_stays_as_it_is(text: str) -> None:
    assert regular(text) == text


def test_a_list_that_goes_on_keeps_its_numbers() -> None:
    converter = Markdown(extensions=EXTENSIONS)
    keep_numbers(converter)
    assert '<ol start="2">' in converter.convert("1. a\n\ntext\n\n2. b\n")


ITEMS = st.recursive(
    st.just(()), lambda inner: st.lists(st.tuples(st.sampled_from("-*1"), inner), min_size=1, max_size=3), max_leaves=8
)


def _written(items: object, column: int, count: list[int]) -> list[str]:
    """A list as Markdown: nested ones stand where the text of the item above begins."""
    lines = []
    assert isinstance(items, (list, tuple))
    sign = items[0][0] if items else "-"
    mark = "1." if sign == "1" else sign
    for _, inner in items:
        count[0] += 1
        lines.append(f"{' ' * column}{mark} w{count[0]}")
        lines += _written(inner, column + len(mark) + 1, count)
    return lines


@given(ITEMS)
def test_any_tree_of_items_is_the_same_on_the_site_and_elsewhere(items: object) -> None:
    text = "\n".join(_written(items, 0, [0]))
    assert on_site(text) == elsewhere(text)


@given(st.text(alphabet="-*1.)a \n>`\t|#", max_size=60))
def test_no_sign_of_any_text_is_lost(text: str) -> None:
    made = "".join(regular(text).replace("<!-- -->", "").split())
    assert made.replace(")", ".") == "".join(text.split()).replace(")", ".")


@pytest.mark.parametrize("piece", ["- a\n", "- ", "1. a\n   ", "  - a\n", "* a\n1. b\n", "- a\n\n", "> - a\n", "-\n"])
def test_hostile_text_is_read_in_time(piece: str) -> None:
    start = time.perf_counter()
    regular(piece * (60_000 // len(piece)))
    assert time.perf_counter() - start < 3
