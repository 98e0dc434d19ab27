"""Confidentiality: levels, files that are no postmortems, and messages that say what without saying it."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import confidentiality
from afterword.findings import Level
from afterword.settings import Settings
from afterword.source import Source
from tests.confidentiality.samples import private_key, secrets
from tests.rules.whole import PATH, findings, judge, said

ADDRESS = secrets()["postgres"]
ASSIGNED = secrets()["assigned"]


def test_a_secret_is_an_error_also_in_a_draft() -> None:
    assert ("AW701", "error") in said(findings(piece=f"## Notes\n\n{ADDRESS[1]}"))
    assert ("AW701", "error") in said(findings("status: draft", f"## Notes\n\n{ADDRESS[1]}"))


def test_what_only_its_name_gives_away_is_a_warning() -> None:
    assert said(findings(piece=f"## Notes\n\n{ASSIGNED[1]}")) == [("AW701", "warning")]


def test_a_private_key_is_one_finding() -> None:
    found = findings(piece=f"## Notes\n\n```\n{private_key()}\n```")
    assert said(found) == [("AW701", "error")]
    assert found[0].span.end_line - found[0].span.line > 10


@pytest.mark.parametrize("text", ["no front matter: {}\n", "---\ntitle: [\n---\n{}\n", "---\n{}: 1\n---\n"])
def test_a_file_that_is_no_postmortem_is_looked_through(text: str) -> None:
    report = judge({PATH: text.format(secrets()["github"][0])})
    assert [finding.level for finding in report.findings if finding.code == "AW701"] == [Level.ERROR]


def test_no_message_holds_the_text_or_says_how_long_it_is() -> None:
    short, long = (findings(piece=f"## Notes\n\npostgres://a:Xk7{'q9Lz' * times}@h.shop.org/x") for times in (2, 6))
    assert [finding.message for finding in short] == [finding.message for finding in long]
    assert [finding.hint for finding in short] == [finding.hint for finding in long]


def test_each_kind_has_its_rule() -> None:
    piece = """## Notes

Jane.Roe@shop.org at 104.18.32.7 on db-1.internal of Northwind Traders.

## Sensitive information

Order 48213 was paid twice."""
    assert said(findings(piece=piece)) == [
        ("AW702", "hint"), ("AW703", "hint"), ("AW705", "hint"), ("AW704", "warning"), ("AW706", "hint"),
    ]  # fmt: skip


def _hits(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    settings = Settings(severities={}, categories={})
    hits = confidentiality.findings(Source(path.name, text), settings)
    return [f"{path.name}:{hit.span.line} {hit.detector}" for hit in hits]


def test_the_shipped_library_and_its_guide_hold_nothing_confidential(root: Path) -> None:
    found = [hit for path in sorted((root / "postmortems").rglob("*.md")) for hit in _hits(path)]
    assert [hit for hit in found if "guide" not in hit] == []


def test_real_reports_hold_what_was_judged_by_hand(corpora: Path) -> None:
    found = [hit for path in sorted(corpora.rglob("*.md")) for hit in _hits(path)]
    assert found == ["PM2020-001 - Inotify file watches exhaustion.md:9 internal host name"]
