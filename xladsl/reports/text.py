"""Findings for people: the place with its line, why it matters, and what to write instead."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Severity
from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 120
COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """All findings, one after the other, with a blank line between."""
    return "\n\n".join(finding(found, colour=colour) for found in diagnostics)


def finding(found: Diagnostic, *, colour: bool = False) -> str:
    paint = painter(COLOURS[found.severity] if colour else "")
    strong = painter("1" if colour else "")
    lines = [f"{paint(f'{found.severity}[{found.code}]')} {strong(visible(found.title))}  ({found.rule})"]
    spans = [found.span, *(label.span for label in found.labels)]
    width = max(len(str(span.source.position(span.start)[0])) for span in spans)
    lines += place(found.span, found.here, "^", width, paint)
    for label in found.labels:
        lines += place(label.span, label.text, "-", width, strong)
    gutter = " " * width
    lines += [f"{gutter} = why: {visible(found.why)}"] if found.why else []
    lines += [f"{gutter} = write: {visible(found.remedy)}"] if found.remedy else []
    return "\n".join(lines)


def place(span: Span, words: str, mark: str, width: int, paint: Painter) -> list[str]:
    """The file, the line, and under it what the words are about."""
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    start = column - 1
    end = max(start + 1, min(len(line), start + span.end - span.start))
    left, right = window(line, start, end)
    before = "…" if left else ""
    shown = before + visible(line[left:right]) + ("…" if right < len(line) else "")
    lead = cells(before) + cells(visible(line[left:start]))
    length = max(1, cells(visible(line[start : min(end, right)])))
    return [
        f"{' ' * width}--> {visible(span.source.name)}:{number}:{column}",
        f"{number:>{width}} | {shown}".rstrip(),
        f"{' ' * width} | {' ' * lead}{paint(mark * length)} {visible(words)}".rstrip(),
    ]


def window(line: str, start: int, end: int) -> tuple[int, int]:
    """The part of a long line worth showing: around what the finding is about."""
    if len(line) <= WIDEST:
        return 0, len(line)
    left = max(0, start - WIDEST // 3)
    return left, min(len(line), max(left + WIDEST, min(end, left + WIDEST)))


class Painter:
    """Puts text into a colour of the terminal, or leaves it alone."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __call__(self, text: str) -> str:
        return f"\x1b[{self.code}m{text}\x1b[0m" if self.code else text


def painter(code: str) -> Painter:
    return Painter(code)


def visible(text: str) -> str:
    """Text that cannot forge what a terminal shows: control and format characters appear as their code."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter if shows(letter) else " " if letter == "\t" else f"<U+{ord(letter):04X}>" for letter in text)


def shows(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def cells(text: str) -> int:
    """How many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def summary(diagnostics: list[Diagnostic], files: int) -> str:
    """`2 errors and 1 warning in 3 files`"""
    counts = [(severity, sum(found.severity == severity for found in diagnostics)) for severity in reversed(Severity)]
    parts = [
        f"{count} {severity}{'s' if count > 1 and severity != Severity.INFO else ''}"
        for severity, count in counts
        if count
    ]
    where = f"{files} file{'s' if files != 1 else ''}"
    return f"{' and '.join(parts)} in {where}" if parts else f"no findings in {where}"
