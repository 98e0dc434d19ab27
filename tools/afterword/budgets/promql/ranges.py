"""PromQL as ranges: how far back a query looks by itself."""

from __future__ import annotations

import promql_parser as pql

from afterword.budgets.promql.terms import children
from afterword.budgets.promql.text import Fault, parse


def longest_range(query: str) -> float:
    """The longest window that a query names, in seconds; 0 for one that names none, or that cannot be read."""
    found = parse(query)
    rest = [] if isinstance(found, Fault) else [found]
    longest = 0.0
    while rest:
        node = rest.pop()
        if isinstance(node, pql.MatrixSelector | pql.SubqueryExpr) and node.range is not None:
            longest = max(longest, node.range.total_seconds())
        rest += children(node)
    return longest
