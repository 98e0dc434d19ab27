"""Pieces put into a postmortem without a fault, and a check of libraries that are only in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from afterword.checking import Report, check, read
from afterword.findings import Finding
from afterword.library import Library
from afterword.links.outcome import Outcome
from afterword.model import Telemetry
from afterword.parts import part_of
from afterword.rules.base import Example, Form
from afterword.settings import Category, Confidential, Service, Settings, Severity
from tests.reading import BODY, FRONT

AS_OF = datetime(2026, 4, 1, 12, tzinfo=UTC)
FOLDER = "postmortems/incidents/"
PATH = "2026/2026-03-04-checkout-answered-503.md"

SETTINGS = Settings(
    severities={
        "SEV1": Severity("SEV1", "Critical", critical=True, approvals=("tech-lead", "executive")),
        "SEV3": Severity("SEV3", "Minor"),
    },
    categories={key: Category(key, key.title()) for key in ("capacity", "deploy")},
    teams={"team-payments": "Payments"},
    services={key: Service(key, key.title(), "team-payments") for key in ("checkout", "orders")},
    confidential=Confidential(customers=("Northwind Traders",)),
)

_SPLIT_FRONT = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
_SPLIT_BODY = re.compile(r"^(?=## )", re.MULTILINE)

MILESTONES = ("detected", "mitigated", "resolved")


def front(lines: str, without: Collection[str] = (), base: str = FRONT) -> str:
    """Front matter in which the keys of ``lines`` replace those of ``base``; a status but published drops the date."""
    new = f"{lines}\n" if lines else ""
    keys = set(without) | {block.split(":")[0] for block in _SPLIT_FRONT.split(new) if block.strip()}
    if re.search(r"^status: (?!published)", new, re.MULTILINE):
        keys.add("published")
    kept = [block for block in _SPLIT_FRONT.split(base) if block.split(":")[0] not in keys]
    return "".join(kept) + new


def body(piece: str, base: str = BODY) -> str:
    """A body in which the parts of ``piece`` replace those of ``base`` or follow them."""
    parts = {part_of(block.split("\n")[0].removeprefix("## ")) for block in _SPLIT_BODY.split(piece)}
    kept = [
        block for block in _SPLIT_BODY.split(base) if part_of(block.split("\n")[0].removeprefix("## ")) not in parts
    ]
    return "".join(kept) + f"\n{piece}\n"


def page(lines: str = "", piece: str = "", without: Collection[str] = ()) -> str:
    """A whole postmortem from pieces of front matter and body, ``without`` some keys."""
    return f"---\n{front(lines, without)}---\n\n{body(piece) if piece else BODY}"


def text_of(example: Example) -> str:
    """The whole file that an example shows a piece of."""
    if example.form is Form.FILE:
        return example.text
    return page(example.text) if example.form is Form.FRONT else page(piece=example.text)


def library(files: dict[str, str], settings: Settings = SETTINGS, zone: tzinfo = UTC) -> Library:
    """A library in memory; paths begin below ``postmortems/incidents/``."""
    placed = replace(settings, zone=zone)
    records = (read(FOLDER + path, text.encode(), placed) for path, text in sorted(files.items()))
    return Library(Path("/nowhere"), placed, tuple(records))


def judge(
    files: dict[str, str],
    *,
    as_of: datetime = AS_OF,
    zone: tzinfo = UTC,
    exists: Callable[[str], bool] = lambda _: False,
    paths: Collection[str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    settings: Settings = SETTINGS,
    telemetry: Telemetry | None = None,
    outcomes: Mapping[str, Outcome] | None = None,
) -> Report:
    """The report on a library in memory."""
    made = library(files, settings, zone)
    return check(made, as_of, paths=paths, select=select, ignore=ignore, exists=exists, telemetry=telemetry,
                 outcomes=outcomes)  # fmt: skip


def findings(
    lines: str = "",
    piece: str = "",
    *,
    without: Collection[str] = (),
    path: str = PATH,
    as_of: datetime = AS_OF,
    zone: tzinfo = UTC,
) -> list[Finding]:
    """What is found in one postmortem made of pieces, which must fit the schema."""
    found = list(judge({path: page(lines, piece, without)}, as_of=as_of, zone=zone).findings)
    assert not [finding for finding in found if finding.code in ("AW001", "AW002", "AW003", "AW101")]
    return found


def said(found: list[Finding]) -> list[tuple[str, str]]:
    """Code and level of findings."""
    return [(finding.code, str(finding.level)) for finding in found]
