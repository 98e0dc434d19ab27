"""Migrating: what becomes of each file of a library when a plan is carried out. What somebody has edited stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from afterword import files
from afterword.errors import AfterwordError, ConflictError
from afterword.migration import ledger
from afterword.migration.claims import claims
from afterword.migration.collection import Member
from afterword.migration.ledger import ASSET, SETTINGS, Ledger, Written
from afterword.migration.plan import Plan
from afterword.source import digest

WRITTEN = ("created", "updated", "unchanged")
"""Outcomes after which the library holds a file as it was made."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to write. ``source`` names where it came from in the ledger. An asset is read from its ``file``."""

    source: str
    path: str
    text: bytes = field(default=b"", repr=False)
    file: Path | None = None

    def data(self) -> bytes:
        """Its bytes. Raises ``OSError``."""
        return self.file.read_bytes() if self.file else self.text


@dataclass
class Shelf:
    """The library that is written to. ``book`` is what earlier migrations wrote there, of any source.

    ``names``: the name in the book of each page, by its path in the source.
    """

    root: Path
    book: Ledger
    names: Mapping[str, str] = field(default_factory=dict)
    written: dict[str, Written] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path, reports: Iterable[Member]) -> Shelf:
        """The library at a folder, which need not be there yet. Raises ``AfterwordError`` for a broken ledger."""
        shelf = cls(root, Ledger(_known(root)))
        shelf.names = claims(reports, shelf.book, shelf._now)
        return shelf

    @property
    def has_own_settings(self) -> bool:
        """Whether its settings are somebody's own: they were there before, or were edited since."""
        data, known = self.settings, self.book.of(SETTINGS)
        return data is not None and (known is None or known.digest != digest(data))

    @property
    def settings(self) -> bytes | None:
        """Its settings, if it has any."""
        return _bytes(self.root / SETTINGS)

    def others(self, pieces: Iterable[Piece]) -> frozenset[str]:
        """The paths of pages that are somebody else's already."""
        return frozenset(
            piece.path for piece in pieces if piece.path.endswith(".md") and self.outcome(piece) == "foreign"
        )

    def kept(self) -> dict[str, str]:
        """The pages whose file somebody has edited since, with its path: it keeps its name."""
        return {path: item.path for path, item, data in self._there() if digest(data) != item.digest}

    def known(self) -> dict[str, str]:
        """The pages whose file is as it was written, with its path."""
        return {path: item.path for path, item, data in self._there() if digest(data) == item.digest}

    def _there(self) -> Iterator[tuple[str, Written, bytes]]:
        for path, name in self.names.items():
            item, data = self.book.of(name), self._now(name)
            if item is not None and data is not None:
                yield path, item, data

    def gone(self) -> frozenset[str]:
        """The pages whose file somebody has moved or removed since."""
        return frozenset(
            path for path, name in self.names.items() if name in self.book.entries and self._now(name) is None
        )

    @property
    def has_others(self) -> bool:
        """Whether it holds pages of other sources, or such as their source has no more."""
        mine = set(self.names.values())
        return any(
            item.path.endswith(".md") and name not in mine and self._now(name) is not None
            for name, item in self.book.entries.items()
        )

    def _name(self, piece: Piece) -> str:
        return self.names.get(piece.source, piece.source)

    def _of(self, piece: Piece) -> Written | None:
        return self.book.of(self._name(piece))

    def _now(self, source: str) -> bytes | None:
        """What is there of what was written under a name of the book."""
        known = self.book.of(source)
        return _bytes(self.root / known.path) if known and ledger.may_be(source, known.path) else None

    def outcome(self, piece: Piece) -> str:
        """What is to be done: a word of ``account``. Nothing is written."""
        return self._judged(piece, piece.data(), _bytes(self.root / piece.path))

    def _judged(self, piece: Piece, data: bytes, now: bytes | None) -> str:
        known = self._of(piece)
        if now == data:
            return "unchanged"
        if known is None or (piece.source.startswith(ASSET) and known.path != piece.path):
            return "created" if now is None else "foreign"
        before = self._now(self._name(piece))
        if before is None:
            return "gone"
        if digest(before) != known.digest:
            return "edited"
        return "updated" if now is None or known.path == piece.path else "foreign"

    def begin(self, pieces: Sequence[Piece]) -> None:
        """Notes what will be written, so that it is known even when the program is killed. Raises ``OSError``."""
        planned = {self._name(piece): ledger.written(piece.path, piece.data()) for piece in pieces}
        self._note(Ledger(_known(self.root), planned))

    def put(self, piece: Piece) -> None:
        """Writes a file, if it is new or still as it was written.

        Raises ``OSError``, and ``AfterwordError`` when somebody else writes to the same library.
        """
        data, target, known = piece.data(), self.root / piece.path, self._of(piece)
        now = _bytes(target)
        outcome = self._judged(piece, data, now)
        if outcome == "created" or (outcome == "updated" and now is None):
            _create(target, data)
            if known and outcome == "updated":
                (self.root / known.path).unlink(missing_ok=True)
        elif outcome == "updated":
            files.write_atomically(target, data, instead_of=now)
        if outcome in WRITTEN:
            self.written[self._name(piece)] = ledger.written(piece.path, data)

    def close(self) -> None:
        """Notes what was written. What was left alone stays in the ledger as it stood there."""
        self._note(Ledger({**_known(self.root), **self.written}))  # another migration may have ended meanwhile

    def _note(self, book: Ledger) -> None:
        target = self.root / ledger.FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(target, book.render())


def _known(root: Path) -> dict[str, Written]:
    """What was written to a library: by migrations that ended, and by one that was stopped before it could say so."""
    data = _bytes(root / ledger.FILE)
    book = ledger.read(data) if data is not None else Ledger()
    if book is None:
        raise AfterwordError(
            f"{root / ledger.FILE} cannot be read, so that nobody knows what was written by which migration",
            "Restore it as it was committed: without it, each report would be written a second time.",
        )
    made = {
        source: item
        for source, item in book.planned.items()
        if ledger.may_be(source, item.path)
        and (there := _bytes(root / item.path)) is not None
        and digest(there) == item.digest
    }
    return {**book.entries, **made}


def _create(target: Path, data: bytes) -> None:
    try:
        files.create(target, data)
    except ConflictError as error:
        if _bytes(target) != data:
            hint = "Let one migration end before the next begins, and run this one again: it goes on where it stopped."
            raise AfterwordError(f"somebody else has just written {target}", hint) from error


def pieces(plan: Plan, others: Mapping[str, Path]) -> Iterator[Piece]:
    """The files of a plan: assets, then reports."""
    for old, new in plan.assets.items():
        yield Piece(f"{ASSET}{old}", new, file=others[old])
    for item in plan.files:
        yield Piece(item.source, item.path, item.draft.text.encode())


def taken(root: Path, book: Ledger) -> frozenset[str]:
    """The paths of postmortems in a library that no migration wrote."""
    own = {item.path for item in book.entries.values()}
    found: Iterable[Path] = (root / "postmortems" / "incidents").rglob("*.md")
    return frozenset(path for item in found if (path := item.relative_to(root).as_posix()) not in own)


def held(root: Path) -> dict[str, str]:
    """The digest of each asset that a library has, by its name."""
    found: dict[str, str] = {}
    with suppress(OSError):
        for file in sorted((root / "postmortems" / "incidents" / "assets").iterdir()):
            data = _bytes(file)
            if data is not None:
                found[file.name] = digest(data)
    return found


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
