"""What is fetched from a published library, and who has to acknowledge a record."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword.budgets.network import NetworkError, remote
from afterword.budgets.snapshot import Snapshot, Source
from afterword.budgets.snapshots import snapshot_json, store
from afterword.errors import AfterwordError
from tests.budgets.fakeserver import Answer, Asked, Fake

QUICK = {"AFTERWORD_TIMEOUT": "5"}
SECRET = "s3cr3t"  # noqa: S105  # looked for in every message
AT = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
SNAPSHOT = Snapshot(AT, AT, AT, 0, Source("live"), ())
PLACE = "/budgets/snapshot.json.gz"


@pytest.fixture
def site() -> Iterator[Fake]:
    """A site that serves one snapshot."""
    with Fake(lambda _: Answer(store.dumps(SNAPSHOT))) as server:
        yield server


def test_a_file_and_a_site_give_the_same(site: Fake, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json.gz"
    path.write_bytes(store.dumps(SNAPSHOT))
    for place in (str(path), site.url + PLACE):
        assert store.received(remote.fetch(place, QUICK), place) == SNAPSHOT
    assert [item.path for item in site.asked] == [PLACE]


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "", "none"])
def test_a_server_may_unpack_the_file_on_its_way(site: Fake, encoding: str) -> None:
    packed, headers = store.dumps(SNAPSHOT), {"Content-Encoding": encoding} if "gzip" in encoding else {}
    body = gzip.compress(packed) if encoding == "" else packed
    if encoding == "":
        headers = {"Content-Encoding": "gzip"}  # packed once more for the transfer
    if encoding == "none":
        body = snapshot_json.write(SNAPSHOT)
    site.reply = lambda _: Answer(body, headers=headers)
    assert store.received(remote.fetch(site.url + PLACE, QUICK), PLACE) == SNAPSHOT


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"{}", b"<!doctype html><title>Log in</title>", snapshot_json.write(SNAPSHOT)[:-9],
        snapshot_json.write(SNAPSHOT).replace(b"live", b"dead"), store.dumps(SNAPSHOT)[:-1],
    ],
)  # fmt: skip
def test_what_is_no_whole_snapshot_is_refused_with_its_name(site: Fake, body: bytes) -> None:
    site.reply = lambda _: Answer(body)
    with pytest.raises(store.SnapshotError, match=r"snapshot\.json\.gz"):
        store.received(remote.fetch(site.url + PLACE, QUICK), PLACE)


@pytest.mark.parametrize("status", [301, 401, 403, 404, 410, 500])
def test_another_answer_is_no_snapshot(site: Fake, status: int) -> None:
    site.reply = lambda _: Answer(store.dumps(SNAPSHOT), status)
    with pytest.raises(NetworkError, match=str(status)):
        remote.fetch(site.url + PLACE, QUICK)


def test_a_redirect_is_followed_on_the_same_server_only(site: Fake) -> None:
    def reply(asked: Asked) -> Answer:
        return Answer(b"there") if asked.path == "/new" else Answer(b"", 302, {"Location": target})

    site.reply, target = reply, "/new"
    assert remote.fetch(site.url + PLACE, QUICK) == b"there"
    target = "http://127.0.0.1:9/new"
    with pytest.raises(NetworkError, match="another server"):
        remote.fetch(site.url + PLACE, {**QUICK, "AFTERWORD_LIBRARY_TOKEN": SECRET})


def test_an_address_that_is_not_encrypted_is_refused_unless_it_is_this_machine() -> None:
    with pytest.raises(NetworkError, match="not encrypted"):
        remote.fetch(f"http://user:{SECRET}@site.example{PLACE}?key={SECRET}", QUICK)
    with pytest.raises(NetworkError, match="not encrypted") as found:
        remote.post(f"http://hooks.example/{SECRET}", b"{}", QUICK)
    assert SECRET not in f"{found.value.message} {found.value.hint}"


@pytest.mark.parametrize(
    "place", ["ftp://site.example/x", "file:///etc/passwd", "https://", "http://[::1", "https:///x"]
)
def test_what_is_no_address_is_refused(place: str) -> None:
    with pytest.raises((AfterwordError, OSError)):
        remote.fetch(place, QUICK)


def test_credentials_go_to_the_library_and_stay_out_of_messages(site: Fake) -> None:
    more = {**QUICK, "AFTERWORD_LIBRARY_TOKEN": SECRET, "AFTERWORD_AUDIT_TOKEN": "another"}
    remote.fetch(f"{site.url}{PLACE}", more)
    assert site.asked[0].headers["Authorization"] == f"Bearer {SECRET}"
    site.reply = lambda _: Answer(b"no", 403)
    with pytest.raises(NetworkError) as found:
        remote.fetch(f"{site.url}{PLACE}?key={SECRET}", more)
    assert SECRET not in f"{found.value.message} {found.value.hint}"


def test_a_record_is_sent_with_credentials_of_its_own(site: Fake) -> None:
    remote.post(
        f"{site.url}/log", b'{"who": 1}', {**QUICK, "AFTERWORD_AUDIT_TOKEN": SECRET, "AFTERWORD_LIBRARY_TOKEN": "x"}
    )
    asked = site.asked[0]
    assert (asked.method, asked.path) == ("POST", "/log")
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    assert asked.headers["Content-Type"] == "application/json"


def test_nobody_who_listens_acknowledges_nothing() -> None:
    with pytest.raises(NetworkError) as found:
        remote.post(f"http://127.0.0.1:9/{SECRET}", b"{}", QUICK)
    assert SECRET not in f"{found.value.message} {found.value.hint}"


def test_an_answer_has_a_largest_size(site: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(remote, "LARGEST", 1000)
    site.reply = lambda _: Answer(b"x" * 1001)
    with pytest.raises(AfterwordError, match="more than"):
        remote.fetch(site.url + PLACE, QUICK)
    path = tmp_path / "large"
    path.write_bytes(b"x" * 1000)
    assert len(remote.fetch(str(path), QUICK)) == 1000
    path.write_bytes(b"x" * 1001)
    with pytest.raises(AfterwordError, match="larger than"):
        remote.fetch(str(path), QUICK)


@pytest.mark.skipif(sys.platform != "linux", reason="a device without an end, as Linux has it")
def test_a_device_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "LARGEST", 100_000)
    with pytest.raises(AfterwordError, match="larger than"):
        remote.fetch("/dev/zero", os.environ)
