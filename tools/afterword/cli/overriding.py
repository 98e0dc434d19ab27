"""Overriding: a blocked verdict may be let pass by somebody who answers for it, once that is written down."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.gate import Verdict
    from afterword.budgets.gate.overrides import Override
    from afterword.cli.gating import Case

ACTORS = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID", "BUILDKITE_BUILD_CREATOR", "CIRCLE_USERNAME")
PLACES: Mapping[str, tuple[str, ...]] = {
    "repository": ("GITHUB_REPOSITORY", "CI_PROJECT_PATH", "JOB_NAME"),
    "ref": ("GITHUB_REF", "CI_COMMIT_REF_NAME", "BRANCH_NAME", "GIT_BRANCH"),
    "commit": ("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT"),
    "run": ("CI_JOB_URL", "BUILD_URL", "CI_PIPELINE_URL"),
}


@dataclass(frozen=True, slots=True)
class Log:
    """Where overrides and rollbacks are written down: a folder, a server that acknowledges them, or both.

    ``given``: a folder that was named; without one it is the one of the library at ``root``.
    """

    given: str | None
    root: Path | None
    url: str | None

    @property
    def folder(self) -> Path | None:
        """The folder; ``None`` when nobody knows one."""
        from afterword.budgets.gate import audit  # noqa: PLC0415  # only what is written down needs it

        if self.given:
            return Path(self.given)
        return self.root / audit.FOLDER if self.root is not None else None


def consider(verdict: Verdict, case: Case, log: Log) -> tuple[Verdict, str | None]:
    """The verdict after overrides, and a remark on one that does not count.

    A rollback is written down as well; it passes even when that fails, and says so.
    """
    from afterword.budgets.gate import overrides  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.gate.policy import Change  # noqa: PLC0415  # the same

    if verdict.change is Change.ROLLBACK:
        return _rolled_back(verdict, log, case.now)
    if verdict.passed:
        return verdict, None
    try:
        wanted = overrides.asked(os.environ, verdict.blocking, case.policy, listed=case.listed)
        if wanted is None:
            remark = overrides.mistaken(os.environ, verdict.blocking)
            return verdict, f"Override refused: {remark}." if remark else None
        recorded = _record(verdict, wanted, log, case.now)
    except AfterwordError as error:
        return verdict, f"Override refused: {error.message}. {error.hint or ''}".strip()
    return verdict.overridden(wanted, recorded), None


def _rolled_back(verdict: Verdict, log: Log, now: datetime) -> tuple[Verdict, str | None]:
    from afterword.budgets.gate.overrides import APPROVER, REASON, Override, plain_text  # noqa: PLC0415  # see above

    why = Override((), plain_text(os.environ, REASON) or None, plain_text(os.environ, APPROVER) or None)
    try:
        recorded = _record(verdict, why, log, now)
    except Exception as error:  # noqa: BLE001  # whatever is wrong with the log, a rollback does not wait for it
        what = error.message if isinstance(error, AfterwordError) else f"{type(error).__name__}: {error}"[:300]
        return verdict, f"WARNING: the rollback passes, but it is NOT in the audit log: {what}"
    return replace(verdict, recorded=recorded), None


def _record(verdict: Verdict, override: Override, log: Log, now: datetime) -> tuple[str, ...]:
    """Writes it down: first where somebody has to acknowledge it, then on the disk. Raises ``AfterwordError``.

    Who was asked to acknowledge has to; the disk has to take it where nobody was.
    """
    from afterword.budgets.gate import audit  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.network import remote  # noqa: PLC0415  # --help must not wait for it

    folder = log.folder
    if folder is None and not log.url:
        raise AfterwordError(
            "without a library there is no log to write it to", "Give --audit-log DIR, or --audit-url URL."
        )
    facts = _facts(verdict, override, now)
    writer = audit.writer_of(*_identity(facts), str(folder.resolve()) if folder else "")
    places: list[str] = []
    if log.url:
        sent = audit.prepared(folder, facts, writer) if folder else audit.first(facts, writer)
        remote.post(log.url, json.dumps(sent, sort_keys=True).encode(), os.environ)
        facts = {**facts, "acknowledged_by": remote.named(log.url), "nonce": sent["nonce"]}
        places.append(remote.named(log.url))
    if folder is not None:
        try:
            places.append((folder / audit.write(folder, facts, writer).name).as_posix())
        except audit.AuditError:
            if not places:
                raise
    return tuple(places)


def _facts(verdict: Verdict, override: Override, now: datetime) -> dict[str, Any]:
    """Who, when, where, why, and the budget at that moment."""
    from afterword.cli.verdicts import verdict_facts  # noqa: PLC0415  # see above

    said = verdict_facts(verdict, now)
    kept = ("change", "service", "state", "worst", "remaining", "infinite", "at", "captured_at", "reasons", "source")
    found: dict[str, Any] = _clean(
        {
            "written_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "judged_at": said["judged_at"],
            "kind": "override" if override.variables else "rollback",
            "variables": list(override.variables),
            "blocked": bool(verdict.state.code),
            "who": {"actor": _first(ACTORS) or _login(), "approved_by": override.approved_by},
            "why": override.reason,
            "where": {**{name: _first(names) for name, names in PLACES.items()}, "host": platform.node(), **_run()},
            **{key: said[key] for key in kept},
            "objectives": [
                {key: item[key] for key in ("id", "state", "remaining", "infinite")} for item in said["objectives"]
            ],
        }
    )
    return found


def _identity(facts: Mapping[str, Any]) -> tuple[str, ...]:
    where = facts["where"]
    return tuple(str(item or "") for item in (facts["who"]["actor"], where["host"], where["ref"], where["run"]))


def _run() -> dict[str, str]:
    server, name, number = (os.environ.get(f"GITHUB_{key}") for key in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    return {"run": f"{server}/{name}/actions/runs/{number}"} if server and name and number else {}


def _first(names: tuple[str, ...]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name, "").strip()), None)


def _login() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody of that number is known
        return None


def _clean(value: Any) -> Any:
    """Texts without signs that are no text: the environment may hold any bytes."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, str):
        return "".join(sign if sign.isprintable() else "?" for sign in value)[:2000]
    return value
