"""Asking the engine, for one window or for all its parts at once, and never twice for the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..instants import clocks
from ..instants.windows import Window
from ..rows.counting import BUSINESS_TIME, CLOCK, Counting, calendar_of, counting_of, duration_of, strongest, zone_of
from ..rows.requests import MILLION, Cell, ColumnCell, Compared, Constant, Counted, Empty, Not, Tally
from ..rows.table import conjuncts
from ..rows.terms import dated, every, rows_in, source_of
from ..scope import EVERYONE, Scope
from ..stretches.algebra import union, without
from .amounts import amount_of
from .divisions import Cells, Division, Key, Slices, calendar_units, long_slices, projected, short_slices
from .remembering import answered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from ...model.node import Node
    from ...model.quantities import Duration
    from ..assessment import Assessment
    from ..rows.requests import Term, Test

NO_ROWS = Counted(0, 0)


class Unmeasured(Exception):  # noqa: N818  # it is no error of the program
    """A source without data: whatever is worked out of it has no value, and it does not count as empty either."""


class Asking:
    """Asks for rows in a scope. `divisions` are those that a formula stands in, `keys` what of them was seen."""

    def __init__(
        self,
        assessment: Assessment,
        scope: Scope,
        given: Mapping[str, Fraction] | None = None,
        block: Node | None = None,
    ) -> None:
        self.assessment = assessment
        self.scope = scope
        self.given = given or {}
        self.block = block if block is not None else scope.promise
        self.counting = promised_counting(assessment, scope)
        self.divisions: tuple[Division, ...] = ()
        self.keys: set[Key] = set()
        self.told: list[str] = []
        self.outer: Asking | None = None

    def tell(self, *lines: str) -> None:
        """Says how something was worked out; of thousands of parts, nothing is said."""
        if not self.divisions:
            self.told += lines

    # ------------------------------------------------------------------------------------------------------- tallies

    def tallied(
        self, rows: Node, tests: list[Test], sums: tuple[Term, ...] = (), weight: Term | None = None
    ) -> Callable[[Key], Counted]:
        """How many rows pass, and what terms of them add up to, for each key."""
        look_up = self.by_key(rows, tests, (), sums, weight)
        return lambda key: look_up(key).get((), NO_ROWS)

    def by_value(
        self, rows: Node, tests: list[Test], term: Term, weight: Term | None = None
    ) -> Callable[[Key], dict[Cell, Counted]]:
        """How many rows there are of each value of a term, for each key; empty values left out."""
        look_up = self.by_key(rows, tests, (term,), (), weight)
        return lambda key: {value: counted for (value,), counted in look_up(key).items() if value is not None}

    def by_key(
        self, rows: Node, tests: list[Test], by: tuple[Term, ...], sums: tuple[Term, ...], weight: Term | None
    ) -> Callable[[Key], Mapping[Key, Counted]]:
        source = source_of(self.assessment, rows)
        if source.name not in self.assessment.engine.sources():
            raise Unmeasured(f"there are no data of {source.name}")
        at = dated(source, self.block)
        terms = [division.term(source.name, at) for division in self.divisions]
        dividing = tuple(term for term in terms if term is not None)
        columns, values, scope = grouped(self.scope, source.name)
        full, others = told_by_value(tests, by)
        test = every([rows_in(self.assessment, source, scope, self.block), *others])
        request = Tally(source.name, test, (*columns, *dividing, *by), sums, weight)
        window, promise = self.scope.window, self.scope.promise
        answers = answered(self.assessment, request, len(columns), len(by), at, window, promise)
        found = with_values(answers.get(values, {}), full)
        if len(dividing) == len(self.divisions):
            self.keys.update(found)
        project = projected(self.divisions, terms)
        return lambda key: found.get(project(key), {})

    # ----------------------------------------------------------------------------------------------------- divisions

    def divided(self, division: Division) -> Any:
        """The same, inside of one more division."""
        inner = self.like()
        inner.divisions, inner.outer = (*self.divisions, division), self
        return inner

    def all_keys(self) -> list[Key]:
        """Every key there is: stretches of time are in slices without rows too."""
        if self.outer is None:
            return [()]
        division = self.divisions[-1]
        cells: list[Cell]
        if isinstance(division, Slices):
            cells = list(division.starts())
        else:
            plain = type(self)(self.assessment, self.scope, self.given, self.block).divided(division)
            plain.tallied(self.assessment.contract.names.blocks[division.columns[0][0]][0], [])
            cells = [key[-1] for key in plain.keys if key[-1] is not None]
        return [(*key, cell) for key in self.outer.all_keys() for cell in cells]

    def like(self) -> Any:
        made = type(self)(self.assessment, self.scope, self.given, self.block)
        made.divisions, made.counting, made.told, made.outer = self.divisions, self.counting, self.told, self.outer
        return made

    def scope_of(self, key: Key) -> Scope:
        """The window and the group that a key stands for."""
        scope = self.scope
        for division, cell in zip(self.divisions, key, strict=True):
            if isinstance(division, Slices):
                assert isinstance(cell, int)
                start, end = max(cell, scope.window.start), min(division.end(cell), scope.window.end)
                scope = scope._replace(window=Window(start, end, scope.window.name, (start, end)))
            else:
                scope = scope._replace(group=narrowed(scope.group, division, cell))
        return scope

    def slices(self, each: Duration) -> Slices:
        """The slices of the hours that count in the window, while the service runs, less what is left out."""
        from ..stretches.intervals import left_out, open_hours, running

        agreement = self.assessment.contract.agreement
        zone = zone_of(self.assessment, self.scope)
        hours = open_hours(self.assessment, self.scope, *running(self.assessment, self.scope))
        others = [stretch for _, stretches in left_out(self.assessment, self.scope) for stretch in stretches]
        counting = without(hours, union(others))
        if counting_of(each) in (CLOCK, BUSINESS_TIME):
            length = int(amount_of(each) * MILLION)
            return short_slices(clocks.every_hour(zone, agreement), length, counting, self.scope.window.start)
        calendar = calendar_of(self.scope)
        return long_slices(calendar_units(each.unit, int(each.amount), calendar, agreement, zone), counting)


# ----------------------------------------------------------------------------------------------------------- helpers


def told_by_value(tests: list[Test], by: tuple[Term, ...]) -> tuple[list[int], list[Test]]:
    """Which of the terms that rows are counted by must not be empty, and the tests that are left.

    It shows in the answer which are, so that one answer serves whoever wants all rows and whoever wants those.
    """
    full = [place for place, term in enumerate(by) if Not(Empty(term)) in tests]
    seen = [Not(Empty(by[place])) for place in full]
    return full, [test for test in tests if test not in seen]


def with_values(found: dict[Key, dict[Key, Counted]], full: list[int]) -> dict[Key, dict[Key, Counted]]:
    """Of what was counted, the rows in which some of the values are not empty."""
    if not full:
        return found
    kept = {
        key: {cells: counted for cells, counted in counts.items() if all(cells[place] is not None for place in full)}
        for key, counts in found.items()
    }
    return {key: counts for key, counts in kept.items() if counts}


def promised_counting(assessment: Assessment, scope: Scope) -> Counting:
    """How the time between two moments is told where nothing beside it says so: as the level of the promise."""
    if scope.promise is None:
        return CLOCK
    amounts = [step.amount for step in scope.promise.level.steps]
    return strongest(filter(None, (duration_of(amount, assessment, scope.window) for amount in amounts)))


def grouped(scope: Scope, source: str) -> tuple[tuple[Term, ...], Key, Scope]:
    """A group that is told by the values of columns is asked for together with all others; its columns and values."""
    if scope.promise is not None and scope.promise.leaving_out:  # each group may leave out something else
        return (), (), scope
    columns: list[Term] = []
    values: list[Cell] = []
    for test in conjuncts(scope.group.test(source)):
        if not (isinstance(test, Compared) and isinstance(test.left, ColumnCell) and test.relation == "="):
            return (), (), scope
        if not isinstance(test.right, Constant):
            return (), (), scope
        columns.append(test.left)
        values.append(test.right.value)
    return tuple(columns), tuple(values), scope._replace(group=EVERYONE) if columns else scope


def narrowed(group: Any, division: Cells, cell: Cell) -> Any:
    """A group of which only the rows with a value in a column are left."""
    tests = dict(group.tests)
    for source, column in division.columns:
        own = Compared(ColumnCell(column), "=", Constant(cell))  # type: ignore[arg-type]  # a key has no empty cell
        tests[source] = every([group.test(source), own])
    return group._replace(tests=tuple(tests.items()))
