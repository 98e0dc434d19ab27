"""Communication: were those concerned told, where, when, and how it ended?"""

from __future__ import annotations

from collections.abc import Callable

from afterword.scorecard import words
from afterword.scorecard.base import YES, Answer, Area, Question, no, not_asked
from afterword.scorecard.content import MINOR, ONGOING, OTHER_KINDS, PUBLIC
from afterword.scorecard.facts import Facts

_TIMES = 2
_FACING = ("customer-facing-outage", "data-loss", "security-incident", "over-100-users")


def _skipped(facts: Facts) -> Answer | None:
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if not facts.is_incident:
        return not_asked(OTHER_KINDS)
    if facts.is_minor and not facts.part("communication").strip():
        return not_asked(MINOR)
    return None


def _says(test: Callable[[str], bool], lacks: str, gain: str) -> Callable[[Facts], Answer]:
    """A question to the part *Communication*."""

    def ask(facts: Facts) -> Answer:
        text = facts.part("communication")
        return _skipped(facts) or (YES if test(text) else no(lacks, gain))

    return ask


_told = _says(
    lambda text: words.says(text, words.TOLD),
    "nobody is named who was told",
    "Say who was told: teams, support, users.",
)
_where = _says(
    lambda text: words.says(text, words.CHANNELS), "no channel is named", "Say where: channel, status page, e-mail."
)
_when = _says(
    lambda text: words.times(text) >= _TIMES,
    f"fewer than {_TIMES} times are given",
    "Give the time of each message, in the zone of the timeline.",
)


def _outside(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    postmortem = facts.postmortem
    reached = bool(postmortem.impact and postmortem.impact.users) or postmortem.detection == "customer"
    if not reached and not any(reason in _FACING for reason in postmortem.required_because):
        return not_asked("no customer noticed")
    if words.says(facts.part("communication"), words.OUTSIDE):
        return YES
    return no("customers are not mentioned", "Say what customers were told: status page, support, an account.")


def _ended(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    if facts.postmortem.is_ongoing:
        return not_asked(ONGOING)
    if words.says(facts.part("communication"), words.ENDED):
        return YES
    return no("it does not say that the end was told", "Say when those who were told heard that it was over.")


QUESTIONS = (
    Question("told", Area.COMMUNICATION, "It says who was told", _told),
    Question("channels", Area.COMMUNICATION, "It says through which channels", _where),
    Question("message-times", Area.COMMUNICATION, "It says when", _when),
    Question("customers", Area.COMMUNICATION, "Customers who were hit were told", _outside),
    Question("end-told", Area.COMMUNICATION, "Those who were told heard of the end", _ended),
)
