"""Related: which other postmortems a reader of this one should see, and why. Found through indices, never by a scan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from afterword.library import oldest_first
from afterword.model import Postmortem
from afterword.pages.site import Site

MOST = 5
"""More would not be read."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another postmortem and the reason to look at it."""

    postmortem: Postmortem
    reason: str


class Relations:
    """The indices of a site's postmortems, made once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._repeats: defaultdict[str, list[Postmortem]] = defaultdict(list)
        self._buckets: defaultdict[Hashable, list[Postmortem]] = defaultdict(list)
        self._undated: defaultdict[Hashable, list[Postmortem]] = defaultdict(list)
        self._places: dict[tuple[str, Hashable], int] = {}
        for item in site.postmortems:
            for other in self._earlier(item):
                self._repeats[other.id].append(item)
            for key, _ in self._keys(item):
                if item.started is None:
                    self._undated[key].append(item)
                    continue
                self._places[item.path, key] = len(self._buckets[key])
                self._buckets[key].append(item)

    def of(self, postmortem: Postmortem) -> tuple[Related, ...]:
        """At most five, the strongest reason first, the nearest in time first within a reason."""
        found: dict[str, Related] = {}
        for other, reason in self._candidates(postmortem):
            if other.path != postmortem.path:
                found.setdefault(other.path, Related(other, reason))
            if len(found) == MOST:
                break
        return tuple(found.values())

    def chain(self, postmortem: Postmortem) -> tuple[Postmortem, ...]:
        """All that repeat each other, with this one, the oldest first; empty when it stands alone."""
        found = {postmortem.path: postmortem}
        open_ends = [postmortem]
        while open_ends:
            item = open_ends.pop()
            for other in (*self._earlier(item), *self._repeats[item.id]):
                if other.path not in found:
                    found[other.path] = other
                    open_ends.append(other)
        if len(found) == 1:
            return ()
        return oldest_first(found.values())

    def _earlier(self, postmortem: Postmortem) -> list[Postmortem]:
        ids: Mapping[str, Postmortem] = self._site.library.by_id
        return [ids[name] for name in postmortem.recurrence_of if name in ids]

    def _candidates(self, postmortem: Postmortem) -> Iterator[tuple[Postmortem, str]]:
        for other in self._earlier(postmortem):
            yield other, "this incident repeats it"
        for other in self._repeats[postmortem.id]:
            yield other, "repeats this incident"
        for key, reason in self._keys(postmortem):
            for other in self._neighbours(postmortem, key):
                yield other, reason

    def _keys(self, postmortem: Postmortem) -> Iterator[tuple[Hashable, str]]:
        """What makes two alike, the strongest first."""
        settings = self._site.settings
        cause = postmortem.root_cause if postmortem.root_cause != "unknown" else None
        category = settings.category_title(cause).lower()
        if cause:
            for service in postmortem.services:
                title = settings.service_title(service)
                yield ("service", service, cause), f"same service and cause: {title}, {category}"
            for factor in postmortem.contributing_factors:
                yield ("factor", factor, cause), f"same cause and factor: {category}, {factor.replace('-', ' ')}"
        if postmortem.organization and not postmortem.is_internal:
            yield ("organization", postmortem.organization), f"same organisation: {postmortem.organization}"
        for factor in postmortem.contributing_factors:
            yield ("factor", factor), f"same contributing factor: {factor.replace('-', ' ')}"
        if cause:
            yield ("cause", cause), f"same cause: {category}"

    def _neighbours(self, postmortem: Postmortem, key: Hashable) -> Iterator[Postmortem]:
        """The nearest of a bucket, older and newer by turns, then some without a day, to which the newest are near."""
        bucket = self._buckets[key]
        if postmortem.started is None:
            yield from bucket[:MOST]
        else:
            yield from self._around(bucket, self._places[postmortem.path, key])
        yield from self._undated[key][: MOST + 1]

    @staticmethod
    def _around(bucket: Sequence[Postmortem], place: int) -> Iterator[Postmortem]:
        for step in range(1, MOST + 1):
            if place + step < len(bucket):
                yield bucket[place + step]
            if place - step >= 0:
                yield bucket[place - step]
