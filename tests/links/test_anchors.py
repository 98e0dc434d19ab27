"""What a link may lead to within a page: the same as the site makes, and never less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from afterword.links.anchors import anchors
from afterword.slugs import slug_of

EXTENSIONS = [
    "abbr",
    "attr_list",
    "def_list",
    "footnotes",
    "tables",
    "toc",
    "pymdownx.betterem",
    "pymdownx.superfences",
]


def made(text: str) -> set[str]:
    """The ids that the site's Markdown makes."""
    return set(re.findall(r'\bid="([^"]+)"', Markdown(extensions=EXTENSIONS).convert(text)))


@pytest.mark.parametrize(
    "text",
    [
        "## Root cause", "##Root cause", "# `code` and *stress* and __strong__", "## snake_case and _stress_",
        "## [A link](https://example.org/a) here", "## An ![image](a.png) inside", "## Ends ##", "Set\n===", "Set\n---",
        "## One\n\n## One\n\n## One", "## Lições aprendidas", "## 5 giờ, đã xong", "## 時間\n\n## 時間", "## A – b — c",
        "## Q&A: what's next?", "## Q&amp;A", "## The <b>bold</b> one", "## Own {#mine .wide}", "Text\n{: #para }",
        '<a id="here"></a>\n\n## Here', "A note.[^1]\n\n[^1]: This.", "> ## Quoted", "- ## In a list", "## C++ & C#",
        "## Item_1\n\n## Item\n\n## Item", "## [Ref][x]\n\n[x]: https://example.org", "## <https://example.org/a>",
        '<h2 id="raw">Raw</h2>', "## Trailing \\# sign", "## 10:15 PM (UTC)",
    ],
)  # fmt: skip
def test_what_the_site_makes_is_there(text: str) -> None:
    names = made(text)
    assert names
    assert {name for name in names if not anchors(text).has(name)} == set()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("## Root cause", ["rootcause", "root-cause_1", "root_cause", "Root-cause"]),
        ("## One\n\n## One", ["one_2", "one_0", "one_01x"]),
        ("Nothing.", ["_1", "nothing"]),
        ("## Own {#mine}", ["yours"]),
    ],
)
def test_what_is_not_there_is_missing(text: str, missing: list[str]) -> None:
    assert [name for name in missing if anchors(text).has(name)] == []


@pytest.mark.parametrize("name", ["", "top", "action-a1", "action-items", "__tabbed_1_1", ":~:text=pool"])
def test_what_browsers_and_the_site_draw_is_there(name: str) -> None:
    assert anchors("").has(name)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Timeline", "timeline"), ("lições-aprendidas", "licoes-aprendidas"), ("a--b", "a-b"),
        ("time-line", "timeline"), ("zzz", None),
    ],
)  # fmt: skip
def test_what_was_probably_meant_is_found(name: str, near: str | None) -> None:
    assert anchors("## Timeline\n\n## Lições aprendidas\n\n## A – b").near(name) == near


@given(st.text(max_size=80), st.text(max_size=20))
def test_no_text_breaks_it(text: str, name: str) -> None:
    found = anchors(text)
    found.has(name)
    found.near(name)


@given(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], exclude_characters="<>&[]`\\"), max_size=40)
)
def test_a_heading_of_plain_words_is_found_whatever_they_are(words: str) -> None:
    text = f"## {words.strip()} x"
    assert all(anchors(text).has(name) for name in made(text))


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000_000, "#" * 1_000_000, "## h\n" * 10_000, "> " * 100_000 + "## x", "{" * 500_000, "{#a" * 200_000,
     "id=" * 500_000, "[^" * 500_000, "## " + "[a](" * 200_000, "a\n-\n" * 50_000,
     "## <a" * 100_000, "## ![" * 100_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_long_text_takes_time_in_proportion(text: str) -> None:
    anchors(text).near("nothing")


def test_all_ids_of_the_guide_are_found(root: Path) -> None:
    for path in sorted((root / "postmortems").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert [name for name in made(text) if not anchors(text).has(name)] == [], path


def test_a_slug_is_the_one_of_the_site() -> None:
    assert slug_of("Đã xong – (5 giờ)") == "a-xong-5-gio"
