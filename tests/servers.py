"""Real servers for tests, on loopback and always stopped; and a proxy between that does what networks do."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

START_SECONDS = 60.0
MISSING = "no {name}: run make servers"


def program(name: str) -> str:
    """A program that `make servers` installs; without it the test is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(MISSING.format(name=name))
    return found


def free_port() -> int:
    """A port of loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, ready: str, log: Path) -> Iterator[str]:
    """Starts a server, waits until ``ready`` answers 200, yields its URL, and stops it whatever happens."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    try:
        _await(process, port, ready, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], port: int, ready: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", ready)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.05)
    pytest.fail(f"{process.args!r} did not start: {log.read_text(encoding='utf-8', errors='replace')[-800:]}")


@contextlib.contextmanager
def prometheus(data: Path, work: Path) -> Iterator[str]:
    """A Prometheus on a copy of the TSDB in ``data``, which keeps everything; ``work`` is an empty folder."""
    storage = work / "data"
    shutil.copytree(data, storage, copy_function=shutil.copyfile)
    config = work / "prometheus.yml"
    config.write_text("global: {}\n", encoding="utf-8")
    port = free_port()
    command = [
        program("prometheus"),
        f"--config.file={config}",
        f"--storage.tsdb.path={storage}",
        "--storage.tsdb.retention.time=10y",
        f"--web.listen-address=127.0.0.1:{port}",
        "--web.enable-admin-api",
        "--log.level=warn",
    ]
    with running(command, port, "/-/ready", work / "prometheus.log") as url:
        yield url


@contextlib.contextmanager
def victoria(work: Path) -> Iterator[str]:
    """An empty VictoriaMetrics; fill it with ``fill_victoria``."""
    port = free_port()
    command = [
        program("victoria-metrics"),
        f"-storageDataPath={work / 'victoria'}",
        "-retentionPeriod=10y",
        f"-httpListenAddr=127.0.0.1:{port}",
        "-search.latencyOffset=0s",
        "-search.disableCache",
        "-loggerLevel=ERROR",
    ]
    with running(command, port, "/health", work / "victoria.log") as url:
        yield url


def fill_victoria(url: str, openmetrics: bytes) -> None:
    """Imports OpenMetrics with times and makes it searchable."""
    lines = [line for line in openmetrics.splitlines() if line and not line.startswith(b"#")]
    # OpenMetrics counts seconds, the import of the text format counts milliseconds
    body = b"\n".join(_in_milliseconds(line) for line in lines) + b"\n"
    for path, data in (("/api/v1/import/prometheus", body), ("/internal/force_flush", None)):
        with urllib.request.urlopen(urllib.request.Request(url + path, data=data)) as answer:  # noqa: S310  # loopback
            answer.read()


def _in_milliseconds(line: bytes) -> bytes:
    before, when = line.rsplit(b" ", 1)
    return before + b" " + str(round(float(when) * 1000)).encode()


def backfill(openmetrics: Path, folder: Path) -> Path:
    """Blocks of a TSDB made from an OpenMetrics file with times."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [program("promtool"), "tsdb", "create-blocks-from", "--max-block-duration=744h", "openmetrics"]
    subprocess.run([*command, str(openmetrics), str(folder)], check=True, capture_output=True, timeout=300)
    return folder


Fault = Callable[["_Handler"], None]


@dataclass
class FaultyProxy:
    """Stands between a client and a server and does one thing wrong; ``requests`` lists the paths asked for.

    Faults: ``none``, ``reset``, ``half``, ``drip``, ``hang``, ``500``, ``503``, ``html``, ``nan``, ``empty``,
    ``wrong-type``, ``warnings``, ``skew``, ``huge``, ``not-json``, ``error``. (Refused: use ``free_port()``.)
    """

    upstream: str
    fault: str = "none"
    requests: list[str] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> FaultyProxy:
        """Listens on loopback."""
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._server.daemon_threads = True
        self.closing = threading.Event()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops listening and lets hanging answers go."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Server(ThreadingHTTPServer):
    proxy: FaultyProxy

    def handle_error(self, *_: object) -> None:
        """A client that gives up is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._pass_on(None)

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _pass_on(self, body: bytes | None) -> None:
        proxy = self.server.proxy
        proxy.requests.append(self.path)
        if proxy.fault == "reset":
            self._reset()
            return
        if proxy.fault == "hang":
            proxy.closing.wait(120)
            return
        headers = {"Content-Type": kind} if (kind := self.headers.get("Content-Type")) else {}
        request = urllib.request.Request(proxy.upstream + self.path, data=body, headers=headers)  # noqa: S310  # loopback
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310  # loopback
                status, data = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, data = error.code, error.read()
        self._answer(status, data)

    def _answer(self, status: int, data: bytes) -> None:
        fault = self.server.proxy.fault
        kind = "application/json"
        if fault in ("500", "503"):
            status, data = int(fault), b'{"status":"error","errorType":"internal","error":"the proxy says so"}'
        elif fault == "html":
            kind, data = "text/html", b"<!doctype html><title>Sign in</title><p>Please sign in"
        elif fault == "not-json":
            data = b'{"status": "success", "data": '
        elif fault == "error":
            status, data = 422, b'{"status":"error","errorType":"execution","error":"query timed out"}'
        elif fault == "huge":
            data = b'{"status":"success","data":{"resultType":"vector","result":[' + b" " * 10_000_000 + b"]}}"
        elif fault in _CHANGES:
            data = _changed(data, _CHANGES[fault])
        self._send(status, kind, data)

    def _send(self, status: int, kind: str, data: bytes) -> None:
        fault = self.server.proxy.fault
        self.send_response_only(status)
        self.send_header("Date", formatdate(time.time() - (7200 if fault == "skew" else 0), usegmt=True))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if fault == "half":
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        elif fault == "drip":
            for index in range(len(data)):
                if self.server.proxy.closing.wait(0.5):
                    return
                self.wfile.write(data[index : index + 1])
                self.wfile.flush()
        else:
            self.wfile.write(data)

    def _reset(self) -> None:
        """Closes with RST: zero seconds of lingering."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _changed(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    try:
        answer = json.loads(data)
    except ValueError:
        return data
    if isinstance(answer, dict) and isinstance(answer.get("data"), dict) and "resultType" in answer["data"]:
        change(answer)
    return json.dumps(answer).encode()


def _nan(answer: dict[str, Any]) -> None:
    for series in answer["data"]["result"]:
        if isinstance(series, dict):
            for pair in series.get("values", [series.get("value")]):
                pair[1] = "NaN"


def _empty(answer: dict[str, Any]) -> None:
    answer["data"]["result"] = []


def _wrong_type(answer: dict[str, Any]) -> None:
    answer["data"] = {"resultType": "string", "result": [0, "a word"]}


def _warnings(answer: dict[str, Any]) -> None:
    answer["warnings"] = ["a store did not answer"]


def _skew(answer: dict[str, Any]) -> None:
    for series in answer["data"]["result"]:
        if isinstance(series, dict):
            for pair in series.get("values", [series.get("value")]):
                pair[0] -= 7200


_CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    "nan": _nan, "empty": _empty, "wrong-type": _wrong_type, "warnings": _warnings, "skew": _skew,
}  # fmt: skip


AUTHORITY = """\
[ca]
default_ca = authority
[authority]
database = {work}/index.txt
rand_serial = yes
new_certs_dir = {work}
default_md = sha256
policy = any
x509_extensions = names
unique_subject = no
[any]
commonName = supplied
[names]
subjectAltName = DNS:localhost,IP:127.0.0.1
"""


def _expired(work: Path) -> tuple[Path, Path]:
    """A self-signed certificate that was good for one day in 2020, and its key."""
    certificate, key, request, config = (work / f"expired.{name}" for name in ("pem", "key", "csr", "cnf"))
    (work / "index.txt").write_bytes(b"")
    config.write_text(AUTHORITY.format(work=work.as_posix()), encoding="utf-8")
    openssl = program("openssl")
    make = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", str(key)]
    subprocess.run([openssl, *make, "-out", str(request)], check=True, capture_output=True)
    dates = ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"]
    sign = ["ca", "-batch", "-selfsign", "-config", str(config), "-keyfile", str(key), "-in", str(request), *dates]
    subprocess.run([openssl, *sign, "-notext", "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


@contextlib.contextmanager
def expired_tls(work: Path) -> Iterator[tuple[str, Path]]:
    """A server whose certificate expired in 2020; yields its URL and the certificate, which is its own authority."""
    certificate, key = _expired(work)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.proxy = FaultyProxy("http://127.0.0.1:9")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}", certificate
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def snapshot_name(answer: bytes) -> str:
    """The folder's name in an answer of the admin API's snapshot."""
    found = re.search(rb'"name":"([^"]+)"', answer)
    assert found, answer
    return found[1].decode()
