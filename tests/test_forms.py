"""The forms and templates for reports, actions and pull requests are usable and speak the library's words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from afterword import settings

FORMS = (".github/ISSUE_TEMPLATE/action-item.yml", ".github/ISSUE_TEMPLATE/incident.yml")
TEXTS = (
    ".github/pull_request_template.md",
    ".github/PULL_REQUEST_TEMPLATE/postmortem.md",
    ".gitlab/merge_request_templates/Postmortem.md",
    ".gitlab/issue_templates/Action item.md",
    ".gitlab/issue_templates/Incident.md",
)


@pytest.mark.parametrize("name", FORMS)
def test_an_issue_form_has_what_the_host_asks_for(root: Path, name: str) -> None:
    form = yaml.safe_load((root / name).read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert len(ids) == len(set(ids))
    assert all(field["attributes"]["label"] for field in fields)


def test_the_incident_form_offers_the_severities_of_the_library(root: Path) -> None:
    form = yaml.safe_load((root / FORMS[1]).read_text(encoding="utf-8"))
    (field,) = [field for field in form["body"] if field.get("id") == "severity"]
    offered = " ".join(str(option) for option in field["attributes"]["options"])
    assert all(key in offered for key in settings.load(root).severities)


@pytest.mark.parametrize("name", TEXTS)
def test_a_template_is_there_and_lists_what_to_look_at(root: Path, name: str) -> None:
    assert "- " in (root / name).read_text(encoding="utf-8")
