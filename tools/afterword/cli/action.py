"""``afterword action``: its commands are in ``action_list`` and ``action_edit``."""

from __future__ import annotations

import click

from afterword.cli.action_edit import add, done
from afterword.cli.action_list import list_
from afterword.cli.options import Group


@click.group(cls=Group, commands=[list_, add, done])
def command() -> None:
    """List, add and close action items.

    Actions stand in the front matter of their postmortem; these commands edit it in place and leave comments, order
    and everything else as it is.
    """
