"""OpenMetrics: samples are read as they stand, faults are named by their line, and half a file is no file."""

from __future__ import annotations

import contextlib
import gzip
import io
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_fd_to_metric_families

from afterword.budgets.offline import openmetrics, openmetrics_file
from afterword.budgets.offline.openmetrics import parse
from afterword.budgets.offline.openmetrics_file import OpenMetricsError

END = "# EOF\n"


def read(text: str) -> dict[tuple[tuple[str, str], ...], list[tuple[int, float]]]:
    found = parse(text + END, "a.om").series
    return {
        tuple(sorted(one.labels.items())): list(zip(one.times.tolist(), one.values.tolist(), strict=True))
        for one in found
    }


def test_series_may_take_turns_and_name_their_labels_in_any_order() -> None:
    text = '# TYPE a counter\na_total{x="1",y="2"} 3 100\nb 1 100\na_total{y="2",x="1"} 4.5 160.25\nb{y=""} 2 1.6e2\n'
    assert read(text) == {
        (("__name__", "a_total"), ("x", "1"), ("y", "2")): [(100_000, 3.0), (160_250, 4.5)],
        (("__name__", "b"),): [(100_000, 1.0), (160_000, 2.0)],
    }


def test_exemplars_and_comments_are_no_trouble() -> None:
    text = '# HELP a Says “# EOF” somewhere\na_bucket{le="0.5"} 17 100 # {trace_id="x y"} 0.67 99\n'
    assert list(read(text).values()) == [[(100_000, 17.0)]]


def test_escapes_are_resolved() -> None:
    (labels,) = read('a{x="q\\"b\\\\s\\nl",z="}"} 1 2\n')
    assert dict(labels) == {"__name__": "a", "x": 'q"b\\s\nl', "z": "}"}


def test_values_may_be_infinite_or_no_number() -> None:
    ((_, samples),) = read("a +Inf 1\na -Inf 2\na NaN 3\na NaN 3\n").items()
    assert [value for _, value in samples[:2]] == [math.inf, -math.inf]
    assert math.isnan(samples[2][1])
    assert len(samples) == 3


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('a{x="1" 3 100', "no sample"),
        ("a 3", "no time"),
        ("a three 100", "no number"),
        ("a 3 soon", "no number"),
        ("a 3 1_000", "no number"),
        ("a 3 1e300", "no time in seconds"),
        ("a 3 nan", "no time in seconds"),
        ('a{x="1",x="2"} 3 100', "twice"),
        ("", "no sample"),
        ("a  3 100", "no sample"),
        ("ok 4 60", "forward"),
        ("ok 4 61", "forward"),
    ],
)
def test_a_fault_is_named_with_its_line(line: str, says: str) -> None:
    with pytest.raises(OpenMetricsError, match=rf"a\.om:2: .*{says}") as caught:
        parse(f"ok 3 61\n{line}\nb 1 2\n{END}", "a.om")
    assert caught.value.hint


@pytest.mark.parametrize("text", ["", "a 1 2\n", "a 1 2\n# EO", "a 1 2 # EOF", "a 1 2\n# EOF\n\n"])
def test_a_text_without_its_end_is_refused(text: str) -> None:
    with pytest.raises(OpenMetricsError, match="cut off"):
        parse(text, "a.om")


def test_an_end_in_the_middle_is_refused() -> None:
    with pytest.raises(OpenMetricsError, match=r"a\.om:2: .*before the end"):
        parse(f"a 1 2\n{END}b 1 2\n{END}", "a.om")


def test_packed_files_are_read_and_half_ones_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.om.gz"
    data = gzip.compress(f"a 1 2\n{END}".encode())
    path.write_bytes(data)
    assert not openmetrics_file.is_large(path)
    assert len(openmetrics.load(path).series) == 1
    openmetrics_file.unpack(path, tmp_path / "plain")
    assert (tmp_path / "plain").read_text(encoding="utf-8") == f"a 1 2\n{END}"
    path.write_bytes(data[:-9])
    with pytest.raises(OpenMetricsError, match="cut off"):
        openmetrics.load(path)


def test_bytes_that_are_no_text_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.om"
    path.write_bytes(b"a 1 2\nb\xff 1 2\n# EOF\n")
    with pytest.raises(OpenMetricsError, match=r"a\.om:2: .*UTF-8"):
        openmetrics.load(path)


def test_a_large_file_is_known_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.om"
    path.write_text(f"a 1 2\n{END}", encoding="utf-8")
    monkeypatch.setattr(openmetrics_file, "LIMIT", 5)
    assert openmetrics_file.is_large(path)


names = st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True).filter(lambda name: not name.startswith("__"))
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@given(
    st.dictionaries(names, st.one_of(texts, st.just('\n"\\')), max_size=4),
    st.lists(st.tuples(st.integers(1, 10**6), st.floats(allow_nan=False)), min_size=1, max_size=10),
)
def test_what_the_parser_of_the_client_takes_is_read_alike(
    labels: dict[str, str], steps: list[tuple[int, float]]
) -> None:
    inside = ",".join(f'{name}="{escaped(value)}"' for name, value in labels.items())
    lines, time = ["# TYPE a gauge"], 0
    for gap, value in steps:
        time += gap
        lines.append(f"a{{{inside}}} {value!r} {time}")
    text = "\n".join([*lines, END])
    (family,) = text_fd_to_metric_families(io.StringIO(text))  # type: ignore[no-untyped-call]  # the package has no type here
    expected = [(int(float(str(sample.timestamp)) * 1000), sample.value) for sample in family.samples]
    ((found, samples),) = read("\n".join([*lines, ""])).items()
    assert samples == expected
    assert dict(found) == {"__name__": "a", **labels}


@given(st.text(max_size=300))
def test_any_text_gives_series_or_a_fault(text: str) -> None:
    with contextlib.suppress(OpenMetricsError):
        parse(f"{text}\n{END}", "a.om")
