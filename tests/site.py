"""Small libraries and their sites, for the tests of the plugin, the pages and the browser."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parent.parent
EPOCH = "1793577599"  # 2026-11-01T23:59:59Z

CONFIG = """\
site_name: Test library
site_url: https://postmortems.example.org/
docs_dir: postmortems
theme: {name: material, font: false}
plugins: [search, tags, afterword]
"""

SETTINGS = """\
schema: 1
name: Test library
repository: https://github.com/example/shop
as_of: 2026-11-01
severities:
  SEV1: {title: Critical, critical: true}
  SEV2: {title: Major, critical: true}
  SEV3: {title: Minor}
categories:
  capacity: {title: Capacity}
  deploy: {title: Deploy}
teams:
  team-payments: {title: Payments}
  team-web: {title: Web}
services:
  checkout: {title: Checkout, team: team-payments}
  storefront: {title: Storefront, team: team-web}
"""

INCIDENT = """\
---
schema: 1
title: {title}
summary: The pool was exhausted for half an hour.
kind: incident
status: published
severity: {severity}
services: [{service}]
started: {day}T09:12:00Z
detected: {day}T09:16:00Z
mitigated: {day}T09:44:00Z
resolved: {day}T09:50:00Z
published: {day}
detection: alert
root_cause: capacity
contributing_factors: [missing-alert]
impact: {{users: 2140, users_share: 0.58}}
people: {{author: "@team-payments", incident_commander: "@oncall", reviewers: ["@team-web"]}}
actions:
  - {{id: A1, title: Alert when the pool is over 80 % for 5 minutes, type: detect, horizon: short,
     owner: "@team-payments", created: {day}, due: 2026-10-20, priority: P1, status: {action}}}
review_on: 2026-12-01
tags: [postgres]
---

## Executive summary

Nobody could pay for half an hour.

## Timeline

| Time (UTC) | Event | Action |
| --- | --- | --- |
| {day} 09:12 | It begins | |

## Detection

An alert.

## Root cause

Too many connections.

## Resolution

Fewer connections.

## Error-budget impact

Most of it.

## Action items

See the table.

## Lessons learned

Count connections.

## Process improvements

None.

## Communication

Status page.
"""

PUBLIC = """\
---
schema: 1
title: A public outage of a famous service
summary: A command removed too much.
kind: incident
origin: public
organization: Example Cloud
source: https://example.org/outage
status: published
started: 2017-02-28
published: 2017-03-02
root_cause: deploy
---

## Executive summary

It was gone.

## Timeline

| Time (UTC) | Event | Action |
| --- | --- | --- |
| 2017-02-28 | It begins | |

## Root cause

A command.

## Lessons learned

Ask twice.
"""

DRAFT = """\
---
schema: 1
title: Search timed out on long words
kind: incident
status: draft
severity: SEV3
services: [storefront]
started: 2026-10-28T09:00:00Z
---

## Executive summary

A draft that nobody shall find.
"""

FOLDER = "postmortems/incidents/2026/"


def incident(title: str, day: str, *, severity: str = "SEV1", service: str = "checkout", action: str = "open") -> str:
    """A postmortem without findings."""
    return INCIDENT.format(title=title, day=day, severity=severity, service=service, action=action)


SMALL = {
    "afterword.yml": SETTINGS,
    f"{FOLDER}2026-03-04-checkout-answered-503.md": incident("Checkout answered 503", "2026-03-04"),
    f"{FOLDER}2026-05-06-storefront-was-slow.md": incident(
        "Storefront was slow", "2026-05-06", severity="SEV2", service="storefront", action="in-progress"
    ),
    f"{FOLDER}2026-10-28-search-timed-out-on-long-words.md": DRAFT,
    "postmortems/incidents/2017/2017-02-28-a-public-outage-of-a-famous-service.md": PUBLIC,
}


@dataclass
class Built:
    """A site and what the build said: pairs of level and message."""

    root: Path
    site: Path
    messages: list[tuple[str, str]] = field(default_factory=list)

    def read(self, path: str) -> str:
        """A file of the site."""
        return (self.site / path).read_text(encoding="utf-8")

    @property
    def warnings(self) -> list[str]:
        """What a strict build would fail on."""
        return [text for level, text in self.messages if level in ("WARNING", "ERROR")]


class _Log(logging.Handler):
    def __init__(self, messages: list[tuple[str, str]]) -> None:
        super().__init__(logging.INFO)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelname, record.getMessage()))


def write(root: Path, files: dict[str, str], **options: Any) -> None:
    """A library with the theme and extensions of the shipped one. ``options`` are those of the plugin."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config.pop("nav", None)
    config["site_name"] = "Test library"
    config["site_url"] = "https://postmortems.example.org/"
    config["plugins"] = ["search", "tags", {"afterword": options}]
    for path, text in ({"mkdocs.yml": yaml.safe_dump(config)} | files).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")


class RefusedError(Exception):
    """A build that ended early; the message holds all that was said."""


def build(root: Path, **options: Any) -> Built:
    """Builds the library at ``root`` into ``site``, in this process. ``options`` are those of MkDocs."""
    built = Built(root, root / "site")
    handler = _Log(built.messages)
    log = logging.getLogger("mkdocs")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    try:
        config = load_config(str(root / "mkdocs.yml"), **options)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except Abort as error:
        raise RefusedError("\n".join(text for _, text in built.messages)) from error
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return built
