"""What a rule shows as good it leaves alone, and what it shows as bad it finds: the documentation is the test."""

from __future__ import annotations

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


def described(example: Example) -> list[Finding]:
    """What the reader of objectives finds."""
    text = example.text
    if example.form is Form.SPEC:
        spec = indent(front(text, base=SPEC), "  ")
        text = f"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: checkout-errors}}\nspec:\n{spec}"
    return list(openslo.read({"budgets/slos/checkout.yaml": text.encode()}, {}, SETTINGS.services).findings)


def found(example: Example) -> list[Finding]:
    if example.form in (Form.SPEC, Form.OBJECTIVES):
        return described(example)
    path = example.path or PATH
    files = {path: text_of(example)}
    others = {}
    for beside, lines in example.beside:
        if beside.endswith(".md"):
            others[beside] = f"---\n{front(lines)}---\n\n" + text_of(Example("schema: 1")).split("---\n", 2)[2]
        else:
            others[beside] = ""
    pages = {key: text for key, text in others.items() if text}
    report = judge(
        files | pages,
        exists=lambda asked: asked.removeprefix(FOLDER) in others,
        telemetry=example.telemetry,
        outcomes=dict(example.answers),
    )
    elsewhere = {breach.path for breach in example.telemetry.breaches} if example.telemetry else set()
    return [finding for finding in report.findings if finding.path in {FOLDER + path, *elsewhere}]


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
