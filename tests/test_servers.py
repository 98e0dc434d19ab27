"""The servers and faults of the other tests are what they say."""

from __future__ import annotations

import http.client
import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests import servers

pytestmark = pytest.mark.server

METRICS = """\
# TYPE http_requests counter
http_requests_total{service="a"} 1 1700000000
http_requests_total{service="a"} 61 1700000060
http_requests_total{service="a"} 121 1700000120
# EOF
"""
QUERY = "/api/v1/query?query=http_requests_total&time=1700000120"


def ask(url: str) -> dict[str, object]:
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # loopback
        loaded: dict[str, object] = json.load(answer)
        return loaded


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> object:
    work = tmp_path_factory.mktemp("servers")
    text = work / "metrics.om"
    text.write_text(METRICS, encoding="utf-8")
    data = servers.backfill(text, work / "blocks")
    with servers.prometheus(data, work) as url:
        yield url


def value(answer: dict[str, object]) -> str:
    data = answer["data"]
    assert isinstance(data, dict)
    return str(data["result"][0]["value"][1])


def test_a_prometheus_answers_from_what_was_backfilled(backend: str) -> None:
    assert value(ask(backend + QUERY)) == "121"


def test_a_victoria_answers_from_what_was_imported(tmp_path: Path) -> None:
    with servers.victoria(tmp_path) as url:
        servers.fill_victoria(url, METRICS.encode())
        assert value(ask(url + QUERY)) == "121"


def test_the_recorded_telemetry_is_served_from_a_copy(telemetry_server: str, telemetry_blocks: Path) -> None:
    before = sorted(telemetry_blocks.rglob("*"))
    total = urllib.parse.quote('sum(increase(http_requests_total{service="api"}[30d]))')
    answer = ask(f"{telemetry_server}/api/v1/query?query={total}&time=2026-01-31T00:00:00Z")
    assert float(value(answer)) == pytest.approx(103_696_274, rel=1e-4)
    assert sorted(telemetry_blocks.rglob("*")) == before


def test_the_proxy_passes_on_what_the_server_says(backend: str) -> None:
    with servers.FaultyProxy(backend) as proxy:
        assert value(ask(proxy.url + QUERY)) == "121"
        assert proxy.requests == [QUERY]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("reset", ConnectionError),
        ("half", http.client.IncompleteRead),
        ("500", urllib.error.HTTPError),
        ("503", urllib.error.HTTPError),
        ("html", json.JSONDecodeError),
        ("not-json", json.JSONDecodeError),
        ("error", urllib.error.HTTPError),
    ],
)
def test_a_fault_meets_the_client(backend: str, fault: str, error: type[Exception]) -> None:
    with servers.FaultyProxy(backend, fault) as proxy, pytest.raises(error):
        ask(proxy.url + QUERY)


def test_faults_inside_an_answer(backend: str) -> None:
    with servers.FaultyProxy(backend, "nan") as proxy:
        assert value(ask(proxy.url + QUERY)) == "NaN"
        proxy.fault = "empty"
        assert ask(proxy.url + QUERY)["data"] == {"resultType": "vector", "result": []}
        proxy.fault = "warnings"
        assert ask(proxy.url + QUERY)["warnings"] == ["a store did not answer"]
        proxy.fault = "wrong-type"
        assert ask(proxy.url + QUERY)["data"] == {"resultType": "string", "result": [0, "a word"]}
        proxy.fault = "skew"
        with urllib.request.urlopen(proxy.url + QUERY) as answer:  # noqa: S310  # loopback
            assert time.time() - parsedate_to_datetime(answer.headers["Date"]).timestamp() > 7000
            assert json.load(answer)["data"]["result"][0]["value"][0] == 1700000120 - 7200
        proxy.fault = "huge"
        with urllib.request.urlopen(proxy.url + QUERY) as answer:  # noqa: S310  # loopback
            assert len(answer.read()) > 10_000_000


def test_a_hanging_server_hangs_and_lets_go_at_the_end(backend: str) -> None:
    begun = time.monotonic()
    with servers.FaultyProxy(backend, "hang") as proxy, pytest.raises(TimeoutError):
        urllib.request.urlopen(proxy.url + QUERY, timeout=0.3)  # noqa: S310  # loopback
    assert time.monotonic() - begun < 5


def test_a_dripping_server_never_pauses_for_long_and_never_ends(backend: str) -> None:
    with (
        servers.FaultyProxy(backend, "drip") as proxy,
        urllib.request.urlopen(proxy.url + QUERY, timeout=2) as answer,  # noqa: S310  # loopback
    ):
        assert answer.read(2) == b'{"'
        assert answer.length > 50


def test_a_server_is_stopped_when_its_test_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), servers.victoria(tmp_path) as url:
        raise ZeroDivisionError
    with pytest.raises(urllib.error.URLError, match="refused"):
        ask(url + QUERY)


def test_the_certificate_has_expired(tmp_path: Path) -> None:
    with servers.expired_tls(tmp_path) as (url, certificate):
        context = ssl.create_default_context(cafile=str(certificate))
        with pytest.raises(urllib.error.URLError, match="certificate has expired"):
            urllib.request.urlopen(url, timeout=5, context=context)  # noqa: S310  # loopback
