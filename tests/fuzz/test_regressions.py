"""Files that once made the product fail, or take hours."""

from __future__ import annotations

import pytest

from tests.fuzz.shapes import page
from tests.fuzz.whole import everything

FILES = {
    "a postmortem without a heading": page("Payments failed.\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_judged(name: str) -> None:
    assert everything(FILES[name].encode())["markdown"]
