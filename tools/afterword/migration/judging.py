"""Judging: whether a file of a source is a report, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.migration.headings import part_of

_CHARACTERS = 100_000
"""How much of a text is looked at."""
_FEW_WORDS = 150
_FEWEST_WORDS = 15
"""What has no more says too little for a report without headings."""
_LONGEST_TEMPLATE = 6_000
"""Characters of a text that may have so few words beside its placeholders."""
_STRONG = frozenset(("timeline", "detection", "root-cause", "resolution", "actions", "lessons"))
"""Parts that hardly anything else than a report has."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY = re.compile(
    r"\b(?:19|20)\d\d[-/._](?:0?[1-9]|1[0-2])[-/._](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|\b(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|[12]\d|3[01])[/.](?:(?:19|20)\d\d|\d\d)\b"
    rf"|\b{_MONTH}\.? (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
    rf"|\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?:of )?{_MONTH}\.?,? (?:19|20)\d\d\b"
    r"|\b20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:19|20)\d\d[-_./ ]?(?:0[1-9]|1[0-2])(?:[-_./ ]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)"
    r"|(?<![A-Za-z])[A-Za-z]{1,9}[-_ ]?\d{2,}"
)
_EXPORTED = re.compile(r"_\d{3,}\.html\Z")
"""The number of a page in Confluence, which tells nothing."""
_INCIDENT = re.compile(
    r"incident|outage|post[-_ ]?mortem|downtime|root[-_ ]cause|near[-_ ]miss|retrospective|disruption|degrad|"
    r"\brca\b|\bpir\b|\bcoe\b|unavailab|game[-_ ]?day|indisponibilidade|sự cố",
    re.IGNORECASE,
)
_ABOUT = {
    "readme": "a read-me file", "contributing": "a guide for contributors", "code_of_conduct": "a code of conduct",
    "license": "a licence", "licence": "a licence", "copying": "a licence", "notice": "a licence",
    "security": "a security policy", "support": "a page about support", "changelog": "a list of changes",
    "authors": "a list of people", "maintainers": "a list of people", "codeowners": "a list of people",
    "governance": "a page about the project", "index": "an index", "_index": "an index", "toc": "an index",
    "summary": "an index", "home": "an index", "_sidebar": "an index", "_navbar": "an index", "404": "an error page",
    "issue_template": "a template", "pull_request_template": "a template",
}  # fmt: skip
"""What files of these names are, wherever they stand."""
_MAY_REPORT = frozenset(("readme", "index", "summary", "home"))
"""Those of them that in a folder of their own may be the report."""
_HOLDS_MANY = re.compile(
    r"(?:incident|outage)?[-_ ]?(?:post[-_ ]?mortems|incidents|outages|reports|retro(?:spective)?s|rcas|reviews)",
    re.IGNORECASE,
)
"""What folders of many reports are called: their index is none of them."""
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(
    r"\n(?: {0,3}#{1,6}[ \t]*(?P<atx>[^\n]{1,200})|(?P<setext>[^\n]{1,200})\n(?:=+|-{3,})[ \t]*$"
    r"|\*\*(?P<bold>[^*\n]{2,60})\*\*:?[ \t]*$)|<h[1-6]\b[^>]{0,500}>(?P<html>.{1,300}?)</h[1-6]",
    re.MULTILINE | re.IGNORECASE,
)
"""Of a text behind a line end: what begins with a certain sign is found in a fraction of the time."""
_FACT = re.compile(
    r"^[ \t>*_-]{0,8}(start|started|end|ended|severity|impact|detected|resolved|root cause|duration|incident date)"
    r"[*_]{0,2}[ \t]?:[*_]{0,2}[ \t]+\S",
    re.MULTILINE | re.IGNORECASE,
)
"""What reports state by name: two of these make one of a text without headings."""
_PLACEHOLDER = re.compile(
    r"\bY{3,4}\b|\bX{3,}\b|\bZ{3,}\b|\bN{3,}\b|\b20xx\b|\bHH:MM\b|\bMM[-/]DD\b|lorem ipsum|\bTBD\b"
    r"|\{\{ ?[A-Za-z_ .-]{1,80} ?\}\}"
    r"|\[(?:your|insert|name|date|time|title|link|who|describe|add|enter|team|service)\b[^\]\n]{0,80}\](?!\()"
    r"|<(?:your|insert|name|date|time|title|link|who|describe|add|enter|team|service)\b[^>\n]{0,80}>",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)|<a\b[^>]{0,1000}>|https?://\S{1,1000}", re.IGNORECASE)


def why_no_report(path: str, text: str, *, alone: bool, sure: bool) -> str | None:
    """Why a file is no report, in words for people; ``None`` for a report.

    ``path``: in the source, with ``/``. ``alone``: no other page stands in its folder; the source's own folder counts
    only when it is the one page of all. ``sure``: its ending says that it is prose; of others the text has to.
    """
    path = _EXPORTED.sub(".html", path)
    folder, _, name = path.rpartition("/")
    stem = re.sub(r"(?:\.[A-Za-z]{1,8}){1,3}\Z", "", name)
    shown = _HIDDEN.sub(" ", _FENCED.sub("\n", text[:_CHARACTERS]))
    parts = {part for heading in _headings(shown) if (part := part_of(heading))}
    about = _ABOUT.get(stem.casefold().replace("-", "_"))
    if about:
        reports = alone and stem.casefold() in _MAY_REPORT and _reads(folder, shown, parts)
        return None if reports else about
    template = _template(path, stem, shown)
    if template:
        return template
    if not text.strip():
        return "an empty file"
    if _is_list_of_links(shown) and not parts & _STRONG:
        return "a list of links to other pages"
    if _HOLDS_MANY.fullmatch(stem) and not parts and _words(shown) < _FEW_WORDS:
        return "an index"
    if _says_nothing(path, shown, text):
        return "nothing is written in it yet"
    if parts & _STRONG or len(parts) > 1:
        return None
    if not sure:
        first = text.lstrip()[:200].partition("\n")[0]
        if _INCIDENT.search(first) and _DAY.search(shown[:2000]) and _words(shown) > _FEWEST_WORDS:
            return None
        named = _INCIDENT.search(path) or (_NUMBERED.search(path) and _DAY.search(shown))
        states = len({found[1].casefold() for found in _FACT.finditer(shown)}) > 1
        return None if (parts and _INCIDENT.search(path)) or (states and named) else "nothing in it reads as a report"
    signs = _NUMBERED.search(path) or _INCIDENT.search(path) or _INCIDENT.search(text[:5000]) or _DAY.search(shown)
    return None if signs else "no day, no name and no heading in it is one of a report"


def is_named_as_report(path: str) -> bool:
    """Whether a path alone says that something is the report of an incident."""
    return _INCIDENT.search(path) is not None or _DAY.search(path) is not None


def _headings(text: str) -> Iterator[str]:
    for found in _HEADING.finditer(f"\n{text}"):
        heading = found["atx"] or found["setext"] or found["html"] or found["bold"] or ""
        yield re.sub(r"<[^<>]*>", "", heading).strip(" \t#")


def _reads(folder: str, text: str, parts: set[str]) -> bool:
    """Whether the only page of a folder is the report that the folder is for."""
    name = folder.rpartition("/")[2]
    named = _NUMBERED.search(name) or (_INCIDENT.search(name) and not _HOLDS_MANY.fullmatch(name))
    return len(parts & _STRONG) > 1 or (bool(named) and bool(parts or _DAY.search(text)))


def _template(path: str, stem: str, text: str) -> str | None:
    if re.search(r"yyyy|nnn|xxx", stem, re.IGNORECASE):
        return "a template: its name holds placeholders"
    called = re.search(r"(?<![a-z])templates?(?![a-z])|template\Z", stem, re.IGNORECASE) is not None
    called = called or re.search(r"(?:^|/)templates?/", path, re.IGNORECASE) is not None
    if not called and (len(text) > _LONGEST_TEMPLATE or _DAY.search(path) or _DAY.search(text)):
        return None
    placeholders = len(_PLACEHOLDER.findall(text))
    if called:
        days = len(_DAY.findall(text))
        return None if _DAY.search(stem) or (days > 1 and days > placeholders) else "a template, by its name"
    if placeholders > 2:
        bare = _words(_PLACEHOLDER.sub(" ", text)) < _FEW_WORDS
        return "a template: it holds placeholders and no day" if bare else None
    return None


def _is_list_of_links(text: str) -> bool:
    linked = other = 0
    for line in text.split("\n"):
        rest, count = _LINK.subn(" ", line) if any(sign in line for sign in ("](", "://", "<a", "<A")) else (line, 0)
        if count and _words(rest) <= 3:
            linked += 1
        elif line.strip() and not line.lstrip().startswith(("#", "---", "|--", "| --")):
            other += 1
    return linked > 2 and linked > 3 * other


def _says_nothing(path: str, shown: str, text: str) -> bool:
    """A page that was begun and holds no more than its headings. A day or a sentence makes it a short report."""
    if _DAY.search(text[:5000]) or _NUMBERED.search(path):
        return False
    prose = _HEADING.sub(" ", "\n" + re.sub(r"\A---\n.*?\n---\n", "", shown, flags=re.DOTALL))
    return _words(prose) < 8 and not any(map(_is_sentence, prose.split("\n")))


def _is_sentence(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", "。")) and _words(line) > 2


def _words(text: str) -> int:
    return sum(1 for word in re.sub(r"<[^<>]*>", " ", text).split() if any(char.isalnum() for char in word))
