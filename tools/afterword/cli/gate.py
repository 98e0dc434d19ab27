"""``afterword gate``: may this change be deployed now?"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from afterword.cli.failure import guarded
from afterword.cli.gate_audit import command as audit_command
from afterword.cli.gating import Asked, Case, gather
from afterword.cli.options import Command
from afterword.cli.verdicts import Code, Unjudged
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.gate import Verdict

SAVE, OUTPUT = "SAVE_JSON", "OUTPUT_FILE"
_YES = ("1", "true", "yes", "on")


class _Gate(Command, click.Group):
    """A command of its own that has a command below it."""

    failure = Unjudged
    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the command below."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


@dataclass(frozen=True, slots=True)
class _How:
    """How to say it, and where overrides are written down."""

    as_json: bool
    audit_log: str | None
    audit_url: str | None


@click.group(
    cls=_Gate,
    invoke_without_command=True,
    commands={"audit": audit_command},
    examples=(
        "afterword gate --service checkout",
        "afterword gate --all --change fix --json",
        "afterword gate --service checkout --snapshot https://postmortems.example/budgets/snapshot.json.gz",
    ),
)
@click.option("--service", metavar="NAME", help="Judge this service.")
@click.option("--all", "everything", is_flag=True, help="Judge all services together: the worst objective counts.")
@click.option(
    "--change", type=click.Choice(("feature", "fix", "rollback")), default="feature", show_default=True,
    help="What wants to be deployed; the policy says what passes when. A rollback always passes.",
)  # fmt: skip
@click.option("--live", is_flag=True, help="Ask the server now, instead of reading the newest snapshot.")
@click.option("--url", metavar="URL", help="Ask this server now.  [default with --live: PROMETHEUS_URL]")
@click.option("--snapshot", metavar="PATH|URL", help="Judge by this snapshot.")
@click.option("--policy", metavar="PATH|URL", help="Judge by this policy.")
@click.option(
    "--max-age",
    metavar="MINUTES",
    type=click.FloatRange(min=0, min_open=True),
    help="How old a snapshot may be.  [default: the policy's, 60]",
)
@click.option(
    "--audit-log",
    metavar="DIR",
    envvar="AFTERWORD_AUDIT_LOG",
    help="Where overrides are written down.  [default: budgets/overrides]",
)
@click.option(
    "--audit-url",
    metavar="URL",
    envvar="AFTERWORD_AUDIT_URL",
    help="Who has to acknowledge an override before it counts.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--watch", is_flag=True, help="Judge again and again until stopped.")
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(min=1),
    default=60,
    show_default=True,
    help="How long to wait in between.",
)
@click.pass_context
@pass_world
def command(world: World, ctx: click.Context, /, **given: Any) -> Code | None:
    """Say whether a change may be deployed, by what is left of error budgets.

    The worst required objective decides. Exit code 0: it passes (NORMAL, CAUTION, or the policy or an accepted
    override lets it); 1: WARNING; 2: FREEZE; 3: EXHAUSTED; 99: it could not be judged.

    Overrides are set in the environment, each counts in its own state: OVERRIDE_DEPLOY (WARNING),
    OVERRIDE_DEPLOY_FREEZE, OVERRIDE_BUDGET_EXHAUSTED, OVERRIDE_UNCHECKED; with OVERRIDE_REASON and
    OVERRIDE_APPROVED_BY. Without a library: PROMETHEUS_URL, SLO_TARGET, TIME_WINDOW. FREEZE_THRESHOLD,
    WARNING_THRESHOLD and CAUTION_THRESHOLD come before the policy; SAVE_JSON and OUTPUT_FILE keep the JSON.
    """
    if ctx.invoked_subcommand is not None:
        return None
    service, everything, change = given["service"], given["everything"], given["change"]
    if (service is None) is not everything:
        raise click.UsageError("Name one service with --service, or say --all.")
    if service is not None and not service.strip():
        raise click.UsageError("--service is empty: a variable of the pipeline may not be set.")
    minutes = given["max_age"]
    asked = Asked(
        service, given["live"], given["url"], given["snapshot"], given["policy"],
        None if minutes is None else round(minutes * 60),
    )  # fmt: skip
    if asked.snapshot and (asked.live or asked.url):
        raise click.UsageError("--snapshot and --live or --url exclude each other.")
    how = _How(given["as_json"], given["audit_log"], given["audit_url"])
    if not given["watch"]:
        return _once(world, asked, change, how)
    return _watch(world, asked, change, how, given["interval"])


def _watch(world: World, asked: Asked, change: str, how: _How, interval: float) -> Code:
    """Says it anew at each interval; overrides do not count here, or each round would write one down."""
    code = Code(99)
    try:
        while True:
            try:
                with guarded(Unjudged):
                    code = _once(_again(world), asked, change, how, overrides=False)
            except click.ClickException as error:
                code = Code(99)
                error.show()
            time.sleep(interval)
            click.echo()
    except KeyboardInterrupt:
        return code


def _again(world: World) -> World:
    """The same surroundings, read anew."""
    return World(world.library, world.as_of, world.no_cache, world.color)


def _once(world: World, asked: Asked, change: str, how: _How, *, overrides: bool = True) -> Code:
    from afterword.budgets.gate import decide  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.policy import Change  # noqa: PLC0415  # the same

    case = gather(world, asked)
    known_service(world, case, asked.service)
    verdict = decide(case.evidence, case.policy, service=asked.service, change=Change(change))
    now = moment(world, case)
    remark = None
    if overrides:
        from afterword.cli.overriding import consider  # noqa: PLC0415  # --help must not wait for it

        verdict, remark = consider(verdict, case, how.audit_log, how.audit_url, now)
    _say(verdict, now, how)
    if remark:
        click.echo(remark, err=True)
    return Code(verdict.code)


def moment(world: World, case: Case) -> datetime:
    """The instant by which a case is judged."""
    if case.root is not None:
        return world.clock
    from afterword.timing import parse_as_of  # noqa: PLC0415  # --help must not wait for it

    given = parse_as_of(world.as_of) if world.as_of else None
    return given or datetime.now(UTC).replace(microsecond=0)


def known_service(world: World, case: Case, service: str | None) -> None:
    """Raises for a service that neither the library nor an objective knows: it may be mistyped."""
    names = {item.objective.service for item in case.evidence.budgets}
    if service is None or service in names or case.evidence.faults:
        return
    if case.root is not None:
        names |= set(world.settings.services)
    if service not in names:
        from difflib import get_close_matches  # noqa: PLC0415  # only a mistyped name needs it

        near = get_close_matches(service, sorted(names), 1, 0.5)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(names)) or 'none'}."
        raise Unjudged(f"there is no service “{service}”", hint)


def _say(verdict: Verdict, now: datetime, how: _How) -> None:
    from afterword.cli import verdicts  # noqa: PLC0415  # --help must not wait for it

    found = verdicts.as_json(verdicts.verdict_facts(verdict, now))
    _save(found)
    if how.as_json:
        click.echo(found, nl=False)
        return
    from afterword.cli.verdict_text import text  # noqa: PLC0415  # the same

    click.echo(text(verdict, now))


def _save(found: str) -> None:
    """Keeps the JSON where the environment asks for it. Raises ``AfterwordError`` when that cannot be done."""
    place = os.environ.get(OUTPUT, "").strip()
    wanted = os.environ.get(SAVE, "").strip().lower()
    if wanted not in _YES and (wanted or not place):
        return
    from afterword.files import write_atomically  # noqa: PLC0415  # --help must not wait for it

    path = Path(place or "error-budget.json")
    try:
        write_atomically(path, found.encode("utf-8", "replace"))
    except OSError as error:
        raise AfterwordError(
            f"{path} cannot be written: {error.strerror or error}", f"It is named in {OUTPUT}."
        ) from error
