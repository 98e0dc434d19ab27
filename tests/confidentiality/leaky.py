"""A library whose files hold secrets wherever something can stand, to see that no output shows one."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from tests.confidentiality.samples import private_key, secrets

PIECE = 8
"""So many characters of a secret in a row are a leak."""


class Leaky:
    """Makes files and remembers each secret in them."""

    def __init__(self) -> None:
        self.known: list[str] = private_key(44).split("\n")[1:-1]
        self._seeds = count(100)

    def one(self, name: str = "github") -> str:
        """A new secret."""
        secret = secrets(next(self._seeds))[name][0]
        self.known.append(secret)
        return secret

    def leaks(self, text: str) -> list[str]:
        """Pieces of secrets that a text shows."""
        return [
            secret[at : at + PIECE]
            for secret in self.known
            for at in range(0, len(secret) - PIECE + 1, 4)
            if secret[at : at + PIECE] in text
        ]

    def body(self) -> str:
        """A body with secrets in links, images, comments, the timeline, headings, prose and code."""
        n = self.one
        return f"""
## Executive summary

Orders {n()} waited. [a](missing-{n()}.md) [b](#no-{n()}) ![x {n()}](img/{n()}.png) [t](nope.md "{n()}")
[p](https://deploy:{n("git")}@git.shop.org/x) [q](../../../../{n()}.md) [r][{n()}] ![]({n()}.png)

<!-- afterword: ignore {n()} because {n()} -->
<!-- afterword: ignore AW999 {n()} -->
<!-- {n()} -->

TTR: 3 h {n()}

## Timeline {n()}

| Time (UTC) | Event | Action |
| --- | --- | --- |
| {n()} | x {n()} | {n()} |
| 2026-05-06 10:00 {n()} | Latency rises | |
| 2026-05-06 09:00 | {n()} | |

## Root cause

<describe {n()}> TODO {n()}. Someone should have known {n()}. DB_PASSWORD={n("assigned")} password: "{n("yaml")}"

## Root cause

```
{private_key(44)}
{n("jwt")}
```

## Lessons learned

Lucky {n()}.
"""

    def postmortem(self) -> str:
        """One that is accepted."""
        n = self.one
        return f"""---
schema: 1
title: Checkout {n()} answered 503
summary: About {n()} and more
kind: incident
status: published
severity: SEV1
services: [{n()}]
started: 2026-06-04T09:12:00Z
detected: 2026-06-04T08:12:00Z
resolved: 2026-06-04T09:50:00Z
published: 2026-06-09
root_cause: {n()}
contributing_factors: ["{n()}"]
recurrence_of: [{n()}]
tags: ["{n()}"]
external_ids: {{pagerduty: "{n()}"}}
people: {{author: "{n()}", lead: "@x"}}
budgets: [{{slo: "{n()}", consumed: 0.2}}]
links: [{{title: "{n()}", url: "https://a:{n("git")}@h.shop.org/"}}]
actions:
  - {{id: A1, title: Investigate {n()}, owner: "@{n()}", status: open, due: 2026-06-20, created: 2026-06-09}}
  - {{id: A1, title: Be careful with {n()}, status: done, tracker: "https://x.shop.org/{n()}"}}
---
{self.body()}"""

    def rejected(self) -> list[str]:
        """Some that are not: each breaks in another way, beside a secret."""
        n, twice = self.one, self.one()
        return [
            f"---\ntitle: a\n{n()}: 1\n{n()}: [\n---\n{self.body()}",
            f"---\n{n()}: 1\ntitle: b\n---\n{self.body()}",
            f"---\ntitle: x\n{twice}: 1\n{twice}: 2\nkind: {n()}\nstarted: {n()}\nseverity: {n()}\n---\n",
            f"---\n&{n()} x\n---\n",
            f"---\ntitle: *{n()}\n---\n",
            f"---\ntitle: !{n()} x\n---\n",
            f"---\ntitle: '{n()}\n---\n",
            f"{n()}\n",
            f"---\n- {n()}\n---\n",
            f"---\nschema: {n()}\ntitle: [{n()}]\nstarted: '{n()}'\nactions: {n()}\nimpact: {{users: {n()}}}\n---\n",
        ]

    def write(self, root: Path) -> None:
        """Puts them into a library, one with the line endings of Windows."""
        folder = root / "postmortems/incidents/2026"
        text = self.postmortem()
        (folder / "2026-06-04-leaky.md").write_bytes(text.encode())
        (folder / "2026-06-05-leaky.md").write_bytes(text.replace("\n", "\r\n").encode())
        for number, wrong in enumerate(self.rejected(), 1):
            (folder / f"2026-07-{number:02}-wrong.md").write_bytes(wrong.encode())
