"""Any text is looked through, in a time that grows as its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.confidentiality import DOT, Kind, findings, without_secrets
from afterword.settings import Confidential, Settings
from afterword.source import Source
from tests.confidentiality.samples import secrets

SETTINGS = Settings(
    severities={},
    categories={},
    confidential=Confidential(("Acme", "a a a b"), ("*.int.shop.org",), ("*@ok.org", "8.0.0.0/8")),
)

TRAPS = [
    "a", "a@", "@a.", "a.a.", "1.", "1.1.1.1.", "2001:", "::", "://", "://a:", "://a:bbbb@", "password=",
    "password: x1 ", 'token:"', "AKIA", "AKIAQ2345678ABCDEFGH ", "aws_key x", "eyJ", "eyJaaaaaaaaaaaaa.", "glpat-",
    "ghp_", "npm_", "_authToken", "xoxb-1-", "hooks.slack.com/services/Ta", "SG.", "0-us1", "discord M.", "AKC",
    "cloudant_key ", "SK", "ibm_key ", "-----BEGIN PRIVATE KEY-----\n", f"-----BEGIN PRIVATE KEY-----\n{'A' * 64}\n",
    ".internal", "a.internal ", "authorization: bearer ", "Acme ", "a a a ", "## Sensitive information\n",
    "## Sensitive information\n<!-- ", "- 1\n", "hvs.", "dapi0", "github_pat_", "AccountKey=a", "İ", "İ.internal",
    ".atlasv1.", " ", "\n", "ssh a@b.cc ",
]  # fmt: skip


def seconds(text: str) -> float:
    source = Source("a.md", text)
    begun = time.process_time()
    findings(source, SETTINGS)
    return time.process_time() - begun


@pytest.mark.parametrize("trap", TRAPS, ids=repr)
def test_a_text_made_of_one_thing_takes_no_more_than_its_length_asks_for(trap: str) -> None:
    size = 200_000
    assert seconds(("sensitive " + trap * (size // len(trap)))[:size]) < 3  # a tenth of it on a quiet machine


@given(st.text())
def test_any_text_is_looked_through(text: str) -> None:
    for hit in findings(Source("a.md", text), SETTINGS):
        assert (hit.span.line, hit.span.column) < (hit.span.end_line, hit.span.end_column)


PIECES = [*TRAPS, *(line for _, line in secrets().values()), "\n", "İ", "\U0001f511", "ẞ", "`", "<!--", "-->", "|"]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_a_text_without_its_secrets_has_none_and_keeps_its_length(pieces: list[str]) -> None:
    text = "".join(pieces)
    masked = without_secrets(text)
    assert len(masked) == len(text)
    assert masked.count("\n") == text.count("\n")
    lines = masked.split("\n")
    for hit in findings(Source("a.md", text), SETTINGS):
        if hit.kind is Kind.SECRET and hit.span.line == hit.span.end_line:
            assert set(lines[hit.span.line - 1][hit.span.column - 1 : hit.span.end_column - 1]) == {DOT}
