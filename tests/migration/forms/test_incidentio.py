"""Markdown as incident.io exports it."""

from __future__ import annotations

from afterword.migration.forms import read

EXPORT = """\
# Checkout slow

## Timeline

### 2024-06-15 (UTC)

* [10:30] **Alert fired**

* [10:35] **Incident declared**

## Follow-ups

* **Add an alert** - Assignee: Ana Ruiz
"""


def test_an_export_is_known_by_its_timeline_and_stays_word_for_word() -> None:
    page = read("inc-12-checkout-slow.md", EXPORT.encode())
    assert (page.form, page.text) == ("incident.io", EXPORT)
    assert page.lines == tuple(range(1, EXPORT.count("\n") + 2))
    assert (page.fields, page.title) == ((), None)


def test_other_timelines_are_markdown() -> None:
    for text in (
        EXPORT.replace("* [10:30] **", "* 10:30 **"),
        EXPORT.replace("### 2024-06-15 (UTC)", "### 15 June"),
        EXPORT.replace("### 2024", "#### 2024"),
    ):
        assert read("inc-12.md", text.encode()).form == "Markdown"
