"""Whether a file is a report, by its name and by what stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.judging import why_no_report

REPORT = """\
# Checkout answered 503

On 2024-03-04 the checkout answered 503 to all of its customers.

## Timeline

- 09:12 UTC It began
"""
TEMPLATE = """\
# Postmortem: [title]

Date: YYYY-MM-DD

## Timeline

- HH:MM something happened

## Root cause

TBD
"""


def why(path: str, text: str = REPORT, *, alone: bool = False, sure: bool = True) -> str | None:
    return why_no_report(path, text, alone=alone, sure=sure)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("README.md", "a read-me file"),
        ("docs/readme.html.md", "a read-me file"),
        ("CONTRIBUTING.md", "a guide for contributors"),
        ("CODE-OF-CONDUCT.md", "a code of conduct"),
        ("LICENSE", "a licence"),
        ("SECURITY.md", "a security policy"),
        ("CHANGELOG.md", "a list of changes"),
        ("blog/_index.md", "an index"),
        ("index.html", "an index"),
        ("SUMMARY.md", "an index"),
        ("ISSUE_TEMPLATE.md", "a template"),
        ("PMyyyy-nnn - Postmortem.md", "a template: its name holds placeholders"),
    ],
)
def test_files_of_a_project_are_known_by_their_names(path: str, reason: str) -> None:
    assert why(path) == reason


@pytest.mark.parametrize("name", ["README.md", "index.md", "Home.md"])
def test_alone_in_a_folder_that_is_named_as_one_such_a_file_is_the_report(name: str) -> None:
    assert why(f"2024-03-04-checkout/{name}", alone=True) is None
    assert why(f"checkout-outage/{name}", alone=True) is None
    assert why(f"2024-03-04-checkout/{name}") is not None
    assert why(f"checkout/{name}", alone=True) is not None
    assert why(f"checkout/{name}", f"{REPORT}\n## Root cause\n\nThe pool.\n", alone=True) is None
    assert why(f"post-mortems/{name}", alone=True) is not None
    assert why(f"docs/incident_reports/{name}", alone=True) is not None
    assert why("2024-03-04-checkout/LICENSE.md", alone=True) == "a licence"


@pytest.mark.parametrize(
    "path",
    ["template.md", "templates/short.md", "Postmortem template.md", "incident-template.md", "postmortemTemplate.md"],
)
def test_templates_are_known_by_their_names(path: str) -> None:
    assert why(path, TEMPLATE) == "a template, by its name"


def test_one_day_in_a_template_is_its_example() -> None:
    assert why("template.md", REPORT) == "a template, by its name"


def test_what_is_called_a_template_and_is_full_of_days_is_a_report() -> None:
    days = "".join(f"- 2024-03-0{day} it broke again\n" for day in range(1, 6))
    assert why("templates/outage.md", REPORT + days) is None
    assert why("2024-03-04 email template broken.md") is None
    assert why("2024/contemplated-outage.md") is None


def test_templates_are_known_by_placeholders_without_a_day() -> None:
    assert why("outage.md", TEMPLATE) == "a template: it holds placeholders and no day"
    assert why("outage.md", TEMPLATE.replace("YYYY-MM-DD", "2024-03-04")) is None
    assert why("2024-03-04.md", TEMPLATE) is None


def test_a_report_with_a_placeholder_left_in_it_stays_one() -> None:
    assert why("outage.md", REPORT + "\n## Lessons\n\nTBD\n\nXXX\n\nlorem ipsum\n") is None
    words = "The shop was down for all of its customers. " * 30
    assert why("outage.md", TEMPLATE + words) is None


def test_empty_and_begun_files_are_told_as_such() -> None:
    assert why("outage.md", "") == "an empty file"
    assert why("outage.md", " \n\n") == "an empty file"
    assert why("outage.md", "# Outage\n\n## Timeline\n\n## Root cause\n") == "nothing is written in it yet"
    assert why("outage-2024-03-04.md", "# Outage\n\n## Timeline\n") is None
    assert why("outage.md", "# Outage of 2024-03-04\n\nIt broke.\n") is None


def test_lists_of_links_are_no_reports() -> None:
    links = "".join(f"- [Outage {number}](2024/{number}.md)\n" for number in range(5))
    assert why("all.md", f"# Incidents\n\n{links}") == "a list of links to other pages"
    assert why("all.md", f"{REPORT}\n{links * 4}") is None
    assert why("all.md", "# Incidents\n\n[a](b)\n[c](d)\n") == "nothing is written in it yet"
    said = links.replace("](", " took the shop down for an hour](").replace("\n", " when the pool was full\n")
    assert why("all.md", f"# Incidents\n\n{said}") is None
    assert why("all.html", f"<p><a href='a'>Incident a</a>\n<a href='b'>b</a>\n<a href='c'>c</a>\n{REPORT}") is None


def test_prose_needs_one_sign_of_an_incident() -> None:
    text = "# Lunch\n\nWe eat together each week in the large room on the first floor.\n"
    assert why("lunch.md", text) == "no day, no name and no heading in it is one of a report"
    assert why("INC-42.md", text) is None
    assert why("postmortem-lunch.md", text) is None
    assert why("lunch.md", text + "\nOn 4 March 2024 there was none.\n") is None
    assert why("lunch.md", text + "\n## What went well\n\nThe soup.\n") is None


def test_other_files_need_headings_of_a_report() -> None:
    said = "The disk was full for one hour on 2024-03-04 and nobody saw.\n"
    assert why("outage.txt", said, sure=False) == "nothing in it reads as a report"
    assert why("page.txt", f"# Timeline\n\n{said}", sure=False) is None
    assert why("outage.txt", f"# Summary\n\n{said}", sure=False) is None
    assert why("notes.txt", f"# Summary\n\n{said}", sure=False) == "nothing in it reads as a report"
    assert why("page.html", f"<h2 class='a'><b>Root cause</b></h2>{said}", sure=False) is None


def test_what_readers_do_not_see_is_no_sign() -> None:
    said = "We eat together each week in the large room on the first floor.\n"
    for text in ("```\n# Timeline\n```\n", "<!--\n# Timeline\n-->\n", "<script>\n# Timeline\n</script>\n"):
        assert why("lunch.md", f"{text}{said}") == "no day, no name and no heading in it is one of a report"


def test_the_number_of_a_page_in_confluence_is_no_sign() -> None:
    text = "# Lunch\n\nWe eat together each week in the large room on the first floor.\n"
    assert why("OPS/Lunch_123456.html", text) is not None
    assert why("OPS/template_123456.html", TEMPLATE) == "a template, by its name"


@given(st.text(max_size=60), st.text(max_size=200), st.booleans(), st.booleans())
def test_any_name_and_text_are_judged(path: str, text: str, alone: bool, sure: bool) -> None:
    assert why(path, text, alone=alone, sure=sure) != ""
