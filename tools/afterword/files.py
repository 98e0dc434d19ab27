"""Files: writing so that nothing is lost or half-written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from afterword.errors import ConflictError


def write_atomically(path: Path, data: bytes, *, sync: bool = True, instead_of: bytes | None = None) -> None:
    """Replaces a file in one step: a temporary file beside it, fsync, rename. Raises ``OSError``.

    With ``instead_of`` only while these are its bytes. Raises ``ConflictError`` when somebody changed it meanwhile.
    """
    temporary = _beside(path, data, sync=sync)
    try:
        if instead_of is not None:
            _still(path, instead_of)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except (OSError, ConflictError):
        temporary.unlink(missing_ok=True)
        raise


def _still(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise ConflictError(f"{path} changed meanwhile; nothing was written", "Run the command again.")


def create(path: Path, data: bytes) -> None:
    """Writes a file that must not exist yet. Raises ``ConflictError`` if it does, ``OSError`` otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _beside(path, data, sync=True)
    try:
        try:
            os.link(temporary, path)  # fails if the name is taken, also by another process meanwhile
        except FileExistsError:
            raise ConflictError(f"{path} exists already", "Choose another name; nothing was written.") from None
        except OSError:  # a file system without hard links
            if path.exists():
                raise ConflictError(f"{path} exists already", "Choose another name; nothing was written.") from None
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _beside(path: Path, data: bytes, *, sync: bool) -> Path:
    temporary = path.parent / f".{path.name[:40]}.{secrets.token_hex(6)}.tmp"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        raise _about(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if sync:
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _about(path, error) from error
    return temporary


def _about(path: Path, error: OSError) -> OSError:
    """The same error, about the file that somebody asked for."""
    return type(error)(error.errno, error.strerror, str(path))
