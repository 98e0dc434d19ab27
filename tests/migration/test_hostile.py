"""Sources that were made to do harm, or that nobody meant to be read by a program."""

from __future__ import annotations

import codecs
import os
import time
from pathlib import Path

import pytest

from afterword import settings, starter
from afterword.migration import forms
from afterword.migration.collection import Collection, collect
from afterword.migration.links import rewrite
from afterword.migration.links.assets import MAX_BYTES, Assets
from afterword.migration.links.routes import Places
from afterword.migration.options import Options
from afterword.migration.plan import plan

REPORT = "# Checkout answered 503\n\n## Timeline\n\n- 2024-03-04 09:12 UTC It began\n\n## Root cause\n\nThe pool.\n"

HEAD = "# Outage of 2024-03-04\n\n## Root cause\n\nThe pool was exhausted, and nobody had asked for more of it.\n\n"
MARKUP = "<h1>Outage of 2024-03-04</h1><h2>Root cause</h2><p>The pool.</p><h2>Timeline</h2>"

no_windows = pytest.mark.skipif(os.name == "nt", reason="needs what the file systems of Windows do not have")


def collected(folder: Path) -> tuple[list[str], dict[str, str | None], list[str]]:
    """The paths of reports, what was left and why, and the other files."""
    found: Collection = collect(folder)
    return [item.path for item in found.reports], {item.path: item.why for item in found.left}, list(found.others)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "pool.md").write_text(REPORT, encoding="utf-8")
    return folder


@no_windows
def test_links_that_lead_nowhere_or_out_are_passed_over(source: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(REPORT, encoding="utf-8")
    for name, target in {"loop.md": "loop.md", "gone.md": "nothing", "out.md": "../secret.md", "in": "."}.items():
        (source / name).symlink_to(target)
    assert collected(source) == (["pool.md"], {}, [])


@no_windows
def test_links_to_hidden_files_are_passed_over(source: Path) -> None:
    (source / ".git").mkdir()
    (source / ".git" / "config").write_text("https://ana:pw@example.org", encoding="utf-8")
    (source / "graph.png").symlink_to(".git/config")
    assert collected(source) == (["pool.md"], {}, [])


@no_windows
def test_what_is_no_plain_file_is_passed_over(source: Path) -> None:
    os.mkfifo(source / "fifo.md")
    (source / "endless.md").symlink_to("/dev/zero")
    assert collected(source) == (["pool.md"], {}, [])


@no_windows
def test_names_that_are_no_text_are_written_out(source: Path) -> None:
    try:
        (source / os.fsdecode(b"p\xff.md")).write_text(REPORT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert collected(source) == ([r"p\xff.md", "pool.md"], {}, [])


def test_a_page_that_cannot_be_read_is_told(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "locked.md").write_text(REPORT, encoding="utf-8")
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "locked.md":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    assert collected(source) == (["pool.md"], {"locked.md": "it cannot be read: Permission denied"}, [])


def test_a_library_in_the_source_is_left_out(source: Path) -> None:
    (source / "library").mkdir()
    (source / "library" / "pool.md").write_text(REPORT, encoding="utf-8")
    assert [item.path for item in collect(source, source / "library", source / "none").reports] == ["pool.md"]


SIZE = 60_000
ENDLESS = {
    "handles": ("r.md", f"{HEAD}## Action items\n\n- " + "@a " * (SIZE // 3)),
    "tags": ("r.md", f"---\ntags: [{'a, ' * (SIZE // 3)}]\n---\n\n{HEAD}"),
    "services": ("r.md", f"---\nservices: [{', '.join(f's{at}' for at in range(SIZE // 8))}]\n---\n\n{HEAD}"),
    "keys": ("r.md", "---\n" + "".join(f"key{at}: a: b\n" for at in range(SIZE // 12)) + f"---\n\n{HEAD}"),
    "spans": ("r.html", f"{MARKUP}<table>" + "<tr><td rowspan=50 colspan=50>a<td>b" * (SIZE // 36)),
    "elements": ("r.html", MARKUP + "<div>" * 20_000 + "deep" + "</div>" * 20_000),
    "aliases": (
        "r.md",
        "---\n" + "".join(f"k{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, 2000)) + f"---\n{HEAD}",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_texts_are_read_in_time(tmp_path: Path, name: str) -> None:
    path, text = ENDLESS[name]
    (tmp_path / path).write_text(text, encoding="utf-8")
    begun = time.process_time()
    (made,) = plan(collect(tmp_path), settings.read(tmp_path, starter.files()["afterword.yml"]), Options()).files
    assert time.process_time() - begun < 15  # what grows with the square of the length takes minutes
    assert len(made.draft.text) < 10 * len(text)


def test_no_file_that_a_page_names_as_an_entity_is_read(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("a secret of this machine", encoding="utf-8")
    kind = f'<!DOCTYPE a [<!ENTITY own SYSTEM "{(tmp_path / "own.txt").as_uri()}"><!ENTITY two "&own;&own;">]>'
    page = forms.read("r.xml", f"{kind}\n<p>Read &own; and &two;</p><ac:emoticon/>".encode())
    assert "secret" not in page.text
    assert "&own;" in page.text.replace("\\", "").replace("&amp;", "&")


def test_assets_have_names_that_every_system_takes(tmp_path: Path) -> None:
    names = ["con.png", "AUX", "lpt1.log", "nul.tar.gz", "console.png", "a\nb.png", "é.png", "…", "x" * 200 + ".png"]
    files = {name: tmp_path / str(number) for number, name in enumerate(names)}
    for number, file in enumerate(files.values()):
        file.write_bytes(bytes([65 + number]))
    assets = Assets(files)
    assert [place[1].rpartition("/")[2] for name in names if (place := assets.place(name))] == [
        "file-con.png", "file-AUX", "file-lpt1.log", "file-nul.tar.gz", "console.png", "a-b.png", "e.png", "file",
        "x" * 80 + ".png",
    ]  # fmt: skip


def test_a_name_that_two_systems_write_in_two_ways_is_found(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a picture")
    composed, apart = "caf\u00e9.png", "cafe\u0301.png"
    for there, written in ((composed, apart), (apart, composed)):
        places = Places({}, Assets({there: tmp_path / "x"}))
        assert not rewrite(f"![a]({written})", "r.md", "postmortems/incidents/r.md", places).changes[0].dead


def test_a_nul_in_a_marked_text_leaves_a_file_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "pool.md").write_bytes(codecs.BOM_UTF16_LE + f"{REPORT}a\0b".encode("utf-16-le"))
    (made,) = plan(collect(tmp_path), settings.read(tmp_path, starter.files()["afterword.yml"]), Options()).files
    assert made.draft.errors == ()
    assert "a\ufffdb" in made.draft.text


def test_a_file_that_no_host_takes_is_no_asset(tmp_path: Path) -> None:
    with (tmp_path / "dump.bin").open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # a hole, which takes no place
    assert Assets({"dump.bin": tmp_path / "dump.bin"}).place("dump.bin") is None


def test_assets_of_one_name_are_numbered_in_time(tmp_path: Path) -> None:
    files = {}
    for number in range(3000):
        files[f"{number}/image.png"] = tmp_path / str(number)
        files[f"{number}/image.png"].write_text(str(number), encoding="utf-8")
    assets = Assets(files)
    begun = time.process_time()
    names = [place[1].rpartition("/")[2] for path in files if (place := assets.place(path))]
    assert names[:3] == ["image.png", "image-2.png", "image-3.png"]
    assert len(set(names)) == 3000
    assert time.process_time() - begun < 1
