"""Answers: what a server said, kept in a folder, so that it can be carried to where no server is reached.

``manifest.json`` names each question, the file with its answer, and that file's checksum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from afterword import files
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import STEP, Measurement, Snapshot, Source
from afterword.budgets.sources import asking, replies
from afterword.budgets.sources.capture import Grid
from afterword.budgets.sources.replies import INSTANT, RANGE, Question, QuestionError, Reply
from afterword.errors import AfterwordError, ConflictError
from afterword.timing import parse_time

MANIFEST = "manifest.json"
VERSION = 1
_LARGEST = 64 * 1024 * 1024
_ANSWER = 16 * 1024 * 1024
_AGAIN = "Save the answers again with `afterword budget snapshot --save-answers DIR`."


class AnswersError(AfterwordError):
    """A folder of answers cannot be relied on."""


@dataclass(eq=False)
class Saved:
    """Measures by the answers in a folder. Raises ``AnswersError`` when the manifest cannot be read."""

    folder: Path
    at: datetime = field(init=False)
    captured_at: datetime = field(init=False)
    source: Source = field(init=False)
    warnings: tuple[str, ...] = field(init=False)
    _files: dict[Question, tuple[str, str | None]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Reads the manifest; the answers are read when they are asked for."""
        path = self.folder / MANIFEST
        try:
            facts = json.loads(_bytes(path, _LARGEST))
            if facts["version"] != VERSION:
                raise AnswersError(f"{path} has version {facts['version']!r}, not {VERSION}", _AGAIN)
            self.at, self.captured_at = _instant(facts["at"]), _instant(facts["captured_at"])
            self.source = _source(facts["source"])
            self.warnings = tuple(map(str, facts.get("warnings", ())))
            self._files = {_question(item): (str(item["file"]), item.get("sha256")) for item in facts["answers"]}
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            detail = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)
            raise AnswersError(f"{path} is no manifest of answers: {detail}", _AGAIN) from error

    @property
    def counts_firsts(self) -> bool:
        """As the server that answered."""
        return self.source.flavour == "victoriametrics"

    @property
    def grid(self) -> Grid | None:
        """The steps that were asked for; ``None`` when only totals were."""
        ranges = [item for item in self._files if item.kind == RANGE and item.step == STEP]
        if not ranges:
            return None
        first, last = min(item.start for item in ranges), max(item.end for item in ranges)
        return Grid(datetime.fromtimestamp(first - STEP, UTC), (last - first) // STEP + 1)

    def measure(self, objectives: Sequence[Objective], grid: Grid, at: datetime) -> tuple[Measurement, ...]:
        """Raises ``AnswersError`` for another instant than that of the answers."""
        if at != self.at:
            raise AnswersError(
                f"the answers in {self.folder} are as of {self.at:%Y-%m-%dT%H:%M:%SZ}, not {at:%Y-%m-%dT%H:%M:%SZ}",
                "Leave --at out, or save answers of that instant.",
            )
        return asking.measure(self, objectives, grid, at)

    def ask(self, questions: Sequence[Question]) -> asking.Answers:
        """The saved answer to each question."""
        return {item: self._answer(item) for item in questions}

    def _answer(self, question: Question) -> Reply | AfterwordError:
        found = self._files.get(question)
        if found is None:
            return QuestionError("the folder holds no answer to it for these times", _AGAIN)
        name, checksum = found
        if name != Path(name).name or name in ("", ".", ".."):
            return AnswersError(f"{self.folder / MANIFEST} names a file outside the folder: “{name}”", _AGAIN)
        path = self.folder / name
        try:
            data = _bytes(path, _ANSWER)
            if checksum is not None and hashlib.sha256(data).hexdigest() != checksum:
                return AnswersError(f"{path} was changed: its checksum is another one", _AGAIN)
            return replies.parse(data, question)
        except AfterwordError as error:
            return error


@dataclass(eq=False)
class Keeper:
    """Keeps answers while a server is asked, and writes them when all is done."""

    found: dict[Question, bytes] = field(default_factory=dict)

    def keep(self, question: Question, body: bytes) -> None:
        """Remembers one answer."""
        self.found[question] = body

    def write(self, folder: Path, snapshot: Snapshot) -> int:
        """Writes all of them, the manifest last; tells how many. Raises ``ConflictError`` or ``OSError``."""
        if (folder / MANIFEST).exists():
            raise ConflictError(f"{folder} holds answers already", "Choose another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        entries = []
        for number, question in enumerate(sorted(self.found), 1):
            name, body = f"answer-{number:04d}.json", self.found[question]
            files.write_atomically(folder / name, body, sync=False)
            entries.append(_entry(question) | {"file": name, "sha256": hashlib.sha256(body).hexdigest()})
        facts = {
            "version": VERSION,
            "captured_at": _written(snapshot.captured_at),
            "at": _written(snapshot.at),
            "source": {name: getattr(snapshot.source, name) for name in Source.__slots__},
            "warnings": list(snapshot.warnings),
            "answers": entries,
        }
        text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
        files.write_atomically(folder / MANIFEST, text.encode())
        return len(entries)


def _entry(question: Question) -> dict[str, Any]:
    entry: dict[str, Any] = {"query": question.query, "kind": question.kind}
    if question.kind == INSTANT:
        entry["time"] = question.start
    else:
        entry |= {"start": question.start, "end": question.end, "step": question.step}
    return entry | ({"server": question.server} if question.server else {})


def _question(facts: dict[str, Any]) -> Question:
    kind, query, server = facts["kind"], facts["query"], facts.get("server", "")
    if kind not in (INSTANT, RANGE) or not isinstance(query, str) or not isinstance(server, str):
        raise ValueError("an answer is neither of an instant nor of a range")
    if kind == INSTANT:
        return Question(query, kind, int(facts["time"]), int(facts["time"]), 0, server)
    return Question(query, kind, int(facts["start"]), int(facts["end"]), int(facts["step"]), server)


def _source(facts: dict[str, Any]) -> Source:
    kept = facts.get("retention_seconds")
    version, url = facts.get("version"), facts.get("url")
    return Source(
        "answers",
        str(facts.get("flavour", "prometheus")),
        None if version is None else str(version),
        None if kept is None else int(kept),
        None if url is None else str(url),
    )


def _instant(text: str) -> datetime:
    at = parse_time(text)
    if at is None:
        raise ValueError(f"“{text}” is no time")
    return at.astimezone(UTC)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _bytes(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise AnswersError(f"{path}: {error.strerror or error}", _AGAIN) from error
    if len(data) > limit:
        raise AnswersError(f"{path} is larger than {limit >> 20} MB, so it is not read", _AGAIN)
    return data
