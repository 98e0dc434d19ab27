"""What looks like a secret and is none: placeholders, masked values, vendors' examples."""

from __future__ import annotations

import re

_WORDS = (
    "example", "redact", "masked", "placeholder", "dummy", "sample", "changeme", "change-me", "change_me", "your",
    "replace", "insert", "fake", "notreal", "not-real", "xxxx", "****", "....", "••", "…", "----", "____", "hidden",
    "removed", "censored", "1234567", "abcdefg", "0123456", "deadbeef", "foobar",
)  # fmt: skip
_SIGNS = ("${", "{{", "$(", "<", ">", "%(", "[[", "{%", "#{", "@{")
_VENDORS = ("SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
"""The signature of the token with which jwt.io opens; the key in the documentation of AWS."""

_PASSWORDS = frozenset((
    "password", "passwd", "pass", "pwd", "secret", "token", "user", "username", "admin", "root", "test", "testing",
    "guest", "postgres", "mysql", "redis", "rabbitmq", "rabbit", "mongo", "dbpassword", "dbpass", "mypassword",
    "mysecret", "mypass", "pw", "passphrase", "credentials", "apikey", "api-key", "api_key", "minio", "minioadmin",
    "elastic", "default", "none", "null", "empty", "string", "value", "senha", "mật-khẩu", "sua-senha",
    "contraseña",
))  # fmt: skip
_VARIABLE = re.compile(r"\$?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\Z|\$\w+\Z|%\w+%\Z|\{\w+\}\Z")


def is_placeholder(value: str) -> bool:
    """Whether a value stands for a secret and is not one."""
    low = value[:400].lower()
    if any(word in low for word in _WORDS) or any(sign in value[:400] for sign in _SIGNS):
        return True
    if low in _PASSWORDS or _VARIABLE.match(value):
        return True
    return len(set(low)) <= min(4, len(low) // 2) or any(known in value for known in _VENDORS)
