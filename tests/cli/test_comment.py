"""``afterword check --format markdown``: what git says a file was, and what its score was then."""

from __future__ import annotations

from pathlib import Path

from afterword.cli.former import changes_since
from tests.cli.conftest import POOL, SLOW, Invoke, git

NEW = "postmortems/incidents/2026/2026-07-01-đơn hàng.md"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def known(repository: Path) -> frozenset[str]:
    return frozenset(path.relative_to(repository).as_posix() for path in repository.rglob("incidents/**/*.md"))


def test_a_change_shows_the_score_before_and_after(repository: Path, invoke: Invoke) -> None:
    edit(repository / SLOW, "A queue without a limit.", "The queue. " * 45)
    told = invoke("check", "--changed-since", "main", "--format", "markdown").output
    assert told.startswith("<!-- afterword -->\n### Postmortem check ")
    assert f"`{SLOW}` (in review)" in told
    assert "→ **" in told
    assert "compared with `main`" in told


def test_without_a_base_every_file_is_scored_without_a_change(invoke: Invoke) -> None:
    told = invoke("check", "--format", "markdown").output
    assert "→" not in told
    assert told.count("\n| `") == 3


def test_selected_rules_narrow_the_findings_and_not_the_score(repository: Path, invoke: Invoke) -> None:
    edit(repository / SLOW, "Time (UTC)", "Time")
    whole = invoke("check", "--changed-since", "main", "--format", "markdown").output
    narrow = invoke("check", "--changed-since", "main", "--format", "markdown", "--select", "AW4").output
    assert "AW305" in whole
    assert "passed: nothing found" in narrow
    assert [line for line in narrow.split("\n") if line[:1] == "|"] == [
        line for line in whole.split("\n") if line[:1] == "|"
    ]


def test_the_comment_is_written_beside_another_form(repository: Path, invoke: Invoke) -> None:
    result = invoke("check", "--format", "github", "--output", "markdown=comment.md")
    assert "<!-- afterword -->" not in result.output
    assert (repository / "comment.md").read_text(encoding="utf-8").startswith("<!-- afterword -->\n")


def test_new_renamed_changed_and_deleted_files_are_told_apart(repository: Path) -> None:
    moved = "postmortems/incidents/2026/2026-05-06-orders-waited.md"
    before = (repository / SLOW).read_bytes()
    git(repository, "mv", SLOW, moved)
    edit(repository / POOL, "Nobody could pay.", "Nobody paid.")
    (repository / NEW).write_text("new", encoding="utf-8")
    (repository / "postmortems/incidents/2025/2025-10-20-cloud-names-lost.md").unlink()
    found = changes_since(repository, "main", known(repository))
    assert found.files.keys() == {moved, POOL, NEW}
    former = found.files[moved]
    assert former
    assert (former.path, former.data) == (SLOW, before)
    assert found.files[NEW] is None
    assert [item.path for item in found.deleted] == ["postmortems/incidents/2025/2025-10-20-cloud-names-lost.md"]


def test_the_base_is_where_the_branch_left(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "topic")
    git(repository, "checkout", "--quiet", "main")
    edit(repository / POOL, "Nobody could pay.", "Nobody paid.")
    git(repository, "commit", "--quiet", "--all", "--message", "Later on main")
    git(repository, "checkout", "--quiet", "topic")
    assert changes_since(repository, "main", known(repository)).files == {}


def test_a_library_in_a_folder_of_a_repository_is_read_where_it_lies(library: Path) -> None:
    outer = library.parent
    for arguments in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["add", "."],
        ["-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "--message", "Start"],
    ):
        git(outer, *arguments)
    edit(library / POOL, "Nobody could pay.", "Nobody paid.")
    former = changes_since(library, "main", known(library)).files[POOL]
    assert former
    assert former.path == POOL
    assert b"Nobody could pay." in former.data


def test_a_deleted_postmortem_is_named(repository: Path, invoke: Invoke) -> None:
    (repository / SLOW).unlink()
    told = invoke("check", "--changed-since", "main", "--format", "markdown").output
    assert f"Deleted: `{SLOW}`." in told
    assert "no postmortem changed" in told
