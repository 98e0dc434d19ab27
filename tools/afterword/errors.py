"""Errors: what the engine raises when it could not judge. Bad postmortems are findings, never errors."""

from __future__ import annotations


class AfterwordError(Exception):
    """Something kept a command from doing its work.

    ``message`` says what is wrong and where; ``hint`` says what to do about it.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class LibraryNotFoundError(AfterwordError):
    """No ``afterword.yml`` in the folder or above it."""


class SettingsError(AfterwordError):
    """``afterword.yml`` cannot be used; the message carries path:line:column of the first fault."""


class ConflictError(AfterwordError):
    """A write would have overwritten something, or the file changed meanwhile."""
