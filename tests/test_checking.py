"""Checking: what is reported, what is silenced and by whom, and what cannot be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import checking
from afterword import library as reading
from afterword import settings as configuration
from afterword.checking import check
from afterword.errors import AfterwordError, SettingsError
from afterword.findings import MOST, Finding, Level, Span
from afterword.library import Library
from afterword.links.outcome import Outcome, State
from afterword.model import Breach, Postmortem, Telemetry
from afterword.rules import RULES
from afterword.rules.base import Context
from afterword.selection import choose
from afterword.settings import Ignored, Settings
from tests.confidentiality.samples import secrets
from tests.rules.whole import AS_OF, FOLDER, PATH, SETTINGS, judge, page, said
from tests.rules.whole import library as made

EARLY = "published: 2026-03-02"
"""AW307: published before it started."""
SIXTH = {"AW603", "AW604", "AW605", "AW606", "AW607", "AW608", "AW609"}
BROKEN = "---\ntitle: [\n---\n"


def comment(code: str, reason: str = "the interim report came first") -> str:
    return f"## Notes\n\n<!-- afterword: ignore {code} {reason} -->\n"


# selecting


def test_select_and_ignore_take_codes_beginnings_and_names() -> None:
    assert choose(["AW307"]) == {"AW307"}
    assert choose(["aw50"]) == {code for code in RULES if code.startswith("AW50")}
    assert choose(["milestone-order", "AW60"], ["duplicate-title"]) == {"AW301", "AW601", *SIXTH}
    assert choose([], ["AW"]) == set()


@pytest.mark.parametrize(
    ("token", "hint"),
    [
        ("AW999", "See them all with `afterword rules`."),
        ("milestone-ordr", "Did you mean `milestone-order`?"),
        ("AW3071", "Did you mean `AW307`?"),
        ("", "See them all with `afterword rules`."),
        ("--help", "See them all with `afterword rules`."),
    ],
)
def test_an_unknown_code_is_refused_with_a_suggestion(token: str, hint: str) -> None:
    with pytest.raises(AfterwordError) as caught:
        judge({PATH: page()}, select=[token])
    assert caught.value.message == f"there is no rule “{token}”"
    assert caught.value.hint == hint


def test_what_is_not_selected_is_not_reported() -> None:
    lines = f"{EARLY}\nroot_cause: capasity"
    assert said(list(judge({PATH: page(lines)}, select=["AW1"]).findings)) == [("AW104", "error")]
    assert said(list(judge({PATH: page(lines)}, ignore=["AW1"]).findings)) == [("AW307", "warning")]


def test_a_file_that_cannot_be_judged_is_reported_whatever_is_selected() -> None:
    report = judge({PATH: BROKEN}, select=["AW5"], ignore=["AW0"])
    assert said(list(report.findings)) == [("AW003", "error")]
    assert report.suppressed == 0
    wrong = judge({PATH: page("started: never")}, ignore=["AW101"])
    assert said(list(wrong.findings)) == [("AW101", "error")]


def test_of_a_file_that_cannot_be_judged_only_errors_are_told_unasked() -> None:
    marked = {PATH: f"\ufeff{BROKEN}"}
    assert said(list(judge(marked).findings)) == [("AW005", "hint"), ("AW003", "error")]
    assert said(list(judge(marked, select=["AW5"]).findings)) == [("AW003", "error")]


# paths


def test_paths_restrict_the_report_while_rules_see_the_whole_library() -> None:
    other = PATH.replace("2026/", "checkout/")
    files = {PATH: page(), other: page("title: Other")}
    report = judge(files, paths=[FOLDER + PATH])
    assert [finding.path for finding in report.findings] == [FOLDER + PATH]
    assert report.findings[0].code == "AW601"
    assert report.files == 1


def test_a_folder_means_its_files() -> None:
    files = {PATH: page(), "2025/2025-01-01-a.md": BROKEN, "20251/2025-01-01-b.md": BROKEN}
    assert judge(files, paths=[f"{FOLDER}2025"]).files == 1
    assert judge(files, paths=[f"{FOLDER}2025/", FOLDER + PATH]).files == 2
    assert judge(files, paths=["."]).files == judge(files, paths=[""]).files == 3
    assert judge(files, paths=[]).files == 0


def test_a_path_that_is_no_postmortem_is_refused() -> None:
    with pytest.raises(AfterwordError, match=r"README\.md is no postmortem") as caught:
        judge({PATH: page()}, paths=["README.md"])
    assert caught.value.hint == "Postmortems lie below postmortems/incidents/ and end in .md."


# silencing


@pytest.mark.parametrize("code", ["AW307", "aw307", "published-before-resolved"])
def test_a_comment_with_a_reason_silences_one_rule_in_its_file(code: str) -> None:
    report = judge({PATH: page(EARLY, comment(code)), "2026/2026-03-04-b.md": page(f"{EARLY}\ntitle: B")})
    assert [(finding.code, finding.path) for finding in report.findings] == [("AW307", f"{FOLDER}2026/2026-03-04-b.md")]
    assert report.suppressed == 1


def test_a_comment_without_a_reason_silences_nothing() -> None:
    report = judge({PATH: page(EARLY, comment("AW307", ""))})
    assert said(list(report.findings)) == [("AW307", "warning"), ("AW205", "warning")]
    assert report.suppressed == 0


def test_a_comment_for_no_rule_is_a_warning_at_the_comment() -> None:
    found = judge({PATH: page(piece=comment("AW999"))}).findings
    assert [(finding.code, finding.span.line) for finding in found] == [("AW205", 49)]


@pytest.mark.parametrize("code", ["AW004", "AW205"])
def test_reading_and_the_comments_themselves_cannot_be_silenced(code: str) -> None:
    text = page("resolved: 2026-03-04T09:50:00Z\nresolved: 2026-03-04T09:51:00Z", comment(code))
    assert said(list(judge({PATH: text}).findings)) == [("AW004", "error"), ("AW205", "warning")]


def test_a_comment_that_silences_nothing_is_a_hint() -> None:
    assert said(list(judge({PATH: page(piece=comment("AW307"))}).findings)) == [("AW205", "hint")]


def test_a_comment_for_what_only_the_clock_finds_is_never_a_leftover() -> None:
    assert list(judge({PATH: page(piece=comment("AW502"))}).findings) == []


def test_a_comment_for_a_rule_that_did_not_run_is_no_leftover() -> None:
    assert list(judge({PATH: page(piece=comment("AW307"))}, ignore=["AW307"]).findings) == []


def test_a_comment_in_code_is_no_comment() -> None:
    report = judge({PATH: page(EARLY, "## Notes\n\n```\n<!-- afterword: ignore AW307 shown -->\n```\n")})
    assert said(list(report.findings)) == [("AW307", "warning")]


def test_settings_silence_a_rule_in_the_files_that_they_name() -> None:
    entry = Ignored("AW307", "Imported", (f"{FOLDER}2026/*-b.md",))
    files = {PATH: page(EARLY), "2026/2026-03-04-b.md": page(f"{EARLY}\ntitle: B")}
    report = judge(files, settings=replace(SETTINGS, ignored=(entry,)))
    assert [finding.path for finding in report.findings] == [FOLDER + PATH]
    assert report.suppressed == 1


def test_settings_cannot_hide_a_file_that_was_rejected() -> None:
    ignored = tuple(Ignored(code, "Never mind") for code in ("AW003", "AW101"))
    files = {PATH: BROKEN, "2026/2026-03-04-d.md": page("started: never")}
    report = judge(files, settings=replace(SETTINGS, ignored=ignored))
    assert said(list(report.findings)) == [("AW003", "error"), ("AW101", "error")]


def test_settings_cannot_silence_how_a_file_is_read() -> None:
    text = page("resolved: 2026-03-04T09:50:00Z\nresolved: 2026-03-04T09:51:00Z")
    report = judge({PATH: text}, settings=replace(SETTINGS, ignored=(Ignored("duplicate-key", "Never mind"),)))
    assert said(list(report.findings)) == [("AW004", "error")]


def test_settings_that_name_no_rule_are_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        judge({PATH: page()}, settings=replace(SETTINGS, ignored=(Ignored("vague-verbs", "No"),)))
    assert caught.value.message == "afterword.yml: check.ignore names “vague-verbs”, no rule"
    assert caught.value.hint == "Did you mean `vague-verb`?"


# the report


def test_the_report_counts_by_level_and_knows_what_fails() -> None:
    report = judge({PATH: page(f"{EARLY}\nroot_cause: capasity", comment("AW301"))})
    assert [report.count(level) for level in Level] == [1, 1, 1]
    assert report.fails()
    assert not judge({PATH: page(EARLY)}).fails()
    assert judge({PATH: page(EARLY)}).fails(Level.WARNING)
    assert report.of(FOLDER + PATH) == report.findings
    assert report.of("elsewhere.md") == ()


def test_findings_come_in_the_order_of_files_and_places() -> None:
    files = {f"2026/2026-03-04-{name}.md": page(f"{EARLY}\ntitle: {name}\nroot_cause: x") for name in "cab"}
    found = judge(files).findings
    assert list(found) == sorted(found, key=lambda finding: finding.order)


def test_what_depends_on_the_day_never_fails_a_library_that_passed() -> None:
    action = (
        "actions:\n  - {id: A1, title: Cap it, owner: '@a', created: 2026-03-09, due: 2026-03-20, priority: P1,"
        " status: open}"
    )
    for status in ("draft", "in-review", "published"):
        files = {PATH: page(f"{action}\nstatus: {status}")}
        later = judge(files, as_of=datetime(2036, 1, 1, tzinfo=UTC))
        assert not judge(files).fails()
        assert not later.fails()
        assert later.count(Level.WARNING) > 0


def test_the_disk_is_asked_for_what_a_link_names(tmp_path: Path) -> None:
    words = "schema: 1\nseverities: {SEV3: {title: Minor}}\ncategories: {capacity: {title: Capacity}}\n"
    (tmp_path / "afterword.yml").write_text(words, encoding="utf-8")
    folder = tmp_path / FOLDER / "2026"
    folder.mkdir(parents=True)
    (folder / "pool.png").write_bytes(b"")
    text = page(piece="## Notes\n\n![there](pool.png) ![not there](poll.png)\n")
    (tmp_path / FOLDER / PATH).write_text(text, encoding="utf-8")
    made = checking.load(tmp_path, configuration.load(tmp_path), use_cache=False)
    assert [finding.message for finding in check(made, AS_OF).findings] == ["the image to poll.png leads nowhere"]


def test_the_shipped_library_has_only_its_deliberate_warnings(root: Path) -> None:
    words = configuration.load(root)
    assert words.as_of is not None
    report = check(checking.load(root, words, use_cache=False, workers=1), words.as_of)
    others = [finding for finding in report.findings if finding.code not in ("AW308", "AW502", "AW609")]
    assert others == []
    assert {finding.code for finding in report.findings} == {"AW308", "AW502", "AW609"}


LINES = st.sampled_from(
    ["status: draft", "kind: drill", "started: 2026-03-04", "resolved: 2020-01-01", "unknown: [detected, resolved]",
     "published: 0001-01-01", "published: 9999-12-31", "actions: []", "severity: x", "recurrence_of: [a, b]",
     "started: 0001-01-01T00:00:00+00:00", "started: 9999-12-31T23:59:59-00:00", "merged_into: x", "aliases: [x]"]
)  # fmt: skip
ZONES = st.sampled_from([UTC, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")])
TIMES = st.sampled_from(["9999-12-31 23:59 UTC-12", "0001-01-01 00:00 +14:00", "23:59", "00:00 PT", "0001-01-01"])
PIECES = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.text(max_size=30), TIMES), max_size=5).map(
        lambda cells: (
            "## Timeline\n\n| Time | Event |\n| --- | --- |\n" + "".join(f"| {cell} | x |\n" for cell in cells)
        )
    ),
    st.text(max_size=40).map(lambda text: f"TTD: {text} <!-- afterword: ignore {text} -->"),
)


@given(st.lists(LINES, max_size=4, unique_by=lambda line: line.split(":")[0]), PIECES, ZONES)
def test_no_postmortem_breaks_a_check(lines: list[str], piece: str, zone: tzinfo) -> None:
    assert judge({PATH: page("\n".join(lines), piece)}, zone=zone).files == 1


def test_what_is_found_beside_the_postmortems_is_reported_with_the_whole_library_alone() -> None:
    other = Finding("AW614", "objective-duplicate", Level.ERROR, "twice", "budgets/slos/a.yaml")
    whole = made({PATH: page()})
    assert other in check(whole, AS_OF, beside=[other]).findings
    assert check(whole, AS_OF, beside=[other]).suppressed == 0
    assert other not in check(whole, AS_OF, beside=[other], paths=[FOLDER + PATH]).findings
    assert other not in check(whole, AS_OF, beside=[other], ignore=["AW614"]).findings
    entry = Ignored("AW614", "A copy on purpose", ("budgets/*",))
    silenced = check(replace(whole, settings=replace(SETTINGS, ignored=(entry,))), AS_OF, beside=[other])
    assert (silenced.findings, silenced.suppressed) == ((), 1)


def test_a_file_beside_the_postmortems_that_cannot_be_read_is_told_whatever_is_selected() -> None:
    unread = Finding("AW003", "yaml", Level.ERROR, "not closed", "budgets/slos/a.yaml")
    assert check(made({PATH: page()}), AS_OF, beside=[unread], select=["AW5"], ignore=["AW003"]).findings == (unread,)


def test_a_breach_that_nobody_explained_is_told_of_where_its_objective_stands() -> None:
    where = Span(4, 3, 4, 9)
    breach = Breach("checkout-errors", "checkout", AS_OF, AS_OF, 0.3, 10.0, path="budgets/slos/a.yaml", span=where)
    found = check(made({PATH: page()}), AS_OF, telemetry=Telemetry(breaches=(breach,))).findings
    assert [(item.code, item.path, item.span.line) for item in found] == [("AW605", "budgets/slos/a.yaml", 4)]
    told = Telemetry(breaches=(breach,))
    assert check(made({PATH: page()}), AS_OF, telemetry=told, select=["AW1"]).findings == ()
    assert check(made({PATH: page()}), AS_OF, telemetry=told, paths=[FOLDER]).findings == ()
    waived = Telemetry(breaches=(replace(breach, waiver="A load test"),))
    assert check(made({PATH: page()}), AS_OF, telemetry=waived).findings == ()


# what is confidential in a file that another one quotes

SECRET = secrets()["github"][0]
OTHER = "2026-02-01-carts-were-empty"


def library_on_disk(folder: Path, name: str, words: Settings = SETTINGS) -> Library:
    """Two postmortems: one of them, of a name, holds a secret."""
    (folder / FOLDER / "2026").mkdir(parents=True)
    (folder / FOLDER / PATH).write_text(page(), encoding="utf-8")
    text = page("title: Carts\nstarted: 2026-02-01\nstatus: draft", f"## Notes\n\n{SECRET} of Northwind Traders\n")
    (folder / FOLDER / f"2026/{name}.md").write_text(text, encoding="utf-8")
    return checking.load(folder, words, use_cache=False, workers=1)


def quoting(monkeypatch: pytest.MonkeyPatch, message: str, hint: str | None = "Look there.") -> None:
    """Let the rule on recurrences say something of every postmortem."""
    rule = RULES["AW608"]

    def compare(postmortem: Postmortem, _: Context) -> list[Finding]:
        return [rule.finding(postmortem, Span(2, 1, 2, 6), message, hint)]

    altered = replace(rule, compare=compare, concerns=lambda record, _brief, _context: record.path == FOLDER + PATH)
    monkeypatch.setitem(RULES, "AW608", altered)


def told(made: Library) -> list[tuple[str, str | None]]:
    found = check(made, AS_OF, select=["AW608"]).findings
    return [(finding.message, finding.hint) for finding in found]


@pytest.mark.parametrize("name", [OTHER, "carts", "carts were empty", "c", "carts.old-1"])
def test_what_a_rule_quotes_of_a_file_that_it_names_shows_nothing_confidential(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoting(monkeypatch, f"much like {name}#A3: {SECRET[:30]}…", f"See {name}: Northwind Traders, {SECRET}")
    assert told(library_on_disk(tmp_path, name)) == [
        (f"much like {name}#A3: [masked]…", f"See {name}: [masked], [masked]")
    ]


def test_a_file_that_is_named_by_a_word_of_many_hyphens_or_none_is_told_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoting(monkeypatch, "much like no-such-file and plain text", None)
    assert told(library_on_disk(tmp_path, OTHER)) == [("much like no-such-file and plain text", None)]


def test_where_the_text_has_changed_since_it_was_read_the_rule_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoting(monkeypatch, f"much like {OTHER}: {SECRET}", SECRET)
    made = library_on_disk(tmp_path, OTHER)
    path = tmp_path / FOLDER / f"2026/{OTHER}.md"
    summary = RULES["AW608"].summary.removesuffix(".")
    path.write_text(path.read_text(encoding="utf-8").replace(SECRET, "gone"), encoding="utf-8")
    assert told(made) == [(summary, None)]
    path.unlink()
    assert told(made) == [(summary, None)]


# reading


def test_a_second_reading_takes_what_the_first_one_kept_unless_told_otherwise(tmp_path: Path) -> None:
    library_on_disk(tmp_path, OTHER)
    assert not (tmp_path / ".cache").exists()
    steps: list[tuple[int, int]] = []
    first = checking.load(tmp_path, SETTINGS, workers=1, progress=lambda done, of: steps.append((done, of)))
    assert steps[-1] == (2, 2)
    steps.clear()
    again = checking.load(tmp_path, SETTINGS, workers=1, progress=lambda done, of: steps.append((done, of)))
    assert steps == []
    assert again.records == first.records


def test_a_library_that_was_read_without_the_rules_is_refused_by_the_name_of_a_file(tmp_path: Path) -> None:
    library_on_disk(tmp_path, OTHER)
    with pytest.raises(ValueError, match=rf"2026/{OTHER}\.md was read without the rules"):
        check(reading.load(tmp_path, SETTINGS, use_cache=False, workers=1), AS_OF)


def test_a_file_of_many_findings_has_a_report_that_ends() -> None:
    piece = "## Notes\n\n" + "![](a.png) [a](gone.md)\n\n" * 3_000 + comment("no-such-rule") * 3_000
    found = judge({PATH: page(piece=piece)}).findings
    assert max(Counter(finding.code for finding in found).values()) == MOST + 1
    told = {finding.code: finding.message for finding in found if "not listed here" in finding.message}
    assert set(told) == {"AW203", "AW205", "AW604", "AW802"}
    assert told["AW802"] == "of AW802 there are 2,800 more findings in this file, not listed here"


def test_a_remark_on_a_comment_is_masked_as_well() -> None:
    token = secrets()["gitlab"][0]
    report = judge({PATH: page(piece=comment(token))})
    [remark] = [finding for finding in report.findings if finding.code == "AW205"]
    assert token not in remark.message


# what a caller narrows or adds


def test_a_path_may_be_written_from_here() -> None:
    files = {PATH: page(), "2025/2025-01-01-b.md": page("title: B\nstarted: 2025-01-01")}
    assert judge(files, paths=[f"./{FOLDER}2026/"]).files == 1
    assert judge(files, paths=[f"/{FOLDER}2026"]).files == 1


def test_other_files_that_were_read_are_counted_where_they_are_meant() -> None:
    whole = made({PATH: page()})
    others = ["budgets/slos/a.yaml", "budgets/slos/b.yaml"]
    assert check(whole, AS_OF, others=others).files == 3
    assert check(whole, AS_OF, others=others, paths=[FOLDER]).files == 1
    assert check(whole, AS_OF, others=others, paths=["budgets"]).files == 2
    assert check(whole, AS_OF, others=others, paths=["budgets/slos/b.yaml", FOLDER]).files == 2


def test_the_report_says_of_which_instant_it_is_and_where_nothing_may_be_shown() -> None:
    other = "2026/2026-03-05-b.md"
    report = judge({PATH: page(piece=f"## Notes\n\n{SECRET}\n"), other: page("title: B\nroot_cause: x")})
    (found,) = [finding for finding in report.findings if finding.code == "AW701"]
    assert report.as_of == AS_OF
    assert report.masks == {FOLDER + PATH: (found.span,)}
    assert judge({PATH: page()}).masks == {}


def test_what_became_of_addresses_is_asked_of_the_caller() -> None:
    text = page(piece="## Notes\n\nSee <https://a.example/x>.\n")
    gone = {"https://a.example/x": Outcome(State.GONE, "it answers 404")}
    assert said(list(judge({PATH: text}, outcomes=gone).findings)) == [("AW803", "warning")]
    assert judge({PATH: text}).findings == ()


def test_rules_that_compare_are_selected_like_the_others() -> None:
    late = datetime(2036, 1, 1, tzinfo=UTC)
    lines = "actions:\n  - {id: A1, title: Cap it, owner: '@a', due: 2026-03-20, priority: P1, status: open}"
    assert [item.code for item in judge({PATH: page(lines)}, as_of=late, select=["AW502"]).findings] == ["AW502"]
    assert judge({PATH: page(lines)}, as_of=late, select=["AW1"]).findings == ()


def test_comments_are_not_judged_where_their_rule_is_ignored() -> None:
    text = page(piece=comment("AW999"))
    assert judge({PATH: text}, ignore=["AW205"]).findings == ()
    assert judge({PATH: text}, select=["AW205"]).count(Level.WARNING) == 1


def test_a_comment_cannot_silence_the_rule_on_comments_by_its_name_either() -> None:
    (found,) = judge({PATH: page(piece=comment("suppression"))}).findings
    assert (found.message, found.hint) == ("AW205 cannot be silenced", "Remove the comment.")


def test_what_a_rule_quotes_of_its_own_file_shows_nothing_confidential(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER / "2026"
    folder.mkdir(parents=True)
    (tmp_path / FOLDER / PATH).write_text(page(piece=f"## Notes\n\n[a](missing/{SECRET}.md)\n"), encoding="utf-8")
    report = check(checking.load(tmp_path, SETTINGS, use_cache=False, workers=1), AS_OF, select=["AW604"])
    assert [finding.message for finding in report.findings] == ["the link to missing/[masked].md leads nowhere"]
