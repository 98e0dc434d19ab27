"""AW507: actions that several own, or nobody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from afterword.findings import Finding, Level
from afterword.model import Postmortem
from afterword.rules.base import Example, File, Rule, shortened
from afterword.settings import Settings

PLACEHOLDERS = frozenset(
    # in English, Portuguese and Vietnamese
    (
        "tbd", "tba", "tbc", "tbn", "todo", "fixme", "n/a", "na", "none", "null", "unknown", "unassigned", "undefined",
        "not assigned", "no one", "noone", "nobody", "someone", "somebody", "anyone", "anybody", "everyone",
        "everybody", "all", "all teams", "any", "us", "we", "me", "owner", "the owner", "name", "your-name",
        "your name", "handle", "username", "user", "team", "the team", "our team", "to be decided", "to be determined",
        "to be defined", "to be assigned", "to be confirmed", "volunteer", "volunteers", "here", "channel",
        "a definir", "a decidir", "por definir", "indefinido", "alguém", "ninguém", "todos", "todas", "equipe",
        "a equipe", "time", "o time", "responsável", "sem dono", "nós",
        "chưa rõ", "chưa có", "chưa phân công", "ai đó", "mọi người", "tất cả", "cả nhóm", "nhóm", "không ai",
        "người phụ trách", "sẽ xác định sau",
    )
)  # fmt: skip
"""What stands for an owner who is still to be found, without case, ``@``, brackets and dots."""

_FRAME = " \t.?!-_<>()[]{}@"
_HANDLES = re.compile(r"(?<![\w./-])@[\w.-]")
_LISTED = re.compile(r"\s*[,;|\n]\s*|\s+[/+]\s+|(?<=[^\s/])/(?=@)")
_JOINED = re.compile(r"\s+(?:and|or|e|ou|và|hoặc)\s+|/|&|\+", re.IGNORECASE)


def _check(postmortem: Postmortem, file: File) -> Iterator[Finding]:
    if not postmortem.is_internal:
        return
    for action in postmortem.actions:
        found = unclear(action.owner, file.settings) if action.owner and action.is_open else None
        if found:
            what, sure = found
            message = f"action {action.id} belongs to {what}: “{shortened(action.owner or '')}”"
            hint = "Name the one person, team or role that answers for it; split the action if there are two."
            level = None if sure else Level.HINT
            yield RULE.finding(postmortem, postmortem.mark(f"actions/{action.index}/owner"), message, hint, level)


def unclear(owner: str, settings: Settings) -> tuple[str, bool] | None:
    """To whom it belongs, “several” or “nobody yet”, and whether that is sure; ``None`` for one owner."""
    text = " ".join(unicodedata.normalize("NFC", owner[:200]).split())
    teams = {name.casefold() for pair in settings.teams.items() for name in pair}
    if text.casefold().lstrip("@") in teams:
        return None  # “Trust and Safety” is one team
    if text.strip(_FRAME).casefold() in PLACEHOLDERS or not any(sign.isalnum() for sign in text):
        return "nobody yet", True
    if len(_HANDLES.findall(text)) > 1 or _LISTED.search(text):
        return "several", True
    names = [name.strip().casefold().lstrip("@") for name in _JOINED.split(text)]
    if len(names) > 1 and all(name in teams for name in names):
        return "several", True
    if re.search(r"\s(?:and|or|e|ou|và|hoặc)\s", text, re.IGNORECASE):
        return "several", False
    return None


def _action(owner: str) -> str:
    return (
        f'actions:\n  - id: A1\n    title: Cap the pool at 300 connections\n    owner: "{owner}"\n'
        "    due: 2026-12-11\n    priority: P1\n    status: open"
    )


RULE = Rule(
    code="AW507",
    name="unclear-owner",
    level=Level.WARNING,
    in_draft=Level.HINT,
    milder="A hint where a word such as “and” alone says that there are several: some teams are called so.",
    summary="An open action of ours has one owner.",
    rationale="What two own, each leaves to the other, and “someone” does nothing. One owner answers for an action, "
    "whoever helps; a team or a role on call is one. Names of teams in the settings count as one owner, and so does "
    "`@organisation/team`. None of the 72 reports on which the rules were tried gives its actions an owner, and "
    "those of the example library are clear.",
    good=(
        Example(_action("@team-payments")),
        Example(_action("@example-shop/payments"), note="A team of an organisation."),
    ),
    bad=(
        Example(_action("@team-payments, @team-platform")),
        Example(_action("@team-payments and @team-platform")),
        Example(_action("Ana and Bruno")),
        Example(_action("TBD")),
        Example(_action("@someone")),
    ),
    check=_check,
)
