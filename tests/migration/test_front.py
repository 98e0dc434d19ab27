"""The front matter of a new file, and the ledger of what was written."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from afterword.migration.actions import Action
from afterword.migration.facts import Fact
from afterword.migration.front import front_of
from afterword.migration.ledger import Ledger, Written, read
from tests.confidentiality.samples import secrets

TEXTS = st.text(min_size=1, max_size=80).filter(lambda text: text.strip() and text.isprintable())


def facts(*pairs: tuple[str, str]) -> list[Fact]:
    return [Fact(key, value, 1, "a field") for key, value in pairs]


def test_keys_stand_in_the_order_of_the_guide() -> None:
    text = front_of(
        facts(("resolved", "2024-03-04"), ("title", "A"), ("kind", "incident"), ("started", "2024-03-04")),
        (),
        public=False,
    ).render()
    assert text == "schema: 1\ntitle: A\nkind: incident\nstarted: 2024-03-04\nresolved: 2024-03-04\n"


def test_what_is_doubtful_bears_a_remark() -> None:
    doubtful = [Fact("started", "2024-03-04", 0, "git history", doubtful=True)]
    assert "started: 2024-03-04   # git history\n" in front_of(doubtful, (), public=False).render()


def test_people_ids_links_and_figures_stand_in_their_places() -> None:
    found = yaml.safe_load(
        front_of(
            facts(
                ("author", "Ana"), ("reviewers", "Bo"), ("reviewers", "Cy"), ("external:Incident ID", "INC-12"),
                ("links", "Chat | https://example.org/c"), ("impact.users", "1,500"), ("tags", "db"), ("tags", "db"),
            ),
            (),
            public=False,
        ).render()
    )  # fmt: skip
    assert found == {
        "schema": 1,
        "external_ids": {"incident-id": "INC-12"},
        "impact": {"users": 1500},
        "people": {"author": "Ana", "reviewers": ["Bo", "Cy"]},
        "tags": ["db"],
        "links": [{"title": "Chat", "url": "https://example.org/c"}],
    }


def test_an_action_of_which_nobody_says_more_is_open_and_unknown_elsewhere() -> None:
    action = Action("Cap the pool", 0, 1, owner="@ana", due=date(2024, 4, 1))
    ours = yaml.safe_load(front_of((), (action,), public=False).render())["actions"]
    assert ours == [{"id": "A1", "title": "Cap the pool", "owner": "@ana", "due": date(2024, 4, 1), "status": "open"}]
    assert yaml.safe_load(front_of((), (action,), public=True).render())["actions"][0]["status"] == "unknown"


def test_no_secret_of_the_source_stands_in_a_front_matter() -> None:
    """Not even one that nobody would find any more, for YAML escapes the quotes around it."""
    for name, (secret, line) in secrets().items():
        told = f"Leaked: {line}"
        known = facts(("title", told), ("tags", "a"), ("links", f"The log | https://example.org/?{line}"))
        action = Action(f"Rotate {line}", 0, 1, details=told, owner="@ana", tracker=f"https://example.org/?{line}")
        text = front_of(known, (action,), public=False).render()
        assert not [secret[at : at + 8] for at in range(len(secret) - 7) if secret[at : at + 8] in text], name
        assert text.startswith("schema: 1\ntitle: ")
        assert "[masked]" in text
        assert '"@ana"' in text


@given(TEXTS, TEXTS, TEXTS)
@example("0", "0?", "0")
@example("=", "=", "=")
@example("<<", "<<", "<<")
def test_any_text_comes_back_as_it_was(title: str, service: str, details: str) -> None:
    action = Action(title, 0, 1, details=f"{details}\n\n- {service}")
    rendered = front_of(facts(("title", title), ("services", service)), (action,), public=False).render()
    found = yaml.safe_load(rendered)
    assert found["title"] == title
    assert found["services"] == [service]
    assert found["actions"][0]["details"] == f"{details}\n\n- {service}"


@given(st.dictionaries(st.text(max_size=20), st.builds(Written, st.text(max_size=20), st.text(max_size=8)), max_size=5))
def test_a_ledger_reads_what_it_wrote(entries: dict[str, Written]) -> None:
    assert read(Ledger(entries).render()) == Ledger(entries)


@given(
    st.binary(max_size=60)
    | st.sampled_from([
        b"[]", b'{"files": []}', b'{"files": {"a": 1}}', b"null", b"[" * 100_000,
        b'{"version": 2, "files": {}}', b'{"version": 1, "files": {"\\ud800": {"path": "a", "sha256": ""}}}',
    ])
)  # fmt: skip
def test_a_broken_ledger_cannot_be_read(data: bytes) -> None:
    assert read(data) is None
