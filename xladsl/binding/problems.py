"""What is wrong with data, as plain records: what, where, why it matters, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 3
"""How many places of a problem are told."""
LONGEST = 40
"""How many characters of a cell are told."""


class Place(NamedTuple):
    """Where something stands: lines and rows count from 1; `column` is its header in the data.

    `counts` says what `number` counts: a `line` of a text file, a `row` of a Parquet file. A row without a number has
    `cells`, header and text of each, the telling ones first.
    """

    file: str
    number: int | None = None
    column: str | None = None
    text: str | None = None
    counts: str = "line"
    cells: tuple[tuple[str, str | None], ...] = ()

    def __str__(self) -> str:
        parts = [self.file]
        if self.number is not None:
            parts.append(f"{self.counts} {self.number:,}")
        if self.column is not None:
            parts.append(f"column `{self.column}`")
        beside = next(((name, text) for name, text in self.cells if text and name != self.column), None)
        if beside is not None:
            parts.append(f"where `{beside[0]}` is {quoted(beside[1])}")
        return ", ".join(parts) + (f": {quoted(self.text)}" if self.text is not None else "")


class Problem(NamedTuple):
    """One thing that is wrong, in all the rows in which it is wrong.

    `rule` names the fault; `title` says it in one sentence; `rows` is how many rows it concerns, and `places` are the
    first of them. A run does not go on with an error.
    """

    rule: str
    severity: Severity
    source: str
    title: str
    places: tuple[Place, ...] = ()
    why: str = ""
    remedy: str = ""
    rows: int = 0

    def __str__(self) -> str:
        where = "".join(f"\n  {place}" for place in self.places)
        more = f"\n  and {self.rows - len(self.places):,} more" if self.rows > len(self.places) > 0 else ""
        said = "".join(f"\n{sentence}" for sentence in (self.why, self.remedy) if sentence)
        return f"{self.title}{where}{more}{said}"


def error(rule: str, source: str, title: str, *places: Place, why: str = "", remedy: str = "") -> Problem:
    return Problem(rule, Severity.ERROR, source, title, places, why, remedy)


def quoted(text: str) -> str:
    """A text of the data, shortened, so that it can stand in a sentence."""
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    plain = "".join(letter if letter.isprintable() else "·" for letter in short)
    return f"`{plain}`"


def count(number: int, one: str) -> str:
    """`1 row`, `2 rows`"""
    return f"{number:,} {one if number == 1 else one + 's'}"


def agreeing(number: int, one: str, several: str) -> str:
    """The form of a verb that goes with a number."""
    return one if number == 1 else several


def listed(names: Iterable[str]) -> str:
    """`a`, `b` and `c`"""
    *others, last = [f"`{name}`" for name in names]
    return f"{', '.join(others)} and {last}" if others else last
