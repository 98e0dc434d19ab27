"""Maintenance windows: once or repeated, on the clock of a zone, and told of with their place when they are wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import corrections, waivers
from afterword.budgets.corrections import Corrections, merged
from afterword.budgets.waivers import Waivers
from afterword.findings import Finding
from tests.budgets.counting import objective

CHECKOUT = objective()
ORDERS = objective("orders-durability")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(entry: str) -> tuple[Corrections, list[Finding]]:
    text = f"schema: 1\ncorrections:\n  - {{reason: Upgrade, approver: '@lead', services: [checkout], {entry}}}\n"
    return corrections.read(text.encode(), objectives=[CHECKOUT, ORDERS])


def starts(entry: str, start: str, end: str) -> list[str]:
    found, findings = read(entry)
    assert findings == []
    return [f"{begins:%m-%d %H:%M}" for begins, _ in found.entries[0].between(utc(start), utc(end))]


def test_a_single_window_holds_for_the_services_and_objectives_that_it_names() -> None:
    found, findings = read("start: 2026-03-04T09:00:00+01:00, end: 2026-03-04T09:30:00Z")
    assert findings == []
    span = (utc("2026-03-04T08:00"), utc("2026-03-04T09:30"))
    assert found.intervals(CHECKOUT, utc("2026-03-01"), utc("2026-04-01")) == (span,)
    assert found.intervals(ORDERS, utc("2026-03-01"), utc("2026-04-01")) == ()
    assert found.intervals(CHECKOUT, utc("2026-03-04T09:00"), utc("2026-04-01")) == (
        (utc("2026-03-04T09:00"), span[1]),
    )
    assert found.intervals(CHECKOUT, utc("2026-03-05"), utc("2026-04-01")) == ()


def test_a_repeated_window_keeps_its_hour_when_clocks_are_set_forward_and_back() -> None:
    weekly = "start: '2026-01-04T03:00:00', rrule: 'FREQ=WEEKLY;BYDAY=SU', duration: 2 h, zone: Europe/Lisbon"
    assert starts(weekly, "2026-03-21", "2026-04-06") == ["03-22 03:00", "03-29 02:00", "04-05 02:00"]
    assert starts(weekly, "2026-10-18", "2026-11-02") == ["10-18 02:00", "10-25 03:00", "11-01 03:00"]


def test_a_start_in_the_hour_that_is_skipped_or_comes_twice_is_read_as_the_standard_says() -> None:
    daily = "start: '2026-01-01T01:30:00', rrule: FREQ=DAILY, duration: 1 h, zone: Europe/Lisbon"
    # on 29 March the clocks go from 01:00 to 02:00; on 25 October from 02:00 back to 01:00
    assert starts(daily, "2026-03-29T00:45", "2026-03-29T12:00") == ["03-29 01:30"]
    assert starts(daily, "2026-10-25T00:00", "2026-10-25T12:00") == ["10-25 00:30"]


def test_a_duration_is_elapsed_time() -> None:
    found, _ = read("start: '2026-01-01T00:00:00', rrule: FREQ=DAILY, duration: 3 h, zone: Europe/Lisbon")
    for begins, ends in found.entries[0].between(utc("2026-03-27"), utc("2026-03-31")):
        assert ends - begins == timedelta(hours=3)


def test_an_occurrence_that_began_before_the_window_counts_with_its_rest() -> None:
    found, _ = read("start: 2026-01-01T22:00:00Z, rrule: FREQ=DAILY, duration: 4 h")
    first, *_ = found.intervals(CHECKOUT, utc("2026-03-04T00:30"), utc("2026-03-04T12:00"))
    assert first == (utc("2026-03-04T00:30"), utc("2026-03-04T02:00"))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", ["03-02 02:00", "03-05 02:00"]),
        ("FREQ=MONTHLY;BYDAY=1SU", ["03-01 02:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-28", ["03-04 02:00"]),
        ("FREQ=DAILY;COUNT=60", ["03-01 02:00"]),
        ("FREQ=DAILY;UNTIL=20260302", ["03-01 02:00", "03-02 02:00"]),
        ("FREQ=DAILY;UNTIL=20260302T020000Z", ["03-01 02:00", "03-02 02:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", []),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH", ["03-03 02:00", "03-05 02:00"]),
    ],
)
def test_rules_are_followed_from_their_own_start(rule: str, expected: list[str]) -> None:
    assert starts(f"start: 2026-01-01T02:00:00Z, rrule: '{rule}', duration: 1 h", "2026-03-01", "2026-03-07") == [
        text for text in expected if text < "03-07"
    ]


def test_a_rule_that_repeats_for_ever_is_followed_in_the_window_alone() -> None:
    often = "start: 1990-01-01T00:00:00Z, rrule: 'FREQ=MINUTELY;INTERVAL=15', duration: 1 min"
    assert len(starts(often, "2026-03-01", "2026-03-31")) == 30 * 96


@pytest.mark.parametrize(
    ("entry", "place", "message"),
    [
        ("start: 2026-03-04T10:00:00Z, end: 2026-03-04T09:00:00Z", "end", "ends before it has begun"),
        ("start: 2026-03-04T10:00:00Z, end: 2026-03-04T10:00:00Z", "end", "ends before it has begun"),
        ("start: 2026-03-04T10:00:00Z, end: tomorrow", "end", "not a time with offset"),
        ("start: '2026-03-04T10:00:00', end: 2026-03-04T11:00:00Z", "start", "not a time with offset"),
        ("start: 2026-03-04T10:00:00Z", "{", "no “end”"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY", "{", "no “duration”"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY, duration: 999999 d", "999999", "longer than a year"),
        ("start: '9999-12-31T10:00:00', rrule: FREQ=DAILY, duration: 1 h", "'9999", "no time"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=MINUTELY;INTERVAL=4, duration: 1 h", "FREQ", "more often"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY, duration: soon", "soon", "no length of time"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=OFTEN, duration: 1 h", "FREQ", "cannot be used"),
        ("start: 2026-03-04T10:00:00Z, rrule: often, duration: 1 h", "often", "right form"),
        ("start: 2026-03-04T10:00:00Z, rrule: INTERVAL=2, duration: 1 h", "INTERVAL", "FREQ is one of"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY;INTERVAL=0, duration: 1 h", "FREQ", "INTERVAL cannot be “0”"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=SECONDLY, duration: 1 h", "FREQ", "FREQ is one of"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY;BYSETPOS=2, duration: 1 h", "FREQ", "no day ever"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30, duration: 1 h", "FREQ", "no day"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY, duration: 1 h, zone: Mars/Base", "Mars", "not known here"),
        ("start: 2026-03-04T10:00:00Z, rrule: FREQ=DAILY, duration: 1 h, end: 2026-03-05T00:00:00Z", "2026-03-05",
         "does not fit here"),
        ("start: 2026-03-04T10:00:00Z, end: 2026-03-05T00:00:00Z, zone: UTC", "UTC", "does not fit here"),
        ("start: 2026-03-04T10:00:00Z, end: 2026-03-04T11:00:00Z, objectives: [chekout-errors]", "chek",
         "no objective"),
        ("start: 2026-03-04T10:00:00Z, end: 2026-03-04T11:00:00Z, until: x", "until", "unknown key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(entry: str, place: str, message: str) -> None:
    found, findings = read(entry)
    line = f"  - {{reason: Upgrade, approver: '@lead', services: [checkout], {entry}}}"
    at = line.index(place) if place == "{" else line.rindex(place)
    shown = [(item.message, item.span.line, item.span.column) for item in findings]
    assert len(findings) == 1, shown
    assert message in findings[0].message
    if "end:" in entry and place == "end":
        at = line.index("end: ") + 5
    if message != "not a time with offset":
        assert (findings[0].span.line, findings[0].span.column) == (3, at + 1), shown
    assert not found.entries or message == "no objective"


@pytest.mark.parametrize("missing", ["reason", "approver", "services"])
def test_reason_approver_and_what_it_holds_for_are_required(missing: str) -> None:
    keys = {"reason": "Upgrade", "approver": "'@lead'", "services": "[checkout]", "start": "2026-03-04T10:00:00Z",
            "end": "2026-03-04T11:00:00Z"}  # fmt: skip
    lines = ", ".join(f"{key}: {value}" for key, value in keys.items() if key != missing)
    _, findings = corrections.read(f"schema: 1\ncorrections: [{{{lines}}}]\n".encode())
    assert [item.code for item in findings] == ["AW102"]


@pytest.mark.parametrize("text", [b"", b"\xff", b"[1, 2]", b"schema: 1\ncorrections: {", b"schema: 1", b"- x"])
def test_a_file_that_is_none_gives_findings_and_no_windows(text: bytes) -> None:
    for found, findings in (corrections.read(text), waivers.read(text)):
        assert not found.entries
        assert findings


def test_an_empty_list_is_no_fault() -> None:
    assert corrections.read(b"schema: 1\ncorrections: []\n") == (Corrections(), [])
    assert corrections.read(b"schema: 1\ncorrections:\n") == (Corrections(), [])
    assert waivers.read(b"schema: 1\nwaivers: []\n") == (Waivers(), [])


def waived(entry: str) -> tuple[Waivers, list[Finding]]:
    common = "objective: checkout-errors, reason: Load test, by: '@lead', on: 2026-03-05"
    text = f"schema: 1\nwaivers:\n  - {{{common}, {entry}}}\n"
    return waivers.read(text.encode(), objectives=[CHECKOUT])


def test_a_waiver_covers_the_breaches_that_it_touches() -> None:
    found, findings = waived("start: 2026-03-04T10:00:00Z, end: 2026-03-04T11:00:00Z")
    assert findings == []
    assert found.of("checkout-errors", utc("2026-03-04T10:30"), utc("2026-03-04T12:00"))
    assert found.of("checkout-errors", utc("2026-03-04T11:00"), utc("2026-03-04T12:00"))
    assert found.of("checkout-errors", utc("2026-03-04T09:00"), utc("2026-03-04T10:00"))
    assert not found.of("checkout-errors", utc("2026-03-04T11:30"), utc("2026-03-04T12:00"))
    assert not found.of("orders-durability", utc("2026-03-04T10:30"), utc("2026-03-04T12:00"))
    instant, _ = waived("at: 2026-03-04T10:00:00Z")
    assert instant.of("checkout-errors", utc("2026-03-04T09:30"), utc("2026-03-04T12:00"))


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("start: 2026-03-04T11:00:00Z, end: 2026-03-04T10:00:00Z", "ends before it has begun"),
        ("at: 2026-03-04T11:00:00Z, end: 2026-03-04T10:00:00Z", "does not fit here"),
        ("at: noon", "a time with offset"),
    ],
)
def test_a_waiver_at_fault_is_told_of(entry: str, message: str) -> None:
    found, findings = waived(entry)
    assert not found.entries
    assert [message in item.message for item in findings] == [True]


def test_a_waiver_of_an_unknown_objective_is_told_of() -> None:
    entry = "{objective: chekout-errors, reason: x, by: y, on: 2026-03-05, at: 2026-03-04T11:00:00Z}"
    _, findings = waivers.read(f"schema: 1\nwaivers:\n  - {entry}\n".encode(), objectives=[CHECKOUT])
    assert findings[0].hint == "Did you mean `checkout-errors`?"
    assert (findings[0].span.line, findings[0].span.column) == (3, 17)


PARTS = st.lists(
    st.tuples(
        st.sampled_from(["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYHOUR", "BYEASTER"]),
        st.sampled_from(["DAILY", "HOURLY", "MONTHLY", "WEEKLY", "1", "0", "-1", "31", "25", "MO", "5FR", "2026", "x"]),
    ),
    min_size=1,
    max_size=4,
)


@given(PARTS)
def test_no_rule_makes_the_reader_fail(parts: list[tuple[str, str]]) -> None:
    rule = ";".join(f"{key}={value}" for key, value in parts)
    found, findings = read(f"start: 2026-01-31T02:00:00Z, rrule: '{rule}', duration: 1 h")
    assert bool(found.entries) is not bool(findings)
    for entry in found.entries:
        for begins, ends in entry.between(utc("2026-03-01"), utc("2026-04-01")):
            assert begins < utc("2026-04-01")
            assert ends > utc("2026-03-01")


INTERVALS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 50)), max_size=20)


@given(INTERVALS, st.integers(0, 30))
def test_merged_intervals_are_apart_in_order_and_cover_the_same(pairs: list[tuple[int, int]], gap: int) -> None:
    base = utc("2026-03-01")
    spans = [(base + timedelta(minutes=start), base + timedelta(minutes=start + length)) for start, length in pairs]
    found = merged(spans, timedelta(minutes=gap))
    assert all(later[0] - earlier[1] > timedelta(minutes=gap) for earlier, later in pairwise(found))
    assert all(any(start <= span[0] and span[1] <= end for start, end in found) for span in spans)
