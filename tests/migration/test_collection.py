"""What a source holds: its reports, what was left for which reason, and all other files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from afterword.errors import AfterwordError
from afterword.migration import collection
from afterword.migration.collection import collect, is_hidden, sorted_out
from afterword.source import MAX_BYTES

REPORT = """\
# Checkout answered 503

On 2024-03-04 the checkout answered 503.

## Timeline

- 09:12 UTC It began

## Root cause

The pool of connections was too small.
"""
STORAGE = (
    "<h2>Timeline</h2><p>09:12 it began</p><h2>Root cause</h2><p>The pool was too small.</p>"
    '<ac:structured-macro ac:name="toc" />'
)

no_windows = pytest.mark.skipif(os.name == "nt", reason="needs what the file systems of Windows do not have")


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """The folder with these files in it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def reports(folder: Path) -> list[str]:
    return [member.path for member in collect(folder).reports]


def left(folder: Path) -> dict[str, str | None]:
    return {member.path: member.why for member in collect(folder).left}


def test_each_file_is_a_report_left_or_something_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b.md": REPORT, "2024/a.markdown": REPORT, "2024/c.md.erb": REPORT, "README.md": "# How we write them\n",
            "2024/graph.png": b"\x89PNG\0", "2024/data.csv": "a,b\n", "d.mdx": REPORT,
        },
    )  # fmt: skip
    found = collect(tmp_path)
    assert [member.path for member in found.reports] == ["2024/a.markdown", "2024/c.md.erb", "b.md", "d.mdx"]
    assert all(member.data == REPORT.encode() and member.why is None for member in found.reports)
    assert [(member.path, member.why) for member in found.left] == [("README.md", "a read-me file")]
    assert list(found.others) == ["2024/data.csv", "2024/graph.png"]
    assert found.others["2024/graph.png"] == tmp_path / "2024" / "graph.png"
    assert found.root == tmp_path


def test_exports_without_a_known_ending_are_reports_by_what_stands_in_them(tmp_path: Path) -> None:
    html = "<html><body><h1>Outage</h1><h2>Timeline</h2><p>2024-03-04 09:12</p></body></html>"
    write(
        tmp_path,
        {
            "page.xml": STORAGE, "12345": STORAGE, "v1.19": STORAGE, "page.html": html, "note.txt": REPORT,
            "pom.xml": "<project><name>x</name></project>", "Makefile": "all:\n\techo\n", "site.html": "<p>Hello</p>",
            "robots.txt": "User-agent: *\n",
        },
    )  # fmt: skip
    assert reports(tmp_path) == ["12345", "note.txt", "page.html", "page.xml", "v1.19"]
    assert left(tmp_path) == {}
    assert list(collect(tmp_path).others) == ["Makefile", "pom.xml", "robots.txt", "site.html"]


def test_an_exported_page_is_judged_without_what_the_product_puts_around_it(tmp_path: Path) -> None:
    around = "<ul><li>Timeline</li></ul><h2>Root cause</h2><h2>Timeline</h2>"
    page = f'<html><body>{around}<div id="main-content"><p>Lunch on Friday.</p></div></body></html>'
    write(tmp_path, {"Lunch_123.html": page})
    assert reports(tmp_path) == []


def test_reports_in_what_is_not_read_are_told_and_other_such_pages_are_not(tmp_path: Path) -> None:
    report = "= Outage of 2024-03-04\n\n== Timeline\n\n# Timeline\n\n# Root cause\n"
    write(tmp_path, {"a.adoc": report, "b.rst": "# Timeline\n\n2024-03-04 it broke.\n", "guide.adoc": "= Guide\n"})
    assert left(tmp_path) == {
        "a.adoc": "written in AsciiDoc, which is not read: convert it to Markdown",
        "b.rst": "written in reStructuredText, which is not read: convert it to Markdown",
    }
    assert list(collect(tmp_path).others) == ["guide.adoc"]


def test_documents_that_look_like_reports_are_told_with_the_way_out(tmp_path: Path) -> None:
    names = [
        "2024/b.md", "2024/B.pdf", "2024/c.pdf", "2024/d.docx", "2024/e.odt", "2024/f.rtf", "2024/g.gdoc",
        "other/Outage of March.pdf", "other/2024-03-04.DOC", "other/menu.pdf", "assets/incident.pdf", "2024/x.xlsx",
    ]  # fmt: skip
    found = collect(write(tmp_path, dict.fromkeys(names, REPORT)))
    assert {member.path: member.why for member in found.left} == {
        "2024/c.pdf": "a PDF, which is not read: export what it was made of as HTML or Markdown",
        "2024/d.docx": "a Word document, which is not read: save it as HTML",
        "2024/e.odt": "an OpenDocument text, which is not read: save it as HTML",
        "2024/f.rtf": "Rich Text, which is not read: save it as HTML",
        "2024/g.gdoc": "a shortcut that holds no text of its Google document, which is not read: "
        "download that as Markdown",
        "other/Outage of March.pdf": "a PDF, which is not read: export what it was made of as HTML or Markdown",
        "other/2024-03-04.DOC": "a Word document, which is not read: save it as HTML",
    }
    assert [member.path for member in found.left] == sorted(member.path for member in found.left)
    assert set(found.others) == set(names) - {"2024/b.md"}


def test_where_nothing_can_be_read_every_document_is_told(tmp_path: Path) -> None:
    assert list(left(write(tmp_path, {"a.pdf": "x", "b/c.docx": "x", "attachments/d.pdf": "x"}))) == [
        "a.pdf", "b/c.docx",
    ]  # fmt: skip


def test_hidden_folders_and_those_of_tools_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {".git/a.md": REPORT, "node_modules/x/a.md": REPORT, ".a.md": REPORT, "x/__pycache__/a.md": REPORT})
    found = collect(tmp_path)
    assert (found.reports, found.left, found.others) == ((), (), {})
    assert is_hidden("a/.github/b.md")
    assert is_hidden("a/node_modules/b.md")
    assert not is_hidden("a.b/c.md")


def test_a_file_that_is_too_large_is_left_unread(tmp_path: Path) -> None:
    large = REPORT.encode() + b"x" * MAX_BYTES
    write(tmp_path, {"a.md": large, "b.html": large, "c.md": large[:MAX_BYTES]})
    found = collect(tmp_path)
    assert [member.path for member in found.reports] == ["c.md"]
    assert [(member.path, member.data, member.why) for member in found.left] == [("a.md", b"", "larger than 1 MB")]
    assert list(found.others) == ["b.html"]


def test_what_is_no_text_is_no_report_whatever_its_name_says(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"# Outage\0", "b.html": b"\0", "c": b"\0", "d.md": REPORT.encode("utf-16")})
    assert reports(tmp_path) == ["d.md"]
    assert left(tmp_path) == {"a.md": "no text: it holds NUL characters"}
    assert list(collect(tmp_path).others) == ["b.html", "c"]


@no_windows
def test_a_link_is_followed_to_a_file_inside_and_the_report_counts_once(tmp_path: Path) -> None:
    source = write(tmp_path / "source", {"a.md": REPORT, "pictures/graph.png": b"\0"})
    write(tmp_path / "outside", {"secret.md": REPORT})
    (source / "again.md").symlink_to("a.md")
    (source / "graph.png").symlink_to("pictures/graph.png")
    (source / "out.md").symlink_to(tmp_path / "outside" / "secret.md")
    (source / "folder").symlink_to(tmp_path / "outside")
    found = collect(source)
    assert [member.path for member in found.reports] == ["a.md"]
    assert list(found.others) == ["again.md", "graph.png", "pictures/graph.png"]


def test_folders_that_are_to_be_left_out_are(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": REPORT, "library/a.md": REPORT, "2024/library/b.md": REPORT})
    found = collect(tmp_path, tmp_path / "2024" / ".." / "library", tmp_path / "missing")
    assert [member.path for member in found.reports] == ["2024/library/b.md", "a.md"]


def test_the_order_is_that_of_the_paths_whatever_the_order_of_finding(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(("b/a.md", "a.md", "B1.md", "a/z.md", "a-b.md"), REPORT))
    found = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.md")}
    once, again = sorted_out(tmp_path, found), sorted_out(tmp_path, dict(reversed(found.items())))
    assert once == again
    assert [member.path for member in once.reports] == sorted(found)


def test_a_folder_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MAX_FILES", 3)
    write(tmp_path, dict.fromkeys(("1.png", "2.png", "3.png"), b"\0"))
    assert len(collect(tmp_path).others) == 3
    write(tmp_path, {"x/3.png": b"\0"})
    with pytest.raises(AfterwordError, match="holds more than 3 files"):
        collect(tmp_path)


def test_a_source_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        collect(tmp_path / "missing")


def test_the_readme_of_a_folder_of_its_own_is_the_report(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "2024-03-04-checkout/README.md": REPORT, "2024-03-04-checkout/graph.png": b"\0",
            "2024-03-05-cart/index.md": REPORT, "2024-03-06-both/README.md": REPORT, "2024-03-06-both/cart.md": REPORT,
            "README.md": REPORT,
        },
    )  # fmt: skip
    assert reports(tmp_path) == [
        "2024-03-04-checkout/README.md", "2024-03-05-cart/index.md", "2024-03-06-both/cart.md",
    ]  # fmt: skip
    assert left(tmp_path) == {"2024-03-06-both/README.md": "a read-me file", "README.md": "a read-me file"}


def test_the_one_page_of_a_source_may_be_its_readme(tmp_path: Path) -> None:
    assert reports(write(tmp_path, {"README.md": REPORT})) == ["README.md"]
