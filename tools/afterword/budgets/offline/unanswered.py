"""Unanswered: what our own reading of PromQL leaves to a real Prometheus."""

from __future__ import annotations


class UnansweredError(Exception):
    """A query goes beyond what is evaluated here; ``args[0]`` names the part. Never shown as it is."""
