from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.pages import words
from afterword.pages.body import pieces
from afterword.pages.page import Heading, contents
from afterword.pages.urls import Urls, host, safe, uri_of
from afterword.timing import parse_moment


@pytest.mark.parametrize(
    ("uri", "directories", "url", "root"),
    [
        ("index.md", True, "./", ""),
        ("actions.md", True, "actions/", "../"),
        ("incidents/index.md", True, "incidents/", "../"),
        ("services/checkout.md", True, "services/checkout/", "../../"),
        ("incidents/2026/a b.md", True, "incidents/2026/a%20b/", "../../../"),
        ("index.md", False, "index.html", ""),
        ("actions.md", False, "actions.html", ""),
        ("services/checkout.md", False, "services/checkout.html", "../"),
    ],
)
def test_urls_and_the_way_back(uri: str, directories: bool, url: str, root: str) -> None:
    urls = Urls(directories)
    assert (urls.of(uri), urls.root(uri)) == (url, root)


def test_a_postmortem_s_page_lies_where_its_file_lies() -> None:
    assert uri_of("postmortems/incidents/2026/x.md") == "incidents/2026/x.md"


@pytest.mark.parametrize("url", ["https://example.org/a?b#c", "http://localhost:8080/", "mailto:a@example.org"])
def test_addresses_that_readers_may_follow(url: str) -> None:
    assert safe(url) == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "https:", "ftp://x", "https://[::1", "java\nscript:x",
     " https://example.org", "", None],
)  # fmt: skip
def test_addresses_that_they_may_not(url: str | None) -> None:
    assert safe(url) is None
    assert host(url) == ""


def test_headings_become_a_nested_table_of_contents() -> None:
    html = (
        '<h1 id="top">T</h1><h2 id="a">A <code>x</code><a class="headerlink" href="#a">¶</a></h2>'
        '<h3 id="b">B &amp; C</h3><h4 id="deep">no</h4><h2>without id</h2><h2 id="empty"></h2><h2 id="c">D</h2>'
    )
    assert contents(html) == (
        Heading(2, "a", "A x", (Heading(3, "b", "B &amp; C"),)),
        Heading(2, "c", "D"),
    )


def test_pieces_are_the_whole_text_cut_at_headings_that_stand_in_nothing() -> None:
    html = (
        "<p>first</p><h2>Resumo executivo</h2><p>a</p><blockquote><h2>Timeline</h2></blockquote>"
        '<h2 id="x">3. Action items<a class="headerlink">¶</a></h2><p>b</p>'
    )
    found = pieces(html)
    assert "".join(piece.html for piece in found) == html
    assert [(piece.part, piece.id) for piece in found] == [(None, None), ("summary", None), ("actions", "x")]


@given(
    st.lists(st.sampled_from(["<h2>A</h2>", "<h2>", "</h2>", "<div>", "</div>", "x", "\n"]), max_size=20).map("".join)
)
def test_pieces_lose_nothing_of_any_text(html: str) -> None:
    found = pieces(html)
    assert "".join(piece.html for piece in found).strip() == html.strip()


def test_times_are_in_utc_and_readable_by_machines() -> None:
    moment = parse_moment("2026-03-04T10:12:00+01:00")
    assert moment
    assert words.moment(moment) == '<time datetime="2026-03-04T09:12:00Z">2026-03-04 09:12 UTC</time>'
    assert words.dated(moment) == '<time datetime="2026-03-04T09:12:00Z">2026-03-04</time>'
    bare = parse_moment("2026-03-04")
    assert bare
    assert words.moment(bare) == words.dated(bare) == words.day(date(2026, 3, 4))
    assert words.instant(datetime(999, 1, 2, tzinfo=UTC)).startswith("<time")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (words.number(18400), "18,400"),
        (words.number(12.5), "12.5"),
        (words.number(100), "100"),
        (words.percent(0.58), "58 %"),
        (words.percent(0.001), "< 1 %"),
        (words.percent(0), "0 %"),
        (words.plural(1, "near-miss", "near-misses"), "1 near-miss"),
        (words.plural(2, "near-miss", "near-misses"), "2 near-misses"),
        (words.joined(["a", "b", "c"]), "a, b and c"),
        (words.joined([]), ""),
        (words.duration(None), "–"),
        (words.duration(timedelta(minutes=245)), "4 h 05 min"),
        (words.label(words.KINDS, "near-miss"), "Near-miss"),
        (words.ticks("Use `a < b` & c"), "Use <code>a &lt; b</code> &amp; c"),
    ],
)
def test_how_values_are_written(written: str, expected: str) -> None:
    assert written == expected
