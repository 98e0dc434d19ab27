"""``afterword budget``: each of its commands is in ``cli/budget_NAME.py``, imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from afterword.cli.options import Group

SUBCOMMANDS: dict[str, str] = {
    "snapshot": "Measure objectives and keep what telemetry says.",
    "import": "Import objectives from Sloth or Pyrra",
    "status": "Show what is left of each error budget.",
    "render": "Write the pages of the error budgets",
    "impact": "Say what incidents used of error budgets",
    "rules": "Write rules for Prometheus",
    "dashboard": "Write a dashboard for Grafana",
}
"""Every command and its line in the help, in the order of the work. ``cli/budget_NAME.py`` holds ``command``."""


class BudgetGroup(Group):
    """Loads a command by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names, in the order of the table."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        """A command, imported now; ``None`` for an unknown name."""
        if cmd_name not in SUBCOMMANDS:
            return None
        command: click.Command = import_module(f"afterword.cli.budget_{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the same
        """The table, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(cls=BudgetGroup)
def command() -> None:
    """Turn telemetry into error budgets.

    Objectives stand in budgets/slos/, one OpenSLO file each; budgets/policy.yml says what their states mean.
    A snapshot holds what telemetry said about them at one instant; all that follows needs no server.
    """
