"""The engine of reference: all rows in memory, in plain Python, and the meaning that every other engine is held to.

A term is worked out for all rows of its source at once and kept, since twelve months ask for the same difference of two
times. A test is a sieve for row numbers; what compares a term with a constant is looked up in the sorted term, so that
a small window costs what it holds and not what the source holds.
"""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from functools import reduce
from itertools import compress, groupby, repeat
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from ... import __version__
from . import requests
from .requests import Cell, Counted, Listing, Run, Sampled, Tally, Term, Test, Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ARRIVED = "arrived at"
"""The column with the time at which a row arrived. No agreement can name a column so, and it is empty where the data
do not tell."""


class Rows:
    """The rows of one source: for each column its cells, as many in each. `count` is said where there is no column."""

    __slots__ = ("columns", "count")

    def __init__(self, columns: dict[str, list[Cell]], count: int | None = None) -> None:
        self.columns = columns
        self.count = len(next(iter(columns.values()), ())) if count is None else count


class Table:
    """Whoever holds the rows of all sources in memory: see `requests.Engine`."""

    name = "python"
    version = __version__

    def __init__(self, sources: Mapping[str, Rows]) -> None:
        self._sources = {name: SourceTable(rows) for name, rows in sources.items()}

    def sources(self) -> frozenset[str]:
        return frozenset(self._sources)

    def tally(self, request: Tally) -> dict[tuple[Cell, ...], Counted]:
        table = self._sources[request.source]
        return {key: table.counted(rows, request) for key, rows in table.groups(request.by, request.test).items()}

    def listed(self, request: Listing) -> list[tuple[Cell, ...]]:
        table = self._sources[request.source]
        rows = table.passing(request.test)
        if not request.terms:
            return [()] * len(rows)
        return sorted(zip(*(table.cells(term, rows) for term in request.terms), strict=True), key=in_order)

    def sampled(self, request: Sampled) -> list[Run]:
        return runs(self._sources[request.source].rounds(request))

    def turns(self, request: Sampled) -> Turns:
        return turns_of(self.sampled(request))


class Sorted(NamedTuple):
    """A column in ascending order without its empty cells: the cells, and the row that each is from."""

    cells: list[Any]
    rows: list[int]


class SourceTable:
    """The rows of one source, with what was worked out from them. Rows are numbered from 0."""

    def __init__(self, rows: Rows) -> None:
        self.count = rows.count
        # By how a term is written: as tuples, the first and the last of two terms would be the same.
        self._columns = {repr(requests.ColumnCell(name)): cells for name, cells in rows.columns.items()}
        self._columns.setdefault(repr(requests.ColumnCell(ARRIVED)), [None] * self.count)
        # A clock is written by its address, which another one may have once this one is gone.
        self._kept: list[Term] = []
        self._full: dict[str, bool] = {}
        self._sorted: dict[str, Sorted] = {}

    # ------------------------------------------------------------------------------------------------------- answers

    def groups(self, by: tuple[Term, ...], test: Test) -> dict[tuple[Cell, ...], list[int]]:
        """The rows that pass, by the cells of some terms."""
        rows = self.passing(test)
        if not by:
            return {(): rows} if rows else {}
        found: dict[tuple[Cell, ...], list[int]] = {}
        keys = zip(*(self.cells(term, rows) for term in by), strict=True)
        for row, key in zip(rows, keys, strict=True):
            found.setdefault(key, []).append(row)
        return found

    def counted(self, rows: list[int], request: Tally) -> Counted:
        if request.weight is None:
            return Counted(len(rows), len(rows), tuple(self.total(rows, term) for term in request.sums))
        weighted = self.filled(rows, request.weight)
        sums = tuple(self.weighted_total(weighted, term, request.weight) for term in request.sums)
        return Counted(len(rows), sum(self.cells(request.weight, weighted)), sums)

    def total(self, rows: list[int], term: Term) -> tuple[int, int]:
        rows = self.filled(rows, term)
        return len(rows), sum(self.cells(term, rows))

    def weighted_total(self, rows: list[int], term: Term, weight: Term) -> tuple[int, int]:
        rows = self.filled(rows, term)
        weights = list(self.cells(weight, rows))
        return sum(weights), sum(map(operator.mul, self.cells(term, rows), weights))

    def rounds(self, request: Sampled) -> list[tuple[int, bool]]:
        """When each round of a probe began, and whether it failed; in the order of time."""
        rows = self.filled(self.filled(self.passing(request.test), request.instant), request.ok)
        terms = (requests.SliceStart(request.clock, request.interval, request.instant), request.instant, request.ok)
        samples = sorted(zip(*(self.cells(term, rows) for term in terms), strict=True))
        found = []
        for _, of_the_round in groupby(samples, key=operator.itemgetter(0)):
            listed = list(of_the_round)
            failed = sum(1 for _, _, ok in listed if ok == 0)
            found.append((listed[0][1], failed >= request.failing))
        return found

    # --------------------------------------------------------------------------------------------------------- terms

    def cells(self, term: Term, rows: Iterable[int]) -> Iterable[Any]:
        """What a term comes to in some rows, in their order."""
        if type(term) is requests.Constant:
            return repeat(term.value, len(rows) if isinstance(rows, list) else self.count)
        return map(self.column(term).__getitem__, rows)

    def column(self, term: Term) -> list[Cell]:
        """What a term that is no constant comes to in each row."""
        written = repr(term)
        known = self._columns.get(written)
        if known is None:
            known = self._columns[written] = self.worked_out(term)
            self._kept.append(term)
        return known

    def worked_out(self, term: Term) -> list[Cell]:
        match term:
            case requests.Sum((one,), (other,)):  # most of them are from one moment to another
                differing = self.row_by_row((one, other))
                return [None if more is None or less is None else more - less for more, less in differing]
            case requests.Sum(added, subtracted):
                plus, minus = self.row_by_row(added), self.row_by_row(subtracted)
                return [
                    None if None in more or None in less else sum(more) - sum(less)
                    for more, less in zip(plus, minus, strict=True)
                ]
            case requests.Product(factors):
                return [None if None in each else prod(each) for each in self.row_by_row(factors)]
            case requests.First(terms):
                return [min(filter(is_filled, each), default=None) for each in self.row_by_row(terms)]
            case requests.Last(terms):
                return [max(filter(is_filled, each), default=None) for each in self.row_by_row(terms)]
            case requests.Reading(clock, instant):
                return [None if at is None else clock.at(at) for at in self.cells(instant, range(self.count))]
            case requests.SliceStart(clock, length, instant):
                starts = self.cells(instant, range(self.count))
                return [None if at is None else clock.slice_start(length, at) for at in starts]
            case requests.Passes(test):
                found = set(self.passing(test))
                return [int(row in found) for row in range(self.count)]
            case requests.ColumnCell(name):
                raise KeyError(f"the rows have no column {name}")
            case requests.Constant(value):
                return [value] * self.count

    def row_by_row(self, terms: tuple[Term, ...]) -> Iterable[tuple[Any, ...]]:
        if not terms:
            return repeat((), self.count)
        return zip(*(self.cells(term, range(self.count)) for term in terms), strict=True)

    def is_full(self, term: Term) -> bool:
        """Whether no cell of it is empty."""
        if type(term) is requests.Constant:
            return True
        written = repr(term)
        known = self._full.get(written)
        if known is None:
            known = self._full[written] = None not in self.column(term)
        return known

    def filled(self, rows: list[int], term: Term) -> list[int]:
        """Those of some rows in which a term is not empty."""
        if self.is_full(term):
            return rows
        column = self.column(term)
        return [row for row in rows if column[row] is not None]

    def in_ascending_order(self, term: Term) -> Sorted:
        written = repr(term)
        known = self._sorted.get(written)
        if known is None:
            column: list[Any] = self.column(term)
            rows = sorted(self.filled(list(range(self.count)), term), key=column.__getitem__)
            known = self._sorted[written] = Sorted([column[row] for row in rows], rows)
        return known

    # --------------------------------------------------------------------------------------------------------- tests

    def passing(self, test: Test) -> list[int]:
        """The rows that pass a test, in no order that means anything."""
        tests = list(conjuncts(test))
        rows = self.narrowed(tests)
        return self.sieved(list(range(self.count)) if rows is None else rows, requests.Every(tuple(tests)))

    def narrowed(self, tests: list[Test]) -> list[int] | None:
        """The fewest rows that a sorted term leaves; the tests that this stands for are taken out of the list.

        Terms are sorted where a test asks for what lies between two bounds or for one value, as windows, events and
        groups do. For a single threshold sorting costs more than it saves.
        """
        bounded: dict[str, list[requests.Compared]] = {}
        for test in tests:
            if isinstance(test, requests.Compared) and is_bound(test):
                bounded.setdefault(repr(test.left), []).append(test)
        best: tuple[int, int, Sorted, list[requests.Compared]] | None = None
        for written, bounds in bounded.items():
            if len(bounds) == 1 and bounds[0].relation != "=" and written not in self._sorted:
                continue
            known = self.in_ascending_order(bounds[0].left)
            start, end = between(known.cells, bounds)
            if best is None or end - start < best[1] - best[0]:
                best = start, end, known, bounds
        if best is None:
            return None
        start, end, known, bounds = best
        tests[:] = [test for test in tests if not any(test is bound for bound in bounds)]
        return known.rows[start:end]

    def sieved(self, rows: list[int], test: Test) -> list[int]:
        """Those of some rows that pass."""
        match test:
            case requests.Compared(left, relation, right):
                rows = self.filled(self.filled(rows, left), right)
                return list(compress(rows, map(COMPARED[relation], self.cells(left, rows), self.cells(right, rows))))
            case requests.Empty(term):
                return [row for row, cell in zip(rows, self.cells(term, rows), strict=True) if cell is None]
            case requests.Running(clock, instant):
                rows = self.filled(rows, instant)
                return list(compress(rows, map(clock.running, self.cells(instant, rows))))
            case requests.Every(tests):
                return reduce(self.sieved, tests, rows)
            case requests.Some(tests):
                found = {row for each in tests for row in self.sieved(rows, each)}
                return [row for row in rows if row in found]
            case requests.Not(negated):
                found = set(self.sieved(rows, negated))
                return [row for row in rows if row not in found]


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def is_filled(cell: Cell) -> bool:
    return cell is not None


def conjuncts(test: Test) -> Iterator[Test]:
    """The tests that must all be true."""
    if isinstance(test, requests.Every):
        for each in test.tests:
            yield from conjuncts(each)
    else:
        yield test


def is_bound(test: requests.Compared) -> bool:
    """Whether rows that pass lie beside each other in the sorted term."""
    kinds = type(test.left), type(test.right)
    return test.relation != "!=" and kinds[0] is not requests.Constant and kinds[1] is requests.Constant


def between(cells: list[Any], bounds: list[requests.Compared]) -> tuple[int, int]:
    """From where to where cells in ascending order lie within all bounds."""
    start, end = 0, len(cells)
    for bound in bounds:
        assert isinstance(bound.right, requests.Constant)
        limit = bound.right.value
        if bound.relation in (">=", "="):
            start = max(start, bisect_left(cells, limit))
        if bound.relation == ">":
            start = max(start, bisect_right(cells, limit))
        if bound.relation in ("<=", "="):
            end = min(end, bisect_right(cells, limit))
        if bound.relation == "<":
            end = min(end, bisect_left(cells, limit))
    return start, max(start, end)


def in_order(cells: tuple[Cell, ...]) -> tuple[tuple[int, Cell], ...]:
    """By which tuples of cells are sorted: empty cells first, numbers before texts, texts by their code points."""
    return tuple((0, 0) if cell is None else (1 if isinstance(cell, int) else 2, cell) for cell in cells)


def runs(rounds: Iterable[tuple[int, bool]]) -> list[Run]:
    """Rounds in the order of time, put together while they agree."""
    found = []
    for failed, alike in groupby(rounds, key=operator.itemgetter(1)):
        instants = [instant for instant, _ in alike]
        found.append(Run(instants[0], instants[-1], len(instants), failed))
    return found


def turns_of(runs: list[Run]) -> Turns:
    return Turns([(run.first, run.failed) for run in runs], runs[-1].last if runs else 0)


# ----------------------------------------------------------------------------------------------------- which rows count


def one_for_each(rows: Rows, key: str, moments: Iterable[str]) -> tuple[Rows, int]:
    """One row for each value of the column `key`, and how many rows gave way to it.

    The row with the latest moment in any of the columns `moments` counts; of several such the one whose cells, in the
    order of the columns, are the greatest. So it does not matter in which order rows are read.
    """
    if len(set(rows.columns[key])) == rows.count:
        return rows, 0
    latest: list[Cell] = list(map(latest_of, zip(*(rows.columns[name] for name in moments), strict=True)))
    latest = latest or [None] * rows.count
    cells = list(zip(*rows.columns.values(), strict=True))
    best: dict[Cell, int] = {}
    for row, value in enumerate(rows.columns[key]):
        other = best.setdefault(value, row)
        if other != row and outweighs(latest, cells, row, other):
            best[value] = row
    kept = sorted(best.values())
    columns = {name: [column[row] for row in kept] for name, column in rows.columns.items()}
    return Rows(columns, len(kept)), rows.count - len(kept)


def latest_of(moments: tuple[Cell, ...]) -> Cell:
    return max((moment for moment in moments if isinstance(moment, int)), default=None)


def outweighs(latest: list[Cell], cells: list[tuple[Cell, ...]], row: int, other: int) -> bool:
    return in_order((latest[row], *cells[row])) > in_order((latest[other], *cells[other]))


def in_time(last_instant: int) -> Test:
    """That a row arrived at an instant or before it. A row of which nobody knows when it arrived is in time."""
    return requests.Not(requests.Compared(requests.ColumnCell(ARRIVED), ">", requests.Constant(last_instant)))
