"""What every engine that is asked by statements has in common: it writes, asks, and puts the answers together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from ..rows import requests
from ..rows.requests import Cell, Counted, Listing, Run, Sampled, Tally, Turns
from ..rows.table import in_order, turns_of
from . import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .dialects import Dialect
    from .sql import Held, Statement

ROWS_AT_ONCE = 4_000_000
"""Of a probe's rows: it is asked about one stretch of time after another, so that memory does not grow with them."""


class Answers(ABC):
    """An engine: see `requests.Engine`. `held` names its sources."""

    name: str
    version: str

    def __init__(self, dialect: Dialect, held: dict[str, Held]) -> None:
        self._dialect = dialect
        self._held = held

    @abstractmethod
    def rows(self, statement: Statement) -> Sequence[Sequence[Any]]:
        """What a statement gives."""

    def sources(self) -> frozenset[str]:
        return frozenset(self._held)

    def tally(self, request: Tally) -> dict[tuple[Cell, ...], Counted]:
        statement = sql.tally(request, self._held[request.source], self._dialect)
        found = {}
        for row in self.rows(statement):
            key = tuple(map(cell, row[: len(request.by)]))
            figures = iter(row[len(request.by) :])
            if rows := int(next(figures)):
                found[key] = counted(rows, figures, iter(statement.in_limbs), request)
        return found

    def listed(self, request: Listing) -> list[tuple[Cell, ...]]:
        statement = sql.listing(request, self._held[request.source], self._dialect)
        rows = self.rows(statement)
        if not request.terms:
            return [()] * len(rows)
        return sorted((tuple(map(cell, row)) for row in rows), key=in_order)

    def sampled(self, request: Sampled) -> list[Run]:
        found: list[Run] = []
        for part in self.parts(request):
            for run in runs(self.rows(sql.ends_of_runs(part, self._held[request.source], self._dialect))):
                if found and found[-1].failed == run.failed:
                    before = found.pop()
                    run = Run(before.first, run.last, before.rounds + run.rounds, run.failed)
                found.append(run)
        return found

    def turns(self, request: Sampled) -> Turns:
        return turns_of(self.sampled(request))

    def parts(self, request: Sampled) -> Iterator[Sampled]:
        """The same request for one stretch of time after another, cut where slices begin."""
        held = self._held[request.source]
        [(first, last)] = self.rows(sql.extent(request.instant, request.test, held, self._dialect))
        if first is None:
            return
        start, last = request.clock.slice_start(request.interval, int(first)), int(last)
        length = max((last - start) // (held.rows // ROWS_AT_ONCE + 1), request.interval) + 1
        while start <= last:
            end = request.clock.slice_start(request.interval, start + length + request.interval)
            within = (
                requests.Compared(request.instant, ">=", requests.Constant(start)),
                requests.Compared(request.instant, "<", requests.Constant(end)),
            )
            yield request._replace(test=requests.Every((request.test, *within)))
            start = end


def counted(rows: int, figures: Iterator[Any], in_limbs: Iterator[bool], request: Tally) -> Counted:
    """The figures of a group, in the order in which `sql.tally` has them."""

    def total() -> int:
        if next(in_limbs):
            return int(next(figures) or 0) * sql.LIMB + int(next(figures) or 0)
        return int(next(figures) or 0)

    if request.weight is None:
        return Counted(rows, rows, tuple((int(next(figures)), total()) for _ in request.sums))
    weight = total()
    return Counted(rows, weight, tuple((total(), total()) for _ in request.sums))


def runs(ends: Sequence[Sequence[Any]]) -> Iterator[Run]:
    """The runs of which the first and the last round are given; they are the same where a run has only one."""
    ordered = sorted((int(number), int(instant), bool(failed)) for number, instant, failed in ends)
    position = 0
    while position < len(ordered):
        number, first, failed = ordered[position]
        is_single = position + 1 == len(ordered) or ordered[position + 1][2] != failed
        if not is_single:
            position += 1
        last_number, last, _ = ordered[position]
        yield Run(first, last, last_number - number + 1, failed)
        position += 1


def cell(value: Any) -> Cell:
    """Databases have several kinds of whole numbers."""
    return value if value is None or isinstance(value, str) else int(value)
