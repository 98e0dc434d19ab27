"""``afterword gate`` as a program: its codes, what it says, its overrides and their log."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from afterword import resources
from afterword.budgets.gate import audit
from afterword.budgets.snapshots import store
from tests.budgets.fakeserver import Answer, Asked, Fake, vector
from tests.gating import AT, CODES, POLICY, SLO, gate, library, snapshot

SCHEMA = Draft202012Validator(resources.schema("verdict"), format_checker=Draft202012Validator.FORMAT_CHECKER)
STATES = {
    "checkout-errors": "WARNING", "checkout-latency": "NORMAL", "orders-errors": "EXHAUSTED", "orders-loss": "FREEZE",
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that no test writes into."""
    return library(tmp_path_factory.mktemp("shop"), STATES)


@pytest.fixture
def own(shop: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(shop, tmp_path / "own"))


def facts(cwd: Path, *arguments: str, **more: str) -> dict[str, Any]:
    """The JSON of a gate, whose code has to be the exit code."""
    done = gate(cwd, *arguments, "--json", **more)
    found: dict[str, Any] = json.loads(done.stdout)
    SCHEMA.validate(found)
    assert found["code"] == done.returncode
    assert found["passed"] == found["can_deploy"] == (done.returncode == 0)
    return found


@pytest.mark.parametrize("state", CODES)
def test_each_state_has_its_exit_code(tmp_path: Path, state: str) -> None:
    root = library(tmp_path / "shop", {"checkout-errors": state, "orders-errors": "NORMAL"})
    for command in (("gate", "--all"), ("gate", "--service", "checkout"), ("budget", "status")):
        done = gate(root, command=command)
        assert done.returncode == CODES[state], done.stdout + done.stderr
        assert state in done.stdout
    assert gate(root, "--service", "orders").returncode == 0


def test_the_worst_objective_of_the_service_counts(shop: Path) -> None:
    assert facts(shop, "--service", "checkout")["worst"] == "checkout-errors"
    assert facts(shop, "--service", "orders")["state"] == "EXHAUSTED"
    found = facts(shop, "--all")
    assert (found["worst"], found["code"], found["service"]) == ("orders-errors", 3, None)
    assert found["remaining"] == pytest.approx(-0.1)


def test_a_pipeline_without_a_library_is_told_what_to_judge_by(tmp_path: Path) -> None:
    done = gate(tmp_path, "--service", "checkout")
    assert done.returncode == 99
    for way in ("--snapshot", "--policy", "--url", "PROMETHEUS_URL"):
        assert way in done.stdout


def test_the_policy_says_which_change_passes_and_a_rollback_always_does(own: Path) -> None:
    assert facts(own, "--service", "checkout", "--change", "fix")["state"] == "WARNING"
    assert gate(own, "--service", "checkout", "--change", "fix").returncode == 0
    assert gate(own, "--service", "orders", "--change", "fix").returncode == 3
    done = gate(own, "--service", "orders", "--change", "rollback")
    assert done.returncode == 0
    assert len(audit.read(own / audit.FOLDER).records) == 1


WRONG = {
    "nothing named": (),
    "both": ("--service", "checkout", "--all"),
    "two services": ("--service", "checkout", "--service", "orders"),
    "a service that is empty": ("--service", ""),
    "a service that is blank": ("--service", " "),
    "an option that is no option": ("--all", "--forse"),
    "a change that is none": ("--all", "--change", "hotfix"),
    "an age that is none": ("--all", "--max-age", "0"),
    "an age that is no number": ("--all", "--max-age", "nan"),
    "an age without end": ("--all", "--max-age", "inf"),
    "a snapshot that is empty": ("--all", "--snapshot", ""),
    "a policy that is empty": ("--all", "--policy", ""),
    "an address that is empty": ("--all", "--url", ""),
    "two sources": ("--all", "--snapshot", "x", "--live"),
    "an instant that is none": ("--all", "--as-of", "noon"),
    "an argument too many": ("--all", "now"),
    "an interval that is none": ("--all", "--watch", "--interval", "0"),
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_wrong_use_is_99(shop: Path, arguments: tuple[str, ...]) -> None:
    done = gate(shop, *arguments)
    assert done.returncode == 99, done.stdout + done.stderr
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_0(shop: Path) -> None:
    for command in (("gate",), ("gate", "audit"), ("budget", "status")):
        assert gate(shop, "--help", command=command).returncode == 0


def test_an_unknown_service_and_one_without_objectives_cannot_be_judged(shop: Path) -> None:
    done = gate(shop, "--service", "chekout")
    assert done.returncode == 99
    assert "did you mean checkout?" in done.stdout
    done = gate(shop, "--service", "quiet")
    assert done.returncode == 99
    assert "there is no objective of quiet" in done.stdout


def test_an_objective_that_is_not_required_only_shows(tmp_path: Path) -> None:
    states = {"checkout-errors": "NORMAL", "checkout-latency": "EXHAUSTED"}
    done = gate(library(tmp_path / "shop", states, optional=("checkout-latency",)), "--all")
    assert done.returncode == 0
    assert "EXHAUSTED" in done.stdout
    assert "not required" in done.stdout


def _older(root: Path) -> None:
    late = snapshot(root, STATES, AT - timedelta(minutes=31))
    shutil.rmtree(root / store.FOLDER)
    store.save(root, late)


def _future(root: Path) -> None:
    store.save(root, snapshot(root, STATES, AT + timedelta(days=1)))


def _cut(root: Path) -> None:
    path = next((root / store.FOLDER).iterdir())
    path.write_bytes(path.read_bytes()[:-20])


def _edited(root: Path) -> None:
    path = next((root / store.FOLDER).iterdir())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _changed(root: Path) -> None:
    path = root / "budgets" / "slos" / "orders-errors.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("0.999", "0.99"), encoding="utf-8")


def _added(root: Path) -> None:
    text = SLO.format(name="orders-more", service="orders", required="true")
    (root / "budgets" / "slos" / "orders-more.yaml").write_text(text, encoding="utf-8")


def _nonsense(root: Path) -> None:
    for name in ("sound.json", "library.cache", "budgets.json"):
        (root / ".cache" / "afterword").mkdir(parents=True, exist_ok=True)
        (root / ".cache" / "afterword" / name).write_text('{"keys": [7], "key":', encoding="utf-8")


def _write(path: str, text: str) -> Any:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


UNRELIABLE = {
    "an old snapshot": (_older, "61 min old"),
    "one from the future": (_future, "future"),
    "one that is cut off": (_cut, "cut off"),
    "one that was edited": (_edited, "damaged"),
    "no snapshot": (lambda root: shutil.rmtree(root / store.FOLDER), "there is no snapshot"),
    "an objective that was changed": (_changed, "orders-errors was changed"),
    "an objective that is new": (_added, "orders-more is not in the snapshot"),
    "an objective at fault": (_write("budgets/slos/broken.yaml", "apiVersion: [\n"), "budgets/slos/broken.yaml:"),
    "a policy at fault": (_write("budgets/policy.yml", "schema: 1\nstates: {WARNING: 7}\n"), "budgets/policy.yml:2:"),
    "a policy of another name": (_write("budgets/policy.yaml", POLICY), "is not read"),
    "corrections at fault": (_write("budgets/corrections.yml", "schema: 1\ncorrections: 7\n"), "corrections.yml:2:"),
    "settings at fault": (_write("afterword.yml", "schema: 1\n"), "afterword.yml"),
    "settings that are no YAML": (_write("afterword.yml", "a: [\n"), "afterword.yml"),
    "a cache of nonsense": (_nonsense, "EXHAUSTED"),
}


@pytest.mark.parametrize("change", UNRELIABLE)
def test_what_cannot_be_relied_on_is_99_and_a_rollback_passes_all_the_same(own: Path, change: str) -> None:
    damage, words = UNRELIABLE[change]
    damage(own)
    done = gate(own, "--service", "orders")
    assert done.returncode == (3 if words == "EXHAUSTED" else 99), done.stdout + done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert gate(own, "--service", "orders", "--change", "rollback").returncode == 0
    assert len(audit.read(own / audit.FOLDER).records) == 1


@pytest.mark.parametrize("damage", [_changed, _added])
def test_what_was_changed_of_another_service_stops_nobody_but_all(own: Path, damage: Any) -> None:
    before = gate(own, "--service", "checkout")
    damage(own)
    assert gate(own, "--service", "checkout") == before
    assert gate(own, "--all").returncode == 99


def test_waivers_at_fault_keep_nobody_from_judging(own: Path) -> None:
    (own / "budgets" / "waivers.yml").write_text("schema: 1\nwaivers: 7\n", encoding="utf-8")
    assert gate(own, "--service", "checkout").returncode == 1


def test_a_clock_that_is_fixed_is_told(shop: Path) -> None:
    assert "the fixed clock of afterword.yml" in gate(shop, "--all").stdout
    found = facts(shop, "--all", AFTERWORD_AS_OF="2026-11-02T00:10:00Z")
    assert "AFTERWORD_AS_OF" in found["warnings"][0]
    assert found["age_seconds"] == 2400
    assert facts(shop, "--all", "--as-of", "2026-11-03")["code"] == 99
    assert facts(shop, "--all", "--as-of", "2026-11-03", "--max-age", "5000")["code"] == 3


SETTINGS = {
    "SLO_TARGET": ("abc", "0.1", "101", "99.9.9", "1e99999999", "nan", "-1"),
    "TIME_WINDOW": ("abc", "1s", "500d", "-5m"),
    "FREEZE_THRESHOLD": ("abc", "0.2", "101", "90", "nan"),
    "CAUTION_THRESHOLD": ("10",),
    "SAVE_JSON": ("maybe",),
    "AFTERWORD_TIMEOUT": ("soon",),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in SETTINGS.items() for value in values])
def test_a_setting_that_cannot_be_read_is_99_with_its_name(tmp_path: Path, name: str, value: str) -> None:
    done = gate(tmp_path, "--all", PROMETHEUS_URL="http://127.0.0.1:9", **{name: value})
    assert done.returncode == 99
    assert name in done.stdout + done.stderr


def test_thresholds_of_the_environment_are_told(shop: Path) -> None:
    found = facts(shop, "--service", "checkout", WARNING_THRESHOLD="25")
    assert (found["state"], found["code"]) == ("CAUTION", 0)
    assert any("WARNING_THRESHOLD" in text for text in found["warnings"])
    assert any("SLO_TARGET is not used" in text for text in facts(shop, "--all", SLO_TARGET="99")["warnings"])


def test_the_json_is_kept_and_never_that_of_another_run(shop: Path, tmp_path: Path) -> None:
    place = tmp_path / "verdict.json"
    gate(shop, "--service", "checkout", OUTPUT_FILE=str(place))
    assert json.loads(place.read_text(encoding="utf-8"))["code"] == 1
    gate(shop, "--service", "nobody", OUTPUT_FILE=str(place))
    assert json.loads(place.read_text(encoding="utf-8"))["code"] == 99
    place.write_text('{"can_deploy": true}', encoding="utf-8")
    gate(shop, "--service", "checkout", "--change", "what", OUTPUT_FILE=str(place))
    gate(shop, "--all", SAVE_JSON="false", OUTPUT_FILE=str(tmp_path / "none.json"))
    assert not (tmp_path / "none.json").exists()
    assert gate(shop, "--all", OUTPUT_FILE=str(tmp_path / "no" / "folder.json")).returncode == 99


@pytest.mark.skipif(os.name == "nt", reason="no such devices")
def test_the_json_may_go_to_a_device_which_stays_one(shop: Path, tmp_path: Path) -> None:
    link = tmp_path / "out"
    link.symlink_to("/dev/null")
    assert gate(shop, "--service", "checkout", OUTPUT_FILE=str(link)).returncode == 1
    assert link.is_symlink()
    assert Path(os.devnull).is_char_device()


REASON = {"OVERRIDE_REASON": "A customer waits", "OVERRIDE_APPROVED_BY": "@lead", "GITHUB_ACTOR": "dev"}
OVERRIDES = {
    "WARNING": {"OVERRIDE_DEPLOY": "true"},
    "FREEZE": {"OVERRIDE_DEPLOY_FREEZE": "true", **REASON},
    "EXHAUSTED": {"OVERRIDE_BUDGET_EXHAUSTED": "yes", **REASON},
    "UNCHECKED": {"OVERRIDE_UNCHECKED": "1", "OVERRIDE_REASON": "Prometheus is down"},
}


@pytest.mark.parametrize("state", OVERRIDES)
def test_an_override_passes_in_its_state_and_is_written_down(tmp_path: Path, state: str) -> None:
    root = library(tmp_path / "shop", {"checkout-errors": state})
    for other, variables in OVERRIDES.items():
        found = facts(root, "--service", "checkout", **variables)
        assert found["code"] == (0 if other == state else CODES[state])
        assert found["state"] == state
        assert (found["override"] is not None) == (other == state)
    records = audit.read(root / audit.FOLDER).records
    assert len(records) == 1
    said = records[0].facts
    assert said["variables"] == [next(iter(OVERRIDES[state]))]
    assert said["state"] == state
    assert said["service"] == "checkout"
    assert said["objectives"][0]["id"] == "checkout-errors"
    assert said["who"]["actor"]
    assert said["where"]["host"]


def test_an_override_that_is_refused_says_why_and_writes_nothing(own: Path) -> None:
    for variables, words in (
        ({"OVERRIDE_DEPLOY": "true"}, "does not count in EXHAUSTED"),
        ({"OVERRIDE_BUDGET_EXHAUSTED": "true"}, "without a reason"),
        ({"OVERRIDE_BUDGET_EXHAUSTED": "maybe"}, "neither true nor false"),
        ({"OVERRIDE_BUDGET_EXHAUSTED": "true", **REASON, "OVERRIDE_APPROVED_BY": "@me"}, "may not approve"),
    ):
        done = gate(own, "--service", "orders", **variables)
        assert done.returncode == 3
        assert f"Override refused: " in done.stderr  # noqa: F541
        assert words in done.stderr
    assert not (own / audit.FOLDER).exists()


def test_a_reason_cannot_steer_a_terminal_or_forge_a_line(own: Path) -> None:
    reason = "fine\n\x1b[2JOverridden\u202e by nobody " + "x" * 100_000
    done = gate(own, "--service", "checkout", OVERRIDE_DEPLOY="1", OVERRIDE_REASON=reason)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    record = audit.read(own / audit.FOLDER).records[0]
    assert str(record.facts["why"]).startswith("fine [2JOverridden by nobody xxx")
    assert len(str(record.facts["why"])) <= 1000


@pytest.mark.parametrize("place", ["a file", "a full disk", "no folder at all"])
def test_an_override_that_cannot_be_written_down_does_not_happen(own: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    paths = {"a file": str(tmp_path / "file" / "log"), "a full disk": "/dev/full/log", "no folder at all": "/proc/x"}
    if place != "a file" and sys.platform != "linux":
        pytest.skip("only Linux has such places")
    done = gate(own, "--service", "checkout", "--audit-log", paths[place], OVERRIDE_DEPLOY="1")
    assert done.returncode == 1
    assert "could not be written down" in done.stderr
    done = gate(own, "--service", "checkout", "--audit-log", paths[place], "--change", "rollback")
    assert done.returncode == 0
    assert "NOT in the audit log" in done.stderr


@pytest.fixture
def keeper() -> Iterator[Fake]:
    """A server that acknowledges what it is told, as the test says."""
    with Fake(lambda _: Answer(b"ok", 200)) as server:
        yield server


SECRET = "s3cr3t-t0ken"  # noqa: S105  # looked for in every output


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"", 200), Answer(b"", 201), Answer(b"", 204), Answer(b"no", 400), Answer(b"no", 401), Answer(b"", 500),
        Answer(b"", 302, {"Location": "/login"}), Answer(b"", 303, {"Location": "/login"}), Answer(b"", 304),
    ],
    ids=lambda answer: str(answer.status),
)  # fmt: skip
def test_a_server_has_to_acknowledge_an_override_and_sees_no_more_than_it_needs(
    own: Path, keeper: Fake, answer: Answer
) -> None:
    def reply(asked: Asked) -> Answer:
        return answer if asked.path.startswith("/hooks") else Answer(b"log in", 200)

    keeper.reply = reply
    url = f"{keeper.url}/hooks/{SECRET}?key={SECRET}"
    more = {"OVERRIDE_DEPLOY": "1", "AFTERWORD_AUDIT_URL": url, "AFTERWORD_AUDIT_TOKEN": SECRET}
    done = gate(own, "--service", "checkout", "--json", AFTERWORD_TIMEOUT="5", **more)
    accepted = answer.status in range(200, 300)
    assert done.returncode == (0 if accepted else 1), done.stderr
    assert len(audit.read(own / audit.FOLDER).records) == accepted
    kept = "".join(path.read_text(encoding="utf-8") for path in (own / "budgets").rglob("*.json"))
    assert SECRET not in done.stdout + done.stderr + kept
    assert all(item.headers["Authorization"] == f"Bearer {SECRET}" for item in keeper.asked)
    assert all(item.method == "POST" for item in keeper.asked)


def test_without_a_library_an_override_needs_a_log(shop: Path, tmp_path: Path) -> None:
    place = next((shop / store.FOLDER).iterdir())
    asked = ("--service", "checkout", "--snapshot", str(place), "--as-of", "2026-11-01")
    assert gate(tmp_path, *asked).returncode == 1
    assert gate(tmp_path, *asked, OVERRIDE_DEPLOY="1").returncode == 1
    log = tmp_path / "log"
    assert gate(tmp_path, *asked, "--audit-log", str(log), OVERRIDE_DEPLOY="1").returncode == 0
    assert len(audit.read(log).records) == 1
    done = gate(tmp_path, *asked, "--change", "rollback")
    assert done.returncode == 0
    assert "NOT in the audit log" in done.stderr


def test_a_snapshot_and_a_policy_of_a_site_are_enough(shop: Path, tmp_path: Path, keeper: Fake) -> None:
    data = next((shop / store.FOLDER).iterdir()).read_bytes()
    policy = json.dumps({"schema": 1, "states": {"EXHAUSTED": {"passes": ["fix"]}, "FREEZE": {"passes": ["fix"]}}})
    keeper.reply = lambda asked: Answer(data if "snapshot" in asked.path else policy.encode(), 200)
    asked = ("--service", "orders", "--snapshot", f"{keeper.url}/snapshot.json.gz", "--as-of", "2026-11-01")
    assert gate(tmp_path, *asked).returncode == 3
    assert gate(tmp_path, *asked, "--policy", f"{keeper.url}/p.json", "--change", "fix").returncode == 0
    keeper.reply = lambda _: Answer(b"<html>Sign in</html>", 200)
    assert gate(tmp_path, *asked).returncode == 99
    assert gate(tmp_path, "--all", "--snapshot", "http://example.invalid/snapshot.json.gz").returncode == 99


def test_in_a_library_a_snapshot_of_another_one_is_no_answer(shop: Path, tmp_path: Path) -> None:
    other = library(tmp_path / "other", {"checkout-errors": "NORMAL"})
    place = next((other / store.FOLDER).iterdir())
    done = gate(shop, "--service", "orders", "--snapshot", str(place))
    assert done.returncode == 99
    assert "is not in the snapshot" in done.stdout


def test_open_incidents_show_or_block_and_a_file_that_cannot_be_read_may_be_one(tmp_path: Path) -> None:
    root = library(tmp_path / "shop", {"checkout-errors": "NORMAL"})
    folder = root / "postmortems" / "incidents" / "2026"
    folder.mkdir()
    (folder / "2026-11-01-checkout-down.md").write_text(
        "---\nschema: 1\ntitle: Checkout is down\nkind: incident\nstatus: draft\nseverity: SEV1\nservices: [checkout]\n"
        "started: 2026-11-01T22:00:00Z\n---\n", encoding="utf-8",
    )  # fmt: skip
    assert facts(root, "--service", "checkout")["open_incidents"][0]["id"] == "2026-11-01-checkout-down"
    (root / "budgets" / "policy.yml").write_text(POLICY + "open_incidents: block\n", encoding="utf-8")
    assert facts(root, "--service", "checkout")["code"] == 2
    (folder / "2026-11-01-checkout-down.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    found = facts(root, "--service", "checkout")
    assert found["code"] == 99
    assert "may be an incident that is not over" in found["reasons"][0]


def test_of_incidents_without_a_start_only_those_named_undated_are_surely_over(tmp_path: Path) -> None:
    root = library(tmp_path / "shop", {"checkout-errors": "NORMAL"})
    folder = root / "postmortems" / "incidents"
    text = "---\ntitle: Checkout is down\nkind: incident\nservices: [checkout]\n{}---\n"
    named, other = folder / "undated-checkout-down.md", folder / "checkout-down.md"
    named.write_text(text.format(""), encoding="utf-8")
    known = facts(root, "--service", "checkout")
    assert (known["code"], known["open_incidents"], len(known["warnings"])) == (0, [], 1)
    other.write_text(text.format(""), encoding="utf-8")
    said = (
        "postmortems/incidents/checkout-down.md does not say when it started, and may be an incident that is not over"
    )
    assert said in facts(root, "--service", "checkout")["warnings"]
    (root / "budgets" / "policy.yml").write_text(POLICY + "open_incidents: block\n", encoding="utf-8")
    assert facts(root, "--service", "checkout")["reasons"] == [said]
    for end in ("resolved: 2026-11-01T23:00:00Z\n", "unknown: [resolved]\n", "origin: public\n", "kind: drill\n"):
        written = text.replace("kind: incident\n", "") if end.startswith("kind") else text
        other.write_text(written.format(end), encoding="utf-8")
        assert facts(root, "--service", "checkout")["code"] == 0


def test_the_log_is_shown_reviewed_and_held(own: Path) -> None:
    assert "0 records" in gate(own, command=("gate", "audit")).stdout
    gate(own, "--service", "checkout", OVERRIDE_DEPLOY="1", OVERRIDE_REASON="A customer waits")
    gate(own, "--service", "orders", **OVERRIDES["EXHAUSTED"])
    done = gate(own, command=("gate", "audit"))
    assert done.returncode == 0
    assert "A customer waits" in done.stdout
    assert "2 records, the log is whole, 2 not reviewed" in done.stdout
    listed = json.loads(gate(own, "--json", command=("gate", "audit")).stdout)
    name = listed["records"][0]["id"]
    command = ("gate", "audit", "--review", name)
    assert gate(own, command=command).returncode == 99
    assert gate(own, "--by", "@lead", "--note", " ", command=command).returncode == 99
    assert gate(own, "--by", "@lead", "--note", "Fixed", command=command).returncode == 0
    assert gate(own, "--by", "@lead", "--note", "Again", command=command).returncode == 99
    assert "1 not reviewed" in gate(own, command=("gate", "audit")).stdout
    (own / audit.FOLDER / audit.read(own / audit.FOLDER).records[0].name).unlink()
    done = gate(own, command=("gate", "audit"))
    assert done.returncode == 1
    assert "missing" in done.stderr


def test_a_budget_against_which_something_was_lost_is_no_number(tmp_path: Path) -> None:
    root = library(tmp_path / "shop", {"orders-errors": "NORMAL"})
    path = root / "budgets" / "slos" / "orders-errors.yaml"
    text = path.read_text(encoding="utf-8").replace("target: 0.999", "target: 1")
    path.write_text(text.replace("annotations: {", 'annotations: {afterword/zero-budget: "true", '), encoding="utf-8")
    store.save(root, replace(snapshot(root, {"orders-errors": "NORMAL"}), at=AT), force=True)
    found = facts(root, "--all")
    assert (found["state"], found["remaining"], found["infinite"]) == ("EXHAUSTED", None, True)


def _counter(bad: dict[str, float | str | None]) -> Fake:
    """A server whose counter of requests bears some labels, with so many bad of a million."""

    def reply(asked: Asked) -> Answer:
        if asked.path.startswith("/api/v1/status"):
            return Answer({"status": "success", "data": {"version": "2.50.0", "storageRetention": "90d"}})
        value = bad["status" if "status" in asked.query else "code"]
        at = float(asked.form.get("time", "0"))
        if value is None:
            return vector(at=at)
        return vector(value if "5.." in asked.query else 1_000_000, at=at, labels=[{}])

    return Fake(reply)


@pytest.mark.parametrize(
    ("status", "code", "wanted"),
    [
        (100, None, 0),
        (None, 700, 1),
        (100, 900, 2),
        (1100, 100, 3),
        (None, None, 99),
        ("NaN", None, 99),
        (100, "+Inf", 99),
    ],
)
def test_without_a_library_every_label_of_the_counter_is_judged(
    tmp_path: Path, status: float | str | None, code: float | str | None, wanted: int
) -> None:
    with _counter({"status": status, "code": code}) as server:
        done = gate(tmp_path, "--service", "shop", PROMETHEUS_URL=server.url)
    assert done.returncode == wanted, done.stdout + done.stderr
    assert "there is no library here" in done.stdout
    assert ("-by-" in done.stdout) == (status is not None and code is not None)
