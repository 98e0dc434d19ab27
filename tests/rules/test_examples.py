"""What a rule shows as good it leaves alone, and what it shows as bad it finds: the documentation is the test."""

from __future__ import annotations

import os
import re
from pathlib import Path
from textwrap import indent

import pytest

from afterword.budgets import openslo
from afterword.findings import Finding, Level
from afterword.rules import BY_NAME, RULES
from afterword.rules.base import Example, Form, Rule, Scope
from tests.rules.whole import FOLDER, PATH, SETTINGS, findings, front, judge, text_of

GOOD = [(rule, example) for rule in RULES.values() for example in rule.good]
BAD = [(rule, example) for rule in RULES.values() for example in rule.bad]


def name(value: object) -> str:
    return value.code if isinstance(value, Rule) else str(getattr(value, "form", ""))


OBJECTIVES = "budgets/slos/checkout.yaml"
SPEC = """\
service: checkout
indicator:
  spec:
    ratioMetric:
      bad: {metricSource: {spec: {query: http_errors_total}}}
      total: {metricSource: {spec: {query: http_requests_total}}}
budgetingMethod: Occurrences
objectives: [{target: 0.999}]
"""


def specified(example: Example) -> str:
    """The whole file of objectives that an example shows lines of."""
    if example.form is Form.OBJECTIVES:
        return example.text
    spec = indent(front(example.text, base=SPEC), "  ")
    return f"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: checkout-errors}}\nspec:\n{spec}"


def described(example: Example) -> list[Finding]:
    """What the reader of objectives finds."""
    return list(openslo.read({OBJECTIVES: specified(example).encode()}, {}, SETTINGS.services).findings)


def pages(example: Example) -> dict[str, str]:
    """The postmortems of an example by path: its own and those beside it."""
    rest = text_of(Example("schema: 1")).split("---\n", 2)[2]
    beside = {path: f"---\n{front(lines)}---\n\n{rest}" for path, lines in example.beside if path.endswith(".md")}
    return {example.path or PATH: text_of(example)} | beside


def found(example: Example) -> list[Finding]:
    if example.form in (Form.SPEC, Form.OBJECTIVES):
        return described(example)
    others = {path for path, _ in example.beside}
    report = judge(
        pages(example),
        exists=lambda asked: asked.removeprefix(FOLDER) in others,
        telemetry=example.telemetry,
        outcomes=dict(example.answers),
    )
    elsewhere = {breach.path for breach in example.telemetry.breaches} if example.telemetry else set()
    own = FOLDER + (example.path or PATH)
    return [finding for finding in report.findings if finding.path in {own, *elsewhere}]


def marked(finding: Finding, example: Example) -> str:
    """The text at the place of a finding, its first line."""
    if example.form in (Form.SPEC, Form.OBJECTIVES):
        text = specified(example)
    else:
        text = pages(example).get(finding.path.removeprefix(FOLDER), "")
    span = finding.span
    lines = text.split("\n")
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    more = f" and {span.end_line - span.line} lines more" if span.end_line > span.line else ""
    shown = line[span.column - 1 : end].replace("\0", "␀")
    return f"“{shown}”{more}"


def told(rule: Rule) -> str:
    """What a rule says of its bad examples: level and place, message, hint."""
    lines = [f"{rule.code} {rule.name}"]
    for example in rule.bad:
        lines.append(f"  {example.note or 'example'}")
        for finding in found(example):
            if finding.code == rule.code:
                lines += [f"    {finding.level} at {marked(finding, example)}: {finding.message}"]
                lines += [f"      {finding.hint}"] if finding.hint else []
    return "\n".join(lines) + "\n"


def test_the_base_of_all_examples_is_without_a_finding() -> None:
    assert findings() == []
    assert described(Example("", Form.SPEC)) == []


@pytest.mark.parametrize(("rule", "example"), GOOD, ids=name)
def test_a_good_example_is_left_alone_by_its_rule(rule: Rule, example: Example) -> None:
    assert [finding for finding in found(example) if finding.code == rule.code] == []


@pytest.mark.parametrize(("rule", "example"), BAD, ids=name)
def test_a_bad_example_is_found_by_its_rule(rule: Rule, example: Example) -> None:
    codes = [finding.code for finding in found(example)]
    assert rule.code in codes


@pytest.mark.parametrize("rule", RULES.values(), ids=name)
def test_a_rule_says_of_its_bad_examples_what_it_always_said(rule: Rule, root: Path) -> None:
    snapshot = root / "tests" / "snapshots" / "rules" / f"{rule.code}.txt"
    if os.environ.get("AFTERWORD_SNAPSHOTS") == "write":
        snapshot.parent.mkdir(exist_ok=True)
        snapshot.write_bytes(told(rule).encode())
    assert told(rule) == snapshot.read_bytes().decode()


@pytest.mark.parametrize(("rule", "example"), BAD, ids=name)
def test_a_finding_bears_name_and_a_level_that_its_rule_tells_of(rule: Rule, example: Example) -> None:
    for finding in found(example):
        if finding.code == rule.code:
            assert finding.name == rule.name
            assert finding.level in (rule.level, rule.in_draft) or rule.milder


@pytest.mark.parametrize("rule", RULES.values(), ids=name)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert re.fullmatch(r"AW[0-8]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.summary.endswith(".")
    assert rule.rationale.endswith(".")
    assert rule.good
    assert rule.bad


def test_codes_are_in_order_and_names_are_unique() -> None:
    assert list(RULES) == sorted(RULES)
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=name)
def test_what_depends_on_the_day_is_never_an_error(rule: Rule) -> None:
    assert rule.scope is not Scope.CLOCK or rule.level is not Level.ERROR


def test_each_rule_has_a_file_of_its_name(root: Path) -> None:
    """The module of a rule is called as the rule is, but for words that Python has taken."""
    files = {path.stem for path in (root / "tools/afterword/rules").rglob("*.py")} - {"__init__", "base"}
    names = {rule.name.replace("-", "_") for rule in RULES.values()}
    assert files - names == {"yaml_syntax"}
    assert names - files == {"yaml"}
