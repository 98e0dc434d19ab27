"""Settings: faults are told with their place, and the words of a library answer for those that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import settings
from afterword.errors import SettingsError
from afterword.findings import Finding, Level
from afterword.settings import Ignored, Settings
from tests.measuring import shop

PLAIN = """\
schema: 1
name: Shop
time_zone: Asia/Ho_Chi_Minh
as_of: 2026-11-01
holidays: [2026-12-25]
severities:
  SEV1: {title: Critical, critical: true}
  SEV2: {title: Minor}
categories:
  capacity: {title: Capacity}
teams:
  team-web: {title: Web}
services:
  checkout: {title: Checkout, team: team-web}
  legacy: {title: Legacy}
"""


def loaded(folder: Path, text: str) -> Settings:
    (folder / settings.FILE).write_text(text, encoding="utf-8", newline="\n")
    return settings.load(folder)


def test_what_is_left_out_has_the_documented_default(tmp_path: Path) -> None:
    found = loaded(tmp_path, PLAIN)
    targets = found.targets
    assert (targets.time_to_postmortem_days, targets.time_to_restore_minutes) == (7, 60)
    assert (targets.action_completion, targets.coverage) == (0.9, 1.0)
    assert (found.branch, found.repository, found.example) == ("main", None, False)
    assert str(found.zone) == "Asia/Ho_Chi_Minh"
    assert found.as_of is not None
    assert found.as_of.isoformat() == "2026-11-01T23:59:59+00:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAIN.replace("Asia/Ho_Chi_Minh", "Mars/Olympus"), "3:12: time_zone “Mars/Olympus” is not known here"),
        (PLAIN.replace("team: team-web", "team: team-x"), "14:37: team “team-x” of service “checkout” is not under"),
        (PLAIN.replace("critical: true", "critical: very"), "7:37: "),
        (f"{PLAIN}unheard: of\n", "16:1: "),
        (PLAIN.replace("[2026-12-25]", "[2026-12-32]"), "5:12: "),
    ],
    ids=["zone", "team", "type", "key", "day"],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, text)
    assert str(caught.value).startswith(f"afterword.yml:{said}")


@pytest.mark.parametrize("text", ["", "- a list\n", "name: [\n", "\x00"], ids=["empty", "list", "open", "nul"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"^afterword\.yml"):
        loaded(tmp_path, text)


def test_words_that_the_library_lacks_are_their_own_names() -> None:
    words = shop()
    titles = [words.category_title(key) for key in ("capacity", "magic", "unknown", None)]
    assert titles == ["Capacity", "magic", "Unknown", "Unknown"]
    assert [words.service_title(key) for key in ("checkout", "s3")] == ["Checkout", "s3"]
    assert words.teams_of(("storefront", "assistant", "checkout", "s3")) == ("team-payments", "team-web")
    assert [words.severity_rank(key) for key in ("SEV1", "SEV3", "SEV9", None)] == [0, 2, 3, 3]
    assert words.minor == ("SEV3",)


def test_an_entry_silences_its_rule_by_code_or_name_in_its_paths_alone() -> None:
    finding = Finding("AW302", "stated-duration", Level.WARNING, "", "postmortems/incidents/2026/x.md")
    assert Ignored("AW302", "why").covers(finding)
    assert Ignored("stated-duration", "why", ("postmortems/incidents/2026/*",)).covers(finding)
    assert not Ignored("AW302", "why", ("postmortems/incidents/2025/*",)).covers(finding)
    assert not Ignored("AW301", "why").covers(finding)
