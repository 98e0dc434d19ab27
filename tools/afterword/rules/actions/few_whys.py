"""AW512: five whys that end early and do not say why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem, Status
from afterword.prose import Passage
from afterword.rules.base import Example, File, Form, Rule

ENOUGH = 5

_HEADING = re.compile(
    r"\bwhys\b|\b5 whys?\b|\bporqu[êe]s\b|\bpor qu[êe]s\b|(?:\b5|năm) (?:lần )?(?:tại|vì) sao", re.IGNORECASE
)
_WHY = re.compile(r"[\s*_\d.)#:-]{0,12}(?:(?:and|e|và) )?(?:why|por ?qu[êe]|tại sao|vì sao)(?!\w)", re.IGNORECASE)
_END = re.compile(
    r"\b(?:stop|stops|stopped|end|ends|ended|enough|further|deeper|paramos|parar|termina|encerra|basta|suficiente)\b|"
    r"\b(?:dừng|đủ|kết thúc)(?!\w)",
    re.IGNORECASE,
)


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if not postmortem.is_internal or postmortem.status is Status.DRAFT:
        return
    for section in sections(file.passages):
        steps = steps_of(section)
        if 0 < len(steps) < ENOUGH:
            heading = section[0]
            count = f"{len(steps)} step{'s' if len(steps) > 1 else ''}"
            message = f"the five whys end after {count}, and nothing says why"
            hint = "Ask on until the answer is something that the system lets you change, or say why it ends here."
            yield RULE.finding(postmortem, heading.span(0, len(heading.text.split("\n")[0])), message, hint)


def sections(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """The root cause, from heading to heading; each begins with its own."""
    section: list[Passage] = []
    for passage in passages:
        inside = passage.part == "root-cause"
        if section and (passage.kind == "heading" or not inside):
            yield section
            section = []
        if inside:
            section.append(passage)
    if section:
        yield section


def steps_of(section: list[Passage]) -> list[Passage]:
    """The steps of five whys that end without a reason; none where there are no whys, or more than steps."""
    heading, *rest = section
    titled = _HEADING.search(heading.text[:200]) is not None
    asked = [passage for passage in rest if passage.kind in ("item", "paragraph") and _WHY.match(passage.text)]
    steps = asked if len(asked) > 1 or not titled else [passage for passage in rest if passage.kind == "item"]
    if not titled and (len(steps) < 2 or len(steps) < len(rest)):
        return []
    counted = {id(passage) for passage in steps}
    reasons = [passage for passage in rest if passage.kind != "item" and id(passage) not in counted]
    return [] if reasons or any(_END.search(passage.text[-500:]) for passage in steps[-1:]) else steps


_STEPS = "1. Why did checkout fail? The pool was full.\n2. Why? One query held each connection for four seconds.\n"
_MORE = (
    "3. Why was it slow? It had no index.\n4. Why not? Tests use small tables.\n"
    "5. Why? Nobody had said how large they get.\n"
)
_HEAD = "## Root cause\n\n### Five whys\n\n"

RULE = Rule(
    code="AW512",
    name="few-whys",
    level=Level.HINT,
    summary="Five whys with fewer than five steps say why they end.",
    rationale="The first two answers are usually the trigger and its symptom; what the system lets us change lies "
    "further down. Five is a habit, no law (Taiichi Ohno, Toyota Production System, 1988): a sentence after the steps "
    "that says why the chain ends is enough. A postmortem that tells its causes in another way is not asked.",
    good=(
        Example(f"{_HEAD}{_STEPS}{_MORE}", Form.BODY),
        Example(f"{_HEAD}{_STEPS}\nThe query belongs to a product that is retired next week.", Form.BODY),
        Example("## Root cause\n\nThe pool was smaller than the load.", Form.BODY, "No five whys."),
    ),
    bad=(
        Example(f"{_HEAD}{_STEPS}", Form.BODY),
        Example(f"## Root cause\n\n{_STEPS}", Form.BODY),
        Example("## Causa raiz\n\n### Cinco porquês\n\n1. O pool estava cheio.\n2. Uma consulta era lenta.", Form.BODY),
    ),
    check=_check,
)
