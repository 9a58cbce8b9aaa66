"""The lines of a tidy text, drawn: values in the column of their block, tables with their bars in a line."""

from __future__ import annotations

import re
from itertools import groupby

INDENT = 2
# One column for every block, so that a new clause never moves its neighbours and two people's edits merge.
VALUE_COLUMN = 12
# What continues something further to the right than this would have little room.
FARTHEST = 60
NUMERIC_CELL = re.compile(r"[^a-z]*[0-9%]")


class Line:
    """A line to be drawn: the name of a clause, if its value is to stand in the column of values; words; a comment.

    `under` is a line above and a place in its words to begin below, instead of at the indentation; `rule` is that of
    the tree of a table's row, and empty elsewhere; `left` is where the words begin, once the line is drawn.
    """

    __slots__ = ("blank", "comment", "in_column", "indent", "left", "length", "name", "rule", "under", "words")

    def __init__(self, indent: int, blank: bool, comment: str = "", rule: str = "") -> None:
        self.indent = indent
        self.blank = blank
        self.comment = comment
        self.rule = rule
        self.name = ""
        self.in_column = False
        self.words: list[str] = []
        self.length = 0
        self.under: tuple[Line, int] | None = None
        self.left = 0

    def add(self, word: str) -> None:
        self.words.append(word)
        self.length += len(word)

    def stand_in_column(self) -> None:
        """What was said so far is the name of the clause, and its value comes next."""
        self.name = "".join(self.words)
        self.words, self.length, self.in_column = [], 0, True


def draw(lines: list[Line]) -> str:
    straighten_tables(lines)
    return "".join(drawn(line) for line in lines).replace("\r\n", "\n")


def drawn(line: Line) -> str:
    left = line.indent
    if line.under is not None:
        above, offset = line.under
        left = above.left + (offset if above.left + offset <= FARTHEST else INDENT)
    text = " " * left
    if line.in_column:
        text += line.name.ljust(VALUE_COLUMN - 1) + " "
    line.left = len(text)
    text += "".join(line.words)
    if line.comment:
        text += ("  " if line.words else "") + line.comment
    return ("\n" if line.blank else "") + text + "\n"


def straighten_tables(lines: list[Line]) -> None:
    """Put the bars of each table below one another; comments between rows do not end a table."""
    said = [line for line in lines if line.words]
    for is_row, run in groupby(said, key=is_whole_row):
        if is_row:
            straighten(list(run))


def is_whole_row(line: Line) -> bool:
    return bool(line.rule) and line.words[-1] == "|" and not any("\n" in word for word in line.words)


def straighten(rows: list[Line]) -> None:
    table = [cells_of(row) for row in rows]
    for column in range(max(map(len, table))):
        within = [(row.rule, cells) for row, cells in zip(rows, table, strict=True) if column < len(cells)]
        width = max(len(cells[column]) for _, cells in within)
        # The row above the others is a heading if it is of another kind.
        numeric = all(NUMERIC_CELL.fullmatch(cells[column]) for rule, cells in within if rule == rows[-1].rule)
        for _, cells in within:
            cells[column] = cells[column].rjust(width) if numeric else cells[column].ljust(width)
    for row, cells in zip(rows, table, strict=True):
        row.words = ["| ", " | ".join(cells), " |"]


def cells_of(row: Line) -> list[str]:
    cells: list[list[str]] = []
    for word in row.words:
        if word == "|":
            cells.append([])
        else:
            cells[-1].append(word)
    return ["".join(cell).strip() for cell in cells[:-1]]
