"""Findings: how many of one file are listed, and what is said of the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from afterword.findings import MOST, Finding, Level, Span, bounded


def finding(code: str, line: int, level: Level = Level.HINT) -> Finding:
    return Finding(code, "a-rule", level, f"the word “w{line}”", "a.md", Span(line, 1, line, 2), "Do.")


def test_so_many_as_can_be_read_stay_as_they_are() -> None:
    found = [finding(code, line) for line in range(1, MOST + 1) for code in ("AW801", "AW802")]
    assert bounded(found) == found


def test_of_more_the_number_is_told_at_the_first_of_the_heaviest() -> None:
    found = [finding("AW801", line) for line in range(1, MOST + 1)]
    found += [finding("AW801", 901), finding("AW801", 902, Level.WARNING), finding("AW801", 903, Level.WARNING)]
    *kept, last = bounded([*found, finding("AW802", 1)])
    assert kept == [*found[:MOST], finding("AW802", 1)]
    assert (last.level, last.span.line, last.code) == (Level.WARNING, 902, "AW801")
    assert last.message == "of AW801 there are 3 more findings in this file, not listed here"


def test_one_more_is_told_in_the_singular() -> None:
    last = bounded(finding("AW801", line) for line in range(1, MOST + 2))[-1]
    assert last.message == "of AW801 there is 1 more finding in this file, not listed here"


@given(st.lists(st.tuples(st.sampled_from(["AW1", "AW2"]), st.sampled_from(Level), st.integers(1, 400)), max_size=700))
def test_the_weight_of_a_report_stays(given_: list[tuple[str, Level, int]]) -> None:
    found = [finding(code, line, level) for code, level, line in given_ for _ in range(3)]
    told = bounded(found)
    for code in ("AW1", "AW2"):
        before = {item.level.rank for item in found if item.code == code}
        after = [item.level.rank for item in told if item.code == code]
        assert min(before, default=9) == min(after, default=9)
        assert len(after) <= MOST + 1
