"""How other organisations tell when it was noticed and over: words of rows that say so, and such that do not."""

from __future__ import annotations

import pytest

from afterword.migration import detection, milestones
from tests.migration.test_milestones import of, reading, values


@pytest.mark.parametrize(
    "row",
    [
        "Admins close the incident",
        "Second deployment, resolving the outage completely",
        "Ann tests the new rule and verifies that the application worked",
        "Announced the recovery of the main site on the forum",
        "The network resumed block production",
    ],
)
def test_these_words_tell_of_the_end(row: str) -> None:
    found = of("14:00 The API is down", f"15:10 {row}", "15:20 Notes are shared in the channel")
    assert found["resolved"] == "15:10"


@pytest.mark.parametrize("row", ["The token was revoked", "The token was destroyed"])
def test_what_ends_a_leak_is_a_repair_at_the_very_end(row: str) -> None:
    found = of("13:00 A token is leaked", "14:00 A researcher reports it", f"14:17 {row}")
    assert found["resolved"] == "14:17"


def test_who_agrees_to_publish_a_fix_has_not_published_it() -> None:
    found = of(
        "14:00 The API is down",
        "15:10 Both teams agree to publish a release that contains only the patch",
    )
    assert "resolved" not in found


def test_who_fails_again_after_rolling_back_does_not_tell_of_an_end() -> None:
    found = of("14:00 The API is down", "15:10 A tenant reports the same error even after rolling back to release 7")
    assert "resolved" not in found


def test_a_change_that_breaks_nothing_is_no_failure() -> None:
    found = of(
        "13:00 The teams choose a non-breaking release",
        "13:30 Previously failing tests pass",
        "14:00 The API is down",
        "14:05 Users report errors",
    )
    assert found["started"] == "14:00"


def test_a_mail_that_somebody_receives_tells_that_it_was_noticed() -> None:
    found = of("14:00 The API is down", "14:33 The admin address receives an email from its owner")
    assert found["detected"] == "14:33"


def test_who_investigates_a_failure_has_noticed_it_before_something_else_is_detected() -> None:
    found = of(
        "14:00 The deployment of release 8 failed, and an investigation began",
        "15:00 Strange behaviour was detected on another server",
        "16:00 Incident resolved",
    )
    assert "detected" not in found


def test_the_head_of_a_column_of_times_may_tell_the_day() -> None:
    text = (
        "# Report\n\n## Timeline\n\n| Timeline 20.04.22 (UTC) | Event |\n|---|---|\n"
        "| 11:28 | The shop was made aware of the problem |\n| 19:33 | PROBLEM FIXED - processing resumes |\n"
    )
    found = values(milestones.told(reading(text)))
    assert found["detected"] == "2022-04-20T11:28"
    assert found["resolved"] == "2022-04-20T19:33"


def test_a_title_that_names_a_vulnerability_may_have_the_day_of_its_report() -> None:
    told = milestones.told(reading("# Vulnerability in the light client - 2024-03-04\n\n## Summary\n\nA hole.\n"))
    started = told.first("started")
    assert started is not None
    assert started.doubtful


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Issue first reported by customer via GitHub Issue #12", ("customer",)),
        ("The failure was discovered during a routine inspection of the admin panel", ("employee",)),
        ("Surfaced by an ad-hoc sweep of failed tasks", ("employee",)),
        ("The job exited with an error, automatically raising a message in the channel", ("alert",)),
        ("The admins were informed by the user via email", ("customer",)),
    ],
)
def test_who_noticed_by_other_words(text: str, who: tuple[str, ...]) -> None:
    assert detection.of_text(text) == who


def test_a_team_that_was_told_and_looked_into_it_did_not_notice() -> None:
    assert detection.of_text("Node keepers informed the team of the fork, the team investigated and found it") == ()


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("A user who had not opened it for long came back and noticed a blank page.", "customer"),
        ("On the afternoon of 4 March the Lab team noticed a number of failed requests.", "employee"),
        ("The admins were informed by the user via email.", "customer"),
    ],
)
def test_the_summary_may_say_who_noticed(sentence: str, who: str) -> None:
    read = reading(f"# Report\n\n## Summary\n\n{sentence}\n\n## Root cause\n\nA cache.\n")
    found = detection.told(read, milestones.told(read)).first("detection")
    assert found is not None
    assert found.value == who
