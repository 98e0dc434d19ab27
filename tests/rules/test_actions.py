"""Actions: whose, until when, and what came of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword.findings import START
from afterword.prose import Passage
from afterword.rules.actions.few_whys import sections, steps_of
from afterword.rules.actions.unclear_owner import unclear
from afterword.rules.actions.vague_verb import VAGUE, vague
from afterword.settings import Severity
from tests.rules.whole import FOLDER, MILESTONES, PATH, SETTINGS, findings, judge, page, said
from tests.timed import seconds

PUBLIC = "origin: public\norganization: GitLab\nsource: https://example.org/\n"


def action(more: str, *, title: str = "Cap the pool at 300 connections") -> str:
    return f"actions:\n  - {{id: A1, title: '{title}', {more}}}"


EARLY = datetime(2026, 3, 9, 20, tzinfo=UTC)
OWNED = "owner: '@a', due: 2026-05-29, priority: P1, created: 2026-03-09"


@pytest.mark.parametrize("status", ["open", "in-progress", "done, completed: 2026-03-11"])
def test_an_action_of_ours_has_owner_due_date_and_priority(status: str) -> None:
    found = findings(action(f"status: {status}"))
    assert [(finding.code, finding.message) for finding in found] == [
        ("AW501", "action A1 has no owner and no due date and no priority")
    ]
    assert (found[0].span.line, found[0].span.column) == (18, 5)


@pytest.mark.parametrize("status", ["wont-do, reason: Retired", "moved, moved_to: 2026-03-04-checkout-answered-503#A2"])
def test_an_action_that_nobody_has_to_do_here_needs_no_owner(status: str) -> None:
    assert "AW501" not in {finding.code for finding in findings(action(f"status: {status}"))}


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
        "Ensure this does not happen again",
        "Communicate better",
        "Investigate record loss",
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
        "Evaluate two queue systems and record the decision in an ADR",
        "Consider a second DNS provider and present the costs to the platform guild",
        "Research options for rate limiting and propose one by RFC",
        "Investigar a fuga de memória e registrar a conclusão no ADR",
        "Điều tra rò rỉ bộ nhớ và ghi lại kết luận trong ADR",
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


def test_a_review_of_three_words_more_is_left_alone() -> None:
    assert vague("Review the alerts") == "Review"
    assert vague("Review the alerts weekly") is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("We should improve monitoring", "improve"),
        ("Precisamos melhorar os alertas", "melhorar"),
        ("Write more tests", "Write more"),
        ("Review the alerts https://example.org/alerts", "Review"),
    ],
)
def test_of_a_vague_beginning_the_words_are_told_not_who_shall_do_it(title: str, words: str) -> None:
    """And neither they nor an address make the rest a result."""
    assert vague(title) == words


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


@pytest.mark.parametrize(
    "owner",
    ["@team-payments, @team-platform", "@ana/@bruno", "@ana @bruno", "Ana; Bruno", "Payments / Platform", "TBD",
     "<name>", "?", "@someone", "Everyone", "a definir", "chưa rõ"],
)  # fmt: skip
def test_an_open_action_that_nobody_or_several_own_is_told(owner: str) -> None:
    found = findings(action(f"owner: '{owner}', due: 2026-05-29, priority: P1, status: open"))
    assert said(found) == [("AW507", "warning")]
    assert owner in found[0].message


@pytest.mark.parametrize(
    "owner", ["Ana and Bruno", "Ana AND Bruno", "Ana e Bruno", "Search or Discovery", "An và Bình"]
)
def test_a_word_that_joins_two_owners_is_a_hint_for_some_teams_are_called_so(owner: str) -> None:
    assert said(findings(action(f"owner: '{owner}', due: 2026-05-29, priority: P1, status: open"))) == [
        ("AW507", "hint")
    ]


@pytest.mark.parametrize(
    "owner",
    ["@team-payments", "@example-shop/payments", "payments", "@oncall-web", "Ana María Souza", "ana@example.org",
     "platform/payments", "@all-hands-tools", "Trust & Safety", "team-payments"],
)  # fmt: skip
def test_one_owner_is_clear(owner: str) -> None:
    assert unclear(owner, SETTINGS) is None


def test_a_team_of_the_settings_is_one_owner_whatever_its_name() -> None:
    named = replace(SETTINGS, teams={"safety": "Trust and Safety", "web": "Web"})
    assert unclear("Trust and Safety", named) is None
    assert unclear("@Trust and Safety", named) is None
    assert unclear("@web/safety", named) == ("several", True)
    assert unclear("Trust and Web", named) == ("several", False)


def test_who_owned_an_action_that_has_ended_does_not_matter() -> None:
    assert findings(action("owner: TBD, due: 2026-03-20, priority: P1, status: done, completed: 2026-03-11")) == []


def dated(due: str, *, created: str = "2026-03-09", more: str = "priority: P2") -> str:
    return action(f"owner: '@a', created: {created}, due: {due}, {more}, status: open")


def test_an_action_is_due_within_the_limit_of_its_severity() -> None:
    assert findings(dated("2026-06-09")) == []
    found = findings(dated("2026-06-10"))
    assert said(found) == [("AW508", "warning")]
    assert found[0].message == "action A1 is due 93 days after it was agreed; one of a SEV3 may take 92"


def test_a_severity_may_have_a_limit_of_its_own() -> None:
    short = replace(SETTINGS, severities={"SEV3": Severity("SEV3", "Minor", due_within_days=7)})
    report = judge({PATH: page(dated("2026-03-17"))}, settings=short, as_of=EARLY)
    assert [finding.code for finding in report.findings] == ["AW508"]
    assert judge({PATH: page(dated("2026-03-16"))}, settings=short, as_of=EARLY).findings == ()


def test_without_the_day_it_was_agreed_or_once_it_has_ended_no_limit_is_known() -> None:
    assert findings(action("owner: '@a', due: 2030-01-01, priority: P2, status: open")) == []
    done = "owner: '@a', created: 2026-03-09, due: 2030-01-01, priority: P2, status: done, completed: 2026-03-11"
    assert findings(action(done)) == []


@pytest.mark.parametrize(
    ("horizon", "created", "due", "told"),
    [
        ("short", "2026-03-09", "2026-03-09", False),
        ("short", "2026-03-09", "2026-03-11", False),
        ("short", "2026-03-06", "2026-03-09", False),  # from Friday over a weekend
        ("short", "2026-03-09", "2026-03-12", True),
        ("medium", "2026-03-09", "2026-03-23", False),
        ("medium", "2026-03-09", "2026-03-24", True),
        ("long", "2026-03-09", "2026-03-11", False),
    ],
)
def test_a_horizon_is_a_number_of_days_and_earlier_is_never_wrong(
    horizon: str, created: str, due: str, *, told: bool
) -> None:
    found = findings(dated(due, created=created, more=f"priority: P2, horizon: {horizon}"), as_of=EARLY)
    assert said(found) == ([("AW510", "hint")] if told else [])


@pytest.mark.parametrize("known", ["created: 2026-03-09", "due: 2026-06-09"])
def test_a_horizon_beside_one_day_alone_is_not_measured(known: str) -> None:
    found = findings(action(f"owner: '@a', {known}, priority: P2, horizon: short, status: open"), as_of=EARLY)
    assert "AW510" not in [item.code for item in found]


def test_the_fitting_horizon_is_suggested() -> None:
    (found,) = findings(dated("2026-03-23", more="priority: P2, horizon: short"), as_of=EARLY)
    assert found.hint == "Make the horizon `medium`, or bring the day forward."


def test_an_action_that_has_ended_does_not_hide_the_dates_of_the_next_one() -> None:
    rows = (
        "actions:\n  - {id: A1, title: Cap it, owner: '@a', priority: P2, status: done, due: 2026-03-20, "
        "completed: 2026-03-11}\n"
        "  - {id: A2, title: Cap it all, owner: '@a', created: 2026-03-09, due: 2026-03-02, priority: P2, status: open}"
    )
    assert "AW510" in [item.code for item in findings(rows)]


def test_where_no_horizon_fits_the_day_is_to_be_brought_forward() -> None:
    patient = replace(SETTINGS, severities={"SEV3": Severity("SEV3", "Minor", due_within_days=400)})
    text = page(dated("2026-12-09", more="priority: P2, horizon: long"))
    (found,) = judge({PATH: text}, settings=patient, as_of=EARLY).findings
    assert (found.code, found.hint) == ("AW510", "Bring the day forward.")


@pytest.mark.parametrize(("priority", "told"), [("P0", True), ("P1", True), ("P2", False)])
def test_the_two_most_urgent_priorities_are_not_for_months(priority: str, told: bool) -> None:
    found = findings(dated("2026-06-09", more=f"priority: {priority}, horizon: long"))
    assert [(item.code, item.hint) for item in found] == (
        [("AW510", "Split off what has to be there soon, or lower the priority.")] if told else []
    )


def test_an_action_beyond_its_severity_is_not_told_again_for_its_horizon() -> None:
    assert said(findings(dated("2027-03-09", more="priority: P2, horizon: short"))) == [("AW508", "warning")]


def test_dates_in_the_wrong_order_and_urgency_within_months_are_told() -> None:
    (early,) = (item for item in findings(dated("2026-03-02")) if item.code == "AW510")
    assert early.message == "action A1 is due on 2026-03-02, before it was agreed on 2026-03-09"
    (urgent,) = findings(dated("2026-06-09", more="priority: P1, horizon: long"))
    assert urgent.message == "action A1 is P1, the most urgent, and its horizon is long"


def critical(*types: str, more: str = "") -> list[tuple[str, str]]:
    rows = "".join(
        f"  - {{id: A{at}, title: Cap the pool, owner: '@a', due: 2026-05-29, priority: P1, status: open{kind}}}\n"
        for at, kind in enumerate(types)
    )
    lines = f"severity: SEV1\nactions:\n{rows}{more}" if rows else f"severity: SEV1\nactions: []\n{more}"
    return [item for item in said(findings(lines)) if item[0] == "AW509"]


def test_after_a_critical_incident_something_prevents_or_detects() -> None:
    assert critical(", type: mitigate", ", type: prevent") == []
    assert critical(", type: mitigate", ", type: process") == [("AW509", "warning")]
    assert critical() == [("AW509", "warning")]


def test_where_types_are_missing_nobody_can_be_sure() -> None:
    assert critical(", type: mitigate", "") == [("AW509", "hint")]


def test_the_first_three_actions_without_a_type_are_named() -> None:
    rows = "".join(
        f"  - {{id: A{at}, title: Cap it, owner: '@a', due: 2026-05-29, priority: P1, status: open}}\n"
        for at in range(4)
    )
    (found,) = [item for item in findings(f"severity: SEV1\nactions:\n{rows}") if item.code == "AW509"]
    assert found.hint == "Add one, or give A0 and A1 and A2 a type: prevent, detect, mitigate or process."


@pytest.mark.parametrize(
    "lines",
    ["kind: near-miss", "kind: drill\ndrill: {hypothesis: It holds, fault: Full disk, outcome: It held}",
     "merged_into: 2026-02-01-carts", "origin: public\norganization: GitLab\nsource: https://example.org/"],
)  # fmt: skip
def test_only_a_critical_incident_of_ours_is_asked_for_prevention(lines: str) -> None:
    assert critical(", type: mitigate", more=lines) == []


def test_an_action_that_is_not_done_here_does_not_hide_the_next_one() -> None:
    rows = (
        "actions:\n  - {id: A1, title: Cap it, status: wont-do, reason: Too dear}\n"
        "  - {id: A2, title: Cap it all, status: open, owner: '@a', priority: P1}"
    )
    found = [item.message for item in findings(rows) if item.code == "AW501"]
    assert found == ["action A2 has no due date"]


def test_without_a_severity_the_longest_horizon_is_the_limit() -> None:
    draft = f"status: draft\n{dated('2026-06-10')}"
    (found,) = [item for item in findings(draft, without=["severity"]) if item.code == "AW508"]
    assert found.message == "action A1 is due 93 days after it was agreed; an action may take 92"


def test_a_severity_is_told_with_its_own_limit() -> None:
    short = replace(SETTINGS, severities={"SEV3": Severity("SEV3", "Minor", due_within_days=7)})
    (found,) = judge({PATH: page(dated("2026-03-17"))}, settings=short, as_of=EARLY).findings
    assert found.message.endswith("; one of a SEV3 may take 7")


def test_a_source_that_gives_no_day_may_leave_it_open() -> None:
    public = "origin: public\norganization: GitLab\nsource: https://example.org/\n"
    (found,) = [item for item in findings(f"{public}{action('status: done')}") if item.code == "AW503"]
    assert found.hint == "Add `completed:`, or make the status `unknown` when the source gives no day."


@pytest.mark.parametrize(
    ("piece", "message", "text"),
    [
        ("## Root cause\n\n### Five whys\n\n1. Why? The pool was full.\n",
         "the five whys end after 1 step, and nothing says why", "### Five whys"),
        ("## Root cause\n\n### Five whys\n\n1. Why? The pool was full.\n2. Why? A query was slow.\n",
         "the five whys end after 2 steps, and nothing says why", "### Five whys"),
    ],
)  # fmt: skip
def test_whys_that_end_early_are_told_at_their_heading(piece: str, message: str, text: str) -> None:
    (found,) = [item for item in findings(piece=piece) if item.code == "AW512"]
    assert found.message == message
    line = page(piece=piece).split("\n")[found.span.line - 1]
    assert line.endswith(text)


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        ("1. Why did it fail? The pool was full.\n2. Because a query was slow.\n", "2 steps"),
        ("1. Why did it fail? The pool was full.\n2. Why? A query.\n3. It was slow.\n", "2 steps"),
        ("Why did it fail? The pool was full.\n\nWhy? A query was slow.\n", "2 steps"),
        ("1. Why? The pool was full.\n2. Why? The retries never stopped.\n3. Why? No limit.\n", "3 steps"),
    ],
)
def test_steps_are_those_that_ask_why_or_else_all_and_only_the_last_may_end_them(steps: str, count: str) -> None:
    piece = f"## Root cause\n\n### Five whys\n\n{steps}"
    (found,) = [item for item in findings(piece=piece) if item.code == "AW512"]
    assert found.message.startswith(f"the five whys end after {count}, ")


def test_a_paragraph_beside_the_steps_may_say_why_they_end() -> None:
    piece = "## Root cause\n\n### Five whys\n\n1. Why? The pool was full.\n\nThe rest belongs to the vendor.\n"
    assert "AW512" not in [item.code for item in findings(piece=piece)]


def test_whys_of_drafts_and_of_others_are_left_alone() -> None:
    piece = "## Root cause\n\n### Five whys\n\n1. Why? The pool was full.\n"
    public = "origin: public\norganization: GitLab\nsource: https://example.org/"
    for lines in ("status: draft", public):
        assert "AW512" not in [item.code for item in findings(lines, piece)]


def test_what_was_dropped_prevents_nothing() -> None:
    rows = "actions:\n  - {id: A1, title: Cap it, type: prevent, status: wont-do, reason: Too dear}"
    assert ("AW509", "warning") in said(findings(f"severity: SEV1\n{rows}"))


def test_a_draft_and_a_minor_incident_are_not_asked_for_prevention() -> None:
    assert critical(", type: mitigate", more="status: draft") == []
    rows = "actions:\n  - {id: A1, title: Cap it, type: mitigate, status: wont-do, reason: Too dear}"
    assert findings(rows) == []


def whys(steps: int, after: str = "", head: str = "### Five whys\n\n") -> list[tuple[str, str]]:
    rows = "".join(f"{at}. Why was it so? Because of the {at}th reason.\n" for at in range(1, steps + 1))
    return said(findings(piece=f"## Root cause\n\n{head}{rows}{after}\n"))


def test_five_whys_are_five_or_say_why_not() -> None:
    assert whys(5) == whys(6) == []
    assert whys(4) == whys(3) == whys(1) == [("AW512", "hint")]
    assert whys(3, "\nBeyond lies the code of a vendor.") == []
    assert whys(3, "\n### Statement\n\nThe pool was too small.") == [("AW512", "hint")]


def test_whys_are_known_without_a_heading_and_in_other_languages() -> None:
    assert whys(3, head="") == [("AW512", "hint")]
    assert whys(1, head="") == []
    for piece in (
        "## Causa raiz\n\n### 5 porquês\n\n1. Por que falhou? O pool estava cheio.\n2. Por quê? Era pequeno.\n",
        "## Nguyên nhân gốc rễ\n\n### 5 lần tại sao\n\n1. Tại sao lỗi? Hết kết nối.\n2. Vì sao? Giới hạn thấp.\n",
    ):
        assert said(findings(piece=piece)) == [("AW512", "hint")]


def test_the_last_step_may_say_that_the_chain_ends() -> None:
    assert whys(2, "3. Why not? It belongs to the provider, so we stop here.\n") == []


def test_other_lists_in_the_root_cause_are_no_whys() -> None:
    assert findings(piece="## Root cause\n\n### Contributing factors\n\n- No alert.\n- No test.\n") == []


OTHER = "2026/2026-02-01-carts-were-empty.md"


def twins(one: str, other: str, *, service: str = "checkout", owner: str = "@a", status: str = "open") -> list[str]:
    """The codes of a later postmortem beside an earlier one, with an action each."""
    rest = f"due: 2026-05-29, priority: P1, status: {status}"
    earlier = f"title: Carts\nstarted: 2026-02-01\nsummary: Mails were late.\nservices: [{service}]\n" + action(
        f"owner: '{owner}', {rest}", title=other
    )
    later = action("owner: '@a', due: 2026-05-29, priority: P1, status: open", title=one)
    report = judge({OTHER: page(earlier), PATH: page(later)})
    assert not report.of(f"{FOLDER}{OTHER}")
    return [finding.code for finding in report.of(f"{FOLDER}{PATH}")]


POOL = "Cap the pool of checkout at 300 connections"


def test_an_action_that_is_open_elsewhere_is_told_in_the_later_postmortem() -> None:
    assert twins(POOL, POOL) == ["AW511"]
    assert twins(POOL, "cap the pool of checkout at 300 connection") == ["AW511"]


def test_the_same_words_need_an_owner_or_a_service_in_common_and_nearly_the_same_a_service() -> None:
    assert twins(POOL, POOL, service="orders") == ["AW511"]
    assert twins(POOL, POOL, service="orders", owner="@b") == []
    assert twins(POOL, POOL, owner="@b") == ["AW511"]
    near = f"{POOL} soon"
    assert twins(near, POOL, owner="@b") == ["AW511"]
    assert twins(near, POOL, service="orders") == []


def test_the_later_of_two_incidents_is_told_wherever_the_files_lie() -> None:
    rows = "actions:\n  - {id: A1, title: Cap the pool, owner: '@a', due: 2026-05-29, priority: P1, status: open}"
    files = {
        "zz/2026-02-01-a.md": page(f"title: A\nstarted: 2026-02-01\nunknown: [detected, mitigated, resolved]\n{rows}",
                                   without=MILESTONES),
        PATH: page(rows),
    }  # fmt: skip
    assert [item.path for item in judge(files).findings if item.code == "AW511"] == [FOLDER + PATH]


def test_another_number_or_an_ended_action_is_another_thing() -> None:
    assert twins(POOL, POOL.replace("300", "200")) == []
    assert twins(POOL, POOL, status="done, completed: 2026-03-20") == []


# texts as they are found


ITEM = re.compile(r"^\s*[-*]\s+(.*)$")


def listed(report: str) -> list[str]:
    """The items under the heading “Action items” of a report, the bold beginning alone where there is one."""
    found: list[str] = []
    inside = False
    for line in report.splitlines():
        if line.startswith("#"):
            inside = "action items" in line.casefold()
        elif inside and (item := ITEM.match(line)):
            bold = re.match(r"\*\*(.*?)\*\*", item[1])
            found.append(bold[1] if bold else item[1])
    return found


def test_of_real_actions_those_are_told_that_were_judged_to_be_vague(corpora: Path) -> None:
    reports = sorted(path for path in (corpora / "dfds").iterdir() if path.name.startswith("PM"))
    titles = [title for path in reports for title in listed(path.read_text(encoding="utf-8"))]
    told = [title for title in titles if vague(title)]
    assert (len(titles), len(told)) == (131, 34)
    results = ("Implement ", "Create ", "Document ", "Setup alerts", "Upgrade ", "Remove ", "Replace ", "Move ", "Run ")
    assert [title for title in told if title.startswith(results)] == []


@pytest.mark.parametrize(
    "text",
    ["improve " * 20_000, "add more " * 20_000, "1." * 50_000, "investigate " + "a-" * 50_000, "http://" * 20_000,
     "we should " * 20_000, "@a," * 50_000, "a and " * 50_000, "/" * 100_000, "<" * 100_000],
)  # fmt: skip
def test_hostile_titles_and_owners_cost_next_to_nothing(text: str) -> None:
    assert seconds(lambda: (vague(text), unclear(text, SETTINGS))) < 0.2


@pytest.mark.parametrize(
    "line", ["1. Why? No.\n", "Why \n\n", "- why " + "why " * 50 + "\n", "### Five whys\n\n1. Why?\n\n", "|why|\n"]
)
def test_hostile_root_causes_are_judged_in_linear_time(line: str) -> None:
    def read(count: int) -> None:
        passages = [
            Passage("root-cause", "heading" if line.startswith("#") else "item", line, START) for _ in range(count)
        ]
        for section in sections(passages):
            steps_of(section)

    assert seconds(lambda: read(20_000)) < 20 * max(seconds(lambda: read(2_000)), 0.01)
