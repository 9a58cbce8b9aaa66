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
    """All that was found in the rows of one source, in the order in which it was first met."""

    def in_row(self, chunk: Chunk, number: int, text: str, why: str) -> None:
        self.add(Fault(None, why), Place(chunk.file, number, text=text, counts=chunk.counts))

    def in_cell(self, chunk: Chunk, row: int, column: ColumnPlan, text: str | None, why: str) -> None:
        self.add(Fault(column, why), Place(chunk.file, chunk.numbers[row], column.header, text, chunk.counts))

    def add(self, fault: Fault, place: Place) -> None:
        rows, places = self.get(fault, Found(0, ()))
        self[fault] = Found(rows + 1, (*places, place) if len(places) < SHOWN else places)
