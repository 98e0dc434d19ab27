"""``afterword budget snapshot``: from a server, from saved answers, and what it says about both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from afterword.budgets import specs
from afterword.budgets.snapshot import Count
from afterword.budgets.snapshots import store
from afterword.cli.group import cli
from tests.budgets import fleet
from tests.budgets.fakeserver import Answer, Asked, Fake
from tests.budgets.test_prometheus import answering

NAMES = ("shop", "till")
AT = "2026-11-01T23:30:00Z"
FILE = "budgets/snapshots/2026-11-01T233000Z.json.gz"


def reply(asked: Asked) -> Answer | None:
    """3 bad of 1,000 events, but a query of “till” that the server refuses if it is told to."""
    if "status" in asked.query:
        return answering(3)(asked)
    return answering(1000)(asked)


def refusing(asked: Asked) -> Answer | None:
    if 'service="till"' in asked.query:
        return Answer({"status": "error", "errorType": "execution", "error": "too many samples"}, 422)
    return reply(asked)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with two objectives, without a server in its environment."""
    monkeypatch.delenv("PROMETHEUS_URL", raising=False)
    root = fleet.library(tmp_path / "library", {name: fleet.queries(name) for name in NAMES})
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def server() -> Iterator[Fake]:
    """A server that is well."""
    with Fake(reply) as fake:
        yield fake


def run(*arguments: str, at: str = AT) -> Result:
    return CliRunner().invoke(cli, ["budget", "snapshot", "--at", at, *arguments])


def test_it_writes_what_the_server_says(library: Path, server: Fake) -> None:
    done = run("--url", server.url)
    assert done.exit_code == 0, done.output
    assert f"Wrote {Path(FILE)}: 2 objectives as of {AT}, 35 d" in done.output
    assert "Prometheus 2.42.0 at http://127.0.0.1" in done.output
    assert "keeps 15 d, and the longest window is 30 d" in done.stderr
    taken = store.load(library / FILE)
    assert [item.objective.id for item in taken.measurements] == ["shop-errors", "till-errors"]
    assert taken.measurements[0].own == Count(3, 1000)
    assert taken.steps == 35 * 288
    assert taken.specs == specs.digest(library)


def test_the_environment_may_name_the_server(library: Path, server: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_URL", server.url.replace("http://", "http://someone:hidden@"))
    done = run("--days", "1", "--objective", "till-errors")
    assert done.exit_code == 0, done.output
    assert "hidden" not in done.output + done.stderr
    assert b"hidden" not in (library / FILE).read_bytes()
    taken = store.load(library / FILE)
    assert (len(taken.measurements), taken.specs) == (1, None)


def test_a_login_is_shown_neither_by_an_error(library: Path) -> None:
    done = run("--url", "http://someone:hidden@127.0.0.1:9")
    assert done.exit_code == 2
    assert "http://127.0.0.1:9 cannot be reached" in done.stderr
    assert "hidden" not in done.output + done.stderr
    assert not store.names(library)


def test_one_objective_that_fails_is_told_and_kept(library: Path) -> None:
    with Fake(refusing) as fake:
        done = run("--url", fake.url, "--days", "1")
    assert done.exit_code == 1
    assert "Error: till-errors could not be measured" in done.stderr
    assert "too many samples" in done.stderr
    shop, till = store.load(library / FILE).measurements
    assert shop.own == Count(3, 1000)
    assert till.error


def test_where_nothing_could_be_measured_nothing_is_written(library: Path) -> None:
    with Fake(refusing) as fake:
        done = run("--url", fake.url, "--days", "1", "--objective", "till-errors")
    assert done.exit_code == 2
    assert "no objective could be measured" in done.stderr
    assert not store.names(library)


def test_saved_answers_give_the_same_figures(library: Path, server: Fake, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    assert "Kept " in run("--url", server.url, "--days", "2", "--save-answers", str(folder)).output
    before = store.load(library / FILE)
    target = tmp_path / "taken.json.gz"
    done = CliRunner().invoke(cli, ["budget", "snapshot", "--from", str(folder), "--out", str(target)])
    assert done.exit_code == 0, done.output
    taken = store.load(target)
    assert taken.measurements == before.measurements
    assert (taken.at, taken.captured_at, taken.source.kind) == (before.at, before.captured_at, "answers")


def test_the_same_instant_is_not_replaced_in_silence(library: Path, server: Fake) -> None:
    assert run("--url", server.url, "--days", "1").exit_code == 0
    before = (library / FILE).read_bytes()
    assert run("--url", server.url, "--days", "1").exit_code == 0
    assert (library / FILE).read_bytes() == before
    done = run("--url", server.url, "--days", "2")
    assert done.exit_code == 2
    assert "says something else" in done.stderr
    assert (library / FILE).read_bytes() == before
    assert run("--url", server.url, "--days", "2", "--force").exit_code == 0
    assert (library / FILE).read_bytes() != before


def test_old_snapshots_are_thinned_and_named(library: Path, server: Fake) -> None:
    for at in ("2026-10-01T12:00:00Z", "2026-10-02T12:00:00Z"):
        assert run("--url", server.url, "--days", "1", at=at).exit_code == 0
    done = run("--url", server.url, "--days", "1", "--keep", "2")
    assert f"Removed {Path('budgets/snapshots/2026-10-01T120000Z.json.gz')}" in done.output
    assert len(store.names(library)) == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--objective", "shop-eror"), "Did you mean shop-errors?"),
        (("--at", "soon"), "is neither a date"),
        (("--url", "prometheus"), "is no address of a server"),
        ((), "nobody says which server to ask"),
        (("--url", "http://x", "--from", "."), "exclude each other"),
        (("--from", ".", "--save-answers", "x"), "--from asks none"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said_in_a_line(library: Path, arguments: tuple[str, ...], why: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert not store.names(library)


def test_without_objectives_there_is_nothing_to_measure(library: Path) -> None:
    for path in (library / "budgets" / "slos").iterdir():
        path.unlink()
    done = run("--url", "http://127.0.0.1:9")
    assert done.exit_code == 2
    assert "there is no objective in" in done.stderr


def test_an_objective_with_a_fault_is_told_and_hides_no_other(library: Path, server: Fake) -> None:
    path = library / "budgets" / "slos" / "till-errors.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("target: 0.999", "target: 7"), encoding="utf-8")
    done = run("--url", server.url, "--days", "1")
    assert done.exit_code == 1
    assert "budgets/slos/till-errors.yaml:" in done.stderr
    assert [item.objective.id for item in store.load(library / FILE).measurements] == ["shop-errors"]
