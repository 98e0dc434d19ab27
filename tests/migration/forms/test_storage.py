"""Confluence's storage format: each of its elements as the Markdown that shows the same."""

from __future__ import annotations

import pytest

from afterword.migration.forms import read


def made(storage: str, path: str = "page.xml") -> str:
    """The Markdown of a page, without the line end behind it. An empty element says that it is Confluence's."""
    page = read(path, f"{storage}<ac:placeholder/>".encode())
    assert page.form == "Confluence"
    assert len(page.lines) == page.text.count("\n") + 1
    return page.text.removesuffix("\n")


def seen(storage: str) -> str:
    """The same without backslashes."""
    return made(storage).replace("\\", "")


def macro(name: str, parameters: str = "", body: str = "") -> str:
    """A macro with parameters ``name=value`` divided by ``;``."""
    given = "".join(
        f'<ac:parameter ac:name="{key}">{value}</ac:parameter>'
        for key, _, value in (item.partition("=") for item in filter(None, parameters.split(";")))
    )
    return f'<ac:structured-macro ac:name="{name}" ac:schema-version="1">{given}{body}</ac:structured-macro>'


def rich(text: str) -> str:
    return f"<ac:rich-text-body>{text}</ac:rich-text-body>"


def plain(text: str) -> str:
    return f"<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>"


@pytest.mark.parametrize("name", ["info", "tip", "note", "warning", "panel"])
def test_panels_are_quotes_under_their_titles(name: str) -> None:
    assert made(macro(name, "title=Mind;bgColor=red", rich("<p>It is <b>over</b>.</p>"))) == (
        "> **Mind**\n>\n> It is **over**."
    )
    assert made(macro(name, "", rich("<p>Over.</p>"))) == "> Over."


def test_code_and_noformat_are_fences() -> None:
    code = macro("code", "language=py;title=The job", plain("if a < b:\n    run(*a, **b)  # &amp;"))
    assert made(code) == "**The job**\n\n```py\nif a < b:\n    run(*a, **b)  # &amp;\n```"
    assert made(macro("noformat", "", plain("a ``` b\n\n</p>"))) == "````\na ``` b\n\n</p>\n````"


def test_expanded_excerpted_and_unknown_boxes_show_title_and_content() -> None:
    assert made(macro("expand", "title=The log", rich("<p>Lines.</p>"))) == "**The log**\n\nLines."
    for name in ("excerpt", "details", "section", "column", "of-some-add-on"):
        assert made(macro(name, "hidden=true", rich("<p>Lines.</p>"))) == "Lines."


def test_a_status_is_its_text_and_a_ticket_its_key() -> None:
    assert made(f"<p>It was {macro('status', 'colour=Red;title=SEV1')}.</p>") == "It was SEV1."
    assert made(f"<p>See {macro('jira', 'server=Jira;serverId=1;key=OPS-1')}.</p>") == "See OPS-1."
    assert seen(macro("jira", "server=Jira;jqlQuery=project = OPS")) == "[jira: project = OPS]"


def test_lists_that_the_product_makes_say_nothing() -> None:
    for name in ("toc", "children", "pagetree", "attachments", "contributors", "anchor"):
        assert made(f"<p>Text.</p>{macro(name, '=top')}") == "Text."


def test_what_an_add_on_draws_is_named() -> None:
    assert seen(macro("drawio", "diagramName=The network")) == "[drawio: The network]"
    assert seen(macro("chart")) == "[chart]"


def test_a_page_that_is_included_becomes_a_link() -> None:
    page = '<ac:link><ri:page ri:content-title="On call" /></ac:link>'
    assert made(macro("include", f"={page}")) == "[On call](On%20call.xml)"
    file = '<ri:attachment ri:filename="a b.pdf" />'
    assert made(macro("view-file", f"name={file}")) == "[a b.pdf](attachments/a%20b.pdf)"


def test_tasks_have_their_state_their_person_and_their_day() -> None:
    text = (
        "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-uuid>u</ac:task-uuid>"
        "<ac:task-status>complete</ac:task-status><ac:task-body>Check</ac:task-body></ac:task>"
        "<ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>"
        '<span class="placeholder-inline-tasks"><ac:link><ri:user ri:username="ana"/></ac:link> alerts by '
        '<time datetime="2024-05-31" /> </span></ac:task-body></ac:task></ac:task-list>'
    )
    assert made(text) == "-   [x] Check\n-   [ ] @ana alerts by 2024-05-31"


def link(resource: str, body: str = "", anchor: str = "") -> str:
    said = f' ac:anchor="{anchor}"' if anchor else ""
    return f"<ac:link{said}>{resource}{body}</ac:link>"


PAGE = '<ri:page ri:content-title="On call: who?" ri:space-key="OPS" />'
BODY = "<ac:link-body>a <b>b</b></ac:link-body>"
PLAIN = "<ac:plain-text-link-body><![CDATA[a < b]]></ac:plain-text-link-body>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (link(PAGE), "[On call: who?](On%20call%3A%20who%3F.xml)"),
        (link(PAGE, PLAIN), "[a < b](On%20call%3A%20who%3F.xml)"),
        (link('<ri:blog-post ri:content-title="P" />', BODY), "[a **b**](P.xml)"),
        (link("", BODY, "What we did"), "[a **b**](#what-we-did)"),
        (link(PAGE, BODY, "Top"), "[a **b**](On%20call%3A%20who%3F.xml#top)"),
        (link('<ri:attachment ri:filename="log 1.txt" />'), "[log 1.txt](attachments/log%201.txt)"),
        (link('<ri:url ri:value="https://a.b/c" />'), "<https://a.b/c>"),
        (link('<ri:user ri:account-id="557058" />'), "@557058"),
        (link('<ri:space ri:space-key="OPS" />'), "OPS"),
        ('<a href="https://a.b/c?d=e&amp;f=g">words</a>', "[words](https://a.b/c?d=e&f=g)"),
        ('<a href="javascript:alert(1)">words</a>', "words"),
    ],
)
def test_links_lead_where_they_led_and_say_what_they_said(written: str, shown: str) -> None:
    assert made(f"<p>{written}</p>") == shown


def test_images_are_relative_and_keep_what_they_say() -> None:
    file = '<ri:attachment ri:filename="a b.png" ri:version-at-save="1" />'
    assert made(f"<p><ac:image>{file}</ac:image></p>") == "![a b.png](attachments/a%20b.png)"
    assert made('<ac:image ac:alt="Load"><ri:url ri:value="https://a.b/c.png" /></ac:image>') == (
        "![Load](https://a.b/c.png)"
    )
    captioned = f'<ac:image ac:alt="Load" ac:layout="center">{file}<ac:caption><p>By hour</p></ac:caption></ac:image>'
    assert made(captioned) == "![Load](attachments/a%20b.png)\n\nBy hour"


def test_days_people_and_signs_are_text() -> None:
    assert made('<p>On <time datetime="2024-05-31" />.</p>') == "On 2024-05-31."
    assert made('<p><ri:user ri:userkey="8a7f" /> did it.</p>') == "@8a7f did it."
    sign = '<ac:emoticon ac:name="tick" ac:emoji-shortname=":check_mark:" ac:emoji-fallback="✅" />'
    assert made(f"<p>{sign} done</p>") == "✅ done"
    assert made('<p><ac:emoticon ac:name="tick" /> done</p>') == "(tick) done"


def test_layouts_markers_and_instructions_leave_no_trace_but_their_text() -> None:
    cells = "<ac:layout-cell><p>One.</p></ac:layout-cell><ac:layout-cell><p>Two.</p></ac:layout-cell>"
    assert made(f'<ac:layout><ac:layout-section ac:type="two_equal">{cells}</ac:layout-section></ac:layout>') == (
        "One.\n\nTwo."
    )
    assert made('<p>a <ac:inline-comment-marker ac:ref="u">marked</ac:inline-comment-marker> word</p>') == (
        "a marked word"
    )
    assert made("<p>Text. <ac:placeholder>Say what happened</ac:placeholder></p>") == "Text."


def test_what_newer_pages_hold_twice_is_told_once() -> None:
    node = '<ac:adf-node type="panel"><ac:adf-content><p>Mind.</p></ac:adf-content></ac:adf-node>'
    both = f"<ac:adf-extension>{node}<ac:adf-fallback><div><p>Mind!</p></div></ac:adf-fallback></ac:adf-extension>"
    assert made(both) == "Mind!"
    assert made(f"<ac:adf-extension>{node}</ac:adf-extension>") == "Mind."


def test_cells_stay_in_one_line_whatever_stands_in_them() -> None:
    code = macro("code", "", plain("a | b"))
    text = (
        "<table><colgroup><col/></colgroup><tbody><tr><th><p>Time</p></th><th><p>Event</p></th></tr>"
        "<tr><td><p>09:12</p></td><td><p>One | two</p><p>Three</p><ul><li>four</li><li>five</li></ul>"
        f"{code}{macro('status', 'title=DONE')}</td></tr></tbody></table>"
    )
    head, rule, row = made(text).split("\n")
    assert (head, rule) == ("| Time | Event |", "|---|---|")
    assert row == ("| 09:12 | One \\| two<br>Three<br>- four<br>- five<br><code>a &#124; b</code><br>DONE |")


def test_a_table_of_keys_has_an_empty_head_and_keeps_its_rows() -> None:
    text = "<table><tbody><tr><th>Severity</th><td>SEV1</td></tr><tr><th>Owner</th><td>Ana</td></tr></tbody></table>"
    assert made(f"{text}") == "|  |  |\n|---|---|\n| Severity | SEV1 |\n| Owner | Ana |"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*a* _b_ __c__", "\\*a\\* \\_b\\_ \\_\\_c\\_\\_"),
        ("[c](d) `e` ~~g~~", "[c\\](d) \\`e\\` \\~\\~g\\~\\~"),
        ("&lt;f&gt; &amp;amp; 1 &lt; 2", "&lt;f> &amp;amp; 1 < 2"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- none", "\\- none"),
        ("snake_case, a | b", "snake_case, a | b"),
    ],
)
def test_signs_of_markdown_in_text_stay_text(written: str, shown: str) -> None:
    assert made(f"<p>{written}</p>") == shown


def test_each_line_knows_the_line_that_it_comes_from() -> None:
    text = (
        f"<h2>What\nhappened</h2>\n<p>It\nbroke.<br/>Then\nnot.</p>\n{macro('code', '', plain('a' + chr(10) + 'b'))}\n"
    )
    page = read("page.xml", text.encode())
    shown = {line: number for line, number in zip(page.text.split("\n"), page.lines, strict=True) if line}
    assert shown == {
        "## What happened": 1, "It broke.  ": 3, "Then not.": 4, "```": 7, "a": 6, "b": 7,
    }  # fmt: skip


def test_storage_in_a_file_without_an_ending_is_read() -> None:
    assert made(f"<p>Text.</p>{macro('toc')}", "export/123") == "Text."
    assert made(link('<ri:page ri:content-title="P" />'), "export/Relay v1.2") == "[P](P)"


STORED = (
    '<h1>Summary</h1><p>The pool ran dry.</p><ac:structured-macro ac:name="info"><ac:rich-text-body>'
    "<p>It is over.</p></ac:rich-text-body></ac:structured-macro>"
)


@pytest.mark.parametrize("path", ["page.txt", "page.TEXT", "page", "page.xml"])
def test_a_page_is_read_by_what_it_is_where_its_name_does_not_say_it(path: str) -> None:
    page = read(path, STORED.encode())
    assert (page.form, page.text) == ("Confluence", "# Summary\n\nThe pool ran dry.\n\n> It is over.\n")
    assert read(path, b"<!DOCTYPE html><html><body><p>Over.</p></body></html>").text == "Over.\n"


@pytest.mark.parametrize("path", ["page.txt", "page"])
def test_plain_text_that_speaks_of_the_format_is_no_page_in_it(path: str) -> None:
    text = "# Summary\n\nThe export broke at `<ac:link>`, after *two* pages.\n"
    assert (read(path, text.encode()).form, read(path, text.encode()).text) == ("Markdown", text)
