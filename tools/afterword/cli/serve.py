"""``afterword serve``."""

from __future__ import annotations

import logging
import socket

import click

from afterword.cli import site
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError

HOST = "127.0.0.1"
_TOLD = ("Detected file changes", "Reloading browsers")


@click.command(cls=Command, examples=("afterword serve", "afterword serve --port 8001 --open"))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    metavar="PORT",
    help="The port to listen at.  [default: 8000]",
)
@click.option("--open", "open_", is_flag=True, help="Open the site in the browser.")
@pass_world
def command(world: World, port: int, open_: bool) -> None:
    """Show the site and rebuild it at every change.

    Listens on this machine only. Ctrl-C ends it.
    """
    site.environment(world)
    config = site.config_file(world)
    _refuse_taken(port)
    click.echo(f"Building the site, then serving it at http://{HOST}:{port}/ until Ctrl-C.")
    _tell_rebuilds()
    with site.messages():
        from mkdocs.commands.serve import serve  # noqa: PLC0415  # 0.3 s that only these two commands pay

        serve(str(config), livereload=True, open_in_browser=open_, dev_addr=f"{HOST}:{port}", strict=False)


def _tell_rebuilds() -> None:
    """Of what the server has to say, only that a change was seen; it puts the time in front of each message."""
    logger = logging.getLogger("mkdocs.livereload")
    handler = logging.StreamHandler()
    handler.addFilter(lambda record: record.levelno == logging.INFO and str(record.msg).endswith(_TOLD))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def _refuse_taken(port: int) -> None:
    """Before minutes of building: a port that somebody else has."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise AfterwordError(
                f"port {port} cannot be used: {error.strerror or error}", "Choose another with --port."
            ) from error
