"""The lists of words, one module for each language."""

from __future__ import annotations

from afterword.language.model import Words
from afterword.language.words.en import WORDS as ENGLISH
from afterword.language.words.pt import WORDS as PORTUGUESE
from afterword.language.words.vi import WORDS as VIETNAMESE

LANGUAGES: tuple[Words, ...] = (ENGLISH, PORTUGUESE, VIETNAMESE)
"""All lists, in the order in which a row that stands in two of them is kept."""
