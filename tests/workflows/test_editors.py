"""What the guide tells to paste into editors fits what the check prints and the site publishes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from afterword import resources, settings
from afterword.pages import schemas
from afterword.reporters import text
from tests.reporters.report import many

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "postmortems" / "guide" / "editors.md").read_text(encoding="utf-8")
SITE = "https://postmortems.example.com/"


def published(site_url: str | None = SITE) -> dict[str, dict[str, Any]]:
    return {path: json.loads(data) for path, data in schemas.files(settings.load(ROOT), site_url)}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_every_schema_is_published_under_its_version_and_knows_its_address() -> None:
    files = published()
    assert set(files) == {f"schemas/v1/{name}.schema.json" for name in resources.schema_names()}
    assert len(files) >= 9
    for path, schema in files.items():
        assert schema["$id"] == f"{SITE}{path}"
        Draft202012Validator.check_schema(schema)


def test_without_an_address_of_the_site_a_schema_claims_none() -> None:
    assert all("$id" not in schema for schema in published(None).values())


def test_a_site_in_a_subfolder_has_its_schemas_there() -> None:
    files = published("https://example.com/wiki")
    assert files[schemas.POSTMORTEM]["$id"] == f"https://example.com/wiki/{schemas.POSTMORTEM}"


@pytest.mark.parametrize(
    ("key", "word"), [("severity", "SEV1"), ("severity_at_declaration", "SEV4"), ("root_cause", "unknown")]
)
def test_the_words_of_the_library_are_offered_and_others_accepted(key: str, word: str) -> None:
    schema = published()[schemas.POSTMORTEM]["properties"][key]
    assert word in schema["anyOf"][0]["enum"]
    validator = Draft202012Validator(schema)
    assert validator.is_valid("of another organisation")
    assert not validator.is_valid(3)
    assert not validator.is_valid("")


def test_services_are_offered_one_by_one() -> None:
    items = published()[schemas.POSTMORTEM]["properties"]["services"]["items"]
    assert "checkout" in items["anyOf"][0]["enum"]


def test_publishing_changes_nothing_for_the_check() -> None:
    before = json.dumps(resources.schema("postmortem"))
    published()
    assert json.dumps(resources.schema("postmortem")) == before


def test_every_address_in_the_guide_is_published() -> None:
    named = set(re.findall(r"https://postmortems\.example\.com/([^'\"\s]+)", GUIDE))
    assert named
    assert named <= set(published())


def test_the_json_of_the_guide_can_be_read_and_the_task_finds_each_finding() -> None:
    [tasks] = [json.loads(block) for block in blocks("json") if '"tasks"' in block]
    [task] = tasks["tasks"]
    pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
    made = many(3)
    printed = text.render(made, lambda _path, _number: "a: b", seconds=0.1)
    found = [match for line in printed.splitlines() if (match := pattern.match(line))]
    assert len(found) == len(made.findings) > 0
    for block in blocks("json"):
        json.loads(block)


def test_the_quickfix_pattern_of_the_guide_is_that_of_a_finding() -> None:
    [lua] = blocks("lua")
    assert "%f:%l:%c: %t%*[a-z] %m" in lua
