"""What several postmortems say together: recurrences that nobody named, reviews without a trace, approvals."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import pytest

from afterword import checking
from afterword.findings import Finding
from afterword.model import Breach, Charge, Telemetry
from afterword.settings import Ignored
from tests.rules.whole import AS_OF, FOLDER, PATH, SETTINGS, findings, judge, page, said

OTHER = "2026/2026-02-01-payments-waited.md"
THIRD = "2026/2026-02-20-pool-again.md"
EARLIER = (
    "title: Payments waited while the connection pool was exhausted\nstarted: 2026-02-01T10:00:00Z\n"
    "detected: 2026-02-01T10:05:00Z\nmitigated: 2026-02-01T10:30:00Z\nresolved: 2026-02-01T11:00:00Z\n"
    "published: 2026-02-05\nsummary: A slow query held all connections of the pool.\n"
)
TITLE = "title: Checkout answered 503 while the connection pool was exhausted\n"
LATER = f"{TITLE}summary: More replicas asked for more connections than the database has.\n"


def told(later: str = "", earlier: str = "", between: str = "") -> list[Finding]:
    """The hints of AW607 in a library of a later and an earlier postmortem, and of one between them."""
    files = {PATH: page(LATER + later), OTHER: page(EARLIER + earlier)}
    if between:
        files[THIRD] = page(between)
    return [finding for finding in judge(files).findings if finding.code == "AW607"]


# recurrences


def test_the_later_incident_of_two_alike_is_told_with_the_evidence() -> None:
    (found,) = told()
    line = page(LATER)[: page(LATER).index(TITLE)].count("\n") + 1
    assert (found.path, found.span.line) == (FOLDER + PATH, line)
    assert found.message.startswith(
        "this may repeat 2026-02-01-payments-waited of 2026-02-01: also capacity in checkout"
    )
    assert all(f"“{word}”" in found.message for word in ("pool", "exhausted", "connection"))


@pytest.mark.parametrize(
    "later",
    [
        "recurrence_of: [2026-02-01-payments-waited]",
        "merged_into: 2026-02-01-payments-waited",
        "root_cause: deploy",
        "root_cause: unknown",
        "services: [orders]",
        "kind: drill",
        "origin: public\norganization: GitLab\nsource: https://example.org/",
    ],
)
def test_what_is_named_or_of_another_kind_is_no_recurrence_to_tell(later: str) -> None:
    assert told(later) == []


def test_one_service_of_several_is_enough() -> None:
    assert "in checkout," in told("services: [orders, checkout]")[0].message


def test_a_chain_is_a_chain_whichever_link_is_named() -> None:
    between = EARLIER.replace("2026-02-01", "2026-02-20").replace("02-05", "02-24").replace("Payments", "Orders")
    chained = f"{between}recurrence_of: [2026-02-01-payments-waited]\n"
    assert told("recurrence_of: [2026-02-20-pool-again]", between=chained) == []
    (found,) = told("", between=chained)
    assert "2026-02-20-pool-again" in found.message or "2026-02-01-payments-waited" in found.message


def test_a_former_id_is_a_name_too() -> None:
    assert told("recurrence_of: [2026-02-01-old]", "aliases: [2026-02-01-old]") == []


def test_a_name_that_two_have_stands_for_the_first_of_them() -> None:
    alias = "aliases: [2026-02-01-old]\n"
    again = EARLIER.replace("2026-02-01T", "2026-02-20T").replace("02-05", "02-24").replace("Payments", "Orders")
    found = told("recurrence_of: [2026-02-01-old]", alias, between=f"{again}{alias}")
    assert [item.message.split()[3] for item in found if item.path == FOLDER + PATH] == ["2026-02-20-pool-again"]


def test_incidents_may_be_alike_in_their_summaries_alone_whose_words_are_quoted_as_written() -> None:
    summary = "summary: Replicas of Postgres exhausted all connections.\n"
    later = page(f"title: Carts\n{summary}")
    earlier = page(re.sub("title.*\n|summary.*\n", "", EARLIER) + f"title: Mails\n{summary}")
    (found,) = (item for item in judge({PATH: later, OTHER: earlier}).findings if item.code == "AW607")
    assert found.message.endswith("both tell of “connections”, “exhausted”, “Postgres”, “Replicas”")


def test_the_same_title_is_told_once() -> None:
    same = TITLE + EARLIER.partition("\n")[2]
    codes = [finding.code for finding in judge({PATH: page(LATER), OTHER: page(same)}).findings]
    assert codes == ["AW602"]


def test_of_three_with_one_title_a_chain_is_not_told() -> None:
    first = TITLE + EARLIER.partition("\n")[2]
    second = first.replace("2026-02-01", "2026-02-20").replace("02-05", "02-24")
    files = {OTHER: page(first), THIRD: page(f"{second}recurrence_of: [2026-02-01-payments-waited]")}
    assert judge({**files, PATH: page(f"{LATER}recurrence_of: [2026-02-20-pool-again]")}).findings == ()
    report = judge({**files, PATH: page(LATER)})
    assert [(item.code, item.path) for item in report.findings] == [("AW602", FOLDER + PATH)]


def test_an_action_does_not_move_to_itself() -> None:
    own = "2026-03-04-checkout-answered-503"
    found = findings(f"actions:\n  - {{id: A1, title: Cap it, status: moved, moved_to: '{own}#A1'}}")
    assert [(item.code, item.message) for item in found] == [("AW603", "action A1 moved to itself")]


def test_incidents_of_one_service_that_have_nothing_in_common_are_left_alone() -> None:
    other = EARLIER.replace("Payments waited while the connection pool was exhausted", "Mails were sent twice")
    other = other.replace("A slow query held all connections of the pool.", "A retry came too early.")
    assert [item for item in judge({PATH: page(LATER), OTHER: page(other)}).findings if item.code == "AW607"] == []


def test_words_of_a_confidential_title_are_not_quoted() -> None:
    mailed = LATER.replace("summary: More replicas", "summary: As ana.silva@thatcustomer.io said more replicas")
    files = {PATH: page(mailed), OTHER: page(EARLIER)}
    (found,) = (item for item in judge(files).findings if item.code == "AW607")
    assert "silva" not in found.message
    assert "“" not in found.message


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        (LATER, True),
        (f"{LATER}services: [orders, checkout]\n", True),
        (LATER.replace("asked for more", "of 104.18.32.7 asked for more"), False),
        (LATER.replace("exhausted", "exhausted at 104.18.32.7"), False),
    ],
)
def test_words_are_quoted_only_of_a_title_and_summary_without_anything_confidential(
    lines: str, quoted: bool, tmp_path: Path
) -> None:
    (tmp_path / FOLDER / "2026").mkdir(parents=True)
    for name, text in (
        (PATH, page(lines, "## Notes\n\nIt was 104.18.32.8.\n")),
        (OTHER, page(f"{EARLIER}services: [checkout, orders]\n")),
    ):
        (tmp_path / FOLDER / name).write_text(text, encoding="utf-8")
    known = checking.load(tmp_path, SETTINGS, use_cache=False, workers=1)
    (found,) = checking.check(known, AS_OF, select=["AW607"]).findings
    assert ("both tell of" in found.message) is quoted
    services = "orders, checkout" if "orders" in lines else "checkout"
    assert f"also capacity in {services}{', ' if quoted else ''}" in f"{found.message}"
    assert quoted or found.message.endswith(services)


@pytest.mark.parametrize("both", ["kind: near-miss", "kind: incident", "status: in-review"])
def test_incidents_and_near_misses_are_compared(both: str) -> None:
    assert len(told(f"{both}\n", f"{both}\n")) == 1


@pytest.mark.parametrize("both", ["root_cause: unknown", "services: []", "kind: drill"])
def test_what_has_no_cause_or_service_or_was_made_is_compared_with_nothing(both: str) -> None:
    assert told(f"{both}\n", f"{both}\n") == []


def test_an_action_that_moved_links_two_postmortems() -> None:
    moved = "actions:\n  - {id: A1, title: Cap it, status: moved, moved_to: 2026-02-01-payments-waited#A3}\n"
    there = "actions:\n  - {id: A3, title: Cap it, owner: '@a', due: 2026-05-29, priority: P1, status: open}\n"
    assert told(moved, there) == []
    assert len(told("", there)) == 1


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("title: Cache empty\nsummary: A deploy.", "title: Cache was empty\nsummary: A restart.", 0),
        ("title: Cache replicas empty\nsummary: A deploy.", "title: Cache replicas were empty\nsummary: A restart.", 1),
    ],
)  # fmt: skip
def test_three_words_in_common_are_enough_and_two_are_not(one: str, other: str, count: int) -> None:
    days = "started: 2026-02-01T10:00:00Z\nunknown: [detected, mitigated, resolved]\npublished: 2026-02-05\n"
    files = {PATH: page(f"{one}\n"), OTHER: page(f"{days}{other}\n", without=("detected", "mitigated", "resolved"))}
    assert [item.code for item in judge(files).findings if item.code == "AW607"] == ["AW607"] * count


def test_the_later_of_two_alike_is_told_wherever_the_files_lie() -> None:
    files = {PATH: page(LATER), OTHER.replace("2026/", "zz/"): page(EARLIER)}
    assert [item.path for item in judge(files).findings if item.code == "AW607"] == [FOLDER + PATH]


# reviews

OPEN = "actions:\n  - {id: A1, title: Cap the pool at 300, owner: '@a', due: 2026-05-29, priority: P1, status: open}\n"


def reviewed(lines: str, as_of: datetime = datetime(2026, 4, 1, 12, tzinfo=UTC)) -> list[tuple[str, str]]:
    return [item for item in said(findings(lines, as_of=as_of)) if item[0] == "AW608"]


def test_a_review_is_late_from_the_day_after_and_a_hint() -> None:
    assert reviewed(f"{OPEN}review_on: 2026-04-01") == []
    (found,) = findings(f"{OPEN}review_on: 2026-03-31")
    assert found.message == "the day of review passed 1 day ago, and 1 action is open"
    assert said([found]) == [("AW608", "hint")]


@pytest.mark.parametrize(
    "trace",
    [
        "updates: [{on: 2026-03-20, note: A1 waits for the driver}]",
        "approvals: [{role: tech-lead, by: '@a', on: 2026-03-21}]",
    ],
)
def test_what_is_noted_on_the_day_or_later_is_a_trace(trace: str) -> None:
    assert reviewed(f"{OPEN}review_on: 2026-03-20\n{trace}") == []


def test_what_was_noted_before_the_day_of_review_is_no_review_of_what_is_open() -> None:
    noted = "updates: [{on: 2026-03-15, note: A1 waits for the driver}]"
    assert reviewed(f"{OPEN}review_on: 2026-03-20\n{noted}") == [("AW608", "hint")]


def test_without_open_actions_only_what_nobody_returned_to_is_told() -> None:
    done = OPEN.replace("status: open", "status: done, completed: 2026-03-12")
    assert reviewed(f"{done}review_on: 2026-03-20") == []
    early = OPEN.replace("status: open", "status: done, completed: 2026-03-06")
    assert reviewed(f"{early}review_on: 2026-03-20") == [("AW608", "hint")]


def test_drafts_and_public_incidents_are_not_reviewed() -> None:
    assert reviewed(f"{OPEN}review_on: 2026-03-20\nstatus: draft") == []
    assert reviewed(f"{OPEN}review_on: 2026-03-20\norigin: public\norganization: X\nsource: https://example.org/") == []


# approvals


def approvals(lines: str) -> list[str]:
    return [item.message for item in findings(lines) if item.code == "AW609"]


TECH = "  - {role: Tech Lead, by: '@t', on: 2026-03-10}\n"


def test_a_severity_asks_for_its_roles_once_published() -> None:
    assert approvals(f"severity: SEV1\napprovals:\n{TECH}  - {{role: executive, by: '@e', on: 2026-03-10}}") == []
    assert approvals(f"severity: SEV1\napprovals:\n{TECH}") == ["a SEV1 asks for the approval of executive"]
    assert approvals("severity: SEV1") == ["a SEV1 asks for the approval of tech-lead and executive"]
    assert approvals("severity: SEV1\nstatus: in-review") == []
    assert approvals("severity: SEV3") == []


def test_a_severity_that_nobody_knows_asks_for_no_approval() -> None:
    assert approvals("severity: SEV9") == []


def test_a_listed_approval_without_its_day_is_pending_in_every_severity() -> None:
    assert approvals("approvals: [{role: author, by: '@a'}]") == ["the approval of author by @a is pending"]
    assert approvals("approvals: [{role: author}, {role: author, on: 2026-03-10}]") == []
    pending = f"severity: SEV1\napprovals:\n{TECH}  - {{role: executive}}"
    assert approvals(pending) == ["the approval of executive is pending"]


# whose findings they are


def test_what_is_late_in_other_files_is_not_told_where_only_one_was_touched() -> None:
    late = OPEN.replace("2026-05-29", "2026-03-10")
    files = {
        PATH: page(LATER),
        OTHER: page(f"{EARLIER}{late}review_on: 2026-03-02"),
        THIRD: page(
            f"title: Mails were late\nstarted: 2026-02-20T10:00:00Z\n{late}", without=("detected", "mitigated")
        ),
    }
    everything = judge(files)
    assert {finding.code for finding in everything.of(FOLDER + OTHER)} >= {"AW502", "AW608"}
    touched = judge(files, paths=[FOLDER + PATH])
    assert {finding.path for finding in touched.findings} == {FOLDER + PATH}
    assert [finding.code for finding in touched.findings] == ["AW607"]


def test_a_recurrence_can_be_ignored_with_a_reason() -> None:
    comment = "## Notes\n\n<!-- afterword: ignore AW607 another database, and another fault -->\n"
    assert judge({PATH: page(LATER, comment), OTHER: page(EARLIER)}).findings == ()
    silent = replace(SETTINGS, ignored=(Ignored("likely-recurrence", "We link them elsewhere"),))
    assert judge({PATH: page(LATER), OTHER: page(EARLIER)}, settings=silent).findings == ()


# telemetry


@pytest.mark.parametrize(
    ("consumed", "end", "message"),
    [
        (0.414, datetime(2026, 3, 4, 9, 50, tzinfo=UTC),
         "checkout-errors lost 41 % of the budget from 2026-03-04 09:10 to 09:50 UTC"),
        (inf, datetime(2026, 3, 5, 0, 0, tzinfo=UTC),
         "checkout-errors lost a budget of zero from 2026-03-04 09:10 to 2026-03-05 00:00 UTC"),
    ],
)  # fmt: skip
def test_a_breach_is_told_with_what_it_used_and_when(consumed: float, end: datetime, message: str) -> None:
    begun = datetime(2026, 3, 4, 9, 10, tzinfo=UTC)
    breach = Breach("checkout-errors", "checkout", begun, end, consumed, 10.0, path="budgets/slos/a.yaml")
    (found,) = judge({PATH: page()}, telemetry=Telemetry(breaches=(breach,))).findings
    assert found.name == "breach-without-postmortem"
    assert found.message == f"{message}, and no postmortem of checkout tells of it"


@pytest.mark.parametrize("role", ["tech-lead", "Tech Lead", "tech_lead", " TECH  lead"])
def test_a_role_is_one_role_however_it_is_joined(role: str) -> None:
    lines = f"severity: SEV1\napprovals:\n  - {{role: '{role}', by: '@a', on: 2026-03-08}}"
    pending = [item.message for item in findings(lines) if item.code == "AW609"]
    assert len(pending) == 1
    assert "executive" in pending[0]
    assert "tech" not in pending[0]


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (0, "nothing was noted since it was published"),
        (1, "1 action is open"),
        (2, "2 actions are open"),
    ],
)
def test_a_review_that_was_missed_tells_what_is_left(count: int, message: str) -> None:
    rows = "".join(
        f"\n  - {{id: A{at}, title: Cap it, owner: '@a', due: 2026-12-11, priority: P1, status: open}}"
        for at in range(count)
    )
    lines = f"review_on: 2026-03-30\nactions:{rows or ' []'}"
    (found,) = [item for item in findings(lines) if item.code == "AW608"]
    assert found.message == f"the day of review passed 2 days ago, and {message}"


@pytest.mark.parametrize(
    ("stated", "measured", "told"),
    [
        (0.42, 0.4, False), (0.381, 0.4, False), (0.4201, 0.4, True), (0.3799, 0.4, True),
        (0.005, 0.0, False), (0.0051, 0.0, True), (0.5, inf, False),
    ],
)  # fmt: skip
def test_a_stated_budget_may_differ_by_a_twentieth_or_half_a_per_cent(
    stated: float, measured: float, told: bool
) -> None:
    charges = (
        Charge("2026-03-04-checkout-answered-503", "checkout-errors", measured, 10.0, 0.0),
        Charge("2026-03-04-checkout-answered-503", "other", 0.9, 10.0, 0.0),
    )
    lines = f"budgets:\n  - {{slo: not-measured, consumed: 0.3}}\n  - {{slo: checkout-errors, consumed: {stated}}}"
    for known, expected in ((Telemetry(charges=charges), told), (None, False)):
        report = judge({PATH: page(lines)}, telemetry=known)
        assert [item.code for item in report.findings] == ["AW606"] * expected


def test_what_goes_on_is_not_held_against_telemetry() -> None:
    charges = (Charge("2026-03-04-checkout-answered-503", "checkout-errors", 0.9, 10.0, 0.0),)
    text = page("status: draft\nbudgets: [{slo: checkout-errors, consumed: 0.3}]", without=["resolved", "mitigated"])
    found = judge({PATH: text}, telemetry=Telemetry(charges=charges)).findings
    assert "AW606" not in [item.code for item in found]


def test_of_equal_titles_the_earliest_is_meant_whatever_the_paths() -> None:
    first = page("title: Pool exhausted\nstarted: 2026-02-01", without=["detected", "mitigated", "resolved"])
    files = {
        "2026/2026-03-04-a.md": page("title: Pool exhausted"),
        "2026/2026-02-01-z.md": first,
        "2025/2026-03-05-b.md": page("title: POOL exhausted"),
    }
    told = {item.path: item.message for item in judge(files).findings if item.code == "AW602"}
    assert sorted(told) == [f"{FOLDER}2025/2026-03-05-b.md", f"{FOLDER}2026/2026-03-04-a.md"]
    assert all("2026-02-01-z" in message for message in told.values())
