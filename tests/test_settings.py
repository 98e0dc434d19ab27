"""Settings: faults are told with their place, and the words of a library answer for those that it lacks."""

from __future__ import annotations

import os
from datetime import UTC, date
from pathlib import Path

import pytest

from afterword import settings
from afterword.errors import LibraryNotFoundError, SettingsError
from afterword.findings import Finding, Level
from afterword.settings import Ignored
from tests.measuring import shop

SETTINGS = """\
schema: 1
severities: {SEV1: {title: Critical, critical: true}, SEV3: {title: Minor}}
categories: {capacity: {title: Capacity}}
teams: {team-payments: {title: Payments}}
services: {checkout: {title: Checkout, team: team-payments}, orders: {title: Orders}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / settings.FILE).write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "postmortems/incidents").mkdir(parents=True)
    return tmp_path


def test_what_is_left_out_has_the_documented_default(home: Path) -> None:
    found = settings.load(home)
    targets = found.targets
    assert (targets.time_to_postmortem_days, targets.time_to_restore_minutes) == (7, 60)
    assert (targets.action_completion, targets.coverage) == (0.9, 1.0)
    assert (found.branch, found.repository, found.example) == ("main", None, False)
    assert (found.zone, found.as_of) == (UTC, None)


def test_the_nearest_settings_upwards_make_the_library(home: Path) -> None:
    assert settings.find_root(home / "postmortems/incidents") == home.resolve()


def test_no_library_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFoundError) as caught:
        settings.find_root(tmp_path)
    assert "afterword init" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("severity: {}\n", "afterword.yml:6:1: unknown key “severity”"),
        ("time_zone: Mars/Olympus\n", "afterword.yml:6:12: time_zone “Mars/Olympus” is not known here"),
        ("time_zone: ../../etc/passwd\n", "afterword.yml:6:12: time_zone “../../etc/passwd” is not known here"),
        ("as_of: soon\n", "afterword.yml:6:8: as_of is “soon”, not a date"),
        ("holidays: [2026-02-30]\n", "afterword.yml:6:12: holidays 1 is “2026-02-30”"),
        ("name: a: b\n", "afterword.yml:6:8: a second “: ” stands in one line"),
        ("<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> x\n", "afterword.yml:6:1: a merge conflict is unresolved"),
        ("name: a\n=======\n", "afterword.yml:7:1: a merge conflict is unresolved"),
        ("schema: 1\n", "afterword.yml:6:1: key “schema” stands twice"),
        ("check: {ignore: [{code: AW504}]}\n", "afterword.yml:6:18: check, ignore 1 has no “reason”"),
    ],
)
def test_a_fault_in_the_settings_names_its_place(home: Path, change: str, message: str) -> None:
    (home / "afterword.yml").write_text(SETTINGS + change, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        settings.load(home)
    assert caught.value.message.startswith(message)


def test_a_word_of_the_wrong_form_is_found_at_its_key(home: Path) -> None:
    wrong = SETTINGS.replace("{capacity: {", "{capacity: {title: Capacity}, Data Loss: {")
    (home / "afterword.yml").write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        settings.load(home)
    assert caught.value.message.startswith(
        "afterword.yml:3:43: categories: the key “Data Loss” does not have the right form"
    )


@pytest.mark.parametrize("content", ["", "# nothing\n", "- a\n", "text\n", "\ufeff"])
def test_settings_that_say_nothing_are_refused(home: Path, content: str) -> None:
    (home / "afterword.yml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^afterword\.yml"):
        settings.load(home)


def test_a_service_of_an_unknown_team_is_refused(home: Path) -> None:
    (home / "afterword.yml").write_text(SETTINGS.replace("team: team-payments", "team: team-nobody"), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^afterword\.yml:5:\d+: team “team-nobody” of service “checkout”"):
        settings.load(home)


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


def test_horizons_and_limits_of_severities_are_days_with_defaults(home: Path) -> None:
    found = settings.load(home)
    assert [found.horizons.days(name) for name in ("short", "medium", "long", None)] == [2, 14, 92, None]
    assert found.due_within("SEV1") == found.due_within(None) == 92
    own = SETTINGS.replace("critical: true}", "critical: true, due_within_days: 30, approvals: [tech-lead]}")
    (home / settings.FILE).write_text(f"{own}check: {{horizons: {{long: 60}}}}\n", encoding="utf-8")
    found = settings.load(home)
    assert (found.due_within("SEV1"), found.due_within("SEV3"), found.horizons.short) == (30, 60, 2)
    assert (found.severities["SEV1"].approvals, found.severities["SEV3"].approvals) == (("tech-lead",), ())


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-03-03", 2, "2026-03-05"),  # from a Tuesday to a Thursday
        ("2026-03-05", 2, "2026-03-09"),  # Saturday: on to Monday
        ("2026-12-23", 2, "2026-12-28"),  # Christmas, then a weekend
        ("9999-12-30", 92, "9999-12-31"),
    ],
)
def test_a_limit_that_ends_on_a_day_off_ends_on_the_next_business_day(
    home: Path, start: str, days: int, last: str
) -> None:
    (home / settings.FILE).write_text(f"{SETTINGS}holidays: [2026-12-25]\n", encoding="utf-8")
    found = settings.load(home)
    assert found.last_day(date.fromisoformat(start), days) == date.fromisoformat(last)


def test_customers_come_from_the_settings_and_from_a_file_that_may_be_missing(home: Path) -> None:
    more = "customers: [Contoso], customers_file: .own/names.txt, hosts: ['*.int.shop.org'], allowed: [8.0.0.0/8]"
    (home / settings.FILE).write_text(f"{SETTINGS}confidential: {{{more}}}\n", encoding="utf-8")
    without = settings.load(home)
    assert without.confidential.customers == ("Contoso",)
    assert (without.confidential.hosts, without.confidential.allowed) == (("*.int.shop.org",), ("8.0.0.0/8",))
    (home / ".own").mkdir()
    (home / ".own/names.txt").write_bytes("\ufeff# ours\r\nFabrikam\r\n\r\n Ödön & Söhne \r\n".encode())
    found = settings.load(home)
    assert found.confidential.customers == ("Contoso", "Fabrikam", "Ödön & Söhne")
    assert found.digest != without.digest  # or the cache would hold what was read without them


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_list_of_customers_that_cannot_be_read_is_told_without_its_text(home: Path, content: bytes | None) -> None:
    (home / settings.FILE).write_text(f"{SETTINGS}confidential: {{customers_file: names}}\n", encoding="utf-8")
    (home / "names").write_bytes(content) if content else (home / "names").mkdir()
    with pytest.raises(SettingsError, match=r"^afterword\.yml: names, the list of customers, cannot be read"):
        settings.load(home)


@pytest.mark.parametrize("name", ["../names.txt", "/etc/passwd", "C:/names.txt", "a/../../b", "[a]", "''"])
def test_a_list_of_customers_lies_in_the_library(home: Path, name: str) -> None:
    (home / settings.FILE).write_text(f"{SETTINGS}confidential: {{customers_file: {name}}}\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        settings.load(home)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are made otherwise there")
@pytest.mark.parametrize(
    ("kind", "why"), [("link", "it leads out of the library"), ("pipe", "no ordinary file"), ("large", "larger than")]
)
def test_a_list_of_customers_is_a_file_of_the_library_of_some_size(home: Path, kind: str, why: str) -> None:
    """Whoever proposes settings could else ask word by word what another file of the machine says."""
    (home / settings.FILE).write_text(f"{SETTINGS}confidential: {{customers_file: names}}\n", encoding="utf-8")
    match kind:
        case "link":
            (home.parent / "elsewhere").write_text("Fabrikam\n", encoding="utf-8")
            (home / "names").symlink_to(home.parent / "elsewhere")
        case "pipe":
            os.mkfifo(home / "names")
        case _:
            (home / "names").write_bytes(b"x\n" * 600_000)
    with pytest.raises(SettingsError, match=why):
        settings.load(home)


@pytest.mark.parametrize("name", ["../names.txt", "a/../../b", "/dev/zero"])
def test_a_list_of_customers_elsewhere_is_not_even_read(home: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / settings.FILE).write_text(f"{SETTINGS}confidential: {{customers_file: {name}}}\n", encoding="utf-8")
    monkeypatch.setattr(settings, "_within", lambda *_: pytest.fail("it was read"))
    with pytest.raises(SettingsError, match="right form"):
        settings.load(home)
