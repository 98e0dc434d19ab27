"""Particulars: people, ids, links, tags, figures and the day of publication, as fields state them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.migration.facts import Fact
from afterword.migration.fields.names import IDS, folded, is_when, meaning
from afterword.migration.fields.values import is_link, says_nothing
from afterword.migration.page import Field
from afterword.migration.reading import Reading
from afterword.migration.secrecy import has_secret
from afterword.migration.stated.judgements import by, the
from afterword.migration.times.dates import day_at
from afterword.migration.words import plain
from afterword.timing import parse_duration

_POSTS = frozenset(("Jekyll", "Hugo", "Docsy", "Docusaurus", "Zola"))
"""Forms whose ``date`` is the day on which a post came out."""
_OF_INCIDENTS = frozenset(
    ("severity", "affected", "affectedsystems", "resolved", "resolvedwhen", "start_time", "started")
)
"""Keys beside which a ``date`` is that of the incident, as in cState."""
_ID = re.compile(r"#?[\w./-]{0,30}\d[\w./-]{0,30}|[A-Za-z]{1,12}\s#?\d{1,10}")
_FILE_ID = re.compile(r"([A-Z]{2,10}-?\d{2,4}[-_]\d{2,6}|[A-Z]{2,10}-\d{1,8})(?=[\s_-]|\.|\Z)")
_TARGET = re.compile(r"\]\(<?([^()\s<>]+)>?")
_BARE = re.compile(r"https?://[^<>\s\[\]]+")
_NO_TITLE = frozenset(
    ("see", "here", "cf", "via", "source", "image", "img", "permalink", "canonical", "canonical url", "e.g", "timeline")
)
_OF_SENTENCES = frozenset(
    ("is", "are", "was", "were", "it", "we", "this", "that", "seems", "has", "have", "they", "you")
)
_MOST_LINKS = 20
_COUNT = re.compile(
    r"(\d{1,3}(?:[,.\s]\d{3})+|\d{1,12})(?:\s(?:users?|people|requests?|usuários?|requisições|người dùng))?"
)
_PEOPLE = ("author", "lead", "incident_commander")


def particulars(reading: Reading) -> Iterator[Fact]:
    """All of them."""
    fields = [field for field in reading.fields if not says_nothing(field.value)]
    yield from _people(fields)
    yield from _published(reading, fields)
    yield from _ids(reading, fields)
    yield from _links(fields)
    yield from _figures(fields)
    yield from _tags(fields)
    for field in the(fields, "organization"):
        if len(field.value) <= 80 and not is_link(field.value):
            yield Fact("organization", plain(field.value), field.line, by(field))


def _people(fields: list[Field]) -> Iterator[Fact]:
    """Names as written; several authors are one text, apart by commas."""
    for key in _PEOPLE:
        found = [field for field in the(fields, key) if _is_names(field.value)]
        found = [field for field in found if folded(field.key) == folded(found[0].key)]
        names = list(dict.fromkeys(plain(field.value).strip(" .,'\"") for field in found))
        if names:
            yield Fact(key, ", ".join(names[:10]), found[0].line, by(found[0]))
    for field in the(fields, "reviewers"):
        for name in re.split(r"[,;]\s|\sand\s|\s&\s", plain(field.value)) if _is_names(field.value) else ():
            if name.strip(" ."):
                yield Fact("reviewers", name.strip(" ."), field.line, by(field))


def _is_names(value: str) -> bool:
    told = plain(value)
    return 2 <= len(told) <= 120 and len(told.split()) <= 16 and ": " not in told and not is_link(told)


def _published(reading: Reading, fields: list[Field]) -> Iterator[Fact]:
    keys = {folded(field.key) for field in fields if field.front}
    is_post = reading.page.form in _POSTS and not keys & _OF_INCIDENTS
    for field in fields:
        key = folded(field.key)
        if meaning(field.key) == "published" or (
            field.front and (key in ("publishdate", "publish_date", "pubdate") or (is_post and key == "date"))
        ):
            day = day_at(plain(field.value), 0, reading.calendar)
            if day and day.day and day.last in (None, day.day):
                yield Fact("published", day.day.isoformat(), field.line, by(field))
                return


def _ids(reading: Reading, fields: list[Field]) -> Iterator[Fact]:
    for field in fields:
        key = IDS.get(folded(field.key))
        told = plain(field.value).strip(" .")
        if key and _ID.fullmatch(told) and not told.startswith("http"):
            yield Fact(f"external:{key}", told, field.line, by(field))
    found = _FILE_ID.match(reading.page.path.rpartition("/")[2])
    if found:
        yield Fact("external:report", found[1], 0, "the file’s name")


def _links(fields: list[Field]) -> Iterator[Fact]:
    told = set()
    for field in fields:
        url = _address(field.value) if is_link(field.value) else ""
        is_person = meaning(field.key) in (*_PEOPLE, "reviewers", "owner")
        if url.startswith(("http://", "https://")) and url not in told and _is_title(field.key) and not is_person:
            told.add(url)
            yield Fact("links", f"{plain(field.key)} | {url}", field.line, by(field))
            if len(told) == _MOST_LINKS:
                return


def _address(value: str) -> str:
    """What a link leads to, also when its words are an address themselves; else the first bare address."""
    if found := _TARGET.search(value):
        return found[1]
    bare = _BARE.search(value)
    return bare[0].rstrip(".,;") if bare else ""


def _is_title(key: str) -> bool:
    """Whether a field's name tells what a link leads to: no time, no key of a site, and no part of a sentence."""
    words = folded(key).split()
    return folded(key) not in _NO_TITLE and not is_when(key) and not _OF_SENTENCES.intersection(words)


def _figures(fields: list[Field]) -> Iterator[Fact]:
    """Only exact ones: “500 users”, no “about 500” and no “all”."""
    for key in ("users", "requests_failed"):
        for field in the(fields, key):
            found = _COUNT.fullmatch(plain(field.value).strip(" .").casefold())
            if found:
                yield Fact(f"impact.{key}", re.sub(r"\D", "", found[1]), field.line, by(field))
                break
    for field in the(fields, "downtime"):
        told = plain(field.value).strip(" .")
        duration = parse_duration(told)
        if duration and duration[1] == len(told):
            yield Fact("impact.downtime_minutes", f"{duration[0].total_seconds() / 60:g}", field.line, by(field))
            break


def _tags(fields: list[Field]) -> Iterator[Fact]:
    for field in the(fields, "tags"):
        if field.front and folded(field.key) in ("tags", "tag"):
            for tag in re.split(r",\s?", plain(field.value)):
                words = re.findall(r"[^\W_]+", tag.casefold())
                if words and len(tag) <= 40 and not has_secret(tag):  # of which nothing could tell afterwards
                    yield Fact("tags", "-".join(words), field.line, by(field))
