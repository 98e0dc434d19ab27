"""Prints the outputs of the action for a verdict: REPORT, the JSON of the gate, and CODE, its exit code."""

import json
import sys
from pathlib import Path

STATES = ("NORMAL", "CAUTION", "WARNING", "FREEZE", "EXHAUSTED", "UNCHECKED")


def main(report: Path, code: int) -> None:
    """Writes name=value lines. A report that is missing or says something else than the exit code does not pass."""
    try:
        facts = json.loads(report.read_text(encoding="utf-8"))
        passed = facts["can_deploy"] is True and code == 0
        state, left = facts["state"], facts["remaining"]
    except (OSError, ValueError, KeyError, TypeError):
        passed, state, left = False, "UNCHECKED", None
        report.write_text(json.dumps({"can_deploy": False, "state": state, "code": 99}) + "\n", encoding="utf-8")
    state = state if state in STATES else "UNCHECKED"
    if state == "UNCHECKED":
        left = None  # a figure that nobody vouches for reads like one that decided
    print(f"can_deploy={'true' if passed else 'false'}")
    print(f"budget_status={state}")
    print(f"budget_remaining={'' if left is None else format(float(left) * 100, '.2f')}")
    print(f"report={report}")


main(Path(sys.argv[1]), int(sys.argv[2]))
