"""A server of the HTTP API in this process: it answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

BUILD, RUNTIME = "/api/v1/status/buildinfo", "/api/v1/status/runtimeinfo"


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]

    @property
    def query(self) -> str:
        return self.form.get("query", "")


@dataclass
class Answer:
    """What is sent back; ``body`` as it is, or as JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def vector(*values: float | str, at: float, labels: list[dict[str, str]] | None = None, **more: Any) -> Answer:
    """An instant's answer; each value is a series."""
    result = [
        {"metric": (labels or [{"n": str(number)} for number in range(len(values))])[number], "value": [at, str(value)]}
        for number, value in enumerate(values)
    ]
    return Answer({"status": "success", "data": {"resultType": "vector", "result": result}, **more})


def matrix(*points: tuple[float, str], **more: Any) -> Answer:
    """A range's answer of one series; without points, of none."""
    result = [{"metric": {}, "values": list(points)}] if points else []
    return Answer({"status": "success", "data": {"resultType": "matrix", "result": result}, **more})


class Fake:
    """Listens on loopback while a test runs; ``asked`` holds every request."""

    def __init__(self, reply: Callable[[Asked], Answer | None]) -> None:
        self.reply = reply
        self.asked: list[Asked] = []
        self.date: float | None = None
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Quiet."""

            def do_GET(self) -> None:
                self.answer({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
                self.answer({name: found[0] for name, found in parse_qs(body).items()})

            def answer(self, form: dict[str, str]) -> None:
                asked = Asked(self.command, self.path, dict(self.headers), form)
                fake.asked.append(asked)
                answer = fake.reply(asked)
                if answer is None:
                    self.close_connection = True
                    return
                plain = isinstance(answer.body, bytes)
                data = answer.body if plain else json.dumps(answer.body).encode()
                self.send_response_only(answer.status)
                for name, value in {
                    "Date": formatdate(fake.date, usegmt=True),
                    "Content-Type": "text/plain" if plain else "application/json",
                    "Content-Length": str(len(data)),
                    **answer.headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that gives up is part of the test."""

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Fake:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    @property
    def queries(self) -> list[str]:
        """All queries, in the order they came."""
        return [item.query for item in self.asked if item.query]
