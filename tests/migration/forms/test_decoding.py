"""Bytes as text, in the encodings that reports come in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.forms import read
from afterword.migration.forms.decoding import decode, is_text

TEXT = "# Störung der Bücher\n\nAlle 3 Knoten – weg.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
    ],
    ids=["UTF-8", "marked UTF-8", "UTF-16 LE", "UTF-16 BE", "Windows-1252", "CRLF", "CR", "UTF-16 with CRLF"],
)
def test_the_same_text_comes_of_each_encoding(data: bytes) -> None:
    assert is_text(data)
    page = read("outage.md", data)
    assert page.text == TEXT
    assert page.lines == (1, 2, 3, 4)


def test_a_file_in_two_encodings_is_read_by_its_parts() -> None:
    assert decode("Bücher ".encode() + "für „alle“".encode("cp1252")) == "Bücher für „alle“"


def test_bytes_that_stand_for_nothing_are_marked_where_they_stand() -> None:
    assert decode(b"a\x81b") == "a\ufffdb"
    assert decode(codecs.BOM_UTF16_LE + b"a\0b") == "a\ufffd"


def test_tabs_form_feeds_and_blanks_at_line_ends_stay() -> None:
    text = "- a\tb  \n\x0c\n\xa0\u2028c\n"
    assert read("outage.md", text.encode()).text == text


def test_nul_characters_are_no_text_but_in_marked_utf_16() -> None:
    assert not is_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert not is_text("text".encode("utf-16-le"))
    assert is_text("text".encode("utf-16"))


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])))
def test_whatever_is_utf_8_comes_back_letter_for_letter(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(st.text(alphabet="äöüß€–“”abc \n"))
def test_whatever_windows_1252_can_write_is_read_without_a_mark(text: str) -> None:
    assert "\ufffd" not in decode(text.encode("cp1252"))


@given(st.binary())
def test_any_bytes_become_text_without_carriage_returns(data: bytes) -> None:
    assert "\r" not in decode(data)


def test_a_nul_becomes_the_sign_of_what_cannot_be_shown() -> None:
    assert decode(b"a\0b") == "a\ufffdb"
