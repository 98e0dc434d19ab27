"""The wheel alone is enough: it holds schemas, starter and assets, and works from anywhere."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import gating

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What installing the wheel puts beside other packages."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    run = subprocess.run(build, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def _afterword(unpacked: Path, folder: Path, *arguments: str) -> str:
    """Run the command line of the wheel, which comes before the checkout in the path."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "afterword", *arguments],
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, f"afterword {' '.join(arguments)}\n{run.stdout}{run.stderr}"
    return run.stdout


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("tools/afterword", "afterword"),
        ("plugins/afterword_mkdocs", "afterword_mkdocs"),
        ("schemas", "afterword/_schemas"),
        ("tools/starter", "afterword/_starter"),
        ("postmortems/guide", "afterword/_starter/postmortems/guide"),
        (".github/scripts", "afterword/_starter/.github/scripts"),
    ],
)
def test_the_wheel_holds_every_file_of_the_product(unpacked: Path, source: str, inside: str) -> None:
    assert _files(ROOT / source) - _files(unpacked / inside) == set()


def test_a_new_library_made_by_the_wheel_is_checked_and_built(unpacked: Path, tmp_path: Path) -> None:
    where = "import afterword, afterword_mkdocs as site; print(afterword.__file__); print(site.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    run = subprocess.run(
        [sys.executable, "-c", where], env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    assert all(Path(line).is_relative_to(unpacked) for line in run.stdout.split())

    compileall.compile_dir(unpacked / "afterword/_starter", quiet=1)  # as pip does
    _afterword(unpacked, tmp_path, "init", "mylib")
    library = tmp_path / "mylib"
    assert (library / "afterword.yml").is_file()
    assert [path for path in library.rglob("*") if path.suffix == ".pyc"] == []
    _afterword(unpacked, library, "check")
    _afterword(unpacked, library, "build", "--strict")
    assert (library / "site" / "index.html").is_file()
    assert (library / "site" / "guide" / "index.html").is_file()


def test_budgets_made_by_the_wheel_are_checked_judged_rendered_and_handed_on(unpacked: Path, tmp_path: Path) -> None:
    library = gating.library(tmp_path / "shop", {"checkout-errors": "CAUTION", "orders-errors": "NORMAL"})
    sloth = tmp_path / "sloth.yml"
    sloth.write_text(
        "version: prometheus/v1\nservice: quiet\nslos:\n- name: answers\n  objective: 99.9\n  sli:\n    events:\n"
        "      error_query: sum(rate(bad_total[{{.window}}]))\n      total_query: sum(rate(all_total[{{.window}}]))\n",
        encoding="utf-8",
    )
    assert "CAUTION" in _afterword(unpacked, library, "gate", "--service", "checkout")
    assert "CAUTION" in _afterword(unpacked, library, "budget", "status")
    _afterword(unpacked, library, "budget", "render")
    _afterword(unpacked, library, "budget", "impact")
    assert "ErrorBudgetBurn" in _afterword(unpacked, library, "budget", "rules")
    assert "error-budget-slo" in _afterword(unpacked, library, "budget", "dashboard")
    _afterword(unpacked, library, "gate", "audit")
    _afterword(unpacked, library, "budget", "import", str(sloth))
    assert "quiet-answers" in {path.stem for path in (library / "budgets" / "slos").iterdir()}
    _afterword(unpacked, library, "check")
