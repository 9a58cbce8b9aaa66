"""From the bytes of a file to its text.

An agreement is UTF-8 and nothing else: a file whose letters depend on who opens it cannot be signed. What is not
UTF-8 is still shown as well as can be, so that the finding can point into it.
"""

from __future__ import annotations

import codecs

from xladsl.diagnostics import Diagnostic
from xladsl.source import Source, Span

LARGEST_FILE = 20_000_000
SHOWN_OF_A_LARGE_FILE = 2_000
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

WHY = "The same bytes read as other letters on another machine, and the parties would sign different texts."
SAVE_AS = "Save the file as UTF-8, without a choice of code page; every editor offers it under Save as or Encoding."


def decode(name: str, data: bytes) -> tuple[Source, list[Diagnostic]]:
    """The text of a file, and what is wrong with its bytes. A byte order mark at the start is accepted and dropped."""
    if len(data) > LARGEST_FILE:
        return _too_large(name, data)
    if data.startswith(UTF_16_MARKS):
        source = Source(name, data.decode("utf-16", errors="replace"))
        return source, [_unreadable(source, 0, 0, "This file is UTF-16, not UTF-8")]
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One character a byte, so that the place of the byte is the place of the character.
        source = Source(name, data.replace(b"\0", b" ").decode("latin-1"))
        title = f"Byte {data[error.start]:#04x} at offset {error.start:,} is not UTF-8"
        return source, [_unreadable(source, error.start, error.start + 1, title)]
    if "\0" in text:
        source = Source(name, text.replace("\0", " "))
        offset = data.index(b"\0")
        title = f"This file holds {data.count(0):,} bytes that are zero, the first at offset {offset:,}: it is no text"
        return source, [_unreadable(source, text.index("\0"), text.index("\0") + 1, title)]
    return Source(name, text), []


def _unreadable(source: Source, start: int, end: int, title: str) -> Diagnostic:
    line, _ = source.position(start)
    return Diagnostic("unreadable-file", Span(source, start, end), f"{title} (line {line:,})", why=WHY, remedy=SAVE_AS)


def _too_large(name: str, data: bytes) -> tuple[Source, list[Diagnostic]]:
    source = Source(name, data[:SHOWN_OF_A_LARGE_FILE].decode("utf-8", errors="replace"))
    found = Diagnostic(
        "file-too-large",
        Span(source, 0, 0),
        f"This file has more than {LARGEST_FILE:,} bytes, which are the most",
        why="Nobody can read an agreement of that size, and it is rarely one.",
        remedy="Divide it into several files and import them.",
    )
    return source, [found]
