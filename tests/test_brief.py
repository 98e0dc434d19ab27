"""Briefs: they come back as they were kept, and a rule that asks one first finds what it would find without."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword import cache, checking, settings
from afterword.brief import Brief
from afterword.rules import RULES
from afterword.rules.base import Rule
from tests.rules.whole import judge, page


def briefs(root: Path) -> list[Brief]:
    library = checking.load(root, settings.load(root), use_cache=False, workers=1)
    return [record.brief for record in library.records if record.brief]


def test_a_brief_survives_json(root: Path) -> None:
    found = briefs(root)
    assert len(found) > 30
    for brief in found:
        assert Brief.unpacked(json.loads(json.dumps(brief.packed()))) == brief


@pytest.mark.parametrize("day", ["2024-01-01", "2026-03-04", "2026-03-11", "2026-11-01", "2036-01-01"])
def test_rules_find_the_same_whether_or_not_they_ask_the_brief_first(
    root: Path, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_of = datetime.fromisoformat(day).replace(tzinfo=UTC)
    library = checking.load(root, settings.load(root), use_cache=False, workers=1)
    asked = checking.check(library, as_of)
    for code, rule in list(RULES.items()):
        monkeypatch.setitem(RULES, code, _unasked(rule))
    assert checking.check(library, as_of).findings == asked.findings


def _unasked(rule: Rule) -> Rule:
    return dataclasses.replace(rule, concerns=lambda _record, _brief, _context: True)


def test_the_cache_knows_every_room_that_a_record_depends_on(root: Path) -> None:
    package = root / "tools/afterword"
    rooms = {folder.name for folder in package.iterdir() if (folder / "__init__.py").is_file()}
    above = {"budgets", "cli", "fixes", "measures", "migration", "pages", "reporters", "scorecard", "network"}
    assert rooms - above == set(cache.ROOMS)


def test_a_file_that_was_read_for_another_purpose_is_read_again_for_a_check(tmp_path: Path) -> None:
    from afterword import library  # noqa: PLC0415  # the loader without rules

    words = "schema: 1\nseverities: {SEV3: {title: Minor}}\ncategories: {capacity: {title: Capacity}}\n"
    (tmp_path / "afterword.yml").write_text(words, encoding="utf-8")
    folder = tmp_path / "postmortems/incidents/2026"
    folder.mkdir(parents=True)
    text = page("actions: [{id: A1, title: Improve monitoring, status: open}]")
    (folder / "2026-03-04-checkout-answered-503.md").write_text(text, encoding="utf-8")
    known = settings.load(tmp_path)
    assert not library.load(tmp_path, known).records[0].examined
    first = checking.load(tmp_path, known)
    again = checking.load(tmp_path, known)
    assert "AW501" in {finding.code for finding in first.records[0].findings}
    assert [record.findings for record in again.records] == [record.findings for record in first.records]
    assert [record.brief for record in again.records] == [record.brief for record in first.records]


def test_a_library_without_judgement_is_not_checked_by_mistake(root: Path) -> None:
    from afterword import library  # noqa: PLC0415  # the loader without rules

    plain = library.load(root, settings.load(root), use_cache=False, workers=1)
    with pytest.raises(ValueError, match=r"checking\.load"):
        checking.check(plain, datetime(2026, 11, 1, tzinfo=UTC))


def test_findings_of_one_file_do_not_depend_on_the_others() -> None:
    path = "2026/2026-03-04-checkout-answered-503.md"
    text = page("actions: [{id: A1, title: Improve monitoring, status: open}]")
    other = {"2026/2026-02-01-carts.md": page("title: Carts\nstarted: 2026-02-01")}
    alone = [item for item in judge({path: text}).findings if item.path.endswith(path)]
    beside = [item for item in judge({path: text} | other).findings if item.path.endswith(path)]
    assert alone == beside
