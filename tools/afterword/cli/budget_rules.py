"""``afterword budget rules``."""

from __future__ import annotations

from pathlib import Path

import click

from afterword.cli.options import Command
from afterword.cli.world import World, pass_world


@click.command(
    cls=Command,
    examples=(
        "afterword budget rules --out slo.rules.yml",
        "afterword budget rules --objective checkout-errors --site https://postmortems.example.com",
    ),
)
@click.option("--objective", "ids", metavar="ID", multiple=True, help="Only this objective; may be repeated.")
@click.option("--site", metavar="URL", help="Where the site is served: alerts then link to the objective’s page.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write to FILE.  [default: standard output]")  # fmt: skip
@pass_world
def command(world: World, ids: tuple[str, ...], site: str | None, out: Path | None) -> None:
    """Write rules for Prometheus.

    Recording rules for each objective, alerts on the pace at which its budget burns (each over a long window and a
    short one), the alerts of its own OpenSLO policies, and one for when there is no data. Without --objective also
    alerts on the library itself: overdue actions and late postmortems, from the site’s metrics.txt.
    """
    from afterword.budgets.outputs import rulefile  # noqa: PLC0415  # --help must not wait for it
    from afterword.cli.objectives import chosen  # noqa: PLC0415  # the same
    from afterword.files import write_atomically  # noqa: PLC0415  # the same

    groups = list(rulefile.groups(chosen(world, ids), site))
    if not ids:
        groups.append(rulefile.library())
    text = rulefile.dump(groups)
    for note in (note for group in groups for note in group.missing):
        click.echo(f"Note: {note}", err=True)
    if out is None:
        click.echo(text, nl=False)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(out, text.encode())
    click.echo(f"Wrote {out}: {sum(len(group.rules) for group in groups)} rules in {len(groups)} groups")
