"""Server: a Prometheus of our own on data from elsewhere, for what plain reading cannot answer.

It works on a private copy, because a server deletes, compacts and locks what it is started on; it listens on
loopback alone, keeps everything (a stock server drops what is older than 15 days), and is always stopped.
"""

from __future__ import annotations

import contextlib
import http.client
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from afterword.budgets.network.limits import limits_of
from afterword.budgets.offline.promtool import ProgramError, last_words, need
from afterword.budgets.snapshot import Source
from afterword.budgets.sources.prometheus import Live

RETENTION = "10y"
START_TIMEOUT = 60.0
"""Seconds until it has to be ready; a large write-ahead log is replayed meanwhile."""
STOP_TIMEOUT = 10.0
ATTEMPTS = 3
"""Somebody else may take the free port before the server does."""
IGNORED = ("lock", "queries.active", "*.tmp", "*.tmp-for-*")


@contextlib.contextmanager
def serving(data: Path, environment: Mapping[str, str], *, private: bool = False) -> Iterator[str]:
    """A Prometheus on the TSDB in ``data``; yields its URL. ``private``: ``data`` is ours already and needs no copy.

    Raises ``ProgramError`` when there is no Prometheus or it does not start, with the last words of its log.
    """
    program = need("prometheus", environment, "This data")
    with unwinding(), tempfile.TemporaryDirectory(prefix="afterword-server-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        storage = data if private else _copied(data, folder / "data")
        process, url = _start(program, storage, folder)
        try:
            yield url
        finally:
            _stop(process)


def asking(url: str, environment: Mapping[str, str], kind: str) -> Live:
    """Asks such a server: without secrets, and without its address in what is told, which is another each time."""
    return _Private(
        url=url, environment={}, now=lambda: datetime.now(UTC), only=True, kind=kind, limits=limits_of(environment)
    )


class _Private(Live):
    @property
    def source(self) -> Source:
        return replace(super().source, url=None, retention_seconds=None)


@contextlib.contextmanager
def unwinding() -> Iterator[None]:
    """Lets SIGTERM and SIGHUP end the program as an exception does, so that what was started is stopped.

    Without this a signal would leave the server running and its folder behind. Only the main thread may say so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, _leave) for number in numbers if signal.getsignal(number) is not None}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _copied(data: Path, target: Path) -> Path:
    try:
        shutil.copytree(data, target, ignore=shutil.ignore_patterns(*IGNORED))
        for path in (target, *target.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)  # what was read-only could not be compacted or removed
    except OSError as error:
        # copytree collects its errors, and then has no text of its own
        reason = error.strerror or (error.args[0][0][2] if error.args and isinstance(error.args[0], list) else error)
        raise ProgramError(
            f"{data} cannot be copied: {reason}", "See that there is room in the temporary folder."
        ) from error
    return target


def _start(program: str, storage: Path, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    config, log = folder / "prometheus.yml", folder / "log.txt"
    config.write_text("global: {}\n", encoding="utf-8")
    for attempt in range(ATTEMPTS):
        port = _free_port()
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603  # a list, no shell; the program was found by `need`
                [program, *_options(config, storage, port)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
            )
        try:
            if _ready(process, port):
                return process, f"http://127.0.0.1:{port}"
        except BaseException:
            _stop(process)
            raise
        _stop(process)
        said = log.read_text(encoding="utf-8", errors="replace")
        if "address already in use" not in said or attempt == ATTEMPTS - 1:
            break
    raise ProgramError(f"The Prometheus for this data did not start: {last_words(said)}", "Check the data's folder.")


def _options(config: Path, storage: Path, port: int) -> list[str]:
    return [
        f"--config.file={config}",
        f"--storage.tsdb.path={storage}",
        f"--storage.tsdb.retention.time={RETENTION}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--query.max-samples=500000000",
        "--query.timeout=10m",
        "--log.level=warn",
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(process: subprocess.Popen[bytes], port: int) -> bool:
    """Waits until our own process answers; ``False`` when it ended or took too long."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/-/ready")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return process.poll() is None
        time.sleep(0.05)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    except BaseException:  # a second Ctrl-C must not leave it running
        process.kill()
        process.wait()
        raise
