"""Patterns into a tree of slots, and a lexicon that says which slots a word may open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TypeAlias

from afterword.language.model import Entry, Words, split
from afterword.language.tokens import PIECE, key_of

ANY = "{any}"
CAPITAL = "{cap}"
HANDLE = "{handle}"
OPEN = frozenset({ANY, CAPITAL, HANDLE})
"""Slots that no list of words describes."""

# How much it says that a word stands in a text: nothing, little, or much (all others). A pattern is looked for only
# where the rarest of its slots may be.
_COMMON = split(
    "a an the we they he she i it in on of to for by be is was were been had have has do did not more than that this "
    "with should could would might how if only no out as at and or but our team so can us you my "
    "o os um uma de da dos em com que se por para foi era ser ter mais como é ao e ou time não "
    "là đã có thể không người phải nên nếu thì và của ai cần"
)
_FREQUENT = split(
    "used run made error errors found added started seen issue problem failure done fixed start check test followed "
    "incident use removed deployed people person read from on-call manager staff known tested much clear wrong better "
    "manual hard common needed noticed caused due down bad poor any alert before own there need process never "
    "again call also part earlier detected mitigated failed user users "
    "processo erro falha feito kiểm tra lỗi do"
)
_MAX_OPTIONAL = 4
_MANY, _MANY_WEIGHT = 150, 10  # a class of so many words is one of names, each of which is rare
_BESIDE = 60  # so many ways to tell of one pattern are worth their time when the grammar is built

_Telling: TypeAlias = "tuple[str, frozenset[str]]"


@dataclass(slots=True)
class Node:
    """A place in the tree: what may follow, and what is found when the row ends here."""

    children: dict[str, Node] = field(default_factory=dict)
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """All languages at once.

    ``lexicon`` says for a word which slots it opens, each with the words that must follow within the slot; with one of
    ``openings`` a pattern begins, unless it does with a handle.
    Something can be found only in a text that has a word of ``triggers``, and with it all of one of the sets there.
    """

    root: Node
    lexicon: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    openings: frozenset[str]
    triggers: dict[str, tuple[frozenset[str], ...]]
    telling: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "telling", frozenset(self.triggers))

    def may_match(self, words: set[str]) -> bool:
        """Whether something can be found in a text of these words, as ``tokens.vocabulary`` gives them."""
        return any(rest <= words for word in words & self.telling for rest in self.triggers[word])


def build(languages: Iterable[Words]) -> Grammar:
    """One grammar from the lists of several languages. Raises ``ValueError`` for a pattern that cannot be read."""
    root, triggers = Node(), set[_Telling]()
    slots: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in languages:
        read = cache(partial(_phrases, words=words))
        for group in words.groups:
            entry = Entry(words.tag, group)
            for pattern in group.patterns:
                rows = [[read(slot) for slot in row] for row in _rows(pattern)]
                triggers |= _rarest(pattern, [phrases for _, phrases in rows[0]])
                for row in rows:
                    slots.update({name: phrases for name, phrases in row if phrases})
                    _plant(root, [name for name, _ in row], entry)
    lexicon = _lexicon(slots)
    openings = frozenset(word for word, ways in lexicon.items() if any(slot in root.children for slot, _ in ways))
    return Grammar(root, lexicon, openings, _triggers(triggers))


def _rows(pattern: str) -> Iterator[tuple[str, ...]]:
    """The rows of slots that a pattern stands for, with and without each optional one; first that without any."""
    parts = pattern.split()
    if sum(part.endswith("?") for part in parts) > _MAX_OPTIONAL:
        raise ValueError(f"too many optional slots in “{pattern}”")
    rows: list[tuple[str, ...]] = [()]
    for part in parts:
        longer = [(*row, part.removesuffix("?")) for row in rows]
        rows = rows + longer if part.endswith("?") else longer
    return iter(dict.fromkeys(rows))


def _phrases(slot: str, words: Words) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The name of a slot, the same wherever it means the same, and its phrases; none for an open slot."""
    if slot in OPEN:
        return slot, ()
    if not slot.startswith("{"):
        return slot, tuple(_split(one.replace("_", " ")) for one in slot.split("|"))
    if slot[1:-1] not in words.classes:
        raise ValueError(f"“{slot}” is no class of the language {words.tag}")
    return f"{words.tag}:{slot}", tuple(map(_split, words.classes[slot[1:-1]]))


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(key_of(phrase).split())


@cache
def _pieces(phrase: tuple[str, ...]) -> frozenset[str]:
    return frozenset(piece for word in phrase for piece in PIECE.findall(word))


def _rarest(pattern: str, slots: list[tuple[tuple[str, ...], ...]]) -> set[_Telling]:
    """For each phrase of the slot that says most the words that tell of it, and of the smaller slots beside it."""
    best: tuple[int, int, set[_Telling]] | None = None
    for at, phrases in enumerate(slots):
        found = [_telling(phrase) for phrase in phrases]
        weight = sum(weight for weight, _ in found) if len(found) <= _MANY else _MANY_WEIGHT
        if phrases and all(weight for weight, _ in found) and (best is None or weight < best[0]):
            best = weight, at, {words for _, words in found}
    if best is None:
        raise ValueError(f"“{pattern}” is made of common words alone")
    _, at, telling = best
    for phrases in sorted(slots[:at] + slots[at + 1 :], key=len):
        if phrases and len(telling) * len(phrases) <= _BESIDE:
            beside = [_pieces(phrase) for phrase in phrases]
            telling = {(first, (rest | others) - {first}) for first, rest in telling for others in beside}
    return telling


@cache
def _telling(phrase: tuple[str, ...]) -> tuple[int, _Telling]:
    """How common a phrase may be (0: too common to tell), its rarest word, and the others."""
    words = [piece for word in phrase for piece in PIECE.findall(word) if len(piece) > 1]
    rest = frozenset(words)
    rare = [word for word in words if word not in _COMMON and word not in _FREQUENT]
    if rare:
        first = max(rare, key=len)
        return 1, (first, rest - {first})
    first = next((word for word in words if word in _FREQUENT), words[0] if words else "")
    return (5 if len(rest) > 1 else 20 if first in _FREQUENT else 0), (first, rest - {first})


def _triggers(telling: set[_Telling]) -> dict[str, tuple[frozenset[str], ...]]:
    """By word, the smallest sets of others that must stand beside it."""
    found: dict[str, set[frozenset[str]]] = {}
    for word, rest in telling:
        found.setdefault(word, set()).add(rest)
    return {
        word: tuple(sorted((rest for rest in sets if not any(other < rest for other in sets)), key=sorted))
        for word, sets in found.items()
    }


def _plant(root: Node, row: list[str], entry: Entry) -> None:
    node = root
    for slot in row:
        node = node.children.setdefault(slot, Node())
    if node.entry is None:  # the first list that has a row keeps it
        node.entry = entry


def _lexicon(slots: dict[str, tuple[tuple[str, ...], ...]]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, dict[tuple[str, tuple[str, ...]], None]] = {}
    for slot, phrases in slots.items():
        for phrase in phrases:
            found.setdefault(phrase[0], {})[slot, phrase[1:]] = None
    return {word: tuple(ways) for word, ways in found.items()}
