"""How other organisations write: what their words say of milestones, and what they only seem to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as clock

import pytest

from afterword.migration import detection, milestones
from afterword.migration.actions import actions
from afterword.migration.stated.titles import title_of
from afterword.migration.times.zones import zone_of_all
from tests.migration.test_events import read
from tests.migration.test_milestones import of, reading, timeline, values

NO_BEGINNING = {
    "around the beginning": "14:40 The logs from around the start of the outage are read",
    "since the beginning": "14:40 Four hundred orders were lost since the beginning of the incident",
}


@pytest.mark.parametrize("name", NO_BEGINNING)
def test_a_row_that_looks_back_to_the_beginning_is_none(name: str) -> None:
    assert of("14:10 Logins fall to zero", NO_BEGINNING[name], "15:00 Incident resolved")["started"] == "14:10"


@pytest.mark.parametrize("row", ["Errors drop to zero", "The 5xx went down to 0"])
def test_errors_that_end_are_an_end(row: str) -> None:
    found = of("14:00 The API is down", f"14:30 {row}")
    assert (found["started"], found["resolved"]) == ("14:00", "14:30")


NO_FAILURE = {
    "taken away": "14:10 The page that held the stolen keys was taken down",
    "another cause": "14:10 Builds fail at the provider, not related to our release",
    "none expected": "14:10 Release 8 deployed, it won't be an outage",
    "over": "14:10 Customers confirm that they are no longer seeing elevated latency",
}


@pytest.mark.parametrize("name", NO_FAILURE)
def test_a_row_that_tells_of_no_failure_is_no_beginning(name: str) -> None:
    assert of(NO_FAILURE[name], "14:20 The API is down", "15:00 Incident resolved")["started"] == "14:20"


NOTICED = {
    "a message": ("A customer emails us about errors on the page", True),
    "seen now": ("We notice that the unit does not run", True),
    "others told": ("Ann joins and alerts the infrastructure providers", False),
    "a machine's work": ("The controller noticed that a new version was available", False),
    "told to a list": ("The developers' mailing list is notified of the outage", False),
    "a name of a machine": ("spotted-azure-bat-02 sends no figures", False),
    "a first instance": ("First recorded instance of a user that sees errors", True),
    "a name of a figure": ("The oracle reports yields instead of rates", False),
}


@pytest.mark.parametrize("name", NOTICED)
def test_who_notices_in_the_words_of_others(name: str) -> None:
    text, noticed = NOTICED[name]
    assert ("detected" in of("14:00 Release 7 is out", f"14:30 {text}", "15:00 Incident resolved")) == noticed


OVER = {
    "normal again": ("The price returns to normal", True),
    "steady": ("The gateway returned to its steady state", True),
    "good": ("Disk resized, all good!", True),
    "over": ("The outage was over by then", True),
    "money": ("Recovery run (857.49 shops recovered)", False),
    "a fix for users": ("Hot fix deployed and live on the index", True),
    "a fix for all": ("(approx) Fix deployed to all affected services", True),
    "a fix for a test": ("Fix deployed to all nodes of the sandbox", False),
    "over a stretch": ("The service had an outage over three days", False),
    "an answer": ("Ann reads the database and gets back to the author", False),
    "another's word": ("The provider updates their status page to say the problem is fixed", False),
}


@pytest.mark.parametrize("name", OVER)
def test_an_end_in_the_words_of_others(name: str) -> None:
    text, over = OVER[name]
    assert ("resolved" in of("14:00 The API is down", f"15:00 {text}")) == over


def test_people_whom_no_list_names_detect_issues() -> None:
    assert of("13:00 Release 7 is out", "14:26 wardens detect infra issues, close the gates")["detected"] == "14:26"
    assert "detected" not in of("13:00 Added a probe to detect issues", "14:00 The API is down")


def test_a_stretch_in_a_sentence_ends_on_its_last_day() -> None:
    told = milestones.told(reading("# Report\n\nIt was down from 2024-03-04 22:00 to 2024-03-05 02:30 UTC.\n"))
    assert values(told) == {"started": "22:00", "resolved": "2024-03-05T02:30"}
    told = milestones.told(reading("# Report\n\nOn 4 March 2024, between 23:00 and 01:15 UTC, the service was down.\n"))
    assert values(told) == {"started": "23:00", "resolved": "2024-03-05T01:15"}


def test_a_sentence_that_tells_from_when_is_surer_than_the_alert_that_comes_first() -> None:
    text = "**Date:** 2024-03-04\n\n## Summary\n\nBetween 14:00 and 15:00 UTC the gateway timed out.\n"
    rows = ("14:05 First timeout alert fired", "15:00 Service restored")
    told = milestones.told(reading(timeline(*rows).replace("# Report\n", f"# Report\n\n{text}")))
    assert values(told) == {"started": "14:00", "detected": "14:05", "resolved": "15:00"}


SLIPS = {
    "one in the middle": ("04", "04", "23", "05", "06"),
    "one at the end": ("14", "14", "15", "02"),
    "as many as not": ("14", "15", "02", "02"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_days_out_of_order_are_slips_that_tell_nothing(name: str) -> None:
    days = SLIPS[name]
    found = read("## Timeline\n\n" + "".join(f"- 2024-03-{day} 1{at}:00 Looked\n" for at, day in enumerate(days)))
    lost = {"one in the middle": [2], "one at the end": [3], "as many as not": [2, 3]}[name]
    assert [at for at, event in enumerate(found) if event.day is None] == lost
    assert {event.why for event in found if event.day is None} == {
        "its day lies before that of a row above, or after that of one below"
    }


ORDERS = {
    "the newest first": ("16", "15", "15", "02"),
    "around midnight": ("14", "15", "14", "15"),
    "rising": ("01", "03", "03", "29"),
}


@pytest.mark.parametrize("name", ORDERS)
def test_days_in_an_order_stay(name: str) -> None:
    found = read("## Timeline\n\n" + "".join(f"- 2024-03-{day} 11:00 Looked\n" for day in ORDERS[name]))
    assert all(event.day for event in found)


def doubts(text: str, path: str = "report.md") -> dict[str, tuple[str, bool]]:
    facts = milestones.told(reading(text, path)).facts
    return {fact.key: (fact.value, fact.doubtful) for fact in facts}


ROWS = "## Timeline\n\n- 2024-04-04 14:00 The API is down\n- 2024-04-04 15:00 Incident resolved\n"


def test_a_beginning_after_the_day_of_the_title_or_the_file_is_in_doubt() -> None:
    expected = {"started": ("2024-04-04", True), "resolved": ("2024-04-04", True)}
    assert doubts(f"# Downtime on March 4, 2024\n\n{ROWS}") == expected
    assert doubts(f"# Downtime\n\n{ROWS}", "2024-03-09-downtime.md") == expected


@pytest.mark.parametrize("title", ["Downtime on April 3, 2024", "Review of April 29, 2024", "Downtime"])
def test_a_day_of_publication_raises_no_doubt(title: str) -> None:
    assert doubts(f"# {title}\n\n{ROWS}") == {"started": ("2024-04-04", False), "resolved": ("2024-04-04", False)}


def test_a_date_far_from_the_days_of_the_timeline_is_in_doubt() -> None:
    rows = ROWS.replace("The API is down", "Build published")
    assert doubts(f"# Downtime\n\n**Date:** 2024-03-09\n\n{rows}")["started"] == ("2024-03-09", True)
    assert doubts(f"# Downtime\n\n**Date:** 2024-04-03\n\n{rows}")["started"] == ("2024-04-03", False)


def test_the_date_of_a_notice_is_when_it_began_and_that_of_a_post_is_not() -> None:
    notice = {"date": "2024-03-04T14:00:00Z", "severity": "major", "affectedSystems": "maps", "resolved": "true"}
    assert values(milestones.told(reading("It is down.\n", front=notice))) == {"started": "14:00"}
    post = {"date": "2024-03-04T14:00:00Z", "severity": "SEV1"}
    assert values(milestones.told(reading("It was down.\n", front=post))) == {"started": "2024-03-04"}


def test_who_noticed_is_not_told_by_a_row_that_is_in_doubt() -> None:
    rows = "## Timeline\n\n- 2024-04-04 14:00 Our engineers noticed errors\n- 2024-04-04 15:00 Incident resolved\n"
    for title, expected in (("March 4, 2024", []), ("April 4, 2024", ["employee"])):
        page = reading(f"# Downtime on {title}\n\n{rows}")
        facts = detection.told(page, milestones.told(page)).facts
        assert [fact.value for fact in facts] == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Title:\n\n### Orders were lost\n\n# Timeline\n\n- 14:00 Down\n", "Orders were lost"),
        ("# Title\n\n## Impact\n\nNone.\n", "Some report"),
    ],
)
def test_a_heading_that_says_title_stands_over_it(text: str, title: str) -> None:
    assert title_of(reading(text, "some-report.md")).text == title


def test_a_state_among_the_references_is_one() -> None:
    rows = "| Action item | Reference |\n|---|---|\n| Document the pool | **DONE** |\n| Size the pool | **TODO** |\n"
    assert [one.status for one in actions(reading(f"# Down\n\n## Action items\n\n{rows}"))] == ["done", None]
    (one,) = actions(reading("# Down\n\n## Action items\n\n- Document the pool (already done)\n"))
    assert (one.title, one.status) == ("Document the pool", "done")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("*(All times US/Pacific, 24-hour clock.)*", -7),
        ("(all times US/Eastern)", -4),
        ("( All times EDT )", -4),
        ("All events are documented in [UTC](https://example.org/utc) time.", 0),
        ("The events are available in the archive", None),
        ("All time lows were reached", None),
    ],
)
def test_a_sentence_about_all_times(text: str, hours: int | None) -> None:
    found = zone_of_all(text)
    offset = found.zone.utcoffset(datetime(2024, 6, 1)) if found and found.zone else None  # noqa: DTZ001 - a clock
    assert offset == (None if hours is None else timedelta(hours=hours))


WHO = {
    "told to others": ("An email is sent to the moderation team about this user", ()),
    "others warned": ("Marco alerts the platform team to odd behaviour", ()),
    "an alarm of words": ("Josa sounded the alarm in the forum", ()),
    "a plan": ("We will expand the set of alerting checks.", ()),
    "a change": ("We lowered some alert thresholds.", ()),
    "a plan behind it": ("Users reported it in the chat. We should add an alert for it.", ("customer",)),
    "a sign of others": ("We noticed timeouts coming from Cloudflare", ("employee",)),
    "told by others": ("We were notified by Cloudflare", ("third-party",)),
    "a user of many words": ("A user who has tried the new function noticed the issue", ("customer",)),
    "a contact": ("Initial contact by a security researcher", ("third-party",)),
    "a notice": ("The provider announced a security alert", ()),
    "a mail of a machine": ("Stackdriver sends emails about the outage", ("alert",)),
    "both": ("It was detected by the team and some users", ("customer", "employee")),
    "a reader of logs": ("An infra engineer identifies that the logs are alerting", ("employee",)),
    "by the team": ("It was reported by the platform team", ("employee",)),
}


@pytest.mark.parametrize("name", WHO)
def test_who_noticed_and_who_was_told(name: str) -> None:
    text, expected = WHO[name]
    assert detection.of_text(text) == expected


def test_a_beginning_that_a_sentence_puts_on_another_day_is_in_doubt() -> None:
    page = f"# Downtime\n\nOn March 1, 2024, some nodes failed to start.\n\n{ROWS}"
    assert doubts(page)["started"] == ("2024-04-04", True)
    assert doubts(page.replace("March 1,", "April 4,"))["started"] == ("2024-04-04", False)


@pytest.mark.parametrize(
    ("path", "doubtful"),
    [("2024-02-13-queue.md", True), ("2014-02-13-queue.md", False), ("2014-03-20-queue.md", False)],
)
def test_a_day_of_the_title_that_the_name_of_the_file_makes_unlikely_is_in_doubt(path: str, doubtful: bool) -> None:
    assert doubts("# 2014-02-13 Queue full\n\nIt was full.\n", path) == {"started": ("2014-02-13", doubtful)}


def test_the_time_of_a_stretch_says_more_than_the_day_in_front_of_it() -> None:
    told = milestones.told(reading("# Flags\n\nOn 4th March 2024, flags went down, from 15:30 to 18:10 UTC.\n"))
    assert values(told) == {"started": "15:30", "resolved": "18:10"}


HEADINGS = """# Report

## Timeline

### 2024-03-04 14:00 UTC

The API is down.

### 14:30 UTC

The group of nodes kicks in.

{}

### 15:00 UTC

The channel is closed.
"""


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Everything is fine and logins are working again.", True),
        ("It is not resolved.", False),
        ("The nodes were restarted.", False),
        ("> Everything is fine.", False),
        ("Logins are working again, but the API is down.", False),
    ],
)
def test_the_last_paragraph_below_a_time_tells_an_end(text: str, over: bool) -> None:
    found = values(milestones.told(reading(HEADINGS.format(text))))
    assert found == {"started": "14:00", **({"resolved": "14:30"} if over else {})}


def test_how_it_was_identified_is_how_it_was_noticed() -> None:
    page = reading("# Down\n\n- **Identified**: Users reported in the channel that they see errors\n")
    assert [fact.value for fact in detection.told(page, milestones.told(page)).facts] == ["customer"]


def test_events_on_one_line_of_the_source_are_told_apart() -> None:
    page = reading(timeline("14:00 Users see a new page", "14:05 The first alert fires"))
    page = replace(page, page=replace(page.page, lines=tuple(7 for _ in page.page.lines)))
    assert [fact.value for fact in detection.told(page, milestones.told(page)).facts] == ["alert"]


def test_a_title_of_a_day_after_the_first_row_is_in_doubt() -> None:
    rows = "## Timeline\n\n### March 3, 2024\n\n* 21:11: Built\n\n### March 4, 2024\n\n* 09:00: Service restored\n"
    assert doubts(f"# Disclosure 2024-03-04\n\n{rows}")["started"] == ("2024-03-04", True)


def test_four_figures_are_a_time_before_many_signs() -> None:
    (event,) = read("## Timeline\n\n- 2024-03-14 2233 ::::: node stops\n")
    assert (event.clock, event.text) == (clock(22, 33), "node stops")
