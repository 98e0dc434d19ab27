"""The schema, the engine and the words of the table say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from afterword import parts, required, resources

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = sorted(path.name.removesuffix(".schema.json") for path in (ROOT / "schemas").iterdir())


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_draft_2020_12(name: str) -> None:
    schema = resources.schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_has_a_description_and_an_example(name: str) -> None:
    bare = [path for path, schema in properties(resources.schema(name)) if not described(schema)]
    assert bare == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_example_fits_its_own_property(name: str) -> None:
    whole = resources.schema(name)
    for path, schema in properties(whole):
        checker = Draft202012Validator({**schema, "$defs": whole.get("$defs", {})})
        for value in schema.get("examples", []):
            errors = [error.message for error in checker.iter_errors(value)]
            assert errors == [], path


def properties(whole: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """All properties of a schema, its definitions included; a reference stands for what it leads to."""
    starts = [("", whole), *((f"#{name}", schema) for name, schema in whole.get("$defs", {}).items())]
    return [item for path, schema in starts for item in below(whole, schema, path)]


def below(whole: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    inner = [(f"{path}/{key}", value) for key, value in schema.get("properties", {}).items()]
    inner += [(f"{path}{mark}", schema[key]) for mark, key in (("[]", "items"), ("{}", "additionalProperties"))
              if isinstance(schema.get(key), dict)]  # fmt: skip
    for name, one in inner:
        reference = one.get("$ref", "").removeprefix("#/$defs/")
        yield name, {**whole["$defs"][reference], **one} if reference else one
        yield from below(whole, one, name)


def described(schema: dict[str, Any]) -> bool:
    return bool(schema.get("description")) and bool(schema.get("examples"))


def test_the_schema_s_conditions_come_from_the_table() -> None:
    assert resources.schema("postmortem")["allOf"] == required.conditions(), "run make generate"


@pytest.mark.parametrize(
    ("kind", "origin", "status", "severity"),
    [
        *product(
            ("incident", "near-miss", "drill"),
            (None, "internal", "public"),
            (None, "draft", "in-review", "published"),
            (None, "SEV1", "SEV3", "P1"),
        )
    ],
)
def test_the_schema_asks_for_exactly_what_the_row_says(
    kind: str, origin: str | None, status: str | None, severity: str | None
) -> None:
    given = {"kind": kind, "origin": origin, "status": status, "severity": severity}
    front = {key: value for key, value in given.items() if value}
    validator = Draft202012Validator(resources.schema("postmortem"))
    asked = {
        word
        for error in validator.iter_errors(front)
        for word in ([str(error.message).split("'")[1]] if error.validator == "required" else milestone(error))
    }
    row = required.row(kind, origin, severity)
    expected = set(required.ALWAYS)
    if status in ("in-review", "published"):
        expected |= {*row.keys, *row.milestones}
    if status == "published":
        expected |= set(row.on_publishing)
    assert asked == expected - front.keys()


def milestone(error: Any) -> list[str]:  # jsonschema's error
    return [error.validator_value[0]["required"][0]] if error.validator == "anyOf" else []


def test_every_required_part_is_a_known_part() -> None:
    assert {key for row in required.TABLE for key in row.parts} <= parts.BY_KEY.keys()


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Executive summary", "summary"), ("1. Executive Summary:", "summary"), ("Timeline (UTC)", "timeline"),
        ("**Root Cause**", "root-cause"), ("Linha do tempo", "timeline"), ("Lições aprendidas", "lessons"),
        ("DÒNG THỜI GIAN", "timeline"), ("Nguyên nhân gốc rễ", "root-cause"), ("Error budget impact", "budget"),
        ("Itens de ação", "actions"), ("What we ate", None), ("", None), ("Timeline of the company", None),
        ("Timeline (all times PST) 01/16/2024 - 02/28/2024. All times approximations", "timeline"),
        ("Corrective and Preventative Measure", "actions"), ("Lessons Learned and Future Improvements", "lessons"),
        ("What we ate (summary)", None),
    ],
)  # fmt: skip
def test_headings_are_known_in_three_languages(heading: str, key: str | None) -> None:
    assert parts.part_of(heading) == key


def test_there_are_fifteen_parts_with_the_header() -> None:
    assert len(parts.PARTS) + 1 == 15
    assert len({name for part in parts.PARTS for name in part.names}) == sum(len(part.names) for part in parts.PARTS)


def test_schemas_are_written_as_the_generator_writes_them() -> None:
    for name in SCHEMAS:
        text = resources.schema_bytes(name).decode()
        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
