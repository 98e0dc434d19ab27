"""Similarity: what tells two texts apart or together, whatever their number and order."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from afterword.similarity import MAX_WORDS, Index, Match, Text, spelled, words
from tests.timed import seconds

POOL = "Payments waited while the connection pool was exhausted"


def text(key: str, title: str, other: str = "", *, bucket: str = "checkout", kin: str | None = None) -> Text:
    own = words(title)
    return Text(key, int(key), kin or key, (bucket,), tuple(sorted(own)), tuple(sorted(words(other) - own)))


def nearest(key: str, texts: list[Text], least: float = 0.3) -> Match | None:
    return Index(texts).nearest(key, least)


OTHERS = [
    text("3", "Search found nothing after the alias moved to an empty index"),
    text("4", "Prices lost their currency sign in a release"),
    text("5", "Mails were sent twice by the newsletter"),
]


def test_words_have_no_case_no_plural_and_are_not_the_common_ones() -> None:
    assert words("The Connections of THE pool") == {"connection", "pool"}
    assert words("status of the process") == {"status", "process"}
    assert words("over 80 % for 5 minutes", numbers=True) == {"80", "5"}
    assert words("") == frozenset()


def test_portuguese_and_vietnamese_words_count_too() -> None:
    assert words("A conexão com o banco de dados") == {"conexão", "banco", "dado"}
    assert words("Không kết nối được với cơ sở dữ liệu") == {"kết", "nối", "cơ", "sở", "dữ", "liệu"}


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert (
        len(words(" ".join("abcdefghij"[i % 10] + "bcdefghijk"[i // 10 % 10] * 2 for i in range(10_000)))) <= MAX_WORDS
    )
    assert seconds(lambda: words("a" * 5_000_000)) < 0.5


def test_the_nearest_earlier_text_is_found_with_the_words_of_both() -> None:
    found = nearest("6", [text("1", POOL), *OTHERS, text("6", "Checkout answered 503: connection pools exhausted")])
    assert found is not None
    assert (found.key, set(found.shared)) == ("1", {"connection", "pool", "exhausted"})
    assert 0.3 <= found.score <= 1
    assert spelled("Connection POOLS", ("pool", "connection")) == ("POOLS", "Connection")


def test_the_later_text_repeats_the_earlier_and_never_the_other_way_round() -> None:
    both = [text("1", POOL), *OTHERS, text("6", POOL)]
    assert nearest("1", both) is None
    assert nearest("6", both) is not None


def test_texts_of_one_kin_or_without_a_common_bucket_are_not_compared() -> None:
    assert nearest("6", [text("1", POOL, kin="a"), *OTHERS, text("6", POOL, kin="a")]) is None
    assert nearest("6", [text("1", POOL, bucket="orders"), *OTHERS, text("6", POOL)]) is None


def test_what_all_share_tells_nothing() -> None:
    crowd = [
        text(str(at), f"Checkout was slow because of {word}")
        for at, word in enumerate(
            ("retries", "a lock", "garbage", "a migration", "DNS", "the cache", "a certificate", "the queue")
        )
    ]
    assert nearest("7", crowd, 0.5) is None


def test_nobody_is_near_in_an_empty_index_or_to_an_unknown_key() -> None:
    assert nearest("1", []) is None
    assert nearest("1", [text("2", POOL)]) is None
    assert nearest("1", [text("1", "…")]) is None


@given(st.lists(st.text("abc ", max_size=20), max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_texts_come_does_not_matter(titles: list[str], chance: random.Random) -> None:
    texts = [text(str(at), f"{title} {title}x") for at, title in enumerate(titles)]
    shuffled = texts.copy()
    chance.shuffle(shuffled)
    one, other = Index(texts), Index(shuffled)
    assert [one.nearest(item.key, 0.1) for item in texts] == [other.nearest(item.key, 0.1) for item in texts]


def _compare(count: int) -> None:
    texts = [text(str(at), "the same few words in each of them " * 3) for at in range(count)]
    index = Index(texts)
    for item in texts:
        index.nearest(item.key, 0.3)


def test_the_cost_grows_with_the_number_and_not_with_its_square() -> None:
    assert seconds(lambda: _compare(4000)) < 10 * max(seconds(lambda: _compare(1000)), 0.02)
