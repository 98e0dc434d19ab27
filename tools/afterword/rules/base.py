"""What a rule is: a code, a reason, examples, and a function from one postmortem to findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from afterword import confidentiality
from afterword.brief import Brief
from afterword.confidentiality import Hit, Mask
from afterword.findings import Finding, Level, Span
from afterword.library import Library, content
from afterword.links.anchors import Anchors, anchors
from afterword.links.outcome import Outcome
from afterword.model import Postmortem, Status, Telemetry, id_of
from afterword.prose import Passage
from afterword.record import Record
from afterword.settings import Settings
from afterword.source import Source, decode

Made = TypeVar("Made")


class Scope(StrEnum):
    """What a rule has to know."""

    FILE = "file"
    """The one file, and the settings."""
    CLOCK = "clock"
    """The file and the day on which it is checked; never an error, so that yesterday's library passes today."""
    LIBRARY = "library"
    """The other files as well."""


class Form(StrEnum):
    """What the text of an example is."""

    FRONT = "front"
    """Lines of front matter; the rest of the postmortem is as it should be."""
    BODY = "body"
    """A piece of the body; the rest of the postmortem is as it should be."""
    FILE = "file"
    """A whole file."""
    SPEC = "spec"
    """Lines of an SLO's ``spec``; the rest of the file of objectives is as it should be."""
    OBJECTIVES = "objectives"
    """A whole file of objectives."""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a postmortem that a rule likes or finds something in. It is documentation and test at once.

    ``path`` is where the file lies, when that matters. ``beside`` are files of the same library: a path and
    lines of front matter, or no lines for a file that is no postmortem. ``telemetry`` is what the snapshots say,
    ``answers`` what became of addresses on the web.
    """

    text: str
    form: Form = Form.FRONT
    note: str = ""
    path: str | None = None
    beside: tuple[tuple[str, str], ...] = ()
    telemetry: Telemetry | None = None
    answers: tuple[tuple[str, Outcome], ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """What a rule that looks at one file knows beside its postmortem: the text, its prose and the settings.

    ``passages``: the sentences of the front matter, then those of the body, in their order. ``hits``: where something
    confidential stands.
    """

    source: Source
    passages: tuple[Passage, ...]
    hits: tuple[Hit, ...]
    settings: Settings

    @property
    def path(self) -> str:
        """The file's path in the library, with ``/``."""
        return self.source.path


@dataclass(frozen=True)
class Context:
    """What rules that compare know beside the postmortem itself.

    ``as_of`` is the clock, in UTC. ``exists`` tells whether a path of the library (with ``/``) is on the disk.
    ``telemetry`` is what the committed snapshots say, ``None`` without any. ``outcomes``: what became of addresses on
    the web, those that were asked for.
    """

    library: Library
    as_of: datetime
    exists: Callable[[str], bool]
    telemetry: Telemetry | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The words of the library."""
        return self.library.settings

    @cached_property
    def today(self) -> date:
        """The day of ``as_of`` in the library's zone."""
        return self.as_of.astimezone(self.settings.zone).date()

    @cached_property
    def claims(self) -> dict[str, tuple[str, ...]]:
        """Who goes by an id: the paths of files so named, and of those that list it as a former one."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for record in self.library.records:
            for name in {id_of(record.path), *record.aliases}:
                found[name].append(record.path)
        return {name: tuple(paths) for name, paths in found.items()}

    @cached_property
    def ids_by_day(self) -> dict[str, tuple[str, ...]]:
        """All ids by their first ten characters, the day: where a mistyped id is looked for."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.claims:
            found[name[:10]].append(name)
        return {day: tuple(sorted(names)) for day, names in found.items()}

    def once(self, make: Callable[[Context], Made]) -> Made:
        """What ``make`` makes of the whole library, made when a rule first asks for it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Callable[[Context], Any], Any]:
        return {}

    def anchors(self, path: str) -> Anchors | None:
        """What can be linked to within a page; ``None`` for a file that is no page or cannot be read. Read once."""
        if path not in self._anchors:
            self._anchors[path] = self._read_anchors(path) if path.endswith(".md") else None
        return self._anchors[path]

    @cached_property
    def _anchors(self) -> dict[str, Anchors | None]:
        return {}

    def _read_anchors(self, path: str) -> Anchors | None:
        source = self._text(path)
        return anchors(source.text) if source else None

    def _text(self, path: str) -> Source | None:
        root = self.library.root
        try:
            if not (root / path).resolve().is_relative_to(root.resolve()):  # through a linked folder
                return None
            return decode(path, content(root, path))[0]
        except OSError:
            return None

    def hides(self, path: str, text: str) -> bool:
        """Whether a text of a page quotes something confidential that stands there."""
        if path not in self._masks:
            source = self._text(path)
            found = confidentiality.findings(source, self.settings) if source else ()
            self._masks[path] = Mask.of(source, found) if source else Mask()
        return self._masks[path].text(text) != text

    @cached_property
    def _masks(self) -> dict[str, Mask]:
        return {}

    @cached_property
    def titles(self) -> dict[str, list[Record]]:
        """The records of accepted files by title, without regard to case."""
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self.library.records:
            if record.accepted:
                found[record.title.casefold()].append(record)
        return found


Check: TypeAlias = "Callable[[Postmortem, File], Iterable[Finding]]"
Scan: TypeAlias = "Callable[[File], Iterable[Finding]]"
Compare: TypeAlias = "Callable[[Postmortem, Context], Iterable[Finding]]"
Concerns: TypeAlias = "Callable[[Record, Brief, Context], bool]"
Overall: TypeAlias = "Callable[[Context], Iterable[Finding]]"


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings of a rule that were read by hand: in what, how many, and how many of them told something true."""

    where: str
    found: int
    right: int

    @property
    def share(self) -> str:
        """The right ones in percent; a dash where nothing was found."""
        return f"{self.right / self.found:.0%}".replace("%", " %") if self.found else "–"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its code is never used again for another; its name may be said instead of the code.

    ``level`` is the usual one, ``in_draft`` that in a draft, ``milder`` says in a sentence when it weighs less.
    ``check`` looks at each postmortem by itself and ``scan`` at each file, be it a postmortem or not: when it is read,
    and the findings are kept. ``compare`` looks at each postmortem beside the others or on its day, if ``concerns``
    says of its brief that there may be something. ``overall`` looks once at the library. A rule without any of them is
    found by the reader of the files or by ``checking`` itself. ``judged``: how often it was right, where that was read.
    """

    code: str
    name: str
    level: Level
    summary: str
    rationale: str
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    scope: Scope = Scope.FILE
    in_draft: Level | None = None
    milder: str = ""
    check: Check | None = None
    scan: Scan | None = None
    compare: Compare | None = None
    concerns: Concerns = lambda _record, _brief, _context: True
    overall: Overall | None = None
    judged: tuple[Judged, ...] = ()

    @property
    def is_about_postmortems(self) -> bool:
        """Whether it speaks of postmortems, in which it can be silenced, and not of other files of a library."""
        return not self.overall and not any(example.form in (Form.SPEC, Form.OBJECTIVES) for example in self.bad)

    def finding(
        self, where: Postmortem | File, span: Span, message: str, hint: str | None = None, level: Level | None = None
    ) -> Finding:
        """A finding of this rule. Without a ``level``, the one that fits the postmortem's status."""
        if level is None:
            is_draft = isinstance(where, Postmortem) and where.status is Status.DRAFT
            level = (self.in_draft if is_draft else None) or self.level
        return Finding(self.code, self.name, level, message, where.path, span, hint)


def suggestion(word: str, known: Collection[str], *, limit: int = 12) -> str | None:
    """``Did you mean `x`?``, or the known words when there are few, or nothing."""
    near = get_close_matches(word, sorted(known), 1, 0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(sorted(known))}." if 0 < len(known) <= limit else None


def shortened(text: str, limit: int = 60) -> str:
    """One line of at most ``limit`` characters, for messages."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
