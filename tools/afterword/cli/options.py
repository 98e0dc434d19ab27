"""Options: those that every command shares, and the kind of command that takes them.

They may stand before the command or after it; the later one wins.
"""

from __future__ import annotations

from typing import Any

import click

from afterword.cli.failure import Failure, guarded
from afterword.cli.world import World

shared_epilog = "The options above may also stand after the command. `afterword COMMAND --help` shows its own."
SHARED_NAMES = "library", "as_of", "no_cache", "color"


def _store(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and value is not False and param.name is not None:
        setattr(ctx.ensure_object(World), param.name, value)


def _store_color(ctx: click.Context, _: click.Parameter, value: bool | None) -> None:
    if value is not None:
        ctx.ensure_object(World).color = value
        ctx.color = value


def _shared(*, environment: bool) -> list[click.Parameter]:
    """The environment is read where it counts least: in front of the command, so that every flag overrides it."""
    return [
        click.Option(
            ["--library"], type=click.Path(), metavar="DIR", expose_value=False, callback=_store,
            help="The library's folder, or one in it. Without it: the nearest afterword.yml upwards.",
        ),
        click.Option(
            ["--as-of"], metavar="WHEN", envvar="AFTERWORD_AS_OF" if environment else None,
            expose_value=False, callback=_store,
            help="Judge as if it were then: 2026-03-04 (its last second, UTC) or an RFC 3339 time. "
            "Without it: as_of of afterword.yml, or now.",
        ),
        click.Option(
            ["--no-cache"], is_flag=True, envvar="AFTERWORD_NO_CACHE" if environment else None,
            expose_value=False, callback=_store,
            help="Read every file anew.",
        ),
        click.Option(
            ["--color/--no-color"], default=None, expose_value=False, callback=_store_color,
            help="Colour or none. Without it: colour on a terminal, unless NO_COLOR is set.",
        ),
    ]  # fmt: skip


SHARED = _shared(environment=True)


class Command(click.Command):
    """A command that takes the shared options, too, and whose failures are messages."""

    failure: type[Failure] = Failure
    """What it raises when it could not do its work: this decides the exit code."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params = [*self.params, *_shared(environment=False)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's own options first, then one line for the shared ones."""
        own = [
            record
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
            and param.name not in SHARED_NAMES
            and (record := param.get_help_record(ctx)) is not None
        ]
        with formatter.section("Options"):
            formatter.write_dl(own)
        with formatter.section("Shared options"):
            formatter.write_text(
                "--library DIR, --as-of WHEN, --no-cache, --color / --no-color: see `afterword --help`."
            )

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, each on its own line however long, so that it can be copied."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{example}\n")

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it; errors of the engine become messages with an exit code."""
        with guarded(self.failure):
            world = ctx.ensure_object(World)
            if world.as_of:
                _ = world.fixed_clock  # what is no moment is refused also where no command looks at the clock
            return super().invoke(ctx)


class Group(click.Group):
    """A group of such commands."""

    command_class = Command
