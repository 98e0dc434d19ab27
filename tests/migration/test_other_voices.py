"""How other organisations tell when it was noticed and over: words of rows that say so, and such that do not."""

from __future__ import annotations

import pytest

from afterword.migration import detection, milestones
from tests.migration.test_actions import the, titles
from tests.migration.test_milestones import of, reading, values
from tests.migration.test_stated import told, value


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


@pytest.mark.parametrize(
    "text",
    [
        "Duration: March 4th, 2024, 9:00 AM to 9:15 AM (UTC)\nImpact: the site was down",
        "- **Duration:** 2024-03-04 09:00 - 09:15 UTC",
        "**Outage duration**: March 4, 2024, 9:00 AM - March 4, 2024, 9:15 AM (UTC)",
        "## Summary\n\nOn 4 March 2024 at 09:00 UTC the site was unavailable for 15 minutes.",
        "## Summary\n\nAt 09:00 UTC on 4 March 2024 logins failed, lasting 15 minutes.",
        "## Summary\n\nNobody was able to pay, it failed for 15 minutes starting at 09:00 UTC on 4 March 2024.",
        "## Summary\n\n- **Duration**: Started at **09:00 am GMT** on **4th March 2024**, lasting **15 minutes**.",
        "## Summary\n\nJobs were stuck between 09:00 and 09:15 (UTC) on 4 March 2024 as a worker lost its lock.",
    ],
)
def test_a_duration_may_tell_from_when_till_when(text: str) -> None:
    told = milestones.told(reading(f"# Outage\n\n{text}\n"))
    assert [(fact.key, fact.value) for fact in told.facts] == [
        ("started", "2024-03-04T09:00:00Z"),
        ("resolved", "2024-03-04T09:15:00Z"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "On 4 March 2024 at 09:15 UTC the alert fired, and the site had been unavailable for 15 minutes.",
        "On 4 March 2024 at 09:15 UTC the site was unavailable for about 15 minutes.",
        "On 4 March 2024 at 09:15 UTC the site recovered, which was unavailable for 15 minutes.",
    ],
)
def test_a_length_that_is_rough_or_over_tells_no_end(text: str) -> None:
    found = values(milestones.told(reading(f"# Outage\n\n## Summary\n\n{text}\n")))
    assert found.get("resolved") in (None, "09:15")


def test_a_check_of_the_backlog_lists_no_actions() -> None:
    assert titles("## Backlog check\n\n- A task on limits might have prevented it\n") == []


def test_numbered_thoughts_beside_a_list_of_actions_are_none() -> None:
    text = (
        "## Action items\n\n- [x] Restore the table\n- [ ] Add a check\n\n"
        "## Prevention measures\n\n### 1. Good migrations\n\nRun them first.\n\n### 2. A schema\n\n- Look at it first\n"
    )
    assert titles(text) == ["Restore the table", "Add a check"]


def test_a_list_of_what_was_missing_is_none_of_measures() -> None:
    text = (
        "## Prevention\n\nAll of these errors were due to tests that we lack:\n\n- The upgrade had no test.\n\n"
        "We follow some rules from now on:\n\n1. Every feature has a test.\n"
    )
    assert titles(text) == ["Every feature has a test."]


def test_a_picture_before_a_severity_is_no_part_of_it() -> None:
    assert value("# Orders failed\n\n**Severity**: \U0001f534 Critical\n", "severity") == "Critical"


def test_a_severity_that_is_explained_in_another_place_is_the_same() -> None:
    text = "# Orders failed\n\n**Severity**: Critical\n\n## Impact\n\n- **Severity**: Critical - nobody could pay\n"
    assert value(text, "severity") == "Critical"


def test_a_paragraph_that_begins_with_its_ticket_is_a_measure() -> None:
    text = "## Action items\n\n[KM12](https://board.example/c/9) - The key of the old form has to\nbe renewed\n"
    assert len(titles(text)) == 1
    assert titles("## Action items\n\n[KM12](https://board.example/c/9)\n") == []


def test_a_cause_that_was_found_had_been_noticed_before() -> None:
    found = of(
        "14:00 The deployment of release 8 failed",
        "14:30 Actual root cause found, and a test written",
        "15:00 Strange behaviour was detected on another server",
    )
    assert "detected" not in found


def test_a_decision_and_a_late_release_are_no_failure() -> None:
    found = of(
        "13:00 The teams agree to wait if the patch is breaking",
        "13:30 They were unable to finish, the release was delayed",
        "14:00 The API is down",
    )
    assert found["started"] == "14:00"


def test_a_bold_state_is_no_title_of_an_action() -> None:
    text = "## Action items\n\n- ✅ **COMPLETED (PR #12)**: Pin the version of the parser\n"
    assert titles(text) == ["COMPLETED (PR #12): Pin the version of the parser"]


def test_names_of_code_alone_are_no_actions() -> None:
    assert titles("## Corrective actions\n\nIt depends on queries, namely:\n\n- `SIZE_QUERY`\n- `COLOUR_QUERY`\n") == []


def test_a_team_that_did_not_notice_is_not_who_noticed() -> None:
    assert detection.of_text("The problem was not detected by the team and was only found later") == ()


def test_a_report_of_success_is_no_detection() -> None:
    found = of("13:00 Ann reports that the upgrade passes the test", "14:00 The API is down", "14:05 Outage reported")
    assert found["detected"] == "14:05"


def test_the_number_of_a_file_in_its_folder_is_no_part_of_the_title() -> None:
    title = told("## Summary\n\nThe disk was full.\n", "post-mortems/0004-disk-full.md").first("title")
    assert title is not None
    assert title.value == "Disk full"


def test_a_merged_request_does_not_deny_that_it_was_over() -> None:
    found = of("14:00 The API is down", "15:10 The PR merged and the flaky job of the mirror was resolved")
    assert found["resolved"] == "15:10"


def test_alerts_that_are_set_up_did_not_notice() -> None:
    row = "14:30 The server crashed. Alerting on the state of production revived"
    assert "detected" not in of("14:00 The API is down", row)
    assert detection.of_text(row[6:]) == ()


def test_a_sentence_may_tell_from_what_day_to_what_day_it_failed() -> None:
    text = "# Logins\n\n## Summary\n\nBetween 4 March and 9 March 2024, customers could not log in.\n"
    told = milestones.told(reading(text))
    assert [(fact.key, fact.value) for fact in told.facts] == [("started", "2024-03-04"), ("resolved", "2024-03-09")]


def test_a_time_is_of_the_day_that_the_sentence_before_tells() -> None:
    text = (
        "# Outage\n\nOn Tuesday, March 5th 2024 our API was down. At 9:13am PST our monitoring paged us. "
        "By 9:55am PST everything was back to normal.\n"
    )
    told = milestones.told(reading(text))
    assert [(fact.key, fact.value) for fact in told.facts] == [
        ("started", "2024-03-05"),
        ("detected", "2024-03-05T09:13:00-08:00"),
        ("resolved", "2024-03-05T09:55:00-08:00"),
    ]


def test_delays_may_last_from_when_till_when() -> None:
    text = "# Mail\n\nWe had delays from 2024-03-05 22:10 UTC to 2024-03-06 01:05 UTC.\n"
    told = milestones.told(reading(text))
    assert [fact.value for fact in told.facts] == ["2024-03-05T22:10:00Z", "2024-03-06T01:05:00Z"]


@pytest.mark.parametrize("row", ["Logins work again", "Restore complete"])
def test_these_words_tell_of_the_end_as_well(row: str) -> None:
    found = of("14:00 First errors in logins", "14:30 Support gets calls", f"15:10 {row}")
    assert found["detected"] == "14:30"
    assert found["resolved"] == "15:10"


@pytest.mark.parametrize("heading", ["What we will do", "What we're changing", "Measures", "Next actions"])
def test_these_headings_hold_actions(heading: str) -> None:
    assert titles(f"## {heading}\n\n- Add a canary\n") == ["Add a canary"]


def test_a_plain_line_right_above_a_list_may_be_the_heading_of_actions() -> None:
    assert titles("# Report\n\nIt broke.\n\nTODO\n* Add tests\n* Write it down\n") == ["Add tests", "Write it down"]
    assert titles("# Report\n\nTODO\n\nIt broke.\n") == []


def test_a_given_name_before_what_is_asked_for_is_the_owner() -> None:
    assert the("- Paul: update the key of the proxy\n").owner == "Paul"
    assert the("- Frontend: update the key of the proxy\n").owner is None
    assert the("- Paul: what he said of the key\n").owner is None


def test_the_first_line_of_a_page_without_headings_may_be_its_title() -> None:
    text = "Postmortem: the great outage of the shop\n\nThe disk was full.\n\nIt was cleared.\n"
    title = told(text, "0x19-report/README.md").first("title")
    assert title is not None
    assert title.value == "the great outage of the shop"
    title = told("The disk was full.\n\nIt was cleared.\n", "disk-full/README.md").first("title")
    assert title is not None
    assert title.value == "Disk full"


def test_who_sees_errors_has_noticed() -> None:
    found = of("14:00 Release 8 goes out", "14:10 Sam sees errors on the dashboard", "15:00 Incident resolved")
    assert found["detected"] == "14:10"


def test_times_are_of_the_day_that_the_first_words_tell_and_not_of_the_day_of_publication() -> None:
    text = "We share what happened on 5 March.\n\n**14:02 UTC** A switch failed.\n\n**14:50 UTC** Errors stopped.\n"
    told = milestones.told(reading(text, front={"date": "2024-03-07"}))
    assert {fact.value[:10] for fact in told.facts} == {"2024-03-05"}


def test_names_of_hosts_are_no_actions() -> None:
    text = "## Corrective actions\n\nWe removed these records:\n\n- static-shop\n- www.shop.example\n"
    assert titles(text) == []


def test_a_comment_may_stand_between_a_bold_line_and_its_table_of_actions() -> None:
    text = (
        "# Report\n\nIt broke.\n\n**Action Items**\n\n<!-- What comes of it? -->\n\n"
        "| Action item | Owner |\n|---|---|\n| Pin the parser | @ann |\n"
    )
    assert titles(text) == ["Pin the parser"]


def test_what_is_considered_resolved_is_over() -> None:
    found = of(
        "14:00 The API is down",
        "15:10 The team says that the record was deleted. At this point the incident is considered resolved",
    )
    assert found["resolved"] == "15:10"


@pytest.mark.parametrize(
    "row",
    ["Ann verifies in the graphs that logging in the team's two clusters is now fixed", "`shop@1.12.0` was released"],
)
def test_a_check_and_a_release_at_the_end_tell_that_it_was_over(row: str) -> None:
    assert of("14:00 The API is down", f"15:10 {row}")["resolved"] == "15:10"


def test_a_column_of_actors_may_stand_before_who_reports() -> None:
    text = (
        "# Report\n\n## Timeline\n\n| Date (UTC) | Actor | Event |\n|---|---|---|\n"
        "| 2024-03-04 14:00 | Shop | Release 8 is published |\n| 2024-03-04 14:20 | Baker | Reports an odd build |\n"
        "| 2024-03-04 15:00 | Shop | Incident resolved |\n"
    )
    assert values(milestones.told(reading(text)))["detected"] == "14:20"
    found = of("14:00 Release 8", "14:30 Blue Team identifies that two records lead nowhere", "15:00 Incident resolved")
    assert found["detected"] == "14:30"


def test_notifications_in_a_channel_are_alerts() -> None:
    assert detection.of_text("We got notifications on Slack that the first node stopped") == ("alert",)


def test_what_stands_below_a_bold_line_on_detection_says_who_noticed() -> None:
    text = "# Report\n\n**Detection**\n\n<!-- How? -->\n\nIt was noticed by the developers.\n\n**Impact**\n\nNone.\n"
    read = reading(text)
    found = detection.told(read, milestones.told(read)).first("detection")
    assert found is not None
    assert found.value == "employee"


def test_a_team_that_is_affected_may_be_those_who_use_it() -> None:
    assert detection.of_text("The affected team notifies the platform that nothing is logged") == ()


def test_a_title_that_begins_with_a_day_is_no_heading_of_the_timeline() -> None:
    text = (
        "# 2024-03-04 - Silent outage\n\n- **Date of incident**: 2024-03-04 to 2024-04-04\n- **Severity**: high\n"
        "- **Impact**: the proxy sent TLS alerts\n\n## Timeline\n\nTimes in UTC.\n\n- **2024-03-04 17:56** - The proxy "
        "is down\n- **2024-04-04** - Ann discovered it\n"
    )
    read = reading(text)
    assert [event.at for event in read.events] == [10, 11]
    assert milestones.told(read).first("detected") is not None
    assert values(milestones.told(read))["detected"] == "2024-04-04"


def test_what_was_diagnosed_had_been_noticed_before_something_else_is_discovered() -> None:
    found = of("14:00 The job fails", "14:15 Diagnosed as a wrong address", "14:40 Discovered another size of packets")
    assert "detected" not in found


def test_a_bracket_may_say_that_a_heading_is_one_of_actions() -> None:
    assert titles("## Remediation (action items)\n\n- [x] Pin the server\n- Tell the others\n") == [
        "Pin the server",
        "Tell the others",
    ]


def test_improvements_of_the_process_beside_a_list_of_tasks_are_no_tasks() -> None:
    text = "## Prevention\n\n### Action items\n\n- [x] Pin the parser\n\n### Process improvements\n\n- Never hurry\n"
    assert titles(text) == ["Pin the parser"]


def test_rows_may_stand_on_one_line_apart_by_breaks() -> None:
    text = (
        "# Site down\n\n## Timeline (all times in UTC)\n\n### 2024-03-04\n\n15:27 - A change of the records is made\n"
        "that nobody saw.<br> 21:14 - The change takes effect, the site is down.<br>\n21:20 - Monitoring sends a first "
        "e-mail.<br> 23:50 - The site is back.\n"
    )
    found = values(milestones.told(reading(text)))
    assert (found["started"], found["detected"], found["resolved"]) == ("21:14", "21:20", "23:50")


def test_a_sentence_behind_that_denies_it_does_not_take_an_alert_away() -> None:
    found = of(
        "03:00 Jobs begin to fail",
        "03:35 Alerts received that tell of load. How far it went remained undetected",
        "11:16 Alerts fire for memory",
    )
    assert found["detected"] == "03:35"


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("Critical - Complete or major outage of the shop", "Critical"),
        ("Major (High impact, the shop was slow)", "Major"),
        ("High / Medium", None),
    ],
)
def test_words_that_explain_a_severity_are_no_second_one(written: str, severity: str | None) -> None:
    assert value(f"# Orders failed\n\n**Severity**: {written}\n", "severity") == severity
