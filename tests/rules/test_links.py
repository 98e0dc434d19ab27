"""AW8: links, anchors and images."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword import checking
from afterword.findings import Finding
from afterword.links.outcome import Outcome, State
from tests.confidentiality.samples import secrets
from tests.rules.whole import AS_OF, FOLDER, PATH, SETTINGS, findings, judge, page, said

OTHER = "2025/2025-11-02-pool-exhausted.md"


def beside(tmp_path: Path, target: str, text: str = "## The pool, again\n") -> list[Finding]:
    """What is found of a link to another page on the disk."""
    files = {
        PATH: page(piece=f"## Notes\n\nSee [it]({target}).\n"),
        OTHER: page("title: Pool exhausted\nstarted: 2025-11-02T09:00:00Z", piece=text),
    }
    for name, content in files.items():
        (tmp_path / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / FOLDER / name).write_text(content, encoding="utf-8")
    guide = tmp_path / "postmortems/guide/process.md"
    guide.parent.mkdir(parents=True)
    guide.write_text("# The process\n", encoding="utf-8")
    library = checking.load(tmp_path, SETTINGS, use_cache=False, workers=1)
    return [item for item in checking.check(library, AS_OF).findings if item.code.startswith(("AW8", "AW604"))]


@pytest.mark.parametrize(
    "target",
    [
        "../2025/2025-11-02-pool-exhausted.md#the-pool-again",
        "../2025/2025-11-02-pool-exhausted/#the-pool-again",
        "../2025/2025-11-02-pool-exhausted.md#action-a1",
        "../../guide/process.md#the-process",
        "../../guide/rules/AW801.md#anything",
        "../../incidents/index.md#anything",
        "../../incidents/#anything",
    ],
)
def test_a_heading_of_another_page_is_known(tmp_path: Path, target: str) -> None:
    assert beside(tmp_path, target) == []


@pytest.mark.parametrize(
    ("target", "message", "hint"),
    [
        (
            "../2025/2025-11-02-pool-exhausted.md#pool-again",
            "there is no heading `#pool-again` in ../2025/2025-11-02-pool-exhausted.md",
            "Did you mean `#the-pool-again`?",
        ),
        (
            "../2025/2025-11-02-pool-exhausted/#pool-again",
            "there is no heading `#pool-again` in ../2025/2025-11-02-pool-exhausted/",
            "Did you mean `#the-pool-again`?",
        ),
        (
            "../../guide/process.md#nothing-like-it",
            "there is no heading `#nothing-like-it` in ../../guide/process.md",
            "An id is made of a heading's words: `## Root cause` is `#root-cause`.",
        ),
    ],
)
def test_a_heading_that_another_page_has_not_is_found(tmp_path: Path, target: str, message: str, hint: str) -> None:
    assert [(item.code, item.message, item.hint) for item in beside(tmp_path, target)] == [("AW801", message, hint)]


@pytest.mark.parametrize(
    ("outcome", "level", "message", "hint"),
    [
        (Outcome(State.GONE, "it answers 404"), "warning", "{} leads nowhere: it answers 404",
         "A copy may be at https://web.archive.org/web/20260309/{}: link to that, or to where it went."),
        (Outcome(State.MOVED, "https://b.example/new"), "hint", "{} has moved for good", "Link to https://b.example/new."),
        (Outcome(State.UNTOLD, "nobody answers"), "hint",
         "whether {} still leads somewhere cannot be told: nobody answers", "Open it in a browser."),
        (Outcome(State.THERE), "", "", ""),
    ],
)  # fmt: skip
def test_what_became_of_an_address_is_told_with_what_to_do(
    outcome: Outcome, level: str, message: str, hint: str
) -> None:
    url = "https://a.example/" + "report/" * 20
    text = page(piece=f"## Notes\n\nSee <{url}>.\n")
    found = [item for item in judge({PATH: text}, outcomes={url: outcome}).findings if item.code == "AW803"]
    told = [(str(item.level), item.message, item.hint) for item in found]
    assert told == ([(level, message.format(url), hint.format(url))] if level else [])
    for item in found:
        assert text.split("\n")[item.span.line - 1][item.span.column - 1 :].startswith(("<https", "https"))


def test_a_very_long_address_is_told_in_short() -> None:
    url = "https://a.example/" + "x" * 400
    for outcome in (Outcome(State.UNTOLD, "nobody answers"), Outcome(State.MOVED, f"{url}y")):
        report = judge({PATH: page(piece=f"## Notes\n\nSee <{url}>.\n")}, outcomes={url: outcome})
        (found,) = [item for item in report.findings if item.code == "AW803"]
        assert f"{url[:199]}… " in found.message
        if outcome.state is State.MOVED:
            assert found.hint == f"Link to {url[:199]}…."


def test_a_file_that_is_not_there_is_one_finding(tmp_path: Path) -> None:
    assert [item.code for item in beside(tmp_path, "../2025/none.md#x")] == ["AW604"]


def test_of_a_page_whose_link_leads_nowhere_no_anchor_is_looked_for(tmp_path: Path) -> None:
    found = beside(tmp_path, "../2025/2025-11-02-pool-exhausted#nowhere")
    assert [item.code for item in found] == ["AW604"]


def test_each_broken_anchor_is_told_once_those_of_the_page_and_those_of_others(tmp_path: Path) -> None:
    other = "../2025/2025-11-02-pool-exhausted.md"
    found = beside(tmp_path, f"#nowhere) [b](../../guide/rules/AW801.md#x) [c]({other}#pool-again")
    assert [item.message for item in found] == [
        "there is no heading `#nowhere` in this page",
        f"there is no heading `#pool-again` in {other}",
    ]


def test_a_heading_with_something_confidential_is_not_proposed(tmp_path: Path) -> None:
    secret = secrets()["github"][0]
    heading = f"## The pool of the checkout and of the orders, of {secret}, again\n"
    anchor = "the-pool-of-the-checkout-and-of-the-orders-of-x-again"
    (found,) = beside(tmp_path, f"../2025/2025-11-02-pool-exhausted.md#{anchor}", heading)
    assert found.hint == "An id is made of a heading's words: `## Root cause` is `#root-cause`."
    plain = heading.replace(secret, "Xy")
    (found,) = beside(tmp_path / "plain", f"../2025/2025-11-02-pool-exhausted.md#{anchor}", plain)
    assert found.hint == f"Did you mean `#{anchor.replace('-x-', '-xy-')}`?"


def test_for_the_first_twenty_broken_anchors_a_near_one_is_looked_for(tmp_path: Path) -> None:
    def near(found: list[Finding]) -> int:
        return sum("Did you mean" in (item.hint or "") for item in found)

    piece = "".join(f"### heading{at}\n\n[a](#heading{at}x)\n\n" for at in range(22))
    assert near(findings(piece=f"## Notes\n\n{piece}")) == 20
    other = "../2025/2025-11-02-pool-exhausted.md"
    links = ") ".join(f"[a]({other}#the-pool-agai{sign}" for sign in "abcdefghijklmopqrstuvw")
    found = beside(tmp_path, f"{other}#the-pool-again) {links}")
    assert len(found) == 22
    assert near(found) == 19  # the one that is there is looked at too


def test_only_accents_capitals_and_hyphens_are_a_hint() -> None:
    assert said(findings(piece="## Notes\n\n[a](#Timeline) and [b](#tim-line)\n")) == [
        ("AW801", "hint"), ("AW801", "warning"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["image", "Screenshot", "a screenshot", "IMG_1234", "Figure 3", "pool.png", "Screen shot 2026-03-04 at 09.12.33",
     "captura de tela", "ảnh chụp màn hình", "img-2026-03-04_final"],
)  # fmt: skip
def test_a_word_for_any_image_is_a_hint(text: str) -> None:
    assert said(findings(piece=f"## Notes\n\n![{text}](https://example.org/1.png)\n")) == [("AW802", "hint")]


@pytest.mark.parametrize(
    "text",
    ["Graph of the pool's use", "Dashboard of checkout", "Error rate", "image of the rack at 09:12", "Chart: pool"],
)
def test_a_text_that_says_something_is_left_alone(text: str) -> None:
    assert findings(piece=f"## Notes\n\n![{text}](https://example.org/1.png)\n") == []


@pytest.mark.parametrize(
    "piece",
    ["[![](https://example.org/1.png)](https://example.org)", "| a | ![ ][x] |\n| - | - |\n\n[x]: https://a.example"],
)
def test_an_image_without_a_text_is_found_wherever_it_stands(piece: str) -> None:
    assert said(findings(piece=f"## Notes\n\n{piece}\n")) == [("AW802", "warning")]


@pytest.mark.parametrize(
    ("piece", "hints"),
    [
        ("[a][INC-1]", []),
        ("[INC-1][inc-1]", ["Add a line `[inc-1]: https://…`."]),
        ("[a][pol]\n\n[pool]: https://example.org", ["Did you mean `[pool]`?"]),
        ("[a][2]\n\n[1]: https://example.org", ["Add a line `[2]: https://…`."]),
        ("`[x][x]` and rows[x][x] and [x][x][x] and ![x][x]", []),
        ("[x][X]\n\n> [x]: https://example.org", []),
        ("[x][]", []),
        ("[the  Pool][The pool]\n", ["Add a line `[The pool]: https://…`."]),
        ("[1][a]\n\n[2]: https://example.org", []),
        ("[a][2]\n\n[pool]: https://example.org", []),
        ("[a][abcde]\n\n[abcxy]: https://example.org", []),
        ("[a][b] and [x][x]", ["Add a line `[x]: https://…`."]),
        ("[x][x] " * 30, ["Add a line `[x]: https://…`."] * 20),
    ],
)
def test_only_a_reference_that_is_surely_meant_is_found(piece: str, hints: list[str]) -> None:
    found = [item.hint for item in findings(piece=f"## Notes\n\n{piece}\n") if item.code == "AW804"]
    assert found == hints


def test_brackets_in_the_front_matter_are_no_reference() -> None:
    assert "AW804" not in [item.code for item in findings('title: "Log of [x][x]"', "## Notes\n\nSee [a][b].\n")]


@pytest.mark.parametrize(
    "text",
    ["![" * 400_000, "![](" * 30_000, "[a][b]" * 100_000, "[a][" * 250_000, "[a]: b\n" * 10_000 + "[a][b] " * 10_000,
     "![screenshot " + "1" * 1_000_000, "![a](b)\n\n" * 3_000, "[" * 500_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_long_text_takes_time_in_proportion(text: str) -> None:
    findings(piece=f"## Notes\n\n{text}\n")


def test_many_broken_anchors_take_time_in_proportion() -> None:
    piece = "".join(f"### h{at}\n\n[a](#h{at}x)\n\n" for at in range(3_000))
    found = [item for item in findings(piece=f"## Notes\n\n{piece}") if item.code == "AW801"]
    assert found[-1].message == "of AW801 there are 2,800 more findings in this file, not listed here"
    assert 0 < sum(item.hint is not None and item.hint.startswith("Did you mean") for item in found) <= 20
