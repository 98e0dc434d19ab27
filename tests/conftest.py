"""What all tests share: where things are, how property tests run, and that nothing is skipped in silence."""

from __future__ import annotations

import os
import shutil
import signal
import tarfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("browser", "server")
CHROMIUM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# A shell without job control lets what it starts in the background ignore Ctrl-C, and programs hand that on to those
# that they start: the tests that press it would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline and no complaint about slow data: a busy machine is no fault of the code.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, max_examples=100, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")

seen = dict.fromkeys([(kind, outcome) for kind in KINDS for outcome in ("run", "skipped")], 0)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may themselves run in a job of GitHub Actions or GitLab, where a check reports for reviewers."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the browser tests. ``make test`` installs one; without it these tests are skipped."""
    for name in (os.environ.get("AFTERWORD_CHROMIUM", ""), *CHROMIUM):
        found = shutil.which(name) if name else None
        if found:
            return found
    pytest.skip("no Chromium: run make browser, or set AFTERWORD_CHROMIUM")


@pytest.fixture(scope="session")
def telemetry() -> Path:
    """Recorded telemetry whose truth is known, too large for this repository: named, or found beside the checkout."""
    named = os.environ.get("AFTERWORD_TELEMETRY")
    beside = sorted(ROOT.parent.glob("*/telemetry/README.md"))
    folder = Path(named) if named else beside[0].parent if beside else None
    if folder is None or not (folder / "README.md").is_file():
        pytest.skip("no recorded telemetry: name its folder in AFTERWORD_TELEMETRY")
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Real postmortems of other organisations, not ours to copy: named, or found beside the checkout."""
    named = os.environ.get("AFTERWORD_CORPORA")
    beside = sorted(ROOT.parent.glob("*/corpora/README.md"))
    folder = Path(named) if named else beside[0].parent if beside else None
    if folder is None or not folder.is_dir():
        pytest.skip("no corpora: name their folder in AFTERWORD_CORPORA")
    return folder


@pytest.fixture(scope="session")
def telemetry_blocks(telemetry: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded TSDB snapshot, unpacked; read from it, never write into it."""
    folder = tmp_path_factory.mktemp("telemetry")
    with tarfile.open(telemetry / "prom-snapshot-35d-60s.tgz") as archive:
        # later Pythons want to be told what they may trust; the first of 3.11 cannot be
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)  # noqa: S202  # our own recording
    return next(path.parent.parent for path in sorted(folder.rglob("meta.json")))


@pytest.fixture(scope="session")
def telemetry_server(telemetry_blocks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Prometheus on the recorded telemetry."""
    from tests import servers  # noqa: PLC0415  # this file is also tried alone, away from the others

    with servers.prometheus(telemetry_blocks, tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under ``make test`` a skipped browser or server test has failed."""
    report = yield
    if any(kind in item.keywords for kind in KINDS):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself as a whole."""
    report = yield
    if "browser" in collector.path.parts:
        _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    # nobody but us has the recorded telemetry: that skip is allowed
    if report.skipped and os.environ.get("AFTERWORD_REQUIRE_ALL") == "1" and "AFTERWORD_TELEMETRY" not in str(reason):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} must not be skipped here. {reason}"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count per kind what was run; with xdist the reports of all workers arrive here."""
    outcome = "skipped" if report.skipped else "run" if report.when == "call" or report.failed else None
    for kind in KINDS:
        if outcome and kind in report.keywords:
            seen[kind, outcome] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The lines that .ci/run looks for."""
    for kind in KINDS:
        run, skipped = seen[kind, "run"], seen[kind, "skipped"]
        if run or skipped:
            terminalreporter.write_line(f"{kind} tests: {run} run, {skipped} skipped")
