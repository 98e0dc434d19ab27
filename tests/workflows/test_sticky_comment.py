"""The comment on pull and merge requests: one, found by marker and author, from an artifact that nobody trusts."""

from __future__ import annotations

import contextlib
import html
import importlib.util
import io
import json
import re
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".github" / "scripts" / "sticky_comment.py"

spec = importlib.util.spec_from_file_location("sticky_comment", SCRIPT)
assert spec
assert spec.loader
sticky = importlib.util.module_from_spec(spec)
sys.modules["sticky_comment"] = sticky
spec.loader.exec_module(sticky)

MARKER = "<!-- afterword -->"
BOT = {"login": "github-actions[bot]"}


def archive(text: str = "All is well.", name: str = "comment.md", **more: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, content in {name: text, **more}.items():
            opened.writestr(path, content)
    return made.getvalue()


def pull(number: int = 7, sha: str = "abc", repository: int = 2) -> dict[str, Any]:
    return {"number": number, "head": {"sha": sha, "repo": {"id": repository}}}


@dataclass
class Forge:
    """A small GitHub or GitLab on this machine; it remembers what was asked and written."""

    url: str = ""
    pulls: list[dict[str, Any]] = field(default_factory=lambda: [pull()])
    artifact: bytes = field(default_factory=archive)
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: list[tuple[str, str | None]] = field(default_factory=list)
    status: int = 200

    def answer(self, method: str, path: str, body: Any) -> Any:
        self.asked.append(f"{method} {path}")
        route = path.partition("?")[0]
        if route == "/user":
            return {"id": 5}
        if route.endswith("/pulls"):
            return self.pulls
        if route.endswith("/artifacts"):
            return {"artifacts": [{"id": 3, "name": "postmortem-comment", "expired": False}]}
        if method == "GET":
            page = int(dict(part.split("=") for part in path.partition("?")[2].split("&"))["page"])
            return self.comments[(page - 1) * 100 : page * 100]
        if method == "POST":
            author = {"user": BOT} if "/repos/" in path else {"author": {"id": 5}}
            self.comments.append({"id": len(self.comments) + 100, "body": body["body"], **author})
        else:
            [item] = [item for item in self.comments if item["id"] == int(route.rsplit("/", 1)[1])]
            item["body"] = body["body"]
        return {}


@pytest.fixture
def forge() -> Iterator[Forge]:
    state = Forge()

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            state.tokens.append((self.path, self.headers.get("Authorization")))
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            if self.path.endswith("/zip"):
                self.send_response(302)
                self.send_header("Location", f"{state.url.replace('127.0.0.1', 'localhost')}/blob")
                self.end_headers()
                return
            data = state.artifact if self.path == "/blob" else None
            if data is None:
                data = json.dumps(state.answer(self.command, self.path, body)).encode()
            self.send_response(state.status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = do  # noqa: N815  # the names that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def on_github(forge: Forge, tmp_path: Path, **run: Any) -> int:
    event = {
        "id": 11, "event": "pull_request", "head_sha": "abc", "head_branch": "a&b=c #1", "html_url": "https://x/11",
        "head_repository": {"id": 2, "owner": {"login": "fork"}},
    }  # fmt: skip
    (tmp_path / "event.json").write_text(json.dumps({"workflow_run": event | run}), encoding="utf-8")
    environment = {
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "GITHUB_API_URL": forge.url,
        "GITHUB_REPOSITORY": "example/library", "GITHUB_TOKEN": "t0ken",
    }  # fmt: skip
    return int(sticky.main(["github"], environment))


def on_gitlab(forge: Forge, tmp_path: Path, text: str) -> int:
    (tmp_path / "comment.md").write_text(text, encoding="utf-8")
    environment = {
        "CI_API_V4_URL": forge.url, "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "4", "AFTERWORD_NOTE_TOKEN": "n0te",
    }  # fmt: skip
    return int(sticky.main(["gitlab", str(tmp_path / "comment.md")], environment))


def test_a_first_report_becomes_a_comment_and_a_second_takes_its_place(forge: Forge, tmp_path: Path) -> None:
    assert on_github(forge, tmp_path) == 0
    forge.artifact = archive("Two errors.")
    assert on_github(forge, tmp_path) == 0
    [comment] = forge.comments
    assert comment["body"].startswith(f"{MARKER}\n\nTwo errors.\n")
    assert "[the check](https://x/11)" in comment["body"]


def test_a_report_that_says_the_same_writes_nothing(forge: Forge, tmp_path: Path) -> None:
    on_github(forge, tmp_path)
    on_github(forge, tmp_path)
    assert [line.split()[0] for line in forge.asked if not line.startswith("GET")] == ["POST"]


def test_only_a_comment_of_the_bot_with_the_marker_at_its_start_is_its_own(forge: Forge, tmp_path: Path) -> None:
    forge.comments = [
        {"id": 1, "body": f"{MARKER} mine", "user": {"login": "mallory"}},
        {"id": 2, "body": f"I quote {MARKER}", "user": BOT},
        {"id": 3, "body": f"{MARKER} of a ghost", "user": None},
    ]
    on_github(forge, tmp_path)
    assert [item["body"] for item in forge.comments[:3]] == [
        f"{MARKER} mine", f"I quote {MARKER}", f"{MARKER} of a ghost",
    ]  # fmt: skip
    assert len(forge.comments) == 4


def test_the_comment_is_found_on_a_later_page(forge: Forge, tmp_path: Path) -> None:
    forge.comments = [{"id": number, "body": "talk", "user": {"login": "a"}} for number in range(230)]
    forge.comments.append({"id": 900, "body": f"{MARKER} old", "user": BOT})
    on_github(forge, tmp_path)
    assert len(forge.comments) == 231
    assert "All is well." in forge.comments[-1]["body"]


def test_where_no_postmortem_is_changed_there_is_no_comment_but_an_old_one_says_so(
    forge: Forge, tmp_path: Path
) -> None:
    forge.artifact = archive("")
    on_github(forge, tmp_path)
    assert forge.comments == []
    forge.comments = [{"id": 5, "body": f"{MARKER} two errors", "user": BOT}]
    on_github(forge, tmp_path)
    assert "No postmortem is changed here any more." in forge.comments[0]["body"]


@pytest.mark.parametrize(
    ("pulls", "run"),
    [
        ([], {}),
        ([pull(sha="newer")], {}),
        ([pull(repository=99)], {}),
        ([pull(7), pull(8)], {}),
        ([pull()], {"event": "push"}),
        ([pull()], {"head_repository": None}),
    ],
    ids=["closed", "pushed since", "of another repository", "two of one head", "no pull request", "fork is gone"],
)
def test_nothing_is_written_unless_one_pull_request_is_meant(
    forge: Forge, tmp_path: Path, pulls: list[dict[str, Any]], run: dict[str, Any]
) -> None:
    forge.pulls = pulls
    assert on_github(forge, tmp_path, **run) == 0
    assert forge.comments == []


def test_a_branch_name_is_a_word_in_the_question_and_nothing_more(forge: Forge, tmp_path: Path) -> None:
    on_github(forge, tmp_path)
    assert "head=fork%3Aa%26b%3Dc%20%231&" in forge.asked[0]


def test_the_token_is_told_to_nobody_but_the_api(forge: Forge, tmp_path: Path) -> None:
    on_github(forge, tmp_path)
    blob = [token for path, token in forge.tokens if path == "/blob"]
    assert blob == [None]
    assert {token for path, token in forge.tokens if path != "/blob"} == {"Bearer t0ken"}


@pytest.mark.parametrize(
    "artifact",
    [
        b"", b"PK\x03\x04", archive()[:-9], archive(name="../comment.md"), archive(name="other.md"),
        archive(NUMBER="8"), archive("x" * 65_001), archive("x" * 20_000_000), b"x" * 300_000,
    ],
    ids=["empty", "head", "cut", "climbing", "other name", "two files", "too long", "bomb", "too large"],
)  # fmt: skip
def test_an_odd_artifact_is_refused(forge: Forge, tmp_path: Path, artifact: bytes) -> None:
    forge.artifact = artifact
    assert on_github(forge, tmp_path) == 0
    assert forge.comments == []


def test_text_that_is_no_utf8_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("comment.md", b"\xff\xfe")
    with pytest.raises(sticky.RefusedError):
        sticky.unpacked(made.getvalue())


@given(st.binary(max_size=400))
def test_no_archive_does_anything_but_be_read_or_refused(data: bytes) -> None:
    for candidate in (data, archive()[:40] + data, data + archive()):
        with contextlib.suppress(sticky.RefusedError):
            sticky.unpacked(candidate)


@given(st.text())
def test_a_comment_pings_nobody_shows_no_pictures_and_keeps_its_one_marker(text: str) -> None:
    body = sticky.tamed(f"{text}@team ![x](https://y) <IMG src=z>{MARKER}\u202e\u0007")
    assert body.startswith(MARKER)
    assert body.count(MARKER) == 1
    assert not re.search(r"@\w|!\[|<img|[\u202a-\u202e\x00-\x08]", body, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    ["&#64;team", "&#064;team", "&#x40;team", "&#X00040;team", "&commat;team", "&#64team", "@&#116;eam",
     "@<!-- -->team", "@&#8203;team", "\\@team", "@\u200bteam", "@@team"],
)  # fmt: skip
def test_a_name_is_called_in_no_spelling(text: str) -> None:
    shown = html.unescape(re.sub(r"<!--.*?-->|\\", "", sticky.tamed(f"by {text}, then")))
    assert "by @" in shown
    assert not re.search(r"@\w", shown)


@pytest.mark.parametrize("text", ["!![x](https://y/z.png)", "!!!![x][y]", "\\!![x](y)"])
def test_no_number_of_signs_makes_a_picture(text: str) -> None:
    assert "![" not in sticky.tamed(text)


def test_no_line_is_a_command_to_the_forge() -> None:
    body = sticky.tamed("/close\n  /merge now\n\t/label ~x\n- see /a/b, and\n<b>/x</b>")
    assert not re.search(r"^\s*/\w", body, re.MULTILINE)
    assert "- see /a/b, and" in body


def test_a_forge_that_refuses_is_told_without_the_token(
    forge: Forge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.status = 403
    assert on_github(forge, tmp_path) == 1
    said = capsys.readouterr()
    assert "HTTP 403" in said.err
    assert "t0ken" not in said.out + said.err


@pytest.mark.parametrize("error", [TimeoutError("t0ken"), sticky.HTTPException("t0ken"), ValueError("t0ken")])
def test_a_forge_that_does_not_answer_is_told_without_the_token(
    forge: Forge, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(sticky.request, "urlopen", failing)
    assert on_github(forge, tmp_path) == 1
    said = capsys.readouterr().err
    assert said == f"The comment could not be written: {type(error).__name__}\n"


def test_a_merge_request_has_one_note_too(forge: Forge, tmp_path: Path) -> None:
    forge.comments = [{"id": 1, "body": f"{MARKER} another's", "author": {"id": 6}}]
    assert on_gitlab(forge, tmp_path, "One error.") == 0
    assert on_gitlab(forge, tmp_path, f"{MARKER}\nAll is well.") == 0
    assert [item["body"] for item in forge.comments] == [f"{MARKER} another's", f"{MARKER}\n\nAll is well.\n"]


def test_other_arguments_show_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert sticky.main([], {}) == 2
    assert "usage" in capsys.readouterr().err
