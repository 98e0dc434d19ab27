"""Network: requests over HTTP, with bounds on everything. No other module opens a connection.

It stands on the standard library: importing a client library takes longer than asking all questions. Connections stay
open between requests, each thread has its own.
"""

from __future__ import annotations

import http.client
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from afterword.budgets.network import endpoint as addresses
from afterword.budgets.network.credentials import Credentials
from afterword.budgets.network.endpoint import Endpoint
from afterword.budgets.network.limits import TIMEOUT, Limits
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    import ssl
    from datetime import datetime

_AGAIN = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with any status. ``headers`` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def date(self) -> datetime | None:
        """The server's clock when it answered."""
        try:
            return parsedate_to_datetime(self.headers.get("date", ""))
        except (TypeError, ValueError):
            return None


class NetworkError(AfterwordError):
    """A server could not be asked, or its answer could not be had."""


class _AgainError(Exception):
    """The failure of one attempt, where another one may help."""


class Client:
    """Sends requests to one server, one after the other; not for several threads at once.

    ``deadline``: a moment of ``time.monotonic`` after which nothing is waited for.
    """

    def __init__(
        self,
        server: Endpoint,
        credentials: Credentials,
        limits: Limits,
        deadline: float,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.server = server
        self.credentials = credentials
        self.limits = limits
        self.deadline = deadline
        self._tls = tls
        self._open: http.client.HTTPConnection | None = None

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        follow: bool = True,
    ) -> Response:
        """The answer to a request for ``path`` (after the server's own path), whatever its status.

        Tries again where the server was not there or too busy. Without ``follow`` a redirect is the answer. Raises
        ``NetworkError``.
        """
        sent = {"Accept": "*/*", "User-Agent": "afterword", **self.credentials.headers, **(headers or {})}
        if not self.server.loopback:
            sent["Accept-Encoding"] = "gzip"
        target = self.server.path + path
        target = target if target.startswith("/") else f"/{target}"
        for _ in range(_REDIRECTS + 1):
            found = self._patient(method, target, body, sent)
            where = found.headers.get("location") if follow and found.status in _MOVED else None
            if where is None:
                return found
            target = self._followed(where)
            if found.status == 303:
                method, body = "GET", None
        raise NetworkError(f"{self.server} redirects again and again", "Give the address that it leads to.")

    def close(self) -> None:
        """Closes the connection."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _followed(self, where: str) -> str:
        """The target of a redirect on the same server: credentials are for nobody else."""
        if where.startswith("/") and not where.startswith("//"):
            return where
        try:
            found, _ = addresses.parse(where)
        except AfterwordError:
            found = None
        if found is None or found.origin != self.server.origin:
            raise NetworkError(
                f"{self.server} redirects to {addresses.shown(where)}, and credentials are not taken to another server",
                "Give that address itself, if it is the right one.",
            )
        return found.path + (f"?{found.query}" if found.query else "")

    def _patient(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Response:
        """One answer, after several attempts where that may help."""
        for attempt in range(1, self.limits.attempts + 1):
            last = attempt == self.limits.attempts
            pause = self.limits.pause * 4 ** (attempt - 1)
            try:
                found = self._once(method, target, body, headers)
            except _AgainError as error:
                if last or self._left() <= pause:
                    raise NetworkError(f"{self.server} {error}", _hint(str(error))) from error
            else:
                asked = found.headers.get("retry-after", "")
                pause = float(asked) if asked.isascii() and asked.isdigit() else pause
                if found.status not in _AGAIN or last or self._left() <= pause:
                    return found
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")  # pragma: no cover

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _once(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Response:
        """One attempt. A connection that the server closed meanwhile is opened anew, at once."""
        kept = self._open is not None
        try:
            return self._exchange(method, target, body, headers)
        except _AgainError:
            if not kept:
                raise
        return self._exchange(method, target, body, headers)

    def _exchange(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Response:
        try:
            connection = self._connected()
        except OSError as error:
            self.close()
            raise self._unconnected(error) from error
        try:
            connection.request(method, target, body, dict(headers))
            answer = connection.getresponse()
        except TimeoutError as error:
            self.close()
            raise self._late() from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if isinstance(error, http.client.BadStatusLine) and not isinstance(error, http.client.RemoteDisconnected):
                raise NetworkError(
                    f"{self.server} does not speak HTTP", "Look at the port and at http or https."
                ) from error
            raise _AgainError("closed the connection without an answer") from error
        return self._read(answer)

    def _connected(self) -> http.client.HTTPConnection:
        """The connection, opened if need be. Raises ``OSError``."""
        if self._left() <= 0:
            raise self._late()
        if self._open is None:
            host, port, wait = self.server.host, self.server.port, min(self.limits.connect, self._left())
            if self.server.scheme == "https":
                self._open = http.client.HTTPSConnection(
                    host, port, timeout=wait, context=self._tls or context(self.credentials)
                )
            else:
                self._open = http.client.HTTPConnection(host, port, timeout=wait)
            self._open.connect()
        if self._open.sock is not None:
            self._open.sock.settimeout(max(0.01, min(self.limits.read, self._left())))
        return self._open

    def _unconnected(self, error: OSError) -> Exception:
        import ssl  # noqa: PLC0415  # most servers near by are asked without TLS

        if isinstance(error, ssl.SSLError):
            why = getattr(error, "verify_message", "") or error.reason or str(error)
            return NetworkError(
                f"{self.server} could not prove who it is, or speaks no TLS: {why}",
                "Look at its certificate; a certificate authority of your own goes into …_CA_FILE.",
            )
        if isinstance(error, TimeoutError):
            return _AgainError(f"did not answer within {self.limits.connect:g} s")
        return _AgainError(f"cannot be reached: {error.strerror or error}")

    def _late(self) -> NetworkError:
        return late(self.server, self.limits)

    def _read(self, answer: http.client.HTTPResponse) -> Response:
        """The body, within bounds of size and time: each piece restarts the socket's own clock."""
        pieces, size = [], 0
        try:
            for piece in _pieces(answer):
                pieces.append(piece)
                size += len(piece)
                if size > self.limits.answer:
                    raise self._large()
                if self._left() <= 0:
                    raise self._late()
        except TimeoutError as error:
            self.close()
            raise self._late() from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NetworkError(f"the answer of {self.server} is cut off: its end is missing", "Try again.") from error
        except NetworkError:
            self.close()
            raise
        finally:
            answer.close()  # the response ends with it; the connection stays
        headers = {name.lower(): value for name, value in answer.getheaders()}
        if answer.will_close:
            self.close()
        return Response(answer.status, headers, self._plain(b"".join(pieces), headers.get("content-encoding", "")))

    def _plain(self, data: bytes, encoding: str) -> bytes:
        if encoding.strip().lower() not in ("gzip", "x-gzip"):
            return data
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            plain = unpacker.decompress(data, self.limits.answer)
        except zlib.error:
            raise NetworkError(f"{self.server} sent an answer that cannot be unpacked", "Try again.") from None
        if unpacker.unconsumed_tail:
            raise self._large()
        if not unpacker.eof:
            raise NetworkError(f"the answer of {self.server} is cut off: its end is missing", "Try again.")
        return plain

    def _large(self) -> NetworkError:
        return NetworkError(
            f"{self.server} sent more than {self.limits.answer >> 20} MB for one answer",
            "The query gives far more than one number; sum it.",
        )


def _pieces(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """A body as it arrives, without waiting for more than there is.

    ``read1`` of the response forgets what it has read of a body of known length (before Python 3.12), so that is
    counted here.
    """
    if answer.chunked or answer.length is None:
        while piece := answer.read1(_CHUNK):
            yield piece
        return
    left = answer.length
    while left:
        piece = answer.fp.read1(min(left, _CHUNK))
        if not piece:
            raise http.client.IncompleteRead(b"", left)
        left -= len(piece)
        yield piece


def late(server: Endpoint, limits: Limits) -> NetworkError:
    """What to say when the time is over."""
    return NetworkError(
        f"{server} did not answer within {min(limits.read, limits.overall):g} s",
        f"Try again, ask for fewer days, or allow more with {TIMEOUT}.",
    )


def _hint(why: str) -> str:
    return "Is it running, and is the address right?" if "reached" in why or "within" in why else "Try again."


def context(credentials: Credentials) -> ssl.SSLContext:
    """How to speak TLS. Raises ``AfterwordError`` for certificates that cannot be used."""
    import ssl  # noqa: PLC0415  # most servers near by are asked without TLS

    try:
        found = ssl.create_default_context(cafile=credentials.ca_file)
    except (ssl.SSLError, OSError) as error:
        raise AfterwordError(
            f"{credentials.ca_file} holds no certificates that can be used", "It takes PEM."
        ) from error
    if credentials.cert_file:
        try:
            found.load_cert_chain(credentials.cert_file, credentials.key_file, password=_no_password)
        except (ssl.SSLError, OSError) as error:
            raise AfterwordError(
                f"{credentials.cert_file} cannot be used as a client certificate with its key",
                "Both take PEM, the key without a password.",
            ) from error
    return found


def _no_password() -> str:
    """Nobody is asked for a password: there may be nobody."""
    return ""


def until(limits: Limits) -> float:
    """The deadline of work that begins now."""
    return time.monotonic() + limits.overall
