"""Former: what files were before a change, asked of git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from afterword.cli.changed import base_of, git, git_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterword.scorecard.comparison import Changes

_READ = 500
"""So many former versions are read: nobody reviews more at once."""


def changes_since(root: Path, reference: str, known: frozenset[str]) -> Changes:
    """What changed in the postmortems since the branch left ``reference``, and what they were; renames are followed.

    ``known`` are the paths of today's postmortems. Changes beyond the first 500 are left out.
    Raises ``AfterwordError`` when git does not know the reference.
    """
    from afterword.library import INCIDENTS  # noqa: PLC0415  # --help must not wait for it
    from afterword.scorecard.comparison import Changes, Former  # noqa: PLC0415

    base = base_of(root, reference)
    listing = git(root, "diff", "--name-status", "-z", "--no-ext-diff", "--relative", "-M", base, "--", INCIDENTS)
    pairs = _pairs(listing)
    old = {before for before, after in pairs if before and (after is None or after in known)}
    contents = _contents(root, base, sorted(old)[:_READ])
    files: dict[str, Former | None] = {}
    deleted = []
    for before, after in pairs:
        former = Former(before, contents[before]) if before in contents else None
        if after is None:
            if former and before and before.endswith(".md"):
                deleted.append(former)
        elif after in known and (former or before is None):
            files[after] = former
    untracked = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", INCIDENTS)
    files |= dict.fromkeys(path for path in untracked.split("\0") if path in known)
    return Changes(reference, files, tuple(deleted))


def _pairs(listing: str) -> list[tuple[str | None, str | None]]:
    """Path before and path after of each change; ``None`` for a file that was not or is not there."""
    words = iter(listing.split("\0"))
    found: list[tuple[str | None, str | None]] = []
    for status in words:
        if not status:
            break
        path = next(words)
        if status[0] in "RC":
            after = next(words)
            found.append((path if status[0] == "R" else None, after))
        elif status[0] == "A":
            found.append((None, path))
        elif status[0] == "D":
            found.append((path, None))
        else:
            found.append((path, path))
    return found


def _contents(root: Path, base: str, paths: Sequence[str]) -> dict[str, bytes]:
    """The bytes of files at a commit, from one process; those that are not there are left out."""
    asked = [path for path in paths if "\n" not in path]
    if not asked:
        return {}
    request = "".join(f"{base}:./{path}\n" for path in asked).encode("utf-8", "surrogateescape")
    answer = git_bytes(root, "cat-file", "--batch", request=request)
    found: dict[str, bytes] = {}
    at = 0
    for path in asked:
        end = answer.index(b"\n", at)
        words = answer[at:end].split(b" ")
        at = end + 1
        if words[-1] == b"missing" or not words[-1].isdigit():
            continue
        size = int(words[-1])
        found[path] = answer[at : at + size]
        at += size + 1
    return found
