"""``afterword check --online``: addresses on the web, asked of a server of this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from afterword.cli import online
from tests.cli.conftest import SLOW
from tests.links.web import Page, web

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


def linked(library: Path, *urls: str) -> None:
    """Adds links to a postmortem of the library."""
    path = library / SLOW
    lines = "".join(f"- [a]({url})\n" for url in urls)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n## Notes\n\n{lines}", encoding="utf-8", newline="\n")


def said(output: str) -> list[tuple[str, str]]:
    return [(item["level"], item["message"]) for item in json.loads(output)["findings"] if item["code"] == "AW803"]


@pytest.mark.server
def test_a_dead_address_is_found_and_remembered(library: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(online.PRIVATE, "other.example, 127.0.0.1")
    with web(there=Page()) as served:
        linked(library, f"{served.url}/there", f"{served.url}/gone")
        arguments = ("check", SLOW, "--online", "--select", "AW803", "--format", "json")
        first = invoke(*arguments)
        asked = list(served.lines)
        again = invoke(*arguments)
        assert served.lines == asked == ["HEAD /gone", "GET /gone", "HEAD /there"]
    assert said(first.output) == [("warning", f"{served.url}/gone leads nowhere: it answers 404")]
    assert again.output == first.output


@pytest.mark.server
def test_without_the_option_nobody_is_asked(library: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(online.PRIVATE, "127.0.0.1")
    with web() as served:
        linked(library, f"{served.url}/gone")
        assert said(invoke("check", "--format", "json").output) == []
        invoke("check", "--online", "--ignore", "AW803")
        assert served.asked == []


@pytest.mark.server
def test_a_pull_request_cannot_make_it_reach_inside(library: Path, invoke: Invoke) -> None:
    with web(latest=Page()) as served:
        linked(library, f"{served.url}/latest")
        found = said(invoke("check", SLOW, "--online", "--select", "AW803", "--format", "json").output)
        assert served.asked == []
    why = "its host has an address that is not public"
    assert found == [("hint", f"whether {served.url}/latest still leads somewhere cannot be told: {why}")]


@pytest.mark.parametrize("other", ["--watch", "--diff"])
def test_asking_goes_with_neither_watching_nor_a_diff(invoke: Invoke, other: str) -> None:
    result = invoke("check", "--online", other)
    assert result.exit_code == 2
    assert "--online asks other hosts" in result.output
