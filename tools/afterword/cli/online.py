"""Online: asks for the addresses on the web that postmortems link to."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from afterword.cli.progress import progress
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from afterword.cli.world import World
    from afterword.library import Library
    from afterword.links.outcome import Outcome

PRIVATE = "AFTERWORD_PRIVATE_HOSTS"
"""Variable with hosts, separated by commas, that may be asked although their addresses are not public.

Not a setting of the library: whoever proposes a postmortem could propose that setting as well.
"""
SECONDS = 600.0
"""What all requests together may take."""
_ENOUGH = 3


def outcomes(world: World, library: Library, paths: Collection[str] | None) -> Mapping[str, Outcome]:
    """What became of the addresses in some files (all without ``paths``), by URL. Raises ``AfterwordError``."""
    from afterword.links import memory, online, written  # noqa: PLC0415  # --help must not wait for it
    from afterword.links.fetch import UNKNOWN_HOST, Fetcher  # noqa: PLC0415  # and only this needs a network

    records = [record for record in library.records if paths is None or record.path in paths]
    urls = written.asked(records, library.settings)
    now = time.time()
    known = {} if world.no_cache else memory.recall(world.root, urls, now)
    missing = [url for url in urls if url not in known]
    names = (name.strip().lower() for name in os.environ.get(PRIVATE, "").split(","))
    private = frozenset(name for name in names if name)
    with progress("Asking for links") as tell:
        found = online.outcomes(
            missing,
            Fetcher(private),
            online.Clock(),
            SECONDS,
            (lambda done: tell(done, len(missing))) if tell else None,
        )
    if len(found) >= _ENOUGH and all(item.detail == UNKNOWN_HOST for item in found.values()):
        raise AfterwordError("none of the hosts that postmortems link to is known", "Is there a network? Try again.")
    if not world.no_cache:
        memory.remember(world.root, found, now)
    return known | found
