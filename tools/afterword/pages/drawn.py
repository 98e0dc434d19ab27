"""Drawn: the milestones of one incident on a line."""

from __future__ import annotations

from markupsafe import Markup

from afterword.model import MILESTONES, Postmortem
from afterword.pages.site import Site
from afterword.pages.templates import render
from afterword.timing import between


def drawn(site: Site, postmortem: Postmortem) -> Markup:
    """The milestones in words."""
    steps = [
        (name, moment, between(postmortem.started, moment) if name != "started" else None)
        for name in MILESTONES
        if (moment := postmortem.milestone(name))
    ]
    unknown = [name for name in MILESTONES if name in postmortem.unknown]
    return Markup(render("drawn.html", site=site, it=postmortem, steps=steps, unknown=unknown))  # noqa: S704  # escaped
