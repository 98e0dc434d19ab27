"""Masking: what a detector found is never printed, whoever quotes it.

A line of the file keeps its length, so that columns and carets stay where they are: each character becomes a dot. In
a message, which has no columns, the text becomes one word in brackets. Neither keeps a character of the text, and
nothing is made from it either: a hash of a short password is as good as the password.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from afterword.confidentiality.hit import Hit, Kind
from afterword.findings import Finding, Span
from afterword.slugs import slug_of
from afterword.source import Source

DOT = "•"
WORD = "[masked]"

_RUN = 6
"""So many characters of a secret in a row give it away, also where a message cut it short."""

_SHORTEST = 4
"""A text of fewer characters stands in every second word: to take it out would tell more than to leave it."""

_MANY = 400
"""With more texts in one file than this, messages lose whatever they quote, which takes no longer for more."""

_CUT = "…"
"""What a message ends a text with that it cut short."""

_LONGEST = 250
"""No message quotes more of a text than this."""

_QUOTED = "“[^”]*”?|`[^`]*`?|[^\\s]{40,}"


def mask_line(text: str, number: int, spans: Iterable[Span]) -> str:
    """Line ``number`` of a file, of the same length in code points, with dots in the place of what lies in a span."""
    parts: list[str] = []
    shown = 0
    for span in sorted(span for span in spans if span.line <= number <= span.end_line):
        start = span.column - 1 if number == span.line else 0
        end = min(span.end_column - 1 if number == span.end_line else len(text), len(text))
        if end > shown:
            parts += [text[shown : max(start, shown)], DOT * (end - max(start, shown))]
            shown = end
    return "".join(parts) + text[shown:]


def mask_lines(lines: Sequence[str], spans: Iterable[Span]) -> list[str]:
    """All lines of a file, each as ``mask_line`` gives it; each span is looked at for its own lines only."""
    by_line: dict[int, list[Span]] = {}
    for span in spans:
        for number in range(span.line, span.end_line + 1):
            by_line.setdefault(number, []).append(span)
    return [mask_line(line, number, by_line.get(number, ())) for number, line in enumerate(lines, 1)]


class Mask:
    """The confidential texts of one file or of several, to take out of whatever is said about them."""

    __slots__ = ("_begins", "_forms", "_runs")

    def __init__(self, found: Iterable[tuple[Kind, str]] = ()) -> None:
        texts = {(kind, text) for kind, text in found if len(text) >= (1 if kind is Kind.CUSTOMER else _SHORTEST)}
        forms = sorted({form for _, text in texts for form in _forms(text)}, key=lambda form: (-len(form), form))
        # the longest first: where one text is the beginning of another, the other is meant
        told = "|".join(map(re.escape, forms)) if len(forms) <= _MANY else _QUOTED
        self._forms = re.compile(told, re.IGNORECASE) if told else None
        self._begins = tuple(form.lower() for form in forms) if len(forms) <= _MANY else ()
        secrets = [text.lower() for kind, text in texts if kind is Kind.SECRET]
        self._runs = frozenset(text[at : at + _RUN] for text in secrets for at in range(len(text) - _RUN + 1))

    @classmethod
    def of(cls, source: Source, hits: Iterable[Hit]) -> Mask:
        """The mask of one file, from its hits."""
        return cls((hit.kind, text) for hit in hits for text in _texts(source, hit.span))

    def __bool__(self) -> bool:
        return self._forms is not None

    def text(self, message: str) -> str:
        """A message without any of the texts, however a rule quoted them: shortened, decoded, in another case."""
        if self._forms is None:
            return message
        told = _without_runs(self._forms.sub(WORD, message), self._runs)
        return _without_begins(told, self._begins) if _CUT in told else told

    def values(self, data: Any) -> Any:
        """What the front matter says, of strings, lists and mappings, with the texts taken out; keys stay."""
        if self._forms is None:
            return data
        if isinstance(data, str):
            return self._forms.sub(WORD, data)
        if isinstance(data, dict):
            return {key: self.values(value) for key, value in data.items()}
        return [self.values(item) for item in data] if isinstance(data, list) else data

    def finding(self, finding: Finding) -> Finding:
        """The finding with its message and its hint masked; the same object when nothing had to be."""
        if self._forms is None:
            return finding
        message = self.text(finding.message)
        hint = self.text(finding.hint) if finding.hint else finding.hint
        if (message, hint) == (finding.message, finding.hint):
            return finding
        return replace(finding, message=message, hint=hint)


def _texts(source: Source, span: Span) -> Iterable[str]:
    """The text of a span, line by line: a message shows a key of many lines in one."""
    for number in range(span.line, span.end_line + 1):
        line = source.line(number)
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else len(line)
        yield line[start:end].strip(" \t>|*")


def _forms(text: str) -> tuple[str, ...]:
    """How a message may write a text: its spaces folded, as an address encodes or decodes it, as a heading's id."""
    found = {
        text,
        " ".join(text.split()),
        unquote(text),
        quote(text),
        quote(text, safe=""),
        text.replace("\\", "\\\\"),
        repr(text)[1:-1],
        *(slug for slug in (slug_of(text),) if len(slug) >= _SHORTEST),
    }
    return tuple(sorted((form for form in found if form), key=lambda form: (-len(form), form)))


def _without_runs(message: str, runs: Collection[str]) -> str:
    """The message without any run of ``_RUN`` or more characters of a secret: a rule may have cut it short."""
    low = message.lower()
    if not runs or len(low) != len(message):  # a letter that is longer in small is none of a secret's
        low = message
    given = [False] * len(message)
    for at in range(len(message) - _RUN + 1):
        if low[at : at + _RUN] in runs:
            given[at : at + _RUN] = [True] * _RUN
    parts: list[str] = []
    for character, hide in zip(message, given, strict=True):
        if not hide:
            parts.append(character)
        elif not parts or parts[-1] != WORD:
            parts.append(WORD)
    return "".join(parts)


def _without_begins(message: str, begins: Iterable[str]) -> str:
    """The message without the beginning of a text that was cut short."""
    pieces = message.split(_CUT)
    return _CUT.join([*(_without_end(piece, begins) for piece in pieces[:-1]), pieces[-1]])


def _without_end(piece: str, begins: Iterable[str]) -> str:
    """What stands before a cut, without so much of its end as is the beginning of a text."""
    near = piece[-_LONGEST:].lower()
    for form in begins:
        at = near.find(form[:_SHORTEST])
        while at >= 0:
            if form.startswith(near[at:]):
                return piece[: len(piece) - len(near) + at] + WORD
            at = near.find(form[:_SHORTEST], at + 1)
    return piece
