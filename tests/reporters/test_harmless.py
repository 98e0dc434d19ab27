"""Text of anybody in Markdown: it is shown, and does nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from afterword.reporters.harmless import GAP, code, message, text

ALLOWED = {"p", "code"}
SIGNS = st.text(alphabet="@#!%~:/\\`*_[](){}<>|&$^-+='\" \n\tabAB1.wWhH\u202e\u200b\x00", max_size=60)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as its base says
        self.found.add(tag)

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_comment(self, data: str) -> None:
        self.found.add(f"<!--{data}-->")


def rendered(markdown: str) -> _Tags:
    tags = _Tags()
    tags.feed(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(f"x {markdown} x"))
    return tags


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("ask @octocat", f"ask @{GAP}octocat"),
        ("a@example.org", f"a@{GAP}example.org"),
        ("see #12 and !3", f"see #{GAP}12 and !{GAP}3"),
        ("GH-7", f"GH-{GAP}7"),
        ("https://evil.example", f"https:/{GAP}/evil.example"),
        ("www.evil.example", f"www{GAP}.evil.example"),
        (":tada:", f":{GAP}tada:"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("[a](b)", r"\[a\](b)"),
        ("a|b\nc", r"a\|b c"),
        ("$x$", "&#36;x&#36;"),
        ("&amp;", "&amp;amp;"),
        ("5 % at 09:12: 40 % left", f"5 % at 09:{GAP}12: 40 % left"),
    ],
)
def test_what_would_do_something_is_shown_instead(given_text: str, written: str) -> None:
    assert text(given_text) == written


def test_a_mark_cannot_be_forged() -> None:
    assert "<!--" not in text("<!-- afterword -->")
    assert rendered(message("<!-- afterword --> `<!-- afterword -->`")).found == {"p", "code"}


@pytest.mark.parametrize(
    ("given_text", "written"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("", ""), ("a\n\nb", "`a b`"), ("``x", "``` ``x ```")],
)
def test_code_holds_any_backtick(given_text: str, written: str) -> None:
    assert code(given_text) == written


def test_a_bar_ends_no_cell() -> None:
    assert code("a|b", cell=True) == r"`a\|b`"
    assert code("a|b") == "`a|b`"


@pytest.mark.parametrize(
    ("given_text", "written"),
    [
        ("add `on:`, now", "add `on:`, now"),
        ("a `b` c ` d", r"a `b` c \` d"),
        ("` alone", r"\` alone"),
        ("`@team` and @team", f"`@team` and @{GAP}team"),
    ],
)
def test_code_in_a_message_stays_code(given_text: str, written: str) -> None:
    assert message(given_text) == written


@given(SIGNS)
def test_no_text_becomes_markup(given_text: str) -> None:
    assert rendered(text(given_text)).found <= {"p"}
    assert rendered(message(given_text)).found <= ALLOWED
    assert rendered(code(given_text)).found <= ALLOWED


@given(SIGNS)
def test_no_text_calls_anybody(given_text: str) -> None:
    for shown in (text(given_text), message(given_text)):
        outside = re.sub(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)", " ", shown)
        assert not re.search(r"@\w|#\w|://|(?<!\w)www\.", outside.replace("&#", "&"))


def test_a_long_text_takes_linear_time() -> None:
    assert text("@a" * 100_000).count(GAP) == 100_000
    assert message("`" * 100_001)
