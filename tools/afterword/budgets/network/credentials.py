"""Credentials: how to prove who asks. From the environment or from files that it names, never from a command line."""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from afterword.budgets.network.endpoint import Login
from afterword.errors import AfterwordError

PREFIX = "AFTERWORD_PROMETHEUS"
_LONGEST = 64 * 1024
_TCHAR = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What goes with each request to one server. It never shows what it holds."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None
    warnings: tuple[str, ...] = ()


def prefix_of(source: str | None) -> str:
    """The beginning of the variables for a data source: ``AFTERWORD_THANOS_EU`` for ``thanos-eu``."""
    if source is None:
        return PREFIX
    return "AFTERWORD_" + "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in source.upper())


def read(environment: Mapping[str, str], prefix: str = PREFIX, login: Login | None = None) -> Credentials:
    """The credentials that the environment names. ``login``: what stood in the address itself.

    ``…_TOKEN`` or ``…_TOKEN_FILE``; ``…_USER`` with ``…_PASSWORD`` or ``…_PASSWORD_FILE``; ``…_HEADERS_FILE``, one
    ``Name: value`` on each line; ``…_CA_FILE``, ``…_CERT_FILE`` and ``…_KEY_FILE`` for TLS. Raises ``AfterwordError``
    for what cannot be used; it names the variable and never a value.
    """
    reader = _Reader(environment, prefix)
    headers = reader.headers()
    token, user, password = reader.secret("TOKEN"), reader.plain("USER"), reader.secret("PASSWORD")
    if token and user:
        raise AfterwordError(
            f"{prefix}_TOKEN and {prefix}_USER are both set, and a server takes one of them", "Unset one."
        )
    if token:
        headers["Authorization"] = f"Bearer {token}"
    elif user or login:
        name, secret = (user, password or "") if user else (login.user, login.password) if login else ("", "")
        headers["Authorization"] = "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
    return Credentials(
        headers,
        reader.file("CA_FILE"),
        reader.file("CERT_FILE"),
        reader.file("KEY_FILE", private=True),
        tuple(reader.warnings),
    )


class _Reader:
    """The variables of one prefix, and what is worth a warning about them."""

    def __init__(self, environment: Mapping[str, str], prefix: str) -> None:
        self.environment = environment
        self.prefix = prefix
        self.warnings: list[str] = []

    def plain(self, name: str) -> str | None:
        """A variable; ``None`` when it is empty."""
        variable = f"{self.prefix}_{name}"
        return _line(self.environment.get(variable, "").strip(), variable) or None

    def secret(self, name: str) -> str | None:
        """A variable, or the first line of the file that its ``_FILE`` names."""
        value, path = self.plain(name), self.file(f"{name}_FILE", private=True)
        if value or path is None:
            return value
        variable = f"{self.prefix}_{name}_FILE"
        found = _line(_text(path, variable).strip(), variable)
        if not found:
            raise AfterwordError(f"{variable}: {path} is empty", "Put the secret into it.")
        return found

    def file(self, name: str, *, private: bool = False) -> str | None:
        """The path in a variable, of a file that can be read."""
        path = self.environment.get(f"{self.prefix}_{name}", "").strip()
        if not path:
            return None
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:
            raise _unreadable(f"{self.prefix}_{name}", path, error) from error
        if private and mode & stat.S_IROTH and os.name == "posix":  # elsewhere the bits say nothing
            self.warnings.append(f"{self.prefix}_{name}: everybody on this machine may read {path}.")
        return path

    def headers(self) -> dict[str, str]:
        """The headers of a file; blank lines and those that begin with # are left out."""
        path = self.file("HEADERS_FILE", private=True)
        if path is None:
            return {}
        variable, found = f"{self.prefix}_HEADERS_FILE", {}
        for number, line in enumerate(_text(path, variable).splitlines(), 1):
            name, mark, value = line.strip().partition(":")
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if not mark or not name or not set(name) <= _TCHAR:
                raise AfterwordError(
                    f"{variable}: line {number} of {path} is no header", "Write each as “X-Scope-OrgID: team”."
                )
            found[name] = _line(value.strip(), variable)
        return found


def _line(value: str, variable: str) -> str:
    """A header ends with its line: whatever follows would be another one."""
    if not value.isprintable() or not value.isascii():
        raise AfterwordError(f"{variable} holds signs that no header can carry", "Look for line breaks in it.")
    return value


def _text(path: str, variable: str) -> str:
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            raise AfterwordError(f"{variable}: {path} is too long for a secret", "Name another file.")
        return data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(variable, path, error) from error


def _unreadable(variable: str, path: str, error: Exception) -> AfterwordError:
    why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
    return AfterwordError(f"{variable}: {path}: {why}", "Name a file that can be read.")
