"""``afterword migrate`` where somebody means harm, or where it is stopped in the middle."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from afterword import files
from afterword.cli.group import cli
from afterword.cli.migrating import Shelf
from tests.confidentiality.leaky import Leaky

REPORT = """\
# Checkout answered 503

## Timeline

- 2024-03-04 09:12 UTC Checkout started to answer 503
- 2024-03-04 09:50 UTC Service restored

## Root cause

The pool was exhausted. ![graph](graph.png)
"""
DRAFT = "postmortems/incidents/2024/2024-03-04-checkout-answered-503.md"
LEDGER = ".afterword/migration.json"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "pool.md").write_text(REPORT, encoding="utf-8")
    (folder / "graph.png").write_bytes(b"a picture")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "library"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(item) for item in arguments])


def migrate(source: Path, out: Path, *more: str) -> dict[str, Any]:
    result = run("migrate", source, out, "--format", "json", *more)
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.output)
    return said


def outcomes(said: dict[str, Any]) -> dict[str, str]:
    return {item["source"]: item["outcome"] for item in said["files"]}


def tree(folder: Path) -> dict[str, bytes]:
    return {item.relative_to(folder).as_posix(): item.read_bytes() for item in folder.rglob("*") if item.is_file()}


def falsify(out: Path, source: str, path: str) -> None:
    """Has the ledger say that a file was written for a source."""
    book = json.loads((out / LEDGER).read_text(encoding="utf-8"))
    digest = hashlib.sha256((out / path).read_bytes()).hexdigest()
    book["files"][source] = {"path": path, "sha256": digest}
    (out / LEDGER).write_text(json.dumps(book), encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["afterword.yml", "mkdocs.yml", "postmortems/guide/own.md", "postmortems/../README.md", "../precious.md"]
)
def test_a_falsified_ledger_has_no_other_file_removed_or_overwritten(source: Path, out: Path, path: str) -> None:
    migrate(source, out)
    (out / "postmortems" / "guide").mkdir(exist_ok=True)
    (out / "postmortems" / "guide" / "own.md").write_text("mine", encoding="utf-8")
    (out.parent / "precious.md").write_text("mine", encoding="utf-8")
    falsify(out, "pool.md", path)
    (source / "pool.md").write_text(REPORT.replace("# Checkout", "# Shop"), encoding="utf-8")
    before = (out / path).read_bytes()
    migrate(source, out)
    assert (out / path).read_bytes() == before


def test_a_falsified_ledger_has_no_asset_removed(source: Path, out: Path) -> None:
    migrate(source, out)
    (out / "postmortems/incidents/assets/own.png").write_bytes(b"mine")
    falsify(out, "asset:graph.png", "postmortems/incidents/assets/own.png")
    (source / "graph.png").write_bytes(b"another picture")
    migrate(source, out)
    assert (out / "postmortems/incidents/assets/own.png").read_bytes() == b"mine"


@pytest.mark.parametrize("data", [b"<<<<<<< HEAD\n", b"[]", b"[" * 100_000, b'{"version": 9, "files": {}}', b"\xff"])
def test_a_broken_ledger_stops_it_before_everything_is_written_twice(source: Path, out: Path, data: bytes) -> None:
    migrate(source, out)
    (out / LEDGER).write_bytes(data)
    before = tree(out)
    result = run("migrate", source, out)
    assert result.exit_code == 1
    assert "migration.json cannot be read" in result.output
    assert tree(out) == before


def test_a_picture_that_changed_takes_no_place_of_the_one_that_is_shown(source: Path, out: Path) -> None:
    migrate(source, out)
    (out / DRAFT).write_text((out / DRAFT).read_text("utf-8").replace("kind: incident", "kind: near-miss"), "utf-8")
    (source / "graph.png").write_bytes(b"another picture")
    (source / "disk.md").write_text(REPORT.replace("Checkout", "Disk").replace("03-04", "03-05"), encoding="utf-8")
    migrate(source, out)
    assert (out / "postmortems/incidents/assets/graph.png").read_bytes() == b"a picture"
    assert (out / "postmortems/incidents/assets/graph-2.png").read_bytes() == b"another picture"
    assert "graph.png" in (out / DRAFT).read_text("utf-8")
    assert "graph-2.png" in (out / "postmortems/incidents/2024/2024-03-05-disk-answered-503.md").read_text("utf-8")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_migration_that_was_killed_goes_on_where_it_was(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    whole = out.with_name("whole")
    migrate(source, whole)
    with monkeypatch.context() as patched:
        put = Shelf.put
        done: list[Any] = []

        def dying(shelf: Shelf, piece: Any) -> None:
            if len(done) == count:
                raise MemoryError
            done.append(piece)
            put(shelf, piece)

        patched.setattr(Shelf, "put", dying)
        patched.setattr(Shelf, "close", lambda _: None)
        assert run("migrate", source, out).exit_code == 1
    migrate(source, out)
    assert tree(out) == tree(whole)


def test_a_full_disk_is_told_and_what_was_written_is_known(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = files.create
    with monkeypatch.context() as patched:

        def full(path: Path, data: bytes) -> None:
            if path.name == "mkdocs.yml":
                raise OSError(28, "No space left on device", str(path))
            create(path, data)

        patched.setattr(files, "create", full)
        result = run("migrate", source, out)
    assert result.exit_code == 1
    assert "mkdocs.yml: No space left on device" in result.output
    assert "Traceback" not in result.output
    assert outcomes(migrate(source, out)) == {"pool.md": "unchanged"}
    assert run("check", "--library", out).exit_code == 0


def test_what_somebody_else_writes_meanwhile_is_not_lost_in_silence(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = files.create

    def late(path: Path, data: bytes) -> None:
        if path.name.endswith("503.md"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("theirs", encoding="utf-8")
        create(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(files, "create", late)
        result = run("migrate", source, out)
    assert result.exit_code == 1
    assert "somebody else has just written" in result.output
    assert (out / DRAFT).read_text(encoding="utf-8") == "theirs"
    migrate(source, out)
    assert (out / DRAFT).read_text(encoding="utf-8") == "theirs"
    assert (out / DRAFT.replace(".md", "-2.md")).exists()


@pytest.mark.parametrize("folder", ["postmortems", "postmortems/old"])
def test_reports_that_the_site_would_show_beside_their_drafts_are_refused(
    tmp_path: Path, source: Path, folder: str
) -> None:
    inside = tmp_path / "repository" / folder
    inside.parent.mkdir(parents=True)
    source.rename(inside)
    result = run("migrate", inside, tmp_path / "repository")
    assert result.exit_code == 1
    assert "Move the reports that you have to another folder first" in result.output


def test_a_library_below_its_source_is_no_part_of_it(source: Path) -> None:
    migrate(source, source / "library")
    before = tree(source)
    assert outcomes(migrate(source, source / "library")) == {"pool.md": "unchanged"}
    assert tree(source) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_signal_in_the_middle_leaves_a_library_that_goes_on(tmp_path: Path, out: Path, number: int) -> None:
    source = tmp_path / "many"
    source.mkdir()
    for day in range(60):
        text = REPORT.replace("503", f"5{day:02}").replace("![graph](graph.png)", "")
        (source / f"r{day}.md").write_text(text, encoding="utf-8")
    whole = tmp_path / "whole"
    migrate(source, whole)
    command = [sys.executable, "-m", "afterword", "migrate", str(source), str(out)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while not (out / DRAFT.replace("503", "500")).exists() and time.monotonic() < deadline:
            time.sleep(0.005)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    migrate(source, out)
    kept = {
        path: data for path, data in tree(out).items() if not path.endswith(".tmp")
    }  # nobody clears up after a kill
    assert kept == tree(whole)


@pytest.fixture
def leaky() -> Leaky:
    return Leaky()


def leaking(folder: Path, leaky: Leaky) -> None:
    """Reports with secrets wherever something is taken from."""
    folder.mkdir()
    one = leaky.one
    (folder / f"p-{one()}.png").write_bytes(b"a picture")
    (folder / "a.md").write_text(
        f"# Token {one()} leaked\n\n**Severity**: {one()}\n**Category**: {one()}\n**Services**: {one()}\n"
        f"**Author**: {one()}\n**{one()}**: x\n**Ticket**: {one()}\n\n## Summary\n\n{'Lost. ' * 12}{one()} left.\n\n"
        f"## Timeline\n\n- 2024-03-04 09:12 UTC {'x' * 30} {one()} leaked, the incident began\n"
        f"- 2024-03-04 10:12 UTC resolved {one()}\n\n## Action items\n\n- Rotate {one()} (@ana)\n"
        f"- [x] {'Remove it ' * 8} [Remove {one()}](https://example.org/{one()})\n\n## Root cause\n\n"
        f"[dead {one()}](nothing-{one()}.md) ![p]({next(folder.glob('p-*')).name}) {leaky.body()}\n",
        encoding="utf-8",
    )
    (folder / f"outage-{one()}.md").write_text(
        f'---\ntitle: "{"x" * 85} {one()}"\nseverity: "{one()}"\n"{one()}": 1\nservices: [{one()}]\ntags: [{one()}]\n'
        f"id: {one()}\ncategory: {one()}\nowner: {one()}\n---\n\n## Root cause\n\nNobody knows.\n",
        encoding="utf-8",
    )
    (folder / f"outage-{one('slack')}.md").write_text("## Root cause\n\nNobody knows yet.\n", encoding="utf-8")
    (folder / f"README-{one()}.md").write_text("Nothing.\n", encoding="utf-8")


def leaks(leaky: Leaky, text: str) -> list[str]:
    """Pieces of secrets that a text shows, as a name may write them."""
    low = text.lower()
    pieces = {known[at : at + 8].lower() for known in leaky.known for at in range(0, len(known) - 7, 4)}
    return sorted(piece for piece in pieces if piece in low)


def test_no_secret_is_in_a_name_in_the_settings_or_in_any_output(tmp_path: Path, out: Path, leaky: Leaky) -> None:
    source = tmp_path / "leaky"
    leaking(source, leaky)
    base = ("--source-base", "https://example.org/reports")
    for more in (("--dry-run",), (), ("--time-zone", "UTC")):
        for form in ("text", "summary", "json"):
            result = run("migrate", source, out, *base, *more, "--format", form)
            assert result.exit_code == 0, result.output
            assert leaks(leaky, result.output) == []
            if form == "json":
                json.loads(result.output)
    names = [path for path in tree(out) if not path.startswith(".afterword")]
    assert leaks(leaky, "\n".join(names)) == []
    assert leaks(leaky, (out / "afterword.yml").read_text(encoding="utf-8")) == []
    fronts = [path.read_text("utf-8").split("\n---\n")[0] for path in (out / "postmortems/incidents").rglob("*.md")]
    assert leaks(leaky, "\n".join(fronts)) == []
    assert run("check", "--library", out).exit_code == 0


def test_secrets_that_hold_signs_of_json_leave_it_whole(source: Path, out: Path) -> None:
    secret = 'Xk29"' + "\\qP" * 4 + "7vB8mN2cR5t"
    (source / "pool.md").write_text(REPORT.replace("# Checkout", f'# The password="{secret}" of checkout'), "utf-8")
    assert migrate(source, out, "--dry-run")["summary"]["reports"] == 1


def test_signs_that_control_a_terminal_or_end_a_line_go_nowhere(source: Path, out: Path) -> None:
    odd = "a\x1b]0;b\x07c\x9b31md\u202ee\u2028schema: 2\x85f"
    (source / "pool.md").write_text(
        REPORT.replace("# Checkout", f"# {odd}").replace(
            "## Root", f"**Services**: {odd}\n\n**Author**: {odd}\n\n## Root"
        )
        + f"\n## Action items\n\n- Cap {odd} (@ana)\n- [x] [{odd}](no{odd}.md)\n\n## {odd}\n\nx\n",
        encoding="utf-8",
    )
    (source / "front.md").write_text(
        f'{{"title": {json.dumps(odd)}, "severity": {json.dumps(odd)}, "tags": [{json.dumps(odd)}]}}\n\n{REPORT}',
        "utf-8",
    )
    for form in ("text", "summary", "json"):
        result = run("migrate", source, out, "--dry-run", "--format", form)
        assert result.exit_code == 0
        assert not set(result.output) & set("\x1b\x07\x9b\u202e\u2028\x85")
    migrate(source, out)
    check = json.loads(run("check", "--library", out, "--format", "json").output)
    assert [item["message"] for item in check["findings"] if item["level"] == "error"] == []
    assert "ignore: []" in (out / "afterword.yml").read_text(encoding="utf-8")


DISK = """\
# Disk was full in the cellar

## Timeline

- 2024-07-08 14:00 UTC Writes began to fail on both replicas
- 2024-07-08 15:30 UTC Somebody deleted last year's dumps

## Root cause

Nightly dumps were kept for ever, and the volume had never been grown. ![graph](graph.png)
"""


def test_reports_of_two_sources_under_the_same_names_are_both_kept(tmp_path: Path, source: Path, out: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "pool.md").write_text(DISK, encoding="utf-8")
    (other / "graph.png").write_bytes(b"another picture")
    migrate(source, out)
    assert outcomes(migrate(other, out)) == {"pool.md": "created"}
    texts = [path.read_text("utf-8") for path in sorted((out / "postmortems/incidents/2024").glob("*.md"))]
    assert ["The pool was exhausted. ![graph](../assets/graph.png)" in text for text in texts] == [True, False]
    assert ["never been grown. ![graph](../assets/graph-2.png)" in text for text in texts] == [False, True]
    before = tree(out)
    for folder in (source, other):
        assert outcomes(migrate(folder, out)) == {"pool.md": "unchanged"}
    assert tree(out) == before
    (other / "pool.md").write_text(DISK.replace("both replicas", "all replicas"), encoding="utf-8")
    assert outcomes(migrate(other, out)) == {"pool.md": "updated"}
    assert outcomes(migrate(source, out)) == {"pool.md": "unchanged"}


def test_another_report_of_the_same_day_and_title_has_a_file_of_its_own(
    tmp_path: Path, source: Path, out: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    text = DISK.replace("# Disk was full in the cellar", "# Checkout answered 503").replace("2024-07-08", "2024-03-04")
    (other / "disk.md").write_text(text, encoding="utf-8")
    migrate(source, out)
    assert outcomes(migrate(other, out)) == {"disk.md": "created"}
    assert (out / DRAFT.replace(".md", "-2.md")).exists()
    assert "The pool was exhausted." in (out / DRAFT).read_text("utf-8")
    assert outcomes(migrate(other, out)) == {"disk.md": "unchanged"}


def test_a_report_whose_file_was_renamed_is_not_written_twice(source: Path, out: Path) -> None:
    migrate(source, out)
    before = {path for path in tree(out) if path != LEDGER}
    (source / "pool.md").rename(source / "pool-exhausted.md")
    assert outcomes(migrate(source, out)) == {"pool-exhausted.md": "unchanged"}
    assert {path for path in tree(out) if path != LEDGER} == before


def test_a_new_report_of_the_same_day_and_title_leaves_the_others_their_names(source: Path, out: Path) -> None:
    (source / "pool-2.md").write_text(REPORT.replace("exhausted", "exhausted a second time"), encoding="utf-8")
    migrate(source, out)
    before = {path: data for path, data in tree(out).items() if path.endswith(".md")}
    (source / "a-third.md").write_text(DISK.replace("Disk was full in the cellar", "Checkout answered 503").replace(
        "2024-07-08", "2024-03-04"), encoding="utf-8")  # fmt: skip
    assert outcomes(migrate(source, out)) == {
        "a-third.md": "created", "pool-2.md": "unchanged", "pool.md": "unchanged",
    }  # fmt: skip
    assert before.items() <= tree(out).items()


def test_the_words_of_one_source_stay_in_the_settings_when_another_comes(
    tmp_path: Path, source: Path, out: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    facts = "\n**Severity**: {}\n**Category**: {}\n**Services**: {}\n\n## Timeline"
    (source / "pool.md").write_text(REPORT.replace("\n## Timeline", facts.format("Loud", "Moon", "tide")), "utf-8")
    (other / "disk.md").write_text(DISK.replace("\n## Timeline", facts.format("Quiet", "Sun", "shadow")), "utf-8")
    migrate(source, out)
    migrate(other, out)
    text = (out / "afterword.yml").read_text(encoding="utf-8")
    assert all(f"\n  {key}: " in text for key in ("Loud", "Quiet", "moon", "sun", "tide", "shadow"))
    assert run("check", "--library", out).exit_code == 0
    migrate(source, out)
    assert (out / "afterword.yml").read_text(encoding="utf-8") == text
    assert run("check", "--library", out).exit_code == 0


def test_the_words_of_a_report_whose_source_is_gone_stay(source: Path, out: Path) -> None:
    text = REPORT.replace("\n## Timeline", "\n**Severity**: Loud\n**Category**: Moon\n\n## Timeline")
    (source / "pool.md").write_text(text, encoding="utf-8")
    migrate(source, out)
    (source / "pool.md").unlink()
    (source / "disk.md").write_text(DISK, encoding="utf-8")
    migrate(source, out)
    assert run("check", "--library", out).exit_code == 0
