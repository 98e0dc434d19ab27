"""Telemetry from files: the same figures as from a server, nothing counted twice, and nothing from the future."""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from afterword.budgets.objective import Method, Objective, Op, Ratio, Raw, Threshold
from afterword.budgets.offline import openmetrics_file, promtool, tsdb
from afterword.budgets.snapshot import Measurement, Snapshot
from afterword.budgets.sources import capture
from afterword.budgets.window import Calendar, Rolling, Unit
from afterword.errors import AfterwordError
from tests import servers

pytestmark = pytest.mark.server
AT = datetime(2026, 2, 1, tzinfo=UTC)
MINUTES = 2 * 1440
LATER = 120
"""Minutes of data after ``AT``."""
NOWHERE = {"PATH": ""}


def lines() -> Iterator[str]:
    """Counters with a reset, a gap and a late birth; buckets; and gauges."""
    chance = random.Random(5)  # noqa: S311  # the same data at every run
    end = int(AT.timestamp()) // 60
    counts = dict.fromkeys(
        (*((instance, status) for instance in "ab" for status in ("200", "500")), "0.5", "1", "+Inf"), 0
    )
    for minute in range(end - MINUTES, end + LATER + 1):
        if minute == end - 1000:
            counts["a", "200"] = 0
        bad_time = end - 600 < minute < end - 570 or minute > end
        for key in counts:
            step = chance.randrange(40 if "500" not in key or bad_time else 2)
            counts[key] += step
            if end - 800 < minute < end - 780 or (key == ("b", "500") and minute < end - 590):
                continue
            if isinstance(key, tuple):
                labels = f'service="shop",instance="{key[0]}",status="{key[1]}"'
                yield f"requests_total{{{labels}}} {counts[key]} {minute * 60}\n"
            else:
                below = sum(counts[bound] for bound in ("0.5", "1", "+Inf")[: ("0.5", "1", "+Inf").index(key) + 1])
                yield f'seconds_bucket{{service="shop",le="{key}"}} {below} {minute * 60}\n'
        yield f'up{{service="shop"}} {int(not bad_time)} {minute * 60}\n'
        yield f'stars{{service="shop"}} {3 + chance.random() * 2:.3f} {minute * 60}\n'


def objective(name: str, indicator: Ratio | Raw | Threshold, **more: object) -> Objective:
    made = Objective(name, name, name, "shop", Fraction("0.99"), indicator, Rolling(86_400))
    return replace(made, **more)  # type: ignore[arg-type]  # fields by their names


ALL = 'requests_total{service="shop"}'
BAD = 'requests_total{service="shop",status=~"5.."}'
FAST = 'seconds_bucket{service="shop",le="1.0"}'
SEEN = 'seconds_bucket{service="shop",le="+Inf"}'
SLICES = {"slice_seconds": 300, "slice_target": Fraction("0.95")}
OBJECTIVES = (
    objective("bad", Ratio(ALL, bad=BAD)),
    objective("calendar", Ratio(ALL, bad=BAD), window=Calendar(Unit.WEEK, 1, "Europe/Lisbon")),
    objective("good", Ratio(ALL, good='requests_total{service="shop",status!~"5.."}')),
    objective("gauge", Ratio('count(up{service="shop"})', good='sum(up{service="shop"})', counter=False)),
    objective("latency", Ratio(SEEN, good=FAST.replace("1.0", "1"))),
    objective(
        "own-window", Ratio(f"sum(increase({ALL}[{{{{.window}}}}]))", bad=f"sum(increase({BAD}[{{{{.window}}}}]))")
    ),
    objective("raw", Raw(f"sum(rate({BAD}[5m])) / sum(rate({ALL}[5m]))", success=False)),
    objective("slices", Ratio(ALL, bad=BAD), method=Method.TIMESLICES, **SLICES),
    objective("slices-by-ratio", Ratio(ALL, bad=BAD), method=Method.RATIO_TIMESLICES, **SLICES),
    objective("stars", Threshold('avg_over_time(stars{service="shop"}[10m])', Op.GTE, 3.9)),
    objective("stars-slices", Threshold('stars{service="shop"}', Op.GTE, 3.9), method=Method.TIMESLICES, **SLICES),
    objective("two-terms", Ratio(f"sum({ALL}) + sum({SEEN})", bad=BAD)),
)
BEYOND = objective("beyond", Ratio(f"max(sum without (instance) (increase({ALL}[{{{{.window}}}}])))", bad=BAD))


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "shop.om"
    path.write_text("".join([*lines(), "# EOF\n"]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(text: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return servers.backfill(text, tmp_path_factory.mktemp("blocks") / "shop")


def taken(
    source: Path, objectives: Sequence[Objective] = OBJECTIVES, environment: dict[str, str] | None = None
) -> Snapshot:
    with tsdb.open_source(source, dict(os.environ) if environment is None else environment) as telemetry:
        return capture.take(telemetry, objectives, AT, capture.grid(AT, 2), AT)


def figures(item: Measurement) -> list[float]:
    """All numbers of a measurement, in one order; NaN for none."""
    counts = [item.own, *(item.windows[seconds] for seconds in sorted(item.windows))]
    told = [value for count in counts if count for value in (count.bad, count.total, count.uncounted_bad)]
    steps = (*item.bad, *item.total, *(item.latency.values if item.latency else ()))
    return [*told, *(math.nan if value is None else value for value in steps)]


def same(one: Snapshot, other: Snapshot) -> None:
    for first, second in zip(one.measurements, other.measurements, strict=True):
        name = first.objective.id
        assert (first.error, first.warnings, first.queries) == (second.error, second.warnings, second.queries), name
        assert figures(first) == pytest.approx(figures(second), rel=1e-6, abs=1e-6, nan_ok=True), name


@pytest.fixture(scope="module")
def served(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """What a real server says."""
    from afterword.budgets.sources.prometheus import Live  # noqa: PLC0415  # only here

    with servers.prometheus(folder, tmp_path_factory.mktemp("server")) as url:
        live = Live(url=url, environment={}, now=lambda: datetime.now(UTC), only=True)
        return capture.take(live, (*OBJECTIVES, BEYOND), AT, capture.grid(AT, 2), AT)


def of(snapshot: Snapshot, objectives: Sequence[Objective]) -> Snapshot:
    wanted = {item.id for item in objectives}
    return replace(snapshot, measurements=tuple(m for m in snapshot.measurements if m.objective.id in wanted))


def test_every_kind_of_objective_is_measured_as_a_server_would(folder: Path, text: Path, served: Snapshot) -> None:
    for item in served.measurements:
        assert item.error is None
        assert item.own is not None
        assert item.own.total > 0, item.objective.id
    # without any program of Prometheus: all of it is evaluated here
    for source, kind in ((folder, "tsdb"), (text, "openmetrics")):
        found = taken(source, environment=NOWHERE)
        assert found.source.kind == kind
        same(found, of(served, OBJECTIVES))


def test_a_query_beyond_our_reading_is_answered_by_a_private_server(folder: Path, text: Path, served: Snapshot) -> None:
    for source in (folder, text):
        same(taken(source, [OBJECTIVES[0], BEYOND]), of(served, [OBJECTIVES[0], BEYOND]))


def test_without_a_server_only_the_objective_that_needs_one_fails(folder: Path) -> None:
    found = taken(folder, [OBJECTIVES[0], BEYOND], NOWHERE)
    plain, beyond = found.of("bad"), found.of("beyond")
    assert plain
    assert plain.error is None
    assert beyond
    assert "only a Prometheus can answer" in (beyond.error or "")
    assert "Install Prometheus" in (beyond.error or "")


def test_nothing_after_the_instant_counts(text: Path, tmp_path: Path) -> None:
    ahead = objective("ahead", Ratio(f"sum(increase({ALL}[{{{{.window}}}}] offset -1h))", bad=BAD))
    end = int(AT.timestamp())
    cut = tmp_path / "cut.om"
    kept = [line for line in lines() if int(line.rsplit(" ", 1)[1]) <= end]
    cut.write_text("".join([*kept, "# EOF\n"]), encoding="utf-8")
    assert len(kept) < len(list(lines()))
    same(taken(text, [*OBJECTIVES, ahead], NOWHERE), taken(cut, [*OBJECTIVES, ahead], NOWHERE))


def test_the_folder_is_never_written_to(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "shop"
    shutil.copytree(folder, data)
    before = sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in data.rglob("*"))
    taken(data, [BEYOND])
    assert sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in data.rglob("*")) == before


def odd(folder: Path, target: Path, kind: str) -> Path:
    """A copy of the blocks that pypdu would misread."""
    shutil.copytree(folder, target)
    block = max(path for path in target.iterdir() if path.is_dir())
    meta = json.loads((block / "meta.json").read_text(encoding="utf-8"))
    if kind == "overlap":
        meta["ulid"] = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
        shutil.copytree(block, block := target / meta["ulid"])
    elif kind == "tombstones":
        meta["stats"]["numTombstones"] = 1
    else:
        meta["compaction"]["hints"] = ["from-out-of-order"]
    (block / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("kind", "says"), [("overlap", "overlap"), ("tombstones", "tombstones"), ("order", "out of order")]
)
def test_blocks_that_would_be_misread_go_to_a_server_or_nowhere(
    folder: Path, served: Snapshot, tmp_path: Path, kind: str, says: str
) -> None:
    data = odd(folder, tmp_path / "odd", kind)
    found = taken(data, OBJECTIVES[:2])
    assert found.source.url is None
    same(found, of(served, OBJECTIVES[:2]))
    with pytest.raises(AfterwordError, match=f"only a Prometheus .*{says}"):
        taken(data, OBJECTIVES[:2], NOWHERE)


def test_deleted_series_stay_deleted(folder: Path, tmp_path: Path) -> None:
    import urllib.request  # noqa: PLC0415  # only here

    with servers.prometheus(folder, tmp_path) as url:
        for path in ("delete_series?match[]=requests_total{instance=%22b%22}", "snapshot"):
            asked = urllib.request.Request(f"{url}/api/v1/admin/tsdb/{path}", method="POST")  # noqa: S310  # loopback
            with urllib.request.urlopen(asked) as answer:  # noqa: S310  # loopback
                body = answer.read()
        name = servers.snapshot_name(body)
        alone = objective("alone", Ratio(ALL, bad='requests_total{instance="b",status="500"}'))
        found = taken(tmp_path / "data" / "snapshots" / name, [alone]).of("alone")
    assert found
    assert found.own
    assert found.own.bad == 0
    assert found.own.total > 0


def test_an_archive_tells_what_its_folder_tells_and_leaves_nothing(
    folder: Path, served: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed, work = tmp_path / "shop.tgz", tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(work))
    with tarfile.open(packed, "w:gz", compresslevel=1) as archive:
        archive.add(folder, "shop")
    same(taken(packed, [BEYOND, *OBJECTIVES]), served)
    assert not list(work.iterdir())
    packed.write_bytes(packed.read_bytes()[:-100])
    with pytest.raises(AfterwordError, match=r"shop\.tgz is no whole tar archive"):
        taken(packed)
    assert not list(work.iterdir())


def test_an_archive_without_blocks_is_named_as_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("nothing", encoding="utf-8")
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / "a.txt", "a.txt")
    with pytest.raises(AfterwordError, match=r"a\.tar holds no TSDB blocks"):
        taken(tmp_path / "a.tar")


def test_a_file_of_another_kind_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("1,2", encoding="utf-8")
    with pytest.raises(AfterwordError, match=r"a\.csv is neither") as caught:
        taken(path)
    assert ".tgz" in (caught.value.hint or "")


def test_damaged_blocks_are_refused(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "damaged"
    shutil.copytree(folder, data)
    index = next(iter(sorted(data.glob("*/index"))))
    index.write_bytes(index.read_bytes()[: index.stat().st_size // 2])
    with pytest.raises(AfterwordError, match="damaged"):
        taken(data, environment=NOWHERE)


@pytest.fixture
def old(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The same blocks after a damaged one of a hundred days before, and that one's chunks."""
    data, text = tmp_path / "old", tmp_path / "old.om"
    shutil.copytree(folder, data)
    known = set(data.iterdir())
    end = int(AT.timestamp()) - 100 * 86_400
    samples = (f'requests_total{{service="shop",instance="a",status="200"}} {n} {end + n * 60}\n' for n in range(200))
    text.write_text("".join([*samples, "# EOF\n"]), encoding="utf-8")
    promtool.backfill(text, data, os.environ)
    (block,) = set(data.iterdir()) - known
    chunks = block / "chunks" / "000001"
    chunks.write_bytes(bytes(byte ^ (index == 40) for index, byte in enumerate(chunks.read_bytes())))
    return data, chunks


def test_blocks_of_another_time_are_not_opened(old: tuple[Path, Path], served: Snapshot) -> None:
    same(taken(old[0], environment=NOWHERE), of(served, OBJECTIVES))


def test_blocks_that_a_query_looks_back_to_are_opened(old: tuple[Path, Path]) -> None:
    data, chunks = old
    before = objective("before", Ratio(f"sum(increase({ALL}[{{{{.window}}}}] offset 99d))", bad=BAD))
    with pytest.raises(AfterwordError, match="damaged"):
        taken(data, [*OBJECTIVES, before], NOWHERE)
    chunks.write_bytes(bytes(byte ^ (index == 40) for index, byte in enumerate(chunks.read_bytes())))
    by_id = {item.objective.id: item for item in taken(data, [*OBJECTIVES, before], NOWHERE).measurements}
    own = by_id["before"].own
    assert own
    assert own.total == pytest.approx(199, abs=1)


def test_large_texts_go_through_promtool_and_tell_the_same(
    text: Path, served: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openmetrics_file, "LIMIT", 1000)
    found = taken(text)
    assert found.source.kind == "openmetrics"
    same(found, of(served, OBJECTIVES))
    with pytest.raises(AfterwordError, match="needs the program promtool"):
        taken(text, environment=NOWHERE)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('a 1 60\na{x="1" 2 120\n# EOF\n', r"a\.om:2: this is no sample"),
        ("a 1 60\na 2\n# EOF\n", r"a\.om:2: the sample has no time"),
        ("a 1 120\na 2 60\nb 1 60\n# EOF\n", r"promtool took 2 of 3 samples"),
        ("a 1 60\na 2 120\n", "cut off"),
        ("a 1 60\n# EOF\na 2 120\n# EOF\n", "after # EOF"),
    ],
)
def test_faults_of_large_texts_are_found_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, says: str
) -> None:
    monkeypatch.setattr(openmetrics_file, "LIMIT", 5)
    path = tmp_path / "a.om"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(AfterwordError, match=says):
        taken(path, OBJECTIVES[:1])


BARE = """
import sys
from pathlib import Path
sys.modules["numpy"] = sys.modules["pypdu"] = None  # as if they were not installed
import os
from afterword.budgets.offline import tsdb
from afterword.budgets.sources import capture
from afterword.errors import AfterwordError
from tests.budgets.test_tsdb import AT, OBJECTIVES
try:
    with tsdb.open_source(Path(sys.argv[1]), os.environ) as telemetry:
        found = capture.take(telemetry, OBJECTIVES[:1], AT, capture.grid(AT, 0), AT)
        print(found.source.kind, found.measurements[0].own.total)
except AfterwordError as error:
    print(error.message, error.hint)
"""


@pytest.mark.parametrize("kind", ["folder", "text"])
def test_without_the_extra_a_server_does_it_or_the_extra_is_named(
    folder: Path, text: Path, served: Snapshot, root: Path, kind: str
) -> None:
    source = folder if kind == "folder" else text

    def bare(path: str) -> str:
        env = {**os.environ, "PATH": path, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", BARE, str(source)], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    name, total = bare(os.environ["PATH"]).split()
    own = served.measurements[0].own
    assert own
    assert name == ("tsdb" if kind == "folder" else "openmetrics")
    assert math.isclose(float(total), own.total, rel_tol=1e-9)
    assert "pip install 'afterword[tsdb]'" in bare("")
