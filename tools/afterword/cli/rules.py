"""``afterword rules``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from afterword.cli import tables
from afterword.cli.options import Command
from afterword.cli.world import World, pass_world

if TYPE_CHECKING:
    from afterword.rules.base import Example, Rule

FORMATS = ("text", "json", "markdown")
WIDTH = 88


def _complete_code(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from afterword.rules import RULES  # noqa: PLC0415  # --help must not wait for it

    items = [(rule.code, rule.summary) for rule in RULES.values()] + [(r.name, r.summary) for r in RULES.values()]
    return [
        CompletionItem(name, help=text) for name, text in items if name.casefold().startswith(incomplete.casefold())
    ]


@click.command(cls=Command, examples=("afterword rules", "afterword rules AW301", "afterword rules AW5 --format json"))
@click.argument("code", required=False, shell_complete=_complete_code)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print.")
@pass_world
def command(world: World, code: str | None, form: str) -> None:
    """List the rules, or explain one.

    CODE is a code, a name, or the beginning of a code, which lists that family.
    """
    from afterword import selection  # noqa: PLC0415  # --help must not wait for it
    from afterword.rules import RULES  # noqa: PLC0415

    chosen = selection.choose([code] if code else [])
    rules = [rule for rule in RULES.values() if rule.code in chosen]
    if form == "json":
        click.echo(tables.as_json({"version": 1, "rules": [_facts(rule) for rule in rules]}), nl=False)
    elif len(rules) > 1:
        click.echo(_listed_markdown(rules) if form == "markdown" else _listed(rules), nl=False)
    else:
        explained = _explained_markdown(rules[0]) if form == "markdown" else _explained(rules[0], colored=world.colored)
        click.echo(explained, nl=False, color=world.colored)


_COLUMNS = (tables.Column("Code"), tables.Column("Name"), tables.Column("Level"), tables.Column("Asks", shrinks=20))


def _listed(rules: Iterable[Rule]) -> str:
    rows = [[rule.code, rule.name, str(rule.level), rule.summary] for rule in rules]
    table = tables.aligned(_COLUMNS, rows, tables.width_of_terminal())
    return f"{table}\n{len(rows)} rules. `afterword rules CODE` explains one.\n"


def _listed_markdown(rules: Iterable[Rule]) -> str:
    lines = ["| Code | Name | Level | Asks |", "| --- | --- | --- | --- |"]
    lines += [f"| {rule.code} | `{rule.name}` | {rule.level} | {rule.summary} |" for rule in rules]
    return "\n".join(lines) + "\n"


def _level(rule: Rule) -> str:
    """The level and what makes it weigh less."""
    parts = [str(rule.level)]
    if rule.in_draft and rule.in_draft is not rule.level:
        parts.append(f"{rule.in_draft} in a draft")
    return ", ".join(parts)


def _explained(rule: Rule, *, colored: bool) -> str:
    def bold(text: str) -> str:
        return click.style(text, bold=True) if colored else text

    blocks = [f"{bold(f'{rule.code} {rule.name}')} ({_level(rule)})", _wrapped(rule.summary), _wrapped(rule.rationale)]
    if rule.milder:
        blocks.append(_wrapped(rule.milder))
    blocks += [_wrapped(text) for text in (_judged(rule), _mended(rule)) if text]
    for title, examples in (("Good", rule.good), ("Bad", rule.bad)):
        blocks += [f"{bold(title)}{_noted(example)}\n{_indented(example)}" for example in examples]
    blocks.append(_wrapped(_silencing(rule)))
    return "\n\n".join(blocks) + "\n"


def _explained_markdown(rule: Rule) -> str:
    blocks = [f"# {rule.code} {rule.name}", f"Level: {_level(rule)}.", rule.summary, rule.rationale]
    blocks += [text for text in (rule.milder, _judged(rule), _mended(rule)) if text]
    for title, examples in (("Good", rule.good), ("Bad", rule.bad)):
        blocks.append(f"## {title}")
        for example in examples:
            if example.note:
                blocks.append(example.note)
            kind = "yaml" if example.form in ("front", "spec", "objectives") else "markdown"
            blocks.append(f"````{kind}\n{example.text.rstrip()}\n````")
    blocks += ["## Ignore", _silencing(rule)]
    return "\n\n".join(blocks) + "\n"


def _judged(rule: Rule) -> str:
    """How often it was right, as a sentence."""
    rows = [f"{row.where} {row.right} of {row.found}" if row.found else f"{row.where} none" for row in rule.judged]
    return f"Findings read by hand, and right: {'; '.join(rows)}." if rows else ""


def _mended(rule: Rule) -> str:
    from afterword import fixes  # noqa: PLC0415  # --help must not wait for it

    return "`afterword check --fix` mends some of it." if rule.code in fixes.CODES else ""


def _silencing(rule: Rule) -> str:
    if rule.code.startswith("AW0") or rule.name == "suppression":
        return "It cannot be ignored."
    if not rule.is_about_postmortems:
        return "To ignore it, with a reason: check.ignore in afterword.yml."
    return (
        f"To ignore it in one file, with a reason: <!-- afterword: ignore {rule.code} the reason -->. "
        "In many: check.ignore in afterword.yml."
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(
        text, min(WIDTH, tables.width_of_terminal() or WIDTH), break_long_words=False, break_on_hyphens=False
    )


def _noted(example: Example) -> str:
    return f": {example.note}" if example.note else ""


def _indented(example: Example) -> str:
    return textwrap.indent(example.text.rstrip("\n"), "    ")


def _facts(rule: Rule) -> dict[str, Any]:
    from afterword import fixes  # noqa: PLC0415  # --help must not wait for it

    return {
        "code": rule.code,
        "name": rule.name,
        "level": str(rule.level),
        "level_in_draft": str(rule.in_draft or rule.level),
        "scope": str(rule.scope),
        "summary": rule.summary,
        "rationale": rule.rationale,
        "milder": rule.milder or None,
        "judged": [{"where": row.where, "found": row.found, "right": row.right} for row in rule.judged],
        "fixable": rule.code in fixes.CODES,
        "good": [_example(example) for example in rule.good],
        "bad": [_example(example) for example in rule.bad],
    }


def _example(example: Example) -> dict[str, Any]:
    return {"text": example.text, "form": str(example.form), "note": example.note or None, "path": example.path}
