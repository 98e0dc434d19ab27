"""Whether addresses still lead somewhere: asked of a real server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.links import fetch, online
from afterword.links.addresses import Address, parse
from afterword.links.fetch import Answer, Fetcher, seconds_of
from afterword.links.machines import is_public
from afterword.links.outcome import Outcome, State
from tests.links.web import Page, web

HERE = Fetcher(frozenset({"127.0.0.1"}))


@dataclass
class Waits:
    """A clock that does not wait; it counts."""

    at: float = 0.0
    waited: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.at += seconds
        self.waited.append(seconds)

    @property
    def clock(self) -> online.Clock:
        return online.Clock(self.wait, lambda: self.at, lambda: 1_000_000.0)


def outcome(url: str, ask: online.Ask = HERE, waits: Waits | None = None) -> Outcome:
    return online.outcomes([url], ask, (waits or Waits()).clock, 600)[url]


@pytest.mark.server
@pytest.mark.parametrize(
    ("page", "state", "detail"),
    [
        (Page(), State.THERE, ""),
        (Page(206), State.THERE, ""),
        (Page(401), State.THERE, ""),
        (Page(404), State.GONE, "it answers 404"),
        (Page(410), State.GONE, "it answers 410"),
        (Page(200, head=404), State.THERE, ""),
        (Page(200, head=405), State.THERE, ""),
        (Page(403), State.UNTOLD, "it answers 403 to a program"),
        (Page(999), State.UNTOLD, "it answers 999 to a program"),
        (Page(500), State.UNTOLD, "it answers 500 to a program"),
        (Page(302, {"Location": "/other"}), State.THERE, ""),
        (Page(301, {"Location": "/gone"}), State.GONE, "it answers 404"),
        (Page(301, {"Location": "page/"}), State.GONE, "it answers 404"),
        (Page(301, {"Location": "/page"}), State.UNTOLD, "it leads on and on"),
        (Page(301, {"Location": "ftp://127.0.0.1/"}), State.UNTOLD, "it leads on and on"),
        (Page(301), State.THERE, ""),
    ],
)
def test_an_answer_tells_what_became_of_an_address(page: Page, state: State, detail: str) -> None:
    with web(page=page, other=Page()) as served:
        assert outcome(f"{served.url}/page") == Outcome(state, detail)


@pytest.mark.server
def test_a_move_for_good_is_told_without_what_may_be_a_session() -> None:
    with web(page=Page(301, {"Location": "/mid"}), mid=Page(308, {"Location": "/new?sid=1"}), new=Page()) as served:
        assert outcome(f"{served.url}/page#part") == Outcome(State.MOVED, f"{served.url}/new")


@pytest.mark.server
@pytest.mark.parametrize(("first", "second"), [(301, 302), (302, 301), (307, 308), (303, 303)])
def test_a_move_for_now_on_the_way_is_no_move_for_good(first: int, second: int) -> None:
    page, mid = Page(first, {"Location": "/mid"}), Page(second, {"Location": "/new"})
    with web(page=page, mid=mid, new=Page()) as served:
        assert outcome(f"{served.url}/page") == Outcome(State.THERE)


@pytest.mark.server
def test_requests_say_who_asks_and_bring_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with web(page=Page()) as served:
        assert outcome(f"{served.url}/page?q=a%20b") == Outcome(State.THERE)
        assert served.lines == ["HEAD /page?q=a%20b"]
        headers = served.asked[-1][2]
    assert headers["User-Agent"].startswith("afterword/")
    assert not {"authorization", "cookie", "referer"} & {name.lower() for name in headers}


@pytest.mark.server
def test_what_a_host_asks_of_programs_is_kept_to() -> None:
    robots = Page(body=b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n")
    waits = Waits()
    with web(robots__txt=robots, page=Page(), private=Page()) as served:
        urls = [f"{served.url}/page", f"{served.url}/private"]
        found = online.outcomes(urls, HERE, waits.clock, 600)
        assert served.lines == ["HEAD /page"]
    assert [found[url].detail for url in urls] == ["", "its host asks programs to stay away"]
    assert waits.waited == [3]


@pytest.mark.parametrize(
    "line",
    ["Crawl-delay: \u00b2", f"Crawl-delay: {'9' * 400}", f"Crawl-delay: {'9' * 5000}", "Request-rate: \u00b2/3",
     "Disallow: //[", "Disallow: //[::1", "Allow: http://[", "\ud7ff: \ufffd"],
    ids=lambda line: line[:24],
)  # fmt: skip
def test_no_rules_of_a_host_end_the_check(line: str) -> None:
    rules = Answer(200, body=f"User-agent: *\n{line}\n".encode())
    found = outcome("https://a.example/x", lambda _, address, __: rules if "robots" in address.target else Answer(200))
    assert found == Outcome(State.THERE)


@pytest.mark.server
def test_a_host_is_asked_with_pauses() -> None:
    waits = Waits()
    with web(a=Page(), b=Page()) as served:
        online.outcomes([f"{served.url}/a", f"{served.url}/b", f"{served.url}/a"], HERE, waits.clock, 600)
        assert served.lines == ["HEAD /a", "HEAD /b"]
    assert waits.waited == [1, 1]


@pytest.mark.server
@pytest.mark.parametrize(("asked", "requests"), [("5", 4), ("3600", 2), ("soon", 2)])
def test_a_host_that_asks_to_wait_is_waited_for_when_that_is_not_long(asked: str, requests: int) -> None:
    waits = Waits()
    with web(page=Page(429, {"Retry-After": asked})) as served:
        assert outcome(f"{served.url}/page", HERE, waits) == Outcome(State.UNTOLD, "it answers 429 to a program")
        assert len(served.lines) == requests
    assert (5.0 in waits.waited) == (asked == "5")


def test_the_time_for_all_has_an_end() -> None:
    found = online.outcomes(["http://a.example/1", "http://a.example/2"], lambda *_: Answer(200), Waits().clock, 1.5)
    assert sorted(item.detail for item in found.values()) == ["", "there was no time left to ask"]


def test_a_host_that_does_not_answer_is_asked_once() -> None:
    asked: list[str] = []

    def ask(method: str, address: object, _limit: int) -> Answer:
        asked.append(f"{method} {address}")
        return Answer(problem="it did not answer in time")

    found = online.outcomes([f"http://a.example/{at}" for at in range(5)], ask, Waits().clock, 600)
    assert {item.detail for item in found.values()} == {"it did not answer in time"}
    assert len(asked) == 1


def test_an_interruption_ends_the_asking() -> None:
    asked: list[str] = []
    started = threading.Event()

    def ask(_method: str, address: Address, _limit: int) -> Answer:
        if address.host == "a.example":
            started.wait(5)
        elif address.target != "/robots.txt":
            asked.append(address.url)
            started.set()
        return Answer(200)

    def interrupt(_done: int) -> None:
        raise KeyboardInterrupt

    urls = ["http://a.example/", *(f"http://b.example/{at}" for at in range(20))]
    clock = online.Clock(lambda _: time.sleep(0.05))
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        online.outcomes(urls, ask, clock, 600, interrupt)
    assert time.monotonic() - began < 10
    assert len(asked) < 20


# machines


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::a9fe:a9fe", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "ff02::1", "fec0::1", "5f00::1", "64:ff9b:1::1", "::93.184.215.14", "nonsense", "",
    ],
)  # fmt: skip
def test_a_machine_of_a_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:4700::6810:84e5", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"]
)
def test_a_machine_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.server
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "0"])
def test_a_machine_that_is_not_public_is_not_asked(host: str) -> None:
    with web(page=Page()) as served:
        port = served.url.rpartition(":")[2]
        found = outcome(f"http://{host}:{port}/page", Fetcher())
        assert served.asked == []
    assert found.state is State.UNTOLD


@pytest.mark.server
def test_a_redirect_to_a_machine_that_is_not_public_is_not_followed() -> None:
    with web(page=Page()) as inside:
        target = f"http://metadata.example:{inside.url.rpartition(':')[2]}/page"
        with web(page=Page(302, {"Location": target})) as outside:
            ask = Fetcher(frozenset({"127.0.0.1"}), lambda *_: ["127.0.0.1"])
            found = outcome(f"{outside.url}/page", ask)
        assert inside.asked == []
    assert found == Outcome(State.UNTOLD, "its host has an address that is not public")


def test_one_address_that_is_not_public_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("asked"))
    ask = Fetcher((), lambda *_: ["93.184.215.14", "10.0.0.1"])
    assert outcome("http://both.example/", ask).detail == "its host has an address that is not public"


@pytest.mark.server
def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["192.0.2.1"]])
    with web(page=Page()) as served:
        port = served.url.rpartition(":")[2]
        ask = Fetcher(frozenset({"a.example"}), lambda *_: next(answers))
        assert outcome(f"http://a.example:{port}/page", ask) == Outcome(State.THERE)
        assert served.asked[-1][2]["Host"] == f"a.example:{port}"


@pytest.mark.server
def test_a_server_that_sends_a_byte_now_and_then_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_OVERALL", 0.3)
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 ")
            while not stop.wait(0.05):
                try:
                    peer.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        address = parse(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        assert address is not None
        began = time.monotonic()
        assert HERE("GET", address).status is None
        assert time.monotonic() - began < 5
    finally:
        stop.set()
        thread.join()
        listener.close()


@pytest.mark.server
def test_what_speaks_no_http_and_no_tls_cannot_be_reached() -> None:
    with web(page=Page()) as served:
        found = outcome(served.url.replace("http:", "https:"))
    assert found.state is State.UNTOLD
    assert "could not prove who it is" in found.detail


# addresses


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://Example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080/ä", "http://example.org:8080/%C3%A4"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2606:4700::1]/x", "http://[2606:4700::1]/x"),
    ],
)
def test_an_address_is_asked_for_without_its_fragment(url: str, asked: str) -> None:
    address = parse(url)
    assert address is not None
    assert address.url == asked


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "https://user:word@example.org/", "https://user@example.org/", "http://example.org:22/",
        "http://example.org:99999/", "http://", "http://[::1", "http://exa mple.org/",
        "http://example.org/a\r\nHost: b", "x", "http://a%5bb.example.org/", "http://a;b.example.org/",
        "http://[fe80::1%25eth0]/", f"http://{'a.' * 200}org/",
    ],
)  # fmt: skip
def test_what_would_send_a_login_or_is_no_address_is_not_asked_for(url: str) -> None:
    assert parse(url) is None


@given(st.text(max_size=60))
def test_no_text_breaks_an_address(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        address = parse(url)
        if address:
            address.joined(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("5", 5.0), (" 5 ", 5.0), ("Mon, 12 Jan 1970 13:46:50 GMT", 10.0), ("Mon, 12 Jan 1970 13:46:30 GMT", 0.0),
     ("-5", None), ("soon", None), (None, None), ("9" * 50, 999999999.0)],
)  # fmt: skip
def test_how_long_to_wait_is_read(text: str | None, seconds: float | None) -> None:
    assert seconds_of(text, 1_000_000.0) == seconds
