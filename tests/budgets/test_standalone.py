"""What a gate judges by where there is no library: the settings of its environment."""

from __future__ import annotations

from fractions import Fraction

import promql_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets import promql
from afterword.budgets.budget import Thresholds
from afterword.budgets.gate import standalone
from afterword.budgets.objective import DAY, Ratio
from afterword.budgets.window import Rolling
from afterword.errors import AfterwordError


def _target(text: str) -> Fraction:
    return standalone.objective({standalone.TARGET: text}, None, "code").target


def test_without_settings_it_is_999_over_30_days() -> None:
    found = standalone.objective({}, None, "code")
    assert (found.target, found.window, found.id) == (Fraction("0.999"), Rolling(30 * DAY), "all-availability-by-code")
    assert isinstance(found.indicator, Ratio)
    assert found.indicator.bad == 'http_requests_total{code=~"5.."}'
    assert found.indicator.total == 'http_requests_total{code!=""}'
    assert found.indicator.counter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("99.9", "0.999"), ("99.9%", "0.999"), (" 99.9 % ", "0.999"), ("0.999", "0.999"), ("99.95", "0.9995"),
        ("100", "1"), ("1", "1"), ("100%", "1"), ("50", "0.5"), ("", "0.999"), ("99.999999", "0.99999999"),
    ],
)  # fmt: skip
def test_a_target_is_percent_or_a_fraction_and_exact(text: str, wanted: str) -> None:
    assert _target(text) == Fraction(wanted)


@pytest.mark.parametrize(
    "text", ["0.1", "0", "-99.9", "1%", "101", "99,9", "nan", "inf", "1e2", "٩٩", "99.9.9", "three nines", "0x63"]
)
def test_a_target_that_cannot_be_meant_is_refused_by_name(text: str) -> None:
    with pytest.raises(AfterwordError, match=standalone.TARGET):
        _target(text)


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("7d", 7), ("4w", 28), ("12h", 0.5), ("", 30)])
def test_a_window_is_a_length(text: str, days: float) -> None:
    found = standalone.objective({standalone.WINDOW: text}, None, "code").window
    assert found == Rolling(int(days * DAY))


@pytest.mark.parametrize("text", ["30", "1M", "0d", "401d", "1m", "-7d", "30 days", "d", "999999w"])
def test_a_window_that_cannot_be_meant_is_refused_by_name(text: str) -> None:
    with pytest.raises(AfterwordError, match=standalone.WINDOW):
        standalone.objective({standalone.WINDOW: text}, None, "code")


def test_thresholds_come_before_the_policy_each_for_itself() -> None:
    base = Thresholds(Fraction(9, 10), Fraction(6, 10), Fraction(3, 10))
    assert standalone.thresholds({}, base) == base
    assert standalone.given({"FREEZE_THRESHOLD": " "}) == ()
    found = standalone.thresholds({"FREEZE_THRESHOLD": "12.5%"}, base)
    assert found == Thresholds(base.caution, base.warning, Fraction(1, 8))
    assert standalone.given({"FREEZE_THRESHOLD": "12.5%"}) == ("FREEZE_THRESHOLD",)


@pytest.mark.parametrize("variable", ["FREEZE_THRESHOLD", "WARNING_THRESHOLD", "CAUTION_THRESHOLD"])
@pytest.mark.parametrize("text", ["0.2", "-1", "101", "twenty", "1e1", "nan"])
def test_a_threshold_that_cannot_be_meant_is_refused_by_name(variable: str, text: str) -> None:
    with pytest.raises(AfterwordError, match=variable):
        standalone.thresholds({variable: text}, Thresholds())


@pytest.mark.parametrize(
    "given_", [{"FREEZE_THRESHOLD": "60"}, {"CAUTION_THRESHOLD": "40"}, {"WARNING_THRESHOLD": "90"}]
)
def test_thresholds_that_do_not_fall_are_refused(given_: dict[str, str]) -> None:
    with pytest.raises(AfterwordError, match="out of order"):
        standalone.thresholds(given_, Thresholds())


@given(st.text(max_size=40))
def test_no_name_of_a_service_leaves_its_quotes(service: str) -> None:
    found = standalone.objective({}, service, "status")
    assert isinstance(found.indicator, Ratio)
    for query in (found.indicator.total, found.indicator.bad):
        assert query is not None
        parsed = promql_parser.parse(query)
        assert isinstance(parsed, promql_parser.VectorSelector)
        matchers = {item.name: item.value for item in parsed.matchers.matchers if item.name != "status"}
        assert matchers == {"service": service}
    assert promql.fault(found.indicator.total) is None
