"""Online: whether addresses on the web still lead somewhere. Politely: one request to a host at a time, with pauses."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from urllib.robotparser import RobotFileParser

from afterword.links.addresses import Address, parse
from afterword.links.fetch import Answer, seconds_of
from afterword.links.outcome import Outcome, State

HOSTS = 8
"""So many hosts are asked at the same time, each by one connection."""
PAUSE = 1.0
"""Seconds between two requests to one host."""
PATIENCE = 30.0
"""Seconds that a host may ask to wait (``Retry-After``, ``Crawl-delay``); more is not waited for."""
_HOPS = 5
_ROBOTS = 500 * 1024
_PERMANENT = frozenset({301, 308})
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LOGIN = 401


Ask = Callable[[str, Address, int], Answer]
"""Method, address, and how many bytes of the answer are wanted; redirects are not followed."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time: ``wait`` sleeps for some seconds, ``tick`` counts seconds, ``now`` gives them since 1970."""

    wait: Callable[[float], None] = time.sleep
    tick: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time


@dataclass
class _Host:
    """What is known of a host while its addresses are asked for, one after the other."""

    ask: Ask
    clock: Clock
    end: float
    stop: Event
    last: dict[str, float] = field(default_factory=dict)
    robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)

    def outcome(self, url: str) -> Outcome:
        """What became of an address."""
        address = parse(url)
        if address is None:
            return Outcome(State.UNTOLD, "it is no address that can be asked for")
        permanent, hops = True, 0
        start = address
        while True:
            answer = self._answer(address)
            if answer.status not in _MOVED or answer.location is None:
                break
            permanent = permanent and answer.status in _PERMANENT
            hops += 1
            following = address.joined(answer.location)
            if following is None or hops > _HOPS:
                return Outcome(State.UNTOLD, "it leads on and on")
            address = following
        found = _judged(answer)
        if found.state is State.THERE and hops and permanent and not _same(start, address):
            # what stands behind a question mark may be somebody's session
            return Outcome(State.MOVED, address.url.partition("?")[0])
        return found

    def _answer(self, address: Address) -> Answer:
        """The answer to HEAD, or to GET where that says nothing: some servers know only one of them."""
        if not self._may(address):
            return Answer(problem="its host asks programs to stay away")
        if address.authority in self.silent:
            return Answer(problem=self.silent[address.authority])
        found = self._polite("HEAD", address)
        if found.status is None or found.status < 400:
            return found
        return self._polite("GET", address)

    def _polite(self, method: str, address: Address, limit: int = 0) -> Answer:
        found = self._paced(method, address, limit)
        if found.status in (429, 503):
            pause = seconds_of(found.retry_after, self.clock.now())
            if pause is not None and pause <= PATIENCE:
                self.clock.wait(pause)
                return self._paced(method, address, limit)
        return found

    def _paced(self, method: str, address: Address, limit: int) -> Answer:
        rules = self.robots.get(address.authority)
        delay = float(min(int(rules.crawl_delay("afterword") or 0), PATIENCE)) if rules else 0.0
        rest = self.last.get(address.authority, -PATIENCE) + max(PAUSE, delay) - self.clock.tick()
        if self.stop.is_set() or self.clock.tick() + max(rest, 0.0) > self.end:
            return Answer(problem="there was no time left to ask")
        if rest > 0:
            self.clock.wait(rest)
        try:
            return self.ask(method, address, limit)
        finally:
            self.last[address.authority] = self.clock.tick()

    def _may(self, address: Address) -> bool:
        if address.authority not in self.robots:
            self.robots[address.authority] = None
            self.robots[address.authority] = self._rules(address)
        rules = self.robots[address.authority]
        return rules is None or rules.can_fetch("afterword", address.url)

    def _rules(self, address: Address) -> RobotFileParser | None:
        """What a host asks of programs; nothing when it does not say so itself."""
        where = Address(address.scheme, address.host, address.port, "/robots.txt")
        found = self._paced("GET", where, _ROBOTS)
        if found.problem:
            self.silent[address.authority] = found.problem
        if found.status != 200:
            return None
        rules = RobotFileParser()
        try:
            rules.parse(found.body.decode("utf-8", "replace").splitlines())
        except ValueError:  # it fails at addresses and numbers that are none: as if nothing were said
            return None
        return rules


def outcomes(
    urls: Iterable[str], ask: Ask, clock: Clock, seconds: float, progress: Callable[[int], None] | None = None
) -> dict[str, Outcome]:
    """What became of each address, by URL. ``seconds``: what all of it may take."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(set(urls)):
        address = parse(url)
        hosts[address.authority if address else ""].append(url)
    end, stop = clock.tick() + seconds, Event()
    found: dict[str, Outcome] = {}

    def visit(group: list[str]) -> Mapping[str, Outcome]:
        host = _Host(ask, clock, end, stop)
        return {url: host.outcome(url) for url in group}

    with ThreadPoolExecutor(HOSTS) as pool:
        try:
            for part in pool.map(visit, hosts.values()):
                found |= part
                if progress:
                    progress(len(found))
        finally:
            stop.set()  # after Ctrl-C nobody wants to wait for the rest
    return found


def _judged(answer: Answer) -> Outcome:
    if answer.status is None:
        return Outcome(State.UNTOLD, answer.problem or "nobody answered")
    if answer.status in _GONE:
        return Outcome(State.GONE, f"it answers {answer.status}")
    if answer.status < 400 or answer.status == _LOGIN:  # what asks to log in is there
        return Outcome(State.THERE)
    return Outcome(State.UNTOLD, f"it answers {answer.status} to a program")


def _same(first: Address, second: Address) -> bool:
    """Whether two addresses differ in nothing that a reader would write down."""
    return first.url.rstrip("/") == second.url.rstrip("/")
