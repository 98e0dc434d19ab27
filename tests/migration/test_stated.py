from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration import stated
from afterword.migration.facts import Told
from afterword.migration.fields import fields
from afterword.migration.outline import outline
from afterword.migration.page import Field, Page
from afterword.migration.reading import Reading
from afterword.migration.stated.summaries import first_sentences
from afterword.migration.stated.titles import bare
from afterword.migration.times.calendar import Calendar
from afterword.migration.words import normal
from tests.confidentiality.samples import secrets


def reading_of(text: str, path: str = "reports/disk-full.md", form: str = "Markdown", **front: str) -> Reading:
    given_ = tuple(Field(key, value, 2, front=True) for key, value in front.items() if key != "title")
    page = Page(path, form, text, tuple(range(1, text.count("\n") + 2)), given_, front.get("title"), 1)
    shape = outline(text)
    return Reading(page, shape, fields(page, shape), Calendar(), ())


def told(text: str, path: str = "reports/disk-full.md", form: str = "Markdown", **front: str) -> Told:
    return stated.told(reading_of(text, path, form, **front))


def value(text: str, key: str, **front: str) -> str | None:
    found = told(text, **front).first(key)
    return found.value if found else None


def why(text: str, key: str, **front: str) -> str:
    return next(gap.why for gap in told(text, **front).gaps if gap.key == key)


class TestTitle:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("# Orders failed\n\n## Summary\n", "Orders failed"),
            ("Orders failed\n=============\n", "Orders failed"),
            ("## Orders failed\n\n### Summary\n", "Orders failed"),
            ("# Orders failed.\n", "Orders failed"),
            ("# Postmortem: orders failed for all\n", "orders failed for all"),
            ("# [INC-12] Orders failed\n", "Orders failed"),
            ("# PM2021-004 - Orders failed\n", "Orders failed"),
            ("# 2021-06-03: Database full\n", "Database full"),
            ("# Incident retro - 2021-06-03 database full\n", "database full"),
            ("# Incident report June 3rd, 2021 - Database is full\n", "Database is full"),
            ("# Incident on 2021-06-03 - Database is full\n", "Database is full"),
            ("# 3 June 2021 Database is full\n", "Database is full"),
            ("# Post-mortem 2021-06-03 Database is full\n", "Database is full"),
            ("# 2021-06-03, Hub 403\n", "Hub 403"),
            ("# 2021-06-03 / Database is full\n", "Database is full"),
            ("# Incident date: 2021-06-03, 30min outage of carts\n", "30min outage of carts"),
            ("# 2021-06-03 5pm outage of carts\n", "2021-06-03 5pm outage of carts"),
            ("# Review 2021-06-03 of the outage\n", "Review 2021-06-03 of the outage"),
            ("# Incident on 2021-06-03\n", "Incident on 2021-06-03"),
            ("# Incident retro: 42\n", "Incident retro: 42"),
            ("# 2021-06-03\n\nText.\n", "Disk full"),
            ("# Postmortem\n\n## Summary\n", "Disk full"),
            ("# [Issue name]\n\n# Summary\n", "Disk full"),
            ("# Summary\n\n# Timeline\n\n# Something odd\n", "Disk full"),
            ("## Summary\n\n## Timeline\n", "Disk full"),
            ("**Incident title:** Orders failed\n", "Orders failed"),
            ("# `orders` **failed**\n", "orders failed"),
        ],
    )
    def test_it_is_the_first_heading_that_is_one_or_the_name_of_the_file(self, text: str, title: str) -> None:
        assert value(text, "title") == title

    @pytest.mark.parametrize(
        ("path", "title"),
        [
            ("2021-05-09-negative-coin-values.md", "Negative coin values"),
            ("PM2021-004 - ADFS outage.md", "ADFS outage"),
            ("a/04-25-User_Account.html.md.erb", "User Account"),
            ("2021-03-outage-of-mail/README.md", "Outage of mail"),
            ("a%20report.md", "A report"),
            ("2021-05-09.md", "2021-05-09"),
            ("reports/no-extension", "No extension"),
        ],
    )
    def test_the_name_of_a_file_is_made_readable(self, path: str, title: str) -> None:
        found = told("Text.", path).first("title")
        assert found is not None
        assert (found.value, found.line) == (title, 0)

    def test_one_beside_the_text_comes_first(self) -> None:
        assert value("# Orders failed\n", "title", title="Orders failed for all") == "Orders failed for all"
        assert value("# Orders failed\n", "title", title="Title") == "Orders failed"

    def test_a_name_that_is_a_number_gives_way_to_the_first_sentence(self) -> None:
        found = told("The disk of the database was full. More.", "0d052dd0-b663-4a9d-afc6-d7dd3f424b7a.md")
        title = found.first("title")
        assert title is not None
        assert title.value == "The disk of the database was full. More."

    def test_a_long_one_is_cut_between_words_and_its_heading_stays(self) -> None:
        text = "# " + "orders failed " * 30
        title = value(text, "title")
        assert title is not None
        assert len(title) <= 200
        assert title.endswith(("failed…", "orders…"))
        assert stated.heading_of_title(reading_of(text)) is None

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("\n# Orders failed.\n", 1),
            ("# Postmortem: orders failed for all\n", None),
            ("# [Orders failed](https://example.org)\n", None),
            ("## Summary\n", None),
        ],
    )
    def test_only_a_heading_that_says_it_word_for_word_may_go(self, text: str, line: int | None) -> None:
        assert stated.heading_of_title(reading_of(text)) == line

    def test_the_heading_that_repeats_a_title_beside_the_text_may_go(self) -> None:
        assert stated.heading_of_title(reading_of("# Orders failed\n", title="Orders failed")) == 0

    @given(st.text(alphabet="ab1 -:.[]Postmortem#2021", max_size=40))
    def test_cutting_leaves_words_of_the_title_alone(self, text: str) -> None:
        assert bare(text) in text


class TestSummary:
    @pytest.mark.parametrize(
        "text",
        [
            "# T one\n\n## Summary\n\nThe disk of the database was full. {more}",
            "# T one\n\n## Executive summary\n\n**Date:** 2026-03-04\n\nThe disk of the database was full. {more}",
            "# T one\n\nThe disk of the database was full. {more}\n\n## Timeline\n",
            "# T one\n\n**Summary:** The disk of the database was full. {more}\n\n## Timeline\n",
            "# T one\n\n## What happened?\n\nThe disk of the database was full. {more}",
            "# T one\n\n## Summary\n\nThe [disk] of the [database][] was full. {more}\n\n[disk]: x\n[database]: y\n",
            "# T one\n\n## Summary\n\nThe disk[^1] of the database[[2]](#references) was full.[3] {more}\n",
            "# T one\n\n## Impact\n\nAll.\n\n## Summary\n\nThe *disk* of the `database` was full. {more}",
        ],
    )
    def test_it_is_the_first_sentences(self, text: str) -> None:
        more = "It took e.g. five minutes until Dr. Smith had found out which of the tables had grown. Then it ended."
        assert value(text.format(more=more), "summary") == (
            "The disk of the database was full. It took e.g. five minutes until Dr. Smith had found out which of the "
            "tables had grown."
        )

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("## Summary\n\n- one\n- two\n", "its part begins with a list"),
            ("## Summary\n\n| a | b |\n| --- | --- |\n| c | d |\n", "its part begins with a table"),
            ("## Summary\n\nTBD\n", "no part says so"),
            ("## Summary\n\n*Two sentences about what users saw.*\n", "no part says so"),
            ("## Summary\n\n## Timeline\n\nWe were told of it by a customer.\n", "no part says so"),
            ("## Summary\n\n" + "word " * 150 + "\n", "its first sentence has more than 500 characters"),
        ],
    )
    def test_without_a_sentence_there_is_none(self, text: str, reason: str) -> None:
        assert value(text, "summary") is None
        assert why(text, "summary") == reason

    @given(st.text(alphabet='ab. A!?"1', max_size=300))
    def test_sentences_are_the_beginning_of_the_text(self, text: str) -> None:
        found = first_sentences(text)
        assert found is None or text.strip().startswith(found)


class TestSeverity:
    @pytest.mark.parametrize(
        ("text", "severity"),
        [
            ("**Severity:** SEV2", "SEV2"),
            ("Severity: Sev-2 (partial outage)", "Sev-2"),
            ("Severity: Critical - nobody could pay", "Critical"),
            ("Severity: 1", "1"),
            ("Severity: SEV2-major", "SEV2"),
            ("Severity: major-outage", "major-outage"),
            ("Severity: partial outage", "partial outage"),
            ("Priority: P1", "P1"),
            ("Priority: high", None),
            ("## Summary\n\nThis was a SEV-2 incident.", "SEV-2"),
            ("## Summary\n\nIt was declared as P1 incident.", "P1"),
            ("## Summary\n\nIt was initially declared as SEV3. It was a SEV1.", "SEV1"),
            ("## Summary\n\nThis was a SEV2. This was a SEV3.", None),
            ("## Summary\n\nA high load of severity unknown to us.", None),
            ("## Lessons learned\n\nThis was a SEV1 only by luck.", None),
            ("Severity: it is hard to say how bad this was for them", None),
            ("Severity: SEV1\n\nSeverity: SEV2", None),
            ("Severity: SEV1\n\nSeverity: **SEV1**", "SEV1"),
        ],
    )
    def test_it_is_as_written(self, text: str, severity: str | None) -> None:
        assert value(f"# Orders failed\n\n{text}\n", "severity") == severity

    def test_one_beside_the_text_counts_more(self) -> None:
        assert value("Severity: SEV1", "severity", severity="down") == "down"

    def test_why_there_is_none(self) -> None:
        assert why("Text.", "severity") == "no field and no sentence says so"
        assert why("Severity: ?", "severity") == "the field “Severity” says “?”"
        assert why("Severity: SEV1\n\nSeverity: SEV2", "severity") == "the source says “SEV1” and “SEV2”"


class TestCategory:
    @pytest.mark.parametrize(
        ("text", "category"),
        [
            ("- Category: Kubernetes", "Kubernetes"),
            ("- Category: Authentication/Authorisation", "Authentication/Authorisation"),
            ("- Category: Cloud Infrastructure and Source Code", "Cloud Infrastructure and Source Code"),
            ("**Root cause category:** Config change [^3]", "Config change"),
            ("Classification: capacity.", "capacity"),
            ("- Category: ?", None),
            ("- Category: XXX", None),
            ("- Category: -", None),
            ("- Root cause: Kubernetes", None),
            ("- Category: the team could not agree which one of the two it was", None),
        ],
    )
    def test_it_is_what_the_field_says(self, text: str, category: str | None) -> None:
        assert value(f"# Orders failed\n\n{text}\n", "root_cause") == category

    def test_the_category_of_a_blog_is_none_of_a_cause(self) -> None:
        assert value("Text.", "root_cause", category="Postmortem") is None
        assert value("Text.", "root_cause", category="capacity", layout="post") is None
        assert value("Text.", "root_cause", category="capacity", severity="SEV2") == "capacity"

    def test_why_there_is_none(self) -> None:
        assert why("Text.", "root_cause") == "no field names a category"
        assert why("Category: N/A", "root_cause") == "the field “Category” says “N/A”"


class TestServices:
    @pytest.mark.parametrize(
        ("text", "services"),
        [
            ("Affected services: API Gateway, Checkout", ["API Gateway", "Checkout"]),
            ("**Services:** API; Web (mobile, desktop)", ["API", "Web (mobile, desktop)"]),
            ("## Affected systems\n\n- `api`\n- Web", ["api", "Web"]),
            ("| Component | Status |\n| --- | --- |\n| API | down |\n| Web | up |", []),
            ("Affected services: all services", []),
            ("Affected services: everything that depends on the database of orders", []),
            ("Affected services: none", []),
            ("Service: Read/write path", ["Read/write path"]),
        ],
    )
    def test_they_are_the_names_of_the_list(self, text: str, services: list[str]) -> None:
        assert [fact.value for fact in told(f"# Orders failed\n\n{text}\n").all("services")] == services

    def test_those_of_a_status_site(self) -> None:
        page = reading_of("Text.")
        names = (("API", 3), ("all of the rest", 4), ("Web", 5))
        front = tuple(Field("affected", name, line, front=True) for name, line in names)
        found = stated.told(replace(page, fields=front)).all("services")
        assert [(fact.value, fact.line) for fact in found] == [("API", 3), ("Web", 5)]

    def test_why_there_is_none(self) -> None:
        assert why("Text.", "services") == "no field names a service"
        assert "no name of a service" in why("Service: many of them", "services")


def test_of_messages_on_a_status_page_the_first_that_was_written_is_the_summary() -> None:
    back = "[Final message] All is well.\n\n[Update] Still down for some.\n\n[Initial message] The API is down.\n"
    assert value(back, "summary") == "The API is down."
    back = "*Resolved* - All is well again.\n\n*Update (EU)* - The API is down.\n"
    assert value(back, "summary") == "The API is down."
    onwards = "**Update**: The API is down again.\n\n**Update 2**: All is well.\n"
    assert value(onwards, "summary") == "The API is down again."
    assert value("[Final] --> the move went well for all.\n", "summary") == "the move went well for all."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Game day: the database is away\n", "drill"),
        ("# Near miss: a certificate nearly expired\n", "near-miss"),
        ("# Disk full\n\nType: near-miss\n", "near-miss"),
        ("# Outage during a failover drill\n", None),
        ("# Drill-down of sales failed\n", None),
        ("# Orders failed\n\nIt was a near miss.\n", None),
    ],
)
def test_the_kind_is_told_by_a_field_or_the_title(text: str, kind: str | None) -> None:
    assert value(text, "kind") == kind


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Status: Complete, action items in progress", "published"),
        ("**Status**: Final", "published"),
        ("Status: In review", "in-review"),
        ("Status: Draft", "draft"),
        ("Status: Resolved", None),
        ("Status: In progress", None),
    ],
)
def test_the_status_is_that_of_the_document(text: str, status: str | None) -> None:
    assert value(text, "status") == status


def test_a_draft_beside_the_text_is_one() -> None:
    assert value("Text.", "status", draft="true") == "draft"
    assert value("Text.", "status", draft="false") is None


def test_people_are_as_written() -> None:
    text = "**Authors:** Jane Doe, @joe\n\nIncident commander: Ann\n\nReviewed by: Bob, Eve and Zoe\n\nTech lead: TBD\n"
    found = told(text)
    assert [(fact.key, fact.value) for fact in found.facts if fact.key not in ("title", "summary")] == [
        ("author", "Jane Doe, @joe"),
        ("incident_commander", "Ann"),
        ("reviewers", "Bob"),
        ("reviewers", "Eve"),
        ("reviewers", "Zoe"),
    ]


def test_ids_and_links_are_told_apart() -> None:
    text = (
        "Jira: [OPS-12](https://jira.example.org/browse/OPS-12)\n\nIncident ID: INC-7\n\nIssue: the disk was full\n\n"
        "Dashboard: <https://example.org/d/1>\n\nsee: https://example.org/x\n\n"
        "It is a known bug: https://example.org/y\n\n"
        "Postmortem owner: [@Ann](https://example.org/people/1)\n\n"
        "Thread: [https://example.org/t](https://example.org/t)\n"
    )
    found = [(fact.key, fact.value) for fact in told(text).facts if fact.key not in ("title", "summary")]
    assert found == [
        ("author", "@Ann"),
        ("external:jira", "OPS-12"),
        ("external:incident", "INC-7"),
        ("links", "Jira | https://jira.example.org/browse/OPS-12"),
        ("links", "Dashboard | https://example.org/d/1"),
        ("links", "Thread | https://example.org/t"),
    ]


def test_the_id_of_a_file_is_kept() -> None:
    assert told("Text.", "a/PM2021-004 - Orders failed.md").first("external:report") is not None
    assert told("Text.", "a/2021-05-06-orders.md").first("external:report") is None


def test_only_exact_figures_are_taken() -> None:
    text = "Users affected: 1,500\n\nDowntime: 1 hour 32 minutes\n\nFailed requests: about 100\n"
    found = told(text)
    assert [(fact.key, fact.value) for fact in found.facts if fact.key.startswith("impact")] == [
        ("impact.users", "1500"), ("impact.downtime_minutes", "92"),
    ]  # fmt: skip
    assert told("Users affected: ~500\n\nDowntime: up to 3 hours\n").first("impact.users") is None


def test_the_day_of_publication_is_told_by_its_field_and_by_the_date_of_a_post() -> None:
    assert value("Published: 2026-03-09\n", "published") == "2026-03-09"
    assert value("Published on: 9 March 2026\n", "published") == "2026-03-09"
    post = told("Text.", form="Jekyll", date="2026-03-09 10:00:00 +0100").first("published")
    assert post is not None
    assert post.value == "2026-03-09"
    assert told("Text.", form="Hugo", date="2026-03-09", severity="down").first("published") is None
    assert told("Text.", date="2026-03-09").first("published") is None


def test_tags_stand_beside_the_text() -> None:
    assert value("Text.", "tags", tags="Data Loss") == "data-loss"


def test_a_tag_that_is_a_secret_is_none() -> None:
    """In small letters nobody would find it any more."""
    assert value("Text.", "tags", tags=secrets()["aws-id"][0]) is None


@given(st.text(alphabet="# Severity: SEV2\n-*|[](). Post", max_size=200))
def test_nothing_is_invented(text: str) -> None:
    for fact in told(text).facts:
        if fact.line and fact.key not in ("status", "kind", "impact.downtime_minutes", "published"):
            assert normal(fact.value.replace(" | ", "").rstrip("…")) in normal(text)


@pytest.mark.parametrize(
    "piece", ["# a\n", "a. ", "this was a ", "**a:** b\n\n", "Service: a, ", "- Date: x\n", "[", "x (a, "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    reading = reading_of(piece * (40_000 // len(piece)))
    start = time.perf_counter()
    stated.told(reading)
    assert time.perf_counter() - start < 3
