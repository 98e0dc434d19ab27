"""Migrating: what becomes of each file of a library when a plan is carried out. What somebody has edited stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from afterword import files
from afterword.errors import AfterwordError, ConflictError
from afterword.migration import ledger
from afterword.migration.claims import Claims, claims
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
    """The library that is written to. ``book`` is what earlier migrations wrote there, of any source."""

    root: Path
    book: Ledger
    claims: Claims = field(default_factory=Claims)
    written: dict[str, Written] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path, reports: Sequence[Member]) -> Shelf:
        """The library at a folder, which need not be there yet. Raises ``AfterwordError`` for a broken ledger."""
        shelf = cls(root, Ledger(_known(root)))
        shelf.claims = claims(reports, shelf.book, shelf._now)
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
        """The pages whose file somebody has edited since, or is another source's, with its path: it keeps its name."""
        copies = self.claims.copies
        return {path: item.path for path, item, data in self._there() if path in copies or digest(data) != item.digest}

    def known(self) -> dict[str, str]:
        """The other pages whose file is there, with its path."""
        kept = self.kept()
        return {path: item.path for path, item, _ in self._there() if path not in kept}

    def _there(self) -> Iterator[tuple[str, Written, bytes]]:
        for path, name in self.claims.known.items():
            item, data = self.book.of(name), self._now(name)
            if item is not None and data is not None:
                yield path, item, data

    def gone(self) -> frozenset[str]:
        """The pages whose file somebody has moved or removed since."""
        return frozenset(path for path, name in self.claims.known.items() if self._now(name) is None)

    def taken(self) -> frozenset[str]:
        """The paths of postmortems that were made of none of these pages, or that somebody has moved since."""
        mine = {item.path for name in self.claims.known.values() if (item := self.book.of(name))}
        there: Iterable[Path] = (self.root / "postmortems" / "incidents").rglob("*.md")
        noted = {item.path for item in self.book.entries.values() if item.path.endswith(".md")}
        return frozenset({*noted, *(item.relative_to(self.root).as_posix() for item in there)} - mine)

    def held(self) -> dict[str, str]:
        """The digest of each asset that the library has, by its name: one that somebody has edited as it was before."""
        written = {item.path: item.digest for name, item in self.book.entries.items() if name.startswith(ASSET)}
        found: dict[str, str] = {}
        with suppress(OSError):
            for file in sorted((self.root / "postmortems" / "incidents" / "assets").iterdir()):
                data = _bytes(file)
                if data is not None:
                    found[file.name] = written.get(file.relative_to(self.root).as_posix(), digest(data))
        return found

    @property
    def has_others(self) -> bool:
        """Whether it holds pages of other sources, or such as their source has no more."""
        mine = set(self.claims.known.values())
        return any(
            item.path.endswith(".md") and name not in mine and self._now(name) is not None
            for name, item in self.book.entries.items()
        )

    def _name(self, piece: Piece) -> str:
        """Under which a file is noted."""
        if piece.file:
            return f"{ASSET}{ledger.name_of(self.claims.source, piece.source.removeprefix(ASSET))}"
        return self.claims.names.get(piece.source, piece.source)

    def _before(self, piece: Piece) -> str | None:
        """Under which it was noted by earlier migrations, if it was."""
        if piece.source in self.claims.names:
            return self.claims.known.get(piece.source)
        return self._name(piece)

    def _noted(self, piece: Piece, data: bytes) -> Written:
        return ledger.written(piece.path, data, self.claims.digests.get(piece.source))

    def _now(self, source: str) -> bytes | None:
        """What is there of what was written under a name of the book."""
        known = self.book.of(source)
        return _bytes(self.root / known.path) if known and ledger.may_be(source, known.path) else None

    def outcome(self, piece: Piece) -> str:
        """What is to be done: a word of ``account``. Nothing is written."""
        return self._judged(piece, piece.data(), _bytes(self.root / piece.path))

    def _judged(self, piece: Piece, data: bytes, now: bytes | None) -> str:
        name = self._before(piece)
        known = self.book.of(name) if name else None
        if now == data or (now is not None and piece.source in self.claims.copies):
            return "unchanged"
        # an asset of another name or content is another one
        is_new = piece.file is not None and known != self._noted(piece, data)
        if name is None or known is None or is_new:
            return "created" if now is None else "foreign"
        before = self._now(name)
        if before is None:
            return "gone"
        if digest(before) != known.digest:
            return "edited"
        return "updated" if now is None or known.path == piece.path else "foreign"

    def begin(self, pieces: Sequence[Piece]) -> None:
        """Notes what will be written, so that it is known even when the program is killed. Raises ``OSError``."""
        planned = {self._name(piece): self._noted(piece, piece.data()) for piece in pieces}
        self._note(Ledger(_known(self.root), planned))

    def put(self, piece: Piece) -> None:
        """Writes a file, if it is new or still as it was written.

        Raises ``OSError``, and ``AfterwordError`` when somebody else writes to the same library.
        """
        data, target, name = piece.data(), self.root / piece.path, self._before(piece)
        known = self.book.of(name) if name else None
        now = _bytes(target)
        outcome = self._judged(piece, data, now)
        if outcome == "created" or (outcome == "updated" and now is None):
            _create(target, data)
            if known and outcome == "updated":
                (self.root / known.path).unlink(missing_ok=True)
        elif outcome == "updated":
            files.write_atomically(target, data, instead_of=now)
        if piece.source in self.claims.copies:
            return
        if outcome in WRITTEN:
            self.written[self._name(piece)] = self._noted(piece, data)
        elif known and name != self._name(piece):  # left alone, under its new name
            self.written[self._name(piece)] = known

    def close(self) -> None:
        """Notes what was written. What was left alone stays in the ledger as it stood there."""
        names = self.claims.names
        renamed = {
            name for path, name in self.claims.known.items() if name != names[path] and names[path] in self.written
        }
        before = _known(self.root)  # another migration may have ended meanwhile
        kept = {name: item for name, item in before.items() if name not in renamed}
        self._note(Ledger({**kept, **self.written}))

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


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
