"""Only findings come out of a file, never an exception: of Markdown and YAML put together at random, and of bytes."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.shapes import page
from tests.fuzz.whole import everything
from tests.reading import BODY, FRONT

WORDS = st.sampled_from([
    "Payments failed", "at 14:05", "2026-03-04", "2026-3-4", "09:12 UTC", "**Time to detect:** 4 min", "TTR: 1h 5",
    "human error", "who forgot", "@alice", "someone@corp.invalid", "10.0.0.1", "AKIAQ2345678ABCDEFGH", "`code`", "``",
    "[a](b.md#c)", "![](c.png)", "[a][b]", "<b>", "<!--", "-->", "{{ x }}", "TODO", "“said”", "lỗi", "İ", "\u2028", "|",
    "<!-- afterword: ignore AW401 because -->", "<!-- afterword: ignore -->", "Northwind Traders", "99.9 %", "\\", "&",
])  # fmt: skip
TEXT = st.lists(WORDS | st.text(max_size=8), max_size=6).map(" ".join)
BLOCK = st.one_of(
    TEXT.map(lambda text: f"## {text}"),
    st.sampled_from(["## Timeline", "## Root cause", "## Action items", "## Sensitive information", "### Five whys"]),
    st.lists(TEXT, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(TEXT, min_size=1, max_size=4).map(lambda items: "\n".join(f"{at}. {it}" for at, it in enumerate(items))),
    st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=4).map(
        lambda rows: (
            "| Time | Event | Action |\n| --- | --- | --- |\n" + "\n".join(f"| {' | '.join(r)} |" for r in rows)
        )
    ),
    TEXT.map(lambda text: f"> {text}"),
    TEXT.map(lambda text: f"```\n{text}\n```"),
    TEXT.map(lambda text: f"[b]: {text}"),
    TEXT.map(lambda text: f"<div>{text}\n"),
    TEXT,
)
MARKDOWN = st.lists(BLOCK, max_size=8).map("\n\n".join)

KEYS = st.sampled_from(sorted({line.split(":")[0].strip(" -") for line in FRONT.splitlines()})) | st.sampled_from(
    ["updates", "approvals", "impact", "people", "drill", "links", "aliases", "recurrence_of", "unknown", "budgets"]
)
SCALAR = st.one_of(
    WORDS, st.integers().map(str), st.dates().map(str), st.datetimes().map(lambda at: f"{at.isoformat()}Z"),
    st.sampled_from(["~", "true", "''", '"a: b"', "[]", "{}", "!!x", "&a b", "*a", "incident", "done", "P1", "- a"]),
)  # fmt: skip
VALUE = st.one_of(
    SCALAR.map(lambda text: f" {text}"),
    st.lists(SCALAR, max_size=3).map(lambda items: "".join(f"\n  - {item}" for item in items)),
    st.lists(st.tuples(KEYS, SCALAR), max_size=4).map(lambda pairs: "".join(f"\n  {key}: {it}" for key, it in pairs)),
    st.lists(st.tuples(KEYS, SCALAR), min_size=1, max_size=3).map(
        lambda pairs: "\n  - " + "\n    ".join(f"{key}: {item}" for key, item in pairs)
    ),
)
LINES = FRONT.splitlines(keepends=True)


@st.composite
def fronts(draw: st.DrawFn) -> str:
    """Front matter from which lines are missing, with others that are added."""
    gone = draw(st.sets(st.integers(0, len(LINES) - 1), max_size=3))
    kept = [line for at, line in enumerate(LINES) if at not in gone]
    for key, value in draw(st.lists(st.tuples(KEYS, VALUE), max_size=3)):
        at = draw(st.integers(0, len(kept)))
        kept.insert(at, f"{key}:{value}\n")
    return "".join(kept)


def judged(data: bytes) -> None:
    """It is said the same of the same file twice, in every form."""
    said = everything(data)
    assert said["json"]
    assert everything(data) == said


@settings(max_examples=150)
@given(MARKDOWN)
def test_any_body_is_judged(body: str) -> None:
    judged(page(body).encode("utf-8", "replace"))


@settings(max_examples=150)
@given(fronts(), MARKDOWN)
def test_any_front_matter_is_judged(front: str, body: str) -> None:
    judged(page(f"{BODY}\n{body}", front).encode("utf-8", "replace"))


@settings(max_examples=150)
@given(st.binary(max_size=300), st.integers(0, 1_000))
@example(b"", 0)
def test_any_bytes_are_judged(data: bytes, at: int) -> None:
    judged(data)
    whole = page(BODY).encode()
    judged(whole[:at] + data + whole[at:])
