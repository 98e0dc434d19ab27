"""English: who, what they did, and the other classes of words that the patterns are made of."""

from __future__ import annotations

from afterword.language.words import names

_PEOPLE = (
    "engineer", "engineers", "developer", "developers", "programmer", "programmers", "sysadmin", "sysadmins", "dba",
    "dbas", "sre", "sres", "technician", "technicians", "administrator", "administrators", "employee", "employees",
    "colleague", "colleagues", "coworker", "co-worker", "intern", "contractor", "contractors", "on-call", "oncall",
    "on-call engineer", "on-call developer", "on call engineer", "engineer on call", "person on call",
    "engineers on call", "people on call", "team member", "team members", "team lead",
    "tech lead", "manager", "managers", "responder", "responders", "incident commander", "reviewer", "reviewers",
    "somebody", "someone", "he", "she", "person", "people", "individual", "individuals", "staff", "staff member",
    "analyst", "analysts", "tester", "testers", "personnel", "operator", "operators", "maintainer", "maintainers",
)  # fmt: skip
_OWNERS = tuple(f"{word}'s" for word in (
    "engineer", "developer", "programmer", "sysadmin", "dba", "sre", "technician", "administrator", "employee",
    "colleague", "intern", "contractor", "on-call", "operator", "person", "team member", "somebody", "someone",
))  # fmt: skip

# What a person does at work; “to check”, “checked”.
_CHECK = (
    "check", "double-check", "verify", "test", "follow", "read", "review", "consider", "validate", "communicate",
    "coordinate", "tell", "inform", "notify", "understand", "realise", "realize", "anticipate", "document",
)  # fmt: skip
_CHECKED = (
    "checked", "double-checked", "verified", "tested", "followed", "read", "reviewed", "considered", "validated",
    "communicated", "coordinated", "told", "informed", "notified", "understood", "thought", "realised", "realized",
    "anticipated", "foreseen", "predicted", "expected", "noticed", "seen", "caught", "spotted", "detected",
    "discovered", "investigated", "looked", "known", "asked", "waited", "stopped", "paused", "planned", "prepared",
    "prevented", "avoided", "escalated", "announced", "questioned", "acted", "reacted", "responded", "started",
    "rolled back", "reverted", "disabled", "decided", "discussed", "involved", "called", "paged", "declared",
    "learned", "learnt", "remembered", "paid", "been more careful", "been told", "been informed",
    "done", "been aware", "been faster", "been quicker", "been better", "rushed", "assumed", "relied", "trusted",
    "used", "run",
    "taken", "made", "fixed", "added", "removed", "kept", "chosen", "tried", "deployed", "merged", "pushed", "limited",
)  # fmt: skip
# Of these a person's failing is meant even when no person is named.
_EXAMINED = (
    "checked", "double-checked", "verified", "tested", "reviewed", "communicated", "addressed",
    "coordinated", "noticed", "caught", "spotted", "escalated", "anticipated", "foreseen", "planned", "discussed",
    "questioned", "announced", "rushed", "investigated", "thought through", "followed up",
)  # fmt: skip

CLASSES: dict[str, tuple[str, ...]] = {
    "who": _PEOPLE,
    "whose": _OWNERS,
    "team": ("team", "teams"),
    "we": ("we", "our team"),
    "name": names.GIVEN,
    "names": tuple(f"{name}'s" for name in names.GIVEN),
    "how": ("simply", "just", "also", "again", "apparently", "clearly", "obviously", "completely", "unfortunately"),
    "lapse": (
        "forgot", "had forgotten", "has forgotten", "have forgotten", "had overlooked", "has overlooked",
        "have overlooked", "neglected", "overlooked", "misread", "misjudged", "was careless",
        "were careless", "was negligent", "were negligent", "was not paying attention", "wasn't paying attention",
        "did not bother", "didn't bother", "did not pay attention",
        "didn't pay attention", "made a mistake", "made an error", "made the mistake", "screwed up", "messed up",
        "fat-fingered", "mistyped", "should know better", "knew better", "lacked the knowledge",
        "lacked the experience", "lacked the skills", "was inexperienced", "ignored the", "disregarded the",
        "rubber-stamped", "was not careful", "were not careful", "wasn't careful",
    ),
    "judged": ("carelessly", "negligently", "recklessly", "foolishly", "mistakenly", "wrongly"),
    "not": ("failed to", "did not", "didn't"),
    "check": _CHECK,
    # not with “did not”: what somebody did not see is a fact about what was shown
    "notice": ("notice", "spot", "escalate", "recognise", "recognize", "remember", "appreciate", "heed"),
    "checked": _CHECKED,
    "examined": _EXAMINED,
    "procedure": (
        "procedure", "procedures", "process", "runbook", "playbook", "instructions", "checklist", "protocol",
        "guidelines", "policy", "change process", "change procedure",
    ),
    "human-error": tuple(
        f"{who} {what}"
        for who in ("human", "operator", "pilot", "employee", "engineer", "developer", "administrator")
        for what in ("error", "errors", "mistake", "mistakes")
    ),
    "written": (
        "procedure", "procedures", "runbook", "playbook", "checklist", "guidelines", "change process",
        "change procedure",
    ),
    "outage": ("outage", "incident", "failure", "problem", "issue", "bug", "breakage", "error", "data loss"),
    "mistake": ("mistake", "error", "negligence", "carelessness", "fault", "typo", "failure to"),
    "blamed": (
        "we", "they", "he", "she", "i", "it was", "this was", "that was", "it is clear", "it is obvious",
        "there was", "the team", "the engineer", "the operator", "this should", "that should", "should", "obvious",
        "obviously", "clearly",
    ),
    "signal": ("alert", "alerts", "page", "warning", "warnings", "sign", "signs", "signal", "notification"),
    "did": (
        "deleted", "ran", "pushed", "deployed", "picked", "selected", "chose", "typed", "entered", "used", "restarted",
        "merged", "applied", "edited", "stopped", "unplugged",
    ),
    # what somebody might have done is also a risk: “someone could have read it” blames nobody
    "avoided": (
        "checked", "verified", "tested", "noticed", "caught", "spotted", "asked", "avoided", "prevented", "anticipated",
        "foreseen", "reverted", "rolled back", "escalated", "stopped",
    ),
    "seen": ("tested", "checked", "known", "noticed", "realised", "realized", "asked", "waited", "followed"),
    "mishap": (
        "accidentally", "inadvertently", "mistakenly", "carelessly", "wrongly", "incorrectly", "unintentionally",
    ),
    "faulty": ("the wrong", "a wrong", "a bad", "a broken", "a faulty", "an incorrect"),
    "could": ("could have", "could've", "should have", "should've", "ought to have"),
    "should": ("should have", "should've", "ought to have"),
    "should-not": ("should not have", "shouldn't have", "should never have", "shouldn't've"),
}  # fmt: skip
"""By name; a phrase of several words counts as one."""
