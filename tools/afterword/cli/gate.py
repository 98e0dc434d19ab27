"""``afterword gate``: may this change be deployed now?"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.core import ParameterSource

from afterword.cli.failure import guarded
from afterword.cli.gate_audit import command as audit_command
from afterword.cli.gating import Asked, gather
from afterword.cli.options import Command
from afterword.cli.verdicts import Code, Minutes, Unjudged
from afterword.cli.world import World, pass_world
from afterword.errors import AfterwordError
from afterword.terminal import printable

if TYPE_CHECKING:
    from datetime import datetime

    from afterword.budgets.gate import Verdict

SAVE, OUTPUT = "SAVE_JSON", "OUTPUT_FILE"
_YES, _NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


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
    kept: Path | None


def chosen_service(services: tuple[str, ...]) -> str | None:
    """The one service that is meant. Raises ``UsageError`` for several, and for one that is blank."""
    if len(services) > 1:
        raise click.UsageError("--service names one service: ask once for each, or say --all.")
    if any(not item.strip() for item in services):
        raise click.UsageError("--service is empty: a variable of the pipeline may not be set.")
    return services[0] if services else None


def asked_for(service: str | None, *, max_age: float | None, **given: Any) -> Asked:
    """The options, held against each other. An address that is empty is one that somebody forgot to set."""
    for name in ("url", "snapshot", "policy"):
        if given.get(name) is not None and not given[name].strip():
            raise click.UsageError(f"--{name} is empty: a variable of the pipeline may not be set.")
    asked = Asked(service, max_age=None if max_age is None else max(1, round(max_age * 60)), **given)
    if asked.snapshot and (asked.live or asked.url):
        raise click.UsageError("--snapshot and --live or --url exclude each other.")
    return asked


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
@click.option("--service", "services", metavar="NAME", multiple=True, help="Judge this service.")
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
    type=Minutes(),
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
    type=click.IntRange(1, 86_400),
    default=60,
    show_default=True,
    help="How long to wait in between.",
)
@click.pass_context
@pass_world
def command(world: World, ctx: click.Context, /, **given: Any) -> Code | None:
    """Say whether a change may be deployed.

    What is left of the worst required error budget decides. Exit code 0: it passes (NORMAL, CAUTION, or the policy
    or an accepted override lets it); 1: WARNING; 2: FREEZE; 3: EXHAUSTED; 99: it could not be judged.

    Overrides are set in the environment, each counts in its own state: OVERRIDE_DEPLOY (WARNING),
    OVERRIDE_DEPLOY_FREEZE, OVERRIDE_BUDGET_EXHAUSTED, OVERRIDE_UNCHECKED; with OVERRIDE_REASON and
    OVERRIDE_APPROVED_BY. Without a library: PROMETHEUS_URL, SLO_TARGET, TIME_WINDOW. FREEZE_THRESHOLD,
    WARNING_THRESHOLD and CAUTION_THRESHOLD come before the policy; SAVE_JSON and OUTPUT_FILE keep the JSON.
    """
    if ctx.invoked_subcommand is not None:
        if any(ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in given):
            # what was to be judged must not pass because its log is whole
            raise click.UsageError(f"The options of the gate do not go with “{ctx.invoked_subcommand}”.")
        return None
    service = chosen_service(given["services"])
    if (service is None) is not given["everything"]:
        raise click.UsageError("Name one service with --service, or say --all.")
    asked = asked_for(service, **{name: given[name] for name in ("live", "url", "snapshot", "policy", "max_age")})
    how = _How(given["as_json"], given["audit_log"], given["audit_url"], _kept())
    if how.kept is not None and _is_plain(how.kept):
        how.kept.unlink()  # should this end early, nobody is to read what another run has said
    if not given["watch"]:
        return _once(world, asked, given["change"], how)
    return _watch(world, asked, given["change"], how, given["interval"])


def _watch(world: World, asked: Asked, change: str, how: _How, interval: int) -> NoReturn:
    """Says it anew at each interval; overrides do not count here, or each round would write one down."""
    while True:
        try:
            with guarded(Unjudged):
                _once(_again(world), asked, change, how, overrides=False)
        except click.ClickException as error:
            error.show()
        time.sleep(interval)
        click.echo()


def _again(world: World) -> World:
    """The same surroundings, read anew."""
    return World(world.library, world.as_of, world.no_cache, world.color)


def _once(world: World, asked: Asked, change: str, how: _How, *, overrides: bool = True) -> Code:
    from afterword.budgets import gate  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.gate.policy import Change  # noqa: PLC0415  # the same

    case = gather(world, asked)
    verdict = gate.decide(case.evidence, case.policy, service=asked.service, change=Change(change))
    remark = None
    if overrides:
        from afterword.cli.overriding import Log, consider  # noqa: PLC0415  # --help must not wait for it

        verdict, remark = consider(verdict, case, Log(how.audit_log, case.root, how.audit_url))
    _say(verdict, case.now, how)
    if remark:
        click.echo(printable(remark), err=True)
    return Code(verdict.code)


def _say(verdict: Verdict, now: datetime, how: _How) -> None:
    from afterword.cli import verdicts  # noqa: PLC0415  # --help must not wait for it

    found = verdicts.as_json(verdicts.verdict_facts(verdict, now))
    if how.kept is not None:
        _keep(how.kept, found)
    if how.as_json:
        click.echo(found, nl=False)
        return
    from afterword.cli.verdict_text import text  # noqa: PLC0415  # the same

    click.echo(text(verdict, now))


def _kept() -> Path | None:
    """The file that the environment wants the JSON in. Raises ``AfterwordError`` for a setting that says neither."""
    place, wanted = os.environ.get(OUTPUT, "").strip(), os.environ.get(SAVE, "").strip().lower()
    if wanted in _YES or (place and not wanted):
        return Path(place or "error-budget.json")
    if wanted in _NO:
        return None
    raise AfterwordError(f"{SAVE} is “{wanted[:40]}”, neither true nor false", f"Set {SAVE}=true, or unset it.")


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _keep(path: Path, found: str) -> None:
    """Writes the JSON. What is no plain file, such as /dev/stdout or a link, is written through, not replaced."""
    from afterword.files import write_atomically  # noqa: PLC0415  # --help must not wait for it

    data = found.encode("utf-8", "replace")
    try:
        if os.path.lexists(path) and not _is_plain(path):
            path.write_bytes(data)
        else:
            write_atomically(path, data)
    except OSError as error:
        raise AfterwordError(
            f"{path} cannot be written: {error.strerror or error}", f"It is named in {OUTPUT}."
        ) from error
