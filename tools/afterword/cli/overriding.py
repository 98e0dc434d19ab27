"""Overriding: a blocked verdict may be let pass by somebody who answers for it, once that is written down."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.budgets.gate import Verdict
    from afterword.budgets.overrides import Override
    from afterword.cli.gating import Case

ACTORS = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID", "BUILDKITE_BUILD_CREATOR", "CIRCLE_USERNAME")
PLACES: Mapping[str, tuple[str, ...]] = {
    "repository": ("GITHUB_REPOSITORY", "CI_PROJECT_PATH", "JOB_NAME"),
    "ref": ("GITHUB_REF", "CI_COMMIT_REF_NAME", "BRANCH_NAME", "GIT_BRANCH"),
    "commit": ("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT"),
    "run": ("CI_JOB_URL", "BUILD_URL", "CI_PIPELINE_URL"),
}


def consider(
    verdict: Verdict, case: Case, audit_log: str | None, audit_url: str | None, now: datetime
) -> tuple[Verdict, str | None]:
    """The verdict after overrides, and a remark on one that does not count.

    A rollback that passes a state which blocks is written down as well; it passes even when that fails, and says so.
    """
    from afterword.budgets import overrides  # noqa: PLC0415  # --help must not wait for it
    from afterword.budgets.policy import Change  # noqa: PLC0415  # the same

    if verdict.change is Change.ROLLBACK:
        return _rolled_back(verdict, case, audit_log, audit_url, now)
    if verdict.passed:
        return verdict, None
    try:
        wanted = overrides.asked(os.environ, verdict.state, case.policy, listed=case.listed)
        if wanted is None:
            remark = overrides.mistaken(os.environ, verdict.state)
            return verdict, f"Override refused: {remark}." if remark else None
        recorded = _record(verdict, wanted, case, audit_log, audit_url, now)
    except AfterwordError as error:
        return verdict, f"Override refused: {error.message}. {error.hint or ''}".strip()
    return verdict.overridden(wanted, recorded), None


def _rolled_back(
    verdict: Verdict, case: Case, audit_log: str | None, audit_url: str | None, now: datetime
) -> tuple[Verdict, str | None]:
    from afterword.budgets.overrides import APPROVER, REASON, Override, plain_text  # noqa: PLC0415  # see above

    if not verdict.state.code:
        return verdict, None
    why = Override("rollback", plain_text(os.environ, REASON) or None, plain_text(os.environ, APPROVER) or None)
    try:
        recorded = _record(verdict, why, case, audit_log, audit_url, now)
    except AfterwordError as error:
        return verdict, f"WARNING: the rollback passes, but it is NOT in the audit log: {error.message}"
    return verdict.overridden(why, recorded), None


def _record(
    verdict: Verdict, override: Override, case: Case, audit_log: str | None, audit_url: str | None, now: datetime
) -> tuple[str, ...]:
    """Writes it down: first where somebody has to acknowledge it, then on the disk. Raises ``AfterwordError``."""
    from afterword.budgets import audit, endpoint, remote  # noqa: PLC0415  # --help must not wait for it

    folder = Path(audit_log) if audit_log else case.root / audit.FOLDER if case.root is not None else None
    if folder is None and not audit_url:
        raise AfterwordError(
            "without a library there is no log to write it to", "Give --audit-log DIR, or --audit-url URL."
        )
    facts = _facts(verdict, override, now)
    writer = audit.writer_of(*_identity(facts), str(folder.resolve()) if folder else "")
    places: list[str] = []
    if audit_url:
        sent = audit.prepared(folder, facts, writer) if folder else audit.first(facts, writer)
        remote.post(audit_url, json.dumps(sent, sort_keys=True).encode(), os.environ)
        facts = {**facts, "acknowledged_by": endpoint.shown(audit_url)}
        places.append(endpoint.shown(audit_url))
    if folder is not None:
        try:
            places.append((folder / audit.write(folder, facts, writer).name).as_posix())
        except audit.AuditError:
            if not places:
                raise
    return tuple(places)


def _facts(verdict: Verdict, override: Override, now: datetime) -> dict[str, Any]:
    """Who, when, where, why, and the budget at that moment."""
    from datetime import UTC  # noqa: PLC0415  # see above

    from afterword.cli.verdicts import verdict_facts  # noqa: PLC0415  # the same

    said = verdict_facts(verdict, now)
    kept = ("change", "service", "state", "worst", "remaining", "infinite", "at", "captured_at", "reasons", "source")
    found: dict[str, Any] = _clean(
        {
            "written_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "judged_at": said["judged_at"],
            "kind": "rollback" if override.variable == "rollback" else "override",
            "variable": override.variable,
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
