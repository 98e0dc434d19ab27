"""Rulebook: what each rule wants, why, and what it looks like, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator

from afterword import fixes
from afterword.pages.page import Page, page
from afterword.pages.site import Site
from afterword.pages.templates import render
from afterword.rules import RULES
from afterword.rules.base import Form, Rule, Scope

FOLDER = "guide/rules/"
URI = f"{FOLDER}index.md"
_FAMILIES = {
    "AW0": "Reading",
    "AW1": "Front matter and words",
    "AW2": "Structure",
    "AW3": "Chronology and facts",
    "AW4": "Wording",
    "AW5": "Actions",
    "AW6": "Library",
    "AW7": "Confidentiality",
    "AW8": "Links and images",
}
_FORMS = {
    Form.FRONT: "in the front matter",
    Form.BODY: "in the body",
    Form.FILE: "as a file",
    Form.SPEC: "in the spec of an SLO",
    Form.OBJECTIVES: "as a file of objectives",
}
_SCOPES = {
    Scope.FILE: "Looks at one file.",
    Scope.CLOCK: "Depends on the day it is asked, so it never fails a check.",
    Scope.LIBRARY: "Looks at the other files too.",
}


def build(site: Site) -> Iterator[Page]:
    """The list of rules, and a page for each."""
    families = [
        (title, rules)
        for prefix, title in _FAMILIES.items()
        if (rules := [rule for rule in RULES.values() if rule.code.startswith(prefix)])
    ]
    html = render("rulebook.html", site=site, root=site.urls.root(URI), families=families)
    text = f"the {len(RULES)} rules of afterword check: errors, warnings and hints"
    yield page(URI, "Rules", html, description=text, search=text)
    for rule in RULES.values():
        yield _page(site, rule)


def _page(site: Site, rule: Rule) -> Page:
    uri = f"{FOLDER}{rule.code.lower()}.md"
    silent = not rule.code.startswith("AW0") and rule.code != "AW205"
    html = render(
        "rule.html",
        root=site.urls.root(uri),
        rule=rule,
        forms=_FORMS,
        scope=_SCOPES[rule.scope],
        can_be_silenced=silent,
        in_postmortems=rule.is_about_postmortems,
        index=site.urls.of(URI),
        can_be_mended=rule.code in fixes.CODES,
        mending=site.document_url("guide/mending.md"),
    )
    return page(uri, f"{rule.code} {rule.name}", html, description=rule.summary, search=rule.summary)
