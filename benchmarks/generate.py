"""Generates a library of a given size: valid postmortems of about 950 words, the same for the same seed.

    python benchmarks/generate.py FOLDER COUNT

Words come from a vocabulary of 6,000 made-up ones, drawn by rank as in natural text, so that a search index
grows as a real one does.
"""

from __future__ import annotations

import random
import shutil
import sys
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261101
FIRST = datetime(2016, 1, 1, tzinfo=UTC)
DAYS = 3900
SYLLABLES = [
    first + second for first in "bcdfglmnprstv" for second in ("a", "e", "i", "o", "u", "an", "er", "is", "ol")
]
PARTS = (
    ("Detection", 60), ("Root cause", 170), ("Resolution", 110), ("Error-budget impact", 50), ("Lessons learned", 130),
    ("Process improvements", 90), ("Communication", 70),
)  # fmt: skip
CATEGORIES = ("capacity", "configuration", "dependency", "deploy", "network", "software", "hardware", "dns")
SERVICES = ("assistant", "catalog", "checkout", "orders", "storefront")


class Writer:
    """Writes postmortems from one stream of random numbers."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # text, not secrets
        self.words = sorted({self._word() for _ in range(6400)})[:6000]
        self.random.shuffle(self.words)
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def _word(self) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def text(self, count: int) -> str:
        """Sentences of ``count`` words in all, in paragraphs."""
        drawn = self.random.choices(self.words, cum_weights=self.weights, k=count)
        sentences = [" ".join(drawn[at : at + 14]).capitalize() + "." for at in range(0, count, 14)]
        return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))

    def postmortem(self, number: int, total: int) -> tuple[str, str]:
        """The name and the text of one file."""
        started = FIRST + timedelta(days=number * DAYS // total, minutes=self.random.randrange(1440))
        moments = [started + timedelta(minutes=step) for step in (0, 4, 6, self.random.randint(12, 200), 240)]
        title = self.text(7).rstrip(".") + f" {number}"
        name = f"{started.year}/{started:%Y-%m-%d}-{title.lower().replace(' ', '-')}.md"
        rows = [f"| {at:%Y-%m-%d %H:%M} | {self.text(9)} | {self.text(5)} |" for at in moments]
        body = f"## Executive summary\n\n{self.text(110)}\n\n## Timeline\n\n| Time (UTC) | Event | Action |\n"
        body += "| --- | --- | --- |\n" + "\n".join(rows) + "\n"
        body += "".join(f"\n## {heading}\n\n{self.text(words)}\n" for heading, words in PARTS)
        return name, f"---\n{self._front(title, moments)}---\n\n{body}"

    def _front(self, title: str, moments: list[datetime]) -> str:
        names = ("started", "detected", "acknowledged", "mitigated", "resolved")
        published = (moments[-1] + timedelta(days=self.random.randint(1, 7))).date()
        lines = ["schema: 1", f"title: {title}", f"summary: {self.text(14)}", "kind: incident", "status: published"]
        severity = self.random.choices((1, 2, 3, 4), (1, 3, 6, 4))[0]
        lines += [f"severity: SEV{severity}"]
        lines += [f"services: [{self.random.choice(SERVICES)}]"]
        lines += [f"{name}: {at:%Y-%m-%dT%H:%M:%SZ}" for name, at in zip(names, moments, strict=True)]
        lines += [f"published: {published}", "detection: alert", f"root_cause: {self.random.choice(CATEGORIES)}"]
        lines += [f"impact: {{users: {self.random.randint(10, 9000)}}}", 'people: {author: "@team-web"}']
        roles = ("tech-lead", "executive")[: max(3 - severity, 0)]
        lines += ["approvals:"] if roles else []
        lines += [f'  - {{role: {role}, by: "@{role}", on: {published}}}' for role in roles]
        lines += ["actions:"]
        for number in range(1, 4):
            due = published + timedelta(days=10 * number)
            lines += [
                f"  - id: A{number}",
                f"    title: Alert on {self.text(6).rstrip('.').lower()}",
                "    type: detect",
            ]
            lines += ["    horizon: medium", '    owner: "@team-web"', f"    created: {published}", f"    due: {due}"]
            lines += [f"    priority: P{number}", "    status: done", f"    completed: {due}"]
        lines += [f"review_on: {published + timedelta(days=30)}"]
        return "\n".join(lines) + "\n"


def generate(folder: Path, count: int) -> None:
    """Writes a library of ``count`` postmortems with the settings of the shipped one."""
    writer = Writer(SEED)
    for name in ("afterword.yml", "mkdocs.yml"):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copytree(ROOT / "postmortems" / "guide", folder / "postmortems" / "guide", dirs_exist_ok=True)
    for number in range(count):
        name, text = writer.postmortem(number, count)
        path = folder / "postmortems" / "incidents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
