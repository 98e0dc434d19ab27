"""``afterword budget dashboard``."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.cli.options import Command
from afterword.cli.world import World, pass_world


@click.command(
    cls=Command,
    examples=(
        "afterword budget dashboard --out error-budgets.json",
        "afterword budget dashboard --out error-budgets.json --provisioning error-budgets.yml",
    ),
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write to FILE.  [default: standard output]")  # fmt: skip
@click.option("--provisioning", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Also write the file that makes Grafana load it.")  # fmt: skip
@click.option("--folder", default="/var/lib/grafana/dashboards", show_default=True, metavar="DIR",
              help="Where Grafana finds the dashboard, for --provisioning.")  # fmt: skip
@pass_world
def command(world: World, out: Path | None, provisioning: Path | None, folder: str) -> None:
    """Write a dashboard for Grafana.

    Six panels over what `afterword budget rules` records: budget remaining, days until exhaustion, burn rate,
    compliance of all objectives and its history, latency. The data source is a variable of the dashboard.
    """
    from afterword.budgets.outputs import dashboard  # noqa: PLC0415  # --help must not wait for it
    from afterword.cli.objectives import thresholds  # noqa: PLC0415  # the same
    from afterword.files import write_atomically  # noqa: PLC0415  # the same

    text = dashboard.dumps(thresholds(world))
    if out is None:
        click.echo(text, nl=False)
    for path, made in ((out, text), (provisioning, dashboard.provisioning(folder))):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, made.encode())
            click.echo(f"Wrote {path}", err=out is None)
