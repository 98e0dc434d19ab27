"""Reporters: what a check found, as text for people or machines. They return it; only the command line prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Line: TypeAlias = "Callable[[str, int], str]"
"""Gives a line of a file, by path and number from 1; empty when there is none. What is confidential is masked."""
