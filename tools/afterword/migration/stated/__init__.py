"""Stated: title, summary, severity, category, services, people and status, from the source's words alone."""

from __future__ import annotations

from afterword.migration.facts import Fact, Gap, Told
from afterword.migration.reading import Reading
from afterword.migration.stated import judgements
from afterword.migration.stated.particulars import particulars
from afterword.migration.stated.summaries import summary_of
from afterword.migration.stated.titles import title_of


def told(reading: Reading) -> Told:
    """What the page tells, and what it does not.

    Severities, categories and services as written; ``external:KEY`` for ids in other tools, ``impact.KEY`` for figures,
    ``links`` as ``title | URL``; ``author`` is one text also for several.
    """
    title = title_of(reading)
    services = judgements.services(reading)
    found: list[Fact | Gap | None] = [
        Fact("title", title.text, title.line, title.how),
        summary_of(reading),
        judgements.kind(reading, title.text),
        judgements.status(reading),
        judgements.severity(reading),
        judgements.category(reading),
        *((services,) if isinstance(services, Gap) else services),
        *particulars(reading),
    ]
    facts = tuple(item for item in found if isinstance(item, Fact))
    return Told(facts, tuple(item for item in found if isinstance(item, Gap)))


def heading_of_title(reading: Reading) -> int | None:
    """The line in the text, from 0, of the heading that says the title word for word; ``None`` where none does."""
    return title_of(reading).heading
