"""Review: did the right people read it, in time, and does nothing that a machine can see stand against it?"""

from __future__ import annotations

from afterword.model import Status
from afterword.scorecard.base import YES, Answer, Area, Question, no, not_asked
from afterword.scorecard.content import MINOR, OTHER_KINDS, PUBLIC
from afterword.scorecard.facts import Facts
from afterword.timing import days_between, format_days

DRAFT = "it is a draft"
_ROLES = ("author", "tech-lead", "executive")


def _skipped(facts: Facts) -> Answer | None:
    """Reviews are asked of our own severe incidents from review on."""
    if not facts.postmortem.is_internal:
        return not_asked(PUBLIC)
    if facts.is_draft:
        return not_asked(DRAFT)
    if not facts.is_incident:
        return not_asked(OTHER_KINDS)
    return not_asked(MINOR) if facts.is_minor else None


def _reviewers(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    people = facts.postmortem.people
    author = people.author if people else None
    if people and any(name != author for name in people.reviewers):
        return YES
    return no("no reviewer but the author is named", "Name under `people.reviewers` who else has read all of it.")


def _approvals(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    given = {item.role for item in facts.postmortem.approvals if item.on}
    severity = facts.settings.severities.get(facts.postmortem.severity or "")
    wanted = severity.approvals if severity else ()
    waiting = [item.role for item in facts.postmortem.approvals if not item.on]
    # a role that nobody knows is text of the author: it is not repeated, as nobody has looked for secrets in it here
    named = [role if role in wanted or role in _ROLES else "another role" for role in waiting]
    lacking = list(dict.fromkeys([*(role for role in wanted if role not in given), *named]))
    if lacking:
        return no(f"approval pending: {', '.join(lacking)}", "Record it under `approvals` with role and date.")
    return YES if given else no("no approval is recorded", "Record it under `approvals` with role and date.")


def _review_on(facts: Facts) -> Answer:
    if skipped := _skipped(facts):
        return skipped
    if facts.postmortem.status is not Status.PUBLISHED:
        return not_asked("`afterword publish` sets the date of the next look")
    if facts.postmortem.review_on:
        return YES
    return no("no date for a second look", "Set `review_on`, 30 days after publication.")


def _in_time(facts: Facts) -> Answer:
    postmortem = facts.postmortem
    if not postmortem.is_internal:
        return not_asked(PUBLIC)
    if not facts.is_incident:
        return not_asked(OTHER_KINDS)
    if postmortem.resolved is None or "resolved" in postmortem.unknown:
        return not_asked("nobody can tell when it was resolved" if not postmortem.is_ongoing else "it is not over")
    target = facts.settings.targets.time_to_postmortem_days
    took = days_between(postmortem.resolved, postmortem.published or facts.today, facts.settings.zone) or 0
    if took <= target:
        return not_asked(DRAFT) if facts.is_draft else YES
    aim = f"the target is {target}"
    if postmortem.published:
        return no(f"published {format_days(took)} after the end; {aim}", "Keep it: a late one is better than none.")
    return no(f"unpublished {format_days(took)} after the end; {aim}", "Publish what is known; updates may follow.")


def _only_findings(facts: Facts) -> Answer:
    """Nothing but a finding speaks against it; a draft that nobody has read yet gets no score for that."""
    return not_asked(DRAFT) if facts.is_draft else YES


QUESTIONS = (
    Question("reviewers", Area.REVIEW, "Somebody beside the author has read it", _reviewers),
    Question("approvals", Area.REVIEW, "Every approval that the severity asks for is there", _approvals, ("AW609",)),
    Question("second-look", Area.REVIEW, "A date for a second look is set", _review_on),
    Question("in-time", Area.REVIEW, "It is published in time, or can still be", _in_time, ("AW308",)),
    Question("blameless", Area.REVIEW, "No sentence judges a person", _only_findings, ("AW4",)),
    Question("confidential", Area.REVIEW, "Nothing confidential is in the text", _only_findings, ("AW7",)),
    Question("clean-check", Area.REVIEW, "The check has nothing else to say", _only_findings, ("",)),
)
