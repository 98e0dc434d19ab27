"""Of whatever text a page is made: nothing of it acts on the site, and its words are those that others show."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from afterword import entities
from afterword.migration.body.defuse import defused
from afterword.migration.body.splice import splice
from afterword.pages.sanitize import sanitize
from afterword_mkdocs import fences, lists, standard
from tests.plugin.test_hostile import parsed

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "tables", "pymdownx.betterem", "pymdownx.details",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
MARK = re.compile(r"q\d+z")


@pytest.fixture(scope="module")
def converter() -> Markdown:
    made = Markdown(extensions=EXTENSIONS)
    lists.keep_numbers(made)
    standard.follow(made)
    return made


def on_site(converter: Markdown, text: str) -> str:
    return sanitize(converter.reset().convert(entities.bounded(lists.regular(fences.regular(text)))))


WILD = (
    "<script>", "</script>", "<img src=x onerror=x()>", "<a href=javascript:x()>", "</a>", "<svg onload=x()>",
    "<b ", "onclick=x ", "{: onclick=x }", "{onclick=x}", "[a](javascript:x)", "[a](data:text/html,x)",
    "<javascript:x>", "[r]: javascript:x\n", "[r]", "![a](//e.org/p)", "![a](jav&#x61;script:x)", "<!--", "-->",
    "<![CDATA[", "]]>", "<?", "?>", "&#x3c;script&#x3e;", "\\", "`", "``", "```\n", "~~~ x\n", "\n", "\n\n",
    "    ", "- ", "> ", "# ", "| ", "|-|\n", "<div>", "</div>", "<style>", "<iframe srcdoc='", "'>", '">',
    "*[x]: <b onclick=x>\n", "[^1]: ", "[^1]", '!!! a "<b>"\n', "\x02", "\x03", "wzxhzdk:0", "klzzwxh:0001",
    "a", "=", "*", "_", "~~", "==", "++ctrl+<b>++", "<math>", "<form action=x>",
)  # fmt: skip


@given(st.lists(st.sampled_from(WILD), max_size=20).map("".join))
def test_nothing_of_any_text_acts(converter: Markdown, text: str) -> None:
    found = parsed(on_site(converter, text))
    assert found.found == []
    assert found.scripts == []


INLINE = (
    "[{}](http://e.org)", "*{}*", "**{}**", "__{}__", "_{}_", "`{}`", "`` ` {} ``", "`{}``", "~~{}~~",
    "=={}=={{a}}", "^{}^", "[{}](nothing.md 'x')", "[{}][ref]", "[{}]", "[{}]:", "<{}.name>", "<a={}>",
    "\\<{}>", "<b onclick=x>{}</b>", "{{{}}}", "{{{{ {} }}}}", "{{a={}}}", "**b**{{{}}}", ":{}:", "${}$",
    "&{};", "*[{}]: a", "`#!py {}`", "`", "*", "_", "<", ">", "|", "{}@e.org", "#{}", "[error]: {}", "<br>{}",
    "{}", "{}", "{}", "a\n{}", "![{}](http://e.org/x.png)", "\\{{{}\\}}",
)  # fmt: skip


def some(choose: random.Random, count: int) -> str:
    """A line or two of such pieces, each word of which is another."""
    chosen = [choose.choice(INLINE) for _ in range(choose.randint(1, count))]
    return " ".join(piece.format(f"q{choose.randrange(10**6)}z") for piece in chosen)


def page(choose: random.Random) -> str:
    """A few blocks of such lines."""
    made = []
    for _ in range(choose.randint(1, 4)):
        text, kind = some(choose, 6), choose.randrange(9)
        flat = text.replace("\n", " ")
        made.append([
            text, f"- {flat}\n- {some(choose, 3)}", f"> {flat}", f"## {flat}", f"| a | b |\n| - | - |\n| {flat} | c |",
            f"```x y\n{text}\n```", f"1. {flat}\n   - {flat}",
            f"<details>\n<summary>s</summary>\n\n{text}\n\n</details>",
            f"```\n{text}\n`````",
        ][kind])  # fmt: skip
    return "\n\n".join(made)


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += MARK.findall(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # as it is called
        self.words += MARK.findall(dict(attrs).get("alt") or "")


def seen(html: str) -> set[str]:
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return set(reader.words)


@pytest.mark.parametrize("seed", range(300))
def test_the_words_of_a_foreign_text_are_on_the_site(converter: Markdown, seed: int) -> None:
    render = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render
    text = page(random.Random(seed))  # noqa: S311  # the same pages each time
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    kinds = ("fence", "code_block", "html_block")
    code = {line for token in tokens if token.map and token.type in kinds for line in range(*token.map)}
    made = splice(text, defused(text, code))
    assert seen(sanitize(render(text))) <= seen(on_site(converter, made))
