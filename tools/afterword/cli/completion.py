"""``afterword completion``."""

from __future__ import annotations

import click

from afterword.cli.options import Command

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command, examples=('eval "$(afterword completion bash)"',))
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that completes commands in a shell.

    Load it at the start of the shell: in ~/.bashrc, in ~/.zshrc, or as ~/.config/fish/completions/afterword.fish.
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415  # only this command needs it

    from afterword.cli.group import cli  # noqa: PLC0415  # the group imports this file by name

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    made = kind(cli, {}, "afterword", "_AFTERWORD_COMPLETE")
    click.echo(made.source_template % made.source_vars())
