"""Which moment is which milestone: words of rows, stated durations, names, sentences, and what contradicts."""

from __future__ import annotations

import time as watch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration import milestones
from afterword.migration.facts import Told
from afterword.migration.fields import fields
from afterword.migration.milestones.settling import KEYS
from afterword.migration.outline import outline
from afterword.migration.page import Field, Page
from afterword.migration.reading import Reading
from afterword.migration.times.calendar import calendar_of
from afterword.migration.times.events import events
from afterword.timing import parse_moment


def reading(
    text: str, path: str = "report.md", *, written: str | None = None, front: dict[str, str] | None = None,
    form: str = "Markdown",
) -> Reading:  # fmt: skip
    """A page, read. ``front``: what its front matter states."""
    outside = tuple(Field(key, value, 1, front=True) for key, value in (front or {}).items())
    page = Page(path, form, text, tuple(range(1, text.count("\n") + 2)), outside)
    shape = outline(text)
    stated = fields(page, shape)
    calendar = calendar_of(page, shape, stated, "month", None)
    return Reading(page, shape, stated, calendar, events(shape, calendar), written)


def timeline(*rows: str, more: str = "") -> str:
    """A page with a timeline in UTC of 4 March 2024. A row: ``14:02 What happened``."""
    table = "\n".join(f"| 2024-03-04 {row[:5]} | {row[6:]} |" for row in rows)
    return f"# Report\n\n## Timeline\n\nAll times in UTC.\n\n| Time | Event |\n|---|---|\n{table}\n{more}"


def values(told: Told) -> dict[str, str]:
    """What was told, times of 4 March 2024 in UTC as clocks."""
    return {fact.key: fact.value.replace("2024-03-04T", "").replace(":00Z", "") for fact in told.facts}


def of(*rows: str, more: str = "", **options: bool) -> dict[str, str]:
    return values(milestones.told(reading(timeline(*rows, more=more)), **options))


def test_rows_that_name_a_milestone_are_it() -> None:
    assert of(
        "14:00 Outage begins",
        "14:05 Alert fired for the error rate",
        "14:07 On-call acknowledged the page",
        "14:30 Impact mitigated by moving traffic",
        "14:50 Incident resolved",
    ) == {"started": "14:00", "detected": "14:05", "acknowledged": "14:07", "mitigated": "14:30", "resolved": "14:50"}


STARTED = {
    "a state of failure": ("14:00 The database is down", "14:00"),
    "something that begins to fail": ("14:00 Checkout starts timing out", "14:00"),
    "a change that breaks something": ("14:00 New certificate installed, breaking logins", "14:00"),
    "something that nobody meant": ("14:00 Cleanup job accidentally removed the primary", "14:00"),
    "a shortage": ("14:00 Nodes run out of memory", "14:00"),
    "a beginning in Portuguese": ("14:00 Início da indisponibilidade", "14:00"),
    "a failure in Portuguese": ("14:00 O site caiu", "14:00"),
    "a beginning in Vietnamese": ("14:00 Sự cố bắt đầu", "14:00"),
    "a failure in Vietnamese": ("14:00 Dịch vụ ngừng hoạt động", "14:00"),
}


@pytest.mark.parametrize("name", STARTED)
def test_the_first_row_that_tells_of_the_failure_is_the_beginning(name: str) -> None:
    row, expected = STARTED[name]
    found = of("13:30 Deploy of release 12 began", row, "14:40 Problem detected", "15:00 Service restored")
    assert (found["started"], found["detected"], found["resolved"]) == (expected, "14:40", "15:00")


NO_START = {
    "a maintenance": "13:30 Maintenance started",
    "a merge": "13:30 The pull request was merged",
    "an investigation": "13:30 Investigation of the incident started",
    "a drill": "13:30 Simulated failure of the zone",
    "no errors": "13:30 Rollout finished without errors",
    "another one": "13:30 Database down (see separate post-mortem)",
}


@pytest.mark.parametrize("name", NO_START)
def test_rows_of_preparation_are_no_beginning(name: str) -> None:
    assert of(NO_START[name], "14:00 The API is down", "14:30 Incident resolved")["started"] == "14:00"


def test_where_people_notice_first_only_the_day_of_the_beginning_is_sure() -> None:
    found = of("13:30 Settings changed", "14:00 Users report errors", "14:30 Incident resolved")
    assert found == {"started": "2024-03-04", "detected": "14:00", "resolved": "14:30"}


def test_an_alert_in_the_first_row_that_tells_of_the_failure_is_the_beginning() -> None:
    found = of("14:00 Alert: the API is unavailable", "14:30 Incident resolved")
    assert (found["started"], found["detected"]) == ("14:00", "14:00")


def test_a_weakness_that_somebody_reported_has_no_beginning() -> None:
    page = reading(timeline("14:00 A researcher submitted a bug report", "15:00 Version 2 was released with the fix"))
    told = milestones.told(page)
    assert values(told) == {"started": "2024-03-04", "detected": "14:00", "resolved": "15:00"}
    assert [fact.key for fact in told.facts if fact.doubtful] == ["started"]


RESOLVED = {
    "by its name": ("Incident resolved", True),
    "restored": ("Service restored", True),
    "back": ("Everything is back to normal", True),
    "verified": ("All systems verified operational", True),
    "a release": ("Version 2.2 was released, which included the fix", True),
    "doing it again": ("The nodes started shipping logs again", True),
    "errors that end": ("No more errors since then", True),
    "a label": ("**Recovery:** We could start it", True),
    "talk": ("Announced a write-up about the recovery plan", False),
    "a false alarm": ("It was confirmed to be a false positive", True),
    "Portuguese": ("Serviço restabelecido", True),
    "Vietnamese": ("Đã khắc phục hoàn toàn", True),
    "denied": ("The problem is not resolved", False),
    "attempted": ("Attempted fix of the router", False),
    "planned": ("The router will be fixed tomorrow", False),
    "restored, behind what began": ("Instances started to come back and service was restored", True),
    "in part": ("Partially restored", False),
    "for some": ("Service restored for some users", False),
    "hoped": ("We hoped that the service was restored", False),
    "asked": ("Is the incident resolved?", False),
    "in a test": ("Fix deployed in the sandbox", False),
    "denied in Portuguese": ("O serviço não foi restabelecido", False),
    "denied in Vietnamese": ("Chưa khắc phục xong", False),
}


@pytest.mark.parametrize("name", RESOLVED)
def test_negation_plans_and_attempts_are_no_end(name: str) -> None:
    row, ends = RESOLVED[name]
    found = of("14:00 The API is down", "14:05 Alert fired", f"15:00 {row}", "15:30 Postmortem scheduled")
    assert found.get("resolved") == ("15:00" if ends else None)


def test_an_end_after_which_something_fails_again_is_none() -> None:
    page = reading(timeline("14:00 The API is down", "14:30 Service restored", "14:40 The API is down again"))
    told = milestones.told(page)
    assert told.first("resolved") is None
    assert next(gap.why for gap in told.gaps if gap.key == "resolved").startswith("after the row that says")


def test_the_last_end_counts_where_it_came_back_in_between() -> None:
    found = of(
        "14:00 The API is down", "14:30 Incident resolved", "14:40 Users report errors", "15:10 Service restored"
    )
    assert found["resolved"] == "15:10"


def test_a_repair_counts_only_as_the_last_row() -> None:
    assert of("14:00 The API is down", "14:30 Rolled back the release")["resolved"] == "14:30"
    assert "resolved" not in of("14:00 The API is down", "14:30 Rolled back the release", "15:00 Looking at graphs")


def test_what_helped_before_it_was_fixed_for_good_is_the_mitigation() -> None:
    found = of("14:00 The API is down", "14:20 Downgraded, which solved the issue", "16:00 Issue permanently fixed")
    assert (found["mitigated"], found["resolved"]) == ("14:20", "16:00")


STATS = "\n## Stats\n\n- Time to detection: {}\n- Time to recovery: {}\n"
CHANGED = (
    "13:30 Ingress object applied",
    "14:10 First report by a user",
    "14:20 Second alert",
    "14:48 Object removed",
    "14:55 User says that it works",
    "15:05 Service restored for all",
)


def test_stated_durations_decide_between_rows() -> None:
    found = of(*CHANGED, more=STATS.format("50 minutes", "1 h 18 min"))
    assert found == {"started": "13:30", "detected": "14:20", "resolved": "14:48"}


def test_without_stated_durations_the_words_alone_decide() -> None:
    found = of(*CHANGED, more=STATS.format("50 minutes", "1 h 18 min"), fitting=False)
    assert found == {"started": "2024-03-04", "detected": "14:10", "resolved": "15:05"}


def test_a_recovery_may_be_counted_from_the_detection() -> None:
    rows = ("13:00 Users report slow pages", "14:00 Nodes killed", "14:02 No nodes left", "14:15 New nodes healthy")
    found = of(*rows, more=STATS.format("2 minutes", "13 minutes"))
    assert found == {"started": "14:00", "detected": "14:02", "resolved": "14:15"}


def test_durations_that_fit_no_row_leave_only_the_day_of_the_beginning() -> None:
    rows = ("14:00 A node fails", "15:00 Users report errors", "16:00 Incident resolved")
    found = of(*rows, more=STATS.format("7 minutes", "21 minutes"))
    assert found == {"started": "2024-03-04", "detected": "15:00", "resolved": "16:00"}


def test_durations_within_five_per_cent_of_the_rows_agree() -> None:
    rows = ("11:20 Node stops shipping logs", "20:28 Alert noticed", "22:25 Service restored")
    assert of(*rows, more=STATS.format("544 minutes", "669 minutes"))["started"] == "11:20"


def test_a_duration_alone_takes_no_row_that_could_be_another() -> None:
    rows = ("13:50 Disk changed", "13:50 Deploy", "14:00 Coffee", "14:10 Lights changed", "14:20 Meeting held")
    assert of(*rows, more="\n- Time to recovery: 10 minutes\n") == {"started": "2024-03-04"}


NAMED = {
    "bold fields": (
        "**Start time:** 2024-03-04 14:00 UTC\n\n**Resolved at:** 2024-03-04 15:00 UTC\n",
        {"started": "14:00", "resolved": "15:00"},
    ),
    "a day and two times": (
        "- Date: 2024-03-04\n- Started at: 14:00 UTC\n- Detected: 14:05 UTC\n- End: 15:00 UTC\n",
        {"started": "14:00", "detected": "14:05", "resolved": "15:00"},
    ),
    "past midnight": (
        "- Date: 2024-03-04\n- Started at: 23:00 UTC\n- End: 01:00 UTC\n",
        {"started": "23:00", "resolved": "2024-03-05T01:00"},
    ),
    "a beginning and a duration": (
        "- Start: 2024-03-04 14:00 UTC\n- Duration: 2 h 5 min\n",
        {"started": "14:00", "resolved": "16:05"},
    ),
    "from till": ("- Date: 2024-03-04 14:00 - 15:30 UTC\n", {"started": "14:00", "resolved": "15:30"}),
    "a table": (
        "| | |\n|---|---|\n| Incident start | 2024-03-04 14:00 UTC |\n| Incident end | 2024-03-04 15:00 UTC |\n",
        {"started": "14:00", "resolved": "15:00"},
    ),
    "Portuguese": (
        "- Início: 2024-03-04 14:00 UTC\n- Fim: 2024-03-04 15:00 UTC\n",
        {"started": "14:00", "resolved": "15:00"},
    ),
    "Vietnamese": (
        "- Thời gian bắt đầu: 2024-03-04 14:00 UTC\n- Thời gian kết thúc: 2024-03-04 15:00 UTC\n",
        {"started": "14:00", "resolved": "15:00"},
    ),
    "no zone": ("- Start time: 2024-03-04 14:00\n", {"started": "2024-03-04"}),
    "an impossible day": ("- Start time: 2024-02-31 14:00 UTC\n", {}),
    "no moment": ("- Resolved: true\n- Started: by hand\n", {}),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_a_page_states_by_name_is_taken(name: str) -> None:
    text, expected = NAMED[name]
    assert values(milestones.told(reading(f"# Report\n\n{text}"))) == expected


def test_a_status_page_states_both_ends_in_its_front_matter() -> None:
    front = {"date": "2024-03-04 14:00:00 +00:00", "resolvedWhen": "2024-03-04T15:00:00Z"}
    found = values(milestones.told(reading("# Report\n", front=front, form="cState")))
    assert found == {"started": "14:00", "resolved": "15:00"}


def test_the_date_of_a_post_is_only_a_doubtful_beginning() -> None:
    told = milestones.told(reading("# Report\n", front={"date": "2024-03-06T10:00:00Z"}))
    assert [(fact.value, fact.doubtful) for fact in told.facts] == [("2024-03-06", True)]


def test_a_name_goes_before_a_row_and_a_row_makes_its_day_exact() -> None:
    text = timeline("14:00 The API is down", "15:00 Incident resolved")
    assert values(milestones.told(reading(f"{text}\n## Facts\n\n- Start time: 2024-03-04 13:55 UTC\n")))["started"] == (
        "13:55"
    )
    assert values(milestones.told(reading(f"{text}\n## Facts\n\n- Date: 2024-03-04\n")))["started"] == "14:00"


PROSE = {
    "between": (
        "Between 14:02 and 15:10 UTC on 4 March 2024, logins were unavailable.",
        {"started": "14:02", "resolved": "15:10"},
    ),
    "started and resolved": (
        "The outage started at 14:02 UTC on March 4, 2024 and was resolved at 15:10 UTC.",
        {"started": "14:02", "resolved": "15:10"},
    ),
    "noticed": (
        "The outage was noticed by the team at 14:10 UTC on 4 March 2024.",
        {"started": "2024-03-04", "detected": "14:10"},  # the day with a remark of doubt
    ),
    "planned": ("Between 14:02 and 15:10 UTC on 4 March 2024 a maintenance of the failing disk was planned.", {}),
    "an aside": ("Upon discovery, the version was pulled at 14:02 UTC on 4 March 2024.", {}),
    "no year": ("Between 14:02 and 15:10 UTC on 4 March, logins were unavailable.", {}),
    "another weekday": (
        "On 4 March 2024 the site was slow. The outage was resolved at 9:00 UTC on Friday.",
        {"started": "2024-03-04"},
    ),
    "no day": ("The outage started at 14:02 UTC.", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", PROSE)
def test_sentences_of_a_summary_that_state_a_full_moment_count(name: str) -> None:
    text, expected = PROSE[name]
    assert values(milestones.told(reading(f"# Report\n\n## Summary\n\n{text}\n"))) == expected


def test_only_the_summary_detection_and_resolution_are_read_as_sentences() -> None:
    text = "# Report\n\n## Lessons learned\n\nThe outage started at 14:02 UTC on March 4, 2024.\n"
    assert values(milestones.told(reading(text))) == {}


DAYS = {
    "title": ("# Outage of 4 March 2024\n", "report.md", None, ("2024-03-04", False)),
    "file": ("# Outage\n", "2024-03-04-outage.md", None, ("2024-03-04", True)),
    "folder": ("# Outage\n", "2024-03/04-outage.md", None, ("2024-03-04", True)),
    "history": ("# Outage\n", "outage.md", "2024-03-04", ("2024-03-04", True)),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_page_that_says_nothing_else_began_on_the_day_of_title_file_or_history(name: str) -> None:
    text, path, written, expected = DAYS[name]
    told = milestones.told(reading(text, path, written=written))
    assert [(fact.value, fact.doubtful) for fact in told.facts] == [expected]


def test_a_day_of_publication_after_the_detection_is_no_beginning() -> None:
    text = timeline("14:00 A researcher submitted a bug report", "15:00 Version 2 was released with the fix")
    told = milestones.told(reading(text, "2024-05-08-weakness.md"))
    assert [(fact.value, fact.how) for fact in told.facts if fact.doubtful] == [
        ("2024-03-04", "the first day of the timeline, none of whose rows says when it began")
    ]


def test_of_two_that_contradict_the_less_certain_goes() -> None:
    text = timeline("14:00 The API is down", "14:30 Service restored")
    page = reading(f"{text}\n## Facts\n\n- Detected: 2024-03-04 14:40 UTC\n")
    told = milestones.told(page)
    assert values(told) == {"started": "14:00", "detected": "14:40"}
    assert "which lies before “detected”" in next(gap.why for gap in told.gaps if gap.key == "resolved")


def test_each_fact_tells_its_line_and_each_gap_its_reason() -> None:
    told = milestones.told(reading(timeline("14:00 The API is down")))
    assert [(fact.line, fact.how) for fact in told.facts] == [
        (9, "the row of the timeline “The API is down” is the first that tells of the failure")
    ]
    assert {gap.key: gap.why for gap in told.gaps}["resolved"] == "no row of the timeline says so"


def test_a_page_about_two_incidents_gives_no_detection_of_the_second_for_the_first() -> None:
    rows = ("14:00 Outage begins", "14:30 Outage resolved", "18:00 Users report errors", "19:00 Incident resolved")
    assert of(*rows) == {"started": "14:00", "resolved": "19:00"}


ROW = st.sampled_from(
    [row[6:] for row in CHANGED]
    + [row for row, _ in RESOLVED.values()]
    + ["Outage begins", "Alert fired", "On-call acknowledged", "Mitigated", "The API is down", "Nothing happened"]
)


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59), ROW), max_size=12), st.integers(0, 600))
def test_milestones_always_lie_in_their_order(rows: list[tuple[int, int, str]], minutes: int) -> None:
    text = timeline(
        *(f"{hour:02}:{minute:02} {what}" for hour, minute, what in rows),
        more=STATS.format(f"{minutes} minutes", f"{2 * minutes} minutes"),
    )
    told = milestones.told(reading(text))
    found = [parse_moment(fact.value) for fact in told.facts if fact.key != "acknowledged"]
    days = [moment.day for moment in found if moment]
    times = [moment.at for moment in found if moment and moment.at]
    assert days == sorted(days)
    assert times == sorted(times)
    assert {fact.key for fact in told.facts} | {gap.key for gap in told.gaps} == set(KEYS)


@given(st.text(st.characters(exclude_characters="\r\0"), max_size=400))
def test_any_text_is_read(text: str) -> None:
    milestones.told(reading(f"# Report\n\n## Summary\n\n{text}\n\n## Timeline\n\n- 14:00 {text}\n"))


def test_hostile_rows_and_sentences_take_linear_time() -> None:
    rows = [
        f"14:00 {'caused ' * 3000}",
        f"14:10 {'user ' * 3000}",
        f"14:20 {'released ' * 3000}",
        f"14:30 {'is ' * 5000}",
    ]
    text = timeline(*rows, more=f"\n## Summary\n\n{'between at on ' * 5000}\n\n{'at 14:00 UTC ' * 5000}\n")
    page = reading(text)
    begin = watch.perf_counter()
    milestones.told(page)
    assert watch.perf_counter() - begin < 2


def test_a_row_that_points_to_another_incident_is_no_end() -> None:
    found = of("14:00 The API is down", "14:30 Service restored", "15:00 Another incident resolved (see separate one)")
    assert found["resolved"] == "14:30"


def test_talk_of_a_repair_at_the_end_is_none() -> None:
    assert "resolved" not in of("14:00 The API is down", "15:00 Contacted the vendor, who restarted their servers")


@pytest.mark.parametrize(
    "row", ["No alert fired", "It was never noticed", "Added an alert", "Alert resolved", "Banner to alert users added"]
)
def test_the_lack_or_the_end_of_an_alert_is_no_detection(row: str) -> None:
    assert "detected" not in of("14:00 The API is down", f"14:10 {row}")


def test_who_passes_on_what_failed_has_noticed_it() -> None:
    found = of("13:00 Coffee", "14:00 An employee shared a screenshot of errors in the channel")
    assert found == {"started": "2024-03-04", "detected": "14:00"}
