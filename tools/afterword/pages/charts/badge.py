"""Badge: the state of a budget as a small picture of its own, for a README or a dashboard."""

from __future__ import annotations

from html import escape

from afterword.budgets.budget import State

_COLOURS = {
    State.NORMAL: ("#1a6b3c", "#fff"),
    State.CAUTION: ("#e9c83a", "#241a00"),
    State.WARNING: ("#e08a2e", "#241200"),
    State.FREEZE: ("#b3202e", "#fff"),
    State.EXHAUSTED: ("#6e0f1c", "#fff"),
    State.UNCHECKED: ("#57606a", "#fff"),
}
"""Ground and text, each pair with a contrast above 4.5."""
_HEIGHT, _PAD, _SIZE = 20, 7, 11
_WIDE, _NARROW = frozenset("mwMW@%"), frozenset("iIjlft.,:;-'|! ()")


def badge(label: str, state: State, figure: str, marker: str) -> str:
    """The file's text. ``figure`` such as “45.2 %”, or empty; ``marker`` is a comment that says whose it is."""
    label = label if len(label) <= 60 else label[:59] + "…"
    value = f"{state.value} {figure}".strip()
    left, right = _width(label), _width(value)
    ground, ink = _COLOURS[state]
    title = escape(f"{label}: {value}")
    words = (
        (_text(left / 2, left - 2 * _PAD, escape(label), "#fff")),
        (_text(left + right / 2, right - 2 * _PAD, escape(value), ink)),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" role="img" '
        f'aria-label="{title}">\n<!-- {marker} -->\n<title>{title}</title>\n'
        f'<rect width="{left}" height="{_HEIGHT}" fill="#3b424c"/>\n'
        f'<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{ground}"/>\n'
        f'<g text-anchor="middle" font-family="Verdana, DejaVu Sans, sans-serif" font-size="{_SIZE}">\n'
        f"{''.join(words)}</g>\n</svg>\n"
    )


def _width(words: str) -> int:
    """Room for words, in pixels; the text is fitted into it, whatever the reader's font."""
    return round(sum(10 if char in _WIDE else 4.2 if char in _NARROW else 7.2 for char in words)) + 2 * _PAD


def _text(x: float, length: int, words: str, ink: str) -> str:
    return f'<text x="{x:g}" y="14" textLength="{length}" lengthAdjust="spacingAndGlyphs" fill="{ink}">{words}</text>\n'
