"""Where links lead after a migration, which files go with them, and what becomes of those that led nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from afterword.migration.body.anchors import anchors
from afterword.migration.body.splice import Edit, splice
from afterword.migration.links import Rewriting, rewrite
from afterword.migration.links.assets import Assets
from afterword.migration.links.routes import Places
from afterword.migration.links.scan import scan
from tests.migration.making import reading

HERE, NEW = "2021/one.md", "postmortems/incidents/2021/2021-01-01-one.md"
MOVED = {
    HERE: NEW,
    "two.md": "postmortems/incidents/2020/2020-02-02-two.md",
    "three.qmd": "postmortems/incidents/2021/2021-03-04-q.md",
    "_posts/2021-03-04-all-down.md": "postmortems/incidents/2021/2021-03-04-all-down.md",
    "old/index.md": "postmortems/incidents/undated-old.md",
}
BASE = "https://example.org/team/reports/blob/main"
FILES = {
    "img/a b.png": b"one",
    "img/same.png": b"one",
    "img/a-b.png": b"two",
    "static/logo.png": b"three",
    "draw.svg": b'<svg onload="x()"/>',
    "log.txt": b"lines",
    "page.html": b"<p>",
}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    others = {}
    for name, data in FILES.items():
        others[name] = tmp_path / name
        others[name].parent.mkdir(exist_ok=True)
        others[name].write_bytes(data)
    known = {"two.md": {"issue-summary": "executive-summary", "two": ""}, HERE: {"issue-summary": "executive-summary"}}
    return Places(MOVED, Assets(others), frozenset({"README.md"}), None, known)


def now(text: str, places: Places) -> str:
    found = rewrite(text, HERE, NEW, places)
    return splice(text, [Edit(change.start, change.end, change.instead) for change in found.changes])


def dead(found: Rewriting) -> list[tuple[int, str]]:
    return [(change.at, change.target) for change in found.changes if change.dead]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[t](../two.md)", "[t](../2020/2020-02-02-two.md)"),
        ('[t](../two.md "Why")', '[t](../2020/2020-02-02-two.md "Why")'),
        ("[t](<../two.md>)", "[t](../2020/2020-02-02-two.md)"),
        ("[t](../two.md#issue-summary)", "[t](../2020/2020-02-02-two.md#executive-summary)"),
        ("[t](../two.md#other)", "[t](../2020/2020-02-02-two.md#other)"),
        ("[t](../two.md#two)", "[t](../2020/2020-02-02-two.md)"),
        ("[t](#issue-summary) [u](#odd)", "[t](#executive-summary) [u](#odd)"),
        ("[t](one.md#issue-summary)", "[t](#executive-summary)"),
        ("[q](../three.md) [q](../three.html)", "[q](2021-03-04-q.md) [q](2021-03-04-q.md)"),
        ("[p](/blog/2021/03/04/all-down/#two)", "[p](2021-03-04-all-down.md#two)"),
        ("[p](/2021/03/04/all-down.html)", "[p](2021-03-04-all-down.md)"),
        ("[t](../two) [v](../old/)", "[t](../2020/2020-02-02-two.md) [v](../undated-old.md)"),
        ("[u](../two.html)", "[u](../2020/2020-02-02-two.md)"),
        ("![a](../img/a%20b.png) ![b](<../img/a b.png>)", "![a](../assets/a-b.png) ![b](../assets/a-b.png)"),
        ("![r](/logo.png)", "![r](../assets/logo.png)"),
        ("[l][1]\n\n[1]: ../two.md 'Why'\n", "[l][1]\n\n[1]: ../2020/2020-02-02-two.md 'Why'\n"),
        ("[![i](../log.txt)](../two.md)", "[![i](../assets/log.txt)](../2020/2020-02-02-two.md)"),
        ('see <img src="../log.txt" alt="a [b]"> here', "see ![a \\[b\\]](../assets/log.txt) here"),
        ('see <a href="../two.md">two</a> here', "see [two](../2020/2020-02-02-two.md) here"),
        ('<p>\n<img src="../log.txt">\n</p>\n', '<p>\n<img src="../../assets/log.txt">\n</p>\n'),
        ('<p>\n<a href="../two.md"><b>x</b></a>\n</p>', '<p>\n<a href="../../2020/2020-02-02-two/"><b>x</b></a>\n</p>'),
        ("a `[t](../two.md)` b", "a `[t](../two.md)` b"),
        ("```\n[t](../two.md)\n```\n", "```\n[t](../two.md)\n```\n"),
        ("<!-- [t](../two.md) -->\n", "<!-- [t](../two.md) -->\n"),
        ("<!-- [t](../two.md) --> [t](../two.md)\n", "<!-- [t](../two.md) --> [t](../2020/2020-02-02-two.md)\n"),
        ("\\[t](../two.md)", "\\[t](../two.md)"),
        ("[w](https://example.org/x.md) [m](mailto:a@example.org) <https://example.org/>",
         "[w](https://example.org/x.md) [m](mailto:a@example.org) <https://example.org/>"),
        ("![a](../img/a b.png)", "![a](../assets/a-b.png)"),
        ("[t](one.md#Issue-Summary)", "[t](#executive-summary)"),
        ("![d](../draw.svg)", "[d](../assets/draw.svg.txt)"),
        ("[p](../page.html)", "[p](../assets/page.html.txt)"),
        ('<img src="../draw.svg"> <img src="../draw.svg" alt="all\nof &lt;it>">',
         "[draw.svg](../assets/draw.svg.txt) [all of \\<it>](../assets/draw.svg.txt)"),
        ("!!! a\n\n    [t](../two.md)\n\n        [t](../two.md)\n",
         "!!! a\n\n    [t](../2020/2020-02-02-two.md)\n\n        [t](../two.md)\n"),
    ],
)  # fmt: skip
def test_links_follow_what_moved(written: str, expected: str, places: Places) -> None:
    assert now(written, places) == expected
    assert not dead(rewrite(written, HERE, NEW, places))


@pytest.mark.parametrize(
    ("written", "expected", "targets"),
    [
        ("a [t `]`](gone.md) b", "a t `]` b", ["gone.md"]),
        ("![what it shows](gone.png) ![](img/gone.png)", "what it shows gone.png", ["gone.png", "img/gone.png"]),
        ('[t](gone.md "Why it broke")', "t (Why it broke)", ["gone.md"]),
        ("[out](../../x.md) [m](/etc/passwd) [f](file:///etc/passwd)", "out m f",
         ["../../x.md", "/etc/passwd", "file:///etc/passwd"]),
        ("[readme](../README.md) [folder](../img/)", "readme folder", ["../README.md", "../img/"]),
        ("[l][1] and [1]\n\n[1]: gone.md 'Why'\n", "l (Why) and 1 (Why)\n\n\n", ["gone.md", "gone.md"]),
        ("[1]: gone.md\n", "\\[1]: gone.md\n", ["gone.md"]),
        ("[1]: <gone.md>\n", "\\[1]: \\<gone.md>\n", ["gone.md"]),
        ("[e]: slow 'x'\n[1]: http://e.org\n\n[a][1]", "\\[e]: slow 'x'\n\n[1]: http://e.org\n\n[a][1]", ["slow"]),
        ("[![i](gone.png)](../two.md)", "[i](../2020/2020-02-02-two.md)", ["gone.png"]),
        ("[![i](../log.txt)](gone.md)", "![i](../assets/log.txt)", ["gone.md"]),
        ("[![i](gone.png)](gone.md)", "i", ["gone.png", "gone.md"]),
        ("![a ![b ![c](1) d](2) e](3)", "a b c d e", ["1", "2", "3"]),
        ("[1. one](gone.md)", "1\\. one", ["gone.md"]),
        ("- [# one](gone.md)", "- \\# one", ["gone.md"]),
        ('see <a href="gone.md"><b>x</b></a>', "see <a><b>x</b></a>", ["gone.md"]),
        ('<img src="gone.png" alt="x">', "x", ["gone.png"]),
        ("see [1](the log (old) of it)", "see \\[1](the log (old) of it)", ["the log (old) of it"]),
    ],
)  # fmt: skip
def test_links_that_led_nowhere_become_text_and_are_told(
    written: str, expected: str, targets: list[str], places: Places
) -> None:
    assert now(written, places) == expected
    assert [target for _, target in dead(rewrite(written, HERE, NEW, places))] == targets


def test_dead_links_are_told_with_their_line(places: Places) -> None:
    assert dead(rewrite("a\n\nb [t](gone.md)\nc [u](gone)", HERE, NEW, places)) == [(2, "gone.md"), (3, "gone")]


def test_with_the_address_of_the_source_files_left_behind_are_linked_there_and_reports_here(places: Places) -> None:
    there = Places(places.moved, places.assets, places.left, f"{BASE}/", places.anchors)
    assert now("[readme](../README.md#a) [folder](../img/) [gone](gone.md)", there) == (
        f"[readme]({BASE}/README.md#a) [folder]({BASE}/img) gone"
    )
    raw = "https://example.org/team/reports/raw/main/log.txt"
    assert now(f"[t]({BASE}/two.md#issue-summary) [l]({raw}) [o]({BASE}/none.md)", there) == (
        f"[t](../2020/2020-02-02-two.md#executive-summary) [l](../assets/log.txt) [o]({BASE}/none.md)"
    )


def test_each_content_is_copied_once_and_equal_names_are_told_apart(places: Places) -> None:
    text = "![](<../img/a b.png>) ![](../img/same.png) ![](../img/a-b.png)"
    found = rewrite(text, HERE, NEW, places)
    assert now(text, places) == "![](../assets/a-b.png) ![](../assets/a-b.png) ![](../assets/a-b-2.png)"
    assert found.assets == (
        ("img/a b.png", "postmortems/incidents/assets/a-b.png"),
        ("img/a-b.png", "postmortems/incidents/assets/a-b-2.png"),
    )


def test_an_asset_that_cannot_be_read_is_not_there(tmp_path: Path) -> None:
    places = Places(MOVED, Assets({"x.png": tmp_path / "x.png"}))
    assert now("![x](../x.png)", places) == "x"


def test_anchors_of_a_page_are_known_as_hosts_and_generators_make_them() -> None:
    text = "# Down\n\n## Issue Summary\n\n## Lições & ações\n\n## Fix\n\n## Fix\n"
    assert anchors(reading(text), 0) == {
        "down": "",
        "issue-summary": "executive-summary",
        "lições--ações": "licoes-acoes",
        "licoes-acoes": "licoes-acoes",
        "fix": "fix",
        "fix-1": "fix_1",
        "fix_1": "fix_1",
    }


PIECES = (
    "[", "]", "(", ")", "](", "](a.md)", "](<b c>)", "![", "[t](x.md)", "![i](y.png)", '(z "t")', "`", "``", "\\", "<",
    ">", "<a href=q>", "</a>", "<img src=w>", "\n", "\n\n", "- ", "> ", "# ", "| ", "    ", "```\n", "a", " ", "[1]",
    "\n\n[1]: r.md\n", "<!--", "-->", "*", "&amp;", "<http://e.org>",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(MARKUP)
@example("# [```\n](a.md)")
def test_the_links_of_a_paragraph_are_those_that_the_parser_finds(text: str) -> None:
    """Which of two that meet is one may differ where brackets do not match; what is found is one for the parser too.

    Behind a comment it is one for the site alone.
    """
    wanted = _parsed(text) | _parsed(re.sub(r"<!--.*?-->", "x", text, flags=re.DOTALL))
    for item in scan(text):
        if item.kind in ("link", "image") and item.label is None and not item.loose:
            assert item.target in wanted, item


def _parsed(text: str) -> set[str]:
    made = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    made.normalizeLink = lambda url: url  # type: ignore[method-assign]  # as written is what is compared
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # as above
    found = set()
    waiting = list(made.parse(text))
    while waiting:
        token = waiting.pop()
        waiting += token.children or []
        found |= {str(token.attrGet(name)) for name in ("href", "src") if token.attrGet(name) is not None}
    return found


@given(MARKUP)
def test_changes_come_in_order_and_apart(text: str) -> None:
    found = rewrite(text, HERE, NEW, Places(MOVED, Assets({})))
    ends = [0, *(change.end for change in found.changes)]
    assert all(end <= change.start <= change.end for end, change in zip(ends, found.changes, strict=False))
    splice(text, [Edit(change.start, change.end, change.instead) for change in found.changes])


@pytest.mark.parametrize(
    "piece", ["[", "](", "[a](", "`", "``` `", "<a ", "<!--", "![](", "(((", "[x]: ", "\\", "[a](b)"]
)
def test_hostile_text_is_read_in_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    rewrite(f"[a](b)\n\n{text}", HERE, NEW, Places(MOVED, Assets({})))
