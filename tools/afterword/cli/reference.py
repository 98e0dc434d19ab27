"""Reference: the guide's page about the commands, generated from their help by ``make generate``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from afterword.cli.group import COMMANDS, cli
from afterword.cli.options import SHARED, SHARED_NAMES, Command

_INTRODUCTION = """\
# Commands

<!-- Generated from the help of the commands by `make generate`. -->

Each command works on the library whose `afterword.yml` is nearest, in the current folder or above it.
`afterword COMMAND --help` says the same as this page.

## Options of every command

They may stand before the command or after it.
"""
_EXIT_CODES = """\
## Exit codes

| Code | Means |
| --- | --- |
| 0 | Done; for `check`: nothing at or above the level that fails |
| 1 | Refused or failed; for `check`: findings |
| 2 | Wrong use, or no library; for `check`: could not judge |
| 130 | Stopped by Ctrl-C |
| 141 | The reader of the output has gone |

An error says on standard error what is wrong and what to do.
With `AFTERWORD_DEBUG=1` an unexpected one shows where it arose.

## Environment

| Variable | Means |
| --- | --- |
| `AFTERWORD_AS_OF` | As `--as-of`, which comes first |
| `AFTERWORD_NO_CACHE` | As `--no-cache` |
| `NO_COLOR` | No colour, unless `--color` asks for it |
| `SOURCE_DATE_EPOCH` | The date that a built site carries |
"""


def page() -> str:
    """The whole page, the same for the same commands."""
    with click.Context(cli, info_name="afterword") as ctx:
        shared = _options([param for param in SHARED if isinstance(param, click.Option)], ctx)
        parts = [_INTRODUCTION, shared]
        for name in COMMANDS:
            command = cli.get_command(ctx, name)
            if command is not None:
                parts += _command(name, command, ctx)
    return "\n".join([*parts, _EXIT_CODES])


def _command(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    with click.Context(command, info_name=name, parent=parent) as ctx:
        yield f"{'#' * ctx.command_path.count(' ')}# {ctx.command_path}\n"
        yield f"{_text(command.help)}\n"
        if isinstance(command, click.Group):
            for below in command.list_commands(ctx):
                found = command.get_command(ctx, below)
                if found is not None:
                    yield from _command(below, found, ctx)
            return
        yield f"```text\n{ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}\n```\n"
        options = [param for param in command.params if isinstance(param, click.Option)]
        own = [option for option in options if option.name not in SHARED_NAMES]
        if own:
            yield _options(own, ctx)
        if isinstance(command, Command):
            yield "```sh\n" + "\n".join(command.examples) + "\n```\n"


def _options(options: list[click.Option], ctx: click.Context) -> str:
    rows = ["| Option | Means |", "| --- | --- |"]
    for option in options:
        record = option.get_help_record(ctx)
        if record is not None:
            name, means = record[0], _text(record[1])
            if isinstance(option.type, click.Choice):
                name = name.partition(" ")[0]
                means += f" One of `{'`, `'.join(map(str, option.type.choices))}`."
            rows.append(f"| `{name}` | {means} |")
    return "\n".join(rows) + "\n"


def _text(help_text: str | None) -> str:
    """Paragraphs, each on one line."""
    paragraphs = inspect.cleandoc(help_text or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
