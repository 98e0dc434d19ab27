"""A text written as YAML is read back as the same text, whatever it holds."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.source import Source
from afterword.yamlscalar import write_scalar
from afterword.yamltree import parse, plain

_REFUSED = "".join(chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\x85")
"""Control characters: the reader takes them from nobody, written out or as escapes."""
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=_REFUSED), max_size=60)


@given(TEXT, st.booleans(), st.sampled_from(["", "'", '"']))
@example("@team", False, "")
@example("a: b # c", False, "'")
@example("2026-03-04", True, "")
@example("on", False, "")
@example("a\u2028b", False, "'")
def test_a_text_comes_back_as_it_was(text: str, flow: bool, quote: str) -> None:
    written = write_scalar(text, flow=flow, quote=quote)
    line = f"{{k: {written}, l: m}}" if flow else f"k: {written}"
    node, findings = parse(Source("", line))
    assert not findings
    assert plain(node) == ({"k": text, "l": "m"} if flow else {"k": text})
    assert "\n" not in written


@given(st.text(st.sampled_from("aon0123456789.:-+~[]{}!&*#?|>@`'\"% ,"), min_size=1, max_size=8))
def test_a_reader_of_yaml_1_1_takes_it_for_a_text_too(text: str) -> None:
    value = yaml.safe_load(f"k: {write_scalar(text)}")["k"]
    assert str(value) == text  # dates stay plain on purpose, and come back as dates


@pytest.mark.parametrize("text", ["Alert when the pool is over 80 %", "2026-03-04", "P1", "https://example.org/a#b"])
def test_what_is_safe_stays_plain(text: str) -> None:
    assert write_scalar(text) == text


def test_the_wanted_quotes_are_kept() -> None:
    assert write_scalar("done", quote="'") == "'done'"
    assert write_scalar("done", quote='"') == '"done"'
