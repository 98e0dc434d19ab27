"""Masking: columns stay where they are, and no message gives away a piece of what is masked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.confidentiality import DOT, WORD, Hit, Kind, Mask, mask_line, mask_lines, spans
from afterword.findings import Finding, Level, Span
from afterword.settings import Settings
from afterword.source import Source
from tests.confidentiality.samples import secrets

SECRET = secrets()["github"][0]
MASK = Mask([(Kind.SECRET, SECRET), (Kind.CUSTOMER, "Northwind  Traders"), (Kind.SECRET, "p/w d$1x")])


def test_a_masked_line_keeps_its_length_and_what_is_around() -> None:
    assert mask_line("key abc def", 3, [Span(3, 5, 3, 8)]) == f"key {DOT * 3} def"
    assert mask_line("key abc def", 2, [Span(3, 5, 3, 8)]) == "key abc def"


def test_a_span_of_many_lines_masks_each() -> None:
    span = Span(1, 3, 3, 2)
    assert mask_lines(["abcd", "efgh", "ijkl"], [span]) == [f"ab{DOT * 2}", DOT * 4, f"{DOT}jkl"]


def test_spans_that_overlap_mask_what_either_covers() -> None:
    assert mask_line("abcdef", 1, [Span(1, 3, 1, 5), Span(1, 2, 1, 4)]) == f"a{DOT * 3}ef"
    assert mask_line("abcdef", 1, [Span(1, 1, 1, 99), Span(1, 2, 1, 3)]) == DOT * 6


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=5))
def test_whatever_the_spans_the_length_stays(text: str, places: list[tuple[int, int]]) -> None:
    masked = mask_line(text, 1, [Span(1, min(place), 1, max(place)) for place in places])
    assert len(masked) == len(text)
    covered = {at for place in places for at in range(min(place) - 1, max(place) - 1)}
    assert all(sign == (DOT if at in covered else text[at]) for at, sign in enumerate(masked))


def test_a_message_loses_the_text_however_it_is_quoted() -> None:
    for shown in (SECRET, SECRET.upper(), SECRET[:30] + "…", "x" + SECRET[-12:], SECRET[:20] + " " + SECRET[20:]):
        told = MASK.text(f"the link to “{shown}” leads nowhere")
        assert told.startswith("the link to “")
        assert told.endswith("” leads nowhere")
        assert WORD in told
        assert not [at for at in range(len(SECRET) - 5) if SECRET[at : at + 6].lower() in told.lower()]
    assert MASK.text("northwind traders and Northwind  Traders") == f"{WORD} and {WORD}"
    assert MASK.text("p%2Fw%20d%241x p/w d$1x") == f"{WORD} {WORD}"


def test_a_message_loses_a_text_that_was_made_an_id() -> None:
    mask = Mask([(Kind.EMAIL, "jane.roe@shop.org"), (Kind.CUSTOMER, "Café Fabrikam"), (Kind.ADDRESS, "104.18.32.7")])
    assert mask.text("`#call-janeroeshoporg` `#cafe-fabrikam` `#10418327-x`") == (
        f"`#call-{WORD}` `#{WORD}` `#{WORD}-x`"
    )


@pytest.mark.parametrize("cut", range(4, 18))
def test_a_message_loses_a_text_of_any_kind_that_was_cut_short(cut: int) -> None:
    mask = Mask([(Kind.EMAIL, "jane.roe@shop.org"), (Kind.CUSTOMER, "Fabrikam")])
    told = mask.text(f"“Then {'jane.roe@shop.org'[:cut]}…” and “told Fabri…” and more…")
    assert told == f"“Then {WORD}…” and “told {WORD}…” and more…"


def test_a_finding_without_the_text_is_the_same_object() -> None:
    finding = Finding("AW604", "broken-link", Level.WARNING, "the link to a.md leads nowhere", "a.md", hint="Look.")
    assert MASK.finding(finding) is finding
    assert Mask().finding(finding) is finding
    assert not Mask()


def test_a_finding_loses_the_text_from_its_hint_as_well() -> None:
    finding = Finding("AW104", "unknown-word", Level.ERROR, "x", "a.md", hint=f"Did you mean `{SECRET}`?")
    assert MASK.finding(finding).hint == f"Did you mean `{WORD}`?"


def test_with_very_many_texts_messages_lose_what_they_quote() -> None:
    mask = Mask((Kind.EMAIL, f"jane{number}@shop.org") for number in range(1000))
    assert mask.text("the link to “mailto:jane7@shop.org” and `jane8@shop.org` …") == f"the link to {WORD} and {WORD} …"


def test_many_secrets_in_one_line_are_masked_in_linear_time() -> None:
    text = " ".join(f"postgres://a:Xk{number}q9@h.org" for number in range(20_000))
    source = Source("a.md", text)
    begun = time.process_time()
    places = spans(source, Settings(severities={}, categories={}))
    masked = mask_line(text, 1, places)
    assert time.process_time() - begun < 5
    assert len(places) > 19_990  # some have too few different characters to be more than a placeholder
    assert "Xk19999q9" not in masked


def test_no_hit_knows_its_text() -> None:
    assert set(Hit.__slots__) == {"span", "kind", "detector"}
