"""No output of the command line shows what is confidential, whatever the files hold and whichever rules are asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import SETTINGS, Invoke
from tests.confidentiality.leaky import Leaky
from tests.confidentiality.samples import secrets


@pytest.fixture
def leaky(library: Path) -> Leaky:
    made = Leaky()
    made.write(library)
    return made


COMMANDS = [
    *(("check", "--format", form) for form in ("text", "github", "sarif", "junit", "gitlab", "json", "markdown")),
    ("check", "--ignore", "AW7"),
    ("check", "--select", "AW0,AW1,AW2,AW3", "--format", "json"),
    ("--no-cache", "check", "--format", "sarif"),
    ("check", "postmortems/incidents/2026/2026-07-03-wrong.md"),
    ("check", "--diff"),
    ("check", "--fix"),
    ("list",),
    ("list", "--format", "json"),
    ("stats",),
    ("stats", "--format", "json"),
    ("action", "list"),
    ("action", "list", "--format", "json"),
    ("publish", "2026-06-04-leaky"),
    ("action", "done", "2026-06-04-leaky", "A1"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_shows_a_secret(leaky: Leaky, invoke: Invoke, command: tuple[str, ...]) -> None:
    first, second = invoke(*command), invoke(*command)  # the second from the cache
    assert leaky.leaks(first.output + second.output) == []
    assert len(first.output) > 50
    assert "Traceback" not in first.output


def test_all_the_secrets_are_found(leaky: Leaky, invoke: Invoke) -> None:
    output = invoke("check", "--select", "AW701", "--format", "json").output
    # those of the accepted file stand in two files, and the key of many lines is one
    assert output.count('"AW701"') > len(leaky.known)


def test_the_columns_of_a_masked_line_stay(library: Path, invoke: Invoke) -> None:
    secret = Leaky().one()
    path = library / "postmortems/incidents/2026/2026-05-06-orders-slow.md"
    text = path.read_text(encoding="utf-8") + f"\n## Notes\n\nThen `{secret}` was revoked.\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    lines = invoke("check", "--select", "AW701", "--format", "text").output.split("\n")
    at = next(number for number, line in enumerate(lines) if "was revoked" in line)
    assert lines[at] == f"  Then `{'•' * len(secret)}` was revoked."
    assert lines[at + 1] == " " * 8 + "^" * len(secret)


def test_a_secret_that_is_ignored_with_a_reason_is_masked_as_well(library: Path, invoke: Invoke) -> None:
    made = Leaky()
    path = library / "postmortems/incidents/2026/2026-05-06-orders-slow.md"
    text = path.read_text(encoding="utf-8")
    silence = "<!-- afterword: ignore AW701 it was revoked -->"
    path.write_text(f"{text}\n{silence}\n\n[x](gone-{made.one()}.md)\n", encoding="utf-8", newline="\n")
    output = invoke("check", "--format", "text").output
    assert "AW701" not in output
    assert "the link to gone-[masked]" in output
    assert made.leaks(output) == []


def test_a_comment_that_ignores_no_rule_is_quoted_without_what_is_confidential(library: Path, invoke: Invoke) -> None:
    token = secrets()["gitlab"][0]
    path = library / "postmortems/incidents/2026/2026-05-06-orders-slow.md"
    with path.open("a", encoding="utf-8") as opened:
        opened.write(f"\n<!-- afterword: ignore {token} it was revoked -->\n")
    output = invoke("check", "--select", "AW205", "--format", "json").output
    assert "there is no rule “[masked]” to ignore" in output
    assert token not in output


def test_a_customer_of_a_file_that_git_ignores_is_found_and_masked(library: Path, invoke: Invoke) -> None:
    settings = f"{SETTINGS}confidential: {{customers_file: .confidential/customers.txt}}\n"
    (library / "afterword.yml").write_text(settings, encoding="utf-8")
    path = library / "postmortems/incidents/2026/2026-05-06-orders-slow.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nFabrikam waited longest.\n", encoding="utf-8", newline="\n")
    assert "AW704" not in invoke("check").output  # a checkout without the list
    (library / ".confidential").mkdir()
    (library / ".confidential/customers.txt").write_text("# ours\nContoso\nFabrikam\n", encoding="utf-8")
    output = invoke("check", "--format", "text").output
    assert "warning AW704 a customer is named here" in output
    assert "•••••••• waited longest." in output
    assert "Fabrikam" not in output


def test_no_suggestion_tells_a_heading_of_another_file(library: Path, invoke: Invoke) -> None:
    settings = f"{SETTINGS}confidential: {{customers: [Fabrikam]}}\n"
    (library / "afterword.yml").write_text(settings, encoding="utf-8")
    heading = "\n### Told Fabrikam and jane.roe@shop.org\n"
    link = "#told-fabrkam-and-janeroshoporg"
    folder = library / "postmortems/incidents/2026"
    first, second = folder / "2026-05-06-orders-slow.md", folder / "2026-03-04-pool-exhausted.md"
    guide = library / "postmortems/guide" / f"a-page-with-a-name-{'so-' * 20}long.md"
    guide.parent.mkdir(exist_ok=True)
    guide.write_text(f"# Page\n{heading}", encoding="utf-8")
    with first.open("a", encoding="utf-8") as opened:
        opened.write(f"{heading}\n[a]({link})\n")
    with second.open("a", encoding="utf-8") as opened:
        opened.write(f"\n[b]({first.name}{link}) [c](../../guide/{guide.name}{link})\n")
    output = invoke("check", "--select", "AW801", "--format", "json").output
    assert output.count('"AW801"') == 3
    assert "Did you mean `#told-[masked]-and-[masked]`?" in output, "what stands there else is told"
    assert "fabrikam" not in output.lower()
    assert "janeroe" not in output


@pytest.mark.parametrize(
    "wrong",
    ["SECRET: 1", "a: [SECRET", "a: *SECRET", "SECRET: 1\nSECRET: 2", "time_zone: SECRET", "teams: SECRET",
     "check: {ignore: [{code: SECRET, reason: it was revoked}]}"],
)  # fmt: skip
def test_no_fault_of_the_settings_shows_a_secret(library: Path, invoke: Invoke, wrong: str) -> None:
    made = Leaky()
    (library / "afterword.yml").write_text(f"{SETTINGS}{wrong.replace('SECRET', made.one())}\n", "utf-8")
    for command in (("check",), ("list",)):
        result = invoke(*command)
        assert result.exit_code != 0
        assert "afterword.yml" in result.output
        assert made.leaks(result.output) == []


@pytest.mark.parametrize("customers", ["Fabrikam", "{Fabrikam: 1}", "[Fabrikam, Fabrikam]", "[[Fabrikam]]"])
def test_no_fault_of_the_settings_names_a_customer(library: Path, invoke: Invoke, customers: str) -> None:
    settings = f"{SETTINGS}confidential: {{customers: {customers}}}\n"
    (library / "afterword.yml").write_text(settings, encoding="utf-8")
    result = invoke("check")
    assert result.exit_code == 2
    assert "Fabrikam" not in result.output


@pytest.mark.parametrize("file", ["slos/a.yaml", "policy.yml", "corrections.yml", "waivers.yml"])
def test_no_fault_of_the_budgets_shows_a_secret(library: Path, invoke: Invoke, file: str) -> None:
    made = Leaky()
    (library / "budgets/slos").mkdir(parents=True)
    secret = made.one()
    text = f"schema: 1\n{secret}: 1\napiVersion: openslo/v1\nkind: {secret}\npassword: {made.one('assigned')}\n"
    (library / "budgets" / file).write_text(text, encoding="utf-8")
    commands = (("check", "--format", "json"), ("check", "--format", "text"), ("budget", "status"), ("gate", "--all"))
    output = "".join(invoke(*command).output for command in commands)
    assert f"budgets/{file}" in output
    assert made.leaks(output) == []


def test_what_nobody_expected_is_told_without_secrets(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Leaky()
    secret = made.one()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"no {secret}")

    monkeypatch.setattr("afterword.checking.check", broken)
    monkeypatch.setenv("AFTERWORD_DEBUG", "1")
    output = invoke("check").output
    assert "Traceback" in output
    assert "RuntimeError" in output
    assert made.leaks(output) == []


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make links there")
def test_no_linked_folder_tells_what_lies_outside(library: Path, invoke: Invoke, tmp_path: Path) -> None:
    outside = tmp_path / "outside/slos"
    outside.mkdir(parents=True)
    (outside / "notes.md").write_text("# Notes\n\n## About quokkas\n", encoding="utf-8")
    (outside / "a.yaml").write_text("apiVersion: openslo/v1\nkind: quokkas\n", encoding="utf-8")
    (library / "postmortems/folder").symlink_to(outside, target_is_directory=True)
    (library / "budgets").symlink_to(outside.parent, target_is_directory=True)
    with (library / "postmortems/incidents/2026/2026-05-06-orders-slow.md").open("a", encoding="utf-8") as opened:
        opened.write("\n[a](../../folder/notes.md#about-quoka)\n")
    output = invoke("check", "--format", "json").output + invoke("check", "--format", "text").output
    assert "quokkas" not in output
    assert "it leads out of the library" in output
