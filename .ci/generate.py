"""Writes what is made: the schema's conditions, pages of the guide, the site of a new library.

``make generate`` runs it; with ``--check`` it writes nothing and fails when a file is not as it should be.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from afterword import parts, required
from afterword.cli import reference

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "schemas/postmortem.schema.json"
GUIDE = "postmortems/guide"


def schema() -> str:
    """The postmortem's schema with the conditions of the table."""
    loaded = json.loads((ROOT / SCHEMA).read_text(encoding="utf-8"))
    return json.dumps(loaded | {"allOf": required.conditions()}, indent=2, ensure_ascii=False) + "\n"


def required_page() -> str:
    """The table of what is required, as a page of the guide."""
    heads = ["", *(f"{row.name[0].upper()}{row.name[1:]}" for row in required.TABLE)]
    lines = [
        "# What is required",
        "",
        (
            "One table says what a postmortem must have. The schema, the check and the template all follow it, and "
            "this page is generated from it."
        ),
        "",
        "| | applies to |",
        "| --- | --- |",
        "| Public | any kind with `origin: public` |",
        "| Drill | our own with `kind: drill` |",
        "| Near-miss | our own with `kind: near-miss` |",
        "| Minor incident | our own incidents of a severity that is not `critical` in `afterword.yml` |",
        "| Major incident | our own incidents of a critical severity, or without one |",
        "",
        (
            f"A draft needs {_list(required.ALWAYS)}; what it lacks beyond that is a warning until its status becomes "
            "`in-review`, and an error from then on. *published* marks what is asked for on publication only. A "
            "milestone may be listed under `unknown` instead."
        ),
        "",
        "## Front matter",
        "",
        *_table(heads, _keys(), _when),
        "",
        "## Parts",
        "",
        *_table(
            heads,
            [(part.title, part.key) for part in parts.PARTS],
            lambda row, key: "yes" if key in row.parts else "",
        ),
        "",
        (
            "A part is there when its heading stands and something is written below it. *Action items* also counts as "
            "there when the front matter lists actions."
        ),
    ]
    return "\n".join(lines) + "\n"


def _keys() -> list[tuple[str, str]]:
    order = list(json.loads((ROOT / SCHEMA).read_text(encoding="utf-8"))["properties"])
    asked = {key for row in required.TABLE for key in (*row.keys, *row.milestones, *row.on_publishing)}
    return [(f"`{key}`", key) for key in order if key in asked]


def _when(row: required.Row, key: str) -> str:
    if key in row.on_publishing:
        return "published"
    return "yes" if key in (*row.keys, *row.milestones) else ""


def _table(heads: list[str], rows: list[tuple[str, str]], cell: Callable[[required.Row, str], str]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    for title, key in rows:
        lines.append("| " + " | ".join([title, *(cell(row, key) for row in required.TABLE)]) + " |")
    return lines


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words[:-1]) + f" and `{words[-1]}`"


def starter_site() -> str:
    """The site of a new library: ours, under another name."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^site_name: .*$", "site_name: Incident library", text)
    return re.sub(r"(?m)^site_description: .*$", "site_description: What we learned from our incidents", text)


def migrating_page() -> str:
    """The page about migrating, with the figures that the tests measure."""
    text = (ROOT / GUIDE / "migrating.md").read_text(encoding="utf-8")
    for name in ("accuracy", "recovery"):
        figures = (ROOT / "tests" / "snapshots" / "migration" / f"{name}.md").read_text(encoding="utf-8")
        if name == "accuracy":  # as many columns as a page is wide
            figures = "".join(f"{'|'.join(row.split('|')[:7])}|\n" for row in figures.splitlines())
        before, rest = text.split(f"<!-- {name} -->\n")
        after = rest.split(f"<!-- /{name} -->\n")[1]
        text = f"{before}<!-- {name} -->\n\n{figures}\n<!-- /{name} -->\n{after}"
    return text


def made() -> dict[str, str]:
    """Path → text of every file that is made."""
    return {
        SCHEMA: schema(),
        "tools/starter/mkdocs.yml": starter_site(),
        f"{GUIDE}/required.md": required_page(),
        f"{GUIDE}/commands.md": reference.page(),
        f"{GUIDE}/migrating.md": migrating_page(),
    }


def main() -> None:
    """Writes the files, or with ``--check`` compares them."""
    stale = []
    for path, text in made().items():
        file = ROOT / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(path)
            if "--check" not in sys.argv:
                file.write_text(text, encoding="utf-8", newline="\n")
    if "--check" in sys.argv and stale:
        sys.exit(f"not as the code says: {', '.join(stale)}; run make generate")
    print("\n".join(f"{'stale' if '--check' in sys.argv else 'wrote'} {path}" for path in stale) or "all current")


if __name__ == "__main__":
    main()
