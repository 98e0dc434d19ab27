"""Postmortems that try everything. Their content sets ``window.pwned`` or calls another host if it gets the chance."""

from __future__ import annotations

from tests.site import FOLDER, incident

PAGES = ("incidents/2026/2026-07-01-hostile-html", "incidents/2026/2026-07-02-extensions")

_TITLE = (
    r'"</title><script>window.pwned=1</script><img src=x onerror=window.pwned=2>{{ 7*7 }}\" onclick=\"window.pwned=3"'
)
_SUMMARY = r'"\"><script>window.pwned=4</script><svg onload=window.pwned=5> http-equiv=refresh"'

_HTML = """
## Raw HTML {onclick="window.pwned=10" onmouseover="window.pwned=10" style="position:fixed" data-toc-label="<img src=x onerror=window.pwned=11>"}

<script>window.pwned=12</script>
<script src="https://evil.example/x.js"></script>
<img src=x onerror="window.pwned=13">
<svg onload="window.pwned=14"><animate onbegin="window.pwned=15" attributeName=x dur=1s></animate><a xlink:href="javascript:window.pwned=16"><text>x</text></a></svg>
<iframe src="javascript:window.pwned=17" srcdoc="<script>parent.pwned=18</script>"></iframe>
<object data="data:text/html,<script>window.pwned=19</script>"></object>
<embed src="https://evil.example/x.swf">
<base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/x.css">
<style>@import "https://evil.example/x.css"; body { background: url(https://evil.example/bg.png) }</style>
<form action="https://evil.example/"><input type="image" src="https://evil.example/i.png" name="q"><button formaction="javascript:window.pwned=20">go</button></form>
<math><mtext><table><mglyph><style><img src=x onerror="window.pwned=21"></style></mglyph></table></mtext></math>
<video src="https://evil.example/v.mp4" autoplay onloadstart="window.pwned=22"></video>
<details open ontoggle="window.pwned=23"><summary>s</summary>d</details>
<a href="https://evil.example/" ping="https://evil.example/ping" class="md-overlay aw-filter">overlay</a>
<p id="__config">{"base":"https://evil.example","search":"https://evil.example/worker.js","features":[],"translations":{}}</p>
<noscript><p title="</noscript><img src=x onerror=window.pwned=24>"></p></noscript>
<template><script>window.pwned=25</script></template>
<!--><script>window.pwned=26</script>-->

[a](javascript:window.pwned=30) [b](JaVaScRiPt:window.pwned=31) [c](data:text/html;base64,PHNjcmlwdD4=) [d](vbscript:x)
[e](https://example.org/){onclick="window.pwned=32"} [f](&#106;avascript:window.pwned=33) <javascript:window.pwned=34>

![a pixel](https://evil.example/pixel.png) ![data](data:image/svg+xml,<svg onload=window.pwned=35>) ![x](//evil.example/y.png)

*[HTML]: "><script>window.pwned=36</script>

HTML `<script>window.pwned=37</script>`

### </h3><script>window.pwned=38</script> { #x"onclick="window.pwned=39 }

| a {onclick="window.pwned=40"} | b |
| --- | --- |
| <img src=x onerror=window.pwned=41> | [x](javascript:window.pwned=42) |

</article></div></main><script>window.pwned=43</script><article class="md-content__inner">
{{ config.site_name }}{% raw %}
"""

_FRONT = r"""impact: {users: 1, business: "<script>window.pwned=50</script>"}
contributing_factors: ["<img src=x onerror=window.pwned=51>"]
links:
  - {title: "<b onclick=window.pwned=52>x</b>", url: "https://example.org/?'onclick='window.pwned=53"}
  - {title: "</a><script>window.pwned=54</script>", url: "https://example.org/"}
updates: [{on: 2026-07-03, note: "<script>window.pwned=55</script>"}]
people: {author: "<script>window.pwned=56</script>", incident_commander: "\" onclick=\"x", reviewers: ["<svg/onload=window.pwned=57>"]}
tags: ["<script>window.pwned=58</script>", "\"><img src=x onerror=window.pwned=59>"]"""

_EXTENSIONS = """
## Extensions

=== "First"

    One.

=== "Second"

    Two.

- [x] done
- [ ] not done

| left | right |
| --- | ---: |
| 1 | 2 |

A footnote[^1]. Press ++ctrl+alt+del++.

[^1]: Its text.

!!! note "A note"

    Text.

``` python
def main(): ...
```
"""


def _hostile() -> str:
    text = incident("TITLE", "2026-07-01")
    text = text.replace("title: TITLE", f"title: {_TITLE}")
    text = text.replace("summary: The pool was exhausted for half an hour.", f"summary: {_SUMMARY}")
    for line in text.splitlines():
        if line.startswith(("impact:", "contributing_factors:", "people:")):
            text = text.replace(line + "\n", "")
    text = text.replace("tags: [postgres]", _FRONT)
    text = text.replace("Alert when the pool is over 80 % for 5 minutes", '"</td><script>window.pwned=60</script>"')
    owner = r'''owner: "<script>window.pwned=61</script>", tracker: "https://example.org/?'onclick='window.pwned=62"'''
    return text.replace('owner: "@team-payments"', owner) + _HTML


FILES = {
    f"{FOLDER}2026-07-01-hostile-html.md": _hostile(),
    f"{FOLDER}2026-07-02-extensions.md": incident("Extensions", "2026-07-02") + _EXTENSIONS,
}
