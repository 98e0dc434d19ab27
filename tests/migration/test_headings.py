"""Foreign headings: which part each opens or belongs to, in three languages."""

from __future__ import annotations

import pytest

from afterword import parts
from afterword.migration.headings import home_of, language_of, part_of, title_of
from afterword.migration.headings.homes import TABLES


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Issue Summary", "summary"),
        ("4. Timeline", "timeline"),
        ("Timeline (all times PST) 10/14/2022 - 11/03/2022", "timeline"),
        ("Timeline, all times in UTC", "timeline"),
        ("Timeline of the second outage", "timeline"),
        ("16:33", "timeline"),
        ("July 14, 2025, 11:20 am", "timeline"),
        ("2021-06-03 9:14", "timeline"),
        (":eye: Detection", "detection"),
        ("☠️ Five Why’s", "root-cause"),
        ("7.Preventative Measures", "actions"),
        ("3.2 Root Causes", "root-cause"),
        ("What went wrong, and why?", "root-cause"),
        ("What went wrong", "lessons"),
        ("How did we respond?", "resolution"),
        ("How are we making incidents like this less likely or less impactful?", "actions"),
        ("Impact: three hours", "summary"),
        ('What happened <a href="#what-happened" id="what-happened"></a>', "summary"),
        ("**Action Items**", "actions"),
        ("Impacto no negócio", "summary"),
        ("O que deu certo", "lessons"),
        ("Diễn biến", "timeline"),
        ("Bài học rút ra", "lessons"),
    ],
)
def test_headings_of_reports_find_their_part(heading: str, part: str) -> None:
    assert part_of(heading) == part


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "a",
        "The database",
        "503 errors",
        "Wallet Developer Questions",
        "2024-06-15 (UTC)",
        "Conclusion",
        "A look back",
    ],
)
def test_headings_of_the_authors_own_have_no_part(heading: str) -> None:
    assert part_of(heading) is None


def test_no_name_stands_in_two_parts_of_a_language_nor_names_a_part_itself() -> None:
    for language, table in TABLES.items():
        names = [name for listed in table.values() for name in listed]
        assert len(names) == len(set(names)), language
        assert table.keys() <= parts.BY_KEY.keys()
        for part, listed in table.items():
            for name in listed:
                assert name == name.casefold()
                assert home_of(name) == part or name in TABLES["en"].get(home_of(name) or "", ()), name


def test_a_name_tells_its_language_and_a_part_its_title_in_it() -> None:
    assert [language_of(name) for name in ("Impact", "Impacto", "Tác động", "Resumo", "Odd")] == [
        "en", "pt", "vi", "pt", None,
    ]  # fmt: skip
    assert [title_of("notes", language) for language in ("en", "pt", "vi", None)] == [
        "Notes", "Notas", "Ghi chú", "Notes",
    ]  # fmt: skip
