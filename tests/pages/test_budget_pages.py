"""Pages of error budgets: what they say in each state, that nothing in them acts, and that they never change alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import words
from afterword.budgets.budget import Budget, Burn, State, Thresholds
from afterword.budgets.corrections import Correction, Corrections
from afterword.budgets.forecast import NEVER, Forecast
from afterword.budgets.gate.policy import TEXTS
from afterword.budgets.objective import Method
from afterword.budgets.window import Calendar, Unit
from afterword.pages import budget_charts, budget_pages, budget_summary
from afterword.pages.budget_data import View
from afterword.pages.charts.badge import badge
from afterword.pages.charts.gauge import gauge, meter
from tests.budgeting import AT, HOSTILE, everything, facts, flat, latency, shot
from tests.budgets.counting import objective
from tests.measuring import library, made


def view(*given: object, index: int = 0, **more: object) -> View:
    taken = shot(*(given or everything()))  # type: ignore[arg-type]  # measurements
    return facts(taken, **more).views[index]  # type: ignore[arg-type]  # those of facts


def page(found: View) -> str:
    return budget_pages.page(found)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def drawings(html: str) -> Iterator[ET.Element]:
    for found in re.findall(r"<svg\b(?:(?!</?svg\b).|<svg\b.*?</svg>)*</svg>", html, re.DOTALL):
        yield ET.fromstring(found)  # noqa: S314  # our own output


def test_each_state_has_its_page_its_badge_and_its_row() -> None:
    known = facts(shot(*everything()))
    found = budget_pages.files(known)
    states = {item.id: item.state for item in known.views}
    assert set(states.values()) == set(State)
    assert len(found) == 2 * len(states) + 1
    for item in known.views:
        assert f">{item.state.value}</span> <strong>" in found[item.uri].decode()
        assert f"{item.state.value}" in found[f"budgets/badges/{item.id}.svg"].decode()
        assert f'href="{item.id}.md"' in found["budgets/index.md"].decode()


def test_two_renders_are_the_same_bytes() -> None:
    assert budget_pages.files(facts(shot(*everything()))) == budget_pages.files(facts(shot(*everything())))


def test_a_page_stays_within_its_size() -> None:
    sizes = {path: len(data) for path, data in budget_pages.files(facts(shot(*everything()))).items()}
    assert max(sizes.values()) < 60_000, sizes


def test_what_is_left_stands_in_percent_minutes_and_events() -> None:
    found = text(page(view(flat(objective(), 0.548))))
    assert "WARNING 45.2 % left = 19.5 min of full outage, 3,905 events" in found


def test_an_overspent_budget_says_by_how_much() -> None:
    found = text(page(view(flat(objective(), 1.552))))
    assert "EXHAUSTED Overspent by 55.2 % = 23.8 min of full outage, 4,770 events more than allowed" in found


def test_a_target_without_loss_is_spent_by_the_first_one() -> None:
    found = text(page(view(flat(objective(target="1"), spikes={900: 3.0}))))
    assert "EXHAUSTED Spent: the target allows no loss" in found
    assert "Every bad event alone exhausts the budget." in found


def test_what_could_not_be_checked_says_why() -> None:
    found = next(item for item in facts(shot(*everything())).views if item.state is State.UNCHECKED)
    assert "UNCHECKED Could not be checked" in text(page(found))
    assert "The server answered 503." in text(page(found))


def test_marks_are_explained_in_words() -> None:
    known = facts(shot(*everything()))
    marked = {mark: item for item in known.views for mark in item.budget.marks}
    assert {"PARTIAL", "UNCOUNTED"} <= set(marked)
    for mark, item in marked.items():
        assert f"{mark} : {words.MARKS[mark]}." in text(page(item))


def test_uncounted_events_are_shown_beside_the_figure() -> None:
    found = text(page(view(index=8)))
    assert "CAUTION" not in found.split("Burn rate")[0].split("left")[1]
    assert "With possibly uncounted events 15.3 % left (3,000 more bad)" in found


def test_maintenance_is_named_and_the_figure_without_it_stands_beside() -> None:
    off = Correction("Database upgrade", "@lead", services=("checkout",), start=AT - timedelta(days=8, minutes=5),
                     end=AT - timedelta(days=7, hours=23, minutes=30))  # fmt: skip
    found = text(page(view(corrections=Corrections((off,)))))
    assert "With maintenance counted 49.9 % left" in found
    assert "Database upgrade (@lead)" in found
    assert "80.0 % left =" in found


def test_maintenance_is_marked_on_the_burn_chart_and_its_events_are_not_drawn() -> None:
    start = AT - timedelta(minutes=5 * 2300)
    off = Correction("Upgrade", "@lead", services=("checkout",), start=start - timedelta(minutes=5),
                     end=start + timedelta(minutes=10))  # fmt: skip
    plain, held = budget_charts.burn(view()), budget_charts.burn(view(corrections=Corrections((off,))))
    assert "aw-pause" not in plain
    assert held.count('class="aw-pause"') == 2, "one on the foot, one beside the word"
    assert "Maintenance, not counted" in text(held)
    assert "above 1× in 1 of" in text(plain)
    assert "above 1× in 0 of" in text(held)


def test_incidents_are_drawn_listed_and_linked_with_what_they_used() -> None:
    start = AT - timedelta(minutes=5 * 2300)
    known = library(
        made("2026-10-24-checkout", title="Checkout <b>fell</b>", started=f"{start - timedelta(minutes=10):%FT%TZ}",
             detected=None, acknowledged=None, mitigated=None, resolved=f"{start + timedelta(minutes=15):%FT%TZ}")
    )  # fmt: skip
    html = page(view(known=known))
    assert html.count('class="aw-band"') == 1
    assert '<a href="../incidents/2026/2026-10-24-checkout.md">Checkout &lt;b&gt;fell&lt;/b&gt;</a>' in html
    assert re.search(r'data-label="Of this window">30\.1 %<', html)
    assert "unexplained 20.0 %" in text(html)


def test_an_incident_of_which_nobody_can_tell_says_why() -> None:
    known = library(made("2026-10-24-checkout", started="2026-10-24", detected=None, acknowledged=None, mitigated=None,
                         resolved="2026-10-25"))  # fmt: skip
    assert "not known: it started on a day without a time" in text(page(view(known=known)))


def test_a_breach_that_nobody_explained_is_listed_on_both_pages() -> None:
    known = facts(shot(*everything()))
    assert "Breaches without a postmortem" in text(page(known.views[0]))
    assert "Breaches without a postmortem" in text(budget_pages.index(known))


def test_a_waived_breach_stands_on_the_page_of_its_objective_with_the_reason() -> None:
    plain = facts(shot(*everything()))
    waived = tuple(replace(item, waiver="A <b>load test</b>, agreed with on-call") for item in plain.breaches)
    known = facts(shot(*everything()), breaches=waived)
    html = page(known.views[0])
    assert "Breaches that need no postmortem" in html
    assert "A &lt;b&gt;load test&lt;/b&gt;, agreed with on-call" in html
    assert "Breaches without a postmortem" not in html + budget_pages.index(known)
    assert "Breaches that need no postmortem" not in page(plain.views[0])


def test_what_was_used_is_rounded_as_the_commands_and_the_front_matter_round_it() -> None:
    plain = facts(shot(*everything()))
    used = tuple(replace(item, consumed=0.66384) for item in plain.breaches)
    known = facts(shot(*everything()), breaches=used)
    assert 'data-label="Used of the budget">66.4 %<' in page(known.views[0])
    assert 'data-label="Used of the budget">66.4 %<' in budget_pages.index(known)


def test_latency_stands_against_the_objectives_own_threshold() -> None:
    found = text(str(budget_charts.latency(view(index=1))))
    assert "P95 latency is 300 ms now and was above 500 ms in 1 of 720 stretches of 1 h" in found
    assert "threshold 500 ms" in found
    assert "Checkout latency does." in text(page(view()))


def test_burn_is_drawn_with_its_line_at_one() -> None:
    found = budget_charts.burn(view())
    assert "Burn rate over 1 h was above 1× in 1 of 720 hours, at most 217× on 2026-10-25 at 00:30 UTC" in text(
        str(found)
    )
    assert "logarithmic" in found
    assert ">1×</text>" in found


def test_compliance_says_whether_the_target_is_met() -> None:
    good = text(str(budget_charts.compliance(view(flat(objective(), 0.2)))))
    assert "99.980 % of events were good over the last 30 d and 99.980 % over the last 7 d" in good
    assert "the target of 99.9 % is met" in good
    bad = text(str(budget_charts.compliance(view(flat(objective(), 1.5)))))
    assert "the target of 99.9 % is missed" in bad


def test_months_come_from_the_snapshots() -> None:
    found = text(page(view()))
    assert "2026-10 99.950 % met 4,386 8,928,000" in found
    assert "2026-11 3.2 % known" in found


def test_months_of_a_calendar_window_are_those_of_its_zone() -> None:
    aim = objective(window=Calendar(Unit.MONTH, 1, "America/Sao_Paulo"))
    # AT is a day into November in UTC, and three hours less than that in São Paulo
    november = view(flat(aim)).months[0]
    assert november.count is not None
    start = aim.window.span(AT).start
    assert november.count.total == (AT - start).total_seconds() / 300 * 1000


def test_a_share_that_is_the_target_meets_it() -> None:
    found = view(flat(objective(target="0.936"), 64.0))
    assert {month.met for month in found.months} == {True}
    assert "the target of 93.6 % is met" in text(str(budget_charts.compliance(found)))


def test_nothing_of_an_objective_reaches_a_page_unescaped() -> None:
    aim = objective("x" + HOSTILE, title=HOSTILE, description=HOSTILE, service=HOSTILE, runbook="javascript:alert(1)")
    item = flat(aim, 0.5, queries={HOSTILE: f"```\n~~~\n{HOSTILE}"}, warnings=(HOSTILE,), latency=latency())
    known = facts(shot(item, replace(item, objective=replace(aim, id=aim.id + "'"))))
    found = budget_pages.files(known)
    assert len(found) == 5
    for path, data in found.items():
        content = data.decode().split("\n---\n")[-1]  # the site escapes what stands in the front matter
        assert "<script" not in content, path
        assert "<img" not in content, path
        assert path.endswith(".svg") or not {"`", "~"} & set(content), path
        assert 'href="javascript' not in content, path
        assert re.fullmatch(r"[a-z0-9./_-]+", path), path
    assert budget_summary.read(found[known.views[0].uri].decode()) == known.views[0].summary


def test_drawings_are_well_formed_and_titled() -> None:
    known = facts(shot(*everything()))
    for item in known.views:
        for drawn in drawings(page(item)):
            if drawn.get("role") == "img":
                assert (drawn.findtext("title") or "").strip()
    for path, data in budget_pages.files(known).items():
        if path.endswith(".svg"):
            assert ET.fromstring(data).findtext("{http://www.w3.org/2000/svg}title")  # noqa: S314  # our own


@given(st.one_of(st.none(), st.floats(-1e6, 1)), st.sampled_from(list(State)), st.booleans())
def test_a_gauge_can_draw_any_remainder(remaining: float | None, state: State, infinite: bool) -> None:
    drawn = gauge("So much", remaining, state, Thresholds(), infinite=infinite) + meter(remaining, state)
    for value in re.findall(r'(?:x|width)="([-0-9.]+)%"', drawn):
        assert 0 <= float(value) <= 100


@given(st.text(max_size=80), st.sampled_from(list(State)))
def test_a_badge_is_well_formed_for_any_title(label: str, state: State) -> None:
    printable = "".join(char for char in label if char.isprintable())
    ET.fromstring(badge(printable, state, "45.2 %", "ours"))  # noqa: S314  # our own output


@given(st.fractions(0, 1), st.integers(0, 3))
def test_what_is_left_and_what_is_used_make_a_whole(value: Fraction, places: int) -> None:
    left, used = (
        float(words_of.removesuffix(" %"))
        for words_of in (words.share(value, places), words.share_used(1 - value, places))
    )
    assert left + used == pytest.approx(100)
    assert left <= float(value * 100)


@given(
    st.builds(budget_summary.Summary, st.text(), st.text(), st.text(), st.text(), st.text(), st.booleans(), st.text())
)
def test_a_summary_survives_its_comment(summary: budget_summary.Summary) -> None:
    line = budget_summary.line(summary)
    assert budget_summary.read(f"---\n---\n{line}\n") == summary
    assert line.count("-->") == 1
    assert "\n" not in line


def test_a_page_of_somebody_else_has_no_summary() -> None:
    assert budget_summary.read("# Budgets\n") is None
    assert budget_summary.read(budget_summary.line(None)) is None
    assert not budget_summary.is_ours("# Budgets\n")


def test_shares_round_down_so_that_no_bound_is_reached_too_early() -> None:
    assert words.share(0.19999) == "19.9 %"
    assert words.share(-0.0004) == "−0.1 %"
    assert words.compliance(0.99899999, objective()) == "99.899 %"
    assert words.share(float("inf")) == "all"
    assert words.exactly(Fraction("0.9995")) == "99.95 %"


def test_rates_and_windows_and_methods_are_written_in_words() -> None:
    assert [words.times(value) for value in (0.324, 9.94, 14.4, 212.3)] == ["0.32×", "9.94×", "14.4×", "212×"]
    assert words.rate(Burn(3600, None, infinite=True)) == "infinite"
    assert words.window(objective()) == "rolling 30 d"
    assert (
        words.window(objective(window=Calendar(Unit.MONTH, zone="Europe/Berlin"))) == "calendar month (Europe/Berlin)"
    )
    assert words.days(NEVER) == "never"
    assert words.days(0.25) == "6 h"
    sliced = objective(method=Method.TIMESLICES, slice_target=Fraction("0.95"))
    assert words.method(sliced) == "by slices of 1 min, good from 95 % good events on: bad slices over all"


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (None, ""),
        (Forecast({21600: 12.5}, simulated=NEVER),
         ("Until exhaustion: 12.5 d at the pace of the last 6 h; never at that of the last 3 d, as old events leave "
         "the window.")),
        (Forecast({21600: NEVER}, NEVER),
         "At the pace of the last 6 h, and at that of the last 3 d, it is never spent."),
        (Forecast({}, 0.0, AT.date(), NEVER), "At the pace of the last 3 d the budget comes back on 2026-11-01."),
        (Forecast({}, 0.0, NEVER, NEVER), "At the pace of the last 3 d the budget does not come back."),
        (Forecast({}, 3.0, None, AT.date()),
         ("Until exhaustion: 3.0 d at that of the last 3 d, as old events leave the window. It leaves the freeze on "
         "2026-11-01.")),
    ],
)  # fmt: skip
def test_the_outlook_is_a_sentence(forecast: Forecast | None, said: str) -> None:
    assert budget_pages.outlook(forecast) == said


def test_the_policys_words_take_the_place_of_ours() -> None:
    found = text(page(view(flat(objective(), 0.9), texts={**TEXTS, State.FREEZE: "Ask the lead."})))
    assert "Ask the lead." in found
    assert TEXTS[State.FREEZE] not in found


def test_a_summary_asks_for_attention_below_half() -> None:
    known = facts(shot(*everything()))
    wanted = {item.id for item in known.views if item.summary.attention}
    assert wanted == {
        "checkout-errors", "catalog-errors", "catalog-latency", "storefront-errors", "orders-durability",
        "assistant-quality", "assistant-errors",
    }  # fmt: skip


def test_words_of_nothing() -> None:
    aim = objective()
    budget = Budget(aim, aim.window.span(AT), State.UNCHECKED, None)
    assert (words.left(budget), words.figure(budget), words.amounts(budget)) == ("could not be checked", "–", "")
