"""Claims: which of the files that earlier migrations wrote was made of which page.

Several sources may go into one library, and their pages may bear the same names: “README.md”, “2024-03-04.md”. The
names alone would take the report of one team for an old version of another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from afterword.migration.collection import Member
from afterword.migration.forms.decoding import decode
from afterword.migration.ledger import Ledger

_AKIN = 0.7
"""So many of the words of one stand in the other. Two reports on the same template share about half of theirs."""
_WORD = re.compile(r"\w{3,}")


def claims(members: Iterable[Member], book: Ledger, read: Callable[[str], bytes | None]) -> dict[str, str]:
    """The name in the ledger of each page, by its path in the source.

    ``read`` gives the file that was written under a name of the ledger, if it is there.
    """
    return {member.path: _claimed(member, book, read) for member in members}


def _claimed(member: Member, book: Ledger, read: Callable[[str], bytes | None]) -> str:
    gone = None
    number, name = 1, member.path
    while name in book.entries:
        written = read(name)
        if written is None:
            gone = gone or name
        elif _is_akin(written, member.data):
            return name
        number += 1
        name = f"{member.path}#{number}"
    return gone or name


def _is_akin(written: bytes, source: bytes) -> bool:
    """Whether a file holds the same report as a page, however much was added to either."""
    ours, theirs = (set(_WORD.findall(decode(data).casefold())) for data in (written, source))
    return len(ours & theirs) >= _AKIN * min(len(ours), len(theirs))
