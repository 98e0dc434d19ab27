"""The outline of a page: its blocks with their lines, and its sections."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.outline import Block, outline

TEXT = """\
Before.

- one
- two
  more

  of it

  1. nested

> said
>
> - in a quote

| When | What |
| --- | --- |
| 10:00 | down |
| 10:05 |

- [ ] open
- [x] done
- ```
  code
  ```

```
fence
```

<div>x</div>

---
"""


def test_blocks_have_their_kinds_texts_and_lines() -> None:
    found = [(item.kind, item.text, item.first, item.last, item.depth) for item in outline(TEXT).blocks]
    assert found == [
        ("paragraph", "Before.", 0, 1, 0),
        ("item", "one", 2, 3, 1),
        ("item", "two\nmore", 3, 9, 1),
        ("paragraph", "of it", 6, 7, 1),
        ("item", "nested", 8, 9, 2),
        ("paragraph", "said", 10, 11, 0),
        ("item", "in a quote", 12, 13, 1),
        ("row", "When | What", 14, 15, 0),
        ("row", "10:00 | down", 16, 17, 0),
        ("row", "10:05 | ", 17, 18, 0),
        ("item", "open", 19, 20, 1),
        ("item", "done", 20, 21, 1),
        ("code", "code\n", 21, 24, 1),
        ("code", "fence\n", 25, 28, 0),
        ("html", "<div>x</div>\n", 29, 30, 0),
        ("rule", "", 31, 32, 0),
    ]


def test_rows_know_their_columns_tasks_their_boxes_and_quotes_what_they_are() -> None:
    blocks = outline(TEXT).blocks
    assert [(item.cells, item.heads) for item in blocks if item.kind == "row"] == [
        (("When", "What"), ("When", "What")), (("10:00", "down"), ("When", "What")), (("10:05", ""), ("When", "What")),
    ]  # fmt: skip
    assert [item.done for item in blocks if item.text in ("open", "done", "one")] == [None, False, True]
    assert [item.text for item in blocks if item.quoted] == ["said", "in a quote"]


def test_sections_know_their_part_by_their_heading_or_by_those_above() -> None:
    text = (
        "lead\n\n# Down\n\n## Timeline\n\n### 10:05\n\n### Odd\n\n## Odd\n\n> # Quoted\n\n- # Listed\n\nFix\n---\n\nx\n"
    )
    shape = outline(text)
    assert [(item.heading, item.level, item.first, item.last, item.part, item.above) for item in shape.sections] == [
        ("", 0, 0, 2, None, ()),
        ("Down", 1, 2, 4, None, ()),
        ("Timeline", 2, 4, 6, "timeline", (1,)),
        ("10:05", 3, 6, 8, "timeline", (1, 2)),
        ("Odd", 3, 8, 10, "timeline", (1, 2)),
        ("Odd", 2, 10, 16, None, (1,)),
        ("Fix", 2, 16, 21, "resolution", (1,)),
    ]
    assert [item.text for item in shape.of("resolution")] == ["x"]


def test_a_title_is_no_part_however_it_begins() -> None:
    assert [item.part for item in outline("# Impact of the storm\n\n## Odd\n").sections] == [None, None, None]
    assert [item.part for item in outline("# Timeline\n\n## Odd\n").sections] == [None, "timeline", "timeline"]
    assert [item.part for item in outline("# Impact\n\n# Fix\n").sections] == [None, "summary", "resolution"]


@given(st.text(alphabet="#-*>|`~=[]()<!x1. \t\n{}", max_size=200))
def test_no_text_breaks_it_and_each_block_lies_in_the_text_and_in_its_section(text: str) -> None:
    shape = outline(text)
    total = text.count("\n") + 1
    for block in shape.blocks:
        assert 0 <= block.first <= block.last <= total
        assert block.kind == "rule" or block.last > block.first
        section = shape.sections[block.section]
        assert section.first <= block.first < section.last or _is_nested(block)
    assert [section.first for section in shape.sections] == sorted(section.first for section in shape.sections)


def _is_nested(block: Block) -> bool:
    return block.depth > 0 or block.quoted
