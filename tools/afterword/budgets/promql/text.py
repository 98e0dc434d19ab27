"""PromQL as text: tokens, the window's placeholder, bounds of buckets, and whether and where a query is at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import promql_parser
from promql_parser import Expr

MAX_CHARACTERS = 10_000
MAX_JOINTS = 200
"""Operators and brackets of one query. The parser recurses: some thousands would end the process."""

STAND_IN = 1_234_567
"""Seconds that stand for the placeholder while a query is parsed; nobody asks for such a window."""

_TOKEN = re.compile(
    r"""
    (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)
    |(?P<comment>\#[^\n]*)
    |(?P<window>(?<=\[)\s*(?:\{\{\s*\.[Ww]indow\s*\}\}|\$\{window\}|\$window|window)(?=\s*[\]:]))
    |(?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[A-Za-z]*(?:\d+[A-Za-z]+)*)
    |(?P<name>[A-Za-z_:][\w:]*)
    |(?P<blank>\s+)
    |(?P<sign>=~|!~|==|!=|<=|>=|.)
    """,
    re.ASCII | re.DOTALL | re.VERBOSE,
)
_OPEN = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """One token: its kind (string, window, number, name or sign), its text and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next one may begin."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query, and at which offset of its text."""

    message: str
    offset: int = 0


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without blanks and comments. Any text has some."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "sign"
        if kind not in ("blank", "comment"):
            yield Token(kind, match[0], match.start())


def _rewritten(query: str, changes: Iterator[tuple[int, int, str]]) -> str:
    """A query with some stretches written anew, and without comments: what is put behind it must still count."""
    parts, at = [], 0
    comments = ((found.start(), found.end(), "") for found in _TOKEN.finditer(query) if found.lastgroup == "comment")
    for start, end, text in sorted([*changes, *comments]):
        parts += [query[at:start], text]
        at = end
    return "".join([*parts, query[at:]]).strip()


def has_window(query: str) -> bool:
    """Whether a query leaves its window open: ``[{{.window}}]``, ``[window]``, ``[$window]`` or ``[${window}]``."""
    return any(token.kind == "window" for token in tokens(query))


def filled(query: str, seconds: int) -> str:
    """A query ready to be sent: its placeholder replaced, bounds widened, comments gone."""
    windows = ((token.start, token.end, f"{seconds}s") for token in tokens(query) if token.kind == "window")
    return _rewritten(query, iter([*windows, *_bounds(query)]))


def _bounds(query: str) -> Iterator[tuple[int, int, str]]:
    r"""``le="1"`` → ``le=~"1|1\.0"``, wherever it stands in a selector."""
    row = list(tokens(query))
    for name, sign, value in zip(row, row[1:], row[2:], strict=False):
        if name.text == "le" and sign.text == "=" and value.kind == "string":
            pattern = bound_pattern(_unquoted(value.text))
            if pattern is not None:
                yield sign.start, value.end, f"=~{quoted(pattern)}"


def bound_pattern(bound: str) -> str | None:
    """The regular expression for all ways to write a bucket's bound; ``None`` when there is but one.

    Clients write ``1``, OpenMetrics and Prometheus 3 write ``1.0``, and Go writes a million as ``1e+06``.
    """
    try:
        value = float(bound)
    except ValueError:
        return None
    if value - value != 0:
        return None
    ways = {bound, repr(value), f"{value:g}" if float(f"{value:g}") == value else repr(value)}
    if value == int(value) and abs(value) < 1e15:
        ways |= {str(int(value)), f"{int(value)}.0"}
    escaped = (re.sub(r"([.+])", r"\\\1", way) for way in sorted(ways, key=lambda way: (len(way), way)))
    return "|".join(escaped) if len(ways) > 1 else None


def quoted(value: str) -> str:
    """A label's value as PromQL writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _unquoted(text: str) -> str:
    if text[0] == "`":
        return text[1:-1]
    found = promql_parser.parse(text)
    return found.val if isinstance(found, promql_parser.StringLiteral) else text[1:-1]


@lru_cache(maxsize=4096)
def parse(query: str) -> Expr | Fault:
    """The tree of a query whose placeholder stands for ``STAND_IN`` seconds, or what is wrong with it."""
    row = list(tokens(query))
    early = _bounded(query, row)
    if early is not None:
        return early
    found = _parsed(query)
    if isinstance(found, str):
        return _located(query, row, found)
    if isinstance(found, promql_parser.StringLiteral | promql_parser.MatrixSelector):
        return Fault("gives no number: a query for an instant is wanted, such as sum(…)")
    return found


def _bounded(query: str, row: list[Token]) -> Fault | None:
    if not row:
        return Fault("is empty")
    if len(query) > MAX_CHARACTERS:
        return Fault(f"is too long ({len(query):,} characters; at most {MAX_CHARACTERS:,})")
    joints = [token for token in row if token.kind == "sign" and token.text not in "=,)]}:"]
    joints += [token for token in row if token.text.lower() in ("and", "or", "unless", "atan2")]
    if len(joints) > MAX_JOINTS:
        return Fault(f"has more than {MAX_JOINTS} operators and brackets")
    for before, after in pairwise(row):
        if after.kind == "number" and len(after.text) > 40:
            return Fault("holds a number that is too long", after.start)
        # the parser panics over these
        signed = after.text in "+-" or after.text.lower() in ("inf", "nan")
        if (
            before.text.lower() in ("offset", "@")
            and signed
            and re.match(r"(?i)[-+\s]*(inf|nan)", query[after.start :])
        ):
            return Fault("holds an offset that is not a duration", after.start)
    return None


def _parsed(query: str) -> Expr | str:
    """The tree, or the parser's words."""
    changes: list[tuple[int, int, str]] = []
    for token in tokens(query):
        if token.kind == "window":
            changes.append((token.start, token.end, f"{STAND_IN}s"))
        elif token.kind == "string" and token.text[0] == "`":  # the parser reads escapes in them, Prometheus does not
            changes.append((token.start, token.end, quoted(token.text[1:-1])))
    try:
        return promql_parser.parse(_rewritten(query, iter(changes)))
    except ValueError as error:
        return str(error)
    except BaseException as error:  # the parser's own panic is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return "the parser gave up"


_SYNTAX = ("invalid", "unexpected", "unclosed", "unterminated", "unknown escape", "bad number", "no expression")
_CONTINUED = ("", "x", " x[5m]", "5m", " 5m", 'a="b"', '="b"', '"b"', "a", "(x)", "()", " (a) (x)", ",x)", ":5m")


def _located(query: str, row: list[Token], words: str) -> Fault:
    """The parser names no place: it is the first token after which no text could make a query."""
    if not words.startswith(_SYNTAX):
        named = re.search(r"'(\w+)'", words)
        at = next((token.start for token in row if named and token.text == named[1]), row[0].start)
        return Fault(f"does not fit together: {words}", at)
    low, high = 0, len(row)
    while low < high:
        middle = (low + high) // 2
        if _may_go_on(query, row[: middle + 1]):
            low = middle + 1
        else:
            high = middle
    if low < len(row):
        return Fault(f"cannot be read at “{row[low].text[:40]}”", row[low].start)
    opened = _opened(row)
    if opened:
        return Fault(f"does not close its “{opened[-1].text}”", opened[-1].start)
    return Fault("ends too early", row[-1].end)


def _may_go_on(query: str, row: list[Token]) -> bool:
    text = query[: row[-1].end]
    closers = "".join(_OPEN[token.text] for token in reversed(_opened(row)))
    for more in _CONTINUED:
        for tail in ("", " (x)"):
            found = _parsed(f"{text}{more}{closers}{tail}")
            if not isinstance(found, str) or not found.startswith(_SYNTAX):
                return True
    return False


def _opened(row: list[Token]) -> list[Token]:
    found: list[Token] = []
    for token in row:
        if token.kind != "sign":
            continue
        if token.text in _OPEN:
            found.append(token)
        elif found and token.text == _OPEN[found[-1].text]:
            found.pop()
    return found
