"""Starter: the files of a new library, with its own names in them."""

from __future__ import annotations

from pathlib import Path

import afterword
from afterword import resources
from afterword.yamlscalar import write_scalar

NAME = "Incident library"
ORGANIZATION = "Our organisation"
"""The words of the starter, which is a library as it stands."""
_FILLED = ("README.md", "afterword.yml", "mkdocs.yml", "requirements.txt")


def files(name: str | None = None, organization: str | None = None) -> dict[str, bytes]:
    """The bytes of each file by its path in the library, settings last: they make a folder a library.

    ``name`` and ``organization`` are one line each.
    """
    words = _words(name, organization)
    found = sorted(resources.starter().items(), key=lambda item: (item[0] == "afterword.yml", item[0]))
    return {path: _filled(path, source, words) for path, source in found}


def _words(name: str | None, organization: str | None) -> dict[str, str]:
    """What of the starter is replaced: its lines of YAML by other ones, its words in prose by others."""
    words = {"\nafterword\n": f"\nafterword=={afterword.__version__}\n"}
    for default, key, text in ((NAME, "name", name), (ORGANIZATION, "organization", organization)):
        if text:
            words[f"\n{key}: {default}\n"] = f"\n{key}: {write_scalar(text)}\n"
            words[f"\nsite_{key}: {default}\n"] = f"\nsite_{key}: {write_scalar(text)}\n"
            words[f"# {default}\n"] = f"# {text}\n"
            words[f"Postmortems of {default}:"] = f"Postmortems of {text}:"
    return words


def _filled(path: str, source: Path, words: dict[str, str]) -> bytes:
    data = source.read_bytes()
    if path not in _FILLED:
        return data
    text = data.decode("utf-8")
    for default, own in words.items():
        text = text.replace(default, own, 1)
    return text.encode("utf-8")
