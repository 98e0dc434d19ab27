"""Nothing that needs a browser or a server is skipped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
INI = "[pytest]\nmarkers =\n    browser: b\n    server: s\n"
SUITE = """
import pytest

@pytest.mark.browser
def test_page(): pass

@pytest.mark.{kind}
def test_absent(): pytest.skip("nothing there")

def test_other(): pytest.skip("another system")
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("AFTERWORD_REQUIRE_ALL", raising=False)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makeini(INI)
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    return pytester


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["serial", "parallel"])
@pytest.mark.parametrize("kind", ["browser", "server"])
def test_a_skip_fails_where_a_browser_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, kind: str, workers: tuple[str, ...]
) -> None:
    suite.makepyfile(SUITE.format(kind=kind))
    monkeypatch.setenv("AFTERWORD_REQUIRE_ALL", "1")
    result = suite.runpytest_subprocess("-rs", *workers)
    result.assert_outcomes(passed=1, failed=1, skipped=1)
    result.stdout.fnmatch_lines_random(["*must not be skipped here*nothing there*", "*another system*"])


def test_elsewhere_a_skip_is_told_and_counted(suite: pytest.Pytester) -> None:
    suite.makepyfile(SUITE.format(kind="browser"))
    result = suite.runpytest_subprocess("-rs")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(["browser tests: 1 run, 1 skipped", "*nothing there*"])


def test_a_whole_file_cannot_be_skipped_where_a_browser_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.mkdir("browser")
    file = suite.path / "browser" / "test_whole.py"
    file.write_text("import pytest\npytest.skip('no module', allow_module_level=True)\n", encoding="utf-8")
    monkeypatch.setenv("AFTERWORD_REQUIRE_ALL", "1")
    result = suite.runpytest_subprocess()
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*must not be skipped here*no module*"])


def test_only_the_recorded_telemetry_may_be_absent_where_all_is_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.makepyfile("import pytest\n@pytest.mark.server\ndef test_truth(telemetry): pass\n")
    monkeypatch.setenv("AFTERWORD_REQUIRE_ALL", "1")
    monkeypatch.setenv("AFTERWORD_TELEMETRY", str(suite.path / "nowhere"))
    result = suite.runpytest_subprocess("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*no recorded telemetry*"])


def test_recorded_telemetry_is_found_where_it_is_named_or_beside_the_checkout(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, beside = suite.path / "named", suite.path / "data" / "telemetry"
    for folder in (named, beside):
        folder.mkdir(parents=True)
        (folder / "README.md").write_text("truth\n", encoding="utf-8")
    tests = suite.mkdir("checkout") / "tests"
    tests.mkdir()
    (suite.path / "conftest.py").rename(tests / "conftest.py")
    (tests / "test_it.py").write_text("def test_it(telemetry): print('at', telemetry)\n", encoding="utf-8")
    monkeypatch.setenv("AFTERWORD_TELEMETRY", str(named))
    suite.runpytest_subprocess("-rA", str(tests)).stdout.fnmatch_lines([f"at {named}"])
    monkeypatch.delenv("AFTERWORD_TELEMETRY")
    suite.runpytest_subprocess("-rA", str(tests)).stdout.fnmatch_lines([f"at {beside}"])
