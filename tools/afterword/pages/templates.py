"""Templates: Jinja2, escaping everything, compiled once. Each page is one template and one object of typed data."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from afterword.budgets import words as budget_words
from afterword.pages import words
from afterword.pages.urls import host, safe

_WORDS = {
    "kind": words.KINDS,
    "origin": words.ORIGINS,
    "status": words.STATUSES,
    "milestone": words.MILESTONES,
    "detection": words.DETECTIONS,
    "action": words.ACTION_STATUSES,
}


@cache
def environment() -> Environment:
    """The environment of all templates."""
    made = Environment(
        loader=PackageLoader("afterword.pages"),
        autoescape=True,  # also what is Markdown around HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        day=words.day,
        dated=words.dated,
        duration=words.duration,
        host=host,
        instant=words.instant,
        moment=words.moment,
        number=words.number,
        of_minutes=words.of_minutes,
        percent=words.percent,
        plural=words.plural,
        safe_url=safe,
        ticks=words.ticks,
        # of error budgets
        consumed=words.consumed,
        capitalize_first=words.capitalized,
        compliance=budget_words.compliance,
        events=words.events,
        exactly=budget_words.exactly,
        method=budget_words.method,
        month=words.month,
        share=budget_words.share,
        share_used=budget_words.share_used,
        source_kind=lambda key: words.label(words.SOURCE_KINDS, key),
        stamp=words.stamp,
        window=budget_words.window,
        word=lambda key, name: words.label(_WORDS[name], key),
    )
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


def render(name: str, /, **data: Any) -> str:
    """A template, filled in."""
    return _template(name).render(data)


def macro(name: str, *arguments: Any) -> Markup:
    """A piece of ``macros.html``, filled in."""
    return Markup(getattr(_template("macros.html").module, name)(*arguments))  # noqa: S704  # a macro escapes
