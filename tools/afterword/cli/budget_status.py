"""``afterword budget status``."""

from __future__ import annotations

import click

from afterword.cli.gating import gather
from afterword.cli.options import Command
from afterword.cli.verdicts import Code, Minutes, Unjudged
from afterword.cli.world import World, pass_world


class _Status(Command):
    failure = Unjudged


@click.command(
    "status",
    cls=_Status,
    examples=(
        "afterword budget status",
        "afterword budget status --service checkout --live",
        "afterword budget status --json",
    ),
)
@click.option("--service", "services", metavar="NAME", multiple=True, help="Only the objectives of this service.")
@click.option("--live", is_flag=True, help="Ask the server now, instead of reading the newest snapshot.")
@click.option("--url", metavar="URL", help="Ask this server now.  [default with --live: PROMETHEUS_URL]")
@click.option("--snapshot", metavar="PATH|URL", help="Read this snapshot.")
@click.option(
    "--max-age",
    metavar="MINUTES",
    type=Minutes(),
    help="How old a snapshot may be.  [default: the policy's, 60]",
)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@pass_world
def command(
    world: World,
    /,
    services: tuple[str, ...],
    live: bool,
    url: str | None,
    snapshot: str | None,
    max_age: float | None,
    json_: bool,
) -> Code:
    """Show what is left of each error budget.

    Exit code by the worst required objective. 0: NORMAL or CAUTION; 1: WARNING; 2: FREEZE; 3: EXHAUSTED; 99: it could
    not be judged.
    """
    from afterword.budgets.gate import decide  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.gate.policy import Change  # noqa: PLC0415  # the same
    from afterword.cli import verdicts  # noqa: PLC0415  # the same
    from afterword.cli.gate import asked_for, chosen_service  # noqa: PLC0415  # the same

    service = chosen_service(services)
    case = gather(world, asked_for(service, live=live, url=url, snapshot=snapshot, max_age=max_age))
    verdict = decide(case.evidence, case.policy, service=service, change=Change.FEATURE)
    if json_:
        found = verdicts.verdict_facts(verdict, case.now)
        dropped = ("passed", "can_deploy", "change", "override", "recorded", "state_code")
        kept = {key: value for key, value in found.items() if key not in dropped}
        click.echo(verdicts.as_json({**kept, "code": verdict.state.code}), nl=False)
    else:
        from afterword.cli.verdict_text import overview  # noqa: PLC0415  # --help must not wait for it

        click.echo(overview(verdict, case.now))
    return Code(verdict.state.code)
