"""Prints the outputs of the action: FOLDER, where the reports lie, and CODE, the exit code of the check."""

import json
import sys
from pathlib import Path

COUNTS = ("files", "errors", "warnings", "hints")
FILES = {"report": "findings.json", "sarif": "findings.sarif", "comment": "comment.md"}


def main(folder: Path, code: int) -> None:
    """Writes name=value lines. What could not be judged has neither counts nor reports."""
    judged = code in (0, 1)
    print(f"exit-code={code if judged else 2}")
    summary = json.loads((folder / FILES["report"]).read_text(encoding="utf-8"))["summary"] if judged else {}
    for name in COUNTS:
        print(f"{name}={int(summary[name]) if judged else ''}")
    for name, file in FILES.items():
        print(f"{name}={folder / file if judged and (folder / file).is_file() else ''}")


main(Path(sys.argv[1]), int(sys.argv[2]))
