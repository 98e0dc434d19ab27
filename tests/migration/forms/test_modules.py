"""The imports and exports above the text of an MDX page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.forms import read
from afterword.migration.forms.modules import hidden

PAGE = """\
import { Layout } from '@/parts/Layout'
import Image from "next/image";

export const post = {
  draft: false,
  title: 'Relay down for an hour',
}

export default (props) => <Layout article={post} {...props} />

## What happened

The relay stopped.
"""


def test_modules_stand_in_comments_and_the_text_below_stays_on_its_lines() -> None:
    page = read("a/page.mdx", PAGE.encode())
    lines = page.text.split("\n")
    assert lines[0] == "<!-- import { Layout } from '@/parts/Layout'"
    assert lines[1] == 'import Image from "next/image"; -->'
    assert lines[8] == "<!-- export default (props) => <Layout article={post} {...props} /> -->"
    assert lines[10:13] == ["## What happened", "", "The relay stopped."]


def test_what_exports_state_is_beside_the_text() -> None:
    page = read("a/page.mdx", PAGE.encode())
    assert (page.title, page.title_line) == ("Relay down for an hour", 6)
    assert [(field.key, field.value, field.line, field.front) for field in page.fields] == [
        ("draft", "false", 5, True),
        ("title", "Relay down for an hour", 6, True),
    ]


def test_modules_below_front_matter_are_found() -> None:
    page = read("a.mdx", b"---\ntitle: A\n---\n\nimport Update from '@parts/Update.astro';\n\nIt broke.\n")
    assert page.text == "\n<!-- import Update from '@parts/Update.astro'; -->\n\nIt broke.\n"
    assert page.title == "A"


def test_the_time_that_a_component_shows_is_text() -> None:
    head = "import Update from './Update.astro';\n\n"
    one = hidden(f'{head}<Update date="2026-03-04T09:12:00Z">It works.</Update>\n')[0]
    assert one.endswith("\n\n2026-03-04T09:12:00Z It works.\n")
    many = hidden(f'{head}<Update date="2026-03-04">\nIt works.\n</Update>\n<Other date={{x}}/>\n')[0]
    assert many.endswith("\n\n2026-03-04 \nIt works.\n\n<Other date={x}/>\n")


def test_a_sentence_and_code_further_down_stay() -> None:
    for text in (
        "import the data from the backup\n",
        "import jobs failed from 'eu-1' onwards.\n",
        "export jobs failed\n",
        "import a from 'b'\nand then text\n",
        "Text.\n\nimport a from 'b'\n",
        "import a from 'b--c'\n",
    ):
        assert hidden(text) == (text, ())


@given(st.text(alphabet="import exportcns{}'\";:-\n a", max_size=80))
def test_no_line_is_lost(text: str) -> None:
    made = hidden(text)[0]
    assert [line.removeprefix("<!-- ").removesuffix(" -->") for line in made.split("\n")] == text.split("\n")
