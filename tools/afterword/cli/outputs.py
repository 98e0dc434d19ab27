"""Outputs: where reports go and in which form. One check can write several at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from collections.abc import Sequence

AUTO = "auto"
FORMATS = ("text", "github", "sarif", "junit", "gitlab", "json", "markdown")

_ODD = "backslashreplace"
"""For file names that are not UTF-8: as JSON would write them."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file and the form of the report in it; ``form`` is ``None`` where --format decides."""

    path: str
    form: str | None = None


def parsed(_: click.Context, __: click.Parameter, value: Sequence[str]) -> tuple[Output, ...]:
    """``--output report.txt --output sarif=findings.sarif``."""
    return tuple(_output(item) for item in value)


def _output(text: str) -> Output:
    form, sign, path = text.partition("=")
    if sign and form.isalpha() and form not in FORMATS:  # mistyped, far more often than a file's name
        raise click.BadParameter(
            f"there is no form “{form}”, only {', '.join(FORMATS)}. For a file of that name give “./{text}”."
        )
    output = Output(path, form) if sign and form in FORMATS else Output(text)
    if not output.path:
        raise click.BadParameter(f"“{text}” names no file.")
    if output.path != "-" and Path(output.path).is_dir():
        raise click.BadParameter(f"“{output.path}” is a folder.")
    return output


def printed(form: str, outputs: Sequence[Output], environment: Mapping[str, str], *, terminal: bool) -> str | None:
    """The form for standard output; ``None`` when a file without a form of its own takes its place.

    ``auto`` is ``github`` in a job of GitHub Actions whose output nobody watches on a terminal, else ``text``.
    """
    if any(output.form is None for output in outputs):
        return None
    if form != AUTO:
        return form
    return "github" if environment.get("GITHUB_ACTIONS") == "true" and not terminal else "text"


def save(name: str, text: str) -> None:
    """Writes a report; ``-`` is standard output.

    What is no plain file, such as /dev/stdout or a link, is written through, not replaced.
    """
    from afterword.files import write_atomically  # noqa: PLC0415  # --help must not wait for it

    path = Path(name)
    if name == "-":
        click.echo(text, nl=False)
    elif path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_text(text, encoding="utf-8", errors=_ODD, newline="\n")
    elif not path.parent.is_dir():
        raise AfterwordError(f"the folder {path.parent} does not exist", "Make it first, or give another --output.")
    else:
        write_atomically(path, text.encode("utf-8", _ODD))
