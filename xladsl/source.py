"""Where text comes from and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

NEWLINE = re.compile(r"\r\n|\n|\r")


class Source:
    """One file of an agreement: the name it is shown by, and its text.

    Offsets count code points from the start of the text. Lines end at LF, CRLF or a lone CR and at nothing
    else, so that a line number means the same here, in an editor and in git.
    """

    __slots__ = ("_line_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._line_starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.text)} characters)"

    @property
    def line_starts(self) -> list[int]:
        if self._line_starts is None:
            self._line_starts = [0, *(newline.end() for newline in NEWLINE.finditer(self.text))]
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 1; the column counts code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


class Span(NamedTuple):
    """A stretch of a source: from `start` up to, and not including, `end`."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]
