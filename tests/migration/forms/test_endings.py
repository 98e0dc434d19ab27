"""Which part of a name says what kind of file it is."""

from __future__ import annotations

import pytest

from afterword.migration.forms.endings import ending_of


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("a/page.md", ".md"),
        ("a.b/PAGE.MD", ".MD"),
        ("a.b/page", ""),
        ("page.html.md.erb", ".md.erb"),
        ("page.html.erb", ".html.erb"),
        ("page.tar.gz", ".gz"),
        ("Relay v1.19", ""),
        ("Outage of 3.2 hours", ""),
        ("Mr. Smith called in", ""),
        (".profile", ""),
        ("...md", ""),
        ("", ""),
    ],
)
def test_an_ending_begins_with_a_letter_and_has_no_blank(path: str, ending: str) -> None:
    assert ending_of(path) == ending
