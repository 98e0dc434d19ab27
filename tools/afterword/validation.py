"""Validation: a YAML tree against a JSON Schema, as findings at the place in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from afterword import resources
from afterword.findings import START, Finding, Level, Span
from afterword.marks import Path, places
from afterword.timing import parse_date, parse_time
from afterword.yamltree import Node, Plain, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import ValidationError

_SCHEMES = {"http", "https", "mailto"}


def is_link(value: object) -> bool:
    """Whether a text is an absolute http, https or mailto URL without blanks."""
    if not isinstance(value, str):
        return True
    if re.search(r"[\s\x00-\x1f<>\"]", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.path if parts.scheme == "mailto" else parts.hostname)


def _formats() -> FormatChecker:
    """Our own: the stock checker accepts any ``date-time`` unless optional packages are there."""
    from jsonschema import FormatChecker  # noqa: PLC0415  # a run from a warm cache validates nothing

    checker = FormatChecker(formats=())
    checks: dict[str, Callable[[object], bool]] = {
        "date": lambda value: not isinstance(value, str) or parse_date(value) is not None,
        "date-time": lambda value: not isinstance(value, str) or parse_time(value) is not None,
        "uri": is_link,
    }
    for name, check in checks.items():
        checker.checks(name)(check)
    return checker


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a schema by its short name, with formats really checked."""
    return build(resources.schema(name))


def build(schema: dict[str, Any]) -> Draft202012Validator:
    """A validator with formats really checked."""
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415  # a warm cache validates nothing

    ours = validators.extend(Draft202012Validator, {"uniqueItems": _unique})  # type: ignore[no-untyped-call]  # the stubs leave it bare
    built: Draft202012Validator = ours(schema, format_checker=_formats())
    return built


def _unique(_validator: object, wanted: object, value: object, _schema: object) -> Iterator[ValidationError]:
    """Linear, where the stock check compares each item of a mixed list with each other."""
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415  # see above

    if wanted and isinstance(value, list):
        written = {json.dumps(item, sort_keys=True) for item in value}
        if len(written) < len(value):
            yield ValidationError("not unique")


def validate(validator: Draft202012Validator, path: str, node: Node, within: Span = START) -> list[Finding]:
    """Findings of a tree against a schema: AW101 values, AW102 missing keys, AW103 unknown keys.

    ``within`` is where a key stands that is missing at the top level.
    """
    spots = _Places(node, within)
    found: list[Finding] = []
    for error in validator.iter_errors(plain(node)):
        found.extend(_explain(error, path, spots))
    return found


class _Places:
    """Where in the file a path of the tree lies; spans are looked up only once something is wrong."""

    def __init__(self, node: Node, within: Span) -> None:
        self._node = node
        self._within = within
        self._known: dict[Path, tuple[Span, Span | None]] | None = None

    def value(self, path: Path) -> Span:
        if not path:
            return self._within
        found, key = self._find(path)
        # an empty value lies wherever the parser stopped: point at its key
        return key if key and (found.line, found.column) == (found.end_line, found.end_column) else found

    def key(self, path: Path) -> Span:
        return self._find(path)[1] or self.value(path)

    def _find(self, path: Path) -> tuple[Span, Span | None]:
        if self._known is None:
            self._known = places(self._node)
        return self._known.get(path, (self._within, None))


def _explain(error: ValidationError, path: str, spots: _Places) -> Iterator[Finding]:
    where: Path = tuple(error.absolute_path)
    value: Any = error.instance
    wanted: Any = error.validator_value
    keyword = str(error.validator)
    if keyword == "required":
        # one error for each missing key; only its message names the key
        key = next(key for key in wanted if key not in value and error.message.startswith(repr(key)))
        subject = f"{_name(where)} has no “{key}”" if where else f"“{key}” is missing"
        yield _finding("AW102", subject, path, spots.value(where), f"Add `{key}:`.")
    elif keyword == "additionalProperties":
        known = sorted(error.schema["properties"]) if isinstance(error.schema, dict) else []
        for key in [key for key in value if key not in known]:
            near = get_close_matches(key, known, 1, 0.6)
            few = f"Known here: {', '.join(known)}." if len(known) <= 16 else "The guide lists them: Front matter."
            hint = f"Did you mean `{near[0]}`?" if near else few
            yield _finding("AW103", f"unknown key “{_short(key)}”", path, spots.key((*where, key)), hint)
    elif "propertyNames" in error.absolute_schema_path:
        message = f"{_name(where)}: the key {_value(value)} does not have the right form"
        yield _finding("AW101", message, path, spots.key((*where, value)))
    else:
        message, more = _message(keyword, value, wanted)
        example = _example(error) if more is None else more
        yield _finding("AW101", f"{_name(where)} {message}", path, spots.value(where), example)


def _message(keyword: str, value: Any, wanted: Any) -> tuple[str, str | None]:
    """What is wrong with a value, and a hint where one is better than the schema's example."""
    if keyword == "enum":
        options = [str(item) for item in wanted]
        near = get_close_matches(str(value), options, 1, 0.6)
        hint = f"Did you mean `{near[0]}`?" if near else ""
        return f"is {_value(value)}, not one of: {', '.join(options)}", hint
    if keyword in ("anyOf", "oneOf"):
        kinds = dict.fromkeys(_alternative(option) for option in wanted if isinstance(option, dict))
        return f"is {_value(value)}, not {' or '.join(kinds)}", None
    if keyword in ("minLength", "minItems", "minProperties"):
        return ("is too short" if value else "is empty"), None
    simple = {
        "type": f"is {_kind(value)}, not {_wanted(wanted)}",
        "const": f"is {_value(value)}, not {wanted}",
        "format": f"is {_value(value)}, not {_FORMATS.get(str(wanted), str(wanted))}",
        "pattern": f"is {_value(value)}, which does not have the right form" if str(value).strip() else "is empty",
        "minimum": f"is {_value(value)}, less than {wanted}",
        "maximum": f"is {_value(value)}, more than {wanted}",
        "exclusiveMinimum": f"is {_value(value)}, not more than {wanted}",
        "exclusiveMaximum": f"is {_value(value)}, not less than {wanted}",
        "maxItems": f"holds more than {wanted}",
        "maxLength": f"is too long (at most {wanted} characters)",
        "uniqueItems": "names something twice",
    }
    return simple.get(keyword, f"is {_value(value)}, which does not fit the schema ({keyword})"), None


_FORMATS = {
    "date": "a date that exists",
    "date-time": "a time with offset (RFC 3339)",
    "uri": "an http, https or mailto address",
}
_TYPES = {
    "object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number",
    "boolean": "true or false", "null": "empty",
}  # fmt: skip


def _alternative(option: dict[str, Any]) -> str:
    if "format" in option:
        return _FORMATS.get(str(option["format"]), str(option["format"]))
    return _wanted(option.get("type", "another value"))


def _wanted(types: object) -> str:
    names = types if isinstance(types, list) else [types]
    return " or ".join(_TYPES.get(str(name), str(name)) for name in names)


def _kind(value: Plain) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "empty" if value is None else _value(value)


def _value(value: Plain) -> str:
    if isinstance(value, dict | list):
        return _kind(value)
    if value is None:
        return "empty"
    return f"“{_short(str(value).lower() if isinstance(value, bool) else str(value))}”"


def _example(error: ValidationError) -> str | None:
    schema = error.schema if isinstance(error.schema, dict) else {}
    examples = schema.get("examples")
    if not examples or isinstance(examples[0], dict | list):
        return None
    return f"For example: {examples[0]}"


def _name(where: Path) -> str:
    """``actions/0/due`` → ``actions 1, due``: people count from one."""
    words: list[str] = []
    for step in where:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(_short(str(step)))
    return ", ".join(words) if words else "front matter"


def _short(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


_NAMES = {"AW101": "schema-value", "AW102": "missing-field", "AW103": "unknown-field"}


def _finding(code: str, message: str, path: str, span: Span, hint: str | None = None) -> Finding:
    return Finding(code, _NAMES[code], Level.ERROR, message, path, span, hint)
