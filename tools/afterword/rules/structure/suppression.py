"""AW205: a comment that silences a rule. ``checking`` finds these, as it alone knows what was silenced."""

from __future__ import annotations

from afterword.findings import Level
from afterword.rules.base import Example, Form, Rule

RULE = Rule(
    code="AW205",
    name="suppression",
    level=Level.WARNING,
    summary="A comment that silences a rule names a rule, gives a reason, and is needed.",
    rationale="`<!-- afterword: ignore AW302 reason -->`, anywhere in the body, silences one rule in that file. "
    "Without a reason the next reader cannot tell whether it still holds, so it does not count. How a file is read "
    "(AW0…) cannot be silenced.",
    milder="A hint when the comment has nothing to silence.",
    good=(
        Example(
            "## Notes\n\nThe clock showed {{ now }} to every visitor.\n\n"
            "<!-- afterword: ignore AW204 the braces are what visitors saw -->",
            Form.BODY,
        ),
    ),
    bad=(
        Example("<!-- afterword: ignore AW301 -->", Form.BODY, "No reason."),
        Example("<!-- afterword: ignore AW399 Imported -->", Form.BODY, "There is no such rule."),
        Example("<!-- afterword: ignore AW001 Imported -->", Form.BODY, "Reading cannot be silenced."),
        Example("<!-- afterword: ignore AW506 Imported -->", Form.BODY, "Nothing is found that it could silence."),
    ),
)
