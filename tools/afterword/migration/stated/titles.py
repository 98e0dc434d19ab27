"""Titles: what a page is called, and which of its headings says so word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from afterword.migration.fields.names import meaning
from afterword.migration.fields.values import says_nothing
from afterword.migration.outline import Outline, Section
from afterword.migration.reading import Reading
from afterword.migration.secrecy import nameable
from afterword.migration.words import normal, plain

LONGEST = 200
"""Characters of a title."""

_KINDS = (
    r"(?:public\s)?(?:incident\s)?(?:post[- ]?mortem|retro(?:spective)?|review|report|rca|root cause analysis|pir|coe)"
    r"(?:\s(?:report|review|analysis|document))?|incident|outage report|relatório de incidente|báo cáo sự cố"
)
_ONLY_KIND = re.compile(
    rf"(?:the\s|an?\s)?(?:{_KINDS}|issue|incident|outage)(?:\s?(?:name|title|template|id|number|#|\d{{1,4}}))?|title|untitled|"
    r"metadata|home|overview|index|table of contents|contents|toc|template|post[- ]?mortems?|título|sem título|tiêu đề",
    re.IGNORECASE,
)
_DAY = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{8})"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_WRITTEN = rf"(?:{_DAY}|{_MONTH}\s{_ORDINAL},?\s\d{{4}}|{_ORDINAL}\s(?:of\s)?{_MONTH},?\s\d{{4}})"
_FRONT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\[?(?:{_KINDS})\]?(?:\s(?:(?:on|of|from|for)\s)?{_WRITTEN})?\s?(?::|\s[–—-])\s+|\[(?:{_KINDS})\]\s+",
        r"\[[a-z]{2,12}[-\s]?\d{1,8}(?:-\d{1,6})?\]\s?[:–—-]?\s+|#?[a-z]{2,12}[-\s]?\d{1,8}(?:-\d{1,6})?\s?(?::|\s[–—-])\s+",
        rf"(?:{_KINDS})\s(?:(?:on|of|from|for)\s)?{_WRITTEN}\s+|(?:(?:incident\s)?date:\s)?\[?{_WRITTEN}\]?\s?[,:/–—-]*\s+",
    )
)
"""What stands before many titles and is none: the kind of the document, an id, a day."""
_BEGINS = re.compile(
    r"(?!(?:of|in|on|at|for|to|and|during|after|with)\b)[^\W\d_]|[\"“'\u2018`]\w|\d{1,3}(?!\s?(?:[ap]m|h|utc)\b)\s?[a-z%]",
    re.IGNORECASE,
)
"""How a title begins that lacks nothing in front: no time of day, and no word that belongs to one before."""
_ENDINGS = re.compile(r"(?:\.(?:md|markdown|mdx|mdown|mkd|qmd|html?|xml|txt|erb|adoc|rst|storage))+\Z", re.IGNORECASE)
_FOLDER_STANDS_FOR = frozenset(("readme", "index", "_index", "report", "postmortem", "post-mortem", "incident"))
_COUNT = re.compile(r"^0\d{1,3}[-_.\s]+(?=[^\W\d])")
"""The number of a file in its folder: “0004-disk-full.md”."""
_UUID = re.compile(r"[0-9a-f]{8}(?:[-_ ][0-9a-f]{4,12}){2,4}|[0-9a-f]{16,64}|\d{5,}", re.IGNORECASE)
_SHORT = 90
"""Characters of a first line that may be a title."""
_SAYS_TITLE = re.compile(r"(?:title|título|tiêu đề)\s?:?", re.IGNORECASE)
"""A heading that stands over the one that is the title."""
_SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as plain text. ``line`` counts from 1 in the source, 0 for the file's name. ``how``: what it is.

    ``heading``: the line in the page's text, from 0, of the heading that says it word for word and nothing else.
    """

    text: str
    line: int
    how: str
    heading: int | None = None


def title_of(reading: Reading) -> Title:
    """The title of a page: stated outside of the text, else its first heading, else a field, else the file's name."""
    page, outline = reading.page, reading.outline
    if page.title and not is_no_title(page.title):
        return _made(page.title, page.title_line, "the title beside the text", outline)
    found = _heading(outline)
    if found:
        return _made(found.heading, reading.line(found.first), "the first heading", outline)
    for field in reading.fields:
        if meaning(field.key) == "title" and not is_no_title(field.value):
            return _made(field.value, field.line, f"the field “{field.key}”", outline)
    return _of_file(reading)


def longer_heading(reading: Reading) -> int | None:
    """The line in the text, from 0, of the first heading where that is no title of its own.

    It says the title and more, as “Postmortem: Disk full”, or what kind of document it is, as “Incident report”.
    """
    title, sections = title_of(reading), reading.outline.sections[1:]
    if title.heading is not None or not sections or sections[0].part or not normal(title.text):
        return None
    first = sections[0]
    is_kind = first.level == 1 and is_no_title(first.heading) and not says_nothing(first.heading)
    return first.first if is_kind or normal(title.text) in normal(first.heading) else None


def is_no_title(text: str) -> bool:
    """Whether a heading is a template's word for a title, or nothing but a day or a time."""
    told = plain(text).strip(" .:")
    letters = sum(sign.isalpha() for sign in told)
    return letters < 3 or says_nothing(text) or _ONLY_KIND.fullmatch(told.strip("[]<>{}() ")) is not None


def _heading(outline: Outline) -> Section | None:
    """The first heading of level 1 unless those are the parts; else the one that stands first and has no equal."""
    sections = outline.sections[1:]
    if len(sections) > 1 and _SAYS_TITLE.fullmatch(plain(sections[0].heading)):
        below = sections[1]
        if below.level > sections[0].level and not below.part and not is_no_title(below.heading):
            return below
    for section in sections:
        if section.level != 1:
            continue
        if section.part:
            break
        if not is_no_title(section.heading):
            return section
    if not sections or sections[0].part or is_no_title(sections[0].heading):
        return None
    alone = sum(section.level == sections[0].level for section in sections) == 1
    return sections[0] if alone else None


def _made(written: str, line: int, how: str, outline: Outline) -> Title:
    whole = plain(written)
    text = shortened(bare(whole), LONGEST)
    said = next((item for item in outline.sections[1:] if normal(item.heading) == normal(text)), None)
    # a link in the heading leads somewhere, which a title cannot
    heading = said.first if said and not re.search(r"\]\(|<\w", said.heading) else None
    if normal(text) != normal(whole):
        how += ", shortened; it stays in the text" if text.endswith("…") else ", without what stands before; it stays"
    return Title(text, line, how, heading)


def bare(text: str) -> str:
    """A title without a full stop, the kind of the document, an id and a day in front, where a title is left."""
    told = text.strip()
    every = one = told
    for pattern in _FRONT * 2:
        every = _cut(pattern, every)
        left = _cut(pattern, one)
        one = left if left != one and _stands_alone(left) else one
    told = every if every not in (one, text) and _stands_alone(every) else one
    return told[:-1].rstrip() if told.endswith(".") and not told.endswith("..") else told


def _cut(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return (text[found.end() :].strip() or text) if found else text


def _stands_alone(text: str) -> bool:
    return _BEGINS.match(text) is not None and _is_enough(text) and not is_no_title(text)


def _is_enough(text: str) -> bool:
    """Whether a text has two words, one of which may be a figure, or a long one."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) >= 2 or sum(map(len, words)) >= 8 or (len(words) == 1 and len(text.split()) > 1)


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters: its first sentence, or so many whole words and “…”."""
    if len(text) <= longest:
        return text
    first = _SENTENCE.split(text[: longest + 1], maxsplit=1)[0]
    if len(first) <= longest and first[-1] in ".!?":
        return first.rstrip(".") or first
    cut = text[: longest - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;:–—-')}…"


def _of_file(reading: Reading) -> Title:
    """The file's name made readable; its folder's for an index; the first sentence where the name is a number."""
    folder, _, name = unquote(reading.page.path).rpartition("/")
    stem = _ENDINGS.sub("", name)
    how = "the file’s name"
    if stem.casefold() in _FOLDER_STANDS_FOR and folder:
        line = _first_line(reading)
        if line:
            return line
        stem, how = folder.rpartition("/")[2], "the folder’s name"
    if _UUID.fullmatch(stem) or not any(sign.isalnum() for sign in stem):
        for block in reading.outline.blocks:
            if block.kind == "paragraph" and not is_no_title(block.text):
                text = shortened(plain(block.text), LONGEST)
                return Title(text, reading.line(block.first), "the first sentence; it stays in the text")
    stem = _COUNT.sub("", nameable(stem))
    is_day = not any(sign.isalpha() for sign in stem)
    told = stem if is_day or " " in stem.strip() else re.sub(r"[-_]+", " ", _day_apart(stem))
    told = bare(" ".join(told.split()).strip(" -_"))
    told = shortened(told or stem or "Report", LONGEST)
    return Title(told[:1].upper() + told[1:], 0, how)


def _first_line(reading: Reading) -> Title | None:
    """The first line of a page without headings, where it stands alone as a title does: short, and no sentence."""
    blocks = [block for block in reading.outline.blocks if block.kind != "html"]
    if not blocks or blocks[0].kind != "paragraph" or any(block.kind == "heading" for block in blocks):
        return None
    told = plain(blocks[0].text)
    if "\n" in blocks[0].text.strip() or len(told) > _SHORT or told.endswith((".", ":", "!", "?")) or is_no_title(told):
        return None
    return Title(bare(told), reading.line(blocks[0].first), "the first line; it stays in the text")


def _day_apart(stem: str) -> str:
    """A file's name without the day in front, so that its hyphens do not become blanks of the title."""
    found = re.match(rf"(?:{_DAY}|\d{{4}}-\d{{2}}|\d{{2}}-\d{{2}})[-_]+(?=[^\W\d_]{{3}})", stem)
    return stem[found.end() :] if found else stem
