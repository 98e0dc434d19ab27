"""Fetch: one request to one address on the web, to a machine that was looked at before. Standard library alone.

A postmortem comes from a pull request, and a check may run where other machines can be reached: the addresses of a
host are asked for once, each has to be public, and the connection goes to one of them, so that no name can lead to one
place when it is looked at and to another when it is used. No proxy, no cookie and no credential is used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import afterword
from afterword.links.addresses import Address
from afterword.links.machines import is_public

AGENT = f"afterword/{afterword.__version__} (looks whether the links of a postmortem still lead somewhere)"
UNKNOWN_HOST = "its host is not known"
_CONNECT, _READ, _OVERALL = 5.0, 10.0, 20.0
"""Seconds to connect to a machine, to wait for its next bytes, and for all of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``status`` is ``None`` when nothing did, and ``problem`` says why.

    ``retry_after``: the header as it is.
    """

    status: int | None = None
    location: str | None = None
    retry_after: str | None = None
    problem: str | None = None
    body: bytes = field(default=b"", repr=False)


Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Sends requests. ``private``: hosts that may be asked although their addresses are not public."""

    private: Collection[str] = ()
    look_up: Resolve = resolve

    def __call__(self, method: str, address: Address, limit: int = 0) -> Answer:
        """The answer to a request without a body; ``limit`` bytes of its own are read. Redirects are not followed."""
        try:
            found = self.look_up(address.host, address.port)
        except (OSError, UnicodeError):
            return Answer(problem=UNKNOWN_HOST)
        if address.host not in self.private and not all(map(is_public, found)):
            return Answer(problem="its host has an address that is not public")
        problem = UNKNOWN_HOST
        for machine in found[:2]:
            try:
                return _ask(method, address, machine, limit)
            except TimeoutError:
                problem = "it did not answer in time"
            except ssl.SSLError as error:
                problem = f"it could not prove who it is: {getattr(error, 'verify_message', '') or error.reason}"
            except (OSError, http.client.HTTPException, ValueError):
                problem = "it cannot be reached"
        return Answer(problem=problem)


class _Connection(http.client.HTTPConnection):
    """A connection to a machine by its IP address, in the name of a host."""

    def __init__(self, address: Address, machine: str) -> None:
        super().__init__(address.host, address.port, timeout=_CONNECT)
        self._address = address
        self._machine = machine
        self.wire: socket.socket | None = None

    def connect(self) -> None:
        """Opens it. Raises ``OSError``."""
        self.sock = socket.create_connection((self._machine, self._address.port), _CONNECT)
        if self._address.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._address.host)
        self.sock.settimeout(_READ)
        self.wire = self.sock

    def cut(self) -> None:
        """Ends it from another thread: one byte now and then would keep a reader waiting for ever."""
        if self.wire is not None:
            with suppress(OSError):
                self.wire.shutdown(socket.SHUT_RDWR)


def _ask(method: str, address: Address, machine: str, limit: int) -> Answer:
    connection = _Connection(address, machine)
    watch = threading.Timer(_OVERALL, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        headers = {"Host": address.authority, "User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request(method, address.target, headers=headers)
        found = connection.getresponse()
        body = found.read(limit) if limit else b""
        return Answer(found.status, found.getheader("Location"), found.getheader("Retry-After"), body=body)
    finally:
        watch.cancel()
        connection.close()


def seconds_of(retry_after: str | None, now: float) -> float | None:
    """The seconds that a server asks to wait, by ``Retry-After``; ``now`` is the time since 1970 in seconds."""
    if retry_after is None:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None
