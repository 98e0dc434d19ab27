"""History: when git first saw the files of a folder, and the files of a repository without a work tree."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from afterword.errors import AfterwordError

# A repository that somebody brought may ask git to start programs: to verify signatures, watch files, page.
_CAREFUL = (
    "--no-pager", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=",
    "-c", "core.quotePath=false", "-c", "protocol.allow=never",
)  # fmt: skip


def first_seen(root: Path) -> Mapping[str, str]:
    """The day each file was first committed, under its name of today, by its path relative to ``root`` with ``/``.

    Nothing outside a repository, or without git.
    """
    said = _git(root, "log", "--reverse", "--no-ext-diff", "--no-textconv", "-M", "--diff-filter=AR", "-z",
                "--name-status", "--relative", "--date=short", "--format=%x01%ad", "--", ".")  # fmt: skip
    days: dict[str, str] = {}
    for day, status, old, new in _changes((said or b"").decode("utf-8", "surrogateescape")):
        days[new] = days.get(old, day) if status.startswith("R") else days.get(new, day)
    return days


def _changes(listing: str) -> Iterator[tuple[str, str, str, str]]:
    """Day, status, old name and new name of each change."""
    day = ""
    words = iter(listing.split("\0"))
    for word in words:
        status = word.lstrip("\n")
        if status.startswith("\x01"):
            day = status[1:11]
        elif status.startswith("R"):
            yield day, status, next(words, ""), next(words, "")
        elif status:
            name = next(words, "")
            yield day, status, name, name


def is_bare(root: Path) -> bool:
    """Whether a folder is a repository without a work tree."""
    return (root / "HEAD").is_file() and (root / "objects").is_dir() and (root / "refs").is_dir()


def unpack(root: Path, into: Path) -> None:
    """The files of a repository's current commit. Raises ``AfterwordError`` when git cannot tell them."""
    packed = _git(root, "archive", "--format=tar", "HEAD")
    if packed is None:
        raise AfterwordError(
            f"git cannot read the repository {root}", "Clone it, and give the folder of the clone instead."
        )
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            where = into / member.name
            opened = archive.extractfile(member) if member.isfile() else None  # links stay behind
            if opened and ".." not in where.parts and where.is_relative_to(into):
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(opened.read())


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git prints; ``None`` when there is no git, or no repository."""
    try:
        command: Sequence[str] = ("git", *_CAREFUL, *arguments)
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, stdin=subprocess.DEVNULL)  # noqa: S603  # a list, no shell
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
