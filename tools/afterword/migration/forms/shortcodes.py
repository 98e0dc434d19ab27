"""Shortcodes: what those of Hugo, cState and Jekyll say, where they would be machinery; others stay as they are."""

from __future__ import annotations

import re
from urllib.parse import quote

from afterword.migration.forms.escaping import escape

_CODE = re.compile(
    r"(?P<code>`+[^`\n]*`+)"
    r"|\{\{[<%][ \t]*track[ \t]*[\"“]?(?P<time>[^\"“”{}<>%\n]{1,100})[\"”]?[ \t]*[>%]\}\}"
    r"|\{\{[<%][ \t]*(?:rel)?ref[ \t]+[\"`]?(?P<page>[^\"`{}<>%\n]{1,300})[\"`]?[ \t]*[>%]\}\}"
    r"|\{\{<[ \t]*figure[ \t](?P<figure>[^{}<>\n]{1,2000})>\}\}"
    r"|(?<=\()\{%[ \t]*post_url[ \t]+(?P<post>[^\s{}%]{1,200})[ \t]*%\}"
    r"|(?<=\()\{\{[ \t]*site\.(?:baseurl|url)(?P<base>)[ \t]*\}\}"
)
_VALUES = (
    r"(?:[ \t]+(?!(?:caption|text|label|src|href|url|alt|name|file|link)=)"
    r"[\w-]{1,30}=(?:\"[^\"\n]{0,100}\"|'[^'\n]{0,100}'|\w{1,40}))*"
)
_ALONE = re.compile(
    rf"(?P<indent>[ \t]*)(?P<code>\{{\{{[<%][ \t]*/?[ \t]*[\w.-]{{1,40}}{_VALUES}[ \t]*/?[%>]\}}\}}"
    rf"|\{{%-?[ \t]*\w{{1,40}}{_VALUES}[ \t]*-?%\}})[ \t]*"
)
"""A shortcode that stands alone on its line and says a title at most: what it opens or closes is the text."""
_TITLE = re.compile(r"\stitle=[\"']([^\"'*\n]{1,100})[\"']")
_ATTRIBUTE = re.compile(r"(\w{1,20})=\"([^\"]{0,1000})\"")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def spoken(text: str) -> str:
    """The text with the same lines: a time for cState's ``track``, a path for ``ref``, an image for ``figure``.

    What only opens or closes something goes into a comment, which can hold no two hyphens. Code stays as it is.
    """
    if "{{" not in text and "{%" not in text:
        return text
    lines = text.split("\n")
    fence = ""
    for at, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line[mark.end() :].strip() else fence
        elif mark:
            fence = mark[1]
        elif (alone := _ALONE.fullmatch(line)) and "--" not in alone["code"]:
            title = _TITLE.search(alone["code"])
            lines[at] = f"{alone['indent']}{f'**{title[1]}** ' if title else ''}<!-- {alone['code']} -->"
        elif "{{" in line or "{%" in line:
            lines[at] = _CODE.sub(_said, line)
    return "\n".join(lines)


def _said(found: re.Match[str]) -> str:
    if found["time"]:
        return found["time"].strip() or found[0]
    if found["page"]:
        return quote(found["page"].strip(), safe="/#.:%?=&~@+,;!'()*") or found[0]
    if found["post"]:
        return f"{found['post']}.md"
    if found["figure"]:
        return _pictured(found["figure"]) or found[0]
    return found["code"] or ""


def _pictured(figure: str) -> str:
    """A picture with what stands below it; empty where not all of it can be read."""
    said = dict(_ATTRIBUTE.findall(figure))
    if not said.get("src") or _ATTRIBUTE.sub("", figure).strip():
        return ""
    picture = f"![{escape(said.get('alt', ''), label=True)}]({_target(said['src'])})"
    picture = f"[{picture}]({_target(said['link'])})" if said.get("link") else picture
    source = said.get("attr", "")
    source = f"[{source}]({_target(said['attrlink'])})" if source and said.get("attrlink") else source
    return " ".join(filter(None, (picture, said.get("title", ""), said.get("caption", ""), source)))


def _target(address: str) -> str:
    return quote(address, safe="/#.:%?=&~@+,;")
