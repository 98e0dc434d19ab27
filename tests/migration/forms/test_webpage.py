"""HTML that was written by hand or made by some tool."""

from __future__ import annotations

import pytest

from afterword.migration.forms import read


def made(html: str) -> str:
    """The Markdown of some HTML, without the line end behind it."""
    return read("report.html", html.encode()).text.removesuffix("\n")


PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
  <meta name="author" content="Ana Ruiz">
  <meta property="Created" content=" 2024-03-05 ">
  <meta name="viewport" content="width=device-width">
  <title>
    Relay &amp; hub
    down</title>
  <style>p { color: red }</style>
  <script>if (a < b) { document.write("<p>x</p>") }</script>
</head>
<body>
<nav><a href="/">Home</a></nav>
<div role="navigation">Menu</div>
<!-- Ana: ask Ben -->
<h1>Relay down</h1>
<p>It stopped.
</body>
</html>
"""


def test_a_page_is_its_body_with_what_its_head_states() -> None:
    page = read("report.html", PAGE.encode())
    assert page.form == "HTML"
    assert page.text == "<!-- Ana: ask Ben -->\n\n# Relay down\n\nIt stopped.\n"
    assert (page.title, page.title_line) == ("Relay & hub down", 8)
    assert [(field.key, field.value, field.line) for field in page.fields] == [
        ("author", "Ana Ruiz", 4),
        ("created", "2024-03-05", 5),
    ]


def test_lines_are_those_of_the_file_below_front_matter_too() -> None:
    page = read("_posts/2024-03-04-down.html", b"---\ntitle: Down\n---\n\n<p>One.</p>\n<p>Two.</p>\n")
    assert (page.title, page.text) == ("Down", "One.\n\nTwo.\n")
    assert (page.line(0), page.line(2)) == (5, 6)


def test_a_file_without_an_ending_that_begins_as_a_page_is_one() -> None:
    assert read("export/12", b"<!DOCTYPE html><p>One.").text == "One.\n"
    assert read("export/12", b"<?xml version='1.0'?><!-- a - b --><html><p>One.").text.endswith("\n\nOne.\n")
    assert read("export/12", b"A <b>bold</b> word.").text == "A <b>bold</b> word."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>What<br>happened</h2><h6>C#</h6>", "## What happened\n\n###### C\\#"),
        ("<p>a<br>b<br><br>c</p>", "a  \nb\n\nc"),
        ("one<p>two<p>three<div>four</div>five", "one\n\ntwo\n\nthree\n\nfour\n\nfive"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "-   a\n    -   b\n-   c"),
        ("<ol start=9><li>a<li>b</ol>", "9.  a\n10. b"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "-   a\n\n    b\n\n-   c"),
        ("<ul><li>a</ul><ul><li>b</ul>", "-   a\n\n<!-- -->\n\n-   b"),
        ("<ul>stray<li>a</ul>", "-   stray\n-   a"),
        ("<ul><li><input type=checkbox checked> a</ul>", "-   [x] a"),
        ("<dl><dt>Severity<dd>1<dt>Owner:<dd>Ana</dl>", "**Severity**: 1\n\n**Owner:** Ana"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<details><summary>Log</summary>Lines.</details>", "**Log**\n\nLines."),
        ("a<hr>b", "a\n\n***\n\nb"),
        ("<pre><code class='language-sh'>a\n  b</code></pre>", "```sh\na\n  b\n```"),
        ("<p>a <b>b</b> <i>c</i> <s>d</s> <code>e</code></p>", "a **b** *c* ~~d~~ `e`"),
        ("<p>10<sup>6</sup> and H<sub>2</sub>O</p>", "10<sup>6</sup> and H<sub>2</sub>O"),
        ("<p><q>so</q> &lt;b&gt; caf&eacute; &#8211; &#xe9;</p>", "“so” &lt;b> café – é"),
        ("<p><img src='a b.png' alt='Load'><img src='c/d%20e.png'></p>", "![Load](a%20b.png)![d e.png](c/d%20e.png)"),
        ("<p><a href='x'><img src=a.png alt=A></a></p>", "[![A](a.png)](x)"),
        ("<a href='x'><p>a</p><p>b</p></a>", "[a](x)\n\n[b](x)"),
        (
            "<table><tr><td>a<td><a href='x'><p>b</p><ul><li>c</ul></a></table>",
            "|  |  |\n|---|---|\n| a | [b](x)<br>- [c](x) |",
        ),
        ("<p><a href='javascript:a()'>a</a> <a>b</a></p>", "a b"),
        ("<iframe src='https://a.b/c'></iframe>", "<https://a.b/c>"),
        ("<p>a <noscript>b</noscript><template>c</template>d", "a d"),
        ("<textarea><b>a</b></textarea>", "&lt;b>a&lt;/b>"),
        ("a < b and 3<4", "a < b and 3<4"),
        ("<p>unclosed <b>bold <p>next", "unclosed **bold**\n\nnext"),
        ("", ""),
    ],
)
def test_elements_become_the_markdown_that_shows_them(html: str, text: str) -> None:
    assert made(html) == text


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<table><thead><tr><td>a<td>b<tbody><tr><td>c<td>d</table>", ["| a | b |", "|---|---|", "| c | d |"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["|  |  |", "|---|---|", "| a | b |", "| c |  |"]),
        ("<table><caption>T</caption><tr><th>a<th>b</table>", ["T", "", "| a | b |", "|---|---|"]),
        ("<table><tr><th colspan=2>a<th>b</table>", ["| a |  | b |", "|---|---|---|"]),
        (
            "<table><tr><th>a<th>b<tr><td rowspan=2>c<td>d<tr><td>e</table>",
            ["| a | b |", "|---|---|", "| c | d |", "|  | e |"],
        ),
        ("<table><tr><td><h2>a</h2><td>b</table>", ["## a", "", "b"]),
        ("<table><tr><td>a</table>", ["a"]),
        ("<table><tr><th>a<th>b<tr><td> <td></table>", ["| a | b |", "|---|---|"]),
        (
            "<table><tr><th>a<th>b<tr><td><ol><li>c<li>d</ol><td><pre>e\nf|g</pre></table>",
            ["| a | b |", "|---|---|", "| 1. c<br>2. d | `e`<br><code>f&#124;g</code> |"],
        ),
    ],
)
def test_tables_keep_their_cells(html: str, lines: list[str]) -> None:
    assert made(html).split("\n") == lines


def test_links_within_the_page_lead_to_the_headings_as_the_site_names_them() -> None:
    html = "<a href='#sec1'>a</a> <a href='#other'>b</a><h2 id='sec1'>Root cause</h2><h2><a name='o'></a>B</h2>"
    assert made(html).startswith("[a](#root-cause) [b](#other)")
