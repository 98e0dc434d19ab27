"""A report of which nobody knows the day goes through the whole product, last in every list and in no measure."""

from __future__ import annotations

import json
from itertools import permutations, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.budgets.history import merge
from afterword.budgets.incidents.episodes import breaches
from afterword.budgets.incidents.impact import costs
from afterword.budgets.incidents.spans import Silent
from afterword.checking import Report
from afterword.cli.group import cli
from afterword.library import Query, newest_first, oldest_first
from afterword.links.outcome import Outcome, State
from afterword.measures import overview
from afterword.model import Postmortem
from afterword.pages import Site, Urls, generated, incident
from afterword.pages.listing import Rows, as_json
from afterword.pages.related import Relations
from afterword.timing import parse_moment
from tests.budgets.counting import AT, measured, objective, series, snapshot
from tests.measuring import AS_OF, action, library, made, scope, seen
from tests.reading import FRONT, page, record
from tests.rules.whole import judge
from tests.rules.whole import page as whole

if TYPE_CHECKING:
    from afterword.findings import Finding

DRAFT = FRONT.replace("status: published", "status: draft").replace("published: 2026-03-09\n", "")
UNDATED = DRAFT.replace("started: 2026-03-04T09:12:00Z\n", "")
NAME = "postmortems/incidents/undated-checkout-down.md"


def undated(name: str = "undated-carts", **front: object) -> Postmortem:
    """A draft without a day, nor any other milestone."""
    none = dict.fromkeys(("started", "detected", "acknowledged", "mitigated", "resolved", "published"))
    return made(name, **{**none, "status": "draft", **front})


def levels(found: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    return [(item.message, str(item.level), item.span.line) for item in found]


def test_a_draft_without_a_day_is_accepted_and_warned_of() -> None:
    read = record(page(UNDATED), NAME)
    assert read.postmortem is not None
    assert read.postmortem.started is None
    assert read.postmortem.year is None
    assert levels(read.findings) == [("a key is missing before review: started", "warning", 1)]


def test_an_empty_start_is_a_missing_one_but_for_where_it_is_told() -> None:
    read = record(page(DRAFT.replace("started: 2026-03-04T09:12:00Z", "started:")), NAME)
    assert read.postmortem is not None
    assert read.postmortem.started is None
    assert levels(read.findings) == [("“started” is empty", "warning", 9)]


@pytest.mark.parametrize("status", ["in-review", "published"])
@pytest.mark.parametrize(
    "more", ["", "kind: near-miss\n", "kind: drill\n", "severity: SEV1\n", "origin: public\norganization: A\n"]
)
def test_from_review_on_the_start_is_asked_for_whatever_it_is(status: str, more: str) -> None:
    keys = {line.split(":")[0] for line in more.splitlines()}
    kept = "".join(line for line in UNDATED.splitlines(keepends=True) if line.split(":")[0] not in keys)
    read = record(page(kept.replace("status: draft", f"status: {status}") + more), NAME)
    assert ("“started” is missing", "error", 1) in levels(read.findings)


def test_without_a_start_nothing_goes_on_and_nothing_lasts() -> None:
    item = undated(detected="2026-03-04T09:16:00Z", mitigated="2026-03-04T09:44:00Z")
    assert not item.is_ongoing
    assert (item.ttd, item.ttm, item.ttr) == (None, None, None)


def test_lists_have_it_last_whichever_way_the_days_run() -> None:
    items = [made("b", started="2026-05-01"), made("a", started="2026-03-01"), undated("z"), undated("y")]
    for order in permutations(items):
        assert [item.id for item in newest_first(order)] == ["b", "a", "y", "z"]
        assert [item.id for item in oldest_first(order)] == ["a", "b", "y", "z"]


def test_what_asks_for_days_does_not_mean_it() -> None:
    day = parse_moment("2020-01-01")
    known = library(made("a"), undated("b"))
    assert [item.id for item in known.select(Query(service="checkout"))] == ["a", "b"]
    assert [item.id for item in known.select(Query(since=day))] == ["a"]
    assert known.select(Query(until=day)) == ()


def test_no_measure_knows_it() -> None:
    late = undated("late", severity="SEV1", resolved="2026-03-04T09:50:00Z", status="in-review", actions=[action()])
    alone, both = seen(made()), seen(made(), undated(), late)
    assert both.measures == alone.measures
    assert (both.frequency, both.history, both.late, both.backlog) == (
        alone.frequency, alone.history, alone.late, alone.backlog
    )  # fmt: skip
    assert (both.ongoing, [item.id for item in both.undated]) == ((), ["late", "undated-carts"])


def test_the_day_of_what_has_none_is_asked_for_by_mistake_only() -> None:
    assert not scope().began(undated())
    with pytest.raises(ValueError, match="nobody has said when it started: undated-carts"):
        scope().day(undated())


def test_of_others_it_counts_in_patterns_for_these_need_no_day() -> None:
    public = {"origin": "public", "organization": "Example Cloud", "severity": None}
    found = seen(undated("a", **public), undated("b", **public, merged_into="a")).patterns
    assert (found.total, [(item.key, item.n) for item in found.categories]) == (1, [("capacity", 1)])


def test_no_budget_is_charged_with_it_and_no_breach_explained_by_it() -> None:
    bad, total = series(40, 0.0)
    bad[-2_000:-1_900] = [400.0] * 100
    past = merge([snapshot(measured(objective(), bad, total))])
    item = undated(resolved="2026-10-28T09:50:00Z")
    found = costs([item, made("other", services=["orders"])], past, [objective()], AT)
    assert found.charges == ()
    assert found.silent == (Silent("undated-carts", objective().id, "nobody has said when it started"),)
    assert [breach.explained_by for breach in breaches(past, [objective()], [item], at=AT)] == [()]


EARLIER = "2026/2026-02-01-payments-waited.md"
TEXTS = (
    "title: Payments waited while the connection pool was exhausted\nsummary: A slow query held all connections.",
    "title: Checkout answered 503 while the connection pool was exhausted\nsummary: Queries held all connections.",
)


def told(lines: str, *codes: str, piece: str = "", beside: str = "", outcome: Outcome | None = None) -> list[str]:
    """What rules say of an undated draft: code, message and hint."""
    rest = "status: draft\nunknown: [detected, mitigated, resolved]"
    gone = ("started", "detected", "mitigated", "resolved")
    files = {"undated-late.md": whole(f"{lines}\n{rest}" if lines else rest, piece, gone)}
    if beside:
        files[EARLIER] = whole(f"started: 2026-02-01T09:12:00Z\n{beside}\nunknown: [detected, mitigated, resolved]",
                               without=("detected", "mitigated", "resolved"))  # fmt: skip
    report = judge(files, outcomes={"https://a.example/x": outcome} if outcome else None, exists=lambda _: True)
    own = [item for item in report.findings if item.path.endswith("undated-late.md") and item.code in codes]
    return [f"{item.code} {item.message}|{item.hint}" for item in own]


def test_whether_it_repeats_another_or_was_repeated_nobody_can_tell() -> None:
    earlier, later = TEXTS
    dated = judge({EARLIER: whole(earlier + "\nstarted: 2026-02-01"), "2026/2026-03-04-later.md": whole(later)})
    assert "AW607" in {item.code for item in dated.findings}
    assert told(later, "AW607", beside=earlier) == []
    assert told(earlier, "AW607", beside=later) == []


def test_of_two_with_one_title_it_is_the_one_to_say_what_is_different() -> None:
    same = "title: Carts were empty"
    (found,) = told(same, "AW602", beside=same)
    assert found.startswith("AW602 2026-02-01-payments-waited has the same title")


def test_hours_of_its_timeline_wait_for_the_day_and_only_what_no_day_would_help_is_told() -> None:
    table = "## Timeline\n\n| Time (UTC) | Event |\n| --- | --- |\n"
    assert told("", "AW304", "AW310", piece=f"{table}| 09:12 | It began |\n| 23:59 | … |\n| 00:05 | Over |") == []
    assert told("", "AW304", piece=f"{table}| 2019-01-01 09:12 | It began |") == []
    (found,) = told("", "AW310", piece=f"{table}| 09:12 | It began |\n| 25:99 | Over |")
    assert found.startswith("AW310 the time “25:99” cannot be read|")


def test_no_day_leads_to_a_copy_of_a_dead_page_so_the_newest_is_named() -> None:
    links = "links: [{title: Report, url: https://a.example/x}]"
    (found,) = told(links, "AW803", outcome=Outcome(State.GONE, "it answers 404"))
    assert "|A copy may be at https://web.archive.org/web/https://a.example/x: link to that" in found


def test_an_undated_draft_that_says_no_day_at_all_is_never_in_the_future_nor_late() -> None:
    assert told("", "AW302", "AW306", "AW308", "AW608") == []


SETTINGS = """\
schema: 1
as_of: 2026-11-01
severities: {SEV1: {title: Critical, critical: true}, SEV3: {title: Minor}}
categories: {capacity: {title: Capacity}}
services: {checkout: {title: Checkout}}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of one that is dated and two that are not."""
    folder = tmp_path / "postmortems/incidents"
    (folder / "2026").mkdir(parents=True)
    (tmp_path / "afterword.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "2026/2026-03-04-checkout-down.md").write_text(page(), encoding="utf-8")
    (folder / "undated-checkout-down.md").write_text(page(UNDATED), encoding="utf-8")
    (folder / "2026/undated-carts.md").write_text("---\ntitle: Carts\nkind: incident\n---\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.usefixtures("home")
def test_the_command_line_lists_it_last_and_counts_it_apart() -> None:
    lines = said("list").splitlines()
    assert [line.split()[0] for line in lines[1:4]] == [
        "2026-03-04-checkout-down", "undated-carts", "undated-checkout-down",
    ]  # fmt: skip
    assert lines[-1] == "3 postmortems: 3 incidents; 2 undated"
    items = json.loads(said("list", "--format", "json"))["postmortems"]
    assert [item["started"] for item in items] == ["2026-03-04T09:12:00Z", None, None]
    assert len(said("list", "--since", "2001-01-01", "--format", "csv").splitlines()) == 2


@pytest.mark.usefixtures("home")
def test_figures_say_how_many_are_in_none_of_them() -> None:
    assert said("stats").splitlines()[-1].endswith("2 undated (in no measure)")
    found = json.loads(said("stats", "--format", "json"))
    assert found["undated"] == ["undated-carts", "undated-checkout-down"]
    assert found["incidents"]["kind"]["incident"] == 1


def test_the_check_passes_and_publication_waits_for_the_day(home: Path) -> None:
    assert "error" not in said("check")
    path = home / "postmortems/incidents/undated-checkout-down.md"
    before = path.read_bytes()
    assert "error AW102 “started” is missing\n  Add `started:`." in said("publish", "undated-checkout", code=1)
    assert path.read_bytes() == before
    path.write_text(page(DRAFT), encoding="utf-8")
    assert "git mv` to 2026-03-04-checkout-down.md" in said("publish", "undated-checkout", code=1)


def site_of(*items: Postmortem) -> Site:
    known = library(*items)
    return Site(known, Report(AS_OF, (), 0), overview(known, AS_OF), AS_OF, Urls())


def test_the_site_has_a_page_of_it_and_none_of_its_year() -> None:
    site = site_of(made("2026-03-04-checkout"), undated())
    assert list(site.by_year) == ["2026"]
    html = incident.build(site, Relations(site), site.library.by_id["undated-carts"], "").html
    assert '<span class="aw-undated">undated</span>' in html
    assert "Nobody has said when it started, so it counts in no measure." in html
    assert "None" not in html
    rows = Rows(site)
    assert rows.of(undated()).facets["year"] == ("undated",)
    years = next(facet for facet in rows.facets() if facet.key == "year")
    assert [(choice.title, choice.count) for choice in years.choices] == [("2026", 1), ("Undated", 1)]
    last = json.loads(as_json(site, rows))["incidents"][-1]
    assert last["id"] == "undated-carts"
    assert last.keys().isdisjoint({"started", "year", "period", "is_ongoing"})


def test_the_trends_say_how_many_of_ours_are_missing_in_them() -> None:
    def trends(*items: Postmortem) -> str:
        site = site_of(*items)
        return next(page.html for page in generated.pages(site, Rows(site)) if page.uri == "trends.md")

    assert "undated" not in trends(made())
    assert "?origin=internal&amp;kind=incident&amp;year=undated" in trends(made(), undated())
    assert "1 undated incident</a> is in no figure here" in trends(made(), undated(), undated("b", kind="drill"))


def test_it_is_near_to_nothing_in_time_so_the_newest_of_what_is_alike_are_shown() -> None:
    items = [made(f"m{month:02}", started=f"2025-{month:02}-01") for month in range(1, 13)]
    item = undated(recurrence_of=["m03"])
    relations = Relations(site_of(*items, item))
    assert [other.postmortem.id for other in relations.of(item)] == ["m03", "m12", "m11", "m10", "m09"]
    assert [other.id for other in relations.chain(item)] == ["m03", "undated-carts"]
    assert [other.postmortem.id for other in relations.of(items[0])] == ["m02", "m03", "m04", "m05", "m06"]
    few = Relations(site_of(items[0], items[1], item))
    assert [other.postmortem.id for other in few.of(items[0])] == ["m02", "undated-carts"]


KEYS = sorted({line.split(":")[0] for line in FRONT.splitlines() if line[0] not in " -"} - {"title", "kind"})


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(KEYS)), st.sampled_from(["", "status: draft\n", "origin: public\n"])),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_else_is_missing_lists_figures_and_pages_are_made(drafts: list[tuple[set[str], str]]) -> None:
    """Of reports without a start, among them such as no check would pass."""
    items = [made()]
    for at, (gone, more) in enumerate(drafts):
        blocks = FRONT.replace("origin: internal\n", "").split("\n")
        dropped = {"started", "status", *gone} if more.startswith("status") else {"started", *gone}
        kept: list[str] = []
        for line in blocks:
            if line[:1] not in (" ", "-", ""):
                keep = line.split(":")[0] not in dropped
            kept += [line] if keep else []
        read = record(page("\n".join(kept) + "\n" + more), f"postmortems/incidents/undated-{at}.md")
        assert read.postmortem is not None
        items.append(read.postmortem)
    site = site_of(*items)
    assert site.overview.frequency == seen(made()).frequency
    made_of_them = takewhile(lambda made: not made.uri.startswith("guide/"), generated.pages(site, Rows(site)))
    assert all("None" not in found.html for found in made_of_them)
    assert all(data for _, data in generated.files(site, Rows(site)))
    relations = Relations(site)
    for item in site.postmortems:
        assert "None" not in incident.build(site, relations, item, "").html
