"""Changed: which postmortems differ from a commit, asked of git."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.settings import FILE


def changed_since(root: Path, reference: str) -> frozenset[str] | None:
    """Files of the library that were added or changed since the branch left ``reference``, untracked ones included.

    Paths are relative to the library, with ``/``. ``None`` when its settings changed: then every file may be
    judged otherwise. Raises ``AfterwordError`` when git does not know the reference.
    """
    base = base_of(root, reference)
    found = _names(
        git(root, "diff", "--name-only", "-z", "--no-ext-diff", "--relative", "--diff-filter=ACMRT", base, "--")
    )
    found |= _names(git(root, "ls-files", "--others", "--exclude-standard", "-z", "--"))
    return None if FILE in found else found


def base_of(root: Path, reference: str) -> str:
    """The hash of the commit at which the branch left ``reference``. Raises ``AfterwordError`` for an unknown one."""
    commit = _commit(root, reference)
    return git(root, "merge-base", commit, "HEAD", missing_ok=True).strip() or commit


def _commit(root: Path, reference: str) -> str:
    """The hash of a reference: from here on, nothing that a user typed reaches git's command line."""
    if not reference or reference.startswith("-") or any(ord(character) < 32 for character in reference):
        raise AfterwordError(f"“{reference}” is not the name of a commit", _HINT)
    git(root, "rev-parse", "--git-dir")  # says so outside a repository; what fails after it is the reference
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    commit = git(root, *arguments, missing_ok=True).strip()
    if not _HASH.fullmatch(commit):  # nothing, or two lines for a range
        raise AfterwordError(f"git does not know the commit “{reference}”", _HINT)
    return commit


_HASH = re.compile(r"[0-9a-f]{40,64}")


_HINT = "Give a branch, tag or hash, such as origin/main. In CI, fetch the history first."


def _names(listing: str) -> frozenset[str]:
    return frozenset(name for name in listing.split("\0") if name)


def git(root: Path, *arguments: str, missing_ok: bool = False) -> str:
    """What git prints. With ``missing_ok``, nothing when git finds nothing (exit code 1; 128 beyond a reflog)."""
    return git_bytes(root, *arguments, missing_ok=missing_ok).decode("utf-8", "surrogateescape")


def git_bytes(root: Path, *arguments: str, request: bytes | None = None, missing_ok: bool = False) -> bytes:
    """The same as it comes, for an answer to ``request``. Raises ``AfterwordError`` with git's reason."""
    command: Sequence[str] = ("git", *arguments)
    try:
        done = subprocess.run(  # noqa: S603  # a list, no shell
            command, cwd=root, env=_environment(root), input=request, check=False, capture_output=True
        )
    except FileNotFoundError as error:
        raise AfterwordError("git is not installed, so nobody can tell what changed") from error
    if done.returncode == 0 or (missing_ok and done.returncode in (1, 128)):
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    reason = said[0].removeprefix("fatal: ") if said else f"exit code {done.returncode}"
    raise AfterwordError(f"git could not tell what changed: {reason}", "--changed-since works in a git repository.")


def _environment(root: Path) -> dict[str, str]:
    """The environment for git, which finds the repository by itself.

    To a hook in another worktree git names the repository alone; the folder in which it is asked would then be taken
    for the top of all files, and a library below that for new.
    """
    found = dict(os.environ)
    if "GIT_WORK_TREE" not in found and any((folder / ".git").exists() for folder in (root, *root.parents)):
        found.pop("GIT_DIR", None)
    return found
