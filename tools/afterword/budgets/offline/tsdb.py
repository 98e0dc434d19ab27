"""TSDB: telemetry from files: the folder of a TSDB snapshot, an archive of one, or OpenMetrics text.

Blocks are read by pypdu, and OpenMetrics by its lines; for blocks that pypdu would misread, for files too large to
read by lines, and for queries beyond what is evaluated here, a Prometheus works on a private copy. Nothing is written
into what was given, and nothing temporary is left.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from afterword.budgets.offline import archive, blocks, openmetrics_file, promtool, server
from afterword.budgets.offline.blocks import SourceError
from afterword.budgets.offline.promtool import ProgramError
from afterword.budgets.snapshot import Source
from afterword.budgets.sources.capture import Telemetry
from afterword.budgets.sources.prometheus import Live

TSDB, OPENMETRICS = "tsdb", "openmetrics"
_KINDS = (
    "Give the folder of a TSDB snapshot, an archive of it (.tar, .tar.gz, .tgz), or OpenMetrics text "
    "(.om, .txt, .prom, .openmetrics, each also with .gz)."
)
_NO_PACKAGES = "the packages that read such files are not installed"
_INSTALL_PACKAGES = "Install them: pip install 'afterword[tsdb]'."


@contextmanager
def open_source(path: Path, environment: Mapping[str, str]) -> Iterator[Telemetry]:
    """The telemetry in a file or folder; what was unpacked and started for it is gone afterwards.

    Raises ``AfterwordError`` for data that cannot be read, and where a program or a package for it is missing.
    """
    with server.unwinding(), ExitStack() as stack:
        opening = _Opening(stack, environment)
        if path.is_dir():
            yield opening.folder(path)
        elif archive.is_archive(path):
            yield opening.archive(path)
        elif openmetrics_file.is_openmetrics(path):
            yield opening.text(path)
        else:
            raise SourceError(f"{path.name} is neither a folder nor a file of a kind that is known here", _KINDS)


@dataclass(slots=True)
class _Opening:
    """Opens one source; ``stack`` ends all that is started for it."""

    stack: ExitStack
    environment: Mapping[str, str]

    def folder(self, path: Path) -> Telemetry:
        """A folder of blocks, somebody else's: often hard links to the live data of a server."""
        return self._blocks(blocks.find(path), TSDB)

    def archive(self, path: Path) -> Telemetry:
        """The folder of blocks in an archive."""
        folder = self._temporary()
        archive.unpack(path, folder)
        try:
            return self._blocks(blocks.find(folder), TSDB, private=True)
        except SourceError as error:
            raise SourceError(error.message.replace(folder.name, path.name), error.hint) from error

    def text(self, path: Path) -> Telemetry:
        """OpenMetrics: small files by their lines, large ones as blocks."""
        if openmetrics_file.is_large(path) or not _has_numpy():
            self._check_programs()
            return self._blocks(self._backfilled(path), OPENMETRICS, private=True)
        from afterword.budgets.offline import measuring, openmetrics  # noqa: PLC0415  # numpy is an extra

        text = openmetrics.load(path)
        served = _Served(self.stack, self.environment, lambda: self._backfilled(path), OPENMETRICS, private=True)
        return measuring.Offline(Source(OPENMETRICS), text.select, served.asker, text.extent)

    def _blocks(self, folder: Path, kind: str, *, private: bool = False) -> Telemetry:
        store = blocks.read(folder)
        served = _Served(self.stack, self.environment, lambda: folder, kind, private=private)
        if store.odd:
            return served.asker(store.odd)
        if not _has_reader():
            return served.asker(_NO_PACKAGES, _INSTALL_PACKAGES)
        from afterword.budgets.offline import measuring, reading  # noqa: PLC0415  # numpy is an extra

        read = reading.Blocks(store, self._temporary)
        return measuring.Offline(Source(kind), read.select, served.asker, store.extent)

    def _check_programs(self) -> None:
        """Raises ``ProgramError`` where neither our packages nor the programs of Prometheus can read the text."""
        programs = (promtool.find(name, self.environment) for name in ("promtool", "prometheus"))
        if not _has_reader() and not all(programs):
            hint = promtool.INSTALL.format(variable="AFTERWORD_PROMETHEUS")
            raise ProgramError(_NO_PACKAGES, f"{_INSTALL_PACKAGES} Or: {hint}")

    def _backfilled(self, path: Path) -> Path:
        """Blocks of an OpenMetrics file. promtool takes plain text only, and would take one that is cut off."""
        folder = self._temporary()
        text, data = folder / "text", folder / "data"
        lines = openmetrics_file.unpack(path, text)
        try:
            promtool.backfill(text, data, self.environment)
        except ProgramError as error:
            raise openmetrics_file.first_fault(text, path.name) or error from error
        taken = blocks.samples(data)
        if taken < lines:  # promtool leaves them out and says nothing
            raise SourceError(
                f"{path.name}: promtool took {taken:,} of {lines:,} samples",
                "The others go back in time, or stand twice: see that the times of each series go forward.",
            )
        text.unlink()
        return data

    def _temporary(self) -> Path:
        made = tempfile.TemporaryDirectory(prefix="afterword-", ignore_cleanup_errors=True)
        return Path(self.stack.enter_context(made)).resolve()


@dataclass(slots=True)
class _Served:
    """A private server on blocks, started when somebody first asks for it."""

    stack: ExitStack
    environment: Mapping[str, str]
    folder: Callable[[], Path]
    kind: str
    private: bool
    _found: Live | None = field(default=None, init=False)

    def asker(self, why: str, instead: str = "") -> Live:
        """Asks the server. ``why`` there has to be one, and what to do ``instead`` of installing one, for errors."""
        if self._found is None:
            if promtool.find("prometheus", self.environment) is None:
                hint = promtool.INSTALL.format(variable="AFTERWORD_PROMETHEUS")
                raise ProgramError(
                    f"only a Prometheus can answer for this data, and there is none here: {why}",
                    f"{instead} Or: {hint}" if instead else hint,
                )
            serving = server.serving(self.folder(), self.environment, private=self.private)
            self._found = server.asking(self.stack.enter_context(serving), self.environment, self.kind)
        return self._found


def _has_numpy() -> bool:
    return find_spec("numpy") is not None


def _has_reader() -> bool:
    return _has_numpy() and find_spec("pypdu") is not None
