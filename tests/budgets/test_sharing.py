"""Sharing: fewer questions whose answers give the same sums."""

from __future__ import annotations

import pytest

from afterword.budgets.sources import sharing
from afterword.budgets.sources.replies import INSTANT, RANGE, Question, QuestionError, Reply
from afterword.errors import AfterwordError

AT = 1_793_575_800
DAY = 86_400


def asked(query: str) -> Question:
    return Question(query, INSTANT, AT, AT)


def increase(series: str, seconds: int = DAY) -> Question:
    return asked(f"sum(increase({series}[{seconds}s]))")


def first(series: str, seconds: int = DAY) -> str:
    return f"sum(min_over_time({series}[{seconds}s]) unless {series} offset {seconds}s)"


def reply(*rows: tuple[dict[str, str], float], **more: tuple[str, ...]) -> Reply:
    return Reply(tuple((labels, ((AT, value),)) for labels, value in rows), **more)


ALL = increase('requests_total{service="a"}')
GOOD = increase('requests_total{service="a",code!~"5.."}')
BAD = increase('requests_total{service="a",code=~"5.."}')
YES = {sharing.PART: "1"}


def test_all_events_and_a_part_of_them_are_read_once() -> None:
    found = sharing.shares([ALL, GOOD])
    inner = 'increase(requests_total{service="a"}[86400s])'
    query = f'sum by (afterword_part) (label_replace({inner}, "afterword_part", "1", "code", "5.."))'
    assert [item.query for item in found.asked] == [query]


@pytest.mark.parametrize(("part", "value"), [(GOOD, 90.0), (BAD, 10.0)])
def test_the_condition_says_which_of_both_parts_is_meant(part: Question, value: float) -> None:
    found = sharing.shares([part, ALL])
    answers, alone = found.answers({found.asked[0]: reply(({}, 90.0), (YES, 10.0))})
    assert (answers[ALL], answers[part], alone) == (reply(({}, 100.0)), reply(({}, value)), [])


def test_a_part_without_series_stays_one_without_an_answer() -> None:
    found = sharing.shares([ALL, BAD])
    answers, _ = found.answers({found.asked[0]: reply(({}, 90.0))})
    assert (answers[ALL], answers[BAD]) == (reply(({}, 90.0)), Reply())
    nothing, _ = found.answers({found.asked[0]: Reply()})
    assert (nothing[ALL], nothing[BAD]) == (Reply(), Reply())


def test_a_difference_is_asked_as_its_sides_and_tells_both() -> None:
    whole, part = first('requests_total{service="a"}'), first('requests_total{service="a",code!~"5.."}')
    less = asked(f"({whole} or vector(0)) - ({part} or vector(0))")
    found = sharing.shares([less])
    assert len(found.asked) == 1
    answers, _ = found.answers({found.asked[0]: reply(({}, 4.0), (YES, 3.0))})
    assert answers == {less: reply(({}, 3.0)), asked(whole): reply(({}, 7.0)), asked(part): reply(({}, 4.0))}
    nothing, _ = found.answers({found.asked[0]: Reply()})
    assert nothing[less] == reply(({}, 0.0))


@pytest.mark.parametrize(
    "other",
    [
        increase('requests_total{service="a",code!~"5.."}', 3600),
        increase('other_total{service="a",code!~"5.."}'),
        increase('requests_total{service="b",code!~"5.."}'),
        increase('requests_total{service="a",code!~"5..",pod="x"}'),
        increase('requests_total{service="a",code!="5.."}'),
        asked('sum(rate(requests_total{service="a",code!~"5.."}[86400s]))'),
        asked('sum(increase(requests_total{service="a",code!~"5.."}[86400s])) * 2'),
        Question(GOOD.query, INSTANT, AT - 60, AT - 60),
        Question(GOOD.query, INSTANT, AT, AT, 0, "thanos"),
        Question(GOOD.query, RANGE, AT - 600, AT, 300),
    ],
)
def test_what_reads_other_series_or_another_time_is_asked_as_it_is(other: Question) -> None:
    found = sharing.shares([ALL, other])
    assert found.asked == (ALL, other)
    assert found.answers({ALL: reply(({}, 1.0)), other: reply(({"a": "b"}, 2.0))}) == (
        {ALL: reply(({}, 1.0)), other: reply(({"a": "b"}, 2.0))},
        [],
    )


def test_values_are_taken_as_patterns_only_where_both_mean_the_same() -> None:
    plain, odd = increase('requests_total{service="a",code="500"}'), increase('requests_total{service="a",path="/a.b"}')
    assert len(sharing.shares([ALL, plain]).asked) == 1
    assert len(sharing.shares([ALL, odd]).asked) == 2


def test_an_answer_of_another_form_is_asked_for_again_one_by_one() -> None:
    found = sharing.shares([ALL, BAD])
    for odd in (reply(({"code": "200"}, 1.0)), reply(({}, 1.0), ({}, 2.0)), QuestionError("it was refused")):
        assert found.answers({found.asked[0]: odd}) == ({}, [ALL, BAD])


def test_a_server_that_answers_nobody_is_told_of_for_each_question() -> None:
    found, fault = sharing.shares([ALL, BAD]), AfterwordError("not there")
    assert found.answers({found.asked[0]: fault}) == ({ALL: fault, BAD: fault}, [])


def test_warnings_concern_all_that_was_read() -> None:
    found = sharing.shares([ALL, BAD])
    answers, _ = found.answers({found.asked[0]: reply(({}, 1.0), warnings=("partial",))})
    assert [item.warnings for item in answers.values() if isinstance(item, Reply)] == [("partial",), ("partial",)]


def test_strings_that_look_like_selectors_do_not_mislead() -> None:
    tricky = increase(r'requests_total{service="a",path="x\"}[1s])) or b{"}')
    found = sharing.shares([ALL, tricky])
    assert found.asked == (ALL, tricky)


def test_many_selectors_of_one_counter_are_paired_in_linear_time() -> None:
    many = [increase(f'requests_total{{service="s{number}"{more}}}')
            for number in range(2000) for more in ("", ',code!~"5.."')]  # fmt: skip
    assert len(sharing.shares(many).asked) == 2000
