"""Docs that cannot lie: every command and option that a page names exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from afterword.cli import reference
from afterword.cli.group import COMMANDS, cli
from afterword.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "postmortems" / "guide").glob("*.md"),
        *(ROOT / "tools" / "starter").rglob("*.md"),
        *(ROOT / "tools" / "starter").rglob("*.yml"),
        *ROOT.glob(".github/**/*.md"),
        *ROOT.glob(".gitlab/**/*.md"),
    ]
)


def _commands(text: str) -> Iterator[str]:
    """What stands in code after the word afterword: in backticks, and in lines of code blocks."""
    yield from re.findall(r"`afterword ([^`\n]+)`", text)
    yield from re.findall(r"(?m)^ *(?:[$#] |- run: )?afterword ([a-z].*)$", text)


def _known(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = cli
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        below = command.get_command(click.Context(command), words[0])
        assert below, f"there is no command {' '.join(words)}"
        command, words = below, words[1:]
    return command, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_says_about_commands_is_true(page: Path) -> None:
    for said in _commands(page.read_text(encoding="utf-8")):
        if re.match(r"(COMMAND|itself)\b", said):
            continue
        command, words = _known(shlex.split(said.replace("[", "").replace("]", ""), comments=True))
        options = {name for param in (*command.params, *cli.params) for name in (*param.opts, *param.secondary_opts)}
        options.add("--help")
        unknown = [word for word in words if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in options]
        assert unknown == [], said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_rule_that_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"\bAW\d{3}\b", page.read_text(encoding="utf-8")))
    assert named <= set(RULES)


def test_the_reference_names_every_command_and_option() -> None:
    text = reference.page()
    for name in COMMANDS:
        assert f"\n## afterword {name}\n" in text
        command = cli.get_command(click.Context(cli), name)
        assert command
        for item in command.commands.values() if isinstance(command, click.Group) else [command]:
            for param in item.params:
                assert not isinstance(param, click.Option) or param.opts[-1] in text, param.opts
                assert not isinstance(param, click.Option) or param.help, param.opts


def test_the_reference_is_the_same_on_every_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    narrow = reference.page()
    monkeypatch.setenv("COLUMNS", "200")
    assert reference.page() == narrow
