"""Sources that were made to do harm, or that nobody meant to be read by a program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from afterword.migration.collection import Collection, collect

REPORT = "# Checkout answered 503\n\n## Timeline\n\n- 2024-03-04 09:12 UTC It began\n\n## Root cause\n\nThe pool.\n"

no_windows = pytest.mark.skipif(os.name == "nt", reason="needs what the file systems of Windows do not have")


def collected(folder: Path) -> tuple[list[str], dict[str, str | None], list[str]]:
    """The paths of reports, what was left and why, and the other files."""
    found: Collection = collect(folder)
    return [item.path for item in found.reports], {item.path: item.why for item in found.left}, list(found.others)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "pool.md").write_text(REPORT, encoding="utf-8")
    return folder


@no_windows
def test_links_that_lead_nowhere_or_out_are_passed_over(source: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(REPORT, encoding="utf-8")
    for name, target in {"loop.md": "loop.md", "gone.md": "nothing", "out.md": "../secret.md", "in": "."}.items():
        (source / name).symlink_to(target)
    assert collected(source) == (["pool.md"], {}, [])


@no_windows
def test_links_to_hidden_files_are_passed_over(source: Path) -> None:
    (source / ".git").mkdir()
    (source / ".git" / "config").write_text("https://ana:pw@example.org", encoding="utf-8")
    (source / "graph.png").symlink_to(".git/config")
    assert collected(source) == (["pool.md"], {}, [])


@no_windows
def test_what_is_no_plain_file_is_passed_over(source: Path) -> None:
    os.mkfifo(source / "fifo.md")
    (source / "endless.md").symlink_to("/dev/zero")
    assert collected(source) == (["pool.md"], {}, [])


@no_windows
def test_names_that_are_no_text_are_written_out(source: Path) -> None:
    try:
        (source / os.fsdecode(b"p\xff.md")).write_text(REPORT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert collected(source) == ([r"p\xff.md", "pool.md"], {}, [])


def test_a_page_that_cannot_be_read_is_told(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "locked.md").write_text(REPORT, encoding="utf-8")
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "locked.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert collected(source) == (["pool.md"], {"locked.md": "it cannot be read: Permission denied"}, [])


def test_a_library_in_the_source_is_left_out(source: Path) -> None:
    (source / "library").mkdir()
    (source / "library" / "pool.md").write_text(REPORT, encoding="utf-8")
    assert [item.path for item in collect(source, source / "library", source / "none").reports] == ["pool.md"]
