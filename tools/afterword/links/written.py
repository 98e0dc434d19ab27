"""Written: the addresses on the web that postmortems link to, and which of them anybody may be asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from afterword.confidentiality.names import SUFFIXES
from afterword.findings import Span
from afterword.links.addresses import parse
from afterword.model import Postmortem
from afterword.record import Record
from afterword.settings import Settings


def written(postmortem: Postmortem) -> Iterator[tuple[str, Span]]:
    """The addresses of a postmortem, each once, where it stands first: front matter, then body."""
    front = [("source", postmortem.source)]
    front += [(f"links/{at}/url", link.url) for at, link in enumerate(postmortem.links)]
    front += [(f"actions/{action.index}/tracker", action.tracker) for action in postmortem.actions]
    if postmortem.drill:
        front.append(("drill/runbook", postmortem.drill.runbook))
    found = [(url, postmortem.mark(path)) for path, url in front if url]
    found += sorted(((link.target, link.span) for link in postmortem.body.links), key=lambda item: item[1])
    first: dict[str, Span] = {}
    for url, span in found:
        if url.lower().startswith(("http://", "https://")):
            first.setdefault(url, span)
    yield from first.items()


def asked(records: Iterable[Record], settings: Settings) -> list[str]:
    """The addresses that may be asked for, sorted: none that holds something confidential, none of an inside host."""
    found: set[str] = set()
    for record in records:
        masks = () if record.is_silent else record.masks
        for url, span in written(record.postmortem) if record.postmortem else ():
            address = parse(url)
            if address and not _is_inside(address.host, settings) and not any(_meet(span, mask) for mask in masks):
                found.add(url)
    return sorted(found)


def _is_inside(host: str, settings: Settings) -> bool:
    if "." not in host and ":" not in host:
        return True
    return host.lower().endswith((*SUFFIXES, *(end.lstrip("*").lower() for end in settings.confidential.hosts)))


def _meet(first: Span, second: Span) -> bool:
    return (first.line, first.column) < (second.end_line, second.end_column) and (second.line, second.column) < (
        first.end_line, first.end_column,
    )  # fmt: skip
