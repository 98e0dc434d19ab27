"""Hard cases: ends and detections in rarer words, cut years, noon, hours that clocks skip or repeat, actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from afterword.migration import forms, milestones
from afterword.migration.actions import actions
from afterword.migration.detection import told
from afterword.migration.facts import Fact, Gap
from afterword.migration.fields.names import meaning
from afterword.migration.judging import why_no_report
from afterword.migration.links.scan import scan
from afterword.migration.outline import outline
from afterword.migration.stated.judgements import rank
from afterword.migration.stated.summaries import summary_of
from afterword.migration.times.events import events
from tests.migration.test_actions import reading_of, the, titles
from tests.migration.test_events import MARCH, read, shown
from tests.migration.test_milestones import of, reading, timeline, values

DURATIONS = "\n- Time to detection: 5 minutes\n- Time to recovery: 15 minutes\n"


def test_a_row_that_only_eased_it_is_no_end_where_a_later_one_says_resolved() -> None:
    found = of(
        "12:20 Change removed the targets, requests fail",
        "12:25 Alert detects errors",
        "12:35 Issue mitigated by hand",
        "13:13 Issue resolved and permanently fixed",
        more=DURATIONS,
    )
    assert (found["mitigated"], found["resolved"]) == ("12:35", "13:13")


def test_an_end_that_fits_stays_where_nothing_later_says_resolved() -> None:
    found = of(
        "12:20 Change removed the targets, requests fail",
        "12:25 Alert detects errors",
        "12:35 Issue mitigated by hand",
        "13:13 Review of the change",
        more=DURATIONS,
    )
    assert found["resolved"] == "12:35"


def test_one_row_may_be_both_detection_and_end_where_both_durations_are_the_same() -> None:
    more = "\n- Time to detection: 1.5 hours\n- Time to recovery: 90 min\n"
    found = of("10:00 Cache fails", "11:30 Alert; restarted; all fine again", more=more)
    assert found == {"started": "10:00", "detected": "11:30", "resolved": "11:30"}


def test_what_is_noticed_after_a_fix_was_tried_is_not_how_it_was_noticed() -> None:
    found = of(
        "10:00 First node fails",
        "12:00 Second node fails",
        "13:00 Pushed a possible fix to all nodes",
        "15:00 Customer reports that jobs are stuck",
        "16:00 Issue resolved",
    )
    assert "detected" not in found
    assert found["started"] == "10:00"


def test_details_of_a_weakness_that_somebody_provides_are_its_report() -> None:
    text = (
        "# Loop\n\n## Timeline (UTC)\n\n09/07/2022 - A researcher provided details of the endless loop via chat.\n\n"
        "09/27/2022 - The researcher submitted a bug report.\n"
    )
    assert values(milestones.told(reading(text)))["detected"] == "2022-09-07"


CUT = (
    "## Timeline (all times UTC) 10/14/2022 - 11/03/2022\n\n10/14/2022 - Report received\n\n"
    "{day} - Version 2 was released with fixes\n"
)


@pytest.mark.parametrize(
    ("day", "moment"),
    [("11/03/202", "2022-11-03"), ("11/04/202", "-"), ("11/03/203", "-"), ("11-03-202", "2022-11-03")],
)
def test_a_year_that_was_cut_short_is_that_of_the_heading_which_names_the_whole_day(day: str, moment: str) -> None:
    assert shown(read(CUT.format(day=day)))[1][1] == moment


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2023-03-26", "00:55", "2023-03-26T00:55:00Z"),
        ("2023-03-26", "01:30", "2023-03-26"),
        ("2023-03-26", "02:10", "2023-03-26T02:10:00+01:00"),
        ("2023-10-29", "01:30", "2023-10-29"),
        ("2023-10-29", "02:10", "2023-10-29T02:10:00Z"),
    ],
)
def test_an_hour_that_clocks_skip_or_repeat_tells_its_day_alone(day: str, clock: str, moment: str) -> None:
    text = f"## Timeline (Europe/Lisbon)\n\n- {day} {clock} Jobs fail\n"
    (found,) = events(outline(text), MARCH)
    assert found.moment is not None
    assert found.moment.text == moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("noon: search is slow", "2024-03-14T12:00:00Z"),
        ("12 noon - search is slow", "2024-03-14T12:00:00Z"),
        ("At noon, search is slow", "2024-03-14T12:00:00Z"),
        ("Midday: search is slow", "2024-03-14T12:00:00Z"),
        ("12 noon search is slow", "2024-03-14T12:00:00Z"),
        ("9.30am search is slow", "2024-03-14T09:30:00Z"),
    ],
)
def test_noon_and_points_before_am_are_times(written: str, moment: str) -> None:
    text = f"## Timeline (UTC)\n\n- {written}\n- 1 pm: index rebuilt\n"
    assert shown(read(text))[0] == (3, moment, "search is slow")


def test_midnight_below_an_evening_is_that_of_the_next_day() -> None:
    text = "## Timeline (UTC)\n\n- 9:10 pm: search is slow\n- midnight: all back to normal\n"
    assert shown(read(text))[1] == (4, "2024-03-15T00:00:00Z", "all back to normal")


def test_words_that_begin_like_a_time_of_day_are_none() -> None:
    text = "## Timeline (UTC)\n\n- 9:10 am: search is slow\n- Midnight job was stopped\n- noon build failed\n"
    assert [event.text for event in read(text)] == ["search is slow"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# Printer outage\n\nThe printer was offline.\n", None),
        ("# Printer outage\n\nTo be written.\n", None),
        ("# Printer outage\n\nTBD.\n", "nothing is written in it yet"),
        ("# Printer outage\n\n## Impact\n", "nothing is written in it yet"),
    ],
)
def test_one_sentence_is_a_report(text: str, why: str | None) -> None:
    assert why_no_report("printer-outage.md", text, alone=False, sure=True) == why


OWNED = (
    "- Add a check (owner: @dana, due 2023-06-01)\n",
    "- Add a check, owner: @dana, due: 2023-06-01\n",
    "- Add a check. Owner: @dana. Due: 2023-06-01\n",
    "- Add a check — @dana — 2023-06-01\n",
    "- Add a check @dana 2023-06-01\n",
    "- **Add a check** Owner: @dana; Due: 2023-06-01\n",
    "- Add a check\n  - **Owner:** @dana\n  - Due: 2023-06-01\n",
)


@pytest.mark.parametrize("text", OWNED)
def test_owner_and_day_behind_an_action_are_taken_however_they_are_divided(text: str) -> None:
    found = the(text)
    assert (found.title.rstrip("."), found.owner, str(found.due)) == ("Add a check", "@dana", "2023-06-01")
    assert found.details is None


def test_words_for_a_day_stay_with_the_action() -> None:
    found = the("- Add a check @dana by 1 June 2023\n")
    assert (found.title, found.owner, str(found.due), found.details) == (
        "Add a check", "@dana", "2023-06-01", "by 1 June 2023",
    )  # fmt: skip
    found = the("- Add a check. Owner: Ann. Due: 1 June 2023. Ticket: https://github.com/a/b/issues/3\n")
    assert (found.owner, found.tracker) == ("Ann", "https://github.com/a/b/issues/3")
    assert found.details == "Due: 1 June 2023 · Ticket: https://github.com/a/b/issues/3"


def test_what_is_below_an_action_and_says_more_stays() -> None:
    found = the("- Add a check\n  - Owner: Ann\n  - Ask the vendor first\n  - Due: soon\n")
    assert (found.owner, found.due, found.details) == ("Ann", None, "- Ask the vendor first\n- Due: soon")


@pytest.mark.parametrize(
    "text", ["- Add a check. Owner: Ann. Then tell everybody.\n", "- Add the field “owner: x y.\n"]
)
def test_a_label_that_runs_on_as_a_sentence_names_nobody(text: str) -> None:
    assert the(text).owner is None


def test_a_day_beside_done_is_that_of_completion() -> None:
    found = the("- Add a check (done 2023-06-01)\n")
    assert (found.status, str(found.completed)) == ("done", "2023-06-01")


def test_open_tasks_below_remediation_are_actions() -> None:
    assert titles("## Remediation\n\n- [ ] Add an alert\n- [x] Raise the limit\n") == [
        "Add an alert",
        "Raise the limit",
    ]
    assert titles("## Remediation\n\n- [x] Restarted it\n- [x] Raised the limit\n") == []
    assert titles("## Remediation\n\n- [ ] Add an alert\n- It came back\n") == []


def test_a_list_of_options_is_none_of_actions() -> None:
    text = "## Action items\n\nTo share what we know we have two options:\n\n- The wiki\n- Release notes\n"
    assert titles(text) == []
    assert titles(f"{text}\nThen:\n\n- Write it down\n") == ["Write it down"]
    assert [item.title for item in actions(reading_of(text.replace("options", "actions")))] == [
        "The wiki",
        "Release notes",
    ]


def test_a_day_that_cannot_be_read_is_told_as_the_reason() -> None:
    found = milestones.told(reading("# R\n\n## Timeline (UTC)\n\n- 2023-02-31 10:00 errors begin\n- 11:00 resolved\n"))
    (gap,) = [gap for gap in found.gaps if gap.key == "started"]
    assert (gap.why, gap.line) == ("“2023-02-31” is no day of the calendar", 5)


def test_a_text_without_headings_that_states_facts_by_name_is_a_report() -> None:
    text = "INC-42 Login loop\n\nStart: 2021-11-02 08:00 CET\nEnd: 2021-11-02 09:30 CET\n\nLogins looped.\n"
    assert why_no_report("INC-42.txt", text, alone=False, sure=False) is None
    assert why_no_report("notes.txt", text, alone=False, sure=False) is not None
    assert why_no_report("incidents/log.txt", "Start: now\n\nIt began.\n", alone=False, sure=False) is not None


def test_lines_of_one_paragraph_that_begin_with_times_are_a_timeline() -> None:
    text = (
        "# Queue\n\n## What happened\n\n3:05PM EST Queue stops.\n3:20PM On call is paged.\n5:20PM Queue works again.\n"
    )
    assert [clock for _, clock, _ in shown(read(text))] == [
        "2024-03-14T15:05:00-05:00", "2024-03-14T15:20:00-05:00", "2024-03-14T17:20:00-05:00",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Latency rises", "Search latency increased", "Replication lag climbs"])
def test_what_takes_longer_than_before_tells_of_the_failure(words: str) -> None:
    assert of(f"14:00 {words}", "14:05 Alert fired", "14:30 Incident resolved")["started"] == "14:00"


def test_author_and_date_of_a_change_are_not_those_of_the_report() -> None:
    text = "# R\n\ncommit 9b3a733a99\nAuthor: Ann <a@example.com>\nDate:   Mon Jul 12 19:03:52 2021\n\n    Update\n"
    assert not reading(text).fields


def test_the_time_behind_a_message_of_a_status_page_is_no_part_of_the_summary() -> None:
    text = "# R\n\n*Investigating* - We look into the errors of the shop. 2021-05-01 14:05:00\n"
    found = summary_of(reading(text))
    assert isinstance(found, Fact)
    assert found.value == "We look into the errors of the shop."


@pytest.mark.parametrize(
    ("value", "detection"),
    [("Monitoring", "alert"), ("customer", "customer"), ("Engineer", "employee"), ("Vendor.", "third-party")],
)
def test_one_word_in_a_field_for_it_says_who_noticed(value: str, detection: str) -> None:
    page = reading(timeline("14:00 Shop fails", "14:05 Ann saw it", more=f"\n**Detected by:** {value}\n"))
    fact = told(page, milestones.told(page)).first("detection")
    assert fact is not None
    assert fact.value == detection


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2024-03-04-mail.md", "2024-03-04T10:00:00Z"),
        ("mail.md", "2024-03-06T10:00:00Z"),
        ("2024-03-06-mail.md", "2024-03-06T10:00:00Z"),
        ("2024-03-09-mail.md", "2024-03-06T10:00:00Z"),
    ],
)
def test_times_are_not_of_the_day_of_publication_where_the_other_is_earlier(path: str, day: str) -> None:
    text = "# Mail\n\n## Timeline (UTC)\n\n- 10:00 Mail fails\n- 10:30 Fixed, resolved\n"
    page = reading(text, path, front={"date": "2024-03-06T08:00:00Z"}, form="Hugo")
    assert values(milestones.told(page))["started"] in (day, day.replace("2024-03-04T", "").replace(":00Z", ""))


@pytest.mark.parametrize(
    "text",
    [
        "**Status:** done\n**Summary:** The shop was down for an hour.\n",
        "- **Summary**: The shop was down for an hour.\n- **Impact**: 3 users\n",
        "| | |\n|---|---|\n| Summary | The shop was down for an hour. |\n| Impact | 3 users |\n",
        "Summary: The shop was down for an hour.\n\nImpact: 3 users.\n",
    ],
)
def test_a_summary_that_is_stated_by_name_is_taken_without_the_name(text: str) -> None:
    found = summary_of(reading(f"# Shop\n\n{text}"))
    assert isinstance(found, Fact)
    assert found.value == "The shop was down for an hour."


def test_a_state_behind_a_ticket_is_that_of_the_action() -> None:
    rows = "| Action | Owner | Bug |\n|---|---|---|\n| Add a check | ann | n/a **DONE** |\n| Cut | bo | 12 **TODO** |\n"
    assert [item.status for item in actions(reading_of(f"## Action items\n\n{rows}"))] == ["done", "open"]


def test_a_date_that_is_none_is_told_as_the_reason() -> None:
    found = milestones.told(reading("# Shop\n\nIt was down.\n", front={"date": "2024-02-30"}))
    (gap,) = [gap for gap in found.gaps if gap.key == "started"]
    assert gap.why == "“2024-02-30” is no day of the calendar"


def test_a_label_is_no_part_of_the_words_before_it() -> None:
    assert the("- Add the service owner: Ann\n").owner is None
    found = the("- Uptime issue: https://github.com/a/b/issues/3\n")
    assert (found.title, found.tracker) == (
        "Uptime issue: https://github.com/a/b/issues/3",
        "https://github.com/a/b/issues/3",
    )


def test_who_worked_with_somebody_did_not_say_that_it_works() -> None:
    found = of(
        "14:00 Shop fails",
        "14:10 Ann read the reports of users and then worked with Bo on the issue",
        "14:20 Bo verified that the fix worked",
        "15:00 Version 2 released with the fix",
    )
    assert found["mitigated"] == "14:20"


def test_who_agrees_after_others_have_worked_on_it_does_not_acknowledge_it() -> None:
    rows = [
        "14:00 Shop fails",
        "14:05 Alert fired",
        "14:20 Rolled back the release",
        "16:00 Vendor acknowledged the problem",
    ]
    assert "acknowledged" not in of(*rows, "17:00 Incident resolved")
    assert of(*rows[:2], "14:07 On-call acknowledged the page", "17:00 Incident resolved")["acknowledged"] == "14:07"


@pytest.mark.parametrize(
    ("row", "detection"),
    [("Member of the team informed of a problem", None), ("Member of the team informed others", "employee")],
)
def test_who_is_informed_did_not_notice(row: str, detection: str | None) -> None:
    page = reading(timeline("14:00 Shop fails", f"14:05 {row}", "14:30 Incident resolved"))
    fact = told(page, milestones.told(page)).first("detection")
    assert (fact.value if fact else None) == detection


@pytest.mark.parametrize("name", ["__Initial Concerns__:", "**What was affected:**"])
def test_a_name_in_bold_letters_is_no_part_of_the_summary(name: str) -> None:
    found = summary_of(reading(f"# R\n\n## Summary\n\n{name} The shop was down for an hour.\n"))
    assert isinstance(found, Fact)
    assert found.value == "The shop was down for an hour."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("~~Ask the vendor~~ (won't do)", "won't do"),
        ("Ask the vendor (won't do: too dear)", "won't do: too dear"),
        ("Ask the vendor - cancelled", "cancelled"),
    ],
)
def test_what_nobody_will_do_is_not_open_and_keeps_the_words_as_its_reason(text: str, reason: str) -> None:
    found = the(f"- {text}\n")
    assert (found.title, found.status, found.reason) == ("Ask the vendor", "wont-do", reason)
    assert the("- Ask the vendor (cancelled the order)\n").status is None


def test_a_short_page_with_the_name_of_all_reports_is_their_index() -> None:
    text = "# Postmortems\n\nAll of them are below this page, last changed on 2024-03-04.\n"
    assert why_no_report("OPS/Postmortems_1001.html", text, alone=False, sure=True) == "an index"
    assert why_no_report("OPS/Postmortem_1001.html", text, alone=False, sure=True) is None


RULE = "| Event | What |\n|---|---|\n"
TIMES = "## Timeline (UTC)\n\n- 10:00 Clones fail\n- 12:05 Clones succeed again, resolved\n"


@pytest.mark.parametrize(
    "text",
    [
        "**Meeting scheduled for:** May 12, 2022 at 3 PM\n\n## Overview\n\nClones failed on May 2, 2022 for hours.\n\n",
        "| | |\n|---|---|\n| Leadup | A migration at 09:00 UTC on 2 May 2022. |\n| Fault | A lock. |\n\n",
        "Event start: 2 May 2022\n\n",
        "## Leadup\n\nSince 1 March 2020 we have had a queue. At 09:55 on 2 May 2022 it was full.\n\n",
    ],
)
def test_the_day_of_a_timeline_may_stand_beside_times_elsewhere(text: str) -> None:
    found = values(milestones.told(reading(f"# Clones failed\n\n{text}{TIMES}")))
    assert found["started"] == "2022-05-02T10:00"


@pytest.mark.parametrize(
    "text",
    [
        "## Leadup\n\nAt 09:00 on 2 May 2022 it was full, at 10:00 on 3 May 2022 again.\n\n",
        "## Leadup\n\nSince 1 March 2020 we have had a queue.\n\n",
        "**Reported:** 2 May 2022 09:00\n\n",
        "## Action items\n\n- Meet at 09:00 on 2 May 2022\n\n",
    ],
)
def test_days_of_something_else_are_not_those_of_the_timeline(text: str) -> None:
    assert "resolved" not in values(milestones.told(reading(f"# Clones failed\n\n{text}{TIMES}")))


def test_issues_are_measures_where_another_column_holds_the_tickets() -> None:
    rows = "| Issue | Type | Owner | Ticket |\n|---|---|---|---|\n| Run it in batches | Prevent | Jo | BB-1 |\n"
    (found,) = actions(reading_of(f"## Corrective actions\n\n{rows}"))
    assert (found.title, found.owner, found.type) == ("Run it in batches", "Jo", "prevent")


def test_a_text_whose_first_line_speaks_of_an_outage_and_that_tells_a_day_is_a_report() -> None:
    text = "Postmortem of the forum outage on 2020-02-03\n\nThe forum went down at about 4 pm and came back later.\n"
    assert why_no_report("forum.txt", text, alone=False, sure=False) is None
    assert why_no_report("forum.txt", "Outage on 2020-02-03\n", alone=False, sure=False) is not None


@pytest.mark.parametrize("words", ["Carts fail", "All workers stop answering", "Workers crash"])
def test_what_fails_in_the_plural_is_a_failure(words: str) -> None:
    assert of(f"14:00 {words}", "14:05 Alert fired", "14:30 Incident resolved")["started"] == "14:00"
    assert of("14:00 Primaries fail over", "14:05 Alert fired", "14:30 Incident resolved")["started"] == "2024-03-04"


def test_a_table_below_a_label_for_actions_holds_them() -> None:
    text = "## Overview\n\n**Action Items:**\n\n| Action Item | Owner |\n|---|---|\n| Add a check | ann |\n\nMore.\n"
    (found,) = actions(reading_of(text))
    assert (found.title, found.owner) == ("Add a check", "ann")


def test_what_was_already_done_is_done() -> None:
    assert the("- We have already fixed the check.\n").status == "done"
    assert the("- We have already too many alerts: remove some.\n").status is None
    assert the("- This has already caused two outages: add a check.\n").status is None


@pytest.mark.parametrize("words", ["Ann receives pager storm", "The pager goes off", "Bo got a page"])
def test_a_pager_notices(words: str) -> None:
    page = reading(timeline("14:00 Shop fails", f"14:05 {words}", "14:30 Incident resolved"))
    assert values(milestones.told(page))["detected"] == "14:05"


def test_lines_of_a_paragraph_below_its_label_are_a_timeline_and_no_summary() -> None:
    text = "# Redis\n\nTimeline:\n10:00 UTC Redis is out of memory\n10:05 UTC alert fires\n11:00 UTC resolved\n"
    assert [clock for _, clock, _ in shown(read(text))] == [
        f"2024-03-14T{at}:00Z" for at in ("10:00", "10:05", "11:00")
    ]
    assert isinstance(summary_of(reading(text)), Gap)


def test_the_time_below_a_message_is_no_part_of_the_summary() -> None:
    found = summary_of(reading("# R\n\n**Investigating** - We investigate the errors of the shop.\nMar 5, 15:10 UTC\n"))
    assert isinstance(found, Fact)
    assert found.value == "We investigate the errors of the shop."


@pytest.mark.parametrize(
    "text", ["## Timeline (local time)\n\n- 14:05 It fails\n", "## Timeline\n\n- 14:05 local time: It fails\n"]
)
def test_local_time_is_of_the_zone_that_somebody_names_for_the_source(text: str) -> None:
    (found,) = read(text, replace(MARCH, zone=UTC))
    assert found.zone is UTC
    assert read(text)[0].zone is None
    assert read(text.replace("local time", "IST"), replace(MARCH, zone=UTC))[0].zone is None


@pytest.mark.parametrize(("who", "noticed"), [("0x184c0c1...", False), ("Baker", True)])
def test_what_a_thing_reports_was_noticed_by_nobody(who: str, noticed: bool) -> None:
    text = f"# R\n\n## Timeline\n\n- 2024-03-04 14:00 UTC Shop fails\n- 2024-03-04 14:05 UTC {who} | Reports the sum\n"
    assert ("detected" in values(milestones.told(reading(text)))) is noticed


def test_words_of_a_link_that_its_address_does_not_hold_stay() -> None:
    found = the("- Fix the reflector [pull request](https://github.com/a/b/pull/3)\n")
    assert (found.title, found.tracker) == ("Fix the reflector pull request", "https://github.com/a/b/pull/3")


def test_pictures_in_front_of_names_and_headings_change_nothing() -> None:
    found = summary_of(
        reading(
            "# R\n\n🚨 **Severity**: high\n🕐 **Duration**: 2 h\n\n## 📝 Summary\n\nMails were not sent for hours.\n"
        )
    )
    assert isinstance(found, Fact)
    assert found.value == "Mails were not sent for hours."


def test_where_only_a_sentence_tells_when_it_was_noticed_that_day_is_doubtfully_the_first() -> None:
    text = "# Disks\n\nAt 5:45 AM EST on 4 March 2022 an engineer noticed the full disk.\n"
    fact = milestones.told(reading(text)).first("started")
    assert fact is not None
    assert (fact.value, fact.doubtful) == ("2022-03-04", True)


def test_facts_within_a_key_of_the_front_matter_count() -> None:
    page = forms.read("a.md", b"---\nincident:\n  severity: SEV3\n  custom:\n    severity: x\n---\n# Loss\n")
    assert [(item.key, item.value) for item in page.fields] == [("severity", "SEV3"), ("custom.severity", "x")]


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("SEV1 -> SEV2", None),
        ("SEV-3, later SEV-2", None),
        ("High / Medium", None),
        ("SEV-2 (major)", "SEV-2"),
        ("medium-high", "medium-high"),
    ],
)
def test_of_two_severities_neither_is_taken(value: str, severity: str | None) -> None:
    assert rank(value) == severity


def test_brackets_in_the_name_of_an_owner_stay_whole() -> None:
    assert the("- Do it (owner: Ann (web))\n").owner == "Ann (web)"
    assert the("- Do it (owner: Ann, due 2023-06-01).\n").owner == "Ann"


def test_an_owner_counts_where_the_day_beside_it_is_none() -> None:
    found = the("- **Switch** automatically (Owner: Payments team, Due: next summer)\n")
    assert (found.owner, found.due) == ("Payments team", None)
    assert "Due: next summer" in found.title


def test_the_day_of_the_beginning_is_that_of_a_timeline_without_any() -> None:
    text = "# Loss\n\n**Incident began:** 2021-12-31\n\n## Timeline (UTC)\n\n- 23:30 Rows deleted\n- 00:45 Alert\n"
    assert values(milestones.told(reading(text)))["detected"] == "2022-01-01T00:45"


@pytest.mark.parametrize(("written", "clock"), [("8:05a", "08:05"), ("8:05p", "20:05"), ("12:05a", "00:05")])
def test_one_letter_behind_a_clock_tells_the_half_of_the_day(written: str, clock: str) -> None:
    assert shown(read(f"## Timeline (UTC)\n\n- {written} - It fails\n"))[0] == (
        3,
        f"2024-03-14T{clock}:00Z",
        "It fails",
    )


def test_a_full_recovery_is_an_end_and_a_partial_one_none() -> None:
    found = of("14:00 Shop fails", "14:05 Alert", "14:20 Partial recovery", "14:30 Full recovery")
    assert found["resolved"] == "14:30"


@pytest.mark.parametrize(("who", "detection"), [("customer (Example Ltd)", "customer"), ("Ann Lee", None)])
def test_who_reported_it_is_who_noticed_and_not_the_author(who: str, detection: str | None) -> None:
    page = reading(f"# R\n\n- Reported by: {who}\n- Reported at: 2024-03-04 14:05 UTC\n")
    moments = milestones.told(page)
    fact = told(page, moments).first("detection")
    assert (fact.value if fact else None) == detection
    assert moments.first("detected") is not None
    assert all(meaning(item.key) != "author" for item in page.fields)


@pytest.mark.parametrize(
    ("value", "detection"),
    [("10:07 UTC by monitoring", "alert"), ("10:07 UTC by our customers", "customer"), ("by 10:07 UTC", None)],
)
def test_who_noticed_may_stand_behind_when(value: str, detection: str | None) -> None:
    page = reading(f"# R\n\n| Date | 2024-03-04 |\n|---|---|\n| Detected | {value} |\n\nThe shop was down.\n")
    fact = told(page, milestones.told(page)).first("detection")
    assert (fact.value if fact else None) == detection


def test_what_we_do_about_it_are_measures() -> None:
    assert titles("## What we do about it\n\n- Write it down\n") == ["Write it down"]


def test_no_link_goes_beyond_a_heading() -> None:
    assert [item.target for item in scan("# [Shop\n](a.md)\n\n# [Shop](b.md)\n[c](c.md)\n")] == ["b.md", "c.md"]
