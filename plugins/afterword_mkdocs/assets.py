"""Assets: our stylesheet and scripts, named by their content so that caches never mix them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.config_options import ExtraScriptValue

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PACKAGE = Path(__file__).resolve().parent


def register(config: MkDocsConfig) -> None:
    """Tells the theme of them. Ours come first, so that the user's own can change them."""
    styles, scripts = [], []
    for uri, _ in files():
        if uri.endswith(".css"):
            styles.append(uri)
        else:
            script = ExtraScriptValue(uri)
            script.defer = True
            scripts.append(script)
    config.extra_css[:0] = styles
    config.extra_javascript[:0] = scripts
    # The policy allows no style attributes, which this extension otherwise writes for aligned columns.
    config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True


@cache
def _read(name: str) -> bytes:
    return (_PACKAGE / "assets" / name).read_bytes()


def files() -> Iterator[tuple[str, bytes]]:
    """Path from the site's root, and content."""
    for name in sorted(path.name for path in (_PACKAGE / "assets").iterdir()):
        data = _read(name)
        stem, suffix = name.rsplit(".", 1)
        yield f"assets/afterword/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}", data
