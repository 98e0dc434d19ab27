"""Texts as people type them, made fit for a file."""

from __future__ import annotations

import os
import shlex
import unicodedata
from pathlib import Path

import click


def one_line(text: str | None) -> str | None:
    """A text on one line without control characters. Raises ``UsageError`` when it is no Unicode.

    In a locale that knows ASCII alone, Python hands over bytes that it could not decode: they are UTF-8 almost always.
    """
    if text is None:
        return None
    try:
        text = os.fsencode(text).decode("utf-8") if any("\ud800" <= char <= "\udfff" for char in text) else text
    except UnicodeError as error:
        shown = text.encode("ascii", "backslashreplace").decode("ascii")
        raise click.UsageError(f"“{shown}” is not UTF-8: type it in a terminal that is set to UTF-8.") from error
    words = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return " ".join(words.split())


def quoted(folder: Path) -> str:
    """As the shell of this system takes it for one word."""
    text = str(folder)
    if os.name == "nt":
        return f'"{text}"' if " " in text else text
    return shlex.quote(text)
