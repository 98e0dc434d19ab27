"""Repositories that somebody brought: nothing of them is run, and what their history does not say is not told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from afterword.cli import history
from afterword.errors import AfterwordError

REPORT = "# Checkout answered 503\n\n## Root cause\n\nThe pool was exhausted. $Format:%G?$\n"


def git(folder: Path, *arguments: str, day: str = "2023-05-06", data: bytes | None = None) -> str:
    names = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main")
    dates = {"GIT_AUTHOR_DATE": f"{day}T07:08:09Z", "GIT_COMMITTER_DATE": f"{day}T07:08:09Z"}
    command = ["git", *names, *arguments]  # any git
    done = subprocess.run(command, cwd=folder, env={**os.environ, **dates}, input=data, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "pool.md").write_text(REPORT, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")
    (folder / "queue.md").write_text(REPORT, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Two", day="2024-06-07")
    return folder


@pytest.fixture
def bare(source: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "-q", "--bare", str(source), "bare.git")
    return tmp_path / "bare.git"


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")
@pytest.mark.parametrize("is_bare", [False, True])
def test_programs_that_a_repository_names_are_not_run(source: Path, tmp_path: Path, is_bare: bool) -> None:
    trap, mark = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho $* >> {mark}\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    (source / ".gitattributes").write_text("*.md filter=trap diff=trap export-subst\n", encoding="utf-8")
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "Three")
    signed = git(source, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    git(source, "reset", "-q", git(source, "hash-object", "-t", "commit", "-w", "--stdin", data=f"{signed}\n".encode()))
    keys = ("filter.trap.smudge", "filter.trap.process", "gpg.program", "core.fsmonitor", "core.pager",
            "diff.external", "diff.trap.textconv", "diff.trap.command", "tar.tar.command")  # fmt: skip
    folder = source
    if is_bare:
        git(tmp_path, "clone", "-q", "--bare", str(source), "bare.git")
        folder = tmp_path / "bare.git"
    for key in keys:
        git(folder, "config", key, f"{trap} {key}")
    git(folder, "config", "log.showSignature", "true")
    assert history.first_seen(folder)["pool.md"] == "2023-05-06"
    if is_bare:
        (tmp_path / "files").mkdir()
        assert set(history.unpack(folder, tmp_path / "files")) == {"pool.md", "queue.md"}
    assert not mark.exists()


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell command")
def test_what_a_repository_lacks_is_not_fetched(bare: Path, tmp_path: Path) -> None:
    blob = git(bare, "rev-parse", "HEAD:pool.md")
    objects = git(bare, "cat-file", "--batch-check=%(objectname)", "--batch-all-objects").split()
    packed = {name: (git(bare, "cat-file", "-t", name), name) for name in objects if name != blob}
    kept = git(bare, "pack-objects", "pack", data="\n".join(packed).encode())
    for old in (bare / "objects").rglob("*"):
        if old.is_file():
            old.unlink()
    for end in ("pack", "idx"):
        (bare / f"pack-{kept}.{end}").rename(bare / "objects" / "pack" / f"pack-{kept}.{end}")
    settings = {
        "core.repositoryformatversion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::touch {tmp_path / 'sprung'}", "protocol.ext.allow": "always",
    }  # fmt: skip
    for key, value in settings.items():
        git(bare, "config", key, value)
    (tmp_path / "files").mkdir()
    with pytest.raises(AfterwordError, match="git cannot read the repository"):
        history.unpack(bare, tmp_path / "files")
    history.first_seen(bare)
    assert not (tmp_path / "sprung").exists()


def test_the_files_of_a_repository_keep_names_that_no_folder_could_hold(bare: Path, tmp_path: Path) -> None:
    blob = git(bare, "rev-parse", "HEAD:pool.md")
    names = [b"a\nb.md", b"Case.md", b"case.md", b"con.md", b"p\xff.md", b"long" * 100 + b".md", b"dot..md"]
    listing = b"".join(b"100644 blob %s\t%s\0" % (blob.encode(), name) for name in names)
    listing += b"120000 blob %s\tlink.md\0" % blob.encode() + b"100644 blob %s\t.hidden.md\0" % blob.encode()
    tree = git(bare, "mktree", "-z", data=listing)
    git(bare, "update-ref", "refs/heads/main", git(bare, "commit-tree", tree, "-m", "Names"))
    (tmp_path / "files").mkdir()
    found = history.unpack(bare, tmp_path / "files")
    assert set(found) == {name.decode("utf-8", "backslashreplace") for name in names}
    assert {file.read_text(encoding="utf-8") for file in found.values()} == {REPORT}


def test_a_repository_that_holds_endless_files_is_refused(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = git(bare, "rev-parse", "HEAD^{tree}")
    for _ in range(8):  # each level holds the one below ten times
        listing = "".join(f"040000 tree {tree}\tt{number}\n" for number in range(10))
        tree = git(bare, "mktree", data=listing.encode())
    git(bare, "update-ref", "refs/heads/main", git(bare, "commit-tree", tree, "-m", "Many"))
    monkeypatch.setattr(history, "MAX_FILES", 100)
    with pytest.raises(AfterwordError, match="more than 100 files"):
        history.unpack(bare, tmp_path)


def test_a_history_that_was_cut_off_dates_only_what_came_after(source: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", source.as_uri(), "cut")
    (tmp_path / "cut" / "disk.md").write_text("# Another\n", encoding="utf-8")
    git(tmp_path / "cut", "add", ".")
    git(tmp_path / "cut", "commit", "-q", "-m", "Three", day="2025-07-08")
    assert history.first_seen(tmp_path / "cut") == {"disk.md": "2025-07-08"}


def test_a_new_page_under_the_name_of_one_that_moved_has_its_own_day(source: Path) -> None:
    git(source, "rm", "-q", "queue.md")
    git(source, "mv", "pool.md", "limit.md")
    git(source, "commit", "-q", "-m", "Move", day="2025-01-01")
    (source / "pool.md").write_text("# Something else altogether\n", encoding="utf-8")
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "Again", day="2026-01-01")
    assert history.first_seen(source) == {"limit.md": "2023-05-06", "pool.md": "2026-01-01", "queue.md": "2024-06-07"}


def test_the_repository_of_a_hook_is_not_the_one_that_is_read(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert history.first_seen(source) == {"pool.md": "2023-05-06", "queue.md": "2024-06-07"}


def test_without_git_nothing_is_told(source: Path, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent / "nothing"))
    assert history.first_seen(source) == {}
    with pytest.raises(AfterwordError, match="git cannot read the repository"):
        history.unpack(bare, bare)
