"""No sentence is lost: each block of a source is said by its new file, in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.fixes.headings import canonical
from afterword.migration import forms
from afterword.migration.actions import Action
from afterword.migration.body import body
from afterword.migration.collection import Collection, Member
from afterword.migration.links import rewrite
from afterword.migration.links.assets import Assets
from afterword.migration.links.routes import Places
from afterword.migration.options import Options
from afterword.migration.outline import outline
from afterword.migration.plan import plan
from afterword.settings import Settings
from tests.migration.conservation import Words, blocks, lost
from tests.migration.making import reading

NO_REPORTS = {"README.md", "LICENSE", ".gitignore"}


def renamed(text: str) -> list[str]:
    """Headings that said no more than the name of a part, and bear the template's name for it now."""
    return [block.text for block in outline(text).blocks if block.kind == "heading" and canonical(block.text)]


def heads(text: str) -> list[str]:
    """The names of columns, which leave with the last row of their table."""
    return [block.text for block in blocks(text) if block.kind == "th_open"]


@pytest.mark.parametrize("name", ["dfds", "chia"])
def test_no_sentence_of_real_reports_is_lost(corpora: Path, name: str) -> None:
    root = corpora / name
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.name not in NO_REPORTS)
    reports = tuple(Member(path.relative_to(root).as_posix(), path.read_bytes()) for path in files)
    made = plan(Collection(root, reports, (), {}), Settings({}, {}), Options())
    sources = {member.path: member.data for member in reports}
    assert len(made.files) == len(reports) > 30
    for item in made.files:
        text = forms.read(item.source, sources[item.source]).text
        front, _, rest = item.draft.text.removeprefix("---\n").partition("\n---\n")
        allowed = [*renamed(text), *(heads(text) if item.draft.actions else ())]
        assert lost(text, rest, front, allowed) == [], item.source


WORDS = st.text(alphabet="abcxyz", min_size=1, max_size=4)
SENTENCE = st.lists(
    st.one_of(
        WORDS,
        st.builds("`{}`".format, WORDS),
        st.builds("**{}**{{{}}}".format, WORDS, WORDS),
        st.builds("[{} {}]({}.md)".format, WORDS, WORDS, WORDS),
        st.builds("![{}]({}.png)".format, WORDS, WORDS),
        st.builds('<a href="{}">{}</a>'.format, WORDS, WORDS),
        st.sampled_from(("{ a: 1 }", "<br>", "\\*", "*[A]: b", "#5", "x_y_z", "& <", "10:05", "[a][1]")),
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
NAMES = st.sampled_from(
    ("Summary", "Issue Summary", "Timeline (UTC)", "Timeline", "Impact", "Root cause", "Five whys", "Action Items",
     "Odd one", "10:05 Alert", "Stats", "Lessons Learned", "Resumo", "Notes", "What went well")
)  # fmt: skip
HEADING = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "#####", "######"]), st.one_of(NAMES, SENTENCE)),
    st.builds("{}\n{}".format, NAMES, st.sampled_from(["===", "---"])),
)
BLOCK = st.one_of(
    HEADING,
    SENTENCE,
    st.lists(SENTENCE, min_size=2, max_size=3).map("\n".join),
    st.lists(SENTENCE, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(SENTENCE, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"1. {item}\n   - x{item}" for item in items)
    ),
    SENTENCE.map(lambda text: f"> {text}\n> # {text}"),
    SENTENCE.map(lambda text: f"```\n{text}\n# {text}\n```"),
    SENTENCE.map(lambda text: f"    {text}\n    # code"),
    SENTENCE.map(lambda text: f"<div>\n{text}\n</div>"),
    st.lists(SENTENCE.map(lambda text: text.replace("|", "/")), min_size=2, max_size=4).map(
        lambda cells: f"| {cells[0]} | b |\n| --- | --- |\n" + "\n".join(f"| {cell} | y |" for cell in cells[1:])
    ),
    st.sampled_from(["---", "[1]: a.md", "[1]: https://example.org", "<!-- afterword: ignore AW302 -->", "***"]),
)
PAGE = st.lists(BLOCK, max_size=12).map("\n\n".join)
TIGHT = st.lists(BLOCK, max_size=8).map("\n".join)


@given(st.one_of(PAGE, TIGHT), st.booleans(), st.data())
def test_no_block_of_any_page_is_lost(text: str, is_titled: bool, data: st.DataObject) -> None:
    read = reading(text)
    sections = read.outline.sections[1:]
    title = sections[0].first if is_titled and sections else None
    items = [block for block in read.outline.blocks if block.kind in ("item", "row") and not block.quoted]
    gone = data.draw(st.lists(st.sampled_from(items), max_size=3, unique=True)) if items else []
    gone = [block for block in gone if block.cells != block.heads or not block.cells]
    actions = tuple(Action(block.text[:300], block.first, block.last) for block in gone)
    links = rewrite(
        text, "page.md", "postmortems/incidents/2021/x.md", Places({"a.md": "postmortems/incidents/y.md"}, Assets({}))
    )
    made = body(read, title, actions, links.changes)
    elsewhere = "\n".join("\n".join(text.split("\n")[block.first : block.last]) for block in gone)
    said = [] if title is None else [sections[0].heading]
    front = [word.text for word in blocks("\n\n".join([elsewhere, *(f"# {heading}" for heading in said)]))]
    allowed = [*renamed(text), *(heads(text) if gone else ()), *said]
    assert lost(text, made, " ".join([*front, elsewhere, *said]), allowed) == []


def test_what_is_lost_is_found() -> None:
    source = "# One\n\nfirst words\n\n- second words\n- third words\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert lost(source, source) == []
    assert [item.text for item in lost(source, source.replace("- second words\n", ""))] == ["secondwords"]
    assert lost(source, source.replace("- second words\n", ""), "title: words, second") == []
    assert [item.text for item in lost(source, source.replace("| c | d |", "| d | c |"))] == ["c"]
    swapped = source.replace("- second words\n- third words", "- third words\n- second words")
    assert len(lost(source, swapped)) == 1
    assert isinstance(lost(source, "")[0], Words)
