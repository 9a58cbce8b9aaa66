"""What is wrong with rows, gathered while they are read: how often, and where first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .problems import SHOWN, Place

if TYPE_CHECKING:
    from .plan import ColumnPlan
    from .readers import Chunk

SHOWN_TWICE = "is shown twice"
SKIPPED = "is never shown"


class Fault(NamedTuple):
    """What is wrong with the cells of a column, or with whole rows where there is no column: the end of a sentence."""

    column: ColumnPlan | None
    why: str


class Found(NamedTuple):
    """In how many rows, and the first places."""

    rows: int
    places: tuple[Place, ...]


class Faults(dict[Fault, Found]):
    """All that was found in the rows of one source. What was met first is told first, and what has no order, such as
    the rows of a table, in the order of its texts."""

    def in_row(self, chunk: Chunk, number: int, text: str, why: str) -> None:
        self.add(Fault(None, why), Place(chunk.file, number, text=text, counts=chunk.counts))

    def in_cell(self, chunk: Chunk, row: int, column: ColumnPlan, text: str | None, why: str) -> None:
        self.add(Fault(column, why), place_of(chunk, row, column, text))

    def add(self, fault: Fault, *places: Place, rows: int = 1) -> None:
        known, found = self.get(fault, Found(0, ()))
        found = (*found, *places)
        if any(place.cells for place in places):
            found = tuple(sorted(found, key=by_texts))
        self[fault] = Found(known + rows, found[:SHOWN])

    def told(self) -> list[tuple[Fault, Found]]:
        """What was found, in the order in which it is told."""
        found = list(self.items())
        return sorted(found, key=by_words) if any(place.cells for _, (_, [place, *_]) in found) else found


def place_of(chunk: Chunk, row: int, column: ColumnPlan, text: str | None) -> Place:
    if not chunk.known_by:
        return Place(chunk.file, chunk.numbers[row], column.header, text, chunk.counts)
    cells = tuple((header, chunk.columns[place][row]) for header, place in chunk.known_by)
    return Place(chunk.file, None, column.header, text, chunk.counts, cells)


def by_texts(place: Place) -> list[tuple[bool, str]]:
    return [(text is not None, text or "") for _, text in place.cells]


def by_words(found: tuple[Fault, Found]) -> tuple[str, str]:
    fault = found[0]
    return fault.column.header if fault.column else "", fault.why
