"""Site: MkDocs as a library, for ``build`` and ``serve``. Its log becomes our messages; its errors, ours."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from afterword.cli.world import World
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

CONFIG = "mkdocs.yml"
_LAST_EPOCH = 2**32 - 1
"""The latest second that gzip, in which the sitemap is packed, can write down; the first is 0."""
_PAGE = re.compile(r"(Reading|Building page)\b")


def environment(world: World) -> None:
    """What the plugin and MkDocs read from the environment: the clock, the cache, and no advertisement."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if world.as_of:
        os.environ["AFTERWORD_AS_OF"] = world.as_of
    if world.no_cache:
        os.environ["AFTERWORD_NO_CACHE"] = "1"
    if world.fixed_clock:  # the sitemap carries the day of the build
        seconds = int(world.fixed_clock.timestamp())
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(min(max(seconds, 0), _LAST_EPOCH)))


def config_file(world: World) -> Path:
    """The library's ``mkdocs.yml``. Raises ``AfterwordError`` without one."""
    path = world.root / CONFIG
    if not path.is_file():
        raise AfterwordError(f"{CONFIG} is missing in {world.root}", "`afterword init` in an empty folder writes one.")
    return path


def load_config(world: World, **options: Any) -> MkDocsConfig:
    """MkDocs' configuration. Raises ``AfterwordError`` for a faulty one."""
    from mkdocs import config  # noqa: PLC0415  # 0.3 s that only these two commands pay

    return config.load_config(str(config_file(world)), **options)


@contextmanager
def messages(tell: Callable[[int, int], None] | None = None) -> Iterator[None]:
    """Warnings and errors of MkDocs go to stderr inside; what ends a build becomes an ``AfterwordError``."""
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415  # see load_config

    root = logging.getLogger("mkdocs")
    log = _Log()
    root.addHandler(log)
    steps = logging.getLogger("mkdocs.commands.build")
    counter = _Steps(tell) if tell else None
    if counter:
        steps.addHandler(counter)
        steps.setLevel(logging.DEBUG)
    try:
        yield
    except Abort as error:
        if "strict" not in error.message:
            raise AfterwordError(f"the site was not built: {_stripped(error.message)}") from error
        told = "1 warning" if log.count == 1 else f"{log.count} warnings"
        raise AfterwordError(f"the site is not fit to be shown: {told}, and --strict allows none") from error
    except MkDocsException as error:
        raise AfterwordError(f"the site was not built: {_stripped(error.message)}", f"See {CONFIG}.") from error
    finally:
        root.removeHandler(log)
        if counter:
            steps.removeHandler(counter)
            steps.setLevel(logging.NOTSET)


def _stripped(message: str) -> str:
    text = " ".join(click.unstyle(message).split()).rstrip("!.")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


class _Log(logging.Handler):
    """Prints warnings and errors, and counts them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One message."""
        self.count += 1
        click.echo(f"{record.levelname.lower()}: {record.getMessage()}", err=True)


class _Steps(logging.Handler):
    """Tells how many pages are read and built: MkDocs reads all of them first, then builds as many."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        super().__init__(logging.DEBUG)
        self._tell = tell
        self._read = 0
        self._built = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One step of the build."""
        found = _PAGE.match(record.msg) if isinstance(record.msg, str) else None
        if found is None:
            return
        if found[1] == "Reading":
            self._read += 1
            self._tell(self._read, 0)
        else:
            self._built += 1
            self._tell(min(self._built, self._read), self._read)
