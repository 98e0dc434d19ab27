"""What a hostile report says is shown by the site that is built of it, strictly, and nothing of it acts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from afterword.cli.group import cli
from tests.plugin.test_hostile import parsed

HEAD = "# Case {number} of 2024-03-04\n\n## Root cause\n\nThe pool was exhausted, and nobody had asked for more.\n\n"

CASES: tuple[tuple[str, str], ...] = (
    # scripts and handlers
    ("before <script>window.pwned = 1</script> after", "before after"),
    ("<script>\nwindow.pwned = 1\n</script>\n\nafter", "after"),
    ("before <b onclick='x()'>bold</b> after", "before bold after"),
    ("before <img src=x onerror=x()> after", "before x after"),
    ("<svg onload=x()><text>drawn</text></svg> after", "after"),
    ("<iframe src='javascript:x()'></iframe> after", "after"),
    ("<object data='graph.svg'></object><embed src='graph.svg'> after", "after"),
    ("<style>body { display: none }</style>\n\nafter", "after"),
    ("<form action='http://e.org'><button>Send</button></form> after", "Send after"),
    ("<base href='http://e.org/'> <meta http-equiv=refresh content=0> after", "after"),
    ("</article></main><script>x()</script> after", "after"),
    ("<a href='javascript:x()'>click</a> <a href='jav&#x09;ascript:x()'>again</a>", "click again"),
    ("[a](javascript:x) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](vbscript:x)", "a b c d"),
    ("[the words][r]\n\n[r]: javascript:x()", "the words"),
    ("<javascript:x()> after", "after"),
    ("![pixel](http://e.org/p.png)", "Image: pixel"),
    # attributes, abbreviations and elements that only the site would read
    ("alpha **bravo**{onclick=x} charlie", "alpha bravo{onclick=x} charlie"),
    ("`code`{x} [link](http://e.org){y} *em*{z}", "code{x} link{y} em{z}"),
    ("alpha\n{bravo}", "alpha {bravo}"),
    ("## Rename {name}", "Rename {name}"),
    ("Rename {name}\n---", "Rename {name}"),
    ("## Rename {name} `code`", "Rename {name} code"),
    ("| a {x} | b |\n| --- | --- |\n| c {y} `d` | e |", "a {x} b c {y} d e"),
    ("==marked=={x} ~~struck~~{y}", "marked{x} struck{y}"),
    ("*[API]: what it is\n\nThe API.", "*[API]: what it is The API."),
    ("- *[API]: what it is\n- > *[DNS]: a name\n\nThe API.", "*[API]: what it is *[DNS]: a name The API."),
    ("Ask <host.name> or <a=b>{c} or </path/to>", "Ask <host.name> or <a=b>{c} or </path/to>"),
    (r"Ask \<host> or \<host.name\>", "Ask <host> or <host.name>"),
    ("a ` tick and <host.name>", "a ` tick and <host.name>"),
    # what other software fills in
    ("{{ config.site_name }} and {# note #}", "{{ config.site_name }} and {# note #}"),
    ('--8<-- "/etc/passwd"', '--8<-- "/etc/passwd"'),
    ("--8<--\n/etc/passwd\n--8<--", "--8<-- /etc/passwd --8<--"),
    (":smile: :fontawesome-brands-github: :+1:", ":smile: :fontawesome-brands-github: :+1:"),
    ("$$ a_b $$ and \\( c \\) and $d$", "$$ a_b $$ and ( c ) and $d$"),
    ("```mermaid\ngraph TD; A-->B\n```", "graph TD; A-->B"),
    ("[[wiki]] and ![[embedded.png]] and [[_TOC_]]", "[[wiki]] and ![[embedded.png]] and [[TOC]]"),
    ("::: warning\ncontained\n:::", "::: warning contained :::"),
    ("> [!NOTE]\n> noted", "[!NOTE] noted"),
    ('!!! danger "Title"\n\n    Ask <host.name> [graph](graph.svg)', "Title Ask <host.name> graph"),
    ("??? note\n    folded", "Note folded"),
    ('=== "One"\n\n    first\n\n=== "Two"\n\n    second', "One Two first second"),
    ("Noted[^1] and unknown[^2]\n\n[^1]: the note\n\n    goes on at <host.name>", "the note goes on at <host.name>"),
    ("++ctrl+alt+del++ was pressed", "Ctrl+Alt+Del was pressed"),
    # front matter and rules in the middle
    ("alpha\n\n---\ntitle: other\nstatus: published\n---\n\nbravo", "alpha title: other status: published bravo"),
    ("<!-- afterword: ignore AW101 -->\n\nafter", "after"),
    ("<!-- never closed <host.name>\n\nafter", "after"),
    ("<!-- note --> behind it [graph](graph.svg)", "behind it graph"),
    # code that is code elsewhere
    ("```bash session\n$ cat <file>\n```", "$ cat <file>"),
    ("```python:file.py\na <b> c\n```", "a <b> c"),
    ("```\nnever closed <b> c", "never closed <b> c"),
    ("```\na <b> c\n`````\nafter", "a <b> c after"),
    ("  ```\na <b> c\n  ```\nafter", "a <b> c after"),
    ("- ```\n  a <b> c\n  ```\n- next", "a <b> c next"),
    ("> ```x y\n> a <b> c\n\nafter", "a <b> c after"),
    ("`#!python code` and `:::js more`", "#!python code and :::js more"),
    ("`abc`` and more", "`abc`` and more"),
    ("    indented <b>bold</b>", "indented <b>bold</b>"),
    ("`` a ` b `` and `<c>`", "a ` b and <c>"),
    # folds and unclosed elements
    ("<details>\n<summary>Logs</summary>\n\n- `cat <file>`\n- **bold**\n\n</details>", "Logs cat <file> bold"),
    ("<details>\n<summary>Logs</summary>\n\n```\na <b>\n```\n\n</details>", "Logs a <b>"),
    ("<p>\n\nnever `closed <b>`\n\n## Heading *here*", "never closed <b> Heading here"),
    ("<div>\n\na <b and more\n\n</div>\n\nafter", "a <b and more after"),
    ("<b>never closed\n\nafter", "never closed after"),
    ("</div></div></section> after", "after"),
    # definitions, headings and escapes
    ("we saw\n[error]: timeout\n\nafter", "we saw [error]: timeout after"),
    ("[error]: timeout\n[r]: http://e.org\n\n[words][r]", "[error]: timeout words"),
    ("[error]: <timeout.io>", "[error]: <timeout.io>"),
    ("#123 was opened\n\n##channel", "#123 was opened ##channel"),
    (r"\# \* \< \> \| \~ \$ \" \: \@ done", '# * < > | ~ $ " : @ done'),
    ("&lt;script&gt; &amp;lt; &#60;b&#62; &#0; &bogus;", "<script> &lt; <b>"),
    ("a < b, c > d, 5<6, <3", "a < b, c > d, 5<6, <3"),
    # pictures and files
    ("![drawn](graph.svg) [page](page.html) [code](run.js)", "drawn page code"),
    ('<img src="graph.svg" alt="seen &lt;b>"> after', "seen <b> after"),
    ("![gone](../../etc/passwd) [up](../up.md) [root](/etc/passwd) [f](file:///etc/passwd)", "gone up root f"),
    ("[a](graph.svg?x=1#y) ![b](GRAPH.SVG)", "a b"),
    ("[x](page.html \"a 'title' <b>\") after", "x after"),
)  # fmt: skip
"""A text, and the words that a reader sees of it in this order."""


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(text: str) -> str:
    return "".join(text.split())


def seen(page: str) -> str:
    """The signs in the article of a page, without blanks."""
    reader = _Seen()
    reader.feed(page.partition("<article")[2].partition("</article>")[0])
    return plain("".join(reader.parts)).replace("\u00b6", "")


def run(*arguments: object) -> str:
    result = CliRunner().invoke(cli, [str(item) for item in arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The page of each case, of one library that was migrated, checked and built strictly."""
    root: Path = tmp_path_factory.mktemp("shown")
    source, library = root / "source", root / "library"
    source.mkdir()
    (source / "graph.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', encoding="utf-8")
    (source / "page.html").write_text("<script>x()</script>", encoding="utf-8")
    (source / "run.js").write_text("x()", encoding="utf-8")
    for number, (text, _) in enumerate(CASES):
        (source / f"{number}.md").write_text(f"{HEAD.format(number=number)}{text}\n", encoding="utf-8")
    said = json.loads(run("migrate", source, library, "--format", "json"))
    run("check", "--library", library)
    run("build", "--strict", "--library", library)
    site = library / "site"
    names = {int(item["source"].partition(".")[0]): item["path"] for item in said["files"]}
    assert not [path for path in site.rglob("*") if path.name in ("graph.svg", "page.html", "run.js")]
    return {
        number: (site / path.removeprefix("postmortems/").removesuffix(".md") / "index.html").read_text("utf-8")
        for number, path in names.items()
    }


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number][0][:30])
def test_a_reader_sees_what_the_report_said(pages: dict[int, str], number: int) -> None:
    assert plain(CASES[number][1]) in seen(pages[number])


def test_nothing_of_any_page_acts(pages: dict[int, str]) -> None:
    scripts = {text for _, text in parsed(pages[0].partition("<article")[0]).scripts}
    for page in pages.values():
        article = page.partition("<article")[2].partition("</article>")[0]
        assert parsed(article).found == []
        assert parsed(article).scripts == []
        assert {text for _, text in parsed(page.partition("<article")[0]).scripts} == scripts


def test_no_sign_of_a_report_leaves_its_article(pages: dict[int, str]) -> None:
    assert all(len(re.findall("<article", page)) == 1 == len(re.findall("</article>", page)) for page in pages.values())
