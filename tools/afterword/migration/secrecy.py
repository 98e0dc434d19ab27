"""Secrecy: what keeps the secrets of a source out of names, of settings and of the account.

The text of a report is not changed, and the site masks it; but a name is copied, linked to and listed everywhere, and
so is what stands in a front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from afterword.confidentiality import DOT, WORD, Mask, mask_of_secrets, without_secrets
from afterword.source import Source

if TYPE_CHECKING:
    from afterword.migration.plan import Plan

_DOTS = re.compile(f"{DOT}+")
_CODE = "AW701"
"""The rule that finds secrets."""


def has_secret(text: str) -> bool:
    """Whether a text holds a secret."""
    return without_secrets(text) != text


def nameable(text: str) -> str:
    """A text as a name may tell it: with a blank in the place of each secret."""
    told = without_secrets(text)
    return text if told == text else " ".join(told.replace(DOT, " ").split())


def tellable(text: str) -> str:
    """A text as a front matter may hold it: with a word in the place of each secret."""
    told = without_secrets(text)
    return text if told == text else _DOTS.sub(WORD, told)


def mask(plan: Plan, said: Any) -> Mask:
    """What hides the secrets of a migration in its account, also those that it cuts short. ``said``: as JSON has it."""
    texts = [item.draft.text for item in plan.files if _CODE in item.draft.errors]
    return mask_of_secrets(Source("", "\n\n".join((*texts, *_strings(said)))))


def _strings(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for key, value in said.items():
            yield key
            yield from _strings(value)
    elif isinstance(said, list):
        for value in said:
            yield from _strings(value)


def masked(said: Any, mask: Mask) -> Any:
    """The same strings, lists and mappings without the secrets: in JSON a text may hide its quotes."""
    if not mask:
        return said
    if isinstance(said, dict):
        return {mask.text(key): masked(value, mask) for key, value in said.items()}
    if isinstance(said, list):
        return [masked(value, mask) for value in said]
    return mask.text(said) if isinstance(said, str) else said
