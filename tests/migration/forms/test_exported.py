"""Pages of Confluence's HTML export: the page itself, without what the product puts around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.migration.forms import read
from afterword.migration.page import Page

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def page() -> Page:
    return read("OPS/Relay-down_10.html", (CASES / "exported.html").read_bytes())


def exported(body: str, around: str = "", title: str = "Operations : Relay down", crumb: str = "Operations") -> Page:
    """A page with this text."""
    text = (
        f"<html><head><title>{title}</title></head><body>"
        f'<ol id="breadcrumbs"><li><a href="index.html">{crumb}</a></li></ol>'
        f'<h1><span id="title-text">{title}</span></h1>'
        f'<div id="content">{around}<div id="main-content">{body}</div></div><div id="footer">By a product</div>'
        "</body></html>"
    )
    return read("OPS/Relay-down_10.html", text.encode())


def test_a_page_becomes_markdown(page: Page) -> None:
    assert page.form == "Confluence export"
    assert page.text == (CASES / "exported.md").read_text(encoding="utf-8")


def test_the_title_is_without_the_name_of_the_space(page: Page) -> None:
    assert (page.title, page.title_line) == ("Relay down on 4 March", 20)
    assert exported("<p>A</p>", title="Operations : Down: a : b").title == "Down: a : b"
    assert exported("<p>A</p>", title="Down : again", crumb="Operations").title == "Down : again"


def test_who_made_the_page_and_when_stands_beside_the_text(page: Page) -> None:
    assert [(field.key, field.value, field.line, field.front) for field in page.fields] == [
        ("author", "Ana Ruiz", 26, True),
        ("last modified by", "Ben Okoye", 26, True),
        ("last modified", "Mar 06, 2024", 26, True),
    ]
    assert page.front == "Created by Ana Ruiz, last modified by Ben Okoye on Mar 06, 2024"
    assert page.front_line == 26


def test_the_day_of_a_page_that_nobody_changed_is_that_of_its_making() -> None:
    around = '<div class="page-metadata">Created by <span class="author">Ana</span> on Aug 12, 2025</div>'
    found = {field.key: field.value for field in exported("<p>A</p>", around).fields}
    assert found == {"author": "Ana", "created": "Aug 12, 2025"}


def test_the_text_and_what_stands_below_it_know_their_lines(page: Page) -> None:
    source = (CASES / "exported.html").read_text(encoding="utf-8").split("\n")
    for text, words in (("df -h", "df -h"), ("## Timeline", "Timeline"), ("## Comments:", "Comments:")):
        assert words in source[page.line(page.text.split("\n").index(text)) - 1]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<div class="aui-message information-macro"><span class="aui-icon">i</span><p>Mind.</p></div>', "> Mind.\n"),
        ('<pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: java; theme: A">a</pre>',
         "```\na\n```\n"),
        ('<ul class="inline-task-list"><li class="checked">a<ul class="inline-task-list"><li>b</li></ul></li></ul>',
         "-   [x] a\n    -   [ ] b\n"),
        ('<p><a class="user-mention" href="x">@ana</a></p>', "[@ana](x)\n"),
        ('<p><span class="jira-issue" data-jira-key="OPS-7"><span class="aui-icon"></span></span></p>', "OPS-7\n"),
        ('<p><span class="text-placeholder">Say what happened</span></p>', ""),
        ('<p><img class="emoticon" src="images/icons/emoticons/a.png" alt="(warning)"> Mind</p>', "(warning) Mind\n"),
        ('<div class="columnLayout"><div class="cell"><div class="innerCell"><p>A</p></div></div></div>', "A\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_the_product_makes_of_macros_is_read(body: str, text: str) -> None:
    assert exported(body).text == text


def test_nothing_around_the_page_is_content() -> None:
    page = exported("<p>A</p>")
    assert page.text == "A\n"
    assert "By a product" not in page.front
