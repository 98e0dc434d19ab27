"""What is found in prose and what is left alone, where exactly, and in how much time."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.language import LANGUAGES, Category, find, find_all
from afterword.language.tokens import Tokens, key_of, vocabulary

FOUND = [
    ("The on-call engineer forgot to renew the certificate.", "on-call engineer forgot", Category.BLAME),
    ("The database team failed to communicate the change.", "team failed to communicate", Category.BLAME),
    ("It was a careless mistake.", "careless mistake", Category.BLAME),
    ("We simply forgot the second region.", "We simply forgot", Category.BLAME),
    ("The operator should have known the limit.", "operator should have known", Category.COUNTERFACTUAL),
    ("Root cause: human error.", "human error", Category.HUMAN_ERROR),
    ("The outage was due to a user error.", "due to a user error", Category.HUMAN_ERROR),
    ("The outage was caused by operator error.", "operator error", Category.HUMAN_ERROR),
    ("Its operators did not follow it.", "operators did not follow", Category.BLAME),
    ("We shouldn’t have deployed on a Friday.", "We shouldn’t have deployed", Category.COUNTERFACTUAL),
    ("If only we had asked.", "If only we had", Category.COUNTERFACTUAL),
    ("Had we tested it, nothing would show.", "Had we tested", Category.COUNTERFACTUAL),
    ("The rollback shouldn't have been rushed.", "shouldn't have been rushed", Category.COUNTERFACTUAL),
    ("Alice Smith forgot the flag.", "Alice Smith forgot", Category.NAMED),
    ("It was Bob's mistake.", "Bob's mistake", Category.NAMED),
    ("The outage was caused by @alice.", "caused by @alice", Category.NAMED),
    ("In hindsight, it was clear.", "In hindsight, it was", Category.HINDSIGHT),
    ("We must be more careful.", "be more careful", Category.CARE),
    ("O operador esqueceu de renovar o certificado.", "operador esqueceu", Category.BLAME),
    ("O time de pagamentos esqueceu de avisar.", "time de pagamentos esqueceu", Category.BLAME),
    ("Houve falha humana na configuração.", "falha humana", Category.HUMAN_ERROR),
    ("O incidente poderia ter sido evitado.", "poderia ter sido evitado", Category.COUNTERFACTUAL),
    ("João apagou por engano a tabela.", "João apagou por engano", Category.NAMED),
    ("Como era óbvio, o disco encheu.", "Como era óbvio", Category.HINDSIGHT),
    ("Precisamos prestar mais atenção.", "prestar mais atenção", Category.CARE),
    ("Kỹ sư trực quên gia hạn chứng chỉ.", "Kỹ sư trực quên", Category.BLAME),
    ("Do bất cẩn, khóa đã bị công khai.", "Do bất cẩn", Category.BLAME),
    ("Nguyên nhân là do lỗi con người.", "lỗi con người", Category.HUMAN_ERROR),
    ("Lẽ ra phải kiểm tra trước.", "Lẽ ra phải kiểm tra", Category.COUNTERFACTUAL),
    ("Anh Minh quên chạy lệnh.", "Anh Minh quên", Category.NAMED),
    ("Ai cũng biết ổ đĩa sẽ đầy.", "Ai cũng biết", Category.HINDSIGHT),
    ("Chúng ta cần cẩn thận hơn.", "cần cẩn thận hơn", Category.CARE),
]

LEFT_ALONE = [
    "Customers should have seen a banner.",
    "The retry could have doubled the load.",
    "Requests that failed to follow redirects piled up.",
    "The system failed, and the controller forgot its lease.",
    "The Strimzi operator failed to check the version.",
    "The Kubernetes operator did not verify the signature.",
    "The session manager did not verify the token, and the OCSP responder failed to validate it.",
    "Nobody on the team could have known.",
    "Lỗi do quản lý bộ nhớ, lỗi của nhóm consumer, lỗi của dev server.",
    "Human error is never a root cause.",
    "The cause was not human error: the command took any argument.",
    "Checks reduce human error.",
    "The human error rate of the form is 2 %.",
    "It could have been worse.",
    "We could have lost all orders.",
    "Nothing could have prevented the cut of the cable.",
    "Users should have been redirected to the new page.",
    "Nobody forgot anything.",
    "Someone could have used the leaked token, and people might have seen the page.",
    "Whether somebody forgot the flag cannot be known.",
    "If an engineer forgot the flag, the tool would ask.",
    "We should have enough capacity for twice the load.",
    "We should have a talk about limits.",
    "The alert should have fired at 09:12.",
    "Alice joined the call and rolled back.",
    "Jenkins failed to check the signature.",
    "Will forgot is no name here.",
    "The engineer. Forgot no flag.",
    "O operador do Kubernetes não verificou a versão.",
    "O sistema não verificou a assinatura.",
    "O alerta deveria ter disparado às 10:00.",
    "Nada poderia ter evitado a queda.",
    "Não foi erro humano.",
    "Cảnh báo đáng lẽ phải kêu lúc 10:00.",
    "Hệ thống không tuân thủ quy trình khởi động.",
    "Đây không phải là lỗi con người.",
    "",
]


@pytest.mark.parametrize(("text", "phrase", "category"), FOUND)
def test_a_phrase_is_found_with_its_exact_place(text: str, phrase: str, category: Category) -> None:
    assert [(text[hit.start : hit.end], hit.category) for hit in find(text)] == [(phrase, category)]


@pytest.mark.parametrize(("text", "phrase", "category"), FOUND)
def test_decomposed_text_is_found_as_composed_text_is(text: str, phrase: str, category: Category) -> None:
    apart = unicodedata.normalize("NFD", text)
    hits = [(unicodedata.normalize("NFC", apart[hit.start : hit.end]), hit.category) for hit in find(apart)]
    assert hits == [(phrase, category)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_a_reviewer_lets_stand_is_left_alone(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in find(text)] == []


def test_case_and_line_ends_do_not_matter() -> None:
    text = "THE ENGINEER\nFORGOT, and the operator\n  should have\nknown."
    assert [text[hit.start : hit.end] for hit in find(text)] == ["ENGINEER\nFORGOT", "operator\n  should have\nknown"]


def test_emphasis_does_not_hide_a_phrase() -> None:
    assert len(find("The engineer *forgot* it, and __human__ error.")) == 2


def test_what_was_blanked_out_between_two_words_keeps_them_apart() -> None:
    assert find("The engineer           forgot, says nobody.") == ()


def test_hits_stand_from_left_to_right_and_apart() -> None:
    text = "In hindsight we should have tested; human error; the engineer forgot."
    hits = find(text)
    assert [hit.category for hit in hits] == ["hindsight", "human-error", "blame"]
    assert all(one.end <= other.start for one, other in pairwise(hits))


def test_several_texts_are_numbered() -> None:
    found = find_all(("Nothing.", "Human error.", "The engineer forgot."))
    assert [(number, hit.category) for number, hit in found] == [(1, "human-error"), (2, "blame")]


WORDS = st.sampled_from(sorted({word for _, text, _ in FOUND for word in text.split()} | {"the", "if", ".", "@", "’"}))
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=30).map(" ".join))


@given(TEXTS)
def test_any_text_gives_places_within_it_and_twice_the_same(text: str) -> None:
    hits = find(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert find(text) == hits


@given(TEXTS)
def test_a_phrase_found_is_found_again_by_itself(text: str) -> None:
    for hit in find(text):
        phrase = text[hit.start : hit.end]
        assert any(again.start == 0 and again.end == len(phrase) for again in find(phrase))


@given(st.text())
def test_tokens_cover_words_in_order_and_know_their_places(text: str) -> None:
    row = Tokens(text)
    places = [(row.start(at), row.end(at)) for at in range(len(row.keys))]
    assert places == sorted(places)
    assert [key_of(text[start:end]) for start, end in places if text[start:end].strip()] == [
        key for key, (start, end) in zip(row.keys, places, strict=True) if text[start:end].strip()
    ]


def test_the_words_of_a_text_are_known_with_and_without_accents() -> None:
    assert vocabulary("Didn't the on-call SRE?") == {"didn", "t", "the", "on", "call", "sre"}
    assert vocabulary(unicodedata.normalize("NFD", "Lỗi óbvio…")) == {"lỗi", "óbvio"}


HOSTILE = [
    "we could have ",
    "engineer forgot ",
    "should have been ",
    "had we simply ",
    "@",
    "a'",
    "’",
    "-" * 10 + "a",
    "e\u0301",
    "    ",
    "lẽ ra chúng ta ",
    "se {quem} tivesse ",
    "Alice Smith ",
    "human error is ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * (times // len(piece))
        start = time.process_time()
        find(text)
        return time.process_time() - start

    short = min(seconds(20_000) for _ in range(3))
    assert seconds(200_000) < 40 * short + 0.2


def test_all_languages_are_there() -> None:
    assert [words.tag for words in LANGUAGES] == ["en", "pt", "vi"]
