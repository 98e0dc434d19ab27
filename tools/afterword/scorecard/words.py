"""Words by which a part is seen to speak of something, in English, Portuguese and Vietnamese, as data.

They tell that a subject is there, not that it is treated well. A miss costs the author a point, so each list is
generous: words, and beginnings of words with ``*``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LUCK = ("luck*", "fortun*", "by chance", "sorte", "por sorte", "may mắn", "may là")
WORKED = (
    "worked", "went well", "works", "well", "did what it is for", "did its job", "helped", "saved", "paid off",
    "within", "quick*", "fast", "held", "right", "funcion*", "deu certo", "bem", "ajud*", "tốt", "hiệu quả",
    "hoạt động",
)  # fmt: skip
FAILED = (
    "not", "no", "never", "nobody", "nothing", "without", "missing", "wrong", "poorly", "fail*", "late", "slow*",
    "didn't", "don't", "isn't", "wasn't", "too", "only", "não", "nunca", "sem", "falt*", "errad*", "falh*", "không",
    "chưa", "thiếu", "sai", "chậm",
)  # fmt: skip
VERIFIED = (
    "verif*", "confirm*", "check*", "tested", "test", "watched", "below", "within", "normal", "smoke", "measured",
    "valid*", "test*", "conferi*", "kiểm tra", "xác minh", "xác nhận", "bình thường",
)  # fmt: skip
CHANNELS = (
    "channel*", "status page", "statuspage", "e-mail*", "email*", "mail*", "slack", "teams", "chat", "phone*", "call",
    "called", "bridge", "page", "paged", "pager*", "banner", "ticket*", "blog", "newsletter", "meeting", "social media",
    "sms", "canal*", "página de status", "telefone", "ligação", "reunião", "kênh", "trang trạng thái", "điện thoại",
    "họp", "thư",
)  # fmt: skip
TOLD = (
    "inform*", "told", "tell*", "notif*", "announc*", "updat*", "wrote", "written", "sent", "posted", "publish*",
    "summary", "support", "customer*", "user*", "stakeholder*", "marketing", "management", "leadership", "team*",
    "avis*", "comunic*", "client*", "equipe*", "suporte", "thông báo", "khách hàng", "đội", "nhóm", "hỗ trợ",
)  # fmt: skip
OUTSIDE = (
    "customer*", "user*", "status page", "statuspage", "support", "public*", "merchant*", "partner*", "reader*",
    "shopper*", "client*", "usuári*", "página de status", "suporte", "khách hàng", "người dùng", "trang trạng thái",
    "hỗ trợ",
)  # fmt: skip
ENDED = (
    "closed", "close", "resolved", "recovered", "restored", "over", "ended", "end", "all clear", "fixed", "back",
    "summary", "result*", "postmortem", "report", "afterwards", "encerrad*", "resolvid*", "restabelecid*",
    "normalizad*", "resumo", "relatório", "khôi phục", "kết thúc", "tóm tắt", "báo cáo", "đã xử lý",
)  # fmt: skip
WHY = ("why", "because", "por que", "por quê", "porque", "tại sao", "vì sao", "bởi vì")
FACTORS = ("contribut*", "factor*", "fatores", "contribuí*", "yếu tố", "góp phần")

_CLOCK = re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3])(?::[0-5]\d|h[0-5]\d| giờ)(?!\d)|\b\d{4}-\d{2}-\d{2}\b")
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"^[ \t]{0,12}\d{1,3}[.)][ \t]", re.MULTILINE)
_TICKED = re.compile(r"^[ \t]{0,12}[-*+][ \t]{1,4}\[[ xX]\]", re.MULTILINE)


def says(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in a text."""
    return bool(_pattern(words).search(unicodedata.normalize("NFC", text)))


def count(text: str, words: tuple[str, ...]) -> int:
    """How often words of a list stand in a text."""
    return sum(1 for _ in _pattern(words).finditer(unicodedata.normalize("NFC", text)))


def times(text: str) -> int:
    """How many clock times and dates stand in a text."""
    return sum(1 for _ in _CLOCK.finditer(text))


def has_figure(text: str) -> bool:
    """Whether a digit stands in a text."""
    return bool(_DIGIT.search(text))


def numbered(text: str) -> int:
    """How many items of numbered lists."""
    return sum(1 for _ in _NUMBERED.finditer(text))


def ticked(text: str) -> int:
    """How many items with a box to tick."""
    return sum(1 for _ in _TICKED.finditer(text))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Plain words between borders: no part of it repeats, so the search is linear."""
    parts = (re.escape(word[:-1]) if word.endswith("*") else rf"{re.escape(word)}(?!\w)" for word in words)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")", re.IGNORECASE)
