"""Rows with all the edges, the clocks that are asked about, and the questions: always the same.

The edges are those at which engines were seen to differ: the two ends of a window to the microsecond, the days on which
clocks are set forward and back, empty cells in every place, negative numbers, numbers beyond 64 bits, words with
quotation marks and in other scripts, two rows alike, and groups without a row.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..evaluation.instants.clocks import Clock, business_days, business_time, every_hour, wall
from ..evaluation.instants.zones import midnight
from ..evaluation.rows.requests import (
    MILLION,
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
    Test,
)
from ..model.build import Builder, part
from ..source import Source
from ..syntax.parser import parse

ZONE = "Europe/Copenhagen"
SECOND = MILLION
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
Question = Tally | Listing | Sampled


class Case(NamedTuple):
    """A question with its name, and in words what it is about."""

    name: str
    about: str
    question: Question


class Kit(NamedTuple):
    """`sources` are the rows, column by column; `clocks` are those that the questions read."""

    sources: dict[str, dict[str, list[Cell]]]
    clocks: dict[str, Clock]
    cases: tuple[Case, ...]


def kit() -> Kit:
    clocks = clocks_asked()
    return Kit({"desk": desk(), "probe": probe(), "unused": {"at": [], "amount": []}}, clocks, tuple(cases(clocks)))


# ----------------------------------------------------------------------------------------------------------------- time

TEXT = """
agreement conformance {
  between provider one and customer other
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}

calendar office_hours {
  open monday to thursday 08:00 to 12:00, 12:30 to 17:00
  open friday 08:00 to 15:30
  closed 2026-04-03, 2026-04-06
}

calendar nights { open monday to sunday 22:00 to 06:00 }
"""
MARCH, APRIL, MAY = (midnight(date(2026, month, 1), ZONE) for month in (3, 4, 5))
OCTOBER, NOVEMBER = (midnight(date(2026, month, 1), ZONE) for month in (10, 11))
FORWARD, BACK = (midnight(day, ZONE) for day in (date(2026, 3, 29), date(2026, 10, 25)))
"""The days on which clocks are set: they have 23 and 25 hours."""


def clocks_asked() -> dict[str, Clock]:
    source = Source("conformance", TEXT)
    builder = Builder(source, [])
    agreement, office, nights = (part(builder, child) for child in parse(source)[0].children)
    return {
        "office time": business_time(office, agreement),
        "office days": business_days(office, agreement),
        "night time": business_time(nights, agreement),
        "clocks on the wall": wall(ZONE, agreement),
        "every hour": every_hour(ZONE, agreement),
    }


# ----------------------------------------------------------------------------------------------------------------- rows

WORDS = ("P1", "P2", "p1", "P1 ", "o'clock", 'say "so"', "back\\slash", "50%", "Ærø", "عصر", "", "1", "null")
LARGEST = 10**18 - 1
AMOUNTS = (0, 1, -1, MILLION, -MILLION, 4 * 3600 * MILLION, 10**7 + 3, LARGEST, -LARGEST)


def edges() -> list[int]:
    """Instants at which something begins or ends, and the microseconds before and after."""
    moments = [MARCH, APRIL, MAY, OCTOBER, NOVEMBER, FORWARD, BACK]
    moments += [day + hours * HOUR for day in (FORWARD, BACK) for hours in (1, 2, 3, 23, 24, 25)]
    monday = midnight(date(2026, 4, 13), ZONE)
    moments += [monday + minutes * MINUTE for minutes in (480, 720, 750, 1020, 1320)]
    friday = midnight(date(2026, 4, 17), ZONE)
    moments += [friday + minutes * MINUTE for minutes in (930, 1320)]
    return sorted({moment + beside for moment in moments for beside in (-1, 0, 1)})


def desk() -> dict[str, list[Cell]]:
    """Cases that were opened at an edge and closed later, at once, before that, or never."""
    opened: list[Cell] = [*edges(), None, APRIL, APRIL]
    after = (0, 1, MINUTE, 4 * HOUR, 30 * HOUR, 9 * 24 * HOUR, -MINUTE, None)
    rows = range(len(opened))
    closed = [moved(instant, after[row % len(after)]) for row, instant in enumerate(opened)]
    columns: dict[str, list[Cell]] = {
        "number": list(rows),
        "opened": opened,
        "closed": closed,
        "kind": [None if row % 11 == 10 else WORDS[row % len(WORDS)] for row in rows],
        "amount": [None if row % 13 == 12 else AMOUNTS[row % len(AMOUNTS)] for row in rows],
        "answer": [None if row % 5 == 4 else (row % 11) * MILLION for row in rows],
        "ok": [None if row % 17 == 16 else row % 2 for row in rows],
    }
    for column in columns.values():  # the last two are alike in every cell
        column[-1] = column[-2]
    return columns


def moved(instant: Cell, by: int | None) -> Cell:
    return instant + by if isinstance(instant, int) and by is not None else None


def probe() -> dict[str, list[Cell]]:
    """Rounds of three places each 20 seconds, around the midnight at which April ends: all fail, two fail, one is
    missing, one comes twice, and one row says nothing."""
    at: list[Cell] = []
    ok: list[Cell] = []
    place: list[Cell] = []
    fails = (0, 0, 1, 2, 3, 3, 2, 1, 0, 2, 0, 0, 3, 0)
    for number, failing in enumerate(fails):
        begins = MAY + (number - 7) * 20 * SECOND
        for three in range(2 if number == 9 else 3):
            at.append(begins + three * SECOND + three)
            ok.append(0 if three < failing else 1)
            place.append(f"place {three + 1}")
    at += [at[20], MAY - 1, MAY + 400 * SECOND, None]
    ok += [ok[20], None, 0, 0]
    place += [place[20], "place 1", None, "place 2"]
    return {"at": at, "ok": ok, "place": place}


# ------------------------------------------------------------------------------------------------------------ questions


def within(column: str, start: int, end: int) -> Test:
    return Every(
        (Compared(ColumnCell(column), ">=", Constant(start)), Compared(ColumnCell(column), "<", Constant(end)))
    )


def cases(clocks: dict[str, Clock]) -> list[Case]:
    return [*counts(), *sums(clocks), *tests(clocks), *lists(clocks), *rounds(clocks)]


def counts() -> list[Case]:
    kind, answer = ColumnCell("kind"), ColumnCell("answer")
    windows = {"march": (MARCH, APRIL), "april": (APRIL, MAY), "october": (OCTOBER, NOVEMBER)}
    return [
        *(
            Case(
                f"rows of {name}",
                "A window begins with its first microsecond and ends before its last.",
                Tally("desk", within("opened", *ends)),
            )
            for name, ends in windows.items()
        ),
        Case("all rows", "Every row counts, alike or not.", Tally("desk")),
        Case("no rows", "A test that no row passes gives no group at all.", Tally("desk", Some(()))),
        Case(
            "an empty source",
            "A source without a row gives no group at all.",
            Tally("unused", sums=(ColumnCell("amount"),)),
        ),
        Case(
            "by kind",
            "Empty cells are a group; words differ by every character, blanks and capitals too.",
            Tally("desk", by=(kind,)),
        ),
        Case("by kind and answer", "Groups of two cells.", Tally("desk", by=(kind, answer))),
        Case(
            "weighed",
            "Rows without a weight count nothing; of a term that is empty the weight does not count.",
            Tally("desk", by=(ColumnCell("ok"),), sums=(ColumnCell("number"), ColumnCell("amount")), weight=answer),
        ),
    ]


def sums(clocks: dict[str, Clock]) -> list[Case]:
    opened, closed, amount = ColumnCell("opened"), ColumnCell("closed"), ColumnCell("amount")
    between = {
        name: Sum((Reading(clock, closed),), (Reading(clock, opened),))
        for name, clock in clocks.items()
        if name != "every hour"
    }
    return [
        *(
            Case(
                f"length in {name}",
                f"The time between two moments, by the clock `{name}`; empty if one of them is.",
                Tally("desk", by=(ColumnCell("ok"),), sums=(term,)),
            )
            for name, term in between.items()
        ),
        Case("sum of large numbers", "The total has more digits than 64 bits hold.", Tally("desk", sums=(amount,))),
        Case(
            "sum of products",
            "A product of two cells has more digits still.",
            Tally("desk", sums=(Product((amount, amount)), Product(()))),
        ),
        Case(
            "first and last",
            "The smallest and the largest of those that are not empty.",
            Tally(
                "desk", by=(ColumnCell("kind"),), sums=(First((opened, closed)), Last((amount, ColumnCell("answer"))))
            ),
        ),
    ]


def tests(clocks: dict[str, Clock]) -> list[Case]:
    opened, closed, kind = ColumnCell("opened"), ColumnCell("closed"), ColumnCell("kind")
    office = clocks["office time"]
    took = Sum((Reading(office, closed),), (Reading(office, opened),))
    limit = Constant(4 * HOUR)
    compared = {relation: Compared(took, relation, limit) for relation in ("<", "<=", ">", ">=", "=", "!=")}
    return [
        *(
            Case(
                f"office time {relation} 4 h",
                "A comparison with an empty cell is false, whatever it asks.",
                Tally("desk", test),
            )
            for relation, test in compared.items()
        ),
        Case(
            "not within 4 h",
            "What is not true of an empty cell is true when it is negated.",
            Tally("desk", Not(compared["<="])),
        ),
        *(
            Case(
                f"kind is {word!r}",
                "Words are compared character by character.",
                Tally("desk", Compared(kind, "=", Constant(word))),
            )
            for word in WORDS
        ),
        Case(
            "kind is not P1",
            "An empty cell is not other than something.",
            Tally("desk", Compared(kind, "!=", Constant("P1"))),
        ),
        Case(
            "empty and not",
            "Emptiness is true or false of every cell.",
            Tally("desk", Some((Empty(closed), Not(Empty(kind)))), by=(ColumnCell("ok"),)),
        ),
        *(
            Case(
                f"opened in {name}",
                "A span begins with its first microsecond and ends before its last.",
                Tally("desk", Running(clocks[name], opened)),
            )
            for name in ("office time", "night time")
        ),
    ]


def lists(clocks: dict[str, Clock]) -> list[Case]:
    opened, closed = ColumnCell("opened"), ColumnCell("closed")
    hours, days = clocks["every hour"], clocks["office days"]
    return [
        Case(
            "rows in order",
            "Empty cells first, then numbers, then words by their characters; alike rows twice.",
            Listing("desk", (ColumnCell("kind"), opened, closed)),
        ),
        Case(
            "slices of an hour",
            "Slices are counted from midnight, on days of 23 and 25 hours too.",
            Listing("desk", (opened, SliceStart(hours, HOUR, opened))),
        ),
        Case(
            "slices of seven hours",
            "The last slice of a day is shorter.",
            Listing("desk", (opened, SliceStart(hours, 7 * HOUR, opened))),
        ),
        Case(
            "days shown",
            "A clock of business days shows the same for a long day and a short one.",
            Listing("desk", (opened, Reading(days, opened))),
        ),
        Case(
            "how many pass",
            "1 in a row that passes, 0 in others and where a cell is empty; added up beside the count of rows.",
            Tally("desk", sums=(Passes(Compared(opened, "<", closed)),)),
        ),
        Case(
            "later by a minute",
            "A sum with a constant; empty if a part is.",
            Listing("desk", (Sum((opened, Constant(MINUTE)), (ColumnCell("number"),)),)),
        ),
    ]


def rounds(clocks: dict[str, Clock]) -> list[Case]:
    at, ok, hours = ColumnCell("at"), ColumnCell("ok"), clocks["every hour"]
    return [
        *(
            Case(
                f"rounds of {seconds} s, {failing} failing",
                "Rows of a slice are one round, which begins with the first of them; a row that says nothing is none.",
                Sampled("probe", at, ok, hours, seconds * SECOND, failing),
            )
            for seconds in (20, 60)
            for failing in (1, 2, 3)
        ),
        Case(
            "rounds of april",
            "A round that a window cuts has only the rows in it.",
            Sampled("probe", at, ok, hours, 60 * SECOND, 2, within("at", APRIL, MAY)),
        ),
        Case(
            "rounds of one place",
            "Other rows are not looked at.",
            Sampled("probe", at, ok, hours, 20 * SECOND, 1, Compared(ColumnCell("place"), "=", Constant("place 2"))),
        ),
        Case(
            "no rounds",
            "Where no row passes there is no round.",
            Sampled("probe", at, ok, hours, 20 * SECOND, 1, Compared(at, "<", Constant(0))),
        ),
    ]
