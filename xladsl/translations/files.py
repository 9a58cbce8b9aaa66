"""Files of translations as gettext has them, read with the place of each word.

They are read here and not by the library that writes them, because a fault in a translation is told at its place, and
because `check` reads them each time it starts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..source import Source, Span

LINE = re.compile(r'(#~\s*)?(?:(msgctxt|msgid|msgstr)\s+)?"((?:[^"\\]|\\.)*)"\s*')
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


class Entry(NamedTuple):
    """A text and its translation; `start` and `end` are where the translation stands in the file.

    What is fuzzy was translated for other words, and what is obsolete for a text that is no longer there: neither is
    a translation until somebody has looked at it.
    """

    place: str
    original: str
    words: str
    start: int
    end: int
    fuzzy: bool
    obsolete: bool

    @property
    def counts(self) -> bool:
        return bool(self.words) and not self.fuzzy and not self.obsolete


class Reading:
    """An entry while it is read, line by line."""

    def __init__(self) -> None:
        self.parts: dict[str, list[str]] = {}
        self.last = ""
        self.start = self.end = 0
        self.fuzzy = self.obsolete = False

    @property
    def entry(self) -> Entry:
        place, original, words = ("".join(self.parts.get(key, ())) for key in ("msgctxt", "msgid", "msgstr"))
        return Entry(place, original, words, self.start, self.end, self.fuzzy, self.obsolete)

    def take(self, found: re.Match[str], offset: int) -> bool:
        """Take a line with a text; False where no text is expected."""
        obsolete, key, written = found.groups()
        self.last = key or self.last
        if not self.last:
            return False
        self.obsolete = self.obsolete or obsolete is not None
        self.parts.setdefault(self.last, []).append(unescaped(written))
        if self.last == "msgstr":
            begins = not "".join(self.parts["msgstr"][:-1])  # a long text begins on the line after an empty one
            self.start = offset + found.start(3) if begins else self.start
            self.end = offset + found.end(3)
        return True


def entries(source: Source) -> tuple[list[Entry], list[Diagnostic]]:
    """What a file of translations holds but its head, and what in it cannot be read."""
    found: list[Entry] = []
    wrong: list[Diagnostic] = []
    reading, offset = Reading(), 0
    for line in source.text.splitlines(keepends=True):
        stripped = line.strip()
        text = LINE.fullmatch(stripped)
        ends = text[2] in ("msgctxt", "msgid") if text else stripped[:1] in ("", "#")
        if ends and "msgstr" in reading.parts:
            found.append(reading.entry)
            reading = Reading()
        if text:
            readable = reading.take(text, offset + line.index(stripped))
        else:
            readable = stripped[:1] in ("", "#")
            reading.fuzzy = reading.fuzzy or (stripped.startswith("#,") and "fuzzy" in stripped)
        if not readable:
            wrong.append(unreadable(source, offset, offset + len(stripped)))
        offset += len(line)
    if "msgid" in reading.parts:
        found.append(reading.entry)
    return [entry for entry in found if entry.original], wrong


def unescaped(written: str) -> str:
    return ESCAPE.sub(lambda found: ESCAPED.get(found[1], found[1]), written)


def unreadable(source: Source, start: int, end: int, problem: str = "") -> Diagnostic:
    """A line that is none of a file of translations or, where the machine has a problem, the whole file."""
    return Diagnostic(
        "broken-translations",
        Span(source, start, end),
        f"this {'file' if problem else 'line of a file'} of translations cannot be read",
        here=problem or '`msgid "…"`, `msgstr "…"` or a comment is expected',
        why="A translation that nobody can read is missing on paper.",
        remedy="Let the file be read, or take it away."
        if problem
        else "Write each text between quotation marks on lines of its own, as  xladsl i18n update  does.",
    )
