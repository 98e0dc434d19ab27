"""What all rules share: messages in one line, suggestions, levels, and what is looked up once."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import checking
from afterword.findings import START, Level
from afterword.rules import RULES
from afterword.rules.base import Context, shortened, suggestion
from tests.confidentiality.samples import secrets
from tests.rules.whole import AS_OF, FOLDER, PATH, SETTINGS, library, page

SECRET = secrets()["github"][0]


@pytest.fixture
def known(tmp_path: Path) -> Context:
    """Two postmortems on the disk."""
    files = {
        "2026/2026-03-04-b.md": page("title: Pool full", f"## Notes on {SECRET}\n"),
        "2026/2026-03-05-a.md": page("title: Another"),
    }
    for name, text in files.items():
        (tmp_path / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / FOLDER / name).write_text(text, encoding="utf-8")
    return Context(checking.load(tmp_path, SETTINGS, use_cache=False, workers=1), AS_OF, lambda _: False)


@pytest.mark.parametrize(
    ("text", "limit", "told"),
    [
        ("one\n two\t three", 60, "one two three"),
        ("x" * 60, 60, "x" * 60),
        ("x" * 61, 60, "x" * 59 + "…"),
        ("abcdef", 5, "abcd…"),
    ],
)
def test_a_text_in_a_message_is_one_line_of_at_most_so_many_characters(text: str, limit: int, told: str) -> None:
    assert shortened(text, limit) == told
    assert limit != 60 or shortened(text) == told


@pytest.mark.parametrize(
    ("word", "known", "limit", "told"),
    [
        ("capasity", {"capacity", "deploy"}, 12, "Did you mean `capacity`?"),
        ("abcde", {"abcxy"}, 12, "Did you mean `abcxy`?"),  # three letters of five in common are enough
        ("abcde", {"abxyz"}, 12, "Known: abxyz."),
        ("zzz", {"b", "a"}, 12, "Known: a, b."),
        ("zzz", {"b", "a"}, 2, "Known: a, b."),
        ("zzz", {"b", "a"}, 1, None),
        ("zzz", set(), 12, None),
    ],
)
def test_a_near_word_is_suggested_or_a_few_known_ones(word: str, known: set[str], limit: int, told: str | None) -> None:
    assert suggestion(word, known, limit=limit) == told


def test_twelve_known_words_are_few_unless_told_otherwise() -> None:
    words = [f"word-{at}" for at in range(13)]
    assert suggestion("zzz", words[:12]) == f"Known: {', '.join(sorted(words[:12]))}."
    assert suggestion("zzz", words) is None


def test_the_level_of_a_finding_fits_the_status_unless_it_is_given() -> None:
    rule = RULES["AW501"]
    made = library({PATH: page(), "2026/2026-03-05-b.md": page("status: draft")})
    ready, draft = (made.find(name) for name in ("2026-03-04-checkout-answered-503", "2026-03-05-b"))
    assert ready is not None
    assert draft is not None
    assert rule.finding(ready, START, "x").level is Level.ERROR
    assert rule.finding(draft, START, "x").level is rule.in_draft is Level.WARNING
    assert rule.finding(draft, START, "x", "y", Level.HINT).level is Level.HINT
    found = rule.finding(draft, START, "x", "y")
    assert (found.code, found.name, found.path, found.message, found.hint) == (
        "AW501", "action-incomplete", f"{FOLDER}2026/2026-03-05-b.md", "x", "y",
    )  # fmt: skip
    other = RULES["AW308"]  # the same in a draft
    assert other.in_draft is None
    assert other.finding(draft, START, "x").level is other.level


def test_what_is_made_of_the_library_is_made_once(known: Context) -> None:
    made: list[Context] = []
    assert known.once(made.append) is None
    assert known.once(made.append) is None
    assert made == [known]


def test_the_headings_of_a_page_are_read_once(known: Context) -> None:
    path = FOLDER + "2026/2026-03-05-a.md"
    there = known.anchors(path)
    assert there is not None
    assert there.has("executive-summary")
    (known.library.root / path).unlink()
    assert known.anchors(path) is there


@pytest.mark.parametrize("path", ["afterword.yml", FOLDER + "none.md", FOLDER + "2026"])
def test_what_is_no_page_or_cannot_be_read_has_no_headings(path: str, known: Context) -> None:
    (known.library.root / "afterword.yml").write_text("# Settings\n", encoding="utf-8")
    assert known.anchors(path) is None
    assert not known.hides(path, SECRET)


def test_a_page_hides_what_is_confidential_there_and_nothing_else(known: Context) -> None:
    path = FOLDER + "2026/2026-03-04-b.md"
    assert known.hides(path, f"Notes on {SECRET}")
    assert not known.hides(path, "Notes on it")
    assert not known.hides(FOLDER + "2026/2026-03-05-a.md", f"Notes on {SECRET}")
    (known.library.root / path).unlink()
    assert known.hides(path, f"Notes on {SECRET}")
