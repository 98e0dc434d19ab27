"""Prose: what people wrote as sentences, with everything else blanked out and every place kept."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.markdown import parse_body
from afterword.prose import Passage, blanked, of_front
from afterword.record import read
from afterword.settings import Settings
from afterword.source import Source
from tests.rules.whole import page


def passages(text: str) -> tuple[Passage, ...]:
    return parse_body(Source("a.md", text), 0)[1]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("run `rm -rf` now", "run          now"),
        ("he said “it was me” twice", "he said             twice"),
        ('he said "it was me" twice', "he said             twice"),
        ("disse «fui eu» duas vezes", "disse          duas vezes"),
        ("it said 'never again' once", "it said               once"),
        ("see [who forgot](https://example.org/a) there", "see" + " " * 37 + "there"),
        ("see [who forgot][1] there", "see" + " " * 17 + "there"),
        ("at https://example.org/should-have-known now", "at" + " " * 39 + "now"),
        ("a <b title='x'>bold</b> word", "a              bold     word"),
        ("a <!-- Bob\nforgot --> word", "a         \n           word"),
        ("the engineer's mistake wasn't Bob's", "the engineer's mistake wasn't Bob's"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    ],
)
def test_what_is_no_prose_is_blanked(text: str, left: str) -> None:
    assert blanked(text) == left


def test_passages_know_their_part_and_shape() -> None:
    text = (
        "Before\n\n## Root cause\n\nOne\ntwo\n\n- item\n\n> said\n\n| a | b |\n| - | - |\n| c | d |\n\n"
        "### Below\n\n```\ncode\n```\n"
    )
    assert [(item.part, item.kind, item.text) for item in passages(text)] == [
        (None, "paragraph", "Before"),
        ("root-cause", "heading", "Root cause"),
        ("root-cause", "paragraph", "One\ntwo"),
        ("root-cause", "item", "item"),
        ("root-cause", "quote", "said"),
        ("root-cause", "cell", "a"),
        ("root-cause", "cell", "b"),
        ("root-cause", "cell", "c"),
        ("root-cause", "cell", "d"),
        ("root-cause", "heading", "Below"),
    ]


def test_places_are_those_of_the_file() -> None:
    text = "## Notes\n\n> - one\n>   two three\n\n| Time | Event |\n| --- | --- |\n| 09:12 | it broke |\n"
    source = Source("a.md", text)
    for item in parse_body(source, 0)[1]:
        word = item.text.split()[-1]
        at = item.text.rfind(word)
        span = item.span(at, at + len(word))
        assert source.line(span.line)[span.column - 1 : span.end_column - 1] == word


def test_sentences_of_the_front_matter_are_passages_with_their_places() -> None:
    seen: list[Passage] = []
    text = page('title: "Checkout was down"\nsummary: >-\n  Two\n  lines.')

    def examine(source: Source, found: tuple[Passage, ...], *_: object) -> tuple[()]:
        seen.extend(item for item in found if item.kind == "front")
        assert source.text == text
        return ()

    read("postmortems/incidents/2026/2026-03-04-a.md", text.encode(), Settings({}, {}), examine)
    lines = text.split("\n")
    title, summary, action = seen
    span = title.span(0, 8)
    assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == "Checkout"
    assert summary.text == "Two lines."
    assert summary.span(0, 3) == summary.span(4, 9)  # folded: its place is the whole value
    assert action.text == "Alert when the pool is over 80 % for 5 minutes"


def test_a_front_matter_of_other_types_has_no_sentences() -> None:
    from afterword.marks import Marks  # noqa: PLC0415  # only here

    assert list(of_front(Source("a.md", ""), {"title": None, "actions": [{}], "drill": None}, Marks())) == []


@given(st.text(alphabet="ab `\"'“”<>[]()!-\n:/w.h«»„", max_size=200))
def test_blanking_keeps_length_and_lines(text: str) -> None:
    left = blanked(text)
    assert len(left) == len(text)
    assert [at for at, sign in enumerate(left) if sign == "\n"] == [at for at, sign in enumerate(text) if sign == "\n"]
    assert all(new in (old, " ") for new, old in zip(left, text, strict=True))


@pytest.mark.parametrize("piece", ['"', "“", "'", "[", "](", "<a ", "<!--", "`", "` `` ", "https://", "«x", "a'b "])
def test_hostile_text_is_blanked_in_linear_time(piece: str) -> None:
    start = time.process_time()
    blanked(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 5
