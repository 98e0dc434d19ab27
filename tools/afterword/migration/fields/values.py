"""Values: what may be the name of a field and what its value, and values that say nothing."""

from __future__ import annotations

import re

from afterword.migration.words import plain

LONGEST_LINE = 1200
_LONGEST_NAME, _LONGEST_VALUE, _WORDS_OF_NAME = 40, 300, 5
_WRAPS = ("***", "**", "__", "~~", "*", "_", "`")
_LINK = re.compile(
    r"<?https?://\S+|\[[^\[\]]{1,200}\]\(<?[^()\s<>]{1,1000}>?(?:\s\"[^\"]{0,200}\")?\)|<https?://[^<>\s]+>"
)
_NOTHING = re.compile(
    r"[\W_]*|n/?a|n\.a\.|none|nil|null|no|not applicable|not available|unknown|unclear|undetermined|pending|empty|"
    r"(?:to be|tb)[ -]?(?:d|c|a|determined|confirmed|announced|decided|defined|filled(?: in)?|done|added|completed)|"
    r"todo|fixme|x{2,}|y{3,}|z{3,}|\?+|lorem ipsum.*|placeholder|insert .*|fill (?:in|this|me).*|"
    r"(?:yyyy|dd|mm)[-/.](?:mm|dd|nnn|yyyy)(?:[-/.]\w+)?(?:[ t]hh:mm.*)?|"
    r"(?:value|example|text|name|choose one|optional)|"
    r"nenhum[a]?|não se aplica|a definir|desconhecid[oa]|không(?: có)?|không rõ|chưa rõ|chưa xác định",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[<{\[(]{1,3}[^<>{}\[\]()]{0,200}[>}\])]{1,3}")


def is_name(text: str) -> bool:
    """Whether a text is short enough for a name: at most five words and 40 characters, and begins with a letter."""
    told = plain(text).strip(" :")
    return bool(told) and told[0].isalpha() and len(told) <= _LONGEST_NAME and len(told.split()) <= _WORDS_OF_NAME


def is_value(text: str) -> bool:
    """Whether a text says something and is short enough for a value."""
    return 0 < len(plain(text[:LONGEST_LINE])) <= _LONGEST_VALUE and len(text) <= LONGEST_LINE


def value_of(text: str) -> str:
    """A value as written, without the marks around it and what ends a line of Markdown or HTML."""
    text = re.sub(r"(?:<br\s?/?>|\\)\s{0,9}\Z", "", text.strip()).strip()
    text = re.sub(r"\A\[[ xX]\]\s{1,3}", "", text)
    for wrap in _WRAPS:
        inner = text[len(wrap) : -len(wrap)]
        if inner and text.startswith(wrap) and text.endswith(wrap) and wrap[0] not in inner:
            return inner.strip()
    return text


def is_link(text: str) -> bool:
    """Whether a value is a link and nothing else."""
    return _LINK.fullmatch(text.strip()) is not None


def says_nothing(text: str) -> bool:
    """Whether a value is a placeholder: ``?``, ``N/A``, ``TBD``, ``XXX``, ``<the category>``, a dash."""
    told = " ".join(text.split()).strip()
    if len(told) > _LONGEST_VALUE:
        return False
    if _BRACKETED.fullmatch(told) and not is_link(told):
        inner = told.strip("<{[()]}>").strip()
        return told[0] != "[" or told[-1] != "]" or _NOTHING.fullmatch(inner) is not None or " " in inner
    return _NOTHING.fullmatch(plain(told).strip(" .!*_")) is not None
