"""The live client against a server in this process: what it sends, and what it makes of each answer."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from afterword.budgets.network import Client, endpoint, until
from afterword.budgets.network.credentials import Credentials
from afterword.budgets.network.limits import Limits
from afterword.budgets.objective import DataSource, Method, Objective, Op, Ratio, Threshold
from afterword.budgets.snapshot import Count, Measurement
from afterword.budgets.sources import capture, flavours
from afterword.budgets.sources.prometheus import Live
from afterword.budgets.window import Calendar, Rolling, Unit
from afterword.errors import AfterwordError
from tests.budgets.fakeserver import BUILD, RUNTIME, Answer, Asked, Fake, matrix, vector

AT = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
MOMENT = int(AT.timestamp())
QUICK = Limits(connect=1, read=1, overall=3, pause=0.01)
DAY = 86_400
BUCKET = 'seconds_bucket{service="shop",le="0.5"}'


def objective(name: str = "shop-errors", **more: Any) -> Objective:
    given: dict[str, Any] = {"indicator": Ratio('total{s="a"}', bad='bad{s="a"}'), "window": Rolling(7 * DAY)}
    return Objective(name, name, "T", "shop", Fraction("0.999"), **(given | more))


def latency() -> Objective:
    return objective("shop-latency", indicator=Ratio('seconds_count{service="shop"}', good=BUCKET))


Reply = Callable[[Asked], "Answer | None"]


def answering(bad: float | str | None = 3, total: float | str | None = 1000, **more: Any) -> Reply:
    """A server that gives the same figures for each window; ``None``: no series."""

    def reply(asked: Asked) -> Answer | None:
        if asked.path == BUILD:
            return Answer({"status": "success", "data": {"version": "2.42.0"}})
        if asked.path == RUNTIME:
            return Answer({"status": "success", "data": {"storageRetention": "15d"}})
        if not asked.query:
            return Answer(b"not found", 404)
        value = total if asked.query.startswith("sum(increase(total") or "_count" in asked.query else bad
        if "min_over_time" in asked.query:
            value = None
        if asked.path.endswith("query_range"):
            times = range(int(asked.form["start"]), int(asked.form["end"]) + 1, int(asked.form["step"]))
            return matrix(*((at, str(value)) for at in times) if value is not None else (), **more)
        return vector(*(() if value is None else (value,)), at=int(asked.form["time"]), **more)

    return reply


def figures(found: Answer) -> list[list[Any]]:
    """The points of each series in an answer."""
    return [series["values"] for series in found.body["data"]["result"]]


def live(fake: Fake | str, environment: dict[str, str] | None = None, **more: Any) -> Live:
    url = fake if isinstance(fake, str) else fake.url
    given: dict[str, Any] = {"now": lambda: datetime.now(UTC), "limits": QUICK}
    return Live(url=url, environment=environment or {}, **(given | more))


def measured(reply: Reply, *objectives: Objective, days: float = 0, **more: Any) -> tuple[Measurement, ...]:
    with Fake(reply) as fake:
        asked = objectives or (objective(),)
        return live(fake, **more).measure(asked, capture.grid(AT, days), AT)


def fault(reply: Reply, *objectives: Objective, **more: Any) -> str:
    """What keeps the first objective from being measured, be it of the server or its own."""
    try:
        found = measured(reply, *objectives, **more)[0].error
    except AfterwordError as error:
        return f"{error.message} {error.hint or ''}"
    assert found
    return found


def always(answer: Answer | None) -> Reply:
    return lambda _: answer


def test_windows_end_at_the_instant_and_steps_at_multiples_of_five_minutes() -> None:
    at = AT + timedelta(seconds=97)
    with Fake(answering()) as fake:
        found = live(fake).measure([objective()], capture.grid(at, 1), at)[0]
    assert (found.error, found.own) == (None, Count(3, 1000))
    assert set(found.windows) == {3600, 21_600, DAY, 3 * DAY, 7 * DAY, 30 * DAY}
    assert (len(found.total), set(found.total), set(found.bad)) == (288, {1000}, {3})
    instants = {item.form["time"] for item in fake.asked if item.path.endswith("/query")}
    assert instants == {str(MOMENT + 97)}
    ranges = {(item.form["start"], item.form["end"]) for item in fake.asked if item.path.endswith("/query_range")}
    assert ranges == {(str(MOMENT - DAY + 300), str(MOMENT))}
    assert "[604800s]" in found.queries["total"]
    assert "[300s]" in found.queries["bad_step"]


def test_a_question_is_asked_once_however_many_objectives_ask_it() -> None:
    with Fake(answering()) as fake:
        live(fake).measure([objective("a"), objective("b")], capture.grid(AT, 1), AT)
    assert len(fake.queries) == len({(item.path, item.query) for item in fake.asked if item.query})


def test_a_gate_asks_for_less() -> None:
    with Fake(answering()) as fake:
        found = live(fake).measure([objective()], capture.grid(AT, 0), AT)[0]
    assert set(found.windows) == {3600, 21_600, DAY, 3 * DAY, 7 * DAY}
    assert not [item for item in fake.asked if item.path.endswith("query_range")]


def test_long_ranges_are_asked_for_in_pieces() -> None:
    with Fake(answering()) as fake:
        found = live(fake).measure([objective()], capture.grid(AT, 80), AT)[0]
    assert len(found.total) == 80 * 288
    assert set(found.total) == {1000}
    for item in fake.asked:
        if item.path.endswith("query_range"):
            assert (int(item.form["end"]) - int(item.form["start"])) / 300 < 11_000


def test_no_series_of_bad_events_is_none_of_them_while_there_are_events() -> None:
    found = measured(answering(bad=None), days=1)[0]
    assert found.own == Count(0, 1000)
    assert set(found.bad) == {0}


def test_no_series_of_events_is_no_zero() -> None:
    found = measured(answering(bad=None, total=None), days=1)[0]
    assert found.own is None
    assert found.windows == {}
    assert set(found.total) == {None}
    assert set(found.bad) == {None}
    assert found.error is None


def test_a_total_of_nothing_is_kept_as_what_it_is() -> None:
    assert measured(answering(bad=None, total=0))[0].own == Count(0, 0)


@pytest.mark.parametrize("value", ["NaN", "+Inf", "-Inf"])
def test_what_is_no_number_of_events_is_a_fault(value: str) -> None:
    assert f"gives {value}" in fault(answering(total=value))


def test_nan_in_a_step_is_no_sample() -> None:
    def reply(asked: Asked) -> Answer | None:
        found = answering()(asked)
        if found and asked.path.endswith("query_range"):
            for points in figures(found):
                points[5] = (points[5][0], "NaN")
        return found

    found = measured(reply, days=1)[0]
    assert (found.total[4], found.total[5], found.bad[5]) == (1000, None, None)


def test_a_gap_in_a_range_is_no_sample() -> None:
    def reply(asked: Asked) -> Answer | None:
        found = answering()(asked)
        if found and asked.path.endswith("query_range"):
            for points in figures(found):
                del points[5:9]
        return found

    found = measured(reply, days=1)[0]
    assert found.total[4:10] == (1000, None, None, None, None, 1000)


def test_several_series_where_one_number_is_meant_are_a_fault() -> None:
    assert "2 series" in fault(lambda asked: vector(1, 2, at=MOMENT) if asked.query else Answer(b"", 404))


def test_more_bad_events_than_events_are_worth_a_warning() -> None:
    found = measured(answering(bad=2000))[0]
    assert any("more bad events (2000) than events (1000)" in text for text in found.warnings)


def test_more_good_events_than_events_would_hide_every_loss_so_nothing_is_judged_by_them() -> None:
    found = measured(answering(bad=2000), latency())[0]
    assert found.own is None
    assert found.error is not None
    assert "more good events (2000) than events (1000)" in found.error


@pytest.mark.parametrize(("good", "bad"), [("7587961.000000002", 0), ("7587960.999999998", 0), ("7587960.5", 0.5)])
def test_what_is_left_of_a_sum_of_floats_is_no_bad_event(good: str, bad: float) -> None:
    found = measured(answering(bad=good, total="7587961"), latency(), days=1)[0]
    assert found.own is not None
    assert found.own.bad == found.windows[3600].bad == found.bad[0] == bad
    assert not found.warnings


def test_a_hair_less_than_nothing_is_nothing_to_warn_of() -> None:
    found = measured(answering(bad="-0.0000001"))[0]
    assert found.own == Count(0, 1000)
    assert not found.warnings


def test_a_threshold_that_is_no_bound_is_a_fault_that_names_the_bounds() -> None:
    def reply(asked: Asked) -> Answer | None:
        if "count by" in asked.query:
            bounds = [{"le": bound} for bound in ("0.1", "1.0", "+Inf")]
            return vector(1, 1, 1, at=MOMENT, labels=bounds)
        return answering(bad=None)(asked)

    assert "0.5 is no bound of the histogram’s buckets; they are 0.1, 1" in fault(reply, latency())


def test_no_good_events_at_all_count_as_bad_and_say_so() -> None:
    def reply(asked: Asked) -> Answer | None:
        if "count by" in asked.query:
            return vector(1, at=MOMENT, labels=[{"le": "0.5"}])
        return answering(bad=None)(asked)

    found = measured(reply, latency())[0]
    assert found.own == Count(1000, 1000)
    assert any("no series of good events" in text for text in found.warnings)


def test_the_quantile_is_one_value_for_each_hour_and_hinders_nothing() -> None:
    def broken(asked: Asked) -> Answer | None:
        if "histogram_quantile" in asked.query:
            return Answer({"status": "error", "errorType": "execution", "error": "too much"}, 422)
        return answering()(asked)

    found = measured(answering(0.25), latency(), days=1)[0]
    assert found.latency is not None
    assert found.latency.values == (0.25,) * 24
    without = measured(broken, latency(), days=1)[0]
    assert without.latency is None
    assert without.error is None
    assert any("latency cannot be drawn" in text for text in without.warnings)


def test_what_was_counted_before_a_first_scrape_stands_beside_the_figure() -> None:
    def reply(asked: Asked) -> Answer | None:
        if "min_over_time" in asked.query:
            return vector(40 if "total" in asked.query else 5, at=MOMENT)
        return answering()(asked)

    assert measured(reply)[0].own == Count(3, 1000, 5, 40)


def test_what_was_never_counted_among_all_events_is_asked_only_where_bad_ones_are_missing() -> None:
    with Fake(answering()) as fake:
        live(fake).measure([objective()], capture.grid(AT, 0), AT)
    assert not [query for query in fake.queries if "min_over_time(total" in query]
    assert [query for query in fake.queries if "min_over_time(bad" in query]


def test_a_calendar_window_is_as_long_as_it_has_passed() -> None:
    found = measured(answering(), objective(window=Calendar(Unit.MONTH)))[0]
    assert found.own == Count(3, 1000)
    assert f"[{23 * 3600 + 1800}s]" in found.queries["total"]


def test_a_calendar_window_that_has_just_begun_has_no_data() -> None:
    first = datetime(2026, 11, 1, tzinfo=UTC)
    with Fake(answering()) as fake:
        found = live(fake).measure([objective(window=Calendar(Unit.MONTH))], capture.grid(first, 0), first)[0]
    assert found.own is None
    assert found.error is None
    assert not [query for query in fake.queries if "[0s]" in query]


def test_thresholds_are_asked_slice_by_slice() -> None:
    item = objective(indicator=Threshold("up", Op.GTE, 1.0), method=Method.TIMESLICES, slice_target=Fraction(9, 10))
    with Fake(answering()) as fake:
        found = live(fake).measure([item], capture.grid(AT, 0), AT)[0]
    assert found.error is None
    assert all(":60s]" in query for query in fake.queries)


def test_warnings_mark_the_figure_as_partial_and_infos_do_not() -> None:
    partial = measured(answering(warnings=["a store did not answer"]))[0]
    assert partial.partial
    assert partial.warnings == ("the server says: a store did not answer",)
    informed = measured(answering(infos=["might not be a counter"]))[0]
    assert not informed.partial
    assert informed.warnings == ("the server says: might not be a counter",)


def test_one_objective_that_fails_hides_no_other() -> None:
    def reply(asked: Asked) -> Answer | None:
        if "broken" in asked.query:
            return Answer({"status": "error", "errorType": "bad_data", "error": "parse error"}, 400)
        return answering()(asked)

    good, broken = measured(reply, objective(), objective("b", indicator=Ratio("broken", bad="bad")))
    assert good.own == Count(3, 1000)
    assert broken.error
    assert "the server refused it (bad_data): parse error" in broken.error
    assert broken.own is None


FAULTS: dict[str, tuple[Answer | None, str]] = {
    "no answer": (None, "closed the connection without an answer"),
    "a web page": (Answer(b"<!doctype html><p>Sign in", 200, {"Content-Type": "text/html"}), "a web page"),
    "no JSON": (Answer(b"hello"), "is no JSON"),
    "half of JSON": (Answer(b'{"status": "succ'), "is no JSON"),
    "deep JSON": (Answer(b"[" * 200_000), "is no JSON"),
    "no object": (Answer([1]), "it is no object"),
    "no status": (Answer({}), "neither success nor what failed"),
    "no data": (Answer({"status": "success"}), "has no result"),
    "a scalar": (
        Answer({"status": "success", "data": {"resultType": "scalar", "result": [MOMENT, "1"]}}),
        "is a scalar, and a vector",
    ),
    "a number that is none": (vector("many", at=MOMENT), "a value is no number"),
    "another time": (vector(1, at=MOMENT - 60), "for another time"),
    "a bare number": (
        Answer({"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1, 2]}]}}),
        "a value is no number",
    ),
    "no value": (
        Answer({"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}}]}}),
        "a value is no number",
    ),
    "no labels": (
        Answer({"status": "success", "data": {"resultType": "vector", "result": [3]}}),
        "a series has no labels",
    ),
    "unauthorized": (Answer(b"", 401), "refuses us: status 401"),
    "forbidden": (Answer(b"", 403), "refuses us: status 403"),
    "not there": (Answer(b"404 page not found", 404), "status 404"),
    "a fault of its own": (Answer(b"oops", 500), "status 500"),
    "too busy": (Answer(b"", 503), "status 503"),
    "an error": (
        Answer({"status": "error", "errorType": "timeout", "error": "query timed out"}, 503),
        "(timeout): query timed out (status 503)",
    ),
    "another server": (
        Answer(b"", 302, {"Location": "https://u:pw@login.example.org/x?y"}),
        "https://login.example.org/x",
    ),
    "a circle": (Answer(b"", 307, {"Location": "/api/v1/query"}), "redirects again and again"),
    "far too much": (Answer(b" " * 10_000_000), "more than 8 MB"),
    "a bomb": (Answer(gzip.compress(b" " * 10_000_000), 200, {"Content-Encoding": "gzip"}), "more than 8 MB"),
    "badly packed": (Answer(b"hello, gzip", 200, {"Content-Encoding": "gzip"}), "cannot be unpacked"),
    "cut off": (Answer(b"{", 200, {"Content-Length": "50", "Connection": "close"}), "cut off|did not answer"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_answer_that_is_none_is_told_in_one_line(name: str) -> None:
    answer, why = FAULTS[name]
    said = fault(always(answer))
    assert any(part in said for part in why.split("|")), said
    assert "\n" not in said
    assert "pw" not in said


def test_a_busy_server_is_asked_again_and_another_fault_is_not() -> None:
    seen: list[str] = []

    def reply(asked: Asked) -> Answer | None:
        first = asked.query and asked.query not in seen
        seen.append(asked.query)
        return Answer(b"", 503, {"Retry-After": "0"}) if first else answering()(asked)

    assert measured(reply)[0].own == Count(3, 1000)
    with Fake(always(Answer(b"", 500))) as fake, pytest.raises(AfterwordError):
        live(fake).measure([objective()], capture.grid(AT, 0), AT)
    assert len(fake.queries) == len(set(fake.queries))


def test_a_server_that_is_not_there_is_given_up_soon() -> None:
    with pytest.raises(AfterwordError, match="cannot be reached"):
        live("http://127.0.0.1:9").measure([objective()], capture.grid(AT, 1), AT)


def test_nobody_waits_longer_than_the_deadline() -> None:
    import threading  # noqa: PLC0415  # only here
    import time  # noqa: PLC0415  # only here

    over = threading.Event()

    def reply(_: Asked) -> Answer | None:
        over.wait(20)
        return None

    began = time.monotonic()
    with Fake(reply) as fake:
        with pytest.raises(AfterwordError, match="did not answer within"):
            live(fake, limits=Limits(read=30, overall=0.5)).measure([objective()], capture.grid(AT, 0), AT)
        over.set()
    assert time.monotonic() - began < 5


def test_the_bound_of_the_environment_holds() -> None:
    assert live("http://x", {"AFTERWORD_TIMEOUT": "2"}, limits=None).bounds.overall == 2
    with pytest.raises(AfterwordError, match="AFTERWORD_TIMEOUT is “soon”"):
        live("http://x", {"AFTERWORD_TIMEOUT": "soon"}, limits=None)


def test_clocks_that_differ_are_a_warning_and_for_a_gate_a_fault() -> None:
    with Fake(answering()) as fake:
        fake.date = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
        client = live(fake)
        client.measure([objective()], capture.grid(AT, 0), AT)
        assert any("behind ours" in text for text in client.warnings)
        with pytest.raises(AfterwordError, match=r"the clock of .* behind ours"):
            live(fake, strict=True).measure([objective()], capture.grid(AT, 0), AT)


def test_a_short_retention_is_a_warning() -> None:
    with Fake(answering()) as fake:
        client = live(fake)
        client.measure([objective(window=Rolling(30 * DAY))], capture.grid(AT, 0), AT)
    assert client.source.retention_seconds == 15 * DAY
    assert any("keeps 15 d, and the longest window is 30 d" in text for text in client.warnings)
    assert client.source.version == "2.42.0"


def test_secrets_go_with_each_request_and_are_shown_nowhere() -> None:
    with Fake(answering()) as fake:
        url = fake.url.replace("http://", "http://someone:hidden@")
        client = live(url)
        found = client.measure([objective()], capture.grid(AT, 0), AT)
        token = live(fake, {"AFTERWORD_PROMETHEUS_TOKEN": "hidden"})
        token.measure([objective()], capture.grid(AT, 0), AT)
    assert {item.headers.get("Authorization") for item in fake.asked} == {
        "Basic c29tZW9uZTpoaWRkZW4=",
        "Bearer hidden",
    }
    assert "hidden" not in repr((client.source, client.warnings, found, token._servers))


def test_secrets_of_the_default_server_are_for_no_other() -> None:
    environment = {"AFTERWORD_PROMETHEUS_TOKEN": "main", "AFTERWORD_THANOS_EU_TOKEN": "thanos"}
    with Fake(answering()) as main, Fake(answering(5)) as other, Fake(answering(7)) as foreign:
        found = live(main, environment).measure(
            [
                objective("a"),
                objective("b", source=DataSource("thanos-eu", url=other.url)),
                objective("c", source=DataSource("prometheus", url=foreign.url)),
                objective("d", source=DataSource("prometheus-too", url=main.url)),
                objective("e", source=DataSource("unnamed")),
            ],
            capture.grid(AT, 0),
            AT,
        )
    assert [item.own.bad for item in found if item.own] == [3, 5, 7, 3, 3]

    def sent(fake: Fake) -> set[str | None]:
        return {item.headers.get("Authorization") for item in fake.asked}

    assert (sent(main), sent(other), sent(foreign)) == ({"Bearer main"}, {"Bearer thanos"}, {None})


def test_a_server_that_is_asked_for_overrules_all_data_sources() -> None:
    with Fake(answering()) as fake:
        item = objective(source=DataSource("thanos", url="http://127.0.0.1:9"))
        assert live(fake, only=True).measure([item], capture.grid(AT, 0), AT)[0].own == Count(3, 1000)


def test_one_data_source_that_fails_hides_no_other() -> None:
    with Fake(answering()) as fake:
        dead = objective("b", source=DataSource("thanos", url="http://127.0.0.1:9"))
        good, bad = live(fake).measure([objective(), dead], capture.grid(AT, 0), AT)
    assert good.own == Count(3, 1000)
    assert bad.error
    assert "cannot be reached" in bad.error


def test_without_an_address_there_is_nobody_to_ask() -> None:
    client = replace_url(None)
    with pytest.raises(AfterwordError, match="nobody says which server") as refused:
        client.measure([objective()], capture.grid(AT, 0), AT)
    assert refused.value.hint
    assert "PROMETHEUS_URL" in refused.value.hint


def replace_url(url: str | None) -> Live:
    return Live(url=url, environment={}, now=lambda: datetime.now(UTC), limits=QUICK)


def test_redirects_on_the_same_server_are_followed() -> None:
    def reply(asked: Asked) -> Answer | None:
        if not asked.path.startswith("/prom/"):
            return Answer(b"", 308, {"Location": f"/prom{asked.path}"})
        return answering()(replace(asked, path=asked.path.removeprefix("/prom")))

    assert measured(reply)[0].own == Count(3, 1000)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15d", 15 * DAY), ("1w3d", 10 * DAY), ("10GiB or 15d", 15 * DAY), ("15d or 10GiB", 15 * DAY), ("0s", None),
     ("10GiB", None), ("", None), ("1y", 365 * DAY), ("36h", 129_600)],
)  # fmt: skip
def test_retention_is_read_as_servers_write_it(text: str, seconds: int | None) -> None:
    assert flavours.retention(text) == seconds


@pytest.mark.parametrize(
    ("path", "body", "flavour"),
    [
        (flavours.BUILD, b'{"data":{"application":"Grafana Mimir","version":"2.10.3"}}', "mimir"),
        (flavours.BUILD, b'{"data":{"version":"0.34.1"}}', "thanos"),
        (flavours.BUILD, b'{"data":{"version":"3.1.0"}}', "prometheus"),
        (flavours.BUILD, b"<html>", "prometheus"),
        (flavours.BUILD, b"[]", "prometheus"),
        (flavours.VICTORIA_FLAGS, b'-httpListenAddr=":8428"\n-retentionPeriod="10y"\n', "victoriametrics"),
    ],
)
def test_a_server_is_known_by_what_it_says(path: str, body: bytes, flavour: str) -> None:
    assert flavours.About().told(path, 200, body).flavour == flavour


def test_an_address_without_a_path_asks_for_the_root() -> None:
    with Fake(always(Answer(b"here"))) as fake:
        client = Client(endpoint.parse(fake.url)[0], Credentials(), QUICK, until(QUICK))
        assert client.request("GET", "?x=1").body == b"here"
        client.close()
    assert fake.asked[0].path == "/?x=1"


def test_what_is_needed_next_is_prepared_while_answers_are_waited_for() -> None:
    asked: list[int] = []
    with Fake(answering()) as fake:
        found = live(fake, meanwhile=lambda: asked.append(1)).measure([objective()], capture.grid(AT, 0), AT)
    assert asked
    assert found[0].own == Count(3, 1000)
