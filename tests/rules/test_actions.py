"""Actions: whose, until when, and what came of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from afterword.rules.actions.vague_verb import VAGUE, vague
from tests.rules.whole import findings, said

PUBLIC = "origin: public\norganization: GitLab\nsource: https://example.org/\n"


def action(more: str, *, title: str = "Cap the pool at 300 connections") -> str:
    return f"actions:\n  - {{id: A1, title: '{title}', {more}}}"


OWNED = "owner: '@a', due: 2026-05-29, priority: P1, created: 2026-03-09"


@pytest.mark.parametrize("status", ["open", "in-progress", "done, completed: 2026-03-11"])
def test_an_action_of_ours_has_owner_due_date_and_priority(status: str) -> None:
    found = findings(action(f"status: {status}"))
    assert [(finding.code, finding.message) for finding in found] == [
        ("AW501", "action A1 has no owner and no due date and no priority")
    ]
    assert (found[0].span.line, found[0].span.column) == (18, 5)


@pytest.mark.parametrize("status", ["wont-do, reason: Retired", "moved, moved_to: 2026-03-04-checkout-answered-503#A1"])
def test_an_action_that_nobody_has_to_do_here_needs_no_owner(status: str) -> None:
    assert findings(action(f"status: {status}")) == []


def test_what_an_action_lacks_in_a_draft_is_a_warning() -> None:
    assert ("AW501", "warning") in said(findings(f"{action('status: open')}\nstatus: draft"))


def test_actions_of_other_organisations_are_not_ours_to_judge() -> None:
    assert said(findings(PUBLIC + action("status: unknown", title="Improve monitoring"))) == []
    assert said(findings(PUBLIC + action("status: open, due: 2026-03-20", title="Improve monitoring"))) == []


def test_an_action_is_overdue_from_the_day_after_and_never_an_error() -> None:
    lines = action("owner: '@a', due: 2026-03-20, priority: P1, status: open")
    assert findings(lines, as_of=datetime(2026, 3, 20, 23, 59, tzinfo=UTC)) == []
    found = findings(lines, as_of=datetime(2026, 3, 21, tzinfo=UTC))
    assert [(finding.message, str(finding.level)) for finding in found] == [
        ("action A1 is overdue by 1 day", "warning")
    ]


@pytest.mark.parametrize("status", ["done, completed: 2026-03-30", "wont-do, reason: Retired"])
def test_an_action_that_ended_is_never_overdue(status: str) -> None:
    assert findings(action(f"owner: '@a', due: 2026-03-20, priority: P1, status: {status}")) == []


def test_done_without_a_date_is_an_error_also_for_others() -> None:
    assert said(findings(action(f"{OWNED}, status: done"))) == [("AW503", "error")]
    assert said(findings(PUBLIC + action("status: done"))) == [("AW503", "error")]


def test_a_date_on_an_open_action_is_a_warning_at_the_date() -> None:
    found = findings(action(f"{OWNED}, status: open, completed: 2026-03-12"))
    assert said(found) == [("AW503", "warning")]


@pytest.mark.parametrize(("status", "word"), [("wont-do", "why"), ("moved", "where"), ("unknown", "unknown")])
def test_an_action_that_ended_otherwise_says_how(status: str, word: str) -> None:
    found = findings(action(f"{OWNED}, status: {status}"))
    assert said(found) == [("AW505", "error")]
    assert word in found[0].message


@pytest.mark.parametrize(
    "title",
    [
        "Improve monitoring",
        "investigate slow queries",
        "Look into retries",
        "We should consider a second region",
        "Review",
        "Monitor the pool",
        "Melhorar os alertas",
        "Ter mais cuidado com limites",
        "We need to streamline our pipelines",
        "More alarms for when something breaks",
        "Set up more alerts",
        "Add better tests",
        "Look into Traefik 2.X",
        "Look into the k8s upgrade of v2",
        "Investigate slow stops https://example.org/issues/1677",
        "Discuss the retry policy",
        "Continue to watch the pool",
        "Nâng cao nhận thức",
        "Chúng ta cần xem xét giới hạn",
        "Adicionar mais testes",
        "Cải thiện giám sát",
        "Tìm hiểu nguyên nhân",
    ],
)
def test_a_promise_of_effort_is_vague(title: str) -> None:
    assert vague(title)


@pytest.mark.parametrize(
    "title",
    [
        "Alert when the pool is over 80 %",
        "Improve p95 of checkout from 900 ms to 300 ms",
        "Investigate the silent alert and write down the cause",
        "Review the alerts of checkout with the payments team",
        "Improved runbook is linked in each alert",
        "Consideration list removed from the form",
        "Explore-tab is removed",
        "Improve `max_connections`",
        "Monitoring for the replica is added",
        "Melhoramento contínuo removido",
        "Enhance the nightly run with a synthetic order",
        "Improve the runbook by adding the three commands",
        "Melhorar o alerta incluindo o nome do pod",
        "Keep the old index until the new one is filled",
        "Thử nghiệm khôi phục hàng đêm",
        "Add alerts for ALB targets",
        "Moreover the pool is capped",
        "Investigate and fix the leak in the spawner",
        "Continuous tests run against the staging shop",
        "Check the certificate in the pipeline",
        "",
    ],
)
def test_a_result_is_not_vague(title: str) -> None:
    assert vague(title) is None


@pytest.mark.parametrize("word", VAGUE)
def test_every_vague_word_is_found_in_any_case(word: str) -> None:
    assert vague(f"{word} the thing") == word
    assert vague(f"{word.capitalize()} the thing")


@pytest.mark.parametrize("status", ["done, completed: 2026-03-11", "wont-do, reason: Retired"])
def test_only_open_actions_are_asked_for_a_better_verb(status: str) -> None:
    assert findings(action(f"{OWNED}, status: {status}", title="Improve monitoring")) == []


def test_a_vague_verb_is_a_warning_and_in_a_draft_a_hint() -> None:
    lines = action(f"{OWNED}, status: open", title="Improve monitoring")
    assert said(findings(lines)) == [("AW504", "warning")]
    assert ("AW504", "hint") in said(findings(f"{lines}\nstatus: draft"))


@pytest.mark.parametrize(
    ("title", "why"), [("Improve alerts", "promises effort"), ("Add more alerts", "does not say how much")]
)
def test_what_is_vague_is_told_with_the_words_that_are(title: str, why: str) -> None:
    (found,) = findings(action(f"{OWNED}, status: open", title=title))
    assert why in found.message
    assert title.removesuffix(" alerts") in found.message


def test_each_further_action_with_an_id_is_told() -> None:
    one = "  - {id: A1, title: Cap it, status: wont-do, reason: No}\n"
    found = findings("actions:\n" + one * 3)
    assert [(finding.code, finding.span.line) for finding in found] == [("AW506", 19), ("AW506", 20)]
