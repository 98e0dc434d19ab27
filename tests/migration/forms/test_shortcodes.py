"""What shortcodes of site generators say, in their place; and cState's reports, which are made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration.forms import read
from afterword.migration.forms.shortcodes import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('*Resolved* - Up. {{< track "2018-05-25 05:54:00" >}}', "*Resolved* - Up. 2018-05-25 05:54:00"),
        ('{{<track "2018-07-31T16:08:53.000Z">}}', "2018-07-31T16:08:53.000Z"),
        ("{{% track “2018-07-31 16:08” %}}", "2018-07-31 16:08"),
        ('[it]({{< ref "../other page.md" >}})', "[it](../other%20page.md)"),
        ('[it]({{< relref "down.md#cause" >}})', "[it](down.md#cause)"),
        ('{{< figure src="a b.png" alt="Load" caption="Load by hour" >}}', "![Load](a%20b.png) Load by hour"),
        ('{{< figure src="a.png" alt="[1]" link="b.html" >}}', "[![&#91;1&#93;](a.png)](b.html)"),
        ('{{< figure src="a.png" attr="Ana" attrlink="http://a.b/?c" >}}', "![](a.png) [Ana](http://a.b/?c)"),
        ("[it]({% post_url 2018-03-16-down %})", "[it](2018-03-16-down.md)"),
        ("![]({{ site.baseurl }}/images/x.png)", "![](/images/x.png)"),
    ],
)
def test_a_shortcode_becomes_what_it_says(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    "text",
    [
        '`{{< track "2018-05-25" >}}` is how it is written',
        '```\n{{< track "2018-05-25" >}}\n```',
        '~~~~ go\n{{< track "2018-05-25" >}}\n~~~\n{{< track "2018-05-25" >}}\n~~~~',
        '{% embed url="https://example.org/" %}',
        "{{ incident.name }} and {% if x %}y{% endif %} and <%= partial 'x' %>",
        "{{< track >}} {{< track",
        '{{< figure alt="Load" >}}',
        '{{< figure src="a.png" caption=`Load by hour` >}}',
    ],
)
def test_code_and_what_is_not_known_stay_word_for_word(text: str) -> None:
    assert spoken(text) == text


def test_what_only_opens_or_closes_goes_into_a_comment_and_its_title_stays() -> None:
    hint = '{% hint style="info" %}\nText.\n{% endhint %}\n'
    written = f'{hint}  {{{{< alert title="Note" color="x" >}}}}\n  More.\n  {{{{< /alert >}}}}'
    assert spoken(written).split("\n") == [
        '<!-- {% hint style="info" %} -->', "Text.", "<!-- {% endhint %} -->",
        '  **Note** <!-- {{< alert title="Note" color="x" >}} -->', "  More.", "  <!-- {{< /alert >}} -->",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["-->", "--!>", "<!--", "--", "->", ">"])
def test_a_shortcode_that_no_comment_can_hold_stays(sign: str) -> None:
    for code in (f'{{{{< alert color="a {sign} b" >}}}}', f'{{% hint style="{sign}" %}}'):
        made = spoken(f"Before.\n{code}\nAfter.\n")
        assert made in (f"Before.\n{code}\nAfter.\n", f"Before.\n<!-- {code} -->\nAfter.\n")
        assert (made.count("-->"), "--" in sign) in ((1, False), (code.count("-->"), True))


def test_after_a_fence_shortcodes_are_read_again() -> None:
    assert spoken('```\ncode\n```\n{{< track "2018-05-25" >}}') == "```\ncode\n```\n2018-05-25"


CSTATE = """\
---
title: Slow answers of the API
date: 2018-05-25 04:13:00
resolved: true
resolvedWhen: 2018-05-25 05:54:00
severity: disrupted
affected:
  - API
  - Web shop
section: issue
---

*Resolved* - All is well. {{< track "2018-05-25 05:54:00" >}}

*Investigating* - We look into it.
{{< track "2018-05-25 04:20:00" >}}
"""


def test_a_report_of_cstate_keeps_its_lines_and_says_its_times() -> None:
    page = read("content/issues/2018-05-25-slow.md", CSTATE.encode())
    assert (page.form, page.title) == ("cState", "Slow answers of the API")
    lines = page.text.split("\n")
    assert lines[1] == "*Resolved* - All is well. 2018-05-25 05:54:00"
    assert (lines[4], page.line(4)) == ("2018-05-25 04:20:00", 16)
    found = {field.key: field.value for field in page.fields if field.key != "affected"}
    assert found["resolvedWhen"] == "2018-05-25 05:54:00"
    assert [field.value for field in page.fields if field.key == "affected"] == ["API", "Web shop"]


def test_a_commented_out_end_is_no_field_and_stays() -> None:
    page = read("content/issues/a.md", CSTATE.replace("resolvedWhen:", "# resolvedWhen:").encode())
    assert "resolvedWhen" not in {field.key for field in page.fields}
    assert "# resolvedWhen: 2018-05-25 05:54:00" in page.front_left({field.line for field in page.fields})


_PIECE = st.sampled_from(
    ["{{< track ", '"2018"', " >}}", "{{%", "%}}", "{{< figure ", 'src="a"', "`", "```", "~~~", "\n", "word ", "("]
)


@given(st.lists(_PIECE, max_size=12).map("".join))
def test_lines_stay_where_they_are_and_no_word_beside_a_shortcode_is_lost(text: str) -> None:
    made = spoken(text)
    assert made.count("\n") == text.count("\n")
    assert made.count("word") == text.count("word")
    assert made.count("2018") == text.count("2018")
