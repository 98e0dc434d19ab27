"""Addresses: URLs of a postmortem that can be asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,255}")
_KEPT = "/%:@!$&'()*+,;=~?"


@dataclass(frozen=True, slots=True)
class Address:
    """A URL that can be asked for. ``target`` is its path with the query; ``host`` is without brackets, in ASCII."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole, as it is asked for."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def joined(self, location: str) -> Address | None:
        """Where a redirect to ``location`` leads."""
        try:
            return parse(urljoin(self.url, location))
        except ValueError:
            return None


def parse(url: str) -> Address | None:
    """The address of a URL; ``None`` for what is not asked for.

    That is another scheme, a login in the address, which would be sent, a port of another service, and what is no URL.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host):
        return None
    if parts.username is not None or not _is_plain(url.strip()):
        return None
    port = port or _PORTS[parts.scheme]
    if port < 1024 and port not in _PORTS.values():
        return None
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Address(parts.scheme, host.rstrip("."), port, target)


def _is_plain(text: str) -> bool:
    return text.isprintable() and not any(sign in ' <>"\\^`{|}' for sign in text)
