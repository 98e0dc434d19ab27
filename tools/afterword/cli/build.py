"""``afterword build``."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.cli import budgeting, site
from afterword.cli.options import Command
from afterword.cli.progress import progress
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from afterword.checking import Report
    from afterword.library import Library
    from afterword.pages import Site


@click.command(cls=Command, examples=("afterword build", "afterword build --strict --site-dir public"))
@click.option("--strict/--no-strict", default=None, help="Fail on a warning.  [default: as mkdocs.yml says]")
@click.option("--site-dir", type=click.Path(file_okay=False), metavar="DIR",
              help="Where the site goes.  [default: as mkdocs.yml says, site]")  # fmt: skip
@pass_world
def command(world: World, strict: bool | None, site_dir: str | None) -> None:
    """Build the site.

    A postmortem that cannot be read is left out with a warning that names it. With --strict a warning fails the
    build. In a library with snapshots the pages of the error budgets are rendered first.
    """
    begun = time.monotonic()
    site.environment(world)
    site.config_file(world)
    budgeting.render(world, strict=bool(strict))
    options: dict[str, object] = {}
    if strict is not None:
        options["strict"] = strict
    if site_dir is not None:
        options["site_dir"] = str(Path(site_dir).absolute())
    with progress("Building pages") as tell, site.messages(tell):
        config = _build(world, options)
    _summary(world, config, time.monotonic() - begun)


def _build(world: World, options: dict[str, object]) -> MkDocsConfig:
    from mkdocs.commands.build import build  # noqa: PLC0415  # 0.3 s that only these two commands pay

    config = site.load_config(world, **options)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return config


def _summary(world: World, config: MkDocsConfig, seconds: float) -> None:
    """What was built, and how to look at it."""
    from afterword.findings import Level  # noqa: PLC0415  # --help must not wait for it

    library, report = _judged(world, config)
    folder = Path(config.site_dir)
    pages = sum(1 for _ in folder.rglob("*.html"))
    parts = [_count(len(library.postmortems), "postmortem"), _count(pages, "page")]
    parts += [_count(number, str(level)) for level in Level if (number := report.count(level))]
    parts += [] if report.findings else ["no findings"]
    click.echo(f"{', '.join(parts)} in {seconds:.1f} s")
    click.echo(f"The site is in {_relative(folder)}{'/' if folder.is_dir() else ''}. Look at it with: {_serve()}")


def _judged(world: World, config: MkDocsConfig) -> tuple[Library, Report]:
    """What the plugin has read and judged already, if it was there to do so."""
    from afterword import checking  # noqa: PLC0415  # --help must not wait for it

    made: Site | None = getattr(config.plugins.get("afterword"), "site", None)
    if made:
        return made.library, made.report
    library = world.load(judged=True)
    return library, checking.check(library, world.clock)


def _serve() -> str:
    """Under make, the environment in which ``afterword`` is installed is make's and not the shell's."""
    return "make serve" if os.environ.get("MAKELEVEL") else "afterword serve"


def _relative(folder: Path) -> str:
    try:
        return folder.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(folder)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
