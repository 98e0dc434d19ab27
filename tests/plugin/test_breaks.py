from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword_mkdocs import breaks


def table(cell: str) -> str:
    return f"<p>a_b</p><table><tbody><tr><td>{cell}</td></tr></tbody></table><p>a_b</p>"


def broken(cell: str) -> str:
    """The cell as it is written then, with | where it may be broken, and in [] what may not."""
    marked = (
        breaks.mark(table(cell)).replace("<wbr>", "|").replace('<span class="aw-whole">', "[").replace("</span>", "]")
    )
    return marked.removeprefix(table("\0").split("\0")[0]).split("</td>")[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<code>severity_at_declaration</code>", "<code>severity_|at_|declaration</code>"),
        ("<code>people.incident_commander</code>", "<code>people.|incident_|commander</code>"),
        ("<code>budgets/2026-11-01T2330Z.json.gz</code>", "<code>budgets/|[2026-11-01]T2330Z.|json.|gz</code>"),
        ("<code>99.9</code>", "<code>99.9</code>"),
        ("<code>__init__</code>", "<code>__|init__</code>"),
        ('<code class="x"><b>FORMAT=</b>FILE_NAME</code>', '<code class="x"><b>FORMAT=</b>FILE_|NAME</code>'),
        ("a_b and e.g. this", "a_b and e.g. this"),
        ("storefront_search_index", "storefront_|search_|index"),
        ('<a href="x_y.html">https://example.org/search_index</a>', '<a href="x_y.html">https://example.|org/|search_|index</a>'),
        ("on 2026-11-01 09:12", "on [2026-11-01] 09:12"),
        ("<code>--time-zone ZONE</code>", "<code>[--time]-zone ZONE</code>"),
        ("1-2026-11-01 and a--b", "1-2026-11-01 and a--b"),
        ("<code>a&amp;b_c</code>", "<code>a&amp;b_|c</code>"),
    ],
)  # fmt: skip
def test_a_name_may_be_broken_behind_what_joins_its_parts(cell: str, expected: str) -> None:
    assert broken(cell) == expected


def test_nothing_outside_of_written_tables_is_changed() -> None:
    page = '<p><code>a_b</code></p><table class="aw-table"><td><code>a_b</code></td></table><table><td><code>a_b'
    assert breaks.mark(page) == page


@given(st.text(alphabet="<>/_.=-a1 &;\"'", max_size=60))
def test_no_sign_of_the_page_is_lost(cell: str) -> None:
    page = table(cell)
    assert re.sub('<wbr>|<span class="aw-whole">|</span>', "", breaks.mark(page)) == page


@pytest.mark.parametrize("piece", ["<table>", "<", "<code", "a_", "<table></table>", "</table>"])
def test_hostile_pages_take_no_longer(piece: str) -> None:
    started = time.perf_counter()
    breaks.mark("<table>" + piece * 100_000 + "</table>")
    assert time.perf_counter() - started < 5
