"""Filters: the options that say which postmortems are meant, the same in every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from afterword.cli.moments import Day
from afterword.cli.world import World

if TYPE_CHECKING:
    from afterword.library import Query

_Function = TypeVar("_Function", bound="Callable[..., Any]")
_OPTIONS = (
    click.option("--severity", metavar="KEY", help="Only this severity."),
    click.option("--service", metavar="KEY", help="Only where this service failed."),
    click.option("--team", metavar="KEY", help="Only where a service of this team failed."),
    click.option("--category", metavar="KEY", help="Only this root cause."),
    click.option("--kind", type=click.Choice(("incident", "near-miss", "drill")), help="Only this kind."),
    click.option("--origin", type=click.Choice(("internal", "public")), help="Only ours, or only those of others."),
    click.option("--status", type=click.Choice(("draft", "in-review", "published")), help="Only this status."),
    click.option("--since", type=Day(), metavar="DATE", help="Only what started on this day or later."),
    click.option("--until", type=Day(), metavar="DATE", help="Only what started on this day or earlier."),
)
NAMES = ("severity", "service", "team", "category", "kind", "origin", "status", "since", "until")


def filtered(function: _Function) -> _Function:
    """Gives a command the options of ``Query``."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def query(world: World, given: dict[str, Any]) -> Query:
    """The query of these options; takes them out of ``given``. Raises ``UsageError`` for a word nobody knows."""
    from afterword.library import Query  # noqa: PLC0415  # --help must not wait for it
    from afterword.model import Kind, Origin, Status  # noqa: PLC0415
    from afterword.timing import parse_moment  # noqa: PLC0415

    words: dict[str, Any] = {name: given.pop(name) for name in NAMES}
    settings = world.settings
    for name, known in (
        ("severity", settings.severities),
        ("team", settings.teams),
        ("category", {**settings.categories, "unknown": None}),
    ):
        if words[name] is not None and words[name] not in known:
            raise unknown_word(f"--{name}", words[name], list(known))
    for name, kind in (("kind", Kind), ("origin", Origin), ("status", Status)):
        words[name] = None if words[name] is None else kind(words[name])
    for name in ("since", "until"):
        words[name] = None if words[name] is None else parse_moment(words[name])
    return Query(**words)


def unknown_word(flag: str, value: str, known: list[str]) -> click.UsageError:
    """What to say to a word that is not in ``afterword.yml``."""
    from difflib import get_close_matches  # noqa: PLC0415  # only for a mistyped word

    near = [word for word in known if word.casefold() == value.casefold()] or get_close_matches(value, known, 1, 0.5)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(known) or 'none'}."
    return click.UsageError(f"{flag} “{value}” is not in afterword.yml. {hint}")
