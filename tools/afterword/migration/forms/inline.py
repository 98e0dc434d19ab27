"""Inline: running text, with its bold, links, pictures and code, as lines of Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from afterword.migration.forms.escaping import code, escape, escape_start, target

BOLD, ITALIC, STRUCK, CODE = 1, 2, 4, 8
_MARKS = ((BOLD, "**"), (ITALIC, "*"), (STRUCK, "~~"))
_ROUNDS = 4
"""How often the marks of a line are looked at until they hold; else it is plain."""
_BLANKS = re.compile(r"[ \t\n\f\r\u00a0]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style. ``made``: it is Markdown already. ``link``: where it leads. ``line``: the source's, from 1.

    ``ends``: a line ends here, as ``<br>`` says. ``struck``: something is struck out in its line.
    """

    text: str
    line: int
    style: int = 0
    link: str | None = None
    made: bool = False
    ends: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where emphasis opens or closes; both marks of a pair bear the same token."""

    sign: str
    pair: object
    opens: bool


_Tokens: TypeAlias = "list[str | _Mark]"
_Unit: TypeAlias = "tuple[int, _Tokens]"


def lines_of(runs: Iterable[Run], *, cell: bool = False, starts: bool = True) -> list[tuple[str, int]]:
    """The lines of Markdown of some running text, with the source's; ``("", 0)`` for one that says nothing.

    ``cell``: of a table. ``starts``: they stand at the start of lines, where a number would begin a list.
    """
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.ends:
            lines.append([])
        else:
            lines[-1].append(run)
    found = []
    bracket = False
    for line in lines:
        shown = _joined(_spaced(line))
        # what looks like “[name]:” would be hidden, and of a link or emphasis the first bracket cannot be escaped
        bracket = bracket or (bool(shown) and (shown[0].link is not None or bool(shown[0].style & ITALIC)))
        text = _written(shown, cell=cell, bracket=bracket)
        if starts and shown and not shown[0].made:
            text = escape_start(text)
        found.append((text, shown[0].line if text else 0))
    return found


def _spaced(runs: Iterable[Run]) -> Iterator[Run]:
    """The same with single blanks between words, and none at the ends, as a browser shows it."""
    pending: Run | None = None
    begun = False
    for run in runs:
        text = run.text if run.made else _BLANKS.sub(" ", run.text)
        if text.startswith(" ") and not run.made:
            pending = pending or Run(" ", run.line, run.style, run.link)
        core = text if run.made else text.strip(" ")
        if not core:
            continue
        if pending is not None and begun:
            # the blank before a link or bold words is no part of them
            shared = pending.style & run.style
            yield Run(" ", pending.line, shared, run.link if pending.link == run.link else None)
        yield Run(core, run.line, run.style, run.link, run.made)
        begun = True
        pending = Run(" ", run.line, run.style, run.link) if text.endswith(" ") and not run.made else None


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of the same kind as one, so that a sign is escaped by what stands around it.

    Code beside code is one in any style, for the ticks between would be part of it.
    """
    found: list[Run] = []
    same: list[Run] = []
    for run in runs:
        before = same[0] if same else None
        code_again = before is not None and before.style & run.style & CODE
        alike = before is not None and (code_again or before.style == run.style)
        if before is not None and alike and before.link == run.link and not before.made and not run.made:
            same.append(run)
            continue
        found.extend(_one(same))
        same = [run]
    return [*found, *_one(same)]


def _one(same: Sequence[Run]) -> Iterator[Run]:
    if same:
        first = same[0]
        yield Run("".join(run.text for run in same), first.line, first.style, first.link, first.made)


def _written(runs: Sequence[Run], *, cell: bool, bracket: bool) -> str:
    units: list[_Unit] = []
    if any(run.style & STRUCK for run in runs):
        runs = [replace(run, struck=True) for run in runs]
    for link, group in groupby(runs, lambda run: run.link):
        same = list(group)
        if link is None:
            units.extend((run.style, [_plain(run, cell=cell, bracket=bracket)]) for run in same)
        else:
            units.append(_linked(same, link, cell=cell, bracket=bracket))
    return _settled(_styled(units, _MARKS))


def _plain(run: Run, *, cell: bool, bracket: bool) -> str:
    if run.made:
        return run.text
    label = run.link is not None
    if run.style & CODE:
        return code(run.text, cell=cell, bracket=bracket)
    text = escape(run.text, cell=cell, label=label)
    return re.sub(r"(?<!\\)~", r"\~", text) if run.struck else text


def _linked(runs: Sequence[Run], link: str, *, cell: bool, bracket: bool) -> _Unit:
    """A link with what all of it is in common around it."""
    common = runs[0].style
    for run in runs:
        common &= run.style
    if len(runs) == 1 and runs[0].text == link == target(link) and re.match(r"https?://", link) and not common & CODE:
        return common, [f"<{link}>"]
    inner = _styled([(run.style & ~common, [_plain(run, cell=cell, bracket=bracket)]) for run in runs], _MARKS)
    return common, ["[", *inner, f"]({target(link)})"]


def _styled(units: Sequence[_Unit], marks: Sequence[tuple[int, str]]) -> _Tokens:
    if not marks:
        return [token for _, tokens in units for token in tokens]
    (bit, sign), *rest = marks
    found: _Tokens = []
    for on, group in groupby(units, lambda unit: bool(unit[0] & bit)):
        inner = _styled(list(group), rest)
        if on:
            pair = object()
            inner = [_Mark(sign, pair, opens=True), *inner, _Mark(sign, pair, opens=False)]
        found.extend(inner)
    return found


def _settled(tokens: Sequence[str | _Mark]) -> str:
    """The text with those marks that Markdown takes for emphasis where they stand; the others would show."""
    for _ in range(_ROUNDS):  # without one mark another may stand beside a letter
        lost = _lost(tokens)
        if not lost:
            break
        tokens = [item for item in tokens if not isinstance(item, _Mark) or item.pair not in lost]
    else:
        tokens = [item for item in tokens if not isinstance(item, _Mark)]
    parts: list[str] = []
    for item in tokens:
        if item == "[" and parts and parts[-1].endswith("!"):  # it would become a picture
            parts[-1] = f"{parts[-1][:-1]}\\!"
        text = item.sign if isinstance(item, _Mark) else item
        beside = text.startswith("~") and not isinstance(item, _Mark) and parts and parts[-1].endswith("~")
        parts.append(f"\\{text}" if beside else text)
    return "".join(parts)


def _lost(tokens: Sequence[str | _Mark]) -> set[object]:
    """The pairs of which a mark would show."""
    befores = _neighbours(tokens, -1)
    afters = _neighbours(tokens[::-1], 0)[::-1]
    lost = set()
    previous: str | _Mark = ""
    around = 0  # marks that are open
    for item, before, after in zip(tokens, befores, afters, strict=True):
        if isinstance(item, _Mark):
            around -= 0 if item.opens else 1
            opening, closing = _holds(after, before), _holds(before, after)
            touches = item.opens and isinstance(previous, _Mark) and not previous.opens
            unclear = around > 0 and _holds(after, before, might=True) and _holds(before, after, might=True)
            around += 1 if item.opens else 0
            if unclear or touches or not (opening if item.opens else closing):
                lost.add(item.pair)
            if item.pair in lost:
                continue
        previous = item
    return lost


def _neighbours(tokens: Iterable[str | _Mark], end: int) -> list[str]:
    """The nearest character beside each token that is none of its own run of marks; empty at the edge.

    ``end``: which character of a text is the near one, the first or the last.
    """
    found = []
    last = dict.fromkeys("*~", "")
    for item in tokens:
        own = item.sign[0] if isinstance(item, _Mark) else ""
        found.append(last.get(own, ""))
        near = item[end] if isinstance(item, str) and item else own
        last = {sign: char if sign == own or not near else near for sign, char in last.items()}
    return found


def _holds(inner: str, outer: str, *, might: bool = False) -> bool:
    """Whether a mark between these characters belongs to the inner one.

    ``might``: for some reader; they differ in whether signs such as ``€`` are punctuation.
    """
    if not inner or inner.isspace():
        return False
    if inner.isalnum() or not outer or outer.isspace():
        return True
    return unicodedata.category(outer)[0] in ("PS" if might or outer.isascii() else "P")
