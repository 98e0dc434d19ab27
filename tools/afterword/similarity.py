"""Similarity: which short texts are about the same, judged by the words that are rare among them all.

The measure is the cosine of two bags of words. A word weighs the logarithm of its inverse frequency (Spärck Jones,
“A statistical interpretation of term specificity and its application in retrieval”, 1972); those of the title count
double. A text is compared with the earlier ones that share a rare word with it, so the cost does not grow with the
square of their number.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from math import fsum, log, sqrt

MAX_WORDS = 60
"""So many words of a text are looked at: one sentence, or the first of a longer story."""

_TELLING = 8
"""So many words, those that weigh most, bring a text together with others."""

_MANY = 32
"""So many texts, the latest, are looked at for one word."""

_CLOSE = 8
"""So many of those that share the most of such words are measured."""

_TITLE = 2.0

_UNSEEN = 20
"""So many texts without any of the words are thought to exist beside: in a small library each word seems common."""

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_COMMON = frozenset(
    # in English, Portuguese and Vietnamese
    _WORD.findall(
        """
        about after again all also an and any are as at be because been before being but by can could did do does
        during each every few for from had has have he how if in into is it its last less long me more most much my no
        not now of off on only or other our out over own same she should so some than that the their them then there
        these they this those to too two under until up us very was we were what when where which while who why will
        with would you your minute minutes hour hours second seconds
        ainda ante antes ao aos após as até com como da das de do dos durante ela ele eles em entre era essa esse esta
        este foi foram mais mas muito na não nas nos os ou para pela pelo pelos pelas por que quando se sem ser seu sua
        são sobre também tem um uma umas uns minuto minutos hora horas
        bị các cho chỉ có của còn cũng đã đang đến được khi không là làm một này ngày như những ra sau sẽ tại thì trên
        trong từ và vào về vì với phút giờ
        """
    )
)


def words(text: str, *, numbers: bool = False) -> frozenset[str]:
    """The words of a text without case, plural “s” and the most common ones; numbers only when asked for."""
    folded = unicodedata.normalize("NFKC", text[: MAX_WORDS * 20]).casefold()
    found = list(_WORD.findall(folded))[:MAX_WORDS]
    return frozenset(_stem(word) for word in found if (numbers or not word.isdigit()) and word not in _COMMON)


def spelled(text: str, shared: Iterable[str]) -> tuple[str, ...]:
    """``shared`` words as a text first writes them, in their order."""
    forms: dict[str, str] = {}
    for word in _WORD.findall(unicodedata.normalize("NFKC", text[: MAX_WORDS * 40])):
        forms.setdefault(_stem(word.casefold()), word)
    return tuple(forms.get(word, word) for word in shared)


def _stem(word: str) -> str:
    plural = len(word) > 4 and word.isascii() and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


@dataclass(frozen=True, slots=True)
class Text:
    """One text. Only texts that share a ``bucket`` and differ in ``kin`` are compared, the later with the earlier.

    ``order`` is the place in time; ``key`` names it, and decides between two of one time. ``other`` holds the words
    that are not in the ``title``; no word stands twice.
    """

    key: str
    order: int
    kin: str
    buckets: tuple[str, ...]
    title: tuple[str, ...]
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier text that is most like another: its key, the cosine (0 to 1), the words of both by their weight."""

    key: str
    score: float
    shared: tuple[str, ...]


class Index:
    """Texts, ready to be asked for the nearest earlier one of each."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._texts = tuple(sorted(texts, key=lambda text: (text.order, text.key)))
        self._places = {text.key: place for place, text in enumerate(self._texts)}
        self._vectors: dict[int, tuple[dict[str, float], float]] = {}
        self._held: dict[str, dict[str, list[int]]] = {}
        self._told: dict[int, list[str]] = {}

    @cached_property
    def _weights(self) -> dict[str, float]:
        count: Counter[str] = Counter()
        for text in self._texts:
            count.update(text.title)
            count.update(text.other)
        total = len(self._texts) + _UNSEEN
        return {word: log(1 + total / number) for word, number in count.items() if number > 1}

    @cached_property
    def _members(self) -> dict[str, list[int]]:
        """The places of the texts of a bucket, the earliest first."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for bucket in text.buckets:
                found[bucket].append(place)
        return dict(found)

    def _holders(self, bucket: str) -> dict[str, list[int]]:
        """The places of the texts of a bucket to which a word is telling, the earliest first."""
        found = self._held.get(bucket)
        if found is None:
            holders: defaultdict[str, list[int]] = defaultdict(list)
            for place in self._members[bucket]:
                for word in self._telling(place):
                    holders[word].append(place)
            found = self._held[bucket] = dict(holders)
        return found

    def _telling(self, place: int) -> list[str]:
        """The words of a text that weigh most among those that others have too."""
        found = self._told.get(place)
        if found is None:
            text, weights = self._texts[place], self._weights
            known = [(-_TITLE * weights[word], word) for word in text.title if word in weights]
            known += [(-weights[word], word) for word in text.other if word in weights]
            known.sort()
            found = self._told[place] = [word for _, word in known[:_TELLING]]
        return found

    def _vector(self, place: int) -> tuple[dict[str, float], float]:
        """The weights of a text's words, those that nobody else has left out, and the length with them."""
        found = self._vectors.get(place)
        if found is None:
            text, weights, alone = self._texts[place], self._weights, log(1 + len(self._texts) + _UNSEEN)
            vector = {word: weights.get(word, alone) for word in text.other}
            vector.update((word, weights.get(word, alone) * _TITLE) for word in text.title)
            # an exact sum: that of floats would depend on the order of a set
            found = self._vectors[place] = (vector, sqrt(fsum(value * value for value in vector.values())))
        return found

    def nearest(self, key: str, least: float) -> Match | None:
        """The earlier text most like ``key``'s, if the cosine is ``least`` (above 0) or more."""
        place = self._places.get(key)
        if place is None:
            return None
        found = [(score, other) for other in self._candidates(place) if (score := self._score(place, other)) >= least]
        if not found:
            return None
        score, other = max(found)
        own, theirs = self._vector(place)[0], self._vector(other)[0]
        shared = sorted(own.keys() & theirs.keys(), key=lambda word: (-own[word] * theirs[word], word))
        return Match(self._texts[other].key, score, tuple(shared))

    def _candidates(self, place: int) -> list[int]:
        """The places of the earlier texts that share the most telling words, two at least unless it has but one."""
        text, telling = self._texts[place], self._telling(place)
        shares: defaultdict[int, int] = defaultdict(int)
        for bucket in text.buckets:
            holders = self._holders(bucket)
            for word in telling:
                held = holders.get(word, ())
                end = bisect_left(held, place)
                for other in held[max(0, end - _MANY) : end]:
                    shares[other] += 1
        needed = min(2, len(telling))
        kin = text.kin
        best = [
            (-count, -other) for other, count in shares.items() if count >= needed and self._texts[other].kin != kin
        ]
        return [-other for _, other in nsmallest(_CLOSE, best)]

    def _score(self, place: int, other: int) -> float:
        own, length = self._vector(place)
        theirs, width = self._vector(other)
        return fsum(own[word] * theirs[word] for word in own.keys() & theirs.keys()) / (length * width)
