"""Text of anybody on a terminal: it is shown, and does nothing."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from afterword.terminal import escaped, printable

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x7f\x9b\u200b\u202e\u2066\u2028\ufeff\U000e0041\t\n"))
)


@given(HOSTILE)
def test_no_text_controls_the_terminal(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.dictionaries(HOSTILE, st.one_of(HOSTILE, st.none(), st.integers())))
def test_json_that_is_escaped_says_the_same_and_controls_nothing(value: dict[str, str | int | None]) -> None:
    told = escaped(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(told) == value
    assert "\x9b" not in told
    assert not any(
        unicodedata.bidirectional(sign) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI") for sign in told
    )
    assert all(sign == "\n" or unicodedata.category(sign) != "Cc" for sign in told)


def test_what_people_read_stays_as_it_is() -> None:
    text = '{"a": "Đơn hàng 障害 🔥 “x” ção", "b": "tab\\tline\\n"}'
    assert escaped(text) == text
