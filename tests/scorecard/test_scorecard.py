"""The scorecard: what gives a point, what takes it, what is not asked, and that it is explained."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.findings import Finding, Level, Span
from afterword.model import Postmortem
from afterword.scorecard import QUESTIONS, Area, Score, Scorecard, Verdict, scorecard, written
from afterword.settings import Settings, Severity
from afterword.source import Source
from tests.rules.whole import AS_OF, FOLDER, PATH, SETTINGS, judge, library, page

STRICT = replace(SETTINGS, severities={
    "SEV1": Severity("SEV1", "Critical", critical=True, approvals=("tech-lead", "executive")),
    "SEV3": Severity("SEV3", "Minor"),
})  # fmt: skip
SEVERE = """\
severity: SEV1
acknowledged: 2026-03-04T09:18:00Z
contributing_factors: [missing-alert]
impact: {users: 500, downtime_minutes: 32}
people: {author: "@team", reviewers: ["@other"]}
approvals: [{role: tech-lead, by: "@lead", on: 2026-03-09}, {role: executive, by: "@head", on: 2026-03-09}]
links: [{title: Dashboard, url: "https://example.org/d"}]
review_on: 2026-04-08
actions:
  - id: A1
    title: Alert when the pool is over 80 % for 5 minutes
    type: detect
    owner: "@team-payments"
    created: 2026-03-09
    due: 2026-03-11
    status: done
    completed: 2026-03-11
    priority: P1
"""
PARTS = """\
## Executive summary

500 users could not pay for 32 minutes.

## Timeline

| Time (UTC) | Event | Action |
| --- | --- | --- |
| 09:12 | Errors rise | |
| 09:16 | Alert | Page acknowledged |
| 09:44 | Errors end | Pool raised |

## Detection

An alert on errors fired after four minutes.

## Root cause

1. Why did checkout fail? No connection was free.
2. Why was none free? The pool was smaller than the load.
3. Why was it small? Its size is a default that nobody sees.
4. Why does nobody see it? It stands beside no figure of its use.
5. Why not? The dashboard is older than the pool.

## Resolution

The pool was raised; test orders confirmed it.

## Error-budget impact

A tenth of the month's budget.

## Lessons learned

The alert worked. The runbook did not help. We were lucky that it was a quiet morning.

## Process improvements

The size of the pool is shown beside its use.

## Communication

- 09:21 support was told in the incident channel.
- 09:26 status page: payments fail; 09:50 closed for customers, too.
"""
WHYS = "".join(line for line in PARTS.splitlines(keepends=True) if line[:2] in ("3.", "4.", "5."))
FULL = page(SEVERE, PARTS)


def card(
    text: str = FULL,
    *,
    as_of: datetime = AS_OF,
    config: Settings = STRICT,
    beside: Collection[Finding] = (),
) -> Scorecard:
    """The scorecard of a text, with the findings of a whole check and those ``beside``."""
    found = (*judge({PATH: text}, as_of=as_of, settings=config).findings, *beside)
    return scorecard(_read(text, config), Source(FOLDER + PATH, text), found, config, as_of)


def _read(text: str, config: Settings = STRICT) -> Postmortem:
    postmortem = library({PATH: text}, config).records[0].postmortem
    assert postmortem
    return postmortem


def missed(given_card: Scorecard) -> dict[str, str]:
    """The questions answered with no, and why."""
    return {point.question.key: point.answer.reason for score in given_card.scores for point in score.missed}


def left_out(given_card: Scorecard) -> dict[str, str]:
    return {point.question.key: point.answer.reason for score in given_card.scores for point in score.left_out}


def test_a_full_postmortem_scores_five_everywhere() -> None:
    found = card()
    assert missed(found) == {}
    assert [score.value for score in found.scores] == [5, 5, 5, 5]
    assert left_out(found) == {"tickets": "no action is open"}


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("500 users could not pay for 32 minutes.", "None could pay.", "summary-figures", "the summary has no figure"),
        ("| 09:16 | Alert | Page acknowledged |\n", "", "timeline-rows", "the timeline has only 2 rows with a time"),
        ("Time (UTC)", "Time", "timeline-zone", "the timeline names no zone"),
        ("acknowledged: 2026-03-04T09:18:00Z\n", "", "milestones", "no time for acknowledged"),
        ("users: 500, ", "", "impact-figures", "the impact has fewer than 2 figures"),
        ("detection: alert\n", "", "detection", "`detection` is missing"),
        (WHYS, "", "root-cause",
         "the root cause stops near the trigger"),
        ("contributing_factors: [missing-alert]\n", "", "contributing-factors", "no contributing factor is named"),
        ("test orders confirmed it", "it was over", "verification", "the resolution does not say how it was verified"),
        ("The runbook did not help. ", "", "lessons", "the lessons do not say what did not"),
        ("We were lucky that it was a quiet morning.", "It was a quiet morning.", "luck",
         "the lessons do not say where we were lucky"),
        ('links: [{title: Dashboard, url: "https://example.org/d"}]\n', "", "evidence", "no link to evidence"),
        ('    owner: "@team-payments"\n', "", "owners", "A1 without an owner"),
        ("    due: 2026-03-11\n", "", "due-dates", "A1 without a due date"),
        ("    priority: P1\n", "", "priorities", "A1 without a priority"),
        ("type: detect", "type: process", "prevents-or-detects", "no action prevents or detects a recurrence"),
        ("status: done\n    completed: 2026-03-11", "status: open", "tickets", "A1 has no ticket"),
        (', reviewers: ["@other"]', "", "reviewers", "no reviewer but the author is named"),
        (', on: 2026-03-09}]', "}]", "approvals", "approval pending: executive"),
        ("review_on: 2026-04-08\n", "", "second-look", "no date for a second look"),
        ("published: 2026-03-09", "published: 2026-03-29", "in-time",
         "published 25 days after the end; the target is 7"),
        ("in the incident channel", "at once", "channels", ""),
        ("09:26 status page: payments fail; 09:50 closed", "later closed", "message-times",
         "fewer than 2 times are given"),
        ("closed for customers", "all was calm for customers", "end-told", "it does not say that the end was told"),
    ],
)  # fmt: skip
def test_what_is_missing_takes_its_point_and_is_named(old: str, new: str, key: str, reason: str) -> None:
    assert old in FULL
    found = missed(card(FULL.replace(old, new)))
    if not reason:  # another word still says it
        assert key not in found
        return
    assert found[key] == reason


def test_customers_and_channels_have_to_be_named_in_the_communication() -> None:
    text = re.sub(r"## Communication\n.*", "## Communication\n\nIt was discussed.\n", FULL, flags=re.DOTALL)
    assert set(missed(card(text))) == {"told", "channels", "message-times", "customers", "end-told"}
    assert card(text).of(Area.COMMUNICATION).value == 0


def test_each_no_says_how_to_get_the_point() -> None:
    text = page("severity: SEV1\nstatus: in-review", without=["actions", "detection", "root_cause"])
    points = [point for score in card(text).scores for point in score.missed]
    assert len(points) > 12
    assert all(point.answer.reason and point.answer.gain.endswith(".") for point in points)


def test_a_draft_has_no_review_and_an_ongoing_incident_no_lessons_yet() -> None:
    text = page("status: draft\nseverity: SEV1", without=["mitigated", "resolved", "actions"])
    found = card(text)
    assert found.of(Area.REVIEW).value is None
    assert left_out(found)["approvals"] == "it is a draft"
    assert {"lessons", "root-cause", "luck", "any-action"} <= left_out(found).keys()


def test_a_minor_incident_is_asked_for_less() -> None:
    found = card(page())
    assert found.of(Area.COMMUNICATION).value is None
    assert {"luck", "verification", "reviewers", "approvals", "told"} <= left_out(found).keys()


@pytest.mark.parametrize("kind", ["drill", "near-miss"])
def test_other_kinds_have_no_impact_and_nobody_to_tell(kind: str) -> None:
    lines = f"kind: {kind}\ndrill: {{hypothesis: It holds, fault: It was cut, outcome: It held}}"
    found = card(page(lines, without=["severity"]))
    assert {"impact-figures", "detection", "milestones", "told", "in-time"} <= left_out(found).keys()
    assert found.of(Area.COMMUNICATION).value is None


def test_the_actions_of_others_are_not_ours_to_score() -> None:
    lines = "origin: public\norganization: Example\nsource: https://example.org/p"
    found = card(page(lines, without=["actions"]))
    assert found.of(Area.ACTIONS).value is None
    assert set(left_out(found).values()) >= {"it is another organisation's"}


def test_a_finding_takes_the_point_of_the_question_that_asks_the_same() -> None:
    beside = [
        _finding("AW401"),
        _finding("AW706", Level.ERROR),
        _finding("AW999"),
        _finding("AW301"),
        _finding("AW801"),
    ]
    found = missed(card(beside=beside))
    assert found == {
        "blameless": "AW401 in line 7",
        "confidential": "AW706 in line 7",
        "clean-check": "AW999 in line 7",
        "consistent": "AW301 in line 7",
        "evidence": "AW801 in line 7",
    }


def test_a_hint_takes_no_point_and_a_question_that_is_missed_absorbs_its_findings() -> None:
    assert missed(card(beside=[_finding("AW401", Level.HINT)])) == {}
    without_owner = FULL.replace('    owner: "@team-payments"\n', "")
    assert set(missed(card(without_owner))) == {"owners"}


def test_many_findings_are_counted() -> None:
    found = missed(card(beside=[_finding("AW4", line=at) for at in range(3, 8)]))
    assert found == {"blameless": "AW4 in line 3, AW4 in line 4 and 3 more"}


def _finding(code: str, level: Level = Level.WARNING, line: int = 7) -> Finding:
    return Finding(code, "made-up", level, "x", FOLDER + PATH, Span(line, 1, line, 2))


def test_comments_and_code_say_nothing() -> None:
    text = FULL.replace("500 users could not pay", "<!-- 500 --> Nobody could pay").replace("32 minutes.", "long.")
    assert "summary-figures" in missed(card(text))
    fenced = text.replace("pay for long.", "pay.\n\n```\n500\n```\n")
    assert "summary-figures" in missed(card(fenced))


@pytest.mark.parametrize(
    ("reached", "asked", "value"), [(0, 5, 0), (1, 1, 5), (6, 7, 4), (2, 3, 3), (1, 11, 0), (10, 11, 4.5), (0, 0, None)]
)
def test_a_score_is_the_share_of_what_applies_rounded_down_to_a_half(
    reached: int, asked: int, value: float | None
) -> None:
    points = [point for score in card().scores for point in score.points]
    yes = next(point for point in points if point.answer.verdict is Verdict.YES)
    no = next(point for score in card(page("severity: SEV1")).scores for point in score.missed)
    assert Score(Area.CONTENT, (*[yes] * reached, *[no] * (asked - reached))).value == value


def test_scores_are_written_without_needless_places() -> None:
    assert [written(value) for value in (5.0, 3.5, 0.0, None)] == ["5", "3.5", "0", "–"]


def test_the_clock_is_as_of_alone() -> None:
    text = page("status: in-review")
    assert "in-time" not in missed(card(text, as_of=datetime(2026, 3, 10, tzinfo=UTC)))
    late = missed(card(text, as_of=datetime(2026, 3, 14, tzinfo=UTC)))
    assert late["in-time"] == "unpublished 10 days after the end; the target is 7"


def test_every_question_has_a_name_of_its_own_and_stands_in_the_guide(root: Path) -> None:
    guide = (root / "postmortems" / "guide" / "checklist.md").read_text(encoding="utf-8")
    keys = [question.key for question in QUESTIONS]
    assert len(keys) == len(set(keys))
    for question in QUESTIONS:
        assert f"| `{question.key}` | {question.text} |" in guide
    assert guide.count("\n| `") == len(keys)


def test_one_question_claims_what_no_other_does() -> None:
    assert [question.key for question in QUESTIONS if "" in question.claims] == ["clean-check"]


@given(st.text(max_size=300), st.sampled_from(["Communication", "Root cause", "Lessons learned", "Executive summary"]))
@settings(max_examples=60)
def test_no_text_of_a_part_breaks_it(text: str, part: str) -> None:
    spoiled = FULL.replace(f"## {part}\n", f"## {part}\n\n{text}\n")
    postmortem = _read(FULL)
    found = scorecard(postmortem, Source(FOLDER + PATH, spoiled), (), STRICT, AS_OF)
    assert all(0 <= (score.value or 0) <= 5 for score in found.scores)
