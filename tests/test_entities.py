"""Signs written as entities."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.entities import bounded, unescape
from afterword.migration.words import plain


@pytest.mark.parametrize("written", ["&#" + "9" * 5000, "&#x" + "f" * 5000, "&#" + "0" * 5000 + "65;"])
def test_an_endless_number_stays_as_it_is_written(written: str) -> None:
    assert unescape(f"{written} &amp; &eacute;") == f"{written} & é"
    assert plain(f"before {written}").startswith("before &#")


@given(st.text(alphabet="&#x19aF;lt gamp"))
def test_all_others_are_read_as_the_standard_library_reads_them(text: str) -> None:
    if max(map(len, text.split("#"))) < 9:
        assert unescape(text) == html.unescape(text)


def test_only_what_the_site_could_not_read_is_changed_for_it() -> None:
    assert bounded("&#" + "9" * 5000).startswith("&amp;#9")
    assert bounded("&#233; `&#123456789012;` &amp;") == "&#233; `&#123456789012;` &amp;"
