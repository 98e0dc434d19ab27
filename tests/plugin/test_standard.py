"""What other readers of Markdown show as text is text on the site."""

from __future__ import annotations

import re
import string

import pytest
from markdown import Markdown
from markdown_it import MarkdownIt

from afterword_mkdocs.standard import follow
from tests.timed import seconds


def on_site(text: str) -> str:
    converter = Markdown(extensions=["tables", "attr_list", "pymdownx.superfences"])
    follow(converter)
    return converter.convert(text)


def elsewhere(text: str) -> str:
    html: str = MarkdownIt("commonmark").enable("table").render(text)
    return html


def plain(html: str) -> str:
    """Without ids, and without blanks around tags."""
    bare = re.sub(r' id="[^"]*"', "", html).replace("&quot;", '"')
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", bare).strip()


@pytest.mark.parametrize(
    "text",
    [
        "we saw\n[note]: slow\n",
        'we saw\n[note]: slow "very"\nand more\n',
        "> we saw\n> [note]: slow\n",
        "[]: slow\n",
        "[note]:<slow\n",
        "[a] and [b]\n\n[a]: http://example.org/\n[b]: <http://example.org/b> 'c'\n",
        "# h\n[a]: http://example.org/\n[a]\n",
    ],
)
def test_only_definitions_define(text: str) -> None:
    assert plain(on_site(text)) == plain(elsewhere(text))


@pytest.mark.parametrize(
    "text",
    [
        "`abc``",
        "``abc`",
        "x `a`` y `b` z",
        "```a``",
        "\\``a`",
        "`` a ` b ``",
        "a ` b `` c ` d",
        "\\\\`a`",
        "`a\\` b`",
        "```a```",
    ],
)
def test_code_stands_between_as_many_ticks(text: str) -> None:
    converter = Markdown(extensions=["pymdownx.inlinehilite"])
    follow(converter)
    assert plain(converter.convert(text)) == plain(elsewhere(text))


@pytest.mark.parametrize("text", ["#123 is open\n", "#channel\n", "a\n\n##b\n", "# h\n", "#\n", "## h ##\n", "#\th\n"])
def test_a_heading_has_a_blank_behind_its_signs(text: str) -> None:
    assert plain(on_site(text)) == plain(elsewhere(text))


@pytest.mark.parametrize("sign", [sign for sign in string.punctuation if sign != "&"])
def test_a_backslash_before_a_sign_is_not_shown(sign: str) -> None:
    assert plain(on_site(f"a\\{sign}b")) == plain(elsewhere(f"a\\{sign}b"))


def test_an_element_behind_a_backslash_is_text() -> None:
    assert on_site(r"to \<host> and \<host.name\>") == "<p>to &lt;host&gt; and &lt;host.name&gt;</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<details>\n<summary>s</summary>\n\n- a\n- `<b>`\n\n</details>\n\nafter\n",
        "<details><summary>s</summary><p>\n\n**a**\n\n</p></details>\n",
        "<p>\n\n**a** b\n\n## c\n",
        "<p>a\n\n<p>b *c*\n\nd *e*\n",
        "<div>\n\na <b and *c*\n\n</div>\n\n*d*\n",
        "<div><div>\n\n*a*\n\n</div>\n\n*b*\n\n</div>\n\n*c*\n",
        "<blockquote>\n\n*b*\n\n> *c*\n\n</blockquote>\n",
        "</div>\n\n*b*\n",
        "<div>\n<p>*a*</p>\n</div>\n\n*b*\n",
    ],
)
def test_markdown_between_tags_is_markdown(text: str) -> None:
    assert plain(on_site(text)) == plain(elsewhere(text))


def test_code_in_a_fold_is_code() -> None:
    page = on_site("<details>\n<summary>s</summary>\n\n```\na <b> c\n```\n\n</details>\n")
    assert "a &lt;b&gt; c" in page
    assert page.index("<details>") < page.index("a &lt;b") < page.index("</details>")


def test_html_that_is_set_in_stays_html() -> None:
    page = on_site("<table>\n<tr>\n\n    <td>a</td>\n\n</tr>\n</table>\n\n*b*\n")
    assert "<td>a</td>" in page
    assert "<em>b</em>" in page


@pytest.mark.parametrize(
    "text",
    ["[a](b 'c')", "[a [b] c](d)", "[a](b(c)d)", "[a][b] [b]\n\n[b]: c", "[a](<b> \"c\")", "[" * 60 + "a](b)",
     "[" * 80 + "a" + "]" * 80, "[a](b", "[a", "a](b)", "[a]" * 60 + "(b)"],
)  # fmt: skip
def test_links_are_those_that_the_standard_has(text: str) -> None:
    assert plain(on_site(text)) == plain(elsewhere(text))


def test_nothing_is_lost_behind_what_is_no_link() -> None:
    assert on_site('[a]("b (c](d)_ e') == '<p>[a]("b (c](d)_ e</p>'


@pytest.mark.parametrize("text", ["[ ", "![ ", "it`s ", "[a](", "a[0][", '{"a": [1, {"b": "c"}], [', "[[a] "])
def test_signs_without_a_fellow_take_little_time(text: str) -> None:
    converter = Markdown(extensions=["tables", "pymdownx.inlinehilite"])
    follow(converter)
    assert seconds(lambda: converter.convert(text * (20_000 // len(text)))) < 3


@pytest.mark.parametrize("text", ["<p>\n\n", "<details>\n\na\n\n", "<div>\n\n</div>\n\n", "#a\n"])
def test_twice_the_text_takes_twice_the_time(text: str) -> None:
    assert seconds(lambda: on_site(text * 1200)) < 10 * seconds(lambda: on_site(text * 300)) + 0.1


def test_a_footnote_has_a_name() -> None:
    converter = Markdown(extensions=["footnotes"])
    follow(converter)
    assert converter.convert("[^]: a b") == "<p>[^]: a b</p>"
    assert "a [^1]" not in converter.convert("a [^1]\n\n[^1]: b")
