"""JSON for machines: as the schema says, and the same bytes for the same report."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

from afterword import validation
from afterword.checking import Report
from afterword.findings import Finding, Level, Span
from afterword.reporters import json as reporter
from tests.rules.whole import PATH, judge, page

FOUND = Finding(
    "AW301", "milestone-order", Level.ERROR, "resolved is before “started”", "postmortems/incidents/2026/a.md",
    Span(9, 11, 9, 31), None,
)  # fmt: skip


def test_a_report_fits_its_schema() -> None:
    report = judge({PATH: page("root_cause: x\npublished: 2026-03-02"), "2026/b.md": ""})
    data = json.loads(reporter.render(report))
    assert list(validation.validator("findings").iter_errors(data)) == []
    assert len(data["findings"]) == 3


def test_every_value_of_a_finding_is_told() -> None:
    report = Report(datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC), (FOUND,), 38)
    assert json.loads(reporter.render(report)) == {
        "version": 1,
        "as_of": "2026-11-01T23:59:59Z",
        "summary": {"files": 38, "errors": 1, "warnings": 0, "hints": 0},
        "findings": [
            {
                "code": "AW301",
                "name": "milestone-order",
                "level": "error",
                "message": "resolved is before “started”",
                "path": "postmortems/incidents/2026/a.md",
                "line": 9,
                "column": 11,
                "end_line": 9,
                "end_column": 31,
                "hint": None,
            }
        ],
    }


def test_the_clock_is_told_in_utc() -> None:
    east = datetime(2026, 11, 2, 7, 30, tzinfo=timezone(timedelta(hours=7)))
    assert json.loads(reporter.render(Report(east, (), 0)))["as_of"] == "2026-11-02T00:30:00Z"


def test_text_stays_readable_and_ends_in_one_newline() -> None:
    text = reporter.render(Report(datetime(2026, 11, 1, tzinfo=UTC), (FOUND,), 1))
    assert "“started”" in text
    assert text.endswith("}\n")
