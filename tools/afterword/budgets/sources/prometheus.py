"""Prometheus: a live server as a source of telemetry; Thanos, Mimir and VictoriaMetrics speak the same API."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from afterword.budgets.network import Client, NetworkError, Response, context, late, until
from afterword.budgets.network import credentials as secrets
from afterword.budgets.network import endpoint as addresses
from afterword.budgets.network.credentials import Credentials
from afterword.budgets.network.endpoint import Endpoint
from afterword.budgets.network.limits import Limits, limits_of
from afterword.budgets.objective import Objective
from afterword.budgets.snapshot import Measurement, Source
from afterword.budgets.sources import asking, flavours, replies, sharing
from afterword.budgets.sources.capture import Grid, own_seconds
from afterword.budgets.sources.replies import INSTANT, Question, QuestionError, Reply
from afterword.errors import AfterwordError

URL = "PROMETHEUS_URL"
CONNECTIONS = 4
SKEW = 60
"""Seconds by which two clocks may differ."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_OF_ONE_QUERY = (b'"timeout"', b'"canceled"', b'"execution"')
"""Errors by which a server that is well gives up one query, with a status that says it is not well."""
_WINDOW = re.compile(r"\[(\d+)s")
_NOBODY = "Give --url, set PROMETHEUS_URL, or name a data source in the objective."


@dataclass
class _Server:
    """One server in the course of a measurement: its address, its secrets, and what was learnt about it."""

    endpoint: Endpoint
    credentials: Credentials
    about: flavours.About = field(default_factory=flavours.About)
    skew: float | None = None
    fault: AfterwordError | None = None
    """Why it answers nobody; the rest is then not asked."""
    told: dict[Question, Reply | AfterwordError] = field(default_factory=dict)
    """What it has answered in this measurement."""


@dataclass(eq=False, kw_only=True)
class Live:
    """Measures by asking servers. Objectives with a data source go to that, all others to ``url``.

    ``only``: all go to ``url``, whatever they say. ``now``: the real clock, by which the server's is judged.
    ``keep`` is told each question and the bytes of its answer. ``strict``: clocks that differ are a fault, as for a
    gate that asks what holds now. ``limits``: without them, those of the environment. ``meanwhile`` is called each time
    that answers are waited for.
    """

    url: str | None
    environment: Mapping[str, str]
    now: Callable[[], datetime]
    only: bool = False
    strict: bool = False
    kind: str = "live"
    limits: Limits | None = None
    keep: Callable[[Question, bytes], None] | None = None
    meanwhile: Callable[[], None] | None = None
    bounds: Limits = field(init=False)
    _servers: dict[str, _Server] = field(default_factory=dict, init=False)
    _addresses: dict[str, str | None] = field(default_factory=dict, init=False)
    _warnings: list[str] = field(default_factory=list, init=False)
    _default: Endpoint | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Raises ``AfterwordError`` for an address or a timeout that is none."""
        self._default = addresses.parse(self.url)[0] if self.url else None
        self.bounds = self.limits or limits_of(self.environment)

    @property
    def source(self) -> Source:
        """The default server, or the first that was asked."""
        found = self._servers.get("") or next(iter(self._servers.values()), None)
        if found is None:
            return Source(self.kind, url=str(self._default) if self._default else None)
        about = found.about
        return Source(self.kind, about.flavour, about.version, about.retention, str(found.endpoint))

    @property
    def warnings(self) -> tuple[str, ...]:
        """About credentials, clocks and retention."""
        return tuple(dict.fromkeys(self._warnings))

    @property
    def counts_firsts(self) -> bool:
        """VictoriaMetrics counts a new series from zero."""
        return any(item.about.flavour == flavours.VICTORIA for item in self._servers.values())

    def measure(self, objectives: Sequence[Objective], grid: Grid, at: datetime) -> tuple[Measurement, ...]:
        """Raises ``AfterwordError`` when no server can be asked."""
        for item in objectives:
            if item.source is not None:
                self._addresses[item.source.name] = item.source.url
        for server in self._servers.values():
            server.told.clear()
        found = asking.measure(self, objectives, grid, at)
        longest = max((own_seconds(item, at) for item in objectives), default=0)
        for server in self._servers.values():
            kept = server.about.retention
            if kept is not None and kept < longest:
                self._warnings.append(
                    f"{server.endpoint} keeps {_days(kept)}, and the longest window is {_days(longest)}: "
                    "older events are missing"
                )
        return found

    def ask(self, questions: Sequence[Question]) -> asking.Answers:
        """Asks over several connections. Raises ``AfterwordError`` when not one server answers."""
        answers: dict[Question, Reply | AfterwordError] = {}
        by_server: dict[str, list[Question]] = {}
        for question in questions:
            by_server.setdefault("" if self.only else question.server, []).append(question)
        deadline = until(self.bounds)
        for name, asked in by_server.items():
            try:
                server = self._server(name)
                answers.update(self._answered(server, asked, deadline))
                self._judge_clock(server)
            except AfterwordError as error:
                answers.update(dict.fromkeys(asked, error))
        faults = [item for item in answers.values() if isinstance(item, AfterwordError)]
        whole = [item for item in faults if not isinstance(item, QuestionError)]
        if whole and len(whole) == len(answers):
            raise whole[0]
        return answers

    def _answered(
        self, server: _Server, asked: Sequence[Question], deadline: float
    ) -> dict[Question, Reply | AfterwordError]:
        """Answers of one server, by as few readings as may be; what is to be kept is asked as it stands."""
        if self.keep is not None:
            return _Round(self, server, asked, deadline).run()
        shared = sharing.shares([item for item in asked if item not in server.told])
        answers, alone = shared.answers(_Round(self, server, shared.asked, deadline).run())
        server.told.update((item, found) for item, found in answers.items() if item.kind == INSTANT)
        rest = [item for item in alone if item in asked]
        answers |= _Round(self, server, rest, deadline).run() if rest else {}
        return {item: answers.get(item) or server.told[item] for item in asked}

    def _server(self, name: str) -> _Server:
        """A server by the data source's name. Raises ``AfterwordError`` for one without an address."""
        url = self._addresses.get(name) or self.url
        if not url:
            raise AfterwordError("nobody says which server to ask", _NOBODY)
        if name not in self._servers:
            self._servers[name] = self._known(name, url)
        return self._servers[name]

    def _known(self, name: str, url: str) -> _Server:
        endpoint, login = addresses.parse(url)
        if endpoint.scheme == "http" and login and not endpoint.loopback:
            self._warnings.append(f"{endpoint} gets the password in its address without encryption")
        own = bool(name and self._addresses.get(name) and not self.only)
        prefix = secrets.prefix_of(name if own else None)
        if own and self._default is not None and endpoint.origin == self._default.origin:
            prefix = secrets.PREFIX
        elif own and self._default is not None and prefix == secrets.PREFIX:
            prefix = f"{secrets.PREFIX}_SOURCE"  # the secrets of PROMETHEUS_URL are for no other server
        found = secrets.read(self.environment, prefix, login)
        self._warnings += found.warnings
        if endpoint.scheme == "http" and "Authorization" in found.headers and not endpoint.loopback and not login:
            self._warnings.append(f"{endpoint} gets credentials without encryption: ask it over https")
        return _Server(endpoint, found)

    def _judge_clock(self, server: _Server) -> None:
        if server.fault is not None:
            return
        skew = server.skew
        if skew is not None and abs(skew) > SKEW:
            text = f"the clock of {server.endpoint} is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} ours"
            if self.strict:
                raise NetworkError(text, "Set both clocks, then ask again.")
            self._warnings.append(text)


class _Round:
    """Many questions to one server, over a few connections at once."""

    def __init__(self, live: Live, server: _Server, questions: Sequence[Question], deadline: float) -> None:
        self.live = live
        self.server = server
        self.deadline = deadline
        self.answers: dict[Question, Reply | AfterwordError] = {}
        known = server.about.known
        # what takes long comes first, so that no connection waits for another one at the end
        ordered = sorted(questions, key=lambda item: (item.kind == INSTANT, -_reach(item.query), -len(item.query)))
        self.tasks: list[Question | str] = [*ordered, *(() if known else flavours.PATHS)][::-1]
        self.lock = threading.Lock()
        self.running = 0
        self.done = threading.Event()
        self.tls = context(server.credentials) if server.endpoint.scheme == "https" else None
        self.failure: Exception | None = None

    def run(self) -> dict[Question, Reply | AfterwordError]:
        """Waits for all, but no longer than the deadline: threads that hang are left behind."""
        self.running = min(CONNECTIONS, len(self.tasks))
        missing = [item for item in self.tasks if isinstance(item, Question)]
        for _ in range(self.running):
            threading.Thread(target=self._work, daemon=True).start()
        if self.running and self.live.meanwhile is not None:
            self.live.meanwhile()
        in_time = self.done.wait(max(0.0, self.deadline - time.monotonic()) + 0.5) if self.running else True
        with self.lock:
            self.tasks.clear()
            answers = dict(self.answers)
        if self.failure is not None:
            raise self.failure
        if not in_time and self.server.fault is None:
            self.server.fault = late(self.server.endpoint, self.live.bounds)
        if self.server.fault is not None:
            return answers | {item: self.server.fault for item in missing if item not in answers}
        return answers

    def _work(self) -> None:
        client = Client(
            self.server.endpoint,
            self.server.credentials,
            self.live.bounds,
            self.deadline,
            self.tls,
        )
        try:
            while (task := self._next()) is not None:
                self._answer(client, task)
        except Exception as error:  # noqa: BLE001  # a fault of ours in a thread is raised by whoever waits for it
            self.failure = error
        finally:
            client.close()
            with self.lock:
                self.running -= 1
                if not self.running:
                    self.done.set()

    def _next(self) -> Question | str | None:
        with self.lock:
            return self.tasks.pop() if self.tasks and self.server.fault is None else None

    def _answer(self, client: Client, task: Question | str) -> None:
        if isinstance(task, str):
            try:
                response = client.request("GET", task)
            except NetworkError:
                return  # what it is called and how long it keeps data is good to know, and no more
            self.server.about = self.server.about.told(task, response.status, response.body)
            return
        found: Reply | AfterwordError
        try:
            response = client.request("POST", *_sent(task))
            self._note_clock(response)
            found = _read(self.server.endpoint, response, task)
        except QuestionError as error:
            found = error
        except AfterwordError as error:
            with self.lock:
                self.server.fault = self.server.fault or error
            return
        with self.lock:
            self.answers[task] = found
            if self.live.keep is not None and isinstance(found, Reply):
                self.live.keep(task, response.body)

    def _note_clock(self, response: Response) -> None:
        if response.date is not None:
            self.server.skew = (response.date - self.live.now()).total_seconds()


def _reach(query: str) -> int:
    """The longest window that a query of ours reads, in seconds."""
    return max(map(int, _WINDOW.findall(query)), default=0)


def _sent(question: Question) -> tuple[str, bytes, Mapping[str, str]]:
    """Path, form and headers. In a form, because queries may be longer than an address."""
    if question.kind == INSTANT:
        path, times = "/api/v1/query", {"time": question.start}
    else:
        path, times = "/api/v1/query_range", {"start": question.start, "end": question.end, "step": question.step}
    # VictoriaMetrics moves times to fit its cache, unless it is told not to
    return path, urlencode({"query": question.query, **times, "nocache": 1}).encode(), _FORM


def _read(endpoint: Endpoint, response: Response, question: Question) -> Reply:
    """The reply, or what kept the server from giving it. Raises ``QuestionError``, or ``NetworkError`` for all."""
    status = response.status
    if status in (401, 403):
        raise NetworkError(
            f"{endpoint} refuses us: status {status}",
            "Set AFTERWORD_PROMETHEUS_TOKEN, or _USER and _PASSWORD; a data source has its own variables.",
        )
    if "html" in response.kind or response.body.lstrip()[:1] == b"<":
        raise NetworkError(
            f"{endpoint} answers with a web page, not with JSON (status {status})",
            "Is this the address of the API, and does no login page stand before it?",
        )
    if status == 200:
        return replies.parse(response.body, question)
    if status in (400, 422, 500, 503) and response.kind == "application/json":
        try:
            return replies.parse(response.body, question)  # raises with the server's own words
        except QuestionError as error:
            told = f"{error.message} (status {status})"
            if status == 503 and not any(word in response.body for word in _OF_ONE_QUERY):
                raise NetworkError(f"{endpoint}: {told}", "Look at the server’s log.") from error
            raise QuestionError(told, error.hint) from error
    hint = "Is the path of the address right?" if status == 404 else "Look at the server’s log."
    raise NetworkError(f"{endpoint} answers with status {status}", hint)


def _days(seconds: float) -> str:
    return f"{seconds / 86_400:.4g} d"
