"""Random rows, random clocks and random questions about them, for engines that are held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from xladsl.evaluation.instants.clocks import Clock
from xladsl.evaluation.rows.requests import (
    Cell,
    ColumnCell,
    Compared,
    Constant,
    Empty,
    Every,
    First,
    Last,
    Listing,
    Not,
    Passes,
    Product,
    Reading,
    Running,
    Sampled,
    SliceStart,
    Some,
    Sum,
    Tally,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
BEGINNING = 1_774_915_200 * SECOND
"""2026-03-31 00:00 UTC."""

TEXTS = ("P1", "P2", "p1", "o'clock", "back\\slash", "50%", 'say "so"', "عصر", "", "1")
MOMENTS = ("opened", "closed")
RELATIONS = ("<", "<=", ">", ">=", "=", "!=")
COLUMNS = {
    "opened": "number",
    "closed": "number",
    "amount": "number",
    "answer": "number",
    "ok": "number",
    "kind": "text",
}


class Case(NamedTuple):
    rows: dict[str, list[Cell]]
    questions: list[Tally | Listing | Sampled]


# ------------------------------------------------------------------------------------------------------------- rows

EDGES = [BEGINNING + hours * HOUR + more for hours in (0, 8, 16, 24, 25, 47, 48, 71, 72) for more in (-1, 0, 1)]
INSTANTS = st.one_of(
    st.sampled_from(EDGES),
    st.integers(BEGINNING - 3 * DAY, BEGINNING + 9 * DAY),
    st.sampled_from([0, 1, -1, -DAY - 1, 4_102_444_799_999_999]),
)
AMOUNTS = st.one_of(
    st.integers(-5, 5).map(lambda number: number * SECOND),
    st.integers(-(10**7), 10**7),
    st.sampled_from([10**18 - 1, 1 - 10**18, 0]),
)
ANSWERS = st.integers(0, 10).map(lambda number: number * SECOND)


@st.composite
def rows(draw: st.DrawFn, least: int = 0) -> dict[str, list[Cell]]:
    """Columns of a source, some cells empty."""
    count = draw(st.integers(least, 30))

    def column(cells: st.SearchStrategy[Any]) -> list[Cell]:
        return draw(st.lists(st.one_of(cells, cells, cells, st.none()), min_size=count, max_size=count))

    return {
        "opened": column(INSTANTS),
        "closed": column(INSTANTS),
        "amount": column(AMOUNTS),
        "answer": column(ANSWERS),
        "ok": column(st.integers(0, 1)),
        "kind": column(st.sampled_from(TEXTS)),
    }


# ----------------------------------------------------------------------------------------------------------- clocks


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Runs, stands still and jumps at full hours, at minutes and in between; has days of 23, 24 and 25 hours."""
    unit = draw(st.sampled_from([HOUR, 20 * MINUTE, 7]))
    number = draw(st.integers(1, 24))
    gaps = draw(st.lists(st.integers(1, 3 * DAY // unit), min_size=number, max_size=number))
    starts, shown, rates = (
        [BEGINNING - 2 * DAY],
        [draw(st.sampled_from([0, -HOUR, BEGINNING]))],
        [draw(st.integers(0, 1))],
    )
    for gap in gaps:
        jump = draw(st.sampled_from([0, 0, 0, HOUR, -HOUR]))
        shown.append(shown[-1] + rates[-1] * gap * unit + jump)
        starts.append(starts[-1] + gap * unit)
        rates.append(draw(st.sampled_from([0, 1, 1, 3])))
    days = [BEGINNING - 2 * DAY - draw(st.sampled_from([0, 2 * HOUR, 330 * MINUTE]))]
    for _ in range(8):
        days.append(days[-1] + draw(st.sampled_from([23, 24, 24, 24, 25])) * HOUR)
    return Clock("a clock", tuple(starts), tuple(shown), tuple(rates), SECOND, tuple(days))


# --------------------------------------------------------------------------------------------------- terms and tests


class Asking:
    """Draws the parts of questions that have one clock."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.clock = draw(clocks())

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def some(self, make: Callable[[], Any], least: int = 0, most: int = 3) -> tuple[Any, ...]:
        return tuple(make() for _ in range(self.draw(st.integers(least, most))))

    def moment(self) -> Any:
        kind = self.draw(st.integers(0, 5))
        if kind == 0:
            return First(self.some(self.moment_column, 1))
        if kind == 1:
            return Last(self.some(self.moment_column, 1))
        if kind == 2:
            return Sum((self.moment_column(), Constant(self.draw(st.integers(-DAY, DAY)))))
        return Constant(self.one_of(*EDGES)) if kind == 3 else self.moment_column()

    def moment_column(self) -> ColumnCell:
        return ColumnCell(self.one_of(*MOMENTS))

    def leaf(self) -> Any:
        """A term that is a number."""
        kind = self.draw(st.integers(0, 5))
        if kind == 0:
            return Constant(self.one_of(-10, 0, 1, 3, 10**18, -(10**18), 10**30))
        if kind == 1:
            return Reading(self.clock, self.moment())
        if kind == 2:
            return SliceStart(self.clock, self.one_of(HOUR, 5 * MINUTE, 7 * SECOND, 7 * HOUR, DAY), self.moment())
        return ColumnCell(self.one_of("amount", "answer", "opened", "closed", "ok"))

    def number(self) -> Any:
        kind = self.draw(st.integers(0, 8))
        if kind == 8:
            return Passes(Compared(self.leaf(), self.one_of(*RELATIONS), self.leaf()))
        if kind == 0:
            return Sum(self.some(self.leaf), self.some(self.leaf))
        if kind == 1:
            return Product(self.some(self.leaf, most=2))
        if kind == 2:
            return First(self.some(self.leaf))
        if kind == 3:
            return Last(self.some(self.leaf))
        if kind == 4:
            return Sum((Reading(self.clock, ColumnCell("closed")),), (Reading(self.clock, ColumnCell("opened")),))
        return self.leaf()

    def test(self, depth: int = 2) -> Any:
        kind = self.draw(st.integers(0, 8 if depth else 5))
        if kind == 0:
            return Compared(self.number(), self.one_of(*RELATIONS), self.number())
        if kind == 1:
            return Compared(self.moment(), self.one_of(*RELATIONS), Constant(self.one_of(*EDGES)))
        if kind == 2:
            return Compared(ColumnCell("kind"), self.one_of("=", "!="), Constant(self.one_of(*TEXTS)))
        if kind == 3:
            return Empty(self.one_of(ColumnCell("kind"), self.number()))
        if kind == 4:
            return Running(self.clock, self.moment())
        if kind == 5:
            start, end = sorted((self.one_of(*EDGES), self.one_of(*EDGES)))
            opened = ColumnCell("opened")
            return Every((Compared(opened, ">=", Constant(start)), Compared(opened, "<", Constant(end))))
        if kind == 6:
            return Every(self.some(lambda: self.test(depth - 1)))
        return Some(self.some(lambda: self.test(depth - 1))) if kind == 7 else Not(self.test(depth - 1))

    def cell(self) -> Any:
        """A term that is listed, or by which rows are grouped."""
        shown = Reading(self.clock, ColumnCell("opened"))
        return self.one_of(self.moment(), ColumnCell("kind"), ColumnCell("answer"), shown)

    def question(self, source: str) -> Tally | Listing | Sampled:
        test = self.test()
        kind = self.draw(st.integers(0, 5))
        if kind == 0:
            return Listing(source, self.some(self.cell), test)
        if kind == 1:
            interval = self.one_of(20 * SECOND, MINUTE, HOUR, 7 * HOUR)
            return Sampled(source, self.moment(), ColumnCell("ok"), self.clock, interval, self.one_of(1, 2), test)
        weight = self.one_of(None, None, ColumnCell("answer"), ColumnCell("amount"))
        return Tally(source, test, self.some(self.cell, most=2), self.some(self.number), weight)


@st.composite
def questions(draw: st.DrawFn, source: str = "desk") -> Tally | Listing | Sampled:
    return Asking(draw).question(source)


@st.composite
def cases(draw: st.DrawFn, least: int = 0) -> Case:
    return Case(draw(rows(least)), draw(st.lists(questions(), min_size=1, max_size=4)))
