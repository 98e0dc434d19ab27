"""Pages that tell of more than one incident."""

from __future__ import annotations

import pytest

from afterword.migration import forms
from afterword.migration.fields import fields
from afterword.migration.outline import outline
from afterword.migration.several import incidents
from afterword.migration.study import Study, study
from afterword.migration.times.calendar import calendar_of


def of(text: str) -> Study:
    page = forms.read("reports/a.md", text.encode())
    read = outline(page.text)
    known = fields(page, read)
    return study(page, read, known, calendar_of(page, read, known, None, None))


TWO = """\
# Orders failed twice

**Severity:** SEV1

## Timeline

### 3 March 2026 - The pool ran dry

**Duration:** 40 minutes
**Impact:** a third of all orders

- **09:12 UTC** - Errors begin
- **09:16 UTC** - Alert fires
- **09:52 UTC** - Resolved

### 9 March 2026 - The pool ran dry again

**Duration:** 90 minutes
**Impact:** all orders

- **10:00 UTC** - Errors begin
- **11:30 UTC** - Resolved
"""


def test_a_page_of_two_incidents_has_no_single_end_and_its_day_is_in_doubt() -> None:
    told = of(TWO).told
    started = told.first("started")
    assert started is not None
    assert (started.value, started.doubtful) == ("2026-03-03", True)
    assert not {fact.key for fact in told.facts} & {"detected", "mitigated", "resolved", "detection", "severity"}
    whys = {gap.key: gap.why for gap in told.gaps}
    assert whys["resolved"] == whys["severity"] == "the page tells of 2 incidents"


def test_the_words_and_the_actions_of_such_a_page_are_as_those_of_any_other() -> None:
    found = of(f"{TWO}\n## Action items\n\n- Add an alert\n")
    assert found.title == "Orders failed twice"
    assert [action.title for action in found.actions] == ["Add an alert"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (TWO, 2),
        ("# Log\n\n## Incident on 3 March 2026\n\nText.\n\n## Incident on 9 March 2026\n\nText.\n", 2),
        ("# Log\n\n### The disk was full (Incident #2)\n\nText.\n\n### The lease ended (Incident #1)\n\nText.\n", 2),
        ("# A\n\n**Date:** 2026-03-03\n\n**Impact:** few\n\n## Timeline\n\n- 09:12 UTC it failed\n", 1),
        ("# A\n\n## Phase one\n\nDuration: 3 min\n\nImpact: a\n\n## Phase two\n\nDuration: 9 min\n\nImpact: b\n", 1),
        ("# A\n\n## Action items\n\n### One\n\nImpact: x\n\nSummary: y\n\n### Two\n\nImpact: x\n\nSummary: y\n", 1),
        ("# A\n\n## Incident timeline\n\nText.\n\n## Incident response\n\nText.\n", 1),
        ("# A\n\n## Outage 30 minutes\n\nText.\n\n## Outage 40 minutes\n\nText.\n", 1),
        ("", 1),
    ],
)  # fmt: skip
def test_incidents_are_counted_where_each_has_a_heading_of_its_own(text: str, count: int) -> None:
    assert incidents(of(text).reading) == count
