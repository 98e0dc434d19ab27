"""OpenMetrics by the line: what one sample says, or what is wrong with it."""

from __future__ import annotations

import re

_LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\.)*"'
_SAMPLE = re.compile(
    rf"(?P<series>[a-zA-Z_:][a-zA-Z0-9_:]*(?:\{{(?:{_LABEL}(?:,{_LABEL})*,?)?\}})?)[ ]"
    r"(?P<value>[^ \n]+)(?:[ ](?P<time>[^ \n]+))?(?:[ ]\#[ ]\{[^\n]*)?\Z"
)
_PAIR = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\.)*)"')
_NUMBER = re.compile(
    r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[Ii]nf(?:inity)?|[Nn]a[Nn])\Z", re.ASCII
)
_ESCAPE = re.compile(r"\\(.)")

FORMAT = "Each sample is one line: NAME{LABELS} VALUE SECONDS. promtool tsdb dump-openmetrics writes such files."


def sample(line: str) -> tuple[str, int, float] | str:
    """The text of the series, the time in milliseconds and the value; or the fault in words."""
    match = _SAMPLE.match(line)
    if match is None:
        return f"this is no sample: “{line[:60]}”"
    if match["time"] is None:
        return "the sample has no time"
    if not _NUMBER.match(match["value"]) or not _NUMBER.match(match["time"]):
        return f"“{match['value'][:30]} {match['time'][:30]}” is no number with a time in seconds"
    seconds = float(match["time"])
    if not abs(seconds) < 1e11:
        return f"“{match['time'][:30]}” is no time in seconds"
    return match["series"], int(seconds * 1000), float(match["value"])


def labels(series: str) -> dict[str, str] | None:
    """The labels in the text of a series, the name among them; ``None`` where one is given twice."""
    name, _, rest = series.partition("{")
    pairs = _PAIR.findall(rest)
    found = {key: _ESCAPE.sub(lambda match: {"n": "\n"}.get(match[1], match[1]), value) for key, value in pairs}
    if len(found) < len(pairs):
        return None
    return {"__name__": name, **{key: value for key, value in found.items() if value}}  # empty is absent
