"""Group: ``afterword`` itself. Commands are imported when they are called, so that ``--help`` is quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

import afterword
from afterword.cli.failure import Failure, guarded
from afterword.cli.options import SHARED, shared_epilog

COMMANDS: dict[str, str] = {
    "init": "Start a new library.",
    "migrate": "Make a library of the reports of another place.",
    "new": "Start a postmortem from the template.",
    "publish": "Publish a postmortem: check it and stamp the date.",
    "check": "Check postmortems and say where they fall short.",
    "rules": "List the rules, or explain one.",
    "list": "List postmortems.",
    "stats": "Show the measures of the library.",
    "action": "List, add and close action items.",
    "budget": "Turn telemetry into error budgets.",
    "gate": "Say whether a change may be deployed.",
    "build": "Build the site.",
    "serve": "Show the site and rebuild it at every change.",
    "completion": "Print the script that completes commands in a shell.",
}
"""Every command and its line in the help, in the order of the work. ``cli/NAME.py`` holds ``command``."""


class LazyGroup(click.Group):
    """Loads a command by its name."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Reads the shared options; prints the help, which may meet a closed pipe."""
        with guarded(Failure):
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command, or prints its help."""
        with guarded(Failure):
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        """A command, imported now; ``None`` for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"afterword.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises ``UsageError`` with the nearest name for a command that does not exist."""
        if not ctx.resilient_parsing and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415  # only a mistyped name needs it

            near = get_close_matches(args[0], COMMANDS, 1, 0.5)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command “{args[0]}”. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the same
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"afterword {afterword.__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    params=[
        *SHARED,
        click.Option(
            ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version,
            help="Print the version.",
        ),
    ],
    epilog=shared_epilog,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)  # fmt: skip
def cli() -> None:
    """Write, check and read the postmortems of a library that lives in git."""
