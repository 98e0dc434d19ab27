"""Rule help: why a rule is there and what it likes, for those who meet it away from the guide."""

from __future__ import annotations

import re

from afterword.rules.base import Example, Form, Rule

_TICKS = re.compile("`+")
_FORMS = {Form.BODY: "markdown", Form.FILE: "markdown"}
"""What is no Markdown is YAML."""


def as_text(rule: Rule) -> str:
    """A paragraph: what, why, how to learn more."""
    parts = [rule.summary, rule.rationale, rule.milder, f"To learn more: afterword rules {rule.code}"]
    return "\n\n".join(part for part in parts if part)


def as_markdown(rule: Rule) -> str:
    """The same with the examples."""
    blocks = [rule.summary, rule.rationale, rule.milder, _judged(rule)]
    for title, examples in (("Good", rule.good), ("Bad", rule.bad)):
        for example in examples:
            blocks.append(f"**{title}**{f': {example.note}' if example.note else ''}")
            blocks.append(_fenced(example))
    blocks.append(f"To learn more: `afterword rules {rule.code}`")
    return "\n\n".join(block for block in blocks if block)


def _judged(rule: Rule) -> str:
    rows = [f"| {row.where} | {row.found} | {row.right} | {row.share} |" for row in rule.judged]
    return (
        "\n".join(["| Findings read by hand in | n | Right | Share |", "| --- | --- | --- | --- |", *rows])
        if rows
        else ""
    )


def _fenced(example: Example) -> str:
    text = example.text.strip("\n")
    fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    return f"{fence}{_FORMS.get(example.form, 'yaml')}\n{text}\n{fence}"
