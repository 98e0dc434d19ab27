"""Compose: front matter and body as one file, checked: what does not hold leaves the front matter and is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from afterword import checking
from afterword.findings import Finding
from afterword.migration.actions import Action
from afterword.migration.actions.links import relinked
from afterword.migration.body import body
from afterword.migration.facts import Fact, Gap, Told
from afterword.migration.front import MOMENTS, Front, front_of, masked
from afterword.migration.links import Change
from afterword.migration.options import Options
from afterword.migration.page import Field
from afterword.migration.study import Study
from afterword.migration.vocabulary import Vocabulary
from afterword.migration.words import normal
from afterword.settings import Settings

_MOST = 50
"""Facts of one line that a value is held against."""
_WORDS = {"severity": "severities", "root_cause": "categories", "services": "services"}


@dataclass(frozen=True)
class Draft:
    """One new file. ``told``: what stands in its front matter, and what could not be told.

    ``errors``: codes of errors in its body, which is not changed. ``masked``: the keys, and the ids of actions, that
    stand in its front matter without a secret that the source has.
    """

    text: str
    told: Told
    actions: tuple[Action, ...]
    lines: tuple[int, ...]
    errors: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()


def compose(
    study: Study,
    given: Told,
    path: str,
    changes: Collection[Change],
    words: Vocabulary,
    options: Options,
    settings: Settings,
) -> Draft:
    """The file of a page. It has no error unless in the words of its body."""
    told = _worded(Told((*study.told.facts, *given.facts), study.told.gaps), words, options)
    actions = relinked(study.actions, changes)
    text = _text(study, actions, changes, told)
    front = front_of(told.facts, actions, public=options.origin == "public")
    if options.origin == "internal":
        front = _over(front, study.reading.fields)
    front, left = _claimed(path, front, told, text, settings)
    front, left, errors = _mended(path, front, left, text, settings)
    if left != told:  # what is not told after all stays in the text
        actions = actions if "actions" in front.values else ()
        told, text = left, _text(study, actions, changes, left)
    lines = tuple(study.reading.line(action.first) for action in actions)
    codes = tuple(sorted({error.code for error in errors}))
    return Draft(f"---\n{front.render()}---\n\n{text}", told, actions, lines, codes, masked(told.facts, actions))


def _text(study: Study, actions: tuple[Action, ...], changes: Collection[Change], told: Told) -> str:
    return body(study.reading, study.heading, actions, changes, told_whole(study.reading.page.fields, told))


def _over(front: Front, fields: Collection[Field]) -> Front:
    """Without an end an incident would be ongoing; an old report that does not tell it is none, unless it says so."""
    said = {(field.key.casefold(), field.value.casefold()) for field in fields}
    if "resolved" in front.values or front.values.get("kind") != "incident" or said & _ONGOING:
        return front
    remarks = {**front.remarks, "unknown": "the report does not say when it was over"}
    return Front({**front.values, "unknown": ["resolved"]}, remarks)


_ONGOING = {("resolved", "false"), ("resolved", "no"), ("status", "ongoing"), ("status", "investigating"),
            ("status", "identified"), ("status", "monitoring"), ("status", "open"), ("status", "active")}  # fmt: skip


def _claimed(path: str, front: Front, told: Told, text: str, settings: Settings) -> tuple[Front, Told]:
    """With the status that the source claims if that holds, else a draft."""
    wanted = told.first("status")
    draft = front.having(status="draft")
    if wanted is None or wanted.value == "draft":
        return draft, told
    claimed = front.having(status=wanted.value)
    errors = _errors(path, claimed, text, settings)
    if not any(error.code.startswith(("AW1", "AW2", "AW3", "AW5")) for error in errors):
        return claimed, told
    return draft, _dropped(told, "status", f"the source says {wanted.value}, but: {errors[0].message}")


def told_whole(fields: Collection[Field], told: Told) -> set[int]:
    """The lines beside the text all of whose words a fact holds: one of ``major-outage`` that became SEV2 is none.

    A ``date`` that is a day alone needs no fact of its own where a moment tells that day.
    """
    days = {fact.value[:10] for fact in told.facts if fact.key in (*MOMENTS, "published")}
    said = {field.line for field in fields if field.front and field.key.casefold() == "date" and field.value in days}
    facts: dict[int, dict[str, Fact]] = {}
    for fact in told.facts:
        facts.setdefault(fact.line, {}).setdefault(f"{fact.key} {normal(fact.value)}", fact)
    beside = [field for field in fields if field.front and field.line in facts]
    cut = {field.line for field in beside if not _is_held(field.value, facts[field.line])}
    return {field.line for field in beside} - cut | said


def _is_held(written: str, facts: Mapping[str, Fact]) -> bool:
    """Whether one of the facts of a line holds a value of it; of a list of very many, only a fact of its own."""
    words = normal(written)
    own = facts.get(f"services {words}")
    near = islice(facts.items(), _MOST)
    return (own is not None and _holds(own, written, words, words)) or any(
        _holds(fact, written, words, said.partition(" ")[2]) for said, fact in near
    )


def _holds(fact: Fact, written: str, words: str, said: str) -> bool:
    """``words`` and ``said``: what is written and what the fact says, as plain words."""
    if fact.key == "status":
        return written.casefold() in ("true", fact.value)
    if fact.key in (*MOMENTS, "published"):
        return _figures(fact.value) == _figures(written)
    return words in said and ("](" not in written or written in fact.value)


def _figures(moment: str) -> str:
    """Year to second of a moment: nobody writes more of it, and zones have many names."""
    found = "".join(sign for sign in moment if sign.isdigit())
    return found[:14].ljust(14, "0") if len(found) >= 12 else found


def _worded(told: Told, words: Vocabulary, options: Options) -> Told:
    """Severities, categories and services as keys of the settings; foreign services are their own names."""
    facts: list[Fact] = []
    gaps = list(told.gaps)
    for fact in told.facts:
        if fact.key not in _WORDS or (fact.key == "services" and options.origin == "public"):
            facts.append(fact)
            continue
        name = _WORDS[fact.key]
        key = getattr(words, name).key(fact.value)
        if key:
            facts.append(replace(fact, value=key))
        else:
            gaps.append(Gap(fact.key, f"“{fact.value}” is not under {name} in afterword.yml", fact.line))
    return Told(tuple(facts), tuple(gaps))


def _mended(
    path: str, front: Front, told: Told, text: str, settings: Settings
) -> tuple[Front, Told, tuple[Finding, ...]]:
    """Without the values that would be errors, however that came about."""
    for _ in range(len(front.values)):
        errors = _errors(path, front, text, settings)
        wrong = {key: error for error in reversed(errors) if (key := _key_at(front, error.span.line))}
        wrong = {key: error for key, error in wrong.items() if key not in ("schema", "title", "kind", "status")}
        if not wrong:
            return front, told, errors
        key, error = next(iter(wrong.items()))
        if key == "started":  # the file is named for it; the milestone that contradicts it goes
            key = next((name for name in MOMENTS[1:] if name in front.values), key)
        front = front.without((key,))
        told = _dropped(told, key, error.message)
    return front, told, _errors(path, front, text, settings)


def _dropped(told: Told, key: str, why: str) -> Told:
    found = told.first(key)
    facts = tuple(fact for fact in told.facts if fact.key != key)
    return Told(facts, (*told.gaps, Gap(key, why, found.line if found else 0)))


def _errors(path: str, front: Front, text: str, settings: Settings) -> tuple[Finding, ...]:
    return checking.errors(path, f"---\n{front.render()}---\n\n{text}".encode(), settings)


def _key_at(front: Front, line: int) -> str | None:
    """The key of the front matter that a line of the file belongs to."""
    key = None
    for number, written in enumerate(front.render().splitlines(), 2):
        if number > line:
            return key
        if not written.startswith((" ", "-")):
            key = written.partition(":")[0]
    return key if line <= len(front.render().splitlines()) + 1 else None
