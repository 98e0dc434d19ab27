"""History: when git first saw the files of a folder, and the files of a repository without a work tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from afterword.errors import AfterwordError
from afterword.migration.collection import MAX_FILES, is_hidden

MAX_BYTES = 2 * 1024**3
"""All files of a repository without a work tree: one of a few kilobytes may hold more than any disk does."""

# A repository that somebody brought may ask git to start programs: to verify signatures, watch files, page, filter
# what is checked out, or fetch what is missing. What filters (`git archive` does) is not called at all.
_CAREFUL = (
    "--no-pager", "-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=",
    "-c", "core.quotePath=false", "-c", "log.showRoot=true",
)  # fmt: skip
# Only the environment has the last word on what may be fetched.
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
# A hook names its own repository in these, which is another one.
_OTHERS = frozenset((
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_EXTERNAL_DIFF",
))  # fmt: skip


def first_seen(root: Path) -> Mapping[str, str]:
    """The day each file was first committed, under its name of today, by its path relative to ``root`` with ``/``.

    Nothing outside a repository, or without git; nor of what is as old as a history that was cut off.
    """
    said = _git(root, "log", "--reverse", "--no-ext-diff", "--no-textconv", "-M", "--diff-filter=AR", "-z",
                "--name-status", "--relative", "--date=short", "--format=%x01%ad%x02%p", "--", ".")  # fmt: skip
    is_cut = (_git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    days: dict[str, str] = {}
    for day, status, old, new in _changes(_text_of(said or b""), is_cut=is_cut):
        seen = days.pop(old, day) if status.startswith("R") else days.get(new, day)
        days[new] = seen
    return {path: day for path, day in days.items() if day}


def _changes(listing: str, *, is_cut: bool) -> Iterator[tuple[str, str, str, str]]:
    """Day, status, old name and new name of each change. No day for the first commits of a history that is cut off."""
    day = ""
    words = iter(listing.split("\0"))
    for word in words:
        status = word.lstrip("\n")
        if status.startswith("\x01"):
            day, _, parents = status[1:].partition("\x02")
            day = "" if is_cut and not parents else day
        elif status.startswith("R"):
            yield day, status, next(words, ""), next(words, "")
        elif status:
            name = next(words, "")
            yield day, status, name, name


def is_bare(root: Path) -> bool:
    """Whether a folder is a repository without a work tree."""
    return (root / "HEAD").is_file() and (root / "objects").is_dir() and (root / "refs").is_dir()


def unpack(root: Path, into: Path) -> Mapping[str, Path]:
    """The files of a repository's current commit by their paths in it, each laid into a folder under a number.

    Names in a repository may be such as no file can bear, or two that are one on this system. Raises
    ``AfterwordError`` when git cannot tell the files, or when they are too many.
    """
    blobs = _listed(root)
    wanted = list(dict.fromkeys(blobs.values()))
    files = {name: into / str(number) for number, name in enumerate(wanted)}
    with tempfile.TemporaryFile() as request:
        request.write(b"".join(name + b"\n" for name in wanted))
        request.seek(0)
        with _asked(root, "cat-file", "--batch", request=request) as answer:
            for name in wanted:
                _lay(answer, name, files[name], root)
    return {path: files[name] for path, name in blobs.items()}


def _listed(root: Path) -> dict[str, bytes]:
    """The name of each file's blob by its path; links, submodules and hidden files left out."""
    found: dict[str, bytes] = {}
    size = count = 0
    with _asked(root, "ls-tree", "-r", "-l", "-z", "--full-tree", "HEAD") as listing:
        for entry in _parts(listing):
            about, _, name = entry.partition(b"\t")
            mode, _, blob, written = about.split()
            path = _text_of(name)
            count += 1
            if mode.startswith(b"100") and not is_hidden(path):
                found[path] = blob
                size += int(written) if written.isdigit() else 0
            if count > MAX_FILES or size > MAX_BYTES:
                raise AfterwordError(
                    f"{root} holds more than {MAX_FILES:,} files, or more than {MAX_BYTES // 1024**3} GB",
                    "Clone it, and name the folder of the clone that the reports are in.",
                )
    if not count:
        raise _unreadable(root)
    return found


def _parts(listing: IO[bytes]) -> Iterator[bytes]:
    """What stands before each NUL, as it comes: nobody knows how much will."""
    rest = b""
    while chunk := listing.read(1 << 16):
        *parts, rest = (rest + chunk).split(b"\0")
        yield from parts


def _lay(answer: IO[bytes], name: bytes, file: Path, root: Path) -> None:
    """Writes the next of the blobs that were asked for."""
    about = answer.readline().split()
    if len(about) != 3 or about[0] != name:
        raise _unreadable(root)
    left = int(about[2])
    with file.open("wb") as stream:
        while left and (chunk := answer.read(min(left, 1 << 20))):
            stream.write(chunk)
            left -= len(chunk)
    if left or answer.read(1) != b"\n":
        raise _unreadable(root)


def _unreadable(root: Path) -> AfterwordError:
    return AfterwordError(
        f"git cannot read the repository {root}", "Clone it, and give the folder of the clone instead."
    )


def _text_of(name: bytes) -> str:
    """A name as the paths of a collection are written."""
    return name.decode("utf-8", "backslashreplace")


@contextmanager
def _asked(root: Path, *arguments: str, request: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """What git prints, while it does. Raises ``AfterwordError`` without git."""
    try:
        process = subprocess.Popen(  # noqa: S603  # a list, no shell
            _command(arguments), cwd=root, env=_environment(),
            stdin=request or subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise _unreadable(root) from error
    with process:
        try:
            if process.stdout:
                yield process.stdout
        finally:
            process.kill()


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git prints; ``None`` when there is no git, or no repository."""
    try:
        done = subprocess.run(  # noqa: S603  # a list, no shell
            _command(arguments), cwd=root, env=_environment(),
            check=False, capture_output=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _command(arguments: Iterable[str]) -> Sequence[str]:
    return ("git", *_CAREFUL, *arguments)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OTHERS} | _ENVIRONMENT
