"""A web server in this process: it answers as its paths say."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What a path answers: to GET, and to HEAD if that differs; each time with ``headers``."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    head: int | None = None


@dataclass
class Web:
    """The server: what it answers, and what it was asked."""

    pages: dict[str, Page]
    url: str = ""
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Method and path of each request but those for the rules of the host."""
        return [f"{method} {path}" for method, path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def web(**pages: Page) -> Iterator[Web]:
    """Serves pages, their names as paths; others are not found."""
    served = Web({f"/{name.replace('__', '.')}": page for name, page in pages.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = served.pages.get(self.path.partition("?")[0], Page(404))
            served.asked.append((self.command, self.path, dict(self.headers)))
            status = page.head if self.command == "HEAD" and page.head else page.status
            self.send_response(status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(page.body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing: a test looks at what was asked."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
