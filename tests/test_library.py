"""A library loads the same whatever the cache, the number of processes or the order of files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from afterword import cache, library, settings
from afterword.errors import ConflictError, SettingsError
from afterword.files import create, write_atomically
from afterword.findings import Finding
from afterword.library import Library, Query
from afterword.model import Kind, Origin, Postmortem
from afterword.timing import parse_moment
from tests.reading import FRONT, page

SETTINGS = """\
schema: 1
severities: {SEV1: {title: Critical, critical: true}, SEV3: {title: Minor}}
categories: {capacity: {title: Capacity}}
teams: {team-payments: {title: Payments}}
services: {checkout: {title: Checkout, team: team-payments}, orders: {title: Orders}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "afterword.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "postmortems/incidents/2026").mkdir(parents=True)
    return tmp_path


def put(home: Path, name: str, content: str | bytes) -> Path:
    path = home / "postmortems/incidents/2026" / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(home: Path, *, use_cache: bool = True, workers: int | None = 1) -> Library:
    return library.load(home, settings.load(home), use_cache=use_cache, workers=workers)


def facts(loaded: Library) -> tuple[list[Postmortem], list[Finding], list[str]]:
    findings = [finding for record in loaded.records for finding in record.findings]
    return list(loaded.postmortems), findings, [str(item.mark("actions/0/due")) for item in loaded.postmortems]


def fill(home: Path, count: int) -> None:
    for number in range(count):
        front = FRONT.replace("503", f"{number}").replace("alert", "alarm" if number % 7 == 3 else "alert")
        put(home, f"2026-03-04-incident-{number:03}.md", page(front))
    put(home, "2026-03-04-broken.md", "---\ntitle: [\n---\n")


def test_cold_warm_serial_and_parallel_runs_are_the_same(home: Path) -> None:
    fill(home, 200)
    serial = facts(load(home, use_cache=False))
    parallel = facts(load(home, use_cache=False, workers=2))
    cold = facts(load(home, workers=2))
    assert (home / cache.FILE).is_file()
    warm = facts(load(home))
    assert serial == parallel == cold == warm


def test_a_changed_file_is_read_again(home: Path) -> None:
    put(home, "2026-03-04-a.md", page())
    assert load(home).postmortems[0].title == "Checkout answered 503"
    put(home, "2026-03-04-a.md", page(FRONT.replace("503", "504")))
    assert load(home).postmortems[0].title == "Checkout answered 504"


def test_a_removed_file_is_gone(home: Path) -> None:
    path = put(home, "2026-03-04-a.md", page())
    put(home, "2026-03-04-b.md", page())
    load(home)
    path.unlink()
    assert [item.id for item in load(home).postmortems] == ["2026-03-04-b"]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"[" * 100_000, id="another file"),
        pytest.param(lambda good: good[: len(good) // 2], id="cut off"),
        pytest.param(lambda good: good.replace(b"\t", b" "), id="no tabs"),
        pytest.param(lambda good: good.replace(b"Checkout", b"Chackout"), id="a changed title"),
        pytest.param(lambda good: good.splitlines(keepends=True)[0] + b"[" * 100_000 + b"\t{}\n", id="deep"),
        pytest.param(lambda good: good.splitlines(keepends=True)[0] + b'[1, 2]\t{}\n"x"\t{}\n', id="other shapes"),
        pytest.param(
            lambda good: good.replace(b'"2026-', b'["2026-').replace(b'.md"', b'.md"]'), id="a list for a path"
        ),
        pytest.param(lambda good: good.replace(b"true,", b"false,"), id="another verdict"),
        pytest.param(lambda good: good.replace(b"[]", b"[[1]]"), id="lists in lists"),
        pytest.param(lambda good: good.splitlines(keepends=True)[0] + b"\xff\xfe\t\xff\n", id="no text"),
    ],
)
def test_a_broken_cache_is_ignored(home: Path, spoil: Callable[[bytes], bytes]) -> None:
    put(home, "2026-03-04-a.md", page())
    expected = facts(load(home))
    stored = home / cache.FILE
    stored.write_bytes(spoil(stored.read_bytes()))
    assert facts(load(home)) == expected


def test_a_cache_that_cannot_be_written_is_no_fault(home: Path) -> None:
    put(home, "2026-03-04-a.md", page())
    (home / ".cache").write_text("in the way", encoding="utf-8")
    assert len(load(home).postmortems) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_reported_and_not_waited_for(home: Path) -> None:
    put(home, "2026-03-04-a.md", page())
    os.mkfifo(home / "postmortems/incidents/2026/2026-03-05-pipe.md")
    loaded = load(home)
    assert [item.id for item in loaded.postmortems] == ["2026-03-04-a"]
    assert [finding.message for record in loaded.rejected for finding in record.findings] == [
        "file cannot be read: it is no ordinary file"
    ]


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are text there")
def test_a_name_that_is_no_utf_8_keeps_the_cache(home: Path) -> None:
    put(home, os.fsdecode(b"2026-03-04-\xff.md"), page())
    put(home, "2026-03-04-two\nlines.md", page())
    cold = facts(load(home))
    assert (home / cache.FILE).is_file()
    assert facts(load(home)) == cold
    assert len(cache.load(home, cache.key(settings.load(home).digest))) == 2


def test_many_can_load_and_write_the_cache_at_once(home: Path) -> None:
    fill(home, 20)
    expected = facts(load(home, use_cache=False))
    with ThreadPoolExecutor(4) as pool:

        def again(number: int) -> bool:
            path = home / f"postmortems/incidents/2026/2026-03-04-incident-{number % 3:03}.md"
            write_atomically(path, path.read_bytes() + b"\n", sync=False)
            return facts(load(home))[2] == expected[2]

        assert all(pool.map(again, range(24)))


SCRIPT = """
import sys
from pathlib import Path
from afterword import library, settings
root = Path(sys.argv[1])
print(len(library.load(root, settings.load(root), use_cache=False, workers=2).postmortems))
"""


@pytest.mark.parametrize("way", ["a script without a guard", "standard input", "an argument"])
def test_a_caller_that_workers_cannot_import_still_gets_its_library(home: Path, tmp_path: Path, way: str) -> None:
    fill(home, 400)  # more than a pipe holds, if the files themselves were sent
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    arguments = {"a script without a guard": str(script), "standard input": "-"}.get(way, "-c")
    command = [sys.executable, arguments, *([SCRIPT] if arguments == "-c" else []), str(home)]
    done = subprocess.run(command, input=SCRIPT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "343"


def test_settings_that_were_judged_are_not_judged_again(home: Path) -> None:
    put(home, "2026-03-04-a.md", page())
    loaded = load(home)
    assert cache.holds(home, cache.key(loaded.settings.digest))
    (home / "afterword.yml").write_text(SETTINGS + "nmae: Other\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        settings.load(home, judged=lambda digest: cache.holds(home, cache.key(digest)))


def test_other_settings_make_the_cache_foreign(home: Path) -> None:
    key = cache.key(settings.load(home).digest)
    (home / "afterword.yml").write_text(SETTINGS + "name: Other\n", encoding="utf-8")
    assert cache.key(settings.load(home).digest) != key


def test_a_bad_file_hides_no_other(home: Path) -> None:
    put(home, "2026-03-04-a.md", b"\xff\xfe")
    put(home, "2026-03-05-b.md", page())
    loaded = load(home)
    assert [item.id for item in loaded.postmortems] == ["2026-03-05-b"]
    assert [record.path.rsplit("/", 1)[-1] for record in loaded.rejected] == ["2026-03-04-a.md"]


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege on Windows")
def test_links_are_not_followed(home: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(page(), encoding="utf-8")
    (home / "postmortems/incidents/2026/2026-03-04-link.md").symlink_to(secret)
    loaded = load(home)
    assert loaded.postmortems == ()
    assert "symbolic link" in loaded.rejected[0].findings[0].message


def test_pages_that_are_no_incidents_are_left_out(home: Path) -> None:
    put(home, "index.md", "# Incidents\n")
    put(home, "README.md", "# Read me\n")
    put(home, ".2026-hidden.md", page())
    assert load(home).records == ()


def test_queries_choose_by_every_field(home: Path) -> None:
    put(home, "2026-03-04-a.md", page())
    put(home, "2026-03-05-b.md", page(FRONT.replace("[checkout]", "[orders]").replace("SEV3", "SEV1")))
    put(home, "2026-03-06-c.md", page(FRONT.replace("kind: incident", "kind: near-miss")))
    loaded = load(home)
    chosen = {
        "service": Query(service="orders"),
        "severity": Query(severity="SEV1"),
        "team": Query(team="team-payments"),
        "kind": Query(kind=Kind.NEAR_MISS),
        "origin": Query(origin=Origin.PUBLIC),
        "until": Query(until=parse_moment("2026-03-03")),
        "since": Query(since=parse_moment("2026-03-04")),
    }
    ids = {name: sorted(item.id[-1] for item in loaded.select(query)) for name, query in chosen.items()}
    assert ids == {
        "service": ["b"], "severity": ["b"], "team": ["a", "c"], "kind": ["c"], "origin": [], "until": [],
        "since": ["a", "b", "c"],
    }  # fmt: skip


def test_former_ids_lead_to_the_postmortem(home: Path) -> None:
    put(home, "2026-03-04-a.md", page(FRONT + "aliases: [old-name, 2026-03-05-b]\n"))
    put(home, "2026-03-05-b.md", page())
    loaded = load(home)
    assert loaded.by_id["old-name"].id == "2026-03-04-a"
    assert loaded.by_id["2026-03-05-b"].id == "2026-03-05-b"


def test_create_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "deep/a.md"
    create(path, b"first")
    with pytest.raises(ConflictError):
        create(path, b"second")
    assert path.read_bytes() == b"first"
    assert [item.name for item in path.parent.iterdir()] == ["a.md"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"No space.*a\.md"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.md"]


def test_the_cache_of_many_is_not_written_anew_for_one_changed_file(home: Path) -> None:
    fill(home, 70)
    load(home)
    kept = (home / cache.FILE).read_bytes()
    put(home, "2026-03-04-incident-001.md", page(FRONT.replace("503", "504")))
    again = load(home)
    assert (home / cache.FILE).read_bytes() == kept
    assert again.by_id["2026-03-04-incident-001"].title == "Checkout answered 504"
    assert facts(again) == facts(load(home, use_cache=False))
    put(home, "2026-03-04-incident-002.md", page(FRONT.replace("503", "505")))
    load(home)  # two of seventy are worth it
    assert (home / cache.FILE).read_bytes() != kept
