"""Score: what a postmortem that is not published yet still lacks, for its page."""

from __future__ import annotations

from afterword import source
from afterword.model import Postmortem, Status
from afterword.pages.site import Site
from afterword.scorecard import Score, Scorecard, scorecard, written


def card_of(site: Site, postmortem: Postmortem) -> Scorecard | None:
    """The scorecard of a draft or one in review; ``None`` for what is published, and for what cannot be read."""
    if postmortem.status is Status.PUBLISHED:
        return None
    try:
        text = source.decode(postmortem.path, source.read(site.library.root, postmortem.path))[0]
    except OSError:
        return None
    if text is None:
        return None
    return scorecard(postmortem, text, site.findings.get(postmortem.path, ()), site.settings, site.as_of)


def in_words(card: Scorecard) -> str:
    """``content 4, actions 5``: the areas that have a score."""
    return ", ".join(f"{score.area.value} {written(score.value)}" for score in scored(card))


def scored(card: Scorecard) -> tuple[Score, ...]:
    """The areas in which something was asked."""
    return tuple(score for score in card.scores if score.asked)
