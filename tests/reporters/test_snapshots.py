"""Every form of one report, as it was agreed: a changed snapshot is a changed format."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import afterword
from afterword.checking import Report
from afterword.reporters import github, gitlab, json, junit, sarif, text
from tests.reporters.report import FILES, REPORT, RULE, line, many


def sarif_of_any_version(report: Report) -> str:
    told = sarif.render(report, line, {RULE.code: RULE}, prefix="docs/", page=page)
    return told.replace(f'"version": "{afterword.__version__}"', '"version": "1.2.3"')


def page(code: str) -> str:
    return f"https://postmortems.example.com/guide/rules/{code.lower()}/"


FORMS: dict[str, Callable[[Report], str]] = {
    "text.txt": lambda report: text.render(report, line),
    "github.txt": lambda report: github.render(report, prefix="docs/"),
    "sarif.json": sarif_of_any_version,
    "junit.xml": lambda report: junit.render(report, FILES, prefix="docs/"),
    "gitlab.json": lambda report: gitlab.render(report, line, prefix="docs/"),
    "json.json": json.render,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_reads_as_it_always_did(form: str, root: Path) -> None:
    told = FORMS[form](REPORT).encode("utf-8", "backslashreplace")
    snapshot = root / "tests" / "snapshots" / f"report-{form}"
    if os.environ.get("AFTERWORD_SNAPSHOTS") == "write":
        snapshot.write_bytes(told)
    assert told == snapshot.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_two_runs_give_the_same_bytes_and_end_in_one_newline(form: str) -> None:
    told = FORMS[form](REPORT)
    assert told == FORMS[form](REPORT)
    assert told.endswith("\n")
    assert not told.endswith("\n\n")


@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_findings_are_told_at_once(form: str) -> None:
    report = many(10_000)
    begun = time.process_time()
    FORMS[form](report)
    assert time.process_time() - begun < 2  # 0.5 s on a machine that does nothing else
