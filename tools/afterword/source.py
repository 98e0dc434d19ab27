r"""Source: the text of one file, with positions that an editor shows.

Lines and columns count from 1, columns in code points. ``\r\n`` and a lone ``\r`` become ``\n``
for reading; positions do not change by that. Who writes a file back starts from its bytes.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from afterword.findings import Finding, Level, Span

MAX_BYTES = 1024 * 1024
"""Larger files are refused: what makes one so long, as a log or an export, belongs elsewhere."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file. ``path`` is relative to the library, with ``/``."""

    path: str
    text: str
    starts: tuple[int, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.starts:
            found = [0]
            at = self.text.find("\n")
            while at >= 0:
                found.append(at + 1)
                at = self.text.find("\n", at + 1)
            object.__setattr__(self, "starts", tuple(found))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code-point offset; an offset past the end gives the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span from offset ``start`` up to, not including, offset ``end``."""
        return Span(*self.position(start), *self.position(max(start, end)))

    def line(self, number: int) -> str:
        """The text of a line, without its ending; empty outside the file."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def line_span(self, number: int) -> Span:
        """The span of a whole line."""
        return Span(number, 1, number, len(self.line(number)) + 1)


class Excerpt:
    """Some of a source's text as another reader gave it: line by line, without the indent or quote marks before it.

    ``first`` is the line where it begins. With ``after``, its one line does not lie at the end of that line but
    behind so many columns, as a table's cell does.
    """

    __slots__ = ("_content", "_first", "_inner", "_shifts", "_source")

    def __init__(self, source: Source, first: int, content: str, after: int | None = None) -> None:
        self._source = source
        self._first = first
        self._content = content
        self._inner: Source | None = None
        self._shifts: dict[int, int] = {}
        if after is not None:
            # a cell with an escaped pipe is not found as it is: it stands somewhere behind the one before
            self._shifts[1] = max(source.line(first).find(content, after), after)

    @property
    def end(self) -> int:
        """How many columns of the first line lie before the end of a cell."""
        return self._shift(1) + len(self._content)

    @property
    def first_line(self) -> Span:
        """The span of the whole first line."""
        return self._source.line_span(self._first)

    def span(self, start: int, end: int) -> Span:
        """The span in the file from one offset of the text to another."""
        line, column = self._lines.position(start)
        end_line, end_column = self._lines.position(end)
        first, last = self._first + line - 1, self._first + end_line - 1
        return Span(first, column + self._shift(line), last, end_column + self._shift(end_line))

    @property
    def _lines(self) -> Source:
        if self._inner is None:  # few paragraphs hold something that has a place
            self._inner = Source("", self._content)
        return self._inner

    def _shift(self, line: int) -> int:
        if line not in self._shifts:
            written = self._source.line(self._first + line - 1)
            self._shifts[line] = max(written.rfind(self._lines.line(line)), 0)
        return self._shifts[line]


def digest(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex: the cache's name for a content."""
    return hashlib.sha256(data).hexdigest()


def decode(path: str, data: bytes) -> tuple[Source | None, list[Finding]]:
    """Bytes → source, or ``None`` and the finding that says why not."""
    if len(data) > MAX_BYTES:
        message = f"file is larger than {MAX_BYTES // 1024 // 1024} MB"  # who reads a library stops there
        return None, [_unreadable(path, message, hint="Keep logs and exports elsewhere, and link to them.")]
    bom = data.startswith(_BOM)
    body = data[3:] if bom else data
    try:
        raw = body.decode("utf-8")
    except UnicodeDecodeError as error:
        good = body[: error.start].decode("utf-8")
        message = f"byte 0x{body[error.start]:02x} is not UTF-8"
        span = Source(path, _unify(good)).span(len(_unify(good)), len(_unify(good)))
        return None, [_unreadable(path, message, span, "Save the file as UTF-8.")]
    source = Source(path, _unify(raw))
    at = source.text.find("\x00")
    if at >= 0:
        return None, [_unreadable(path, "file holds a NUL character", source.span(at, at + 1), "Remove it.")]
    if not source.text.strip():
        return None, [_unreadable(path, "file is empty", hint="Start one with `afterword new`.")]
    findings = []
    if bom:
        findings.append(
            Finding("AW005", "byte-order-mark", Level.HINT, "file begins with a byte-order mark", path,
                    Span(1, 1, 1, 1), "Save it as UTF-8 without one.")
        )  # fmt: skip
    return source, findings


def read(root: Path, path: str) -> bytes:
    """The bytes of a library file. Raises ``OSError``."""
    return (root / path).read_bytes()


def unreadable(path: str, error: OSError) -> Finding:
    """The finding for a file that the system would not hand out."""
    return _unreadable(path, f"file cannot be read: {error.strerror or error}")


def unreadable_part(path: str, message: str, hint: str) -> Finding:
    """The finding for a file of which a part was not read."""
    return _unreadable(path, message, hint=hint)


def _unreadable(path: str, message: str, span: Span | None = None, hint: str | None = None) -> Finding:
    return Finding("AW001", "unreadable-file", Level.ERROR, message, path, span or Span(1, 1, 1, 1), hint)


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
