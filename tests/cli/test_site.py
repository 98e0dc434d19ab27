"""``afterword build`` and ``serve``: what they say, and how they fail."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site import CONFIG

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def site(library: Path) -> Path:
    """The library with a site."""
    (library / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return library


def test_the_last_lines_say_what_was_built_and_how_to_look_at_it(run: Run, site: Path) -> None:
    done = run("build", "--strict", env={"MAKELEVEL": ""})
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert re.fullmatch(r"3 postmortems, \d+ pages, \d+ warnings(, \d+ hints?)? in \d+\.\d s", first)
    assert second == "The site is in site/. Look at it with: afterword serve"
    assert (site / "site" / "index.html").is_file()
    pages = sum(1 for _ in (site / "site").rglob("*.html"))
    assert f" {pages} pages," in first
    assert "<lastmod>2026-11-01</lastmod>" in (site / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_a_postmortem_that_cannot_be_read_is_left_out_and_strict_fails(run: Run, site: Path) -> None:
    bad = "postmortems/incidents/2026/2026-06-01-bad.md"
    (site / bad).write_text("nothing", encoding="utf-8")
    done = run("build")
    assert done.returncode == 0
    assert f"{bad}:1:1: error AW002" in done.stderr
    assert ", 1 error," in done.stdout
    strict = run("build", "--strict", "--site-dir", "elsewhere")
    assert strict.returncode == 1
    assert strict.stdout == ""
    assert "Error: the site is not fit to be shown: 1 warning, and --strict allows none" in strict.stderr
    assert "Traceback" not in strict.stderr


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (None, "mkdocs.yml is missing"),
        ("site_name: [", "error parsing the configuration file"),
        ("site_name: A\ndocs_dir: postmortems\nplugins: [nonsense]", "nonsense"),
        ("site_name: A\ndocs_dir: postmortems\ntheme: nonsense", "Unrecognised theme name"),
    ],
)
def test_a_faulty_configuration_is_a_sentence(run: Run, library: Path, config: str | None, said: str) -> None:
    if config is not None:
        (library / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = run("build")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("site")
def test_a_port_that_is_taken_is_said_before_anything_is_built(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.server
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one program there")
def test_serve_shows_the_site_rebuilds_it_and_ends_with_ctrl_c(site: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = site.parent / "log.txt"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "afterword", "serve", "--port", str(port)],
            cwd=site,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            page = f"http://127.0.0.1:{port}/incidents/2026/2026-03-04-pool-exhausted/"
            _wait_for(page, "Nobody could pay")
            path = site / "postmortems/incidents/2026/2026-03-04-pool-exhausted.md"
            path.write_text(
                path.read_text(encoding="utf-8").replace("Nobody could pay", "Everybody could pay"), encoding="utf-8"
            )
            _wait_for(page, "Everybody could pay")
        finally:
            server.send_signal(signal.SIGINT)
            code = server.wait(timeout=30)
    assert code == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert "Detected file changes" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("day", ["1960-01-01", "2200-01-01"])
def test_a_site_can_be_built_as_of_any_day(site: Path, day: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "afterword", "build", "--as-of", day],
        cwd=site,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr


def _wait_for(address: str, text: str) -> None:
    body = ""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  # our own server
                body = answer.read().decode()
        except OSError:
            pass
        if text in body:
            return
        time.sleep(0.1)
    pytest.fail(f"{address} does not show “{text}”")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_completion_of_bash_names_commands_and_ids(library: Path) -> None:
    script = 'eval "$("$1" -m afterword completion bash)"; printf "%s\\n" "$(type -t _afterword_completion)"'
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", script, "bash", sys.executable],
        cwd=library,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == "function", done.stderr
    for words, expected in (
        ("afterword pub", "publish"),
        ("afterword publish 2026-05", "2026-05-06-orders-slow"),
        ("afterword action done 2026-03", "2026-03-04-pool-exhausted#A"),
        ("afterword rules mile", "milestone-order"),
        ("afterword list --kind dr", "drill"),
    ):
        answer = subprocess.run(
            [sys.executable, "-m", "afterword"],
            cwd=library,
            env={
                **os.environ,
                "_AFTERWORD_COMPLETE": "bash_complete",
                "COMP_WORDS": words,
                "COMP_CWORD": str(words.count(" ")),
            },
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert expected in answer.stdout, (words, answer.stderr)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0
    assert "_AFTERWORD_COMPLETE" in done.stdout
