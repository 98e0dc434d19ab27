from __future__ import annotations

import pytest

from afterword.migration.actions import Action
from afterword.migration.actions.links import relinked
from afterword.migration.links import Change


def details(text: str, *changes: Change) -> str | None:
    return relinked([Action("Add an alert", 2, 3, text)], changes)[0].details


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("See [it](a%20b.md#why).", "See [it](../2026/new.md)."),
        ("See [it](<a b.md#why>).", "See [it](../2026/new.md)."),
        ("See [gone](gone.md).", "See gone."),
        ("[an alert](gone.md)", None),
        ("See ![](img/gone.png).", "See gone.png."),
        ("See [it](https://example.org/a).", "See [it](https://example.org/a)."),
    ],
)
def test_links_in_details_change_as_those_of_the_page(text: str, changed: str | None) -> None:
    changes = (
        Change(2, 5, 9, "../2026/new.md", "a%20b.md#why"),
        Change(2, 5, 9, "gone", "gone.md", dead=True),
        Change(2, 5, 9, "gone.png", "img/gone.png", dead=True),
    )
    assert details(text, *changes) == changed


def test_without_changes_or_details_nothing_happens() -> None:
    action = Action("Add an alert", 2, 3)
    assert relinked([action], ()) == (action,)
    assert relinked([action], [Change(2, 5, 9, "x", "y")]) == (action,)
