"""Lexicon: the settings of a migrated library: those of the starter with the words of its pages."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.migration.options import Options
from afterword.migration.vocabulary import Vocabulary, rank
from afterword.yamlscalar import write_scalar

REASON = "it stands in the report as it was migrated"


def settings_text(
    starter: str, words: Vocabulary, options: Options, ignored: Iterable[tuple[str, str]] = (), *, keep: bool = False
) -> str:
    """The starter's ``afterword.yml`` with what the pages say.

    The starter's severities stay where the pages use one of them or none; its teams and services, which are examples,
    go. ``ignored``: codes and paths of errors in text that a migration does not change. With ``keep`` the ``starter``
    is what a migration of other pages wrote, all of which stays.
    """
    text = starter
    if words.severities.added:
        # the starter's keys stay only where a page uses one, so that no two scales stand beside each other
        used = set(words.severities.keys.values()) & set(words.severities.known)
        added = sorted(words.severities.added.items(), key=lambda item: rank(item[0]))
        text = _block(text, "severities", added, keep=keep or bool(used))
    if words.categories.added:
        text = _block(text, "categories", sorted(words.categories.added.items()), keep=True)
    if not keep:
        text = _block(text, "teams", (), keep=False)
    text = _block(text, "services", sorted(words.services.added.items()), keep=keep)
    if options.zone is not None and (name := getattr(options.zone, "key", None)):
        text = _line(text, "time_zone", str(name))
    ignores = [_entry(code, path) for code, path in sorted(set(ignored))]
    if ignores:
        text = _ignoring(text, ignores)
    return text


def _entry(code: str, path: str) -> str:
    reason, where = write_scalar(REASON, flow=True), write_scalar(path, flow=True)
    return f"    - {{code: {code}, reason: {reason}, paths: [{where}]}}"


def _block(text: str, key: str, entries: Iterable[tuple[str, str]], *, keep: bool) -> str:
    """A mapping of the settings with entries added, those that it has kept or not."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if line in (f"{key}:", f"{key}: {{}}"))
    end = next((at for at in range(start + 1, len(lines)) if not lines[at].startswith("  ")), len(lines))
    made = [f"  {write_scalar(name)}: {{title: {write_scalar(title, flow=True)}}}" for name, title in entries]
    inside = [*(lines[start + 1 : end] if keep else []), *made]
    return "\n".join([*lines[:start], f"{key}:" if inside else f"{key}: {{}}", *inside, *lines[end:]])


def _ignoring(text: str, entries: list[str]) -> str:
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("  ignore:"))
    new = [entry for entry in entries if entry not in lines]
    return "\n".join([*lines[:at], "  ignore:", *new, *lines[at + 1 :]])


def _line(text: str, key: str, value: str) -> str:
    """The settings with another value for a key of one line; a remark behind it stays."""
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{key}:"))
    _, mark, remark = lines[at].partition("#")
    lines[at] = f"{key}: {write_scalar(value)}" + (f"   #{remark}" if mark else "")
    return "\n".join(lines)
