"""Columns of Parquet files in which nothing needs to be cast: they have a type of their own, and the least and the
greatest of their cells tell whether each of them is what the plan wants.

Such a file stays where it is. Questions are put to it directly, and what they say of time is said of the file's own
column too, so that DuckDB passes over the parts of the file that lie in other windows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..evaluation.engines.sql import Between
from ..evaluation.instants import zones
from ..evaluation.rows.requests import MILLION
from .casts import INTEGERS, TIME_WITH_ZONE, Span, identifier, literal, steady
from .plan import BLANKS, EARLIEST, ISO, LARGEST, LATEST, NO_WORDS, YES_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .plan import ColumnPlan


FAR = 1 << 62


class Ends(NamedTuple):
    """SQL for what tells of a column whether it is plain: the `least` and the `greatest` of its cells. Of texts nothing
    follows from these: they are plain where no cell is `odd_text`."""

    least: str
    greatest: str


class Plain(NamedTuple):
    """A column that needs no cast: SQL for its value, and between which numbers it lies; of a time also how far its
    zone is ahead of UTC in all its rows."""

    value: str
    between: Between | None
    ahead: int | None = None


def ends_of(column: ColumnPlan, kind: str) -> Ends | None:
    """What to ask of a column that DuckDB has as a `kind` of its own; None if it needs a cast in any case."""
    cell = identifier(column.header)
    if column.kind == "text" and kind == "VARCHAR":
        return Ends("0", "0")
    if column.null:
        return None
    if column.kind == "number" and kind in INTEGERS and (column.factor * MILLION).denominator == 1:
        return Ends(f"MIN({cell})", f"MAX({cell})")
    if column.kind == "yes or no" and kind == "BOOLEAN" and (column.yes, column.no) == (YES_WORDS, NO_WORDS):
        return Ends("0", "1")
    if column.kind == "time" and column.form == ISO and kind in ("TIMESTAMP", TIME_WITH_ZONE):
        return Ends(end_of(f"MIN({cell})", -FAR), end_of(f"MAX({cell})", FAR))
    return None


def odd_text(column: ColumnPlan) -> str:
    """Whether a text may stand for nothing or have blanks around it; not one that is plain, but now and then one that
    only begins with a sign before the exclamation mark. To look at its ends is much faster than to trim it."""
    cell = identifier(column.header)
    tests = [f"{cell} < '!'", *(f"SUFFIX({cell}, {literal(blank)})" for blank in BLANKS)]
    words = [f"{cell} IN ({', '.join(map(literal, column.null))})"] if column.null else []
    return f"({' OR '.join([*tests, *words])})"


def end_of(time: str, beyond: int) -> str:
    """A time in microseconds; `beyond` for one without end, which DuckDB has for a time and cannot count."""
    return f"CASE WHEN ISFINITE({time}) THEN EPOCH_US({time}) WHEN {time} IS NOT NULL THEN {beyond} END"


def plain(column: ColumnPlan, kind: str, least: int | None, greatest: int | None, span: Span) -> Plain | None:
    """A column with these ends, if it needs no cast."""
    cell = identifier(column.header)
    if column.kind == "text":
        return Plain(cell, None)
    if least is None or greatest is None:  # all of it is empty
        return Plain("CAST(NULL AS BIGINT)", Between(0, 0))
    if column.kind == "yes or no":
        return Plain(f"CAST({cell} AS BIGINT)", Between(0, 1))
    if column.kind == "number":
        each = int(column.factor * MILLION)
        between = Between(least * each, greatest * each)
        return Plain(f"CAST({cell} AS BIGINT) * {each}", between) if is_allowed(column, each, between) else None
    ahead = 0 if kind == TIME_WITH_ZONE else steadily_ahead(column.zone, least, greatest, span)
    if ahead is None or least - ahead < EARLIEST or greatest - ahead >= LATEST:
        return None
    instant = f"EPOCH_US({cell}) - {ahead}" if ahead else f"EPOCH_US({cell})"
    return Plain(instant, Between(least - ahead, greatest - ahead), ahead)


def is_allowed(column: ColumnPlan, each: int, between: Between) -> bool:
    """Whether all numbers between two lie within the limits of a column; they are multiples of `each`."""
    if between.size >= LARGEST * MILLION or (between.least < 0 and not column.negative):
        return False
    if column.lowest is None and column.highest is None:
        return True
    lowest = between.least if column.lowest is None else column.lowest * MILLION
    highest = between.greatest if column.highest is None else column.highest * MILLION
    return each % MILLION == 0 and lowest <= between.least and between.greatest <= highest


def steadily_ahead(zone: str, least: int, greatest: int, span: Span) -> int | None:
    """How far clocks are ahead of UTC, if that is the same for all that they show from one reading to another."""
    return next((ahead for start, end, ahead in steady(zone, span) if start <= least and greatest < end), None)


class Raw(NamedTuple):
    """A column of times as the file has it: its name in a query, its type, and how far it is ahead of UTC."""

    name: str
    kind: str
    ahead: int

    def lies(self, between: Between) -> str:
        """That a time lies between two instants, in words that DuckDB compares with the ends of parts of a file."""
        least, greatest = map(self.written, within(between))
        return f"_r.{self.name} >= {least} AND _r.{self.name} <= {greatest}"

    def is_one_of(self, instants: Sequence[int]) -> str:
        """That a time is one of some instants, in such words."""
        return f"_r.{self.name} IN ({', '.join(map(self.written, instants))})"

    def written(self, instant: int) -> str:
        type_name, offset = ("TIMESTAMPTZ", "+00") if self.kind == TIME_WITH_ZONE else ("TIMESTAMP", "")
        shown = zones.EPOCH + timedelta(microseconds=instant + self.ahead)
        return f"{type_name} '{shown:%Y-%m-%d %H:%M:%S.%f}{offset}'"


def within(between: Between) -> Sequence[int]:
    """Cut to the times that there can be."""
    return [min(max(at, EARLIEST), LATEST) for at in between]
