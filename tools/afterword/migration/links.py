"""Links: where those of a page lead once it has moved, and which files go with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one link of a page. ``at``: its line in the page's text, from 0.

    ``start`` and ``end``: the stretch of the text (offsets) that ``instead`` takes the place of. ``dead``: its target is
    not there, so that the link became text; then ``target`` says what it was.
    """

    at: int
    start: int
    end: int
    instead: str
    target: str
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The changes of a page, in order and apart from each other, and the assets that it needs: path in the source to
    path in the library.
    """

    changes: tuple[Change, ...] = ()
    assets: tuple[tuple[str, str], ...] = ()


def rewrite(
    text: str, path: str, new: str, moved: Mapping[str, str], others: Collection[str], base: str | None = None
) -> Rewriting:
    """The links of a page at ``path`` in the source that becomes ``new`` in the library.

    ``moved``: where the other reports went, by their paths in the source. ``others``: paths of the other files there.
    ``base``: the address below which the source is read on the web.
    """
    return Rewriting()
