"""Edits in place: exactly the wanted value changes, and every other byte stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import document
from afterword.edit import EditError, append_item, set_value
from afterword.source import decode
from afterword.yamltree import plain

PATH = "postmortems/incidents/2026/2026-03-04-a.md"
ORDER = ("title", "status", "started", "published", "actions", "review_on")
ACTION = ("id", "title", "owner", "due", "status", "completed", "tracker")


def _file(front: str, ending: str = "\n") -> bytes:
    return f"---\n{front}\n---\n\n## Notes\n\nstatus: open\n".replace("\n", ending).encode()


def _front(data: bytes) -> object:
    source, _ = decode(PATH, data)
    assert source
    return plain(document.parse(source).front)


def _lines(old: bytes, new: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that went and those that came."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return [line for line in before if line not in after], [line for line in after if line not in before]


def test_a_value_is_replaced_and_its_comment_stays() -> None:
    old = _file("title: A\nstatus: in-review   # until Friday\nstarted: 2026-03-04")
    new = set_value(PATH, old, "status", "published", ORDER)
    assert _lines(old, new) == (
        [b"status: in-review   # until Friday\n"],
        [b"status: published   # until Friday\n"],
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("status: open", "status: done"),
        ('status: "open"', 'status: "done"'),
        ("status: 'open'", "status: 'done'"),
        ("status:    open   # now", "status:    done   # now"),
        ('"status": open', '"status": done'),
        ("status:", "status: done"),
        ("status: # nothing yet", "status: done # nothing yet"),
        ("status: ~", "status: done"),
    ],
)
def test_quotes_and_blanks_stay_as_they_are(written: str, expected: str) -> None:
    old = _file(f"title: A\nactions:\n  - id: A1\n    {written}\n    title: T")
    assert set_value(PATH, old, "actions/0/status", "done", ACTION) == old.replace(
        written.encode(), expected.encode(), 1
    )


def test_a_new_key_stands_after_the_one_before_it() -> None:
    old = _file(
        "title: A\nactions:\n- id: A1\n  status: done   # yes\n  tracker: https://example.org\n- id: A2\n  status: open"
    )
    new = set_value(PATH, old, "actions/0/completed", "2026-03-11", ACTION)
    assert new == old.replace(b"# yes\n", b"# yes\n  completed: 2026-03-11\n")


def test_a_new_key_at_the_top_level_stands_in_the_order_of_the_schema() -> None:
    old = _file("title: A\nstatus: published\nactions:\n  - {id: A1, status: open}\n# the end")
    new = set_value(PATH, old, "published", "2026-03-09", ORDER)
    assert new == old.replace(b"status: published\n", b"status: published\npublished: 2026-03-09\n")
    new = set_value(PATH, old, "review_on", "2026-04-08", ORDER)
    assert new == old.replace(b"status: open}\n", b"status: open}\nreview_on: 2026-04-08\n")


def test_an_action_in_flow_style_stays_in_flow_style() -> None:
    old = _file("actions:\n  - {id: A1, status: open, due: 2026-03-11}   # c")
    assert set_value(PATH, old, "actions/0/completed", "2026-03-10", ACTION) == old.replace(
        b"status: open", b"status: open, completed: 2026-03-10", 1
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_stay(ending: str) -> None:
    old = _file("title: A\nactions:\n  - id: A1\n    status: open", ending)
    new = append_item(PATH, old, "actions", {"id": "A2", "title": "T"}, ORDER)
    assert new == old.replace(
        f"open{ending}".encode(), f"open{ending}  - id: A2{ending}    title: T{ending}".encode(), 1
    )


def test_mixed_line_endings_and_the_byte_order_mark_stay() -> None:
    old = b"\xef\xbb\xbf---\r\ntitle: A\nstatus: draft\r\n---\r\nBody\rmore\n"
    assert set_value(PATH, old, "status", "in-review", ORDER) == old.replace(b"draft", b"in-review")


@pytest.mark.parametrize(
    ("front", "added"),
    [
        ("title: A", "title: A\nactions:\n  - id: A1\n    title: 'T: x'"),
        ("title: A\nactions:", "title: A\nactions:\n  - id: A1\n    title: 'T: x'"),
        ("title: A\nactions: []  # none", "title: A\nactions:  # none\n  - id: A1\n    title: 'T: x'"),
        ("actions:\n  - id: A0", "actions:\n  - id: A0\n  - id: A1\n    title: 'T: x'"),
        (
            "actions:\n-   id: A0\n    # of A0\nb: 1",
            "actions:\n-   id: A0\n    # of A0\n-   id: A1\n    title: 'T: x'\nb: 1",
        ),
        ("actions:\n  - {id: A0}\n# end", "actions:\n  - {id: A0}\n  - {id: A1, title: 'T: x'}\n# end"),
        ("actions: [{id: A0}]", "actions: [{id: A0}, {id: A1, title: 'T: x'}]"),
    ],
)
def test_an_action_is_added_in_the_style_of_the_list(front: str, added: str) -> None:
    new = append_item(PATH, _file(front), "actions", {"id": "A1", "title": "T: x"}, ORDER)
    assert new == _file(added.replace("'T: x'", '"T: x"'))


@pytest.mark.parametrize(
    "front",
    [
        "title: A\nstatus: [open]",
        "title: A\nstatus: {a: b}",
        "title: A\nstatus: |\n  open",
        "title: A\n? status\n:",
        "title: [",
        "- a list",
    ],
)
def test_what_is_written_in_an_odd_way_is_refused_and_not_guessed(front: str) -> None:
    with pytest.raises(EditError):
        set_value(PATH, _file(front), "status", "done", ORDER)


def test_a_file_without_front_matter_is_refused() -> None:
    with pytest.raises(EditError):
        set_value(PATH, b"# Only text\n", "status", "done", ORDER)
    with pytest.raises(EditError):
        append_item(PATH, _file("title: A\nactions: none"), "actions", {"id": "A1"}, ORDER)


COMMENT = st.sampled_from(["", " # why", "   # status: open"])
QUOTE = st.sampled_from(["", "'", '"'])
WORD = st.text(st.sampled_from("abcdefgh: #-'\"é–đ[]{}&*"), min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def _actions(draw: st.DrawFn) -> tuple[str, int]:
    """Front matter with actions in any order of keys, indentation, quotes and comments."""
    count = draw(st.integers(1, 4))
    indent = " " * draw(st.integers(0, 4))
    gap = " " * draw(st.integers(1, 3))
    lines = ["title: A" + draw(COMMENT), "# status: open", "actions:" + draw(COMMENT)]
    for number in range(count):
        keys = draw(
            st.permutations([("id", f"A{number}"), ("status", "open"), ("title", draw(WORD)), ("due", "2026-03-11")])
        )
        for at, (key, value) in enumerate(keys):
            quote = draw(QUOTE)
            text = "'" + value.replace("'", "''") + "'" if key == "title" else f"{quote}{value}{quote}"
            lead = f"{indent}-{gap}" if at == 0 else f"{indent} {' ' * len(gap)}"
            lines.append(f"{lead}{key}: {text}{draw(COMMENT)}")
            if draw(st.booleans()):
                lines.append(draw(st.sampled_from(["", f"{indent} {' ' * len(gap)}# a remark", "# at the margin"])))
    lines.append("review_on: 2026-04-08" + draw(COMMENT))
    return "\n".join(lines), draw(st.integers(0, count - 1))


@given(_actions(), st.sampled_from(["\n", "\r\n"]))
def test_setting_values_in_any_front_matter_changes_these_alone(case: tuple[str, int], ending: str) -> None:
    front, number = case
    old = _file(front, ending)
    new = set_value(PATH, old, f"actions/{number}/status", "done", ACTION)
    assert re.sub(rb"done", b"open", new, count=1) == old
    both = set_value(PATH, new, f"actions/{number}/completed", "2026-03-10", ACTION)
    gone, came = _lines(new, both)
    assert gone == []
    assert [line.strip() for line in came] == [b"completed: 2026-03-10"]
    assert len(both.splitlines()) == len(new.splitlines()) + 1


@given(_actions(), WORD)
def test_adding_to_any_front_matter_keeps_every_line(case: tuple[str, int], title: str) -> None:
    old = _file(case[0])
    new = append_item(PATH, old, "actions", {"id": "A9", "title": title}, ORDER)
    rest = new.splitlines(keepends=True)
    for line in old.splitlines(keepends=True):  # all of the old lines, in their order
        while rest.pop(0) != line:
            pass
    front, before = _front(new), _front(old)
    assert isinstance(front, dict)
    assert isinstance(before, dict)
    assert front["actions"] == [*before["actions"], {"id": "A9", "title": title}]


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_edited_right_or_refused(data: bytes, value: str) -> None:
    for content in (data, b"---\ntitle: A\n" + data + b"\nstatus: draft\n---\n"):
        try:
            new = set_value(PATH, content, "status", value.encode("utf-8", "replace").decode(), ORDER)
        except EditError:
            continue
        front = _front(new)
        assert isinstance(front, dict)
        assert front["status"] == value.encode("utf-8", "replace").decode()


def test_a_refusal_names_the_line_of_the_place() -> None:
    data = b"---\ntitle: A\nactions:\n- id: A1\n  status: >-\n    open\n---\n"
    with pytest.raises(EditError) as caught:
        set_value("a.md", data, "actions/0/status", "done")
    assert caught.value.message == "a.md:5: “status” cannot be changed in place with certainty"
    with pytest.raises(EditError) as caught:
        set_value("a.md", data.replace(b"- id: A1\n  status", b"- ? id\n  : A1\n  ? status\n  "), "actions/0/due", "x")
    assert caught.value.message.startswith("a.md:4: “due”")
