"""Resources: where the schemas and the starter library lie, in a wheel or in a checkout."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent
SUFFIX = ".schema.json"


def _folder(packaged: str, *checkout: str) -> Path:
    """Force-included data is invisible in an editable install: the wheel's place first, then the checkout's."""
    inside = _PACKAGE / packaged
    return inside if inside.is_dir() else _CHECKOUT.joinpath(*checkout)


def schemas() -> Path:
    """The folder of ``*.schema.json``."""
    return _folder("_schemas", "schemas")


def schema_names() -> tuple[str, ...]:
    """The short names of all schemas, sorted."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in schemas().glob(f"*{SUFFIX}")))


@cache
def schema(name: str) -> dict[str, Any]:
    """A schema by its short name: ``postmortem``, ``settings``, ``findings``."""
    loaded: dict[str, Any] = json.loads(schema_bytes(name))
    return loaded


def schema_bytes(name: str) -> bytes:
    """A schema's bytes, as they stand in the file."""
    return (schemas() / f"{name}{SUFFIX}").read_bytes()


def starter() -> dict[str, Path]:
    """The files of a new library, by their path in it."""
    packaged = _PACKAGE / "_starter"
    if packaged.is_dir():
        return _below(packaged, "")
    comment = ".github/workflows/postmortem-comment.yml"
    return (
        _below(_CHECKOUT / "tools" / "starter", "")
        | _below(_CHECKOUT / "postmortems" / "guide", "postmortems/guide/")
        | _below(_CHECKOUT / ".github" / "scripts", ".github/scripts/")
        | {comment: _CHECKOUT / comment}
    )


def _below(folder: Path, prefix: str) -> dict[str, Path]:
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    # pip compiles whatever ends in .py, the script of the starter included
    return {prefix + name.as_posix(): path for name, path in found.items() if "__pycache__" not in name.parts}
