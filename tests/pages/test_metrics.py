"""metrics.txt: what Prometheus scrapes from the site, held to two parsers."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_prometheus

from afterword.budgets.outputs import rulefile
from afterword.checking import Report
from afterword.measures import overview
from afterword.pages import Site, Urls, metrics
from afterword.pages.budget_summary import Summary
from tests.measuring import AS_OF, action, done, library, made
from tests.servers import program

Read = Callable[[str], Iterable[Metric]]
openmetrics: Read = read_openmetrics  # the library leaves these types out
prometheus: Read = read_prometheus

AT = "2026-11-01T23:30:00+00:00"


def summary(objective: str = "checkout-errors", service: str = "checkout", remaining: float | None = 0.25) -> Summary:
    return Summary(objective, "Errors", service, "WARNING", "25 %", True, f"budgets/{objective}.md", remaining, AT)


def site(*budgets: Summary) -> Site:
    known = library(
        made(actions=[action("A1", priority="P1", due="2026-10-01"), done("A2")]),
        made("2026-05-04-storefront", services=["storefront"], status="in-review", published=None, severity="SEV1",
             actions=[action("A1", due="2027-01-01", owner=None)]),
        made("2025-10-20-cloud", origin="public", organization="Cloud", source="https://example.org", services=[]),
    )  # fmt: skip
    report = Report(AS_OF, (), 0)
    return Site(known, report, overview(known, AS_OF), AS_OF, Urls(True), budgets=budgets)


def samples(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.startswith("#"))


@pytest.fixture(scope="module")
def text() -> str:
    return metrics.text(site(summary(), summary("orders-durability", "orders", None)))


def test_it_is_openmetrics_and_prometheus_text_at_once(text: str) -> None:
    count = len(list(samples(text)))
    assert sum(len(family.samples) for family in openmetrics(text)) == count
    assert sum(len(family.samples) for family in prometheus(text)) == count
    assert text.endswith("\n# EOF\n")


@pytest.mark.server
def test_promtool_has_nothing_to_say_about_it(text: str) -> None:
    done = subprocess.run(
        [program("promtool"), "check", "metrics"], input=text, capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_it_says_what_the_library_says(text: str) -> None:
    found = set(samples(text))
    assert {
        "afterword_as_of_timestamp_seconds 1793577599",
        'afterword_postmortems{origin="internal",kind="incident",status="published",incident_severity="SEV3"} 1',
        'afterword_postmortems{origin="public",kind="incident",status="published",incident_severity="SEV3"} 1',
        'afterword_overdue_actions{priority="P1"} 1',
        'afterword_overdue_actions{priority="P2"} 0',
        'afterword_team_overdue_actions{team="team-payments",priority="P1"} 1',
        'afterword_team_open_actions{team="team-web",priority="P2"} 1',
        'afterword_late_postmortems{incident_severity="SEV1"} 1',
        'afterword_late_postmortems{incident_severity="SEV2"} 0',
        "afterword_time_to_mitigate_median_seconds 1920",
        "afterword_time_to_postmortem_median_seconds 432000",
        'afterword_measured_items{measure="time_to_postmortem"} 2',
        'afterword_error_budget_remaining_ratio{slo="checkout-errors",service="checkout"} 0.25',
        'afterword_error_budget_state{slo="checkout-errors",service="checkout",state="WARNING"} 1',
        'afterword_error_budget_state{slo="checkout-errors",service="checkout",state="NORMAL"} 0',
        'afterword_error_budget_measured_timestamp_seconds{slo="checkout-errors",service="checkout"} 1793575800',
    } <= found
    assert not any(line.startswith('afterword_error_budget_remaining_ratio{slo="orders') for line in found)


def test_nothing_of_titles_or_people_becomes_a_label(text: str) -> None:
    for family in openmetrics(text):
        for sample in family.samples:
            assert set(sample.labels) <= {"origin", "kind", "status", "incident_severity", "priority", "team",
                                          "measure", "slo", "service", "state"}  # fmt: skip


def test_two_builds_are_alike(text: str) -> None:
    assert text == metrics.text(site(summary(), summary("orders-durability", "orders", None)))


def test_alerts_on_the_library_ask_for_what_it_says(text: str) -> None:
    asked = [rule.expr for rule in rulefile.library().rules]
    names = {family.name for family in openmetrics(text)}
    assert all(any(name in expr for name in names) for expr in asked)


@given(word=st.text(max_size=30))
def test_any_word_survives_as_a_label(word: str) -> None:
    written = f"# TYPE a gauge\na{metrics._labels({'x': word})} 1\n# EOF\n"
    found = next(iter(openmetrics(written))).samples[0].labels["x"]
    assert found == "".join(char if char.isprintable() or char == "\n" else " " for char in word)
