"""A document as lines, as it was before its tracked changes or as it is with all of them; and two of these compared."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from ..word.reading import SETTLED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ..word.reading import Paragraph, Piece

BEFORE, AFTER = ("", "del"), ("", "ins")
"""The changes whose words stand in each version."""

ALIKE = 0.5


class Line(NamedTuple):
    """The words of a paragraph, with the bookmarks in it and the positions of the paragraphs it was made of.

    `level` is that of a heading, `opens_cell` is said of the first line of a cell, and `row` tells the rows of tables
    from each other, in one version of one document.
    """

    words: str
    marks: tuple[str, ...]
    positions: tuple[int, ...]
    level: int = 0
    opens_cell: bool = False
    row: int = 0


NOTHING = Line("", (), ())


def before_changes(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """The lines with every tracked change rejected."""
    return list(lines(paragraphs, BEFORE))


def after_changes(paragraphs: Sequence[Paragraph]) -> list[Line]:
    """The lines with every tracked change accepted."""
    return list(lines(paragraphs, AFTER))


def lines(paragraphs: Sequence[Paragraph], standing: tuple[str, ...]) -> Iterator[Line]:
    """The lines that say something; where the end of a paragraph is gone, the next one goes on with its words."""
    opened = 0
    for line, cell in joined(paragraphs, standing):
        if flowing(line.words):
            first = paragraphs[line.positions[0]]
            opens_cell = cell not in (0, opened)
            yield Line(flowing(line.words), line.marks, line.positions, first.level, opens_cell, first.row_number)
            opened = cell


def joined(paragraphs: Sequence[Paragraph], standing: tuple[str, ...]) -> Iterator[tuple[Line, int]]:
    """The paragraphs of a version as their ends are there, each with the cell that it stands in."""
    line, cell = NOTHING, 0
    for position, paragraph in enumerate(paragraphs):
        if paragraph.row.change not in standing:
            continue
        if paragraph.cell != cell and line.words:
            yield line, cell
            line = NOTHING
        cell = paragraph.cell
        here = "".join(piece.words for piece in paragraph.pieces if piece.change in standing)
        left_nothing = paragraph.end.change not in standing and not here.strip()
        if left_nothing and not line.words:
            continue
        marks = () if left_nothing else paragraph.marks
        line = Line(line.words + here, (*line.marks, *marks), (*line.positions, position))
        if paragraph.end.change in standing:
            yield line, cell
            line = NOTHING
    yield line, cell


def flowing(words: str) -> str:
    """Words without what only sets them apart: ends of lines, tabs, blanks that do not break."""
    return " ".join(words.split())


def paired(
    sent: Sequence[Line], other: Sequence[Line], known: Collection[str]
) -> list[tuple[Line | None, Line | None]]:
    """The lines of two versions side by side. Those with a bookmark that we set are found by it, whatever they say."""
    matcher = SequenceMatcher(None, [key(line, known) for line in sent], [key(line, known) for line in other], False)
    found: list[tuple[Line | None, Line | None]] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            found += zip(sent[start:end], other[other_start:other_end], strict=True)
        else:
            found += alike(sent[start:end], other[other_start:other_end])
    return found


def key(line: Line, known: Collection[str]) -> str:
    return next((mark for mark in line.marks if mark in known), line.words)


def alike(sent: Sequence[Line], other: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    """Lines of two stretches side by side, in order, where they have enough words in common."""
    if len(sent) == len(other) == 1:
        return [(sent[0], other[0])]
    found: list[tuple[Line | None, Line | None]] = []
    after = 0
    for line in sent:
        likeness = [(ratio(line.words, each.words), -at) for at, each in enumerate(other[after:], after)]
        best, at = max(likeness, default=(0.0, 0))
        if best < ALIKE:
            found.append((line, None))
            continue
        found += [(None, each) for each in other[after:-at]]
        found.append((line, other[-at]))
        after = 1 - at
    return [*found, *((None, each) for each in other[after:])]


def ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), False).ratio()


def changes_of(paragraphs: Sequence[Paragraph], positions: Sequence[int]) -> list[Piece]:
    """What was tracked in these paragraphs: words, ends and rows."""
    found = []
    for position in positions:
        paragraph = paragraphs[position]
        tracked = (*paragraph.pieces, paragraph.end, paragraph.row)
        found += [piece for piece in tracked if piece.change not in ("", SETTLED)]
    return found
