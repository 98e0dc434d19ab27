from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.words import normal, plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Do** *this* ~~now~~", "Do this now"),
        ("***all***, __bold__ and _slanted_", "all, bold and slanted"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("`__init__` and `` a`b ``", "__init__ and a`b"),
        ("a lone ` and **never closed", "a lone ` and **never closed"),
        (r"\*no emphasis\* \[x\]", "*no emphasis* [x]"),
        ("[a *link*](https://example.org/x) and ![an image](y.png)", "a link and an image"),
        ("[one](<a b.md>) [two][ref] <https://example.org>", "one two https://example.org"),
        ('[t](https://example.org "Title")', "t"),
        ("one<br>two <!-- hidden --> three &amp; four", "one two three & four"),
        ("[a](https://example.org/x_(y)) b", "a b"),
        ("a claim[[1]](#references) of it", "a claim[1] of it"),
        ("**[linked](x)**: text", "linked: text"),
        ("two\nlines  here", "two lines here"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
    ],
)
def test_marks_go_and_words_stay(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_letters_and_digits_compare() -> None:
    assert normal("**Time-out**: 5 min.") == normal("Time out – 5 MIN")


@given(st.text(alphabet='ab1 *_`~[]()<>!\\&;\n"', max_size=60))
def test_no_letter_outside_of_links_and_html_is_lost(text: str) -> None:
    if not any(sign in text for sign in "[<&"):
        assert normal(text) == "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize(
    "piece", ["*", "**a ", "`", "`` ` ", "_a", "[", "[a](", "[a](x(", "[a](((", "<!--", "<a ", "\\", "~~", "&", "![["]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    start = time.perf_counter()
    plain(piece * (200_000 // len(piece)))
    assert time.perf_counter() - start < 3
