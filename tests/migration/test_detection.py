"""Who or what noticed, by the words at the place where a page says that somebody did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.migration import detection, milestones
from afterword.migration.facts import Told
from afterword.migration.reading import Reading
from tests.migration.test_milestones import reading, timeline

WORDS: dict[str, tuple[str, ...]] = {
    "alert": (
        "Alert fired for the error rate",
        "Automatic alarm received in the channel",
        "Issue detected as a result of alerts",
        "Alert for the queue is noticed by an engineer",
        "On-call was paged",
        "The team was alerted by monitoring",
        "Alerta de latência disparado",
        "Hệ thống giám sát gửi cảnh báo",
    ),
    "customer": (
        "Users report timeouts",
        "First report of the issue by a user",
        "Alerted by an end-user team that nothing loads",
        "A customer complained about missing orders",
        "Multiple customers contacted support",
        "Clientes relatam erros no pagamento",
        "Người dùng báo không đăng nhập được",
    ),
    "employee": (
        "An engineer noticed a growing queue",
        "Developer reports many redirects",
        "The problem was discovered by the on-call team",
        "We noticed that the disk was full",
        "Percebemos lentidão",
        "Kỹ sư phát hiện ổ đĩa đầy",
    ),
    "third-party": (
        "A researcher submitted a bug report",
        "The vendor informed us about the leak",
        "AWS sent an e-mail about an abuse complaint",
        "We were warned by our provider",
        "O fornecedor informou sobre o vazamento",
    ),
}


def noticed(page: Reading) -> Told:
    return detection.told(page, milestones.told(page))


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, texts in WORDS.items() for text in texts])
def test_words_tell_who_noticed(word: str, text: str) -> None:
    assert detection.of_text(text) == (word,)


@pytest.mark.parametrize(
    "text",
    [
        "Issue detected",
        "The infrastructure is being looked at",
        "Describe how the team noticed it",
        "Did an alert fire?",
        "Reported by a community member",
        "The dashboard was open",
    ],
)
def test_words_that_do_not_say_it_tell_nothing(text: str) -> None:
    assert detection.of_text(text) == ()


def test_the_row_of_the_detection_tells_it_with_its_line() -> None:
    told = noticed(reading(timeline("14:00 The API is down", "14:05 Users report errors", "14:09 Alert fired")))
    assert [(fact.key, fact.value, fact.line) for fact in told.facts] == [("detection", "customer", 10)]
    assert told.facts[0].how == "the row of the timeline “Users report errors”"


def test_a_name_goes_before_the_row() -> None:
    text = timeline("14:05 Users report errors")
    told = noticed(reading(f"# Report\n\n- Detected by: monitoring alert\n\n{text}"))
    assert [fact.value for fact in told.facts] == ["alert"]


def test_the_part_on_detection_tells_it_where_no_row_does() -> None:
    text = "# Report\n\n## Detection\n\n> Describe who noticed.\n\nA customer called us.\n"
    told = noticed(reading(text))
    assert [(fact.value, fact.line) for fact in told.facts] == [("customer", 7)]


def test_a_sentence_that_names_two_tells_neither() -> None:
    told = noticed(reading("# Report\n\n## Detection\n\nUsers reported errors and an alarm fired.\n"))
    assert not told.facts
    assert told.gaps[0].why.endswith("names customer and alert")


def test_a_page_that_does_not_say_it_tells_why() -> None:
    told = noticed(reading("# Report\n\nNothing else.\n"))
    assert [(gap.key, gap.why) for gap in told.gaps] == [("detection", "nothing says who or what noticed")]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert set(detection.of_text(text)) <= set(WORDS)
