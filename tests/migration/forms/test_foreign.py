"""Front matter of other tools: what it states, with its lines, and that nothing of it is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.migration.forms import read
from afterword.migration.forms.foreign import MAX_VALUE, front_of
from afterword.migration.page import Page


def stated(page: Page) -> list[tuple[str, str, int]]:
    """Keys, values and lines of what stands in the front matter."""
    return [(field.key, field.value, field.line) for field in page.fields if field.front]


YAML = """\
---
title: "Relay down: again"
date: 2024-03-04 09:12:00
draft: false
tags: [relay, "on call"]
author:
  name: Ana
  handle: "@ana"
resources:
  - src: "**.png"
    title: Graph
weight: 007
empty:
---

The relay stopped.
"""

TOML = """\
+++
title = "Relay down"
date = 2024-03-04T09:12:00Z
draft = false
tags = ["relay",
  "on call"]

[author]
name = 'Ana'
+++

The relay stopped.
"""

JSON = """\
{
  "title": "Relay down",
  "date": "2024-03-04",
  "draft": false,
  "tags": ["relay", "on call"],
  "author": {"name": "Ana"}
}

The relay stopped.
"""


def test_yaml_states_each_scalar_and_each_item_of_a_list_as_it_is_written() -> None:
    page = read("outage.md", YAML.encode())
    assert stated(page) == [
        ("title", "Relay down: again", 2),
        ("date", "2024-03-04 09:12:00", 3),
        ("draft", "false", 4),
        ("tags", "relay", 5),
        ("tags", "on call", 5),
        ("author.name", "Ana", 7),
        ("author.handle", "@ana", 8),
        ("resources.src", "**.png", 10),
        ("resources.title", "Graph", 11),
        ("weight", "007", 12),
    ]
    assert (page.title, page.title_line) == ("Relay down: again", 2)
    assert (page.text, page.lines) == ("\nThe relay stopped.\n", (15, 16, 17))


def test_toml_states_values_with_their_lines() -> None:
    page = read("outage.md", TOML.encode())
    assert stated(page) == [
        ("title", "Relay down", 2),
        ("date", "2024-03-04T09:12:00Z", 3),
        ("draft", "false", 4),
        ("tags", "relay", 5),
        ("tags", "on call", 6),
        ("author.name", "Ana", 9),
    ]
    assert (page.form, page.title, page.title_line) == ("Hugo", "Relay down", 2)
    assert (page.text, page.lines) == ("\nThe relay stopped.\n", (11, 12, 13))


def test_json_states_values_with_their_lines() -> None:
    page = read("outage.md", JSON.encode())
    assert stated(page) == [
        ("title", "Relay down", 2),
        ("date", "2024-03-04", 3),
        ("draft", "false", 4),
        ("tags", "relay", 5),
        ("tags", "on call", 5),
        ("author.name", "Ana", 6),
    ]
    assert page.text == "\nThe relay stopped.\n"
    assert page.lines[1] == 9


@pytest.mark.parametrize("text", [YAML, TOML, JSON], ids=["YAML", "TOML", "JSON"])
def test_the_raw_front_matter_is_kept_with_its_first_line(text: str) -> None:
    page = read("outage.md", text.encode())
    lines = text.split("\n")
    raw = page.front.split("\n")
    assert raw == lines[page.front_line - 1 : page.front_line - 1 + len(raw)]
    assert "Relay down" in page.front
    assert page.front_left(()) == page.front


def test_a_key_leaves_when_all_of_its_values_were_taken() -> None:
    page = read("outage.md", YAML.encode())
    assert page.front_left({2, 3}).startswith("draft: false\n")
    assert "tags" not in page.front_left({5})
    text = "---\ntags:\n  - relay\n  - hub\n---\n"
    assert read("a.md", text.encode()).front_left({3}) == "tags:\n  - relay\n  - hub"
    assert read("a.md", text.encode()).front_left({3, 4}) == ""


def test_a_mapping_stays_whole_and_so_does_a_line_with_a_remark() -> None:
    page = read("a.md", b"---\nauthor:\n  name: Ana\ntitle: Down # see the wiki\ndate: 2024-03-04\n---\n")
    assert page.front_left({3, 4, 5}) == "author:\n  name: Ana\ntitle: Down # see the wiki"


def test_toml_and_json_leave_line_by_line() -> None:
    assert read("a.md", TOML.encode()).front_left({2, 3, 9}).startswith("draft = false\ntags")
    assert '"title"' not in read("a.md", JSON.encode()).front_left({2})
    assert '"author"' in read("a.md", JSON.encode()).front_left({6})


def test_comments_and_long_texts_are_no_fields_but_stay_in_the_raw_front_matter() -> None:
    long = "x" * (MAX_VALUE + 1)
    page = read("a.md", f"---\n# a remark\nbody: |\n  One.\n  Two.\nlong: {long}\ntitle: Down\n---\nText.\n".encode())
    assert stated(page) == [("title", "Down", 7)]
    left = page.front_left({7})
    assert "# a remark" in left
    assert "  One.\n  Two." in left
    assert long in left


def test_a_folded_text_is_one_value() -> None:
    page = read("a.md", b"---\ndescription: >\n  It was\n  down.\ntitle: Down\n---\n")
    assert ("description", "It was down.") in [(key, value) for key, value, _ in stated(page)]
    assert page.front_left({2}) == "title: Down"
    assert page.front_left({5}) == "description: >\n  It was\n  down."


def test_a_value_with_a_colon_that_nobody_quoted_is_read_as_meant() -> None:
    page = read("a.md", b"---\ntitle: Down: again at 10:00: twice\nlead: @ana\ncode: `x`\n---\n")
    assert stated(page) == [("title", "Down: again at 10:00: twice", 2), ("lead", "@ana", 3), ("code", "`x`", 4)]


def test_the_end_may_be_dots_and_fences_may_have_blanks_behind_them() -> None:
    assert read("a.md", b"---  \ntitle: Down\n...\nText.\n").text == "Text.\n"
    assert read("a.md", b"+++ \ntitle = 'Down'\n+++\t\nText.\n").text == "Text.\n"


def test_an_empty_front_matter_is_no_text() -> None:
    page = read("_posts/2024-03-04-down.md", b"---\n---\nText.\n")
    assert (page.text, page.fields, page.front) == ("Text.\n", (), "")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [Down\n---\nText.\n",
        "---\ntitle: Down\nText without an end.\n",
        "---\nA paragraph between rules.\n---\n",
        "---\n- an item\n- another\n---\n",
        "+++\ntitle = Down\n+++\nText.\n",
        "+++\ntitle = 'Down'\nText.\n",
        '{"title": "Down"\nText.\n',
        '{"title": "Down"} and more text\n',
        '{{< notice text="a" >}}\nText.\n',
        '["title"]\nText.\n',
        "---\na: &a [x]\nb: *a\n---\nText.\n",
    ],
)
def test_what_cannot_be_read_stays_in_the_text(text: str) -> None:
    page = read("a.md", text.encode())
    assert page.text == text
    assert (page.fields, page.front, page.title) == ((), "", None)


def test_the_site_generator_is_told_by_what_stands_in_the_front_matter() -> None:
    forms = {
        "a.md": "---\ntitle: A\n---\n",
        "_posts/2024-03-04-a.md": "---\ntitle: A\n---\n",
        "b.md": "---\ntitle: A\nlinkTitle: B\n---\n",
        "c.md": "---\ntitle: A\nlastmod: 2024-03-04\n---\n",
        "d.md": "---\ntitle: A\nsection: issue\n---\n",
    }
    found = {path: read(path, text.encode()).form for path, text in forms.items()}
    assert list(found.values()) == ["Markdown", "Jekyll", "Docsy", "Hugo", "cState"]


_LINE = st.sampled_from(
    ["title: A", "a: b: c", "- x", "  - y", "  k: v", "# note", "", "text", "t: |", "  z", "x: [1,", "  2]", "@", "\t"]
)


@given(st.sampled_from(["---", "+++"]), st.lists(_LINE, max_size=8), st.lists(_LINE, max_size=3))
@example("---", ["t: |", "", "  z", ""], ["text"])
def test_no_line_of_any_front_matter_vanishes(fence: str, front: list[str], body: list[str]) -> None:
    lines = [fence, *front, fence, *body]
    page = read("a.md", "\n".join(lines).encode())
    if not page.front_line:
        assert page.text.split("\n") == lines
        return
    raw = page.front.split("\n") if page.front else []
    assert raw == lines[1 : 1 + len(raw)]
    rest = lines[1 + len(raw) :]
    if rest[0] == "":  # one empty line says nothing
        del rest[0]
    assert rest[0] in (fence, "---")
    assert page.text.split("\n") == (rest[1:] or [""])
    assert all(1 < field.line <= 1 + len(raw) for field in page.fields)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers() | st.booleans() | st.text(max_size=9)))
def test_a_json_object_states_all_that_it_holds(values: dict[str, int | bool | str]) -> None:
    text = json.dumps(values, indent=1) + "\n\nText.\n"
    front = front_of(text)
    assert front is not None
    written = {
        key: str(value).lower() if isinstance(value, bool) else str(value).strip() for key, value in values.items()
    }
    kept = {key: value for key, value in written.items() if value and "\n" not in value}
    assert {field.key: field.value for field in front.fields} == kept
