"""Plan: a library made of the reports of a source, without writing anything."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from afterword.migration import forms
from afterword.migration.body.anchors import anchors
from afterword.migration.collection import Collection as Source
from afterword.migration.collection import Member
from afterword.migration.compose import Draft, compose
from afterword.migration.facts import Fact, Told
from afterword.migration.fields import fields
from afterword.migration.links import Change, rewrite
from afterword.migration.links.assets import Assets
from afterword.migration.links.routes import Places
from afterword.migration.names import names
from afterword.migration.options import Options, Standing
from afterword.migration.outline import outline
from afterword.migration.page import Page
from afterword.migration.secrecy import nameable
from afterword.migration.spread import Spread, one_by_one
from afterword.migration.study import Study, study
from afterword.migration.times.calendar import Order, calendar_of, order_of
from afterword.migration.vocabulary import Vocabulary, vocabulary
from afterword.settings import Category, Service, Settings, Severity

EMPTY = Standing()


@dataclass(frozen=True)
class Migrated:
    """One report: what it was, the file that it becomes, and what was told.

    ``lines``: the source's line of each line of the page.
    """

    source: str
    form: str
    path: str
    title: str
    draft: Draft
    lines: tuple[int, ...]
    changes: tuple[Change, ...] = ()

    @property
    def dead(self) -> tuple[Change, ...]:
        """Links that led nowhere and became text."""
        return tuple(change for change in self.changes if change.dead)

    @property
    def dead_lines(self) -> tuple[tuple[Change, int], ...]:
        """The same, with their lines in the source."""
        return tuple((change, self.lines[min(change.at, len(self.lines) - 1)]) for change in self.dead)


@dataclass(frozen=True)
class Plan:
    """What a migration would write. ``assets``: path in the source to path in the library, each once."""

    files: tuple[Migrated, ...]
    left: tuple[Member, ...]
    assets: Mapping[str, str]
    words: Vocabulary
    options: Options

    @cached_property
    def twins(self) -> tuple[tuple[str, tuple[Migrated, ...]], ...]:
        """Titles that several reports bear, and those reports."""
        groups: dict[str, list[Migrated]] = {}
        for item in self.files:
            groups.setdefault(_same(item.title), []).append(item)
        return tuple((group[0].title, tuple(group)) for _, group in sorted(groups.items()) if len(group) > 1)

    @property
    def ignored(self) -> tuple[tuple[str, str], ...]:
        """Errors in text that is not changed: code and path of each."""
        return tuple(sorted({(code, item.path) for item in self.files for code in item.draft.errors}))


def _same(title: str) -> str:
    return " ".join(title.casefold().split())


def plan(
    source: Source,
    settings: Settings,
    options: Options,
    standing: Standing = EMPTY,
    *,
    history: Mapping[str, str] | None = None,
    spread: Spread = one_by_one,
) -> Plan:
    """The library that a source becomes.

    ``settings``: those of the library. ``history``: the day git first saw each file. ``spread`` may do the work in
    several processes.
    """
    pages = spread(_read, source.reports)
    order = order_of(page.text for page in pages)
    known = history or {}
    studies = spread(_study, [(page, order, options, known.get(page.path)) for page in pages])
    words = vocabulary((item.told for item in studies), settings, may_add=standing.may_add)
    paths = _paths(studies, standing)
    grown = _grown(settings, words)
    moved = {item.reading.page.path: path for item, path in zip(studies, paths, strict=True)}
    moved = {old: new for old, new in moved.items() if old not in standing.gone}
    places = Places(
        moved,
        Assets(source.others, standing.assets),
        frozenset(member.path for member in source.left),
        options.source_base,
        {item.reading.page.path: anchors(item.reading, item.heading) for item in studies},
    )
    assets: dict[str, str] = {}
    tasks = []
    for item, path in zip(studies, paths, strict=True):
        page = item.reading.page
        links = rewrite(page.text, page.path, path, places)
        assets.update(links.assets)
        tasks.append((item, path, links.changes, words, options, grown))
    drafts = spread(_compose, tasks)
    files = tuple(
        Migrated(
            item.reading.page.path, item.reading.page.form, path, item.title, draft, item.reading.page.lines, changes
        )
        for (item, path, changes, *_), draft in zip(tasks, drafts, strict=True)
    )
    return Plan(files, source.left, dict(sorted(assets.items())), words, options)


def _paths(studies: Collection[Study], standing: Standing) -> tuple[str, ...]:
    """The file of each page. One that somebody has edited keeps its own, and so does one whose day and title stay."""
    kept = {**standing.kept}
    for item in studies:
        known = standing.known.get(item.reading.page.path)
        if known:
            (plain,) = names([(nameable(item.title), item.started)])
            if re.fullmatch(rf"{re.escape(plain.removesuffix('.md'))}(?:-[0-9]+)?\.md", known):
                kept[item.reading.page.path] = known
    fresh = [item for item in studies if item.reading.page.path not in kept]
    made = iter(names(((nameable(item.title), item.started) for item in fresh), {*standing.taken, *kept.values()}))
    return tuple(kept.get(item.reading.page.path) or next(made) for item in studies)


def _read(member: Member) -> Page:
    return forms.read(member.path, member.data)


def _study(asked: tuple[Page, Order | None, Options, str | None]) -> Study:
    page, order, options, written = asked
    shape = outline(page.text)
    known = fields(page, shape)
    return study(page, shape, known, calendar_of(page, shape, known, order, options.zone), written)


def _compose(task: tuple[Study, str, tuple[Change, ...], Vocabulary, Options, Settings]) -> Draft:
    item, path, changes, words, options, settings = task
    given = Told(tuple(_given(item, options)))
    return compose(item, given, path, changes, words, options, settings)


def _given(item: Study, options: Options) -> Iterator[Fact]:
    """What the person who migrates has said of every page."""
    if item.told.first("kind") is None:
        yield Fact("kind", "incident", 0, "what a report is unless it says otherwise")
    yield Fact("origin", options.origin, 0, "--origin")
    if options.organization and options.origin == "public":
        yield Fact("organization", options.organization, 0, "--organization")
    if options.source_base:
        address = f"{options.source_base.rstrip('/')}/{quote(item.reading.page.path)}"
        if options.origin == "public":
            yield Fact("source", address, 0, "--source-base")
        else:
            yield Fact("links", f"The report before its migration | {address}", 0, "--source-base")


def _grown(settings: Settings, words: Vocabulary) -> Settings:
    """The settings with the words of the pages, for checking what was made."""
    return dataclasses.replace(
        settings,
        severities={
            **settings.severities,
            **{key: Severity(key, text) for key, text in words.severities.added.items()},
        },
        categories={
            **settings.categories,
            **{key: Category(key, text) for key, text in words.categories.added.items()},
        },
        services={**settings.services, **{key: Service(key, text) for key, text in words.services.added.items()}},
    )
