"""Detection: who or what noticed first, by the source's words at the place where it says that somebody did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from afterword.migration.facts import Fact, Gap, Told
from afterword.migration.fields.names import folded
from afterword.migration.headings import part_of
from afterword.migration.milestones.lists import pattern
from afterword.migration.milestones.names import KEYS
from afterword.migration.milestones.sources import quoted
from afterword.migration.outline import Section
from afterword.migration.reading import Reading
from afterword.migration.words import plain

_FIELDS = frozenset(
    (
        "detection", "detected by", "detection method", "detection source", "how detected", "how was it detected",
        "how it was detected", "identified", "how identified", "identified by",
        "discovered by", "noticed by", "found by", "reported by", "source of detection", "means of detection",
        "detecção", "detectado por", "método de detecção", "phát hiện bởi", "cách phát hiện",
    )
)  # fmt: skip
_BARE = {
    word: kind
    for kind, words in {
        "alert": ("monitoring", "automated monitoring", "automated", "automatic", "automatically", "alerting"),
        "customer": ("customer", "customers", "user", "users", "client", "clients", "cliente", "khách hàng"),
        "employee": ("employee", "employees", "engineer", "engineers", "staff", "developer", "developers"),
        "third-party": ("third party", "third-party", "vendor", "partner", "security researcher", "researcher"),
    }.items()
    for word in words
}  # fmt: skip
"""Who is meant where the value of a field is nothing else."""
_WHO = re.compile(r"\b(?:by|through|via)\s(?:an?\s|the\s|our\s)?(?P<who>[^\d\s]\S*(?:\s\S+){0,5})\s*\Z", re.IGNORECASE)
"""Who noticed, at the end of the value that says when."""
_LONGEST, _BLOCKS = 600, 6
_BOLD = re.compile(r"(\*\*|__)[^*_\n]{3,60}\1\s?:?")

_CUSTOMER = pattern(r"""
    {users} (\S+ ){0,4}?({say})
    {users} (observed|noticed)
    (an?|one|some|several) (\S+ )?{users} (\S+ ){0,12}?(noticed|reported)
    ({say}|discovered|noticed|found|detected) (\S+ ){0,2}?(by|from|por|de|bởi|từ) (\S+ ){0,4}?{users}
    (complaints?|reports?|tickets?) (\S+ ){0,5}?(by|from|por|de|bởi|từ) (\S+ ){0,4}?{users}
    (people|{users}) (\S+ )?(tell|told|telling) (us|me)
    (customer|user|client) (reports?|complaints?|tickets?|notification|feedback)
""")
"""Those who use it told us."""
_ALERT = pattern(r"""
    alert(s|ing)?(?! (the|our|us|everyone|infrastructure|\w+ (team|engineer)\w*))
    alarms?|pager ?duty|paged|pagers? (storm|goes off|went off)|(error|exception)s? track(er|ing)s?
    (stackdriver|sentry|cloudwatch|grafana|datadog|new relic|statuscake|monitoring) alert(s|ed)
    monitoring (\w+ ){0,4}?alert(s|ed|ing)?
    opsgenie|nagios|(got|received) (\S+ )?notifications? (on|in|from|via) (\S+ )?(slack|discord|telegram|teams|e-?mail)
    (stackdriver|sentry|cloudwatch|grafana|datadog|new relic|statuscake) (\w+ ){0,3}?(sen[dt]|report|post|e?mail)\w*
    pages?(?= (from|fired|for|sent))|pingdom|uptime ?robot|monitoring (system|tool|alert|check|picked|detect|show)\w*
    (our|the|external|internal|automated) monitor(s|ing)?|monitor(s|ing) (\S+ ){0,5}?(detected|reported|flagged|fired)
    alerted by (\S+ ){0,3}?(monitor\w*|alarms?|system|automat\w+)
    (automated|automatic) (warning|message|notification|alarm|check|detection)s?|health ?checks?
    automatically (rais|sen[dt]|post|creat|open)\w* (\S+ ){0,4}?(messages?|notifications?|tickets?|warnings?)
    alertas?|alarmes?|monitoramento|cảnh báo|giám sát
""")
"""A machine told us."""
_THIRD = pattern(r"""
    {others} (\S+ ){0,4}?({say})
    ({say}|discovered|noticed|found|detected) (\S+ ){0,5}?(by|por|bởi) ((?!(via|on|in|through) )\S+ ){0,2}?{others}
    (first|initial|in|was|were|got) contact(ed)? (\S+ )?(by|from) (\S+ ){0,2}?{others}
    ({say}) (\S+ ){0,5}?(from|từ) (\S+ ){0,2}?{others}
    (reports?|e-?mail|message|notification) (\S+ ){0,5}?(by|from|por|bởi|từ) (\S+ ){0,2}?{others}
    bug bounty|bugcrowd|hackerone
""")
"""Others told us."""
_EMPLOYEE = pattern(r"""
    {staff} {active}(\S+ ){0,5}?({say}|notice[sd]?|observe[sd]?|discover(s|ed)|spot(s|ted))
    {staff} {active}(\S+ ){0,5}?(reali[sz]e[sd]?|recogni[sz]e[sd]?)
    {staff} {active}(\S+ ){0,5}?(detect(s|ed)|identif(y|ies|ied)|finds|found|sees|saw|asks|asked|forward(s|ed))
    (developers?|engineers?|staff|admins?) (themselves|ourselves) (noticed|found|saw)
    {staff} (\S+ ){0,5}?(percebe\w*|notou|identific\w+|detect\w+|phát hiện|nhận thấy)
    ({say}|noticed|observed|discovered) (\S+ ){0,3}?(by|from|por|bởi) (\S+ ){0,3}?{staff}
    (noticed|discovered|detected|reported|found|spotted|identified) internally
    (noticed|discovered|detected|found|spotted|surfaced) (by|during|in|through) (an? |our |the )?{inspection}
    people on call (\S+ ){0,3}?(saw|see|notic\w+)
    (spotted|found|detected|identified) (\S+ ){0,3}?(by|from|por|bởi) (\S+ ){0,3}?{staff}
    (we|i) (\w+ )?(noticed?|observed?|discover(ed)?|spotted|reali[sz]ed|found|saw|detected|became aware)
    percebemos|notamos|detectamos|chúng tôi (phát hiện|nhận thấy)
""")
"""One of us noticed."""

_HINT = pattern(r"(describe|explain|report (when|how)|list|include|did|was|were|how|when|who|what|note) .*")
"""A template asks."""

_FIGURE = pattern(r"(rais|sound)\w* (an |the )?alarms?( bells?)?|security alerts?")
"""So people say that somebody warned others."""
_BOTH = pattern(r"""
    {staff} and (\S+ ){0,2}?{users}|{users} and (\S+ ){0,2}?{staff}
    {users} (warnings?|reports?|complaints?) and|manual (\S+ ){1,4}?and
""")
"""Several noticed, and nothing says who was first."""
_TOLD = pattern(r"""
    (to|alert\w*|notif\w+|inform\w*|tells?|told|paged|pages) (the |our )?(?!(\S+ ){0,2}?by )(\w+ ){0,2}?{staff}
    {staff} (informed|notified|alerted|contacted|told) (of|about|by)
""")
"""Those who were told did not notice."""
_NOT_BY = pattern(r"""
    (was|were) (not|never) (\w+ ){0,2}?(noticed|detected|discovered|spotted|found|caught) by (\S+ ){0,3}?{staff}
    (our|the) (\w+ )?(team|engineers|monitoring|alerts) (did|had) not (\w+ )?(notic|detect|discover|spot)\w*
""")
"""Those who did not notice."""
_OTHERS = pattern(r"""
    (affected|other|another|impacted|consuming|downstream) (\w+ )?teams?
""")
"""Teams that may be those who use it."""
_PLAN = pattern(r"""
    (we|they|it|this|there|which|and|that) (\S+ )?(will|would|should|could|must|need(s|ed)? to|want to|plan to)
    action planned|in (the )?future|alert(ing)? thresholds?|improve(d|s|ment)?|expand(ed|ing)?
    alert(s|ing)? (\S+ ){0,5}?(revived|set up|configured|created|added|introduced|tuned)
    (add(s|ed|ing)?|creat(e|ed|ing)|set(ting)? up) (an? |more |new |additional )?(\w+ )?(alert|alarm|monitor)\w*
""")
"""A sentence that tells what is to change."""
_WISHED = re.compile(r"\b(?:would|could|should|might)\b", re.IGNORECASE)
"""In the line above a list: what it lists did not notice, but would have."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")

_FIRST = pattern(r"""
    (alerts?|alarms?|monitor(s|ing)?( systems?)?) ((were|was|had|began|started|also|then) ){0,3}(fir(ed|ing)|triggered)
    (alerts?|alarms?|monitor(s|ing)?( systems?)?) ((were|was|had|began|started|also|then) ){0,3}(went off|sent|sending)
    alert(ed|ing) us|paged|(told|informed|contacted) us
    (was|were|got) (\w+ ){0,2}?(noticed|detected|discovered|reported|spotted|flagged) (\S+ ){0,3}?(by|internally)
    (was|were|got) (\w+ )?(informed|notified|alerted|told|contacted) (\S+ ){0,2}?by
    (an?|one|some|several) (\S+ )?{users} (\S+ ){0,12}?(noticed|reported)
    (the|our|an?) (\S+ ){0,2}?{staff} (first )?(noticed|discovered|spotted)
    (first|initially) (noticed|detected|discovered|reported|spotted)
    (received|got) (\w+ ){0,2}?(reports|complaints|alerts?) (\w+ ){0,3}?(from|by|that|of|about)
""")
"""How the first words of a page say that somebody noticed: what they say of users and errors alone is no such thing."""

_WORDS = (("customer", _CUSTOMER), ("third-party", _THIRD), ("alert", _ALERT), ("employee", _EMPLOYEE))


def told(reading: Reading, moments: Told) -> Told:
    """The word for how it was noticed, where the page says so at the detection; else why there is none.

    ``moments``: what ``milestones`` told of the same page.
    """
    several = None
    for text, line, where in _places(reading, moments):
        found = of_text(text)
        if len(found) == 1:
            return Told((Fact("detection", found[0], line, f"{where} {quoted(text)}"),))
        if len(found) > 1 and several is None:
            several = Gap("detection", f"{where} {quoted(text)} names {' and '.join(found)}", line)
    return Told(gaps=(several or Gap("detection", "nothing says who or what noticed"),))


def of_text(text: str) -> tuple[str, ...]:
    """Those who noticed, by the words of a row or a sentence; several when they leave it open."""
    small = text.casefold()
    if bare := _BARE.get(small.partition("(")[0].strip(" .")):
        return (bare,)
    if small.rstrip().endswith("?") or _HINT.match(small):
        return ()
    if _BOTH.search(small):
        return ("customer", "employee")
    small = _NOT_BY.sub(" ", small)
    sentences = [one for one in _SENTENCE.split(_FIGURE.sub(" ", small)) if not _PLAN.search(one)]
    small = " ".join(sentences)
    texts = {"employee": _OTHERS.sub(" ", _TOLD.sub(" ", small))}
    at = {word: match.start() for word, words in _WORDS if (match := words.search(texts.get(word, small)))}
    # “the alert was noticed by an engineer”, “users told the team”, but “an engineer saw that an alert was missing”
    if len(at) > 1 and "employee" in at and (at["employee"] > min(at.values()) or "alert" not in at):
        del at["employee"]
    if "employee" in at:
        at.pop("alert", None)
        told = _TOLD.search(small)
        if told and at["employee"] >= told.start():
            del at["employee"]  # “they informed the team, who looked into it and found the cause”
    return tuple(at)


def _places(reading: Reading, moments: Told) -> Iterator[tuple[str, int, str]]:
    """Where it stands: by name, in the first words below such a heading, in the row of the detection, further below."""
    for field in reading.fields:
        if folded(field.key) in _FIELDS:
            yield plain(field.value[:_LONGEST]), field.line, f"“{field.key}”:"
        elif KEYS.get(folded(field.key)) == "detected" and (by := _WHO.search(field.value[:_LONGEST])):
            yield plain(by["who"]), field.line, f"“{field.key}”:"
    below = _below(reading)
    yield from islice(below, 1)
    at = moments.first("detected")
    sure = at is not None and not at.doubtful
    near = [one for one in reading.events if at and sure and reading.line(one.at) == at.line]
    # a page of HTML may have all of its timeline on one line
    event = next((one for one in near if at and quoted(plain(one.text)) in at.how), next(iter(near), None))
    if event:
        yield plain(event.text[:_LONGEST]), reading.line(event.at), "the row of the timeline"
    yield from below
    yield from _opening(reading)


def _opening(reading: Reading) -> Iterator[tuple[str, int, str]]:
    """The sentences of the first words and of the summary that say that somebody or something noticed."""
    blocks = (
        block
        for block in reading.outline.blocks
        if block.kind == "paragraph" and not block.quoted and _opens(reading.outline.sections[block.section])
    )
    for block in islice(blocks, _BLOCKS):
        for sentence in _SENTENCE.split(plain(block.text[: 2 * _LONGEST])):
            if _FIRST.search(sentence.casefold()):
                yield sentence, reading.line(block.first), "the sentence"


def _opens(section: Section) -> bool:
    return section.part == "summary" or (section.part is None and len(section.above) <= 1 and section.level <= 1)


def _below(reading: Reading) -> Iterator[tuple[str, int, str]]:
    """The first paragraphs and items of the part on detection."""
    shown = 0
    wished = False
    for block in reading.outline.of("detection"):
        if block.kind == "paragraph":
            wished = block.text.rstrip().endswith(":") and _WISHED.search(block.text[-_LONGEST:]) is not None
        if wished:
            continue
        if block.kind in ("paragraph", "item") and not block.quoted and shown < _BLOCKS:
            shown += 1
            yield plain(block.text[:_LONGEST]), reading.line(block.first), "the part on detection:"
    yield from _below_bold(reading)


def _below_bold(reading: Reading) -> Iterator[tuple[str, int, str]]:
    """The first paragraphs and items below a bold line that stands for a heading: “**Detection**”."""
    left = 0
    for block in reading.outline.blocks:
        text = block.text.strip()
        if block.kind == "heading" or (block.kind == "paragraph" and _BOLD.fullmatch(text)):
            is_label = block.kind == "paragraph" and part_of(plain(text)) == "detection"
            left = _BLOCKS if is_label else 0
        elif left and block.kind in ("paragraph", "item") and not block.quoted:
            left -= 1
            yield plain(block.text[:_LONGEST]), reading.line(block.first), "the part on detection:"
