"""Splice: several changes to one text at once, each at its offsets in the text as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """``instead`` takes the place of the stretch from ``start`` to ``end``, offsets from 0, without ``end``."""

    start: int
    end: int
    instead: str = ""


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with all of the edits; of two that meet, the one that begins first, and of these the longer one.

    Edits without a stretch at the same place come in the order in which they are given.
    """
    pieces: list[str] = []
    last = 0
    ordered = enumerate(edits)
    for _, edit in sorted(
        ordered, key=lambda item: (item[1].start, item[1].end > item[1].start, -item[1].end, item[0])
    ):
        if edit.start >= last:
            pieces += [text[last : edit.start], edit.instead]
            last = edit.end
    return "".join([*pieces, text[last:]])
