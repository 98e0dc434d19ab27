"""Options: what the person who migrates says about all pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo


@dataclass(frozen=True, slots=True)
class Options:
    """``origin``: internal or public. ``source_base``: the address below which the pages are read now.

    ``zone``: of times that name none; ``None``: then only their day is taken.
    """

    origin: str = "internal"
    organization: str | None = None
    source_base: str | None = None
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the library that is written to holds already. ``may_add``: whether its settings may be given more words.

    ``taken``: paths that are somebody else's. By their pages: ``kept``, the files that somebody has edited since the
    last migration, and ``known``, those that nobody has; ``gone``: the pages whose file somebody has moved or removed.
    ``assets``: the digest of each by its name.
    """

    may_add: bool = True
    taken: frozenset[str] = frozenset()
    kept: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    assets: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
