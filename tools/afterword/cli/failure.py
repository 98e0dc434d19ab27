"""Failure: what a user sees when something did not work. A sentence, what to do, an exit code; never a traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from afterword.errors import AfterwordError, LibraryNotFoundError, SettingsError

PIPE_CLOSED = 141


class Failure(click.ClickException):
    """Refused or failed: a message and what to do about it."""

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002  # click's signature
        """Prints it on stderr."""
        click.echo(_shown(f"Error: {self.message}"), err=True)
        if self.hint:
            click.echo(f"       {_shown(self.hint)}", err=True)


def _told(text: str) -> str:
    """A text without secrets: what is wrong may be a line that holds one, and logs are read by many."""
    from afterword.confidentiality import without_secrets  # noqa: PLC0415  # only what failed needs it

    return without_secrets(text)


def _shown(line: str) -> str:
    """A line of which nothing controls a terminal, or a job of GitHub Actions, whatever it quotes."""
    from afterword.reporters.github import disarmed  # noqa: PLC0415  # only what failed needs it
    from afterword.terminal import printable  # noqa: PLC0415

    told = printable(_told(line))
    return disarmed(told) if os.environ.get("GITHUB_ACTIONS") == "true" else told


class Unable(Failure):
    """No library, or nothing that could be judged."""

    exit_code = 2


@contextmanager
def guarded(failure: type[Failure]) -> Iterator[None]:
    """Turns what is raised inside into a ``Failure`` of this kind."""
    try:
        yield
        sys.stdout.flush()
    except (LibraryNotFoundError, SettingsError) as error:
        raise Unable(error.message, error.hint) from error
    except AfterwordError as error:
        raise failure(error.message, error.hint) from error
    except OSError as error:
        if _pipe_closed(error):
            _silence()
            raise click.exceptions.Exit(PIPE_CLOSED) from None
        where = f"{error.filename}: " if error.filename else ""
        raise failure(f"{where}{error.strerror or error}") from error
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        raise _unexpected(error, failure) from error


def _unexpected(error: Exception, failure: type[Failure]) -> Failure:
    if os.environ.get("AFTERWORD_DEBUG"):
        click.echo(_told(traceback.format_exc()), err=True, nl=False)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""  # noqa: PTH119
    summary = " ".join(str(error).split())[:200]
    return failure(
        f"afterword itself failed: {type(error).__name__}{where}: {summary}",
        "Please report it with the output of the same command under AFTERWORD_DEBUG=1.",
    )


def _pipe_closed(error: OSError) -> bool:
    """Windows reports a closed pipe as an invalid argument."""
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL and not error.filename)


def _silence() -> None:
    """Python flushes at its end and would complain about the closed pipe then."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(quiet, sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file, as under test
        pass
    finally:
        os.close(quiet)
