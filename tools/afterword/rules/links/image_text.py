"""AW802: images that say nothing to those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword import phrases
from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Form, Judged, Rule, shortened

_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\](?=[(\[])")
_FILE = re.compile(r"[\w .,()+-]{0,200}\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)\Z", re.IGNORECASE)
_KIND = re.compile(
    r"(?:(?:an?|the|o|a|uma?) )?(?:image|img|picture|photo|screen ?shot|graph|chart|figure|alt(?: text)?|untitled|"
    r"imagem|figura|gráfico|captura de (?:tela|ecrã)|hình(?: ảnh)?|ảnh(?: chụp màn hình)?|biểu đồ)"
    r"(?:[ _#-]{0,3}\d[\d ._:h-]{0,40}|[ _-]\d{4}-\d{2}-\d{2}[\w .:_-]{0,40})?\Z",
    re.IGNORECASE,
)
"""A word for what each image is, with or without a number or the time at which it was taken."""


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    for passage in file.passages:
        if "![" not in passage.text:
            continue
        for found in _IMAGE.finditer(phrases.without_code(passage.text)):
            text = found[1].strip()
            span = passage.span(*found.span())
            if not text:
                hint = "Say between the brackets what it shows: ![Connections in use rise to 100 at 09:12](pool.png)"
                yield RULE.finding(postmortem, span, "the image has no text for those who cannot see it", hint)
            elif _FILE.match(text) or _KIND.match(text):
                message = f"“{shortened(text)}” does not tell what the image shows"
                hint = "Write what a reader should see in it: the pool is full at 09:12."
                yield RULE.finding(postmortem, span, message, hint, Level.HINT)


RULE = Rule(
    code="AW802",
    name="image-text",
    level=Level.WARNING,
    milder="A hint when there is a text, but it is a file's name or a word such as “screenshot”.",
    summary="Each image has a text that says what it shows.",
    rationale="Who cannot see the picture, who reads a mail or a diff, and who searches, has that text alone "
    "(WCAG 2.2, success criterion 1.1.1). In a postmortem no image is there for decoration: it is evidence.",
    judged=(
        Judged("72 reports of two organisations", 0, 0),
        Judged("some 115 reports of eleven other organisations, read afterwards", 23, 23),
    ),
    good=(
        Example("## Notes\n\n![Connections in use rise to 100 at 09:12](https://example.org/pool.png)", Form.BODY),
        Example("## Notes\n\nThe page showed `![](pool.png)` as it was.", Form.BODY, "Code is not looked at."),
    ),
    bad=(
        Example("## Notes\n\n![](https://example.org/pool.png)", Form.BODY),
        Example("## Notes\n\n![Screenshot 2026-03-04 at 09.12.33](https://example.org/1.png)", Form.BODY, "A hint."),
        Example("## Notes\n\n![pool.png](https://example.org/pool.png)", Form.BODY, "A hint."),
    ),
    check=_check,
)
