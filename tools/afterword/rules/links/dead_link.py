"""AW803: addresses on the web that lead nowhere any more. Only ``--online`` asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.findings import Finding, Level, Span
from afterword.links.outcome import Outcome, State
from afterword.links.written import written
from afterword.model import Postmortem
from afterword.rules.base import Context, Example, Rule, Scope, shortened

ARCHIVE = "https://web.archive.org/web"
"""Where copies of pages may be; it is named and never asked."""


def _compare(postmortem: Postmortem, context: Context) -> Iterator[Finding]:
    for url, span in written(postmortem):
        outcome = context.outcomes.get(url)
        if outcome and outcome.state is not State.THERE:
            yield _finding(postmortem, url, span, outcome)


def _finding(postmortem: Postmortem, url: str, span: Span, outcome: Outcome) -> Finding:
    name = shortened(url, 200)
    if outcome.state is State.GONE:
        day = postmortem.published or (postmortem.started.day if postmortem.started else None)
        stamp = f"{day.isoformat().replace('-', '')}/" if day else ""  # without one it names the newest copy
        hint = f"A copy may be at {ARCHIVE}/{stamp}{url}: link to that, or to where it went."
        return RULE.finding(postmortem, span, f"{name} leads nowhere: {outcome.detail}", hint)
    if outcome.state is State.MOVED:
        hint = f"Link to {shortened(outcome.detail, 200)}."
        return RULE.finding(postmortem, span, f"{name} has moved for good", hint, Level.HINT)
    message = f"whether {name} still leads somewhere cannot be told: {outcome.detail}"
    return RULE.finding(postmortem, span, message, "Open it in a browser.", Level.HINT)


_LINKS = "links: [{title: Report of the vendor, url: https://vendor.example/report}]"

RULE = Rule(
    code="AW803",
    name="dead-link",
    level=Level.WARNING,
    scope=Scope.CLOCK,  # what the web answers comes and goes
    milder="A hint when it has moved for good, or when nobody answered a program.",
    summary="With `--online`: addresses on the web still lead somewhere.",
    rationale="Vendors' reports and dashboards go away, and with them the evidence; a copy is easily found while "
    "somebody remembers it. Only `afterword check --online` asks, one request to a host at a time with a second "
    "between them, as `robots.txt` and `Retry-After` wish, and remembers for a day. 404 and 410 are dead; what refuses "
    "programs, asks to wait or does not answer is not. Inside hosts and addresses with something confidential are not "
    "asked, nor is a machine whose address is not public: a pull request shall not make the check reach into a "
    "network. Hosts named in the environment variable AFTERWORD_PRIVATE_HOSTS are exempt.",
    good=(Example(_LINKS, answers=(("https://vendor.example/report", Outcome(State.THERE)),)),),
    bad=(
        Example(_LINKS, answers=(("https://vendor.example/report", Outcome(State.GONE, "it answers 404")),)),
        Example(
            _LINKS,
            note="It has moved: a hint.",
            answers=(("https://vendor.example/report", Outcome(State.MOVED, "https://vendor.example/2026/report")),),
        ),
    ),
    compare=_compare,
    concerns=lambda _, __, context: bool(context.outcomes),
)
