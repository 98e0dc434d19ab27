"""Endpoint: an address that requests go to, without what must not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from afterword.errors import AfterwordError

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and the path that its API lies under. ``host`` is without brackets; ``path`` has no slash at its end."""

    scheme: str
    host: str
    port: int
    path: str = ""
    query: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """What credentials are good for."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Host and port as URLs and the Host header write them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether it is this machine."""
        return self.host in _LOOPBACK

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


@dataclass(frozen=True, slots=True)
class Login:
    """A name and a password that stood in an address."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"


def parse(url: str) -> tuple[Endpoint, Login | None]:
    """Address and the login in it. Raises ``AfterwordError``, which does not repeat the login."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _refused(text) from None
    if parts.scheme not in _PORTS or not parts.hostname or not _is_plain(text):
        raise _refused(text)
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    endpoint = Endpoint(parts.scheme, host, port or _PORTS[parts.scheme], parts.path.rstrip("/"), parts.query)
    return endpoint, _login(parts)


def is_url(place: str) -> bool:
    """Whether a place is a URL rather than a path; a drive letter of Windows is no scheme."""
    scheme, mark, _ = place.strip().partition("://")
    return bool(mark) and len(scheme) > 1 and scheme.isascii() and scheme.isalnum()


def _is_plain(text: str) -> bool:
    return text.isprintable() and " " not in text


def _login(parts: SplitResult) -> Login | None:
    if parts.username is None:
        return None
    return Login(unquote(parts.username), unquote(parts.password or ""))


def _refused(text: str) -> AfterwordError:
    return AfterwordError(
        f"“{shown(text)}” is no address of a server",
        "Write it as https://prometheus.example.org or http://127.0.0.1:9090.",
    )


def shown(url: str) -> str:
    """An address for readers: whatever stands before an @ is left out, and so is a query."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        scheme, rest = "", url
    host, slash, path = rest.partition("/")
    tail = f"{host.rpartition('@')[2]}{slash}{path.partition('?')[0].partition('#')[0]}"
    return f"{scheme}{mark}{tail}"
