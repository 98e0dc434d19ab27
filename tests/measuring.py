"""What the tests of measures and charts share: postmortems, settings and libraries made in memory."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from afterword.building import build
from afterword.findings import START
from afterword.library import Library
from afterword.markdown import Body
from afterword.marks import Marks
from afterword.measures import Overview, Scope, overview
from afterword.model import Postmortem
from afterword.record import Record
from afterword.settings import Category, Service, Settings, Severity

AS_OF = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)


def shop(zone: tzinfo = UTC, holidays: tuple[date, ...] = ()) -> Settings:
    """Two critical severities of three, three services of two teams."""
    return Settings(
        severities={
            "SEV1": Severity("SEV1", "Critical", critical=True),
            "SEV2": Severity("SEV2", "Major", critical=True),
            "SEV3": Severity("SEV3", "Minor"),
        },
        categories={"capacity": Category("capacity", "Capacity"), "deploy": Category("deploy", "Deploy")},
        teams={"team-payments": "Payments", "team-web": "Web"},
        services={
            "checkout": Service("checkout", "Checkout", "team-payments"),
            "storefront": Service("storefront", "Storefront", "team-web"),
            "assistant": Service("assistant", "Assistant", "team-web"),
        },
        zone=zone,
        holidays=frozenset(holidays),
    )


def scope(settings: Settings | None = None, as_of: datetime = AS_OF) -> Scope:
    return Scope(settings or shop(), as_of)


def made(name: str = "2026-03-04-checkout", **front: Any) -> Postmortem:
    """A published SEV3 incident of 32 minutes, published after five days; ``front`` changes it, ``None`` removes."""
    values: dict[str, Any] = {
        "title": name,
        "kind": "incident",
        "status": "published",
        "severity": "SEV3",
        "services": ["checkout"],
        "started": "2026-03-04T09:12:00Z",
        "detected": "2026-03-04T09:16:00Z",
        "acknowledged": "2026-03-04T09:18:00Z",
        "mitigated": "2026-03-04T09:44:00Z",
        "resolved": "2026-03-04T09:50:00Z",
        "published": "2026-03-09",
        "root_cause": "capacity",
    }
    return build(f"postmortems/incidents/2026/{name}.md", values | front, Body(), Marks(), START)


def action(name: str = "A1", **values: Any) -> dict[str, Any]:
    """An open P2 action of the payments team."""
    plain = {"id": name, "title": f"Add {name}", "status": "open", "owner": "@team-payments", "priority": "P2"}
    return plain | {"created": "2026-03-09", "due": "2026-03-20"} | values


def done(name: str = "A1", completed: str | None = "2026-03-15", **values: Any) -> dict[str, Any]:
    return action(name, status="done", completed=completed, **values)


def library(*postmortems: Postmortem, settings: Settings | None = None) -> Library:
    records = tuple(known(item) for item in sorted(postmortems, key=lambda item: item.path))
    return Library(Path(), settings or shop(), records)


def known(postmortem: Postmortem) -> Record:
    """A record without a file behind it."""
    record = Record(postmortem.path, "", "", "", accepted=True, title=postmortem.title, aliases=postmortem.aliases)
    record.__dict__["postmortem"] = postmortem  # where a cached property keeps what it found
    return record


def seen(*postmortems: Postmortem, settings: Settings | None = None, as_of: datetime = AS_OF) -> Overview:
    return overview(library(*postmortems, settings=settings), as_of)
