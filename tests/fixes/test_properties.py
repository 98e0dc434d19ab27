"""What holds for every file that is mended: the same meaning, every comment, all of the prose, and once is enough."""

from __future__ import annotations

import dataclasses
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import document, source
from afterword.findings import START
from afterword.fixes import FIXES, may_mend, mend, pretest
from afterword.markdown import Body
from afterword.model import Postmortem
from afterword.record import Record
from afterword.yamltree import plain
from tests.reading import FRONT, PATH, page, record

INCIDENTS = sorted((Path(__file__).parents[2] / "postmortems" / "incidents").rglob("*.md"))


def reread(data: bytes) -> document.Document:
    text, _ = source.decode(PATH, data)
    assert text is not None
    return document.parse(text)


def values(data: bytes) -> Any:
    front = reread(data).front
    return plain(front) if front else None


def meaning(item: Postmortem | None) -> Postmortem | None:
    """A postmortem without places, and without what is written in its body."""
    if item is None:
        return None
    moments = {
        field.name: dataclasses.replace(value, text="")
        for field in dataclasses.fields(item)
        if hasattr(value := getattr(item, field.name), "sort_key")
    }
    return dataclasses.replace(item, body=Body(), timeline=(), fence=START, **moments)


def events(item: Postmortem | None) -> Counter[object]:
    return Counter((event.text, event.event, event.action) for event in item.timeline) if item else Counter()


def said(item: Record) -> Counter[tuple[str, float]]:
    stated = item.postmortem.body.stated if item.postmortem else ()
    return Counter((entry.measure, entry.seconds) for entry in stated)


def parts(item: Record) -> list[str | None]:
    return [section.part for section in item.postmortem.body.sections] if item.postmortem else []


def holds(data: bytes) -> bytes:
    """The file mended, after looking at all that must hold."""
    mended = mend(PATH, data).data
    assert mend(PATH, mended).data == mended
    before, after = record(data), record(mended)
    if mended != data:
        assert may_mend(before, data)
    if before.postmortem:
        assert meaning(before.postmortem) == meaning(after.postmortem)
        assert events(before.postmortem) == events(after.postmortem)
        assert said(before) == said(after)
        assert parts(before) == parts(after)
    assert not {item.code for item in after.findings} & {"AW001", "AW002", "AW003", "AW004"} - {
        item.code for item in before.findings
    }
    return mended


KEYS = ["schema", "title", "summary", "kind", "started", "resolved", "tags", "impact", "actions", "review_on", "mood"]
COMMENT = st.sampled_from(["# a note", "# key: value", "#", "# 'quoted", "# “two”: words  "])
SCALARS = {
    "schema": ["1"],
    "title": ["A title", "'It''s: down'", '"Down # not a comment"', "over\n   two lines", ">-\n  folded\n  text\n"],
    "summary": ["One: two", "|\n  kind: text\n\n  # no comment  \n", "|+\n  kept\n\n", "'x\n\n  y'", "Plain # beside"],
    "kind": ["incident", '"incident"'],
    "started": ["2026-03-04", "2026-3-4", "'2026/03/04 09:12 UTC'", "2026-03-04t09:12:00z", "03/04/2026",
                "2026-03-04 09:12Z"],
    "resolved": ["2026-03-05T10:00:00Z", "5 Mar 2026 10:00 UTC", "2026-03-05 10:00", ""],
    "tags": ["[a, b]", "\n  - a\n  # deep\n  - b", "[]", "[a,\n  b]", "\n- a\n- b"],
    "impact": ["{users: 3, data_loss: false}",
               "\n  data_loss: false\n  # how many\n  users:  3", "{data_loss: true,\n  users: 1}"],
    "actions": [
        "\n  - title: A\n    status: open  # still",
        "\n  - status: open\n    # what\n    title: A\n    id: A1\n  # the second\n  - {title: B, status: done}",
        "\n  -   title: A\n      due: 2026/03/11\n      id:\n  - id: a7\n    title: C",
        "[{title: A, status: open}]",
        "\n- title: A\n\n  status: open",
    ],
    "review_on": ["2026-04-08", "8 April 2026", "2026.04.08"],
    "mood": ["grim", "{a: 1}"],
}  # fmt: skip


@st.composite
def fronts(draw: st.DrawFn) -> str:
    """Lines of front matter in any order, with comments, blank lines and odd spacing."""
    lines: list[str] = []
    for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=draw(st.integers(0, 9)) > 0)):
        lines += draw(st.lists(st.one_of(COMMENT, st.just(""), COMMENT.map(lambda text: f"  {text}")), max_size=2))
        value = draw(st.sampled_from(SCALARS[key]))
        colon = draw(st.sampled_from([":", ":", ":", " :"]))
        space = "" if value.startswith("\n") else draw(st.sampled_from([" ", " ", " ", "  ", " \t"]))
        beside = draw(st.sampled_from(["", "", "", "  # beside", "  "])) if "\n" not in value and value else ""
        lines.append(f"{key}{colon}{space}{value}{beside}")
    lines += draw(st.lists(COMMENT, max_size=1))
    return "\n".join(lines) + "\n"


PROSE = [
    "## Summary\n\nIt was down.  \nTime to detect: 5 minutes.\n",
    "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n| 09:16 | [b](#x) |\n| 09:12 | a |\n",
    "## Timeline\n\n| Time | Event |\n|---|---|\n| 2026-03-04 23:50 CET | b |\n| 00:10 | a |\n| 2026-03-04 22:00 | c |",
    "## Lessons\n\n<!-- afterword: ignore AW303 why -->\n\n| Time to resolve | 4 hours, 5 minutes |\n| --- | --- |\n",
    "Resumo\n------\n\n```yaml\nkind:  incident\n```\n\n> TTD: 5 minutes\n",
    "\u2028 odd \x0c text\x85\n\n---\n\ntitle:  no front matter\n",
]
ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])


@given(fronts(), st.lists(st.sampled_from(PROSE), max_size=3), ENDINGS, st.booleans())
def test_any_front_matter_keeps_its_meaning_and_its_comments(
    front: str, body: list[str], ending: str, marked: bool
) -> None:
    text = f"---\n{front}---\n\n{''.join(body)}".replace("\n", ending)
    mended = holds((b"\xef\xbb\xbf" if marked else b"") + text.encode()).decode()
    assert Counter(re.findall(r"#[^\r\n]*", text)) == Counter(re.findall(r"#[^\r\n]*", mended)) or body
    if not body:
        assert mended.split(f"{ending}---{ending}", 1)[-1] == text.split(f"{ending}---{ending}", 1)[-1]
    assert set(re.findall(r"\r\n|\r|\n", mended)) == {ending}


@given(fronts())
def test_comments_stay_above_or_beside_their_key(front: str) -> None:
    """Each key has the same comment right above it and the same beside it, wherever it stands now."""
    data = f"---\n{front}---\n".encode()
    mended = holds(data)
    if plain_order(data) and plain_order(mended):
        assert company(data) == company(mended)


def plain_order(data: bytes) -> bool:
    return reread(data).front is not None and not reread(data).findings


def company(data: bytes) -> dict[str, tuple[str, str]]:
    """For each top-level key: the comment beside it, and the line above it if that is a comment as deep as it."""
    parsed = reread(data)
    assert parsed.front is not None
    lines = data.decode().split("\n")
    found: dict[str, tuple[str, str]] = {}
    for entry in parsed.front.entries:
        at = entry.key_span.line - 1
        above = lines[at - 1] if lines[at - 1].startswith("#") else ""
        beside = lines[at].partition("  # ")[2] if entry.value.span.end_line == entry.key_span.line else ""
        found[entry.key] = (above, beside)
    return found


@given(st.binary(max_size=300))
def test_any_bytes_are_mended_or_given_back(data: bytes) -> None:
    holds(data)
    holds(b"---\ntitle: A\n" + data)


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem[:40])
def test_the_library_has_nothing_to_mend_and_is_passed_over_soon(path: Path) -> None:
    data = path.read_bytes()
    assert holds(data) == data


def shuffled(text: str, chance: random.Random) -> str:
    """The front matter's top-level keys in another order, each with its lines."""
    head, front, body = text.split("---\n", 2)
    blocks = re.findall(r"(?m)^[a-z_]+:.*\n(?:[ #].*\n)*", front)
    assert "".join(blocks) == front
    chance.shuffle(blocks)
    return f"{head}---\n{''.join(blocks)}---\n{body}"


SPOILS = (
    ("spaces", r"(?m)^(started|kind|title): ", r"\1 :   "),
    ("slashes", r"(?m)^(published|review_on): (\d+)-(\d+)-(\d+)$", r"\1: \2/\3/\4"),
    ("spaced times", r"(?m)^(\w+: \d{4}-\d\d-\d\d)T(\d\d:\d\d):00Z$", r"\1 \2 UTC"),
    ("no ids", r"(?m)^  - id: A\d+\n    ", "  - "),
    ("minutes", r"(Time to \w+: (?:\d+ h )?\d+) min", r"\1 minutes"),
    ("summary", r"\n## Executive summary\n", r"\n## Summary\n"),
    ("lessons", r"\n## Lessons learned\n", r"\n## Lessons\n"),
)
"""What is spoiled: a pattern and what to write there instead."""


@pytest.mark.parametrize("path", INCIDENTS, ids=lambda path: path.stem[:40])
def test_what_was_spoiled_in_a_file_of_the_library_is_mended_to_the_byte(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, pattern, instead in SPOILS:
        assert holds(re.sub(pattern, instead, text).encode()).decode() == text, name
    assert holds(shuffled(text, random.Random(path.stem)).encode()).decode() == text  # noqa: S311  # an order, no secret


def test_two_neighbours_among_the_keys_are_put_back() -> None:
    """The test before has to see the least disorder, at every depth."""
    lines = INCIDENTS[-1].read_text(encoding="utf-8").split("\n")
    end = lines.index("---", 1)
    swapped = 0
    for at in range(1, end - 1):
        key, other = (re.match(r"( *)[a-z_]+: \S", line) for line in lines[at : at + 2])
        if key and other and key[1] == other[1]:
            spoiled = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
            assert holds("\n".join(spoiled).encode()).decode() == "\n".join(lines)
            swapped += 1
    assert swapped > 20


@pytest.mark.parametrize(
    "text",
    [
        "## Detection\n\n" + "Time to detect: 5 minutes.\n\n" * 4000,
        "ttd 1 1 1 1 1 1 1" * 20_000,
        "## Lessons\n\n" * 4000,
        "## " * 40_000,
        "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n" + "| 10:01 | b |\n| 10:00 | a |\n" * 2000,
    ],
    ids=["durations", "labels", "headings", "hashes", "rows"],
)
def test_a_hostile_body_takes_no_long_time(text: str) -> None:
    began = time.process_time()
    mend(PATH, page(FRONT, text).encode())
    pretest.may_mend(page(FRONT, text))
    pretest.is_in_order(page(FRONT, text))
    assert time.process_time() - began < 10


def test_a_hostile_front_matter_takes_no_long_time() -> None:
    items = "  - title: A\n    due: 2026/03/11\n    type: prevent\n" * 1000
    began = time.process_time()
    mended = mend(PATH, f"---\ntitle: A\nactions:\n{items}---\n".encode())
    assert dict(mended.changes) == {"date": 1000, "id of action": 1, "order of keys": 1000}
    assert mend(PATH, b"---\nkind: incident\n" + b"# c\n" * 40_000 + b"title: A\n---\n").changes
    assert time.process_time() - began < 10


def test_two_rows_that_changed_places_are_put_back_where_no_day_was_guessed() -> None:
    mended = 0
    for path in INCIDENTS[::4]:
        text = path.read_text(encoding="utf-8")
        for pair in re.findall(r"(?m)^\| \d\d:\d\d \|.*\n\| \d\d:\d\d \|.*\n", text):
            first, second, _ = pair.split("\n")
            spoiled = text.replace(pair, f"{second}\n{first}\n")
            found = holds(spoiled.encode()).decode()
            assert found in (text, spoiled) or first[:8] == second[:8]
            mended += found == text
    assert mended >= 10


def test_every_code_of_a_fix_is_a_rule() -> None:
    from afterword.rules import RULES  # noqa: PLC0415  # only here: fixes know no rules

    assert {code for fix in FIXES for code in fix.codes} <= set(RULES)
