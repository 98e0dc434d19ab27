"""Decoding: the bytes of a file as text, in the encodings that reports come in."""

from __future__ import annotations

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HANDLER = "afterword-western"


def _western(error: UnicodeError) -> tuple[str, int]:
    """What is not UTF-8 was written on a Windows machine of the West, so that its bytes are read like that."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_HANDLER, _western)


def is_text(data: bytes) -> bool:
    """Whether the bytes are text at all: without the NUL characters that pictures and archives have."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" not in data


def decode(data: bytes) -> str:
    """The text, with LF, without a byte-order mark: UTF-8, UTF-16 when it is marked, else Windows-1252.

    A file in both, as editors leave behind, is read by its parts. Never raises.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    text = data[len(mark) :].decode(encoding, errors=_HANDLER if encoding == "utf-8" else "replace")
    text = text.replace("\0", "\ufffd") if "\0" in text else text  # no file of a library may hold one
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
