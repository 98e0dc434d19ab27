"""Findings and scorecards as Markdown: the comment of a pull request.

A hidden mark, then the outcome; what each changed postmortem scores, beside what it scored before, and what it
lacks; its findings. What anybody wrote is shown as it stands and does nothing.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from afterword.checking import Report
from afterword.findings import START, Finding, Level
from afterword.model import Status
from afterword.reporters.cards import full_card, short_table
from afterword.reporters.harmless import code, message
from afterword.scorecard.comparison import Comparison, Row
from afterword.terminal import printable

MARK = "<!-- afterword -->"
"""The first line: by it the next run finds the comment and writes it anew."""
LIMIT = 65_536
"""Characters of a comment on GitHub, which counts them as JavaScript does: some letters are two."""

_OPEN = 10
"""So many findings of a file stand open; of more, only the errors do."""
_FILES = 50
_STEPS = (200, 50, 20, 10, 5, 2, 1, 0)
"""Findings of one file: the most with which the whole fits."""
_LONG = 300
_STATUSES = {Status.DRAFT: "draft", Status.IN_REVIEW: "in review"}


@dataclass(frozen=True, slots=True)
class Links:
    """Where things are explained: a rule's page by its code, and the checklist; ``None`` without a known site."""

    rule: Callable[[str], str] | None = None
    checklist: str | None = None


def render(
    report: Report,
    comparison: Comparison,
    *,
    fail_on: Level = Level.ERROR,
    links: Links | None = None,
    prefix: str = "",
) -> str:
    """The comment, with a newline at the end and at most ``LIMIT`` characters.

    ``fail_on`` is the least level that fails the check; ``prefix`` makes the library's paths those of the repository.
    """
    comment = _Comment(report, comparison, fail_on, links or Links(), prefix)
    for most in _STEPS:
        written = comment.written(most)
        if len(written.encode("utf-16-le", "surrogatepass")) // 2 <= LIMIT:
            return written
    return comment.shortest()


class _Comment:
    """The parts of one comment."""

    def __init__(self, report: Report, comparison: Comparison, fail_on: Level, links: Links, prefix: str) -> None:
        self.report = report
        self.comparison = comparison
        self.fail_on = fail_on
        self.links = links
        self.prefix = prefix
        self.rows = {row.path: row for row in comparison.rows}
        self.found: dict[str, list[Finding]] = {path: [] for path in self.rows}
        for finding in report.findings:
            self.found.setdefault(finding.path, []).append(finding)

    def written(self, most: int) -> str:
        """All of it, with at most so many findings of each file."""
        paths = self._paths()
        blocks = [self._head(), *self._remarks()]
        alone = len(paths) == 1
        if not alone and any(row.card for row in self.rows.values()):
            blocks.append(short_table(self.comparison.rows))
        # what fails is read first, so the worst file needs no click
        opened = paths[0] if paths and self.report.fails(self.fail_on) else None
        blocks += [self._file(path, most, alone=alone, opened=path == opened) for path in paths[:_FILES]]
        hidden = sum(max(len(self.found[path]) - most, 0) for path in paths[:_FILES])
        hidden += sum(len(self.found[path]) for path in paths[_FILES:])
        if hidden:
            blocks.append(
                f"{_count(hidden, 'finding')} {'is' if hidden == 1 else 'are'} not shown here: a comment has room for "
                f"{LIMIT:,} characters. `afterword check` shows all."
            )
        return "\n\n".join([*blocks, self._foot()]) + "\n"

    def shortest(self) -> str:
        """Only the outcome, for when paths alone would fill the comment."""
        last = f"There is too much to show in {LIMIT:,} characters. `afterword check` shows all."
        return f"{self._head()}\n\n{last}\n"

    def _head(self) -> str:
        counts = [_count(count, str(level)) for level in Level if (count := self.report.count(level))]
        outcome = "failed" if self.report.fails(self.fail_on) else "passed"
        if not self.found and self.comparison.reference is not None and not counts:
            return f"{MARK}\n### Postmortem check {outcome}: no postmortem changed"
        return f"{MARK}\n### Postmortem check {outcome}: {', '.join(counts) or 'nothing found'}"

    def _remarks(self) -> Iterable[str]:
        """What else is to be known of the change."""
        deleted = self.comparison.deleted
        if deleted:
            shown = [code(self.prefix + path) for path in deleted[:_OPEN]]
            more = f" and {len(deleted) - len(shown):,} more" if len(deleted) > len(shown) else ""
            yield f"Deleted: {', '.join(shown)}{more}."
        if self.comparison.left_out:
            number = _count(self.comparison.left_out, "more postmortem")
            yield f"{number} without a scorecard here: it shows those with the heaviest findings."

    def _paths(self) -> list[str]:
        """Files with a scorecard or findings, the heaviest first."""
        worst = {path: min((item.level.rank for item in found), default=3) for path, found in self.found.items()}
        return sorted(self.found, key=lambda path: (worst[path], path))

    def _file(self, path: str, most: int, *, alone: bool, opened: bool) -> str:
        row, found = self.rows.get(path), self.found[path]
        blocks = full_card(row, self.links.checklist) if row else []
        blocks += self._findings(found if len(found) <= most else _heaviest(found, most))
        if alone:
            return "\n\n".join([f"{code(self.prefix + path)}{_state(row)}", *blocks])
        if not blocks:
            return f"{code(self.prefix + path)}{_state(row)}: nothing found"
        counts = ", ".join(_count(n, str(level)) for level in Level if (n := sum(f.level is level for f in found)))
        name = html.escape(" ".join(printable(self.prefix + path).split()))
        summary = f"<code>{name}</code>{_state(row)}{f': {counts}' if counts else ''}"
        fold = "<details open>" if opened else "<details>"
        return "\n\n".join([f"{fold}\n<summary>{summary}</summary>", *blocks, "</details>"])

    def _findings(self, found: Sequence[Finding]) -> list[str]:
        """The list of findings: open while it is short; else the errors, and the rest in a fold."""
        shown = found if len(found) <= _OPEN else [item for item in found if item.level is Level.ERROR][:_OPEN]
        rest = [item for item in found if item not in shown]
        blocks = ["**Findings**", "\n".join(map(self._finding, shown))] if shown else []
        if rest:
            summary = _count(len(rest), "more finding" if shown else "finding")
            blocks += [f"<details>\n<summary>{summary}</summary>", "\n".join(map(self._finding, rest)), "</details>"]
        return blocks

    def _finding(self, finding: Finding) -> str:
        place = f", line {finding.span.line}" if finding.span != START else ""
        known = self.links.rule(finding.code) if self.links.rule else None
        rule = f"[{finding.code}](<{known}>)" if known else f"`{finding.code}`"
        said = message(_shortened(finding.message))
        hint = f" {message(_shortened(finding.hint))}" if finding.hint else ""
        end = "" if said.endswith((".", "?", "!", "…")) else "."
        return f"- **{str(finding.level).capitalize()}**{place}: {said}{end}{hint} {rule}"

    def _foot(self) -> str:
        day = self.report.as_of.astimezone(UTC).date().isoformat()
        reference = self.comparison.reference
        since = f", compared with {code(reference)}" if reference is not None and self.rows else ""
        method = f"[How scores are counted](<{self.links.checklist}>). " if self.links.checklist and self.rows else ""
        return f"<sub>{method}As of {day}{since}.</sub>"


def _state(row: Row | None) -> str:
    """What is to be known of a file beside its path."""
    if row is None:
        return ""
    words = [_STATUSES[row.status]] if row.status in _STATUSES else []
    if row.is_new:
        words.insert(0, "new")
    elif row.former and row.former.path != row.path:
        words.insert(0, "renamed")
    if row.card is None:
        words.append("cannot be read as a postmortem")
    return f" ({', '.join(words)})" if words else ""


def _heaviest(found: Sequence[Finding], most: int) -> list[Finding]:
    """The heaviest findings, in the order of their places."""
    return sorted(sorted(found, key=lambda item: (item.level.rank, item.order))[:most], key=lambda item: item.order)


def _shortened(given: str) -> str:
    return given if len(given) <= _LONG else given[: _LONG - 1] + "…"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
