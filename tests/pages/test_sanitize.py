from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.pages.sanitize import sanitize

OPEN = ["<script>", "<svg onload=a>", "<style>", "<!--", "<math>", "<mtext>", "<table>", "<td>", "<title>"]
SLY = ["<textarea>", "<a href='javascript:a'>", "<p id=__config>", "<iframe srcdoc='<script>'>", "<noscript>"]
ENDS = ["</script>", "</style>", "-->", '"', "'", ">", "<", "&lt;script&gt;", "x", "\n", "\x00"]
PIECES = [*OPEN, *SLY, *ENDS, "<img src=x onerror=a>", "<p class='md-x aw-y z'>"]


@pytest.mark.parametrize(
    ("given_html", "clean"),
    [
        ('<p onclick="a()" class="md-overlay x" id="__config">hi</p>', '<p class="x">hi</p>'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href=" jAva\nscript:x">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="../2026/x/#a">x</a>', '<a href="../2026/x/#a">x</a>'),
        ('<td style="text-align: right">', ""),
        ('<form action="https://x"><input type="image" src="x"></form>', '<input type="checkbox">'),
        ('<label for="__search">x</label>', "<label>x</label>"),
        ('<label for="__tabbed_1_1">x</label>', '<label for="__tabbed_1_1">x</label>'),
        ('<meta http-equiv="refresh" content="0"><base href="//x"><link href="x">', ""),
        ('<img src="graph.png" alt="A graph">', '<img src="graph.png" alt="A graph">'),
        ('<img src="https://example.org/a.png" alt="a&quot;b">',
         '<a href="https://example.org/a.png">Image: a&quot;b</a>'),
        ('<img src="//example.org/a.png">', '<a href="//example.org/a.png">Image: //example.org/a.png</a>'),
        ('<img src="\\\\example.org\\a.png">', '<a href="\\\\example.org\\a.png">Image: \\\\example.org\\a.png</a>'),
        ('<img src="/&#9;/example.org/a.png">', '<a href="/\t/example.org/a.png">Image: /\t/example.org/a.png</a>'),
        ('<img src="ht\ntps:&#10;//example.org" alt="x">', '<a href="ht\ntps:\n//example.org">Image: x</a>'),
        ('<img src="&#1; //example.org" alt="x">', '<a href="\x01 //example.org">Image: x</a>'),
        ('<pre class="mermaid x">A</pre>', '<pre class="x">A</pre>'),
        ('<img srcset="https://example.org/a.png 2x">', ""),
        ('<a class="md-button" href="x">b</a>', '<a class="md-button" href="x">b</a>'),
        ('<b title="&lt;img onerror=x&gt; &amp;lt;">b</b>', '<b title="img onerror=x +lt;">b</b>'),
    ],
)  # fmt: skip
def test_what_acts_goes_and_what_does_not_stays(given_html: str, clean: str) -> None:
    assert sanitize(given_html) == clean


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=200))
def test_no_text_leaves_anything_active(text: str) -> None:
    tags = re.findall(r"<[^>]*>", sanitize(text))
    for tag in tags:
        assert not re.match(r"<(?:script|style|iframe|object|embed|form|math|title|textarea|noscript|template)\b", tag)
        assert not re.search(r"\son\w+=|=\"\s*javascript:|__config|\bmd-x|\baw-y|srcdoc", tag)
    assert "<!--" not in sanitize(text)


# Reading HTML is not stable by itself: a link in a table in a link ends the outer one when it is read again.
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_cleaning_twice_takes_nothing_away(text: str) -> None:
    once = sanitize(text)
    twice = sanitize(once)
    assert set(re.findall(r"<[^/][^>]*>", twice)) == set(re.findall(r"<[^/][^>]*>", once))
    assert re.sub(r"<[^>]*>", "", twice) == re.sub(r"<[^>]*>", "", once)
