"""The target of coverage-guided fuzzing: ``python -m tests.fuzz.target CORPUS [options of libFuzzer]``.

Whatever the bytes are, all that is done with a file has to come to its end without an exception.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["afterword"]):
    from tests.fuzz.whole import everything

ROOT = Path(__file__).resolve().parents[2]


def seed(folder: Path) -> None:
    """Puts the library's postmortems and every hostile shape into a folder, to begin with."""
    from tests.fuzz.shapes import SHAPES  # noqa: PLC0415  # not part of what is fuzzed

    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "postmortems" / "incidents").rglob("*.md")):
        (folder / path.name).write_bytes(path.read_bytes())
    for number, shape in enumerate(SHAPES.values()):
        (folder / f"shape-{number:03}.md").write_bytes(shape(900).encode())


def main() -> None:
    """Runs until the options say that it is enough; the first exception ends it."""
    folder = Path(sys.argv[1])
    seed(folder)
    atheris.Setup([sys.argv[0], *sys.argv[2:], str(folder)], everything)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
