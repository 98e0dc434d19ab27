"""Archives: what is plain is unpacked, anything else is refused before it can do harm."""

from __future__ import annotations

import contextlib
import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.offline.archive import ArchiveError, Limits, is_archive, unpack


def packed(*entries: tuple[str, bytes] | tarfile.TarInfo) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                archive.addfile(entry)
                continue
            info = tarfile.TarInfo(entry[0])
            info.size = len(entry[1])
            archive.addfile(info, io.BytesIO(entry[1]))
    return buffer.getvalue()


def special(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = link
    return info


def unpacked(data: bytes, tmp_path: Path, limits: Limits | None = None) -> Path:
    path = tmp_path / "some.tar"
    path.write_bytes(data)
    folder = tmp_path / "out"
    folder.mkdir(exist_ok=True)
    unpack(path, folder, limits or Limits())
    return folder


def test_names_tell_archives() -> None:
    assert [is_archive(Path(name)) for name in ("a.tgz", "a.TAR", "a.tar.gz", "a.gz", "a.zip")] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_files_and_folders_are_unpacked(tmp_path: Path, pack: type[bytes]) -> None:
    data = pack(packed(special("a", tarfile.DIRTYPE), ("a/b/c", b"1"), ("./d", b"2" * 3_000_000), ("empty", b"")))
    folder = unpacked(data, tmp_path)
    assert (folder / "a/b/c").read_bytes() == b"1"
    assert len((folder / "d").read_bytes()) == 3_000_000
    assert (folder / "empty").read_bytes() == b""


@pytest.mark.parametrize(
    "entry",
    [
        ("/etc/passwd", b"x"),
        ("../up", b"x"),
        ("a/../../up", b"x"),
        ("C:/windows", b"x"),
        ("a\\..\\b", b"x"),
        ("a\nb", b"x"),
        ("/".join("x" * 20), b"x"),
        special("link", tarfile.SYMTYPE, "/etc"),
        special("link", tarfile.LNKTYPE, "a"),
        special("device", tarfile.CHRTYPE),
        special("device", tarfile.BLKTYPE),
        special("pipe", tarfile.FIFOTYPE),
    ],
    ids=lambda entry: entry[0][:12] if isinstance(entry, tuple) else f"{entry.name}-{entry.type!r}",
)
def test_what_is_no_plain_file_beneath_the_root_is_refused(
    tmp_path: Path, entry: tuple[str, bytes] | tarfile.TarInfo
) -> None:
    with pytest.raises(ArchiveError, match="entry"):
        unpacked(packed(("a", b"1"), entry), tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "out", "some.tar"]


def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="twice"):
        unpacked(packed(("a", b"1"), ("a", b"2")), tmp_path)


def test_size_and_number_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="more than"):
        unpacked(packed(("a", b"1" * 2000)), tmp_path, Limits(size=1999))
    with pytest.raises(ArchiveError, match="more than"):
        unpacked(packed(("b", b""), ("c", b"")), tmp_path, Limits(entries=1))


def test_a_bomb_is_refused_before_it_fills_anything(tmp_path: Path) -> None:
    info = tarfile.TarInfo("bomb")
    info.size = 1 << 40
    with pytest.raises(ArchiveError, match="more than"):
        unpacked(gzip.compress(info.tobuf() + bytes(1 << 20)), tmp_path)
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, 1 << 30
    with pytest.raises(ArchiveError, match="header"):
        unpacked(gzip.compress(header.tobuf() + bytes(1 << 20)), tmp_path)


@pytest.mark.parametrize("keep", [0, 1, 300, 600, 1500])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_cut_off_archive_is_refused(tmp_path: Path, pack: type[bytes], keep: int) -> None:
    data = pack(packed(("a", bytes(range(256)) * 8), ("b", b"2")))
    with pytest.raises(ArchiveError, match=r"some\.tar"):
        unpacked(data[: min(keep, len(data) - 10)], tmp_path)


def test_an_archive_that_was_cut_off_between_two_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="unexpected end"):
        unpacked(packed(("a", b"1"), ("b", b"2"))[:1024], tmp_path)


@given(st.binary(max_size=2000))
def test_any_bytes_give_an_error_or_files_beneath_the_folder(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    with contextlib.suppress(ArchiveError):
        unpacked(data, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"some.tar", "out"}
