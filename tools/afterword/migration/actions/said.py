"""Said: what the text of one action comes to, while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from afterword.migration.actions.attributes import Attribute


@dataclass
class Said:
    """What the text of one action comes to. ``details`` are pieces of Markdown, each word for word."""

    title: str = ""
    details: list[str] = field(default_factory=list)
    found: dict[str, Attribute] = field(default_factory=dict)

    def take(self, given: tuple[Attribute, ...], written: str) -> bool:
        """Takes attributes of which none says something else than what is known; their words stay where needed."""
        if not given or any(item.key in self.found and self.found[item.key].value != item.value for item in given):
            return False
        for item in given:
            self.found.setdefault(item.key, item)
        if not all(item.exact for item in given):
            self.details.append(written.strip())
        return True

    def text(self, key: str) -> str | None:
        """A value that is a text."""
        found = self.found.get(key)
        return found.value if found and isinstance(found.value, str) else None

    def day(self, key: str) -> date | None:
        """A value that is a day."""
        found = self.found.get(key)
        return found.value if found and isinstance(found.value, date) else None
