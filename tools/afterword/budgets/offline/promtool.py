"""Promtool: Prometheus's own programs, found and run: without a shell, and never longer than they are given."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from afterword.errors import AfterwordError

BACKFILL_TIMEOUT = 900
"""Seconds for turning a large OpenMetrics file into blocks."""
BLOCK = "744h"
"""The longest block: 35 days in blocks of 2 h take promtool 13 minutes, in one block 10 seconds."""
INSTALL = (
    "Install Prometheus (Debian: apt-get install prometheus; macOS: brew install prometheus; "
    "else https://prometheus.io/download/), or set {variable} to the program."
)


class ProgramError(AfterwordError):
    """A program of Prometheus is missing, or has failed."""


def find(name: str, environment: Mapping[str, str]) -> str | None:
    """The program ``prometheus`` or ``promtool``: what AFTERWORD_PROMETHEUS or AFTERWORD_PROMTOOL says, or on PATH."""
    return shutil.which(environment.get(f"AFTERWORD_{name.upper()}") or name, path=environment.get("PATH"))


def need(name: str, environment: Mapping[str, str], purpose: str) -> str:
    """The same; raises ``ProgramError`` with ``purpose`` and the way to get it."""
    found = find(name, environment)
    if found is None:
        variable = f"AFTERWORD_{name.upper()}"
        raise ProgramError(f"{purpose} needs the program {name}, which is not here", INSTALL.format(variable=variable))
    return found


def run(program: str, arguments: Sequence[str], timeout: float) -> str:
    """What a program prints. Raises ``ProgramError`` with its last words when it fails or takes too long."""
    name = Path(program).stem
    try:
        done = subprocess.run(  # noqa: S603  # a list, no shell; the program was found by `find`
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        raise ProgramError(f"{name} took longer than {timeout:.0f} s and was stopped", "Give it less data.") from None
    except OSError as error:
        raise ProgramError(
            f"{program} cannot be run: {error.strerror or error}", "Check the path and its rights."
        ) from None
    if done.returncode:
        raise ProgramError(f"{name} failed: {last_words(done.stderr or done.stdout)}")
    return done.stdout


def last_words(text: str) -> str:
    """The last line that says something, for a message."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"


def backfill(file: Path, folder: Path, environment: Mapping[str, str]) -> None:
    """Turns an OpenMetrics file into TSDB blocks in ``folder``. Raises ``ProgramError``."""
    program = need("promtool", environment, "An OpenMetrics file of this size")
    blocks = ["tsdb", "create-blocks-from", f"--max-block-duration={BLOCK}", "openmetrics", str(file), str(folder)]
    run(program, blocks, BACKFILL_TIMEOUT)
