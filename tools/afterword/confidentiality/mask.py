"""Masking: what a detector found is never printed, whoever quotes it.

A line of the file keeps its length, so that columns and carets stay where they are: each character becomes a dot. In
a message, which has no columns, the text becomes one word in brackets. Neither keeps a character of the text, and
nothing is made from it either: a hash of a short password is as good as the password.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, unquote

from afterword.confidentiality.hit import Hit, Kind
from afterword.findings import Finding, Span
from afterword.source import Source

DOT = "•"
WORD = "[masked]"

_RUN = 6
"""So many characters of a secret in a row give it away, also where a message cut it short."""


def mask_line(text: str, number: int, spans: Iterable[Span]) -> str:
    """Line ``number`` of a file, of the same length in code points, with dots in the place of what lies in a span."""
    for span in spans:
        if span.line <= number <= span.end_line:
            start = span.column - 1 if number == span.line else 0
            end = min(span.end_column - 1 if number == span.end_line else len(text), len(text))
            text = text[:start] + DOT * max(end - start, 0) + text[max(end, start) :]
    return text


class Mask:
    """The confidential texts of one file or of several, to take out of whatever is said about them."""

    __slots__ = ("_secrets", "_texts")

    def __init__(self, found: Iterable[tuple[Kind, str]] = ()) -> None:
        texts = sorted({(kind, text) for kind, text in found if text.strip()}, key=lambda item: (-len(item[1]), item))
        self._texts = tuple(text for _, text in texts)
        self._secrets = tuple(text for kind, text in texts if kind is Kind.SECRET)

    @classmethod
    def of(cls, source: Source, hits: Iterable[Hit]) -> Mask:
        """The mask of one file, from its hits."""
        return cls((hit.kind, text) for hit in hits for text in _texts(source, hit.span))

    def __bool__(self) -> bool:
        return bool(self._texts)

    def text(self, message: str) -> str:
        """A message without any of the texts, however a rule quoted them: shortened, decoded, in another case."""
        for text in self._texts:
            for form in _forms(text):
                message = re.sub(re.escape(form), WORD, message, flags=re.IGNORECASE)
        for text in self._secrets:
            message = _without_runs(message, text)
        return message

    def finding(self, finding: Finding) -> Finding:
        """The finding with its message and its hint masked; the same object when nothing had to be."""
        if not self._texts:
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
        yield line[start:end].strip()


def _forms(text: str) -> tuple[str, ...]:
    """How a message may write a text: as it is, with its spaces folded, as an address encodes or decodes it."""
    found = {text, " ".join(text.split()), unquote(text), quote(text), text.replace("\\", "\\\\"), repr(text)[1:-1]}
    return tuple(sorted((form for form in found if form), key=lambda form: (-len(form), form)))


def _without_runs(message: str, secret: str) -> str:
    """The message without any run of ``_RUN`` or more characters of a secret: a rule may have cut it short."""
    if len(secret) < _RUN:
        return message
    runs = {secret[at : at + _RUN] for at in range(len(secret) - _RUN + 1)}
    given = [False] * len(message)
    for at in range(len(message) - _RUN + 1):
        if message[at : at + _RUN] in runs:
            given[at : at + _RUN] = [True] * _RUN
    if not any(given):
        return message
    parts: list[str] = []
    for character, hide in zip(message, given, strict=True):
        if not hide:
            parts.append(character)
        elif not parts or parts[-1] != WORD:
            parts.append(WORD)
    return "".join(parts)
