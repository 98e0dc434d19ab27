"""Blocks of code on the site are those that other readers of Markdown show."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown
from markdown_it import MarkdownIt

from afterword_mkdocs import lists
from afterword_mkdocs.fences import regular
from tests.timed import seconds

EXTENSIONS = ["pymdownx.superfences", "pymdownx.highlight", "tables", "attr_list"]


class _Code(HTMLParser):
    """All signs in blocks of code, without blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # as the parser calls it
        self.depth += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data.split()


def code(html: str) -> str:
    reader = _Code()
    reader.feed(html)
    reader.close()
    return "".join(reader.words)


def on_site(text: str) -> str:
    return code(markdown(lists.regular(regular(text)), extensions=EXTENSIONS))


def elsewhere(text: str) -> str:
    return code(MarkdownIt("commonmark").enable("table").render(text))


TOLD = ["bash session", "python:file.py", "sh $ ls", "{", "a=b", 'py linenums="x"', "py{1}", '"q"', "<x>", "py on=1"]


@pytest.mark.parametrize(
    "told", [*TOLD, "", "python", "c++", 'py title="x"', "{.python}", "{r, echo=FALSE}", "x " * 300]
)
@pytest.mark.parametrize("before", ["", "- a\n\n  ", "> "])
@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_whatever_stands_behind_a_fence_code_is_code(told: str, before: str, fence: str) -> None:
    inner = before.rpartition("\n")[2]
    text = f"{before}{fence}{told}\n{inner}<b> # `c`\n{inner}{fence}\n\nafter\n"
    assert on_site(text) == "<b>#`c`"


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ("python:file.py", 'python title="file.py"'),
        ("{include} other.txt", 'include title="other.txt"'),
        ('sh a "b" <c>', "sh title=\"a 'b' <c>\""),
        ("{note}", "note"),
        ('Error: no query "x",', " title=\"Error: no query 'x',\""),
        ("=", ""),
    ],
)
def test_what_else_stands_behind_a_fence_is_the_title_of_the_block(told: str, now: str) -> None:
    text = regular(f"```{told}\na\n```\n")
    assert text == f"```{now}\na\n```\n"
    assert regular(text) is text


@pytest.mark.parametrize(
    "text",
    [
        "```\n<b>",
        "```\n<b>\n\n## c\n",
        "```\n<b>\n````\nafter\n",
        "````\n<b>\n```\nmore",
        "  ```\n<b>\n```\nafter\n",
        "- a\n\n  ```\n  <b>\n\nafter\n",
        "> ```\n> <b>\n\nafter\n",
        "> - ```x y\n>   <b>\n>\n>   c\n\nafter\n",
        "1. ~~~\n   <b>\n   ~~~~\n2. b\n",
        "- ```\n  <b>\n  ```\n- ```\n  <i>\n  ```\n",
        "- a\n  - ```\n    <b>\n\n    c\n    ```\n",
        "```\n<b>\n``` x\nmore\n```\nafter\n",
    ],
)
def test_code_without_an_end_of_its_own_ends_where_others_end_it(text: str) -> None:
    assert on_site(text) == elsewhere(text) != ""


def test_a_page_with_fences_as_they_should_be_stays_as_it_is() -> None:
    text = '# a\n\n```py title="x"\n  ~~~\n<b>\n```\n\n~~~\n``` x\n~~~\n'
    assert regular(text) is text
    assert regular("a `b` ~~~c~~~\n") == "a `b` ~~~c~~~\n"


LINE = st.sampled_from(
    ["```", "````", "~~~", "``` x y", "```py", "~~~ a=b", "<b>", "a", "", "  b", "    c", "## d", "- e", "> f", "> ```",
     "- ```"]
)  # fmt: skip


@given(st.lists(LINE, max_size=10).map("\n".join))
def test_no_block_of_code_of_any_page_is_another_than_before(text: str) -> None:
    assert elsewhere(regular(text)) == elsewhere(text)
    assert regular(regular(text)) == regular(text)


@pytest.mark.parametrize("line", ["``` x y\na\n", "- ``` x\n", "> ```\n", "```\n````\n", "~~~ a\n", "``` a=' b='"])
def test_twice_the_text_takes_twice_the_time(line: str) -> None:
    assert seconds(lambda: regular(line * 8000)) < 10 * seconds(lambda: regular(line * 2000)) + 0.1


def test_a_reader_that_knows_no_titles_gets_none() -> None:
    text = regular("```bash session\na <b>\n```\n", titled=False)
    assert text == "```bash\na <b>\n```\n"
    assert code(markdown(text, extensions=["fenced_code"])) == "a<b>"
