"""Snapshots as files: the same snapshot gives the same bytes, and what is not exactly that is refused."""

from __future__ import annotations

import gzip
import json
import math
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from afterword import resources
from afterword.budgets.objective import DataSource, Method, Objective, Ratio, Threshold
from afterword.budgets.objective import Op as Sign
from afterword.budgets.snapshot import Count, Latency, Measurement, Snapshot, Source
from afterword.budgets.snapshots import snapshot_json, store
from afterword.budgets.snapshots.rounding import rounded
from afterword.budgets.sources import capture
from afterword.errors import ConflictError

AT = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
STEPS = 12


def objective(name: str = "checkout-errors", **more: Any) -> Objective:
    return Objective(name, name, "Title – “x”", "checkout", Fraction("0.999"), Ratio("total", bad="bad"), **more)


def snapshot(*measurements: Measurement, at: datetime = AT, steps: int = STEPS, **more: Any) -> Snapshot:
    start = capture.grid(at, steps / 288).start
    source = Source("live", "prometheus", "2.42.0", 1_296_000, "http://prometheus.example.org")
    return Snapshot(AT, at, start, steps, source, measurements, **more)


def measurement(name: str = "checkout-errors", **more: Any) -> Measurement:
    bad, total = (0, None, 1.25) + (0,) * (STEPS - 3), (10, None, 7) + (5,) * (STEPS - 3)
    own = Count(1.3, 62.0, 1.0, 2.0)
    return replace(Measurement(objective(name), bad, total, own, {3600: own}, {"bad": "bad[1h]"}), **more)


numbers = st.floats(0, 1e12, allow_nan=False)
counts = st.builds(Count, numbers, numbers, numbers, numbers)
values = st.lists(st.none() | numbers | st.integers(0, 10**9), min_size=STEPS, max_size=STEPS).map(tuple)
measurements = st.builds(
    Measurement,
    objective=st.sampled_from(
        [
            objective(source=DataSource("thanos", url="https://thanos.example.org")),
            objective(method=Method.TIMESLICES, slice_target=Fraction(1, 3)),
            replace(objective(), indicator=Threshold("up", Sign.GTE, 1.0)),
        ]
    ),
    bad=values,
    total=values,
    own=st.none() | counts,
    windows=st.dictionaries(st.integers(1, 10**8), counts, max_size=3),
    queries=st.dictionaries(st.text(), st.text(), max_size=2),
    latency=st.none() | st.builds(Latency, st.just(0.95), numbers, st.just(3600), values),
    warnings=st.lists(st.text(), max_size=2).map(tuple),
    partial=st.booleans(),
    error=st.none() | st.text(min_size=1),
)


@given(measurements)
def test_what_is_written_is_read(item: Measurement) -> None:
    given_ = snapshot(item, warnings=("a warning",))
    data = store.dumps(given_)
    assert store.loads(data, "x") == given_
    assert store.dumps(store.loads(data, "x")) == data


def test_the_text_fits_its_schema() -> None:
    latency = Latency(0.95, 0.5, 3600, (0.4, None))
    text = snapshot_json.write(snapshot(measurement(latency=latency), measurement("other", own=None, error="why")))
    Draft202012Validator(resources.schema("snapshot")).validate(json.loads(text))


def test_the_packed_file_carries_no_time_and_no_name() -> None:
    data = store.dumps(snapshot(measurement()))
    assert data[4:8] == bytes(4)
    assert data[3] == 0
    assert json.loads(gzip.decompress(data))["format"] == 1


DATA = store.dumps(snapshot(measurement()))


@given(st.integers(0, len(DATA) * 8 - 1))
def test_no_flipped_bit_changes_what_is_read(bit: int) -> None:
    damaged = bytearray(DATA)
    damaged[bit // 8] ^= 1 << bit % 8
    try:
        found = store.loads(bytes(damaged), "x")
    except store.SnapshotError:
        return
    # the last byte of a packed stream may have bits that mean nothing
    assert found == snapshot(measurement())


@given(st.integers(0, len(DATA) - 1))
def test_a_file_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(store.SnapshotError, match="x: "):
        store.loads(DATA[:length], "x")


def packed(text: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = packer.compress(text) + packer.flush()
    return DATA[:10] + body + zlib.crc32(text).to_bytes(4, "little") + (len(text) & 0xFFFFFFFF).to_bytes(4, "little")


def resealed(**changes: Any) -> bytes:
    """A snapshot that was edited by somebody who also mended its checksum."""
    import hashlib  # noqa: PLC0415  # only here

    facts = json.loads(gzip.decompress(DATA))
    del facts["sha256"]
    facts |= changes
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return packed(text[:-1] + f',"sha256":"{hashlib.sha256(text).hexdigest()}"}}'.encode())


REFUSED = {
    "empty": (b"", "is empty"),
    "no gzip": (b"hello, this is no snapshot", "begins in another way"),
    "another packer": (gzip.compress(gzip.decompress(DATA)), "begins in another way"),
    "something after it": (DATA + b"x", "follows its end"),
    "no checksum": (packed(b'{"format":1}'), "does not end with a checksum"),
    "edited": (packed(gzip.decompress(DATA).replace(b"1.25", b"1.24")), "its checksum is another one"),
    "another format": (resealed(format=2), "has format 2"),
    "a format that is true": (resealed(format=True), "has format True"),
    "steps that do not fit": (resealed(steps=13), "do not fit the instant|12 steps, not 13"),
    "no steps": (resealed(steps="12"), "'12' stands where a number should be"),
    "no source": (resealed(source=None), "is no snapshot"),
    "no time": (resealed(at="yesterday"), "“yesterday” is no time"),
    "no measurements": (resealed(measurements={}), "is no snapshot"),
    "a list": (packed(b"[]"), "does not end with a checksum"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_snapshot_is_refused_by_name(name: str) -> None:
    data, why = REFUSED[name]
    with pytest.raises(store.SnapshotError, match=why) as refused:
        store.loads(data, "budgets/snapshots/x.json.gz")
    assert refused.value.message.startswith("budgets/snapshots/x.json.gz: ")
    assert refused.value.hint


def edited(**changes: Any) -> bytes:
    facts = json.loads(gzip.decompress(DATA))["measurements"]
    facts[0] |= changes
    return resealed(measurements=facts)


@pytest.mark.parametrize(
    "changes",
    [
        {"bad": [0] * 11},
        {"bad": [True] * 12},
        {"bad": ["1"] * 12},
        {"bad": [-1] * 12},
        {"total": [1e999] * 12},
        {"own": {"bad": 1}},
        {"windows": {"an hour": None}},
        {"objective": {"id": "x"}},
        {"partial": 1},
        {"queries": {"bad": 1}},
    ],
    ids=str,
)
def test_a_measurement_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(store.SnapshotError):
        store.loads(edited(**changes), "x")


def test_an_objective_stands_in_it_once() -> None:
    with pytest.raises(store.SnapshotError, match="twice"):
        store.loads(store.dumps(snapshot(measurement(), measurement())), "x")


def test_a_bomb_is_refused_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PLAIN_LIMIT", 1 << 20)
    bomb = packed(b" " * (50 << 20))
    began = time.process_time()
    with pytest.raises(store.SnapshotError, match="holds more than 1 MB"):
        store.loads(bomb, "x")
    assert time.process_time() - began < 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(store.SnapshotError, match=r"none\.json\.gz: "):
        store.load(tmp_path / "none.json.gz")


def test_a_library_keeps_snapshots_by_their_instant(tmp_path: Path) -> None:
    assert store.latest(tmp_path) is None
    older, newer = snapshot(measurement(), at=AT - timedelta(days=1)), snapshot(measurement())
    path = store.save(tmp_path, newer)
    store.save(tmp_path, older)
    (path.parent / "notes.txt").write_text("x", encoding="utf-8")
    assert path == tmp_path / "budgets" / "snapshots" / "2026-11-01T233000Z.json.gz"
    assert store.names(tmp_path) == ("2026-10-31T233000Z.json.gz", "2026-11-01T233000Z.json.gz")
    assert store.latest(tmp_path) == newer
    assert store.all(tmp_path) == (older, newer)


def test_a_snapshot_of_the_same_instant_is_not_replaced_in_silence(tmp_path: Path) -> None:
    path = store.save(tmp_path, snapshot(measurement()))
    before = path.read_bytes()
    store.save(tmp_path, replace(snapshot(measurement()), captured_at=AT + timedelta(hours=1)))
    assert path.read_bytes() == before
    other = snapshot(measurement(own=None))
    with pytest.raises(ConflictError, match="says something else"):
        store.save(tmp_path, other)
    assert path.read_bytes() == before
    store.save(tmp_path, other, force=True)
    assert store.load(path) == other


def test_a_damaged_snapshot_of_the_same_instant_is_not_replaced_in_silence(tmp_path: Path) -> None:
    path = store.save(tmp_path, snapshot(measurement()))
    path.write_bytes(b"torn")
    with pytest.raises(ConflictError):
        store.save(tmp_path, snapshot(measurement()))


def put(root: Path, *instants: str) -> None:
    folder = store.folder(root)
    folder.mkdir(parents=True)
    for instant in instants:
        (folder / f"{instant}.json.gz").write_bytes(b"")


MANY = ("2026-08-31T230000Z", "2026-09-10T230000Z", "2026-09-30T230000Z", "2026-10-01T230000Z", "2026-10-02T230000Z")


@pytest.mark.parametrize(
    ("keep", "left"),
    [
        (0, MANY[-1:]),
        (1, MANY[-1:]),
        (2, (MANY[2], MANY[-1])),
        (3, (MANY[0], MANY[2], MANY[-1])),
        (99, (MANY[0], MANY[2], MANY[-1])),
    ],
)
def test_thinning_keeps_the_latest_and_the_last_of_each_month(keep: int, left: tuple[str, ...], tmp_path: Path) -> None:
    put(tmp_path, *MANY)
    gone = {path.name for path in store.thin(tmp_path, keep)}
    assert store.names(tmp_path) == tuple(f"{name}.json.gz" for name in left)
    assert gone == {f"{name}.json.gz" for name in MANY} - set(store.names(tmp_path))


steps = st.lists(st.none() | st.just(0.0) | st.floats(1e-3, 1e6), min_size=1, max_size=300)


@given(steps, st.data())
def test_rounding_keeps_sums_and_never_makes_more_bad_events_than_events(
    total: list[float | None], data: st.DataObject
) -> None:
    shares = data.draw(st.lists(st.floats(0, 1), min_size=len(total), max_size=len(total)))
    bad = [None if item is None else item * share for item, share in zip(total, shares, strict=True)]
    assume(any(total))
    few, all_ = rounded(bad, total)
    for kept, given_ in ((all_, total), (few, bad)):
        assert [item is None for item in kept] == [item is None for item in given_]
    assert all(one <= other for one, other in zip(few, all_, strict=True) if one is not None and other is not None)
    whole = math.fsum(item for item in total if item)
    assert math.fsum(item for item in all_ if item) == pytest.approx(whole, abs=max(1.0, whole * 1e-6))


def test_rounding_over_a_month_costs_less_than_a_millionth() -> None:
    total = [12_000 + 1_000 * math.sin(number / 46) for number in range(10_080)]
    bad = [item * 0.0005 * (1 + math.cos(number)) for number, item in enumerate(total)]
    few, all_ = rounded(bad, total)
    for kept, given_ in ((all_, total), (few, bad)):
        assert sum(item for item in kept if item) == pytest.approx(sum(given_), rel=1e-6)
