"""Run: from arguments to an exit code, so that no traceback reaches a user.

0 done; 1 refused, failed, or findings; 2 wrong use, no library, or (``check``) could not judge; 130 after Ctrl-C;
141 when the reader of a pipe has gone.
"""

from __future__ import annotations

import codecs
import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from afterword.cli.group import cli

INTERRUPTED = 130
_COLLECTED = 200_000, 30, 30
"""Objects between two collections. Most commands end before there is a cycle worth looking for among so many."""


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code."""
    _prepare_streams()
    gc.set_threshold(*_COLLECTED)
    try:
        code = cli.main(list(arguments), prog_name="afterword", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except SystemExit as error:  # how click ends when a shell asked for completions
        return error.code if isinstance(error.code, int) else 1
    return code if isinstance(code, int) else 0


def _prepare_streams() -> None:
    """A file's name may hold anything: print what cannot be encoded as an escape instead of failing on it."""
    codecs.register_error("afterword", _escaped)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever started the program closed it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = "utf-8" if os.name == "nt" and not stream.isatty() else None
            stream.reconfigure(encoding=encoding, errors="afterword")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """As JSON writes it, so that JSON stays JSON in every encoding: a pair of escapes beyond U+FFFF."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end
