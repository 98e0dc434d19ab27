"""``afterword check``: forms and files of a report, the choice under GitHub Actions, and what no form may show."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from afterword.cli.outputs import FORMATS, Output, printed
from afterword.cli.whereabouts import prefix, rule_page
from tests.cli.conftest import POOL, PUBLIC, SLOW

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke, Run

SECRET = "ghp_" + "a8Zk2LmQ9xWv4RtY7uPb3NcD5eFg6HjK1sT0"  # a token of the right shape that opens nothing


def test_one_run_annotates_and_writes_the_other_forms(invoke: Invoke, library: Path) -> None:
    result = invoke(
        "check", "--format", "github", "--output", "sarif=a.sarif", "--output", "junit=b.xml", "--output", "json=c.json"
    )
    assert result.exit_code == 0
    assert f"::warning file={POOL},line=17" in result.output
    assert json.loads((library / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads((library / "c.json").read_text(encoding="utf-8"))["summary"]["files"] == 3
    root = ET.fromstring((library / "b.xml").read_text(encoding="utf-8"))  # noqa: S314  # our own
    cases = [case.attrib["name"] for case in root.iter("testcase")]
    assert cases == sorted([POOL, PUBLIC, SLOW])


def test_a_file_without_a_form_takes_the_place_of_standard_output(invoke: Invoke, library: Path) -> None:
    result = invoke("check", "--format", "gitlab", "--output", "gl-code-quality.json", "--output", "text=report.txt")
    assert result.output == ""
    assert json.loads((library / "gl-code-quality.json").read_text(encoding="utf-8"))[0]["check_name"]
    assert (library / "report.txt").read_text(encoding="utf-8").count("AW502") >= 1


def test_a_dash_is_standard_output(invoke: Invoke, library: Path) -> None:
    output = invoke("check", "--output", "-", "--output", "junit=-").output
    assert "AW502" in output
    assert output.endswith("</testsuites>\n")
    assert not (library / "-").exists()


@pytest.mark.parametrize("value", ["sarif=", "", "postmortems", "junit=postmortems"])
def test_an_output_that_is_no_file_is_wrong_use(invoke: Invoke, value: str) -> None:
    result = invoke("check", "--output", value)
    assert result.exit_code == 2
    assert "--output" in result.output


@pytest.mark.parametrize("value", ["sarfi=findings.sarif", "html=report.html", "JSON=a.json"])
def test_a_form_that_there_is_not_is_wrong_use_and_no_name_of_a_file(invoke: Invoke, library: Path, value: str) -> None:
    result = invoke("check", "--output", value)
    assert result.exit_code == 2
    assert "text, github, sarif, junit, gitlab, json, markdown" in result.stderr.replace("\n", " ")
    assert f"./{value}" in result.stderr
    assert not (library / value).exists()


def test_what_can_be_no_form_is_part_of_the_name(invoke: Invoke, library: Path) -> None:
    for name in ("./a=b.txt", "run-3=b.txt"):
        assert invoke("check", "--output", name).output == ""
        assert (library / name).is_file()


def test_junit_fails_at_the_level_that_fails_the_check(invoke: Invoke) -> None:
    for level, least in (("error", 0), ("warning", 1)):
        result = invoke("check", "--format", "junit", "--fail-on", level)
        failures = int(ET.fromstring(result.output).attrib["failures"])  # noqa: S314  # our own
        assert (failures > 0) is (least > 0)
        assert result.exit_code == (1 if failures else 0)


@pytest.mark.parametrize(
    ("form", "outputs", "job", "terminal", "chosen"),
    [
        ("auto", (), "true", False, "github"),
        ("auto", (), "true", True, "text"),
        ("auto", (), "", False, "text"),
        ("text", (), "true", False, "text"),
        ("auto", (Output("a", "sarif"),), "true", False, "github"),
        ("auto", (Output("a"),), "true", False, None),
        ("json", (Output("a"), Output("b", "sarif")), "", False, None),
    ],
)
def test_the_form_of_standard_output(
    form: str, outputs: tuple[Output, ...], job: str, terminal: bool, chosen: str | None
) -> None:
    assert printed(form, outputs, {"GITHUB_ACTIONS": job}, terminal=terminal) == chosen


def test_a_job_of_github_gets_annotations_unless_text_is_asked_for(
    invoke: Invoke, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert invoke("check").output.splitlines()[-1].startswith("::notice title=afterword check::3 files, ")
    assert "::" not in invoke("check", "--format", "text").output
    assert invoke("check", "--output", "report.txt").output == ""
    assert "::" not in (library / "report.txt").read_text(encoding="utf-8")


def test_a_line_of_a_file_is_no_command_in_a_job(
    invoke: Invoke, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library / POOL
    text = path.read_text(encoding="utf-8") + "\n## Notes\n\n  ::error::TODO <describe>\n\n##[error]TODO: say more\n"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    output = invoke("check", "--format", "text").output
    assert "error::TODO" in output
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in output.splitlines())


@pytest.mark.parametrize("form", FORMATS)
def test_no_secret_reaches_any_form(invoke: Invoke, library: Path, form: str) -> None:
    path = library / POOL
    text = path.read_text(encoding="utf-8").replace("root_cause: capacity", f"root_cause: {SECRET}")
    text = text.replace('owner: "@team-payments"', f'owner: "{SECRET}"').replace("due: 2026-10-01", f"due: {SECRET}")
    path.write_text(f"{text}\nTODO: rotate {SECRET}, see [it]({SECRET}.md).\n\n## {SECRET}\n", encoding="utf-8")
    for _ in range(2):  # the second time from the cache
        output = invoke("check", "--format", form).output
        assert "AW701" in output
        assert not any(SECRET[at : at + 8] in output for at in range(len(SECRET) - 8))
    if form == "text":
        assert "•" * len(SECRET) in output


def test_a_file_that_changed_after_it_was_judged_shows_no_secret(
    library: Path, monkeypatch: pytest.MonkeyPatch, invoke: Invoke
) -> None:
    from afterword.reporters import text as reporter  # noqa: PLC0415  # only here

    render = reporter.render

    def late(*given: object, **named: object) -> str:
        path = library / POOL
        path.write_text(path.read_text(encoding="utf-8").replace("due: 2026-10-01", f"due: {SECRET}"), encoding="utf-8")
        return render(*given, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(reporter, "render", late)
    output = invoke("check", "--format", "text").output
    assert "AW502" in output
    assert SECRET not in output


def test_paths_are_those_of_the_repository(library: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prefix(library, {"GITHUB_WORKSPACE": str(library.parent)}) == f"{library.name}/"
    assert prefix(library, {"CI_PROJECT_DIR": str(library)}) == ""
    assert prefix(library, {"GITHUB_WORKSPACE": str(library / "postmortems")}) == ""
    assert prefix(library, {}) == ""
    (library.parent / ".git").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", "/elsewhere")
    for form in ("github", "sarif", "gitlab", "junit"):
        assert f"{library.name}/{POOL}" in invoke("check", "--format", form).output
    assert json.loads(invoke("check", "--format", "json").output)["findings"][0]["path"].startswith("postmortems/")


@pytest.mark.parametrize(
    ("config", "address"),
    [
        (None, None),
        ("site_name: x\n# site_url: https://example.org/\n", None),
        ("site_url: https://example.org/pm/\n", "https://example.org/pm/guide/rules/aw502/"),
        ("site_url: 'https://example.org'  # where\n", "https://example.org/guide/rules/aw502/"),
        ("use_directory_urls: false\nsite_url: http://a.b/\n", "http://a.b/guide/rules/aw502.html"),
        ("site_url: !ENV [SITE, 'https://example.org']\n", None),
        ("site_url: javascript:alert(1)\n", None),
    ],
)
def test_a_rule_has_an_address_where_the_site_has_one(tmp_path: Path, config: str | None, address: str | None) -> None:
    if config is not None:
        (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    page = rule_page(tmp_path)
    assert (page("AW502") if page else None) == address


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such encoding of names")
@pytest.mark.parametrize("form", FORMATS)
def test_letters_that_standard_output_cannot_show_do_not_end_the_check(run: Run, library: Path, form: str) -> None:
    path = library / POOL
    renamed = path.with_name("2026-03-04-đơn-🔥.md")
    path.rename(renamed)
    done = run("check", "--format", form, env={"PYTHONIOENCODING": "koi8-r", "PYTHONUTF8": "0"})
    assert done.returncode in (0, 1)
    assert done.stdout.isascii()
    assert done.stderr == ""


def test_an_error_gives_a_job_no_command(library: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    with (library / "afterword.yml").open("a", encoding="utf-8") as opened:
        opened.write('"##[set-output name=sarif]/etc/passwd": 1\n')
    result = invoke("check")
    assert result.exit_code == 2
    assert "unknown key “## [set-output name=sarif]/etc/passwd”" in result.output
