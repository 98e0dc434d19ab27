"""Selecting: series by the matchers of PromQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from promql_parser import Matcher

from afterword.budgets.offline.unanswered import UnansweredError

Labels = Mapping[str, str]

_PLAIN = re.compile(r"(?:\\[.+*?()|\[\]{}^$/dwsDWS-]|\\\\|\(\?:|\((?!\?)|\[(?!\[?[:.=])|[^\\(\[])*\Z", re.DOTALL)
"""What RE2 and Python read alike: no flags, look-around, classes by name, or escapes that only one of them has."""
_DOUBLE = re.compile(r"[*+?}][*+]|\{,")


def matches(matchers: tuple[Matcher, ...]) -> Callable[[Labels], bool]:
    """Whether the labels of a series meet all matchers; a label that is not there is empty.

    Raises ``UnansweredError`` for a regular expression that Python may read in another way than Prometheus.
    """
    tests = [(item.name, _test(str(item.op), item.value)) for item in matchers]
    return lambda labels: all(test(labels.get(name, "")) for name, test in tests)


def _test(operator: str, value: str) -> Callable[[str], bool]:
    if operator == "MatchOp.Equal":
        return lambda label: label == value
    if operator == "MatchOp.NotEqual":
        return lambda label: label != value
    pattern = _pattern(value)
    if operator == "MatchOp.Re":
        return lambda label: pattern.fullmatch(label) is not None
    return lambda label: pattern.fullmatch(label) is None


@lru_cache(maxsize=1024)
def _pattern(value: str) -> re.Pattern[str]:
    if not _PLAIN.match(value) or _DOUBLE.search(value):
        raise UnansweredError(f"the regular expression “{value}”")
    try:
        return re.compile(value, re.ASCII)
    except re.error:
        raise UnansweredError(f"the regular expression “{value}”") from None
