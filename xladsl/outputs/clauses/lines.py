"""Tables of a clause: headings, and lines with as many cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markupsafe import Markup


class Line(NamedTuple):
    """A line of a table, and the name of its place where it can be cited."""

    cells: tuple[Markup | str, ...]
    anchor: str = ""


class Table(NamedTuple):
    """Headings, and lines with as many cells."""

    headings: list[str]
    lines: list[Line]


def without_empty_columns(headings: list[str], lines: list[Line]) -> Table:
    """A table without the columns in which nothing stands."""
    filled = [position for position in range(len(headings)) if any(line.cells[position] for line in lines)]
    return Table(
        [headings[position] for position in filled],
        [Line(tuple(line.cells[position] for position in filled), line.anchor) for line in lines],
    )
