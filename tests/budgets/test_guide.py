"""The guide's files are files that can be used, and its commands are commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from afterword.budgets import corrections, openslo
from afterword.budgets.gate import policy
from afterword.cli.group import cli

GUIDE = Path(__file__).resolve().parents[2] / "postmortems" / "guide"
PAGES = ("error-budgets.md", "budget-policy.md", "budget-troubleshooting.md")


def text(page: str) -> str:
    return (GUIDE / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[bytes]:
    return [found.encode() for found in re.findall(r"^```yaml\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)]


def test_the_objective_and_the_maintenance_of_the_guide_are_sound() -> None:
    slo, fixes = blocks("error-budgets.md")
    found = openslo.read({"budgets/slos/checkout-errors.yaml": slo}, {}, ["checkout"])
    assert found.findings == ()
    assert [item.id for item in found.objectives] == ["checkout-errors"]
    assert corrections.read(fixes)[1] in ([], ())


def test_the_policy_of_the_guide_is_sound() -> None:
    (known,) = blocks("budget-policy.md")
    found, findings = policy.read(known)
    assert findings == []
    assert found.max_age == 3600


def commands() -> list[str]:
    """Every command of the pages, as one line."""
    found = []
    for page in PAGES:
        joined = text(page).replace("\\\n", " ")
        found += re.findall(r"(?:^|[`=\s])(afterword (?:budget|gate)[^`|;\n]*)", joined)
    return sorted({" ".join(command.split()) for command in found})


@pytest.mark.parametrize("line", commands())
def test_every_command_and_option_of_the_guide_exists(line: str) -> None:
    words = shlex.split(line)[1:]
    command: click.Command = cli
    while words and isinstance(command, click.Group):
        below = command.get_command(click.Context(command), words[0])
        if below is None:
            break
        command, words = below, words[1:]
    assert command is not cli
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known | {"--help"}
