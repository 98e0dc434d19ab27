"""Whereabouts: where a library lies in its repository, and where its site is served."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

_WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
_SITE_URL = re.compile(r"""^site_url:[ \t]*["']?(https?://[^\s"'#]+)""", re.MULTILINE)
_FLAT = re.compile(r"^use_directory_urls:[ \t]*(?:false|no|off)\b", re.MULTILINE | re.IGNORECASE)


def prefix(root: Path, environment: Mapping[str, str]) -> str:
    """What stands before a library's paths to make them paths of its repository: ``docs/incidents/``, or nothing.

    The nearest folder with ``.git`` is the repository: git itself refuses to say so in containers that run as
    somebody else. Without one, the folder that GitHub or GitLab names.
    """
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return _below(root, folder)
    for name in _WORKSPACES:
        workspace = environment.get(name)
        if workspace and root.is_relative_to(Path(workspace).resolve()):
            return _below(root, Path(workspace).resolve())
    return ""


def _below(root: Path, folder: Path) -> str:
    path = root.relative_to(folder).as_posix()
    return "" if path == "." else f"{path}/"


def rule_page(root: Path) -> Callable[[str], str] | None:
    """Gives the address of a rule's page by its code; ``None`` where ``mkdocs.yml`` names no ``site_url``."""
    page = guide_page(root)
    return (lambda code: page(f"rules/{code.lower()}")) if page else None


def guide_page(root: Path) -> Callable[[str], str] | None:
    """The same for a page of the guide by its name: ``checklist``."""
    try:
        text = (root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = _SITE_URL.search(text)
    if found is None:
        return None
    base, ending = f"{found[1].rstrip('/')}/guide/", ".html" if _FLAT.search(text) else "/"
    return lambda name: f"{base}{name}{ending}"
