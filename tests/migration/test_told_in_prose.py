"""What reports of many organisations tell in passing: who noticed, how long it took, when users were well again."""

from __future__ import annotations

import pytest

from afterword.migration import detection, milestones
from tests.migration.test_milestones import of, reading, timeline, values


def prose(text: str, path: str = "2024-03-04-report.md") -> dict[str, str]:
    return values(milestones.told(reading(f"# Report\n\n## Summary\n\n{text}\n", path)))


def test_who_reports_back_to_others_tells_of_no_end() -> None:
    found = of(
        "14:00 The API is down",
        "14:30 Incident resolved",
        "15:00 Some users are unable to log in",
        "15:30 Ann sees the queue settle, and reports back to them",
    )
    assert "resolved" not in found


def test_what_was_declared_had_been_noticed_before_others_reported_it() -> None:
    found = of(
        "14:00 Incident declared in the channel",
        "14:15 Ann tells others of an active outage",
        "14:30 First reports of users that encounter errors",
        "15:00 Incident resolved",
    )
    assert "detected" not in found
    assert found["started"] == "2024-03-04"


@pytest.mark.parametrize("name", ["Total impact duration", "Impact duration", "Total outage duration"])
def test_the_length_of_the_impact_decides_when_it_was_over(name: str) -> None:
    found = of(
        "14:00 Release 8 deployed with a mistake in the parser",
        "14:40 Support notices errors",
        "15:06 Reverts deployed, issue mitigated",
        "18:00 Incident closed, the report is written",
        more=f"\n**{name}:** 1 hour 6 minutes\n\n**Detection delay:** 40 minutes\n",
    )
    assert (found["started"], found["resolved"]) == ("14:00", "15:06")


def test_a_stretch_in_which_it_failed_has_no_end_if_another_sentence_tells_a_day_of_the_week() -> None:
    found = prose(
        "Between 03:00 and 04:00 UTC on 4 March 2024, logins failed.\n\n"
        "The service was fully restored by 09:00 UTC on Friday."
    )
    assert found == {"started": "03:00"}


ALERTS = {
    "a tracker": "We got errors about the queue in our error tracker.",
    "they fired": "Alerts were firing in the channel, alerting us to the issue.",
    "told a team": "Our monitoring began to send alerts to the operations team.",
    "a named one": "Sentry alerted us to the failures.",
}


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_noticed_in_other_words(name: str) -> None:
    assert detection.of_text(ALERTS[name]) == ("alert",)


def test_the_first_paragraph_on_detection_goes_before_a_row() -> None:
    text = timeline("14:05 We notice that the unit does not run", more="\n## Detection\n\nOur alerting told us.\n")
    page = reading(text)
    told = detection.told(page, milestones.told(page))
    assert [fact.value for fact in told.facts] == ["alert"]


def test_people_who_tell_us_are_users() -> None:
    assert detection.of_text("It was noticed through people telling us that it was down.") == ("customer",)


def test_a_time_is_of_the_day_of_the_sentence_before() -> None:
    found = prose(
        "On Monday, 4 March 2024, at 09:15 UTC we broke the name server. Around 09:30 UTC the record was sent again "
        "and by 09:40 UTC traffic had returned to normal levels."
    )
    assert found["resolved"] == "09:40"


def test_a_time_before_that_of_the_sentence_before_has_no_day() -> None:
    found = prose("On 4 March 2024 at 23:15 UTC the API failed. Service was restored at 01:10 UTC.", "report.md")
    assert "resolved" not in found


def test_what_happened_is_told_below_such_a_heading() -> None:
    text = (
        "# Report\n\nHello.\n\n## How we work\n\nWell.\n\n## So what happened?\n\nOn March 4th ’24 we had an outage "
        "of our relays that started around 11:00 GMT. It was discovered by 12:50 GMT and resolved at 13:01 GMT.\n"
    )
    found = values(milestones.told(reading(text, "report.md")))
    assert (found["detected"], found["resolved"]) == ("12:50", "13:01")


@pytest.mark.parametrize("row", ["prod hub is up and DNS is updated", "The rate of launches goes back to 100%"])
def test_what_is_up_or_whole_again_is_an_end(row: str) -> None:
    assert of("14:00 The API is down", f"14:30 {row}")["resolved"] == "14:30"


OPENINGS = {
    "alerts that fired": ("Alerts were firing in the channel, alerting us to the issue.", "alert"),
    "alerts that were sent": ("Our monitoring systems began sending alerts to the operations team.", "alert"),
    "found within": ("The outage was discovered and reported internally by 22:50 GMT.", "employee"),
    "users": ("The problem was first reported by customers.", "customer"),
}


@pytest.mark.parametrize("name", OPENINGS)
def test_the_first_words_of_a_page_tell_who_noticed_where_nothing_else_does(name: str) -> None:
    text, word = OPENINGS[name]
    page = reading(f"# Report\n\nThe API was down. {text}\n\n## Causes\n\nUsers noticed errors before.\n")
    told = detection.told(page, milestones.told(page))
    assert [fact.value for fact in told.facts] == [word]


NOBODY = (
    "Users could not log in.",
    "We saw errors in the logs and fixed them.",
    "Mail matters, be it to get alerts or to send newsletters.",
)


@pytest.mark.parametrize("text", NOBODY)
def test_what_failed_is_not_who_noticed(text: str) -> None:
    page = reading(f"# Report\n\n{text}\n")
    assert not detection.told(page, milestones.told(page)).facts


def test_a_check_by_hand_and_a_tracker_are_two() -> None:
    assert len(detection.of_text("Manual tests after the release and our error tracker.")) == 2
    assert len(detection.of_text("User reports and our error tracker.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "On Sept. 18th, 2017, a couple of our sites went down for a few hours.",
        "In the morning of Sept. 18th, 2017, a couple of our sites went down.",
        "On the late evening of the 18th of September 2017, the server failed.",
    ],
)
def test_a_day_behind_a_part_of_it_and_a_short_month_are_read(text: str) -> None:
    assert prose(text, "report.md")["started"] == "2017-09-18"


@pytest.mark.parametrize("title", ["Vulnerability disclosure 2024-03-04", "Security disclosure of 4 March 2024"])
def test_the_day_of_a_disclosure_is_in_doubt_as_that_of_the_beginning(title: str) -> None:
    page = reading(f"# {title}\n\nA weakness was found, and all is safe.\n", "report.md")
    assert [(fact.value, fact.doubtful) for fact in milestones.told(page).facts] == [("2024-03-04", True)]


def test_a_sentence_tells_the_day_of_all_rows_without_one_and_may_run_on_to_the_next_line() -> None:
    text = (
        "# Report\n\n## Timeline of events\n\nUnless otherwise noted all events happened on 2024-03-04, and all times "
        "are in\nUTC.\n\n- **2024-03-03 00:55: builds begin to fail**\n- **01:38: an alert fired**\n"
        "- 02:06: site back online\n"
    )
    found = values(milestones.told(reading(text)))
    assert found == {"started": "2024-03-03T00:55", "detected": "01:38", "resolved": "02:06"}
