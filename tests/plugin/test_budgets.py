"""Error budgets in the site: pages in their place, links, home, and the files for a gate elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from afterword.budgets.gate import policy
from afterword.budgets.snapshots import store
from tests.budgeting import HOSTILE, flat, render, save
from tests.budgets.counting import objective
from tests.site import FOLDER, SMALL, Built, build, incident, write

COSTLY = incident("Checkout lost its pool", "2026-10-24").replace(
    "review_on:", "budgets: [{slo: checkout-errors, consumed: 0.334}, {slo: gone, consumed: 0.1}]\nreview_on:"
)
FILES = SMALL | {f"{FOLDER}2026-10-24-checkout-lost-its-pool.md": COSTLY}
PAGE = "budgets/checkout-errors/index.html"


def rendered(root: Path, files: dict[str, str], *measurements: Any, **options: Any) -> Built:
    write(root, files)
    render(root, *measurements)
    return build(root, **options)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return rendered(tmp_path_factory.mktemp("budgets"), FILES)


def article(built: Built, path: str) -> str:
    html = built.read(path)
    return html[html.index("<article") : html.rindex("</article>")]


def test_a_site_with_budgets_builds_without_a_warning(built: Built) -> None:
    assert built.warnings == []


def test_every_link_of_the_pages_leads_somewhere(built: Built) -> None:
    for page in (built.site / "budgets").rglob("index.html"):
        for target in re.findall(r'href="([^"#?]*)[^"]*"', article(built, page.relative_to(built.site).as_posix())):
            if target and not re.match(r"[a-z]+:", target):
                found = (page.parent / target).resolve()
                assert found.is_file() or (found / "index.html").is_file(), target


def test_without_directory_urls_links_lead_to_files(tmp_path: Path) -> None:
    built = rendered(tmp_path, FILES, use_directory_urls=False)
    assert 'href="checkout-errors.html"' in article(built, "budgets/index.html")
    assert 'href="../incidents/2026/2026-10-24-checkout-lost-its-pool.html"' in built.read(
        "budgets/checkout-errors.html"
    )


def test_headings_are_in_the_table_of_contents(built: Built) -> None:
    assert re.findall(r'href="#([a-z-]+)" class="md-nav__link"', built.read(PAGE))[:3] == [
        "burn-rate", "what-used-it", "compliance",
    ]  # fmt: skip


def test_home_names_the_budgets_of_which_less_than_half_is_left(built: Built) -> None:
    home = built.read("index.html")
    attention = home[home.index('id="attention"') : home.index('id="measures"')]
    assert (
        '<a href="./budgets/orders-durability/">' in attention or '<a href="budgets/orders-durability/">' in attention
    )
    assert "aw-state-exhausted" in attention
    assert "error budget overspent by 60.1 %" in attention
    assert "2 more error budgets" in attention


def test_an_incident_links_to_the_budgets_that_it_used(built: Built) -> None:
    html = built.read("incidents/2026/2026-10-24-checkout-lost-its-pool/index.html")
    assert '33.4 % of <a href="../../../budgets/checkout-errors/">Checkout errors</a>, 10.0 % of gone' in html
    assert html.count("33.4 %") == 1
    data = json.loads(built.read("incidents/2026/2026-10-24-checkout-lost-its-pool.json"))
    assert data["budgets"][0] == {"slo": "checkout-errors", "consumed": 0.334}


def test_the_latest_snapshot_lies_in_the_site_as_it_is_committed(built: Built) -> None:
    data = (built.site / "budgets/snapshot.json.gz").read_bytes()
    assert store.loads(data, "it").measurements[0].objective.id == "checkout-errors"
    assert data == (store.folder(built.root) / store.names(built.root)[-1]).read_bytes()


def test_the_policy_in_effect_lies_beside_it_unless_it_is_at_fault(built: Built, tmp_path: Path) -> None:
    data = json.loads(built.read("budgets/policy.json"))
    assert data["thresholds"] == {"caution": 80.0, "warning": 50.0, "freeze": 20.0}
    assert policy.read(json.dumps(data).encode()) == (policy.DEFAULT, [])
    broken = rendered(tmp_path, FILES | {"budgets/policy.yml": "schema: 1\nthresholds: {freeze: many}\n"})
    assert not (broken.site / "budgets/policy.json").exists()


def test_figures_and_charts_stay_out_of_the_search(built: Built) -> None:
    entries = json.loads(built.read("search/search_index.json"))["docs"]
    texts = [entry["text"] for entry in entries if entry["location"].startswith("budgets/checkout-errors/")]
    assert texts
    assert sum(map(len, texts)) < 3000


def nav(root: Path, pages: list[Any]) -> None:
    path = root / "mkdocs.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(config | {"nav": pages}), encoding="utf-8")


def test_a_written_navigation_gets_the_budgets_only_when_there_are_any(built: Built) -> None:
    nav(built.root, [{"Home": "index.md"}, {"Trends": "trends.md"}, {"All": "incidents/index.md"}])
    found = build(built.root)
    assert found.warnings == []
    links = re.findall(r'<a href="[^"]*" class="md-nav__link[^"]*">\s*<span class="md-ellipsis">\s*([^<]*?)\s*</span>',
                       found.read("trends/index.html"))  # fmt: skip
    assert links[links.index("Budgets") + 1] == "All"
    for page in (built.root / "postmortems/budgets").glob("*.md"):
        page.unlink()
    assert "Budgets" not in build(built.root).read("trends/index.html")


def test_somebodys_own_page_among_the_budgets_stays_theirs(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"postmortems/budgets/index.md": "# Our own\n\nWords.\n"})
    save(tmp_path)
    built = build(tmp_path)
    assert built.warnings == []
    assert "<p>Words.</p>" in built.read("budgets/index.html")


def test_a_hostile_objective_reaches_no_template_unescaped(tmp_path: Path) -> None:
    aim = objective("checkout-errors", title=HOSTILE, description=HOSTILE, service=HOSTILE, runbook="javascript:x")
    item = flat(aim, 0.9, queries={HOSTILE: f"```\n~~~\n{HOSTILE}"}, warnings=(HOSTILE,), partial=True)
    built = rendered(tmp_path, FILES, item)
    assert built.warnings == []
    for path in (PAGE, "budgets/index.html", "index.html"):
        html = built.read(path)
        assert "<script>window.pwned" not in html, path
        assert "<img src=x" not in html, path
        assert 'href="javascript' not in html, path
        assert not re.search(r"<[a-z0-9]+[^<>]*\sonclick=", html), path
