"""Remote: a snapshot or a policy that a library has published, by its URL or path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from afterword.budgets.network import Client, NetworkError, context, credentials, endpoint, until
from afterword.budgets.network.limits import limits_of
from afterword.errors import AfterwordError

PREFIX = "AFTERWORD_LIBRARY"
"""The beginning of the variables with the credentials for a published library."""
AUDIT_PREFIX = "AFTERWORD_AUDIT"
"""The same for the log of overrides."""
OK = range(200, 300)
LARGEST = 64 * 1024 * 1024
"""Bytes of a published snapshot: as many as one on the disk may have."""


def fetch(place: str, environment: Mapping[str, str]) -> bytes:
    """The bytes at a path or URL. Raises ``OSError`` or ``AfterwordError``."""
    if not endpoint.is_url(place):
        with Path(place).open("rb") as stream:
            found = stream.read(LARGEST + 1)  # a device has no end
        if len(found) > LARGEST:
            raise AfterwordError(f"{place} is larger than {LARGEST >> 20} MB, so it is not read", "Look at the path.")
        return found
    return _request("GET", place, PREFIX, environment)


def post(url: str, data: bytes, environment: Mapping[str, str]) -> None:
    """Sends a record; returns once the server has acknowledged it with 2xx. Raises ``AfterwordError`` otherwise.

    A redirect acknowledges nothing: it may lead to a page that asks to log in.
    """
    try:
        _request("POST", url, AUDIT_PREFIX, environment, data)
    except NetworkError as error:
        server = endpoint.parse(url)[0]
        raise NetworkError(error.message.replace(str(server), named(url)), error.hint) from error


def named(url: str) -> str:
    """A server by its scheme and host alone: the path of a webhook is often its secret."""
    server = endpoint.parse(url)[0]
    return f"{server.scheme}://{server.authority}"


def _request(method: str, url: str, prefix: str, environment: Mapping[str, str], data: bytes | None = None) -> bytes:
    server, login = endpoint.parse(url)
    if server.scheme == "http" and not server.loopback:
        raise NetworkError(f"{server} is not encrypted, and deploys are decided by it", "Give an https address.")
    limits = replace(limits_of(environment), answer=LARGEST)
    secrets = credentials.read(environment, prefix, login)
    tls = context(secrets) if server.scheme == "https" else None
    client = Client(server, secrets, limits, until(limits), tls)
    headers = {"Content-Type": "application/json"} if data is not None else {}
    path = f"?{server.query}" if server.query else ""
    try:
        found = client.request(method, path, data, headers, follow=data is None)
    finally:
        client.close()
    if found.status not in OK:
        raise NetworkError(
            f"{server} answered {found.status}", "Look whether the address and the credentials are right."
        )
    return found.body
