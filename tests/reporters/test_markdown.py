"""The comment of a pull request: what it says first, what it folds, and that it fits."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from afterword.checking import Report
from afterword.findings import Finding, Level
from afterword.reporters.markdown import LIMIT, MARK, Links, render
from afterword.scorecard.comparison import Changes, Comparison, Former, Row, compare
from tests.reporters.report import CLOCK, REPORT, many
from tests.rules.whole import AS_OF, FOLDER, PATH, judge, library
from tests.scorecard.test_scorecard import FULL, STRICT

LINKS = Links(lambda code: f"https://pm.example.com/guide/rules/{code.lower()}/", "https://pm.example.com/checklist/")
POORER = FULL.replace("type: detect", "type: process").replace("We were lucky that it was a quiet morning.", "")
OTHER = "2026/2026-03-04-a-second-one.md"


def comment(files: Mapping[str, str], before: Mapping[str, str | None], deleted: tuple[str, ...] = ()) -> str:
    """The comment on files in memory; ``before`` are their former versions, ``None`` for new files."""
    made = library(dict(files), STRICT)
    texts = {FOLDER + path: text.encode() for path, text in files.items()}
    former = {FOLDER + path: Former(FOLDER + path, text.encode()) if text else None for path, text in before.items()}
    gone = tuple(Former(FOLDER + path, FULL.encode()) for path in deleted)
    changes = Changes("origin/main", former, gone)
    comparison = compare(made, former.keys() & texts.keys(), AS_OF, read=texts.__getitem__, changes=changes)
    report = judge(dict(files), settings=STRICT, paths=sorted(comparison_paths(comparison)))
    return render(report, comparison, links=LINKS, prefix="docs/")


def comparison_paths(comparison: Comparison) -> list[str]:
    return [row.path for row in comparison.rows]


def test_one_changed_file_reads_as_it_always_did(root: Path) -> None:
    told = comment({PATH: POORER}, {PATH: FULL})
    snapshot = root / "tests" / "snapshots" / "comment.md"
    if os.environ.get("AFTERWORD_SNAPSHOTS") == "write":
        snapshot.write_text(told, encoding="utf-8", newline="\n")
    assert told == snapshot.read_text(encoding="utf-8")


def test_hostile_findings_read_as_they_always_did(root: Path) -> None:
    told = render(REPORT, Comparison(), links=LINKS, prefix="docs/")
    snapshot = root / "tests" / "snapshots" / "comment-hostile.md"
    if os.environ.get("AFTERWORD_SNAPSHOTS") == "write":
        snapshot.write_text(told, encoding="utf-8", newline="\n")
    assert told == snapshot.read_text(encoding="utf-8")
    assert told.count("<!--") == 1
    assert "<script>" not in told


def test_the_outcome_comes_first_behind_the_mark() -> None:
    passed = comment({PATH: FULL}, {PATH: FULL}).split("\n")
    assert passed[:2] == [MARK, "### Postmortem check passed: nothing found"]
    failed = render(many(3, Level.WARNING), Comparison(), fail_on=Level.WARNING).split("\n")
    assert failed[:2] == [MARK, "### Postmortem check failed: 3 warnings"]
    nothing = render(Report(CLOCK, (), 0), Comparison(reference="main")).split("\n")
    assert nothing[1] == "### Postmortem check passed: no postmortem changed"


def test_scores_are_told_beside_those_of_the_base() -> None:
    told = comment({PATH: POORER}, {PATH: FULL})
    assert "| 5 → **4.5** | 12 of 13 |" in told
    assert "| 5 → **4** | 6 of 7 |" in told
    assert "compared with `origin/main`" in told


def test_many_files_have_a_row_each_and_their_reasons_in_a_fold() -> None:
    told = comment({PATH: POORER, OTHER: FULL}, {PATH: FULL, OTHER: None})
    assert f"| `{OTHER[5:-3]}` new | **5** | **5** | **5** | **5** |" in told
    assert told.count("<details>") == told.count("</details>")
    assert f"<summary><code>docs/{FOLDER}{PATH}</code>: 1 warning" in told


def test_a_renamed_file_is_compared_and_a_deleted_one_named() -> None:
    made = library({PATH: POORER}, STRICT)
    changes = Changes("main", {FOLDER + PATH: Former(FOLDER + OTHER, FULL.encode())}, (Former("a/b.md", b""),))
    found = compare(made, {FOLDER + PATH}, AS_OF, read=lambda _: POORER.encode(), changes=changes)
    told = render(judge({PATH: POORER}, settings=STRICT), found)
    assert f"`{FOLDER}{PATH}` (renamed)" in told
    assert "5 → **4.5**" in told
    assert "Deleted: `a/b.md`." in told


def test_a_file_that_is_no_postmortem_any_more_says_so() -> None:
    told = comment({PATH: "no front matter"}, {PATH: FULL})
    assert "(cannot be read as a postmortem)" in told
    assert "AW002" in told


def test_without_a_base_there_is_no_change() -> None:
    made = library({PATH: POORER}, STRICT)
    found = compare(made, {FOLDER + PATH}, AS_OF, read=lambda _: POORER.encode())
    told = render(judge({PATH: POORER}, settings=STRICT), found)
    assert "→" not in told
    assert "compared" not in told


@pytest.mark.parametrize("number", [11, 60, 5_000])
def test_long_lists_fold_and_the_whole_fits(number: int) -> None:
    report = Report(CLOCK, tuple(_of_one_file(number)), 1)
    told = render(report, Comparison(), links=LINKS)
    assert len(told) <= LIMIT
    assert told.count("<details>") == told.count("</details>") == 1
    if number > 1_000:
        assert "are not shown here: a comment has room for 65,536 characters" in told


def _of_one_file(number: int) -> list[Finding]:
    return [Finding("AW502", "action-overdue", Level.WARNING, f"{at} " + "@x " * 90, "a.md") for at in range(number)]


def test_ten_thousand_findings_in_a_thousand_files_fit_and_are_told_at_once() -> None:
    begun = time.process_time()
    told = render(many(10_000), Comparison(), links=LINKS)
    assert time.process_time() - begun < 2  # 0.5 s on a machine that does nothing else
    assert len(told.encode("utf-16-le")) // 2 <= LIMIT
    assert "findings are not shown here" in told


def test_paths_that_would_fill_the_comment_leave_the_outcome() -> None:
    found = tuple(Finding("AW001", "x", Level.ERROR, "x", f"{'&' * 3000}{at}.md") for at in range(40))
    told = render(Report(CLOCK, found, 40), Comparison())
    assert told.startswith(f"{MARK}\n### Postmortem check failed: 40 errors\n")
    assert len(told) < 500


def test_two_runs_give_the_same_bytes() -> None:
    files, before = {PATH: POORER, OTHER: FULL}, {PATH: FULL, OTHER: None}
    assert comment(files, before) == comment(dict(reversed(files.items())), before)


def test_only_so_many_files_get_a_scorecard() -> None:
    files = {f"2026/2026-03-04-number-{at:02}.md": FULL for at in range(27)}
    made = library(files, STRICT)
    found = compare(made, made.paths, AS_OF, read=lambda _: FULL.encode())
    assert (len(found.rows), found.left_out) == (25, 2)
    assert "2 more postmortems without a scorecard" in render(Report(CLOCK, (), 27), found)


def test_a_row_without_a_card_has_dashes() -> None:
    found = Comparison((Row("a.md", None, is_new=True), Row("b.md", None)))
    assert "a.md` (new, cannot be read as a postmortem)" in render(Report(CLOCK, (), 2), found)
