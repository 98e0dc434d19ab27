"""Migrating: what becomes of each file of a library when a plan is carried out. What somebody has edited stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from afterword import files
from afterword.errors import ConflictError
from afterword.migration import ledger
from afterword.migration.ledger import Ledger, Written
from afterword.migration.plan import Plan
from afterword.source import digest

SETTINGS = "afterword.yml"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to write. ``source`` names where it came from in the ledger."""

    source: str
    path: str
    data: bytes = field(repr=False)


@dataclass
class Shelf:
    """The library that is written to. ``book`` is what an earlier migration wrote there."""

    root: Path
    book: Ledger
    written: dict[str, Written] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path) -> Shelf:
        """The library at a folder, which need not be there yet."""
        data = _bytes(root / ledger.FILE)
        return cls(root, ledger.read(data) if data is not None else Ledger())

    @property
    def has_own_settings(self) -> bool:
        """Whether its settings are somebody's own: they were there before, or were edited since."""
        data = _bytes(self.root / SETTINGS)
        known = self.book.of(SETTINGS)
        return data is not None and (known is None or known.digest != digest(data))

    def kept(self) -> dict[str, str]:
        """The pages whose file somebody has edited since, with its path: it keeps its name."""
        return {
            source: item.path
            for source, item in self.book.entries.items()
            if (data := self._now(item)) is not None and digest(data) != item.digest
        }

    def gone(self) -> frozenset[str]:
        """The pages whose file somebody has moved or removed since."""
        return frozenset(source for source, item in self.book.entries.items() if self._now(item) is None)

    def _now(self, item: Written) -> bytes | None:
        return _bytes(self.root / item.path) if is_inside(item.path) else None

    def outcome(self, piece: Piece) -> str:
        """What is to be done: a word of ``account``. Nothing is written."""
        known = self.book.of(piece.source)
        now = _bytes(self.root / piece.path)
        if now == piece.data:
            return "unchanged"
        if known is None:
            return "created" if now is None else "foreign"
        before = self._now(known)
        if before is None:
            return "gone"
        if digest(before) != known.digest:
            return "edited"
        return "updated" if now is None or known.path == piece.path else "foreign"

    def put(self, piece: Piece) -> None:
        """Writes a file, if it is new or still as it was written. Raises ``OSError``."""
        outcome = self.outcome(piece)
        known = self.book.of(piece.source)
        target = self.root / piece.path
        if outcome == "created" or (outcome == "updated" and known and known.path != piece.path):
            try:
                files.create(target, piece.data)
            except ConflictError:  # somebody was quicker
                return
            if known and outcome == "updated":
                (self.root / known.path).unlink(missing_ok=True)
        elif outcome == "updated":
            files.write_atomically(target, piece.data, instead_of=_bytes(target))
        if outcome in ("created", "updated", "unchanged"):
            self.written[piece.source] = ledger.written(piece.path, piece.data)

    def close(self) -> None:
        """Notes what was written. What was left alone stays in the ledger as it stood there."""
        entries = {**self.book.entries, **self.written}
        target = self.root / ledger.FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(target, Ledger(entries).render())


def is_inside(path: str) -> bool:
    """Whether a ledger's path is one that a migration writes: whoever changed it must not have others removed."""
    parts = path.split("/")
    return path == SETTINGS or (parts[0] == "postmortems" and ".." not in parts and "\\" not in path)


def pieces(plan: Plan, others: Mapping[str, Path]) -> Iterator[Piece]:
    """The files of a plan: assets, then reports. Raises ``OSError``."""
    for old, new in plan.assets.items():
        yield Piece(f"asset:{old}", new, others[old].read_bytes())
    for item in plan.files:
        yield Piece(item.source, item.path, item.draft.text.encode())


def taken(root: Path, book: Ledger) -> frozenset[str]:
    """The paths of postmortems in a library that no migration wrote."""
    own = {item.path for item in book.entries.values()}
    found: Iterable[Path] = (root / "postmortems" / "incidents").rglob("*.md")
    return frozenset(path for item in found if (path := item.relative_to(root).as_posix()) not in own)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
