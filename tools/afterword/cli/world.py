"""World: what a command knows of its surroundings: library, clock, cache, terminal. Read once, when asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.library import Library
    from afterword.settings import Settings


@dataclass
class World:
    """The shared options, and what follows from them. Engine modules are imported only when they are needed."""

    library: str | None = None
    as_of: str | None = None
    no_cache: bool = False
    color: bool | None = None

    @cached_property
    def root(self) -> Path:
        """The library's folder. Raises ``LibraryNotFoundError``."""
        from afterword.settings import find_root  # noqa: PLC0415  # --help must not wait for it

        return find_root(Path(self.library) if self.library else Path.cwd())

    @cached_property
    def settings(self) -> Settings:
        """Raises ``LibraryNotFoundError`` or ``SettingsError``."""
        from afterword import cache, settings  # noqa: PLC0415  # --help must not wait for it

        def judged(digest: str) -> bool:
            return not self.no_cache and cache.holds(self.root, cache.key(digest))

        return settings.load(self.root, judged=judged)

    @cached_property
    def fixed_clock(self) -> datetime | None:
        """The moment to judge by, if one was given. Raises ``UsageError`` when it cannot be read."""
        if not self.as_of:
            return self.settings.as_of
        from afterword.timing import parse_as_of  # noqa: PLC0415  # --help must not wait for it

        found = parse_as_of(self.as_of)
        if found is None:
            raise click.UsageError(
                f"--as-of “{self.as_of}” is neither a date (2026-03-04) nor an RFC 3339 time (2026-03-04T09:12:00Z)."
            )
        return found

    @cached_property
    def clock(self) -> datetime:
        """The moment to judge by, in UTC."""
        return self.fixed_clock or datetime.now(UTC).replace(microsecond=0)

    @property
    def instant(self) -> str:
        """The clock as RFC 3339."""
        return self.clock.isoformat(timespec="seconds").replace("+00:00", "Z")

    @property
    def today(self) -> date:
        """The day of the clock in the library's zone."""
        return self.clock.astimezone(self.settings.zone).date()

    def load(self, *, judged: bool = False) -> Library:
        """All postmortems; a bar shows on a terminal when it takes longer than a second.

        ``judged``: so that ``checking.check`` can be asked about them.
        """
        from afterword import library  # noqa: PLC0415  # --help must not wait for it
        from afterword.cli.progress import progress  # noqa: PLC0415

        examine = None
        if judged:
            from afterword import checking  # noqa: PLC0415

            examine = checking.examiner(self.settings)
        with progress("Reading postmortems") as tell:
            return library.load(self.root, self.settings, use_cache=not self.no_cache, progress=tell, examine=examine)

    def inside(self, path: Path) -> str:
        """A path relative to the library, with ``/``. Raises ``AfterwordError`` for one outside."""
        full = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links out of the library
        for base in (self.root, Path(os.path.abspath(self.library)) if self.library else self.root):  # noqa: PTH100
            if full.is_relative_to(base):
                return full.relative_to(base).as_posix()
        if full.resolve().is_relative_to(self.root):
            return full.resolve().relative_to(self.root).as_posix()
        raise AfterwordError(f"{path} is not in the library at {self.root}", "Give a path inside it, or --library.")

    def shown(self, path: str) -> str:
        """A library path as somebody in the current folder would type it."""
        try:
            return os.path.relpath(self.root / path)
        except ValueError:  # another drive, on Windows
            return str(self.root / path)

    @property
    def asks(self) -> bool:
        """Whether there is somebody to ask."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def colored(self) -> bool:
        """Whether standard output gets colour."""
        if self.color is not None:
            return self.color
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


pass_world = click.make_pass_decorator(World, ensure=True)
