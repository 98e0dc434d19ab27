"""Gatekeeper: sees to it that a gate ends with a code that it meant, whatever happens. Standard library only.

A deploy pipeline reads the exit code alone. Python ends with 1 after an exception, click with 2 after a mistyped
option, a closed pipe with 141; here these would say WARNING or FREEZE, or nothing. So the imports are inside as well,
the output is flushed, and the process leaves without whatever might still run at its end. Only a signal that no
program can catch says something else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

UNCHECKED = 99
MEANT = frozenset({0, 1, 2, 3, UNCHECKED})
_TAKES_VALUE = ("--library", "--as-of")
_WITH_VALUE = tuple(f"{name}=" for name in _TAKES_VALUE)
_FLAGS = ("--no-cache", "--color", "--no-color")
_HELP = ("-h", "--help")
_SIGNALS = (
    "SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGXCPU", "SIGXFSZ",
)  # fmt: skip


def judges(arguments: Sequence[str]) -> bool:
    """Whether a command line is of a gate: ``gate`` or ``budget status``, also after shared options.

    Where no command can be told, the word alone makes it one: in ``--library gate --all`` a variable was empty.
    """
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument in _TAKES_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            words.append(argument)
        elif not words and argument not in _FLAGS and not argument.startswith(_WITH_VALUE):
            break  # no option of ours: what follows it are no words of ours either
    if not words:
        return "gate" in arguments or "status" in arguments
    return words[0] in ("gate", "status") or words[:2] == ["budget", "status"]


def keep(arguments: Sequence[str]) -> NoReturn:
    """Runs the gate and leaves with its code, or with 99."""
    code = UNCHECKED
    try:
        _leave_at_signals()
        heard = sys.stdout is not None
        code = run(arguments) if heard else UNCHECKED
    except BaseException as error:  # noqa: BLE001  # also SystemExit, and what fails while importing
        _complain(error)
    finally:
        code = code if _flushed() else UNCHECKED
        os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """The code that the gate meant; 99 for whatever else came of it."""
    from afterword.cli.run import run as work  # noqa: PLC0415  # what fails here has to be caught
    from afterword.cli.verdicts import Code  # noqa: PLC0415  # the same

    found = work(arguments)
    if type(found) is Code and found in MEANT:
        return int(found)
    return 0 if found == 0 and any(item in _HELP for item in arguments) else UNCHECKED


def _leave_at_signals() -> None:
    """At every signal that can be caught, Ctrl-C as well: at once, wherever the work stands."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, _leave)


def _leave(_number: int, _frame: object) -> NoReturn:
    os._exit(UNCHECKED)


def _complain(error: BaseException) -> None:
    try:
        what = f"{type(error).__name__}: {error}"[:300]
        sys.stderr.write(f"Error: the gate could not judge: {what}\n")
    except BaseException:  # noqa: BLE001, S110  # there may be nobody to tell
        pass


def _flushed() -> bool:
    """Whether all that was said has arrived; who did not get the verdict must not act on it."""
    whole = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # noqa: BLE001  # closed, full, gone
            whole = whole and stream is sys.stderr
    return whole
