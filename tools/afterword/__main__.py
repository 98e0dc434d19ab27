"""``afterword`` and ``python -m afterword``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from afterword.gatekeeper import judges, keep  # noqa: PLC0415  # worker processes import this file

    if judges(sys.argv[1:]):
        keep(sys.argv[1:])
    from afterword.cli.run import run  # noqa: PLC0415  # worker processes import this file and need no click

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
