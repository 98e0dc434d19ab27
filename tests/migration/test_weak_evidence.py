"""Weak evidence: what only may tell a value is left out, or given with a remark of doubt."""

from __future__ import annotations

import pytest

from afterword.migration import detection, milestones
from afterword.migration.facts import Told
from tests.migration.test_actions import titles
from tests.migration.test_milestones import of, reading, values

_TABLE = "| Action | Owner |\n|---|---|\n| Renew the key | Ann |\n| Add an alert | Bo |"


def test_prevention_beside_a_list_of_tasks_tells_what_was_thought_of() -> None:
    text = f"## Action items\n\n{_TABLE}\n\n## Prevention\n\n- Test each chart\n- Review all rules\n"
    assert titles(text) == ["Renew the key", "Add an alert"]


def test_it_makes_no_difference_which_of_them_comes_first() -> None:
    text = f"## Recommendations\n\n- Test each chart\n- Review all rules\n\n## Follow-up tasks\n\n{_TABLE}\n"
    assert titles(text) == ["Renew the key", "Add an alert"]


def test_prevention_is_read_where_the_list_of_tasks_is_empty() -> None:
    text = "## Action items\n\nTBD\n\n## Prevention\n\n- Test each chart\n- Review all rules\n"
    assert titles(text) == ["Test each chart", "Review all rules"]


def test_corrective_and_preventive_actions_are_tasks_both() -> None:
    text = "## Corrective actions\n\n- Test each chart\n\n## Preventive actions\n\n- Review all rules\n"
    assert titles(text) == ["Test each chart", "Review all rules"]


def test_a_reminder_below_the_measures_holds_none() -> None:
    text = "# Report\n\n## Prevention\n\n1. Test each chart\n\n### Cache rule reminder\n\n- The last rule wins\n"
    assert titles(text) == ["Test each chart"]


def test_what_recurred_was_noticed_before() -> None:
    found = of("14:00 The API is down", "14:30 The proxy is restarted", "18:00 Recurrence discovered on another page")
    assert "detected" not in found


def test_a_chain_that_halts_fails_and_one_that_resumes_is_back() -> None:
    found = of("14:00 Chain halts at block 7", "14:05 First operator notices the issue", "15:10 The chain resumes")
    assert (found["started"], found["resolved"]) == ("14:00", "15:10")


def _dated(*rows: str) -> Told:
    table = "\n".join(f"| {row[:16]} | {row[17:]} |" for row in rows)
    text = f"# Report\n\n**Date:** 2024-03-04\n\n## Timeline (UTC)\n\n| Time | Event |\n|---|---|\n{table}\n"
    return milestones.told(reading(text))


def test_a_day_of_the_report_is_doubtful_where_the_timeline_begins_before_it() -> None:
    told = _dated("2024-03-03 20:31 The bridge is deployed", "2024-03-04 16:18 A change is drafted")
    (started,) = (fact for fact in told.facts if fact.key == "started")
    assert started.value == "2024-03-04"
    assert started.doubtful
    assert "the timeline, which begins on 2024-03-03" in started.how


def test_the_same_day_is_certain_where_the_timeline_begins_on_it() -> None:
    told = _dated("2024-03-04 14:00 The bridge is deployed", "2024-03-05 16:18 A change is drafted")
    assert values(told)["started"] == "2024-03-04"
    assert not any(fact.doubtful for fact in told.facts if fact.key == "started")


def _undated(first: str) -> Told:
    table = f"| Time | Event |\n|---|---|\n| 2024-03-04 14:00 | {first} |\n| 2024-03-04 15:00 | Ann looks |\n"
    return milestones.told(reading(f"# Report\n\n## Timeline (UTC)\n\n{table}"))


def test_people_may_notice_a_failure_days_after_it_began() -> None:
    (started,) = (fact for fact in _undated("A user reports that their page fails").facts if fact.key == "started")
    assert (started.value, started.doubtful) == ("2024-03-04", True)
    assert "people may have noticed it days later" in started.how


def test_an_alert_follows_at_once() -> None:
    (started,) = (fact for fact in _undated("Alert fired for the error rate").facts if fact.key == "started")
    assert not started.doubtful


def test_a_row_that_nothing_alerts_tells_of_a_failure_that_nobody_sees() -> None:
    found = of("14:00 The windows run empty. Nothing alerts: the stamp reads fresh", "15:00 Ann looks at the rows")
    assert found["started"] == "14:00"
    assert "detected" not in found


@pytest.mark.parametrize("row", ["The alerting layer hardens", "The growth alert lands"])
def test_alerts_that_are_built_tell_of_no_detection(row: str) -> None:
    assert "detected" not in of("14:00 The API is down", f"15:00 {row}")


def test_a_date_of_the_discovery_is_not_that_of_the_beginning() -> None:
    found = values(milestones.told(reading("# Report\n\nDate: 2024-03-07 (discovered)\n\nThe figure is wrong.\n")))
    assert found == {"detected": "2024-03-07"}


def test_a_remark_on_who_detected_it_leaves_the_day_that_of_the_beginning() -> None:
    found = values(milestones.told(reading("# Report\n\nDate: 2024-03-07 (detected by users)\n\nIt failed.\n")))
    assert found == {"started": "2024-03-07"}


def test_a_night_that_the_page_gives_one_day_may_be_that_before_or_after() -> None:
    table = "| Time | Event |\n|---|---|\n| 22:00 | The laptop is switched off |\n| 02:00 | The bridge fails |\n"
    told = milestones.told(
        reading(f"# Report\n\n**Date:** 2024-03-07\n\n## Timeline\n\n{table}| 02:02 | Alerts fire |\n")
    )
    assert {fact.key for fact in told.facts if fact.doubtful} == {"started", "detected"}


def test_tables_below_a_plan_of_mitigation_are_tasks() -> None:
    tables = "".join(f"### {name}\n\n{_TABLE}\n\n" for name in ("Preventive measures", "Detection improvements"))
    assert len(titles(f"# Report\n\n## Mitigation plan\n\n{tables}")) == 4


def test_signals_that_would_have_told_did_not() -> None:
    page = "# Report\n\n## Detection\n\nTwo signals would have told sooner:\n\n- An alert on the size of the disk\n"
    assert not detection.told(reading(page), Told(())).facts


def test_users_who_observed_it_noticed() -> None:
    assert detection.of_text("User observed that the page came and went") == ("customer",)


def test_a_setting_that_is_called_failure_tells_of_no_beginning() -> None:
    found = of("14:00 The pages fail", "14:30 A block is bad; restart=on-failure begins a loop", "15:00 Ann looks")
    assert found["started"] == "14:00"
