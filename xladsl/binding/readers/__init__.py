"""Files and tables, cut into rows of text, some thousands at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...spelling import nearest
from ..plan import ColumnPlan, FilePlan
from ..problems import Place, Problem, error, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Reader = Callable[[FilePlan, Sequence[ColumnPlan], int], Iterator["Chunk"]]

CHUNK = 10_000
"""How many rows are held as text at once."""


class Chunk(NamedTuple):
    """Some rows of one file: their numbers, as `counts` says lines or rows, and the texts of each wanted column.

    `broken` are rows that cannot be cut into cells: the number, what stands there, and why. `headers` are the columns
    that there are. Where rows have no number that means anything, as in a table, they are `known_by` their cells: by
    their headers and their places in `columns`, the most telling first.
    """

    file: str
    counts: str
    numbers: Sequence[int]
    columns: Sequence[Sequence[str | None]]
    broken: list[tuple[int, str, str]]
    headers: set[str]
    known_by: tuple[tuple[str, int], ...] = ()


class BrokenFileError(Exception):
    """Nothing of a file can be relied on."""

    def __init__(self, rule: str, title: str, *places: Place, why: str = "", remedy: str = "") -> None:
        super().__init__(title)
        self.problem = error(rule, "", title, *places, why=why, remedy=remedy)

    def of(self, source: str) -> Problem:
        return self.problem._replace(source=source)


def reader_of(file: FilePlan) -> Reader:
    """The reader for the format of a file; what it needs is imported only now."""
    if file.format == "csv":
        from . import delimited

        return delimited.chunks
    if file.format == "parquet":
        from . import parquet

        return parquet.chunks
    from . import jsons

    return jsons.chunks_of_lines if file.format == "json lines" else jsons.chunks_of_array


def missing_columns(missing: Sequence[ColumnPlan], present: Iterable[str], place: Place) -> BrokenFileError:
    """What is said where data lack columns that the agreement speaks of."""
    present = list(present)
    first = missing[0]
    near = alike(first.header, present) or nearest(first.header, present)
    has = f"It has {listed(present)}." if present else "It has no columns at all."
    setting = f'`header = "{near}"` for the column `{first.name}` in the config'
    return BrokenFileError(
        "missing-column",
        f"`{place.file}` has no column {listed(column.header for column in missing)}",
        place,
        why=f"The agreement reads {listed(column.name for column in missing)} from there.",
        remedy=f"Did you mean `{near}`? Then say {setting}." if near else has,
    )


def alike(header: str, present: Sequence[str]) -> str | None:
    """The header that differs in capitals, blanks and underscores only."""
    return next((each for each in present if plainly(each) == plainly(header)), None)


def plainly(header: str) -> str:
    return "".join(letter for letter in header.casefold() if letter.isalnum())
