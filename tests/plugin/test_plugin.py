from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from afterword.rules import RULES
from tests.site import FOLDER, SMALL, Built, RefusedError, build, incident, write

PAGE = "incidents/2026/2026-03-04-checkout-answered-503/index.html"
DRAFT = "incidents/2026/2026-10-28-search-timed-out-on-long-words/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("small")
    write(root, SMALL)
    return build(root)


def made(tmp_path: Path, files: dict[str, str], **options: object) -> Built:
    write(tmp_path, SMALL | files, **options)
    return build(tmp_path)


def test_a_sound_library_builds_strictly(built: Built) -> None:
    assert built.warnings == []


def test_every_kind_of_page_is_generated(built: Built) -> None:
    for path in (
        "index.html",
        "incidents/index.html",
        "actions/index.html",
        "trends/index.html",
        "services/checkout/index.html",
        "categories/capacity/index.html",
        "severities/sev1/index.html",
        "teams/team-web/index.html",
        "years/2017/index.html",
        "guide/rules/index.html",
        "guide/rules/aw301/index.html",
        "incidents.json",
        "schemas/v1/postmortem.schema.json",
        PAGE.replace("/index.html", ".json"),
    ):
        assert (built.site / path).is_file(), path


def test_every_rule_stands_in_the_list_of_rules(built: Built) -> None:
    listed = re.findall(r'<td class="aw-c-id"><a href="[^"]*">(AW\d+)</a>', built.read("guide/rules/index.html"))
    assert listed == sorted(RULES)


def test_the_page_of_a_rule_has_the_table_of_what_was_judged(built: Built) -> None:
    page = built.read("guide/rules/aw504/index.html")
    rows = re.findall(r"<tr><td>(.*?)</td>" + r'<td class="aw-num" data-label="(\w+)">(.*?)</td>' * 3 + "</tr>", page)
    assert rows[1] == ("the example library", "Findings", "7", "Right", "7", "Share", "100 %")
    assert "was right" not in built.read("guide/rules/aw303/index.html")


def test_the_page_of_a_rule_says_that_some_of_it_is_mended(built: Built) -> None:
    assert "check --fix" in built.read("guide/rules/aw303/index.html")
    assert "check --fix" not in built.read("guide/rules/aw504/index.html")


def test_a_rule_belongs_to_the_guide_and_not_to_the_incidents(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    nav = ["index.md", {"Incidents": "incidents/index.md"}, {"Guide": [{"Rules": "guide/rules/index.md"}]}]
    page = build(tmp_path, nav=nav).read("guide/rules/aw301/index.html")
    label = re.compile(r'class="md-ellipsis">\s*([^<]*?)\s*<')
    assert {label.findall(part)[0] for part in page.split("md-nav__item--active")[1:]} == {"Guide"}


def test_links_of_all_pages_lead_somewhere(built: Built) -> None:
    broken = []
    for page in built.site.rglob("*.html"):
        if page.name == "404.html":
            continue
        for target in re.findall(r'(?:href|src)="([^"#?]*)[^"]*"', page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:|$", target):
                continue
            found = (page.parent / target).resolve()
            if not (found.is_file() or (found / "index.html").is_file()):
                broken.append(f"{page.relative_to(built.site)} → {target}")
    assert broken == []


def test_links_between_postmortems_keep_working(tmp_path: Path) -> None:
    text = incident("A second time", "2026-06-01") + "\nAs in [the first](2026-03-04-checkout-answered-503.md).\n"
    found = made(tmp_path, {f"{FOLDER}2026-06-01-a-second-time.md": text})
    page = found.read("incidents/2026/2026-06-01-a-second-time/index.html")
    assert 'href="../2026-03-04-checkout-answered-503/"' in page
    assert found.warnings == []


def test_without_directory_urls_all_links_lead_somewhere(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    found = build(tmp_path, use_directory_urls=False)
    test_links_of_all_pages_lead_somewhere(found)
    assert (found.site / "services/checkout.html").is_file()


def test_incidents_are_not_in_the_navigation_but_page_from_one_to_the_next(built: Built) -> None:
    page = built.read(PAGE)
    navigation = page[page.index('class="md-nav md-nav--primary"') : page.index("<article")]
    assert "storefront-was-slow" not in navigation
    footer = page[page.index("<footer") :]
    assert "Storefront was slow" in footer
    assert "famous service" not in footer


def test_a_draft_bears_a_badge_and_stays_out_of_search_and_sitemap(built: Built) -> None:
    page = built.read(DRAFT)
    assert '<meta name="robots" content="noindex">' in page
    assert '<span class="aw-badge aw-draft">draft</span>' in page
    assert "shall find" not in built.read("search/search_index.json")
    assert "search-timed-out" not in built.read("sitemap.xml")
    assert "noindex" not in built.read(PAGE)


def test_the_source_of_a_public_incident_is_linked(built: Built) -> None:
    page = built.read("incidents/2017/2017-02-28-a-public-outage-of-a-famous-service/index.html")
    assert 'href="https://example.org/outage"' in page
    assert "Example Cloud" in page


def test_the_page_can_be_edited_where_the_repository_is(built: Built) -> None:
    link = "https://github.com/example/shop/edit/main/postmortems/incidents/2026/2026-03-04-checkout-answered-503.md"
    assert link in built.read(PAGE)


def test_a_rejected_file_is_named_with_its_place_and_the_others_are_built(tmp_path: Path) -> None:
    found = made(tmp_path, {f"{FOLDER}2026-01-01-broken.md": "---\ntitle: [\n---\n\n## Executive summary\n"})
    assert any(re.search(r"2026-01-01-broken\.md:\d+:\d+: error AW", text) for text in found.warnings)
    assert not (found.site / "incidents/2026/2026-01-01-broken").exists()
    assert (found.site / PAGE).is_file()


def test_a_rejected_file_fails_a_strict_build(tmp_path: Path) -> None:
    write(tmp_path, SMALL | {f"{FOLDER}2026-01-01-broken.md": "no front matter\n"})
    with pytest.raises(RefusedError, match="broken"):
        build(tmp_path, strict=True)


def test_warnings_and_hints_show_on_the_page_and_fail_nothing(tmp_path: Path) -> None:
    text = incident("Storefront lost prices", "2026-06-01").replace("2026-06-01 09:12 |", "09:12 |") + "\nTODO\n"
    found = made(tmp_path, {f"{FOLDER}2026-06-01-storefront-lost-prices.md": text})
    page = found.read("incidents/2026/2026-06-01-storefront-lost-prices/index.html")
    assert found.warnings == []
    assert "aw-findings" in page
    assert "../guide/rules/aw204/" in page


def test_a_page_of_the_user_is_not_replaced(tmp_path: Path) -> None:
    found = made(tmp_path, {"postmortems/index.md": "# Our own home\n", "postmortems/services/checkout.md": "# Mine\n"})
    assert "Our own home" in found.read("index.html")
    assert "Mine" in found.read("services/checkout/index.html")
    assert "Needs attention" not in found.read("index.html")


def test_titles_of_the_navigation_are_the_users(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write("nav:\n- Start: index.md\n- Everything: incidents/index.md\n")
    page = build(tmp_path).read("actions/index.html")
    assert "Start" in page
    assert "Everything" in page


def test_tags_of_the_front_matter_reach_the_theme(built: Built) -> None:
    assert re.search(r'class="md-tag">\s*postgres', built.read(PAGE))


def test_the_search_knows_the_text_of_postmortems_and_the_generated_pages(built: Built) -> None:
    entries = json.loads(built.read("search/search_index.json"))["docs"]
    by_place = {entry["location"]: entry for entry in entries}
    assert any("Nobody could pay" in entry["text"] for entry in entries)
    assert by_place["services/checkout/"]["title"] == "Checkout"
    assert not any("Caused by a change" in entry["text"] for entry in entries)


def test_above_the_limit_each_postmortem_is_one_entry_of_the_search(tmp_path: Path) -> None:
    found = made(tmp_path, {}, full_search=3)
    entries = json.loads(found.read("search/search_index.json"))["docs"]
    ours = [entry for entry in entries if entry["location"].startswith("incidents/2026/")]
    assert [entry["title"] for entry in ours] == ["Checkout answered 503", "Storefront was slow"]
    assert "Nobody could pay" in ours[0]["text"]
    assert ours[0]["tags"] == ["postgres"]


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    sites = []
    for name in ("a", "b"):
        write(tmp_path / name, SMALL)
        site = build(tmp_path / name).site
        sites.append({p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()})
    assert sites[0] == sites[1]


def test_without_settings_the_error_says_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, {key: text for key, text in SMALL.items() if key != "afterword.yml"})
    with pytest.raises(RefusedError, match=r"no afterword\.yml .*afterword init"):
        build(tmp_path)


def test_faulty_settings_are_an_error_with_a_place(tmp_path: Path) -> None:
    write(tmp_path, SMALL | {"afterword.yml": "schema: 1\nseverities: 3\n"})
    with pytest.raises(RefusedError, match=r"afterword\.yml:2:"):
        build(tmp_path)


def test_another_docs_dir_is_refused(tmp_path: Path) -> None:
    write(tmp_path, SMALL | {"docs/index.md": "# Docs\n"})
    with pytest.raises(RefusedError, match="docs_dir must be"):
        build(tmp_path, docs_dir=str(tmp_path / "docs"))


def test_the_environment_s_clock_goes_before_the_option_and_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERWORD_AS_OF", "2026-10-30")
    write(tmp_path, SMALL, as_of="2026-10-25")
    assert '"as_of":"2026-10-30T23:59:59Z"' in build(tmp_path).read("incidents.json")
    monkeypatch.delenv("AFTERWORD_AS_OF")
    assert '"as_of":"2026-10-25T23:59:59Z"' in build(tmp_path).read("incidents.json")
    write(tmp_path, SMALL)
    assert '"as_of":"2026-11-01T23:59:59Z"' in build(tmp_path).read("incidents.json")


def test_an_unreadable_as_of_is_refused(tmp_path: Path) -> None:
    write(tmp_path, SMALL, as_of="yesterday")
    with pytest.raises(RefusedError, match="yesterday"):
        build(tmp_path)


def test_an_empty_library_says_what_to_do_next(tmp_path: Path) -> None:
    write(tmp_path, {"afterword.yml": SMALL["afterword.yml"], "postmortems/incidents/readme.txt": ""})
    found = build(tmp_path)
    assert "afterword new" in found.read("index.html")
    assert "afterword new" in found.read("incidents/index.html")
    assert found.read("actions/index.html")


@pytest.mark.parametrize(
    "name", ["page.html", "page.shtml", "page.xht", "feed.rss", "page.markdown", "script.js", "drawing.svg"]
)
def test_files_beside_postmortems_that_could_do_something_are_left_out(tmp_path: Path, name: str) -> None:
    found = made(tmp_path, {f"{FOLDER}{name}": "<script>alert(1)</script>"})
    assert any(name in text for text in found.warnings)
    assert not [path for path in found.site.rglob("*") if path.name == name or path.parent.name == "page"]


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "data",
    [
        DRAWING.format("<script>a()</script>").encode("utf-16"),
        b'<?xml version="1.0" encoding="ISO-2022-JP"?>' + DRAWING.format("<scr\x1b(Bipt>a()</scr\x1b(Bipt>").encode(),
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>a()</s:script></s:svg>',
        DRAWING.format('<a x:href="java&#10;scrip&#x74;:a()"><path d="M0 0h9v9"/></a>').encode(),
        b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "a()">]>' + DRAWING.format("").encode(),
        b'<?xml-stylesheet type="text/xsl" href="style.txt"?>' + DRAWING.format("").encode(),
        DRAWING.format('<path d="M0 0h9v9"\x0bonclick="a()"/><set attributeName="href" to="javascript:a()"/>').encode(),
    ],
)
def test_a_drawing_that_hides_a_script_is_left_out(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, SMALL)
    (tmp_path / FOLDER / "drawing.svg").write_bytes(data)
    found = build(tmp_path)
    assert not list(found.site.rglob("drawing.svg"))
    assert any("drawing.svg is left out" in text for text in found.warnings)


def test_a_drawing_of_a_usual_program_is_kept(tmp_path: Path) -> None:
    head = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n'
    )
    text = head + DRAWING.format('<style>a{fill:#000}</style><text x="1" y="1">on call = näher &amp; nearer</text>')
    found = made(tmp_path, {f"{FOLDER}drawing.svg": text})
    assert list(found.site.rglob("drawing.svg"))


def test_the_list_of_tags_leads_to_the_postmortems(built: Built) -> None:
    assert "../incidents/2026/2026-03-04-checkout-answered-503/" in built.read("tags/index.html")
    assert 'href="../../../tags/#tag:postgres"' in built.read(PAGE)


def test_one_converter_for_all_pages_carries_nothing_from_one_to_the_next(tmp_path: Path) -> None:
    notes = "[link]: https://example.org/\n\n*[POOL]: Connections\n\n[^1]: A note.\n"
    first = f'\n{notes}\n=== "A"\n\n    B\n\nSee[^1] [link] POOL\n'
    second = '\nSee [link] POOL[^1]\n\n=== "A"\n\n    B\n'
    for files in ({}, {f"{FOLDER}2026-06-01-first.md": incident("First", "2026-06-01") + first}):
        name = "with" if files else "without"
        write(
            tmp_path / name,
            SMALL | files | {f"{FOLDER}2026-06-02-second.md": incident("Second", "2026-06-02") + second},
        )
        build(tmp_path / name)
    pages = [
        (tmp_path / name / "site/incidents/2026/2026-06-02-second/index.html").read_text(encoding="utf-8")
        for name in ("with", "without")
    ]
    bodies = [page[page.index('id="communication"') : page.index('id="related-incidents"')] for page in pages]
    assert bodies[0] == bodies[1]


def test_a_postmortem_that_the_user_excludes_stays_excluded(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as stream:
        stream.write("exclude_docs: /incidents/2017/\n")
    assert not list((build(tmp_path).site / "incidents").rglob("2017-02-28-*/index.html"))


def test_images_beside_postmortems_are_kept(tmp_path: Path) -> None:
    text = incident("Pictures", "2026-06-01") + "\n![The graph](graph.png)\n"
    found = made(tmp_path, {f"{FOLDER}2026-06-01-pictures.md": text, f"{FOLDER}graph.png": "png"})
    assert '<img alt="The graph" src="../graph.png">' in found.read("incidents/2026/2026-06-01-pictures/index.html")


def test_no_link_brings_a_file_of_the_machine_into_the_site(tmp_path: Path) -> None:
    root, outside = tmp_path / "library", tmp_path / "outside"
    for folder in (root, outside, root / ".own"):
        folder.mkdir()
    for name in ("notes.md", "data.txt"):
        (outside / name).write_text("# Private\n\nquokkas\n", encoding="utf-8")
    (root / ".own/names.txt").write_text("quokkas\n", encoding="utf-8")
    write(root, SMALL)
    docs = root / "postmortems"
    (root / "HISTORY.md").write_text("# History of it\n", encoding="utf-8")
    links = {"folder": outside, "page.md": outside / "notes.md", "a.txt": outside / "data.txt",
             "b.txt": root / ".own/names.txt", "incidents/graph.png": outside / "data.txt",
             "history.md": root / "HISTORY.md"}  # fmt: skip
    try:
        for name, target in links.items():
            (docs / name).symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system lets nobody make symbolic links")
    found = build(root)
    assert not [path for path in found.site.rglob("*") if path.is_file() and b"quokkas" in path.read_bytes()]
    assert "History of it" in found.read("history/index.html")
    assert sum("is left out: it is linked" in text for text in found.warnings) == 6


def test_a_linked_folder_brings_nothing_in(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.md").write_text("# Secret\n", encoding="utf-8")
    write(tmp_path, SMALL)
    try:
        (tmp_path / FOLDER / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make symbolic links")
    found = build(tmp_path)
    assert not list(found.site.rglob("secret*"))
    assert any("secret.md" in text for text in found.warnings)


def test_a_report_without_a_day_builds_strictly_and_stands_in_no_line_of_days(tmp_path: Path) -> None:
    text = "---\ntitle: {}\nkind: incident\n---\n\nIt failed once.\n"
    folder = "postmortems/incidents/"
    site = made(tmp_path, {f"{folder}undated-{name}.md": text.format(name.title()) for name in ("carts", "mails")})
    assert site.warnings == []
    assert not (site.site / "years/undated").exists()
    page = site.read("incidents/undated-carts/index.html")
    assert re.findall(r'md-footer__link md-footer__link--(\w+)"\s*aria-label="\w+: ([^"]+)"', page) == [
        ("prev", "Mails")
    ]
    oldest = site.read(PAGE)
    assert re.findall(r'md-footer__link--prev"[^>]*aria-label="([^"]+)"', oldest) == []
